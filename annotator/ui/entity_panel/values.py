"""What a span's attributes say in short: the understood value of an indicator, the status of a measure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from annotator.domain.schema import Attribute, AttributeType, Label, LabelSchema
from annotator.domain.span import Span
from annotator.messages import language


def understood(span: Span, schema: LabelSchema) -> str:
    """What stands at the right of a span's row: its value where its label has one, else its first choice."""
    label = schema.label(span.label)
    if label is None:
        return ""
    if _has_value(label):
        return _value(span)
    choice = next((a for a in label.attributes if a.type is AttributeType.CHOICE), None)
    return choice_title(choice, span.attributes.get(choice.name, choice.default)) if choice else ""


def choice_title(attribute: Attribute, value: Any) -> str:
    """What a choice is called; the value itself where the schema does not know it."""
    choice = attribute.choice(value)
    if choice is not None:
        return choice.title.text(language()) or choice.value
    return "" if value is None else str(value)


def shown(attribute: Attribute, value: Any) -> str:
    """A value as the editor and the tooltip show it: numbers with every digit, in groups of three."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if attribute.type is AttributeType.NUMBER:
        number = exact(value)
        return str(value) if number is None else f"{number:,f}"
    if attribute.type is AttributeType.CHOICE:
        return choice_title(attribute, value)
    return str(value)


def exact(value: Any) -> Decimal | None:
    """A stored number; None where it is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _has_value(label: Label) -> bool:
    value = label.attribute("value")
    return value is not None and value.type is AttributeType.NUMBER


def _value(span: Span) -> str:
    from annotator.domain.quantity import format_value  # late: its patterns need not be ready before the first paint

    values = span.attributes
    return format_value(
        exact(values.get("value")),
        exact(values.get("value_max")),
        str(values.get("unit") or ""),
        str(values.get("qualifier") or "exact"),
    )


def details(span: Span, schema: LabelSchema) -> str:
    """Every attribute in full, a line each, for the tooltip."""
    label = schema.label(span.label)
    if label is None:
        return ""
    lines = []
    for attribute in label.attributes:
        value = shown(attribute, span.attributes.get(attribute.name))
        if value:
            lines.append(f"{attribute.title.text(language()) or attribute.name}: {value}")
    return "\n".join(lines)
