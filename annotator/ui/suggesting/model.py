"""The rows of the list of suggestions: the span list's model on what is offered, with sources and scores of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt

from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span, reading_order
from annotator.domain.span_index import SpanIndex
from annotator.messages import N_, _
from annotator.services.offering import Offering
from annotator.services.open_report import OpenReport
from annotator.services.wording import label_title
from annotator.suggest.registry import SOURCES
from annotator.ui.entity_panel.grouping import LABEL, LENGTH, NONE, PLACE, SECTION, TEXT, Grouping, Key
from annotator.ui.entity_panel.model import VALUE_ROLE, Index, SpanListModel
from annotator.ui.entity_panel.values import understood
from annotator.ui.suggesting import wording

SOURCE, SCORE, SUREST = "source", "score", "surest"

GROUPS = {
    NONE: N_("Not grouped"),
    SOURCE: N_("Grouped by source"),
    LABEL: N_("Grouped by label"),
    SECTION: N_("Grouped by section"),
    TEXT: N_("Grouped by text"),
}
SORTS = {
    PLACE: N_("Sorted by place"),
    SCORE: N_("Least sure first"),
    SUREST: N_("Surest first"),
    LABEL: N_("Sorted by label"),
    LENGTH: N_("Longest first"),
}
CONFLICT, SURE, UNSURE = "conflict", "sure", "unsure"
#: Percent that divide what is sure from what is not.
LINE = 90
_KINDS = {
    CONFLICT: N_("In conflict with a span"),
    SURE: N_("Sure at least 90 %"),
    UNSURE: N_("Less sure than 90 %"),
}


def kinds(schema: LabelSchema) -> dict[str, str]:
    """What the list can be narrowed to, in the language of the moment: sources, labels, how sure, conflicts."""
    found = {f"source:{known.name}": _(known.title) for known in SOURCES}
    found |= {f"label:{label.name}": label_title(schema, label.name) for label in schema.labels}
    return found | {kind: _(words) for kind, words in _KINDS.items()}


class Offered:
    """What is offered, as the span list's model sees a report."""

    def __init__(self, report: OpenReport, offering: Offering) -> None:
        self.offering = offering
        self.text, self.section_path = report.text, report.section_path
        self.report = report

    @property
    def spans(self) -> SpanIndex:
        """The suggestions as spans that are not made."""
        return self.offering.index


class OfferGrouping(Grouping):
    """By source and score too."""

    def title(self, span: Span) -> str:
        return wording.source_title(span.origin) if self.group == SOURCE else super().title(span)

    def _by_source(self, span: Span) -> Key:
        names = [known.name for known in SOURCES]
        return (names.index(span.origin) if span.origin in names else len(names), span.origin)

    def _sorted_by_score(self, span: Span) -> Key:
        return (span.score or 0.0, *reading_order(span))

    def _sorted_by_surest(self, span: Span) -> Key:
        return (-(span.score or 0.0), *reading_order(span))


class OfferSieve:
    """Which suggestions are listed: of what was chosen of one kind any will do, of different kinds all must hold."""

    def __init__(self, words: str, only: Iterable[str], hidden: frozenset[str], text: str, schema: LabelSchema) -> None:
        self._words, self._hidden, self._text, self._schema = words.casefold().split(), hidden, text, schema
        self._kinds: dict[str, set[str]] = {}
        for kind in only:
            self._kinds.setdefault(kind.partition(":")[0] if ":" in kind else "how", set()).add(kind)

    def passes(self, span: Span) -> bool:
        """Whether a suggestion is listed."""
        if span.label in self._hidden:
            return False
        mine = {f"source:{span.origin}", f"label:{span.label}", CONFLICT if not span.certain else "",
                SURE if (span.score or 0.0) * 100 >= LINE else UNSURE}  # fmt: skip
        return all(mine & wanted for wanted in self._kinds.values()) and self._has_words(span)

    def _has_words(self, span: Span) -> bool:
        if not self._words:
            return True
        hay = "\n".join(
            [
                self._text[span.start : span.end],
                label_title(self._schema, span.label),
                wording.source_title(span.origin),
                understood(span, self._schema),
            ]
        ).casefold()
        return all(word in hay for word in self._words)


class OfferModel(SpanListModel):
    """Suggestions; `words_of_row` says one whole, for its tooltip."""

    words_of_row = staticmethod(lambda _uid: "")

    def make_grouping(self, report: Any, schema: LabelSchema) -> Grouping:
        return OfferGrouping(report, schema, *self._arrangement)

    def make_sieve(self, report: Any, schema: LabelSchema) -> Any:
        return OfferSieve(self.filter.words, self.filter.only, self.filter.hidden, report.text, schema)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        span = self.span_at(index.row()) if index.isValid() else None
        if span is not None and role == VALUE_ROLE:
            return f"{self._value(span)}{wording.source_title(span.origin)} {wording.score_words(span.score or 0.0)}"
        if span is not None and role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words_of_row(span.uid)
        return super().data(index, role)

    def offering(self) -> Offering | None:
        """What the rows stand for."""
        return self._report.offering if isinstance(self._report, Offered) else None

    def _value(self, span: Span) -> str:
        """What a number is understood as; of other labels the source alone says enough."""
        label = self._schema.label(span.label)
        said = understood(span, self._schema) if label is not None and label.attribute("value") else ""
        return f"{said} · " if said else ""

    def follow(self, uids: Iterable[str]) -> None:
        """Those came, went or changed."""
        for uid in uids:
            self._follow(uid)
