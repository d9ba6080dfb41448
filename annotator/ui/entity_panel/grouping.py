"""How the span list is grouped and sorted: which group a span belongs to, what it is called, where the span stands in it.

Keys are tuples that sort by themselves, so that a row is found again by bisection. Knows no widget.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from annotator.domain.schema import AttributeType, LabelSchema
from annotator.domain.span import Span, reading_order
from annotator.messages import N_, _
from annotator.services.open_report import OpenReport
from annotator.services.wording import label_title
from annotator.ui.entity_panel.values import choice_title, exact

Key = tuple[Any, ...]

NONE, SECTION, LABEL, TEXT, STATUS = "none", "section", "label", "text", "status"
PLACE, VALUE, LENGTH = "place", "value", "length"

#: The ways to group, and what they are called.
GROUPS = {
    NONE: N_("Not grouped"),
    SECTION: N_("Grouped by section"),
    LABEL: N_("Grouped by label"),
    TEXT: N_("Grouped by text"),
    STATUS: N_("Grouped by status"),
}
#: The ways to sort within a group.
SORTS = {
    PLACE: N_("Sorted by place"),
    LABEL: N_("Sorted by label"),
    TEXT: N_("Sorted by text"),
    VALUE: N_("Largest value first"),
    LENGTH: N_("Longest first"),
}
#: Sections deeper than this are one with the section around them: 一是, 二是 hold two spans each.
_DEEPEST = 2
_STATUS_ATTRIBUTE = "status"
#: Between the headings of a path.
PATH = " › "


class Grouping:
    """One way to group and one to sort, for the spans of one report."""

    def __init__(self, report: OpenReport, schema: LabelSchema, group: str = NONE, sort: str = PLACE) -> None:
        self._report, self._schema = report, schema
        self._ranks = {label.name: rank for rank, label in enumerate(schema.labels)}
        self.group, self.sort = group, sort
        self._same: dict[str, set[str]] = {}  # by their words, the listed spans
        self._group_key = getattr(self, f"_by_{group}")
        self._sort_key = getattr(self, f"_sorted_by_{sort}")

    @property
    def is_grouped(self) -> bool:
        """Whether groups have a line of their own."""
        return self.group != NONE

    @property
    def is_nested(self) -> bool:
        """Whether spans stand in reading order, so that what lies inside another can be indented under it."""
        return self.sort == PLACE and self.group in (NONE, SECTION)

    @property
    def is_as_read(self) -> bool:
        """Whether the order is that of the report: spans need no sorting."""
        return self.group == NONE and self.sort == PLACE

    def keys(self, spans: list[Span], row: int) -> list[Key]:
        """Of spans that come to be listed together: of each its group, `row`, and its place in the group."""
        if self.group == TEXT:
            for span in spans:
                self.enter(span)
        group, order = self._group_key, self._sort_key
        return [(group(span), row, order(span)) for span in spans]

    def enter(self, span: Span) -> str | None:
        """A span is listed; the uid of another whose group changes by that."""
        if self.group != TEXT:
            return None
        same = self._same.setdefault(self._words(span), set())
        other = next(iter(same), None) if len(same) == 1 else None
        same.add(span.uid)
        return other

    def leave(self, span: Span) -> str | None:
        """A span is no longer listed; the uid of another whose group changes by that."""
        if self.group != TEXT:
            return None
        same = self._same[self._words(span)]
        same.discard(span.uid)
        return next(iter(same)) if len(same) == 1 else None

    def group_of(self, span: Span) -> Key:
        """The group a span belongs to; groups sort by it."""
        key: Key = self._group_key(span)
        return key

    def order_of(self, span: Span) -> Key:
        """Where a span stands within its group."""
        key: Key = self._sort_key(span)
        return key

    def title(self, span: Span) -> str:
        """What the group of `span` is called."""
        if self.group == SECTION:
            path = self._report.section_path(span.start)[:_DEEPEST]
            words = (" ".join(self._report.text[s.start : s.heading_end].split()) for s in path)
            return PATH.join(words) or _("Before the first section")
        if self.group == LABEL:
            return label_title(self._schema, span.label)
        if self.group == TEXT:
            return self._words(span) if self._by_text(span)[0] == 0 else _("Texts that stand once")
        return self._status_title(span)

    # ---- groups ---------------------------------------------------------------------------------

    def _by_none(self, _span: Span) -> Key:
        return ()

    def _by_section(self, span: Span) -> Key:
        path = self._report.section_path(span.start)[:_DEEPEST]
        return (path[-1].start if path else -1,)

    def _by_label(self, span: Span) -> Key:
        return self._ranks.get(span.label, len(self._ranks)), span.label

    def _by_text(self, span: Span) -> Key:
        """Words that stand once are in one group, behind those that stand several times."""
        words = self._words(span)
        return (0, words) if len(self._same.get(words, ())) > 1 else (1, "")

    def _by_status(self, span: Span) -> Key:
        label = self._schema.label(span.label)
        attribute = label.attribute(_STATUS_ATTRIBUTE) if label else None
        if attribute is None or attribute.type is not AttributeType.CHOICE:
            return (len(_NEVER), "")
        value = span.attributes.get(_STATUS_ATTRIBUTE, attribute.default)
        values = [choice.value for choice in attribute.choices]
        return (values.index(value) if value in values else len(_NEVER) - 1, str(value or ""))

    def _status_title(self, span: Span) -> str:
        label = self._schema.label(span.label)
        attribute = label.attribute(_STATUS_ATTRIBUTE) if label else None
        value = span.attributes.get(_STATUS_ATTRIBUTE, attribute.default) if attribute else None
        return (choice_title(attribute, value) if attribute else "") or _("Without a status")

    # ---- order within a group -------------------------------------------------------------------

    def _sorted_by_place(self, span: Span) -> Key:
        return reading_order(span)

    def _sorted_by_label(self, span: Span) -> Key:
        return (*self._by_label(span), *reading_order(span))

    def _sorted_by_text(self, span: Span) -> Key:
        return (self._words(span), *reading_order(span))

    def _sorted_by_value(self, span: Span) -> Key:
        value = exact(span.attributes.get("value"))
        return (1, Decimal(0), *reading_order(span)) if value is None else (0, -value, *reading_order(span))

    def _sorted_by_length(self, span: Span) -> Key:
        return (span.start - span.end, *reading_order(span))

    def _words(self, span: Span) -> str:
        return " ".join(self._report.text[span.start : span.end].split())


#: More places than a status has choices: what is no choice, and what has no status, stands last.
_NEVER = range(1000)


def group_words(group: str) -> str:
    """What a way to group is called."""
    return _(GROUPS[group])


def sort_words(sort: str) -> str:
    """What a way to sort is called."""
    return _(SORTS[sort])


__all__ = ["GROUPS", "SORTS", "Grouping", "Key", "group_words", "sort_words"]
