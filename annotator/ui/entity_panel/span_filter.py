"""Which spans the list shows: words that must occur, doubts, questions, notes, labels that are hidden. Knows no widget."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.messages import N_, _, language
from annotator.services.open_report import OpenReport
from annotator.ui.entity_panel.said import asked_about, said_about
from annotator.ui.entity_panel.values import understood

UNCERTAIN, QUESTION, NOTE, PROPOSED = "uncertain", "question", "note", "proposed"

#: What the list can be narrowed to, beside words.
ONLY = {
    UNCERTAIN: N_("Uncertain"),
    QUESTION: N_("With a question"),
    NOTE: N_("With a note"),
    PROPOSED: N_("With values nobody has looked at"),
}


class SpanFilter(NamedTuple):
    """What was asked for; everything empty shows all."""

    words: str = ""
    only: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    @property
    def is_narrow(self) -> bool:
        """Whether words or doubts were asked for; hidden labels are another matter."""
        return bool(self.words.strip() or self.only)


class Sieve:
    """A filter on one report, made afresh when links or questions change."""

    def __init__(self, wanted: SpanFilter, report: OpenReport, schema: LabelSchema) -> None:
        self._wanted, self._report, self._schema = wanted, report, schema
        self._words = wanted.words.casefold().split()
        self._said = said_about(report, schema) if self._words else {}
        self._asked = asked_about(report) if QUESTION in wanted.only else frozenset()

    def passes(self, span: Span) -> bool:
        """Whether a span is shown."""
        if span.label in self._wanted.hidden:
            return False
        if self._wanted.only and not all(self._is(span, what) for what in self._wanted.only):
            return False
        return not self._words or self._has_words(span)

    def _is(self, span: Span, what: str) -> bool:
        if what == UNCERTAIN:
            return not span.certain
        if what == QUESTION:
            return span.uid in self._asked
        return bool(span.note) if what == NOTE else bool(span.proposed)

    def _has_words(self, span: Span) -> bool:
        label = self._schema.label(span.label)
        hay = [
            self._report.text[span.start : span.end],
            span.note,
            span.label,
            label.title.text(language()) if label else "",
        ]
        hay += [str(v.get("text", "") if isinstance(v, dict) else v) for v in span.attributes.values()]
        hay.append(understood(span, self._schema))
        hay += self._said.get(span.uid, ())
        hay += [_("Uncertain")] if not span.certain else []
        everything = "\n".join(hay).casefold()
        return all(word in everything for word in self._words)
