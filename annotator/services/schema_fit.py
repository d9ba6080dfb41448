"""Spans and relations of a file against the project's label schema.

Numbers become exact decimal strings; a value that does not fit stays as it is and is named. A name
the schema does not have is for the caller to add: nothing is refused here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.domain.changes import Wording
from annotator.domain.errors import ValidationError
from annotator.domain.report import AnnotationSet
from annotator.domain.schema import Attribute, AttributeType, LabelSchema
from annotator.domain.span import Span
from annotator.domain.validation import check_attribute, check_relation
from annotator.messages import N_

_CHECKED = frozenset({AttributeType.NUMBER, AttributeType.CHOICE})


class SchemaFit:
    """The rules of one schema, looked up once."""

    def __init__(self, schema: LabelSchema) -> None:
        self._schema = schema
        self._rules = {
            label.name: {a.name: a for a in label.attributes if a.type in _CHECKED} for label in schema.labels
        }
        self.labels = set(self._rules)
        self.relations = {relation.name for relation in schema.relations}

    def apply(self, annotations: AnnotationSet) -> list[Wording]:
        """Bring the values of a set into the form they are stored in; returns what does not fit."""
        notes: list[Wording] = []
        rules = self._rules
        for place, span in enumerate(annotations.spans):
            if span.attributes and (known := rules.get(span.label)):
                fitted = self._fitted(span, known, notes)
                if fitted is not None:
                    annotations.spans[place] = span._replace(attributes=fitted)
        if annotations.relations:
            notes += self._relation_notes(annotations)
        return notes

    def _fitted(self, span: Span, rules: dict[str, Attribute], notes: list[Wording]) -> dict[str, Any] | None:
        """The attributes with numbers in their exact form; None where nothing changes."""
        changed: dict[str, Any] = {}
        for name, value in span.attributes.items():
            attribute = rules.get(name)
            if attribute is None:
                continue
            try:
                stored = check_attribute(attribute, value)
            except ValidationError as problem:
                notes.append(Wording(_KEPT, {"start": span.start, "end": span.end, "problem": str(problem)}))
                continue
            if stored != value:
                changed[name] = stored
        return {**span.attributes, **changed} if changed else None

    def _relation_notes(self, annotations: AnnotationSet) -> Iterator[Wording]:
        spans = {span.uid: span for span in annotations.spans}
        for relation in annotations.relations:
            try:
                check_relation(relation, spans, self._schema)
            except ValidationError as problem:
                yield Wording(_KEPT_RELATION, {"label": relation.label, "problem": str(problem)})


_KEPT = N_("Span {start} to {end} keeps a value that does not fit: {problem}")
_KEPT_RELATION = N_("A relation {label} was kept though it does not fit: {problem}")
