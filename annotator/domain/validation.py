"""What one row cannot state: rules that tie spans to texts, labels and each other.

Services check an edit with these before it is written; `annotator verify` repeats them over a
whole project. Overlap within one label is a matter of lint, never refused here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from annotator.domain.errors import ValidationError
from annotator.domain.schema import Attribute, AttributeType, LabelSchema
from annotator.domain.span import Relation, Span, exact_number
from annotator.messages import N_


def check_span(span: Span, text_length: int, schema: LabelSchema) -> None:
    """Raise ValidationError unless `span` lies in its text and has a label of the schema."""
    if not 0 <= span.start < span.end <= text_length:
        raise ValidationError(
            N_("A span from {start} to {end} does not lie in a text of {length} characters."),
            start=span.start,
            end=span.end,
            length=text_length,
        )
    if schema.label(span.label) is None:
        raise ValidationError(N_("The label {label} is not in the project's label schema."), label=span.label)


def check_attribute(attribute: Attribute, value: Any) -> Any:
    """`value` as it is stored (numbers as exact decimal strings); raises ValidationError where it does not fit."""
    if attribute.type is AttributeType.NUMBER:
        return _number(attribute, value)
    if attribute.type is AttributeType.CHOICE:
        if attribute.choice(value) is None:
            raise ValidationError(
                N_("{attribute} must be one of {choices}; “{value}” is none of them."),
                attribute=attribute.name,
                choices=", ".join(c.value for c in attribute.choices),
                value=value,
            )
        return value
    if attribute.type is AttributeType.FLAG:
        return bool(value)
    if attribute.type is AttributeType.EXCERPT and isinstance(value, dict):
        return value
    return str(value)


def _number(attribute: Attribute, value: Any) -> str:
    number = exact_number(value)
    if number is None:
        raise ValidationError(
            N_("{attribute} must be a number; “{value}” is none."), attribute=attribute.name, value=value
        )
    low, high = attribute.minimum, attribute.maximum
    if (low is not None and Decimal(number) < Decimal(low)) or (high is not None and Decimal(number) > Decimal(high)):
        raise ValidationError(
            N_("{attribute} must lie between {low} and {high}; {value} does not."),
            attribute=attribute.name,
            low="−∞" if low is None else low,
            high="∞" if high is None else high,
            value=number,
        )
    return number


def check_relation(relation: Relation, spans: dict[str, Span], schema: LabelSchema) -> None:
    """Raise ValidationError unless both ends exist (`spans` by uid) and the schema allows the link."""
    head, child = spans.get(relation.head), spans.get(relation.child)
    kind = schema.relation(relation.label)
    if kind is None:
        raise ValidationError(N_("The relation {label} is not in the project's label schema."), label=relation.label)
    if head is None or child is None or head.uid == child.uid:
        raise ValidationError(N_("A relation needs two spans of the same annotation set."))
    if (kind.heads and head.label not in kind.heads) or (kind.children and child.label not in kind.children):
        raise ValidationError(
            N_("{label} cannot link {head} to {child}: the label schema forbids it."),
            label=relation.label,
            head=head.label,
            child=child.label,
        )
