"""The spans of the open report as a flat Qt model: group lines and span rows, in the order of their keys.

An edit costs the rows that come, go or look different, found by bisection; regrouping, sorting and filtering are one
reset. Nothing is built per row.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.changes import Change
from annotator.domain.deciding import UNSEEN
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span, reading_order
from annotator.messages import _, language
from annotator.services.open_report import OpenReport
from annotator.ui.entity_panel.grouping import NONE, PLACE, Grouping, Key
from annotator.ui.entity_panel.span_filter import Sieve, SpanFilter
from annotator.ui.entity_panel.values import details, understood

SPAN_ROLE = Qt.ItemDataRole.UserRole + 1
DEPTH_ROLE = Qt.ItemDataRole.UserRole + 2
VALUE_ROLE = Qt.ItemDataRole.UserRole + 3
#: The number of spans of a group's line; None for a span's row.
COUNT_ROLE = Qt.ItemDataRole.UserRole + 4

Index = QModelIndex | QPersistentModelIndex
#: Deeper than this nothing is indented further.
DEEPEST = 3
#: More changes than this at once, and reading all again is cheaper.
_MANY = 200
#: Second places of keys: a group's line stands before its spans.
_LINE, _ROW = 0, 1


class Group:
    """A group's line."""

    __slots__ = ("count", "title")

    def __init__(self, title: str, count: int = 0) -> None:
        self.title = title
        self.count = count


class SpanListModel(QAbstractListModel):
    """The spans that the filter lets through, grouped and sorted as asked."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._report: OpenReport | None = None
        self._schema = LabelSchema()
        self._arrangement = (NONE, PLACE)
        self.filter = SpanFilter()
        self._grouping: Grouping | None = None
        self._sieve: Sieve | None = None
        self._keys: list[Key] = []
        self._rows: list[Span | Group] = []
        self._key_of: dict[str, Key] = {}
        self._groups: dict[Key, Group] = {}

    # ---- what is listed -------------------------------------------------------------------------

    def show(self, report: OpenReport | None, schema: LabelSchema) -> None:
        """List the spans of `report`."""
        self.beginResetModel()
        self._report, self._schema = report, schema
        self._keys, self._rows, self._key_of, self._groups = [], [], {}, {}
        if report is not None:
            self._grouping = self.make_grouping(report, schema)
            self._sieve = self.make_sieve(report, schema)
            self._fill(report)
        self.endResetModel()

    def make_grouping(self, report: OpenReport, schema: LabelSchema) -> Grouping:
        """How rows are grouped and sorted: for lists of something else to say."""
        return Grouping(report, schema, *self._arrangement)

    def make_sieve(self, report: OpenReport, schema: LabelSchema) -> Sieve:
        """Which rows are listed: likewise."""
        return Sieve(self.filter, report, schema)

    def _fill(self, report: OpenReport) -> None:
        assert self._sieve is not None
        assert self._grouping is not None
        passes = self._sieve.passes
        listed = [span for span in report.spans if passes(span)]
        keys = self._grouping.keys(listed, _ROW)
        self._key_of = {span.uid: key for span, key in zip(listed, keys, strict=True)}
        if not self._is_grouped():
            self._groups = {(): Group("", len(listed))} if listed else {}
        if self._grouping.is_as_read:
            self._keys, self._rows = keys, [*listed]
            return
        found: list[tuple[Key, Span | Group]] = [*zip(keys, listed, strict=True)]
        if self._is_grouped():
            for key, span in zip(keys, listed, strict=True):
                self._count(key, span)
            found += [((key, _LINE), group) for key, group in self._groups.items()]
        found.sort(key=lambda item: item[0])
        self._keys, self._rows = [key for key, _row in found], [row for _key, row in found]

    def arrange(self, group: str, sort: str) -> None:
        """Group and sort otherwise."""
        if (group, sort) != self._arrangement:
            self._arrangement = group, sort
            self.refill()

    def set_filter(self, wanted: SpanFilter) -> None:
        """List only what `wanted` lets through."""
        self.filter = wanted
        self.refill()

    def refill(self) -> None:
        """Read everything again: what the filter or the groups rest on has changed."""
        self.show(self._report, self._schema)

    @property
    def count(self) -> int:
        """How many spans are listed."""
        return len(self._key_of)

    # ---- one change -----------------------------------------------------------------------------

    def apply(self, changes: list[Change]) -> None:
        """Follow committed changes: each is one row that goes, comes or looks different."""
        if len(changes) > _MANY:
            self.refill()
            return
        for uid in dict.fromkeys(change.uid for change in changes):
            self._follow(uid)

    def _follow(self, uid: str) -> None:
        new = self._report.spans.get(uid) if self._report else None
        if new is not None and self._sieve is not None and not self._sieve.passes(new):
            new = None
        old_key = self._key_of.get(uid)
        old = None if old_key is None else self._rows[bisect_left(self._keys, old_key)]
        assert self._grouping is not None
        others = {self._grouping.leave(old)} if isinstance(old, Span) else set()
        others |= {self._grouping.enter(new)} if new is not None else set()
        self._put(uid, new)
        for other in others - {None, uid}:
            self._put(str(other), self._report.spans.get(str(other)) if self._report else None)

    def _put(self, uid: str, new: Span | None) -> None:
        """Let the row of a span go, come, move or look different."""
        old_key, new_key = self._key_of.get(uid), None if new is None else self._key(new)
        if old_key is not None and old_key == new_key and new is not None:
            row = bisect_left(self._keys, old_key)
            self._rows[row] = new
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        if old_key is not None:
            self._remove(uid, old_key)
        if new is not None and new_key is not None:
            self._insert(new, new_key)

    def _remove(self, uid: str, key: Key) -> None:
        row = bisect_left(self._keys, key)
        group = self._groups[key[0]]
        first = row - 1 if group.count == 1 and self._is_grouped() else row
        self.beginRemoveRows(QModelIndex(), first, row)
        del self._keys[first : row + 1], self._rows[first : row + 1], self._key_of[uid]
        group.count -= 1
        if group.count == 0:
            del self._groups[key[0]]
        self.endRemoveRows()
        self._recount(key)

    def _insert(self, span: Span, key: Key) -> None:
        is_first = key[0] not in self._groups
        row = bisect_left(self._keys, key)
        lines = 1 if is_first and self._is_grouped() else 0
        self.beginInsertRows(QModelIndex(), row, row + lines)
        self._count(key, span)
        if lines:
            self._keys.insert(row, (key[0], _LINE))
            self._rows.insert(row, self._groups[key[0]])
        self._keys.insert(row + lines, key)
        self._rows.insert(row + lines, span)
        self._key_of[span.uid] = key
        self.endInsertRows()
        self._recount(key)

    def _count(self, key: Key, span: Span) -> None:
        group = self._groups.get(key[0])
        if group is None:
            assert self._grouping is not None
            group = self._groups[key[0]] = Group(self._grouping.title(span) if self._is_grouped() else "")
        group.count += 1

    def _recount(self, key: Key) -> None:
        """The number in a group's line has changed."""
        if key[0] in self._groups and self._is_grouped():
            line = self.index(bisect_left(self._keys, (key[0], _LINE)))
            self.dataChanged.emit(line, line)

    def _key(self, span: Span) -> Key:
        assert self._grouping is not None
        return self._grouping.group_of(span), _ROW, self._grouping.order_of(span)

    def _is_grouped(self) -> bool:
        return self._grouping is not None and self._grouping.is_grouped

    # ---- rows -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A group's line is no row that one could stand on: arrows pass it by."""
        if index.isValid() and isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._report is None:
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            return _line(row, role)
        if role == SPAN_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row)
        if role == DEPTH_ROLE:
            return self.depth(row)
        if role == VALUE_ROLE:
            return understood(row, self._schema)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row)
        return None

    def words(self, span: Span) -> str:
        """The text of a span, as far as a row may show it, on one line."""
        assert self._report is not None
        return " ".join(self._report.text[span.start : min(span.end, span.start + 60)].split())

    def _spoken(self, span: Span) -> str:
        label = self._schema.label(span.label)
        title = label.title.text(language()) if label else span.label
        text = " ".join(self._report.text[span.start : span.end].split()) if self._report else ""
        lines = [f"{title}: {text}", details(span, self._schema), span.note]
        if not span.certain:
            lines.append(_("Uncertain"))
        if UNSEEN in span.proposed:
            lines.append(_("Accepted with many others; not looked at yet"))
        elif span.proposed:
            lines.append(_("Filled in from the text; not looked at yet"))
        if self._is_grouped():
            lines.append(self._groups[self._key_of[span.uid][0]].title)
        return "\n".join(line for line in lines if line)

    def depth(self, span: Span) -> int:
        """How many listed spans hold this one; of two with one range the later stands inside."""
        if self._report is None or self._grouping is None or not self._grouping.is_nested:
            return 0
        around = self._report.spans.at(span.start)
        key = reading_order(span)
        holding = (s for s in around if s.end >= span.end and reading_order(s) < key and s.uid in self._key_of)
        return min(DEEPEST, sum(1 for _span in holding))

    def span_at(self, position: int) -> Span | None:
        """The span of a row; None for a group's line."""
        row = self._rows[position]
        return None if isinstance(row, Group) else row

    def position(self, span: Span) -> int | None:
        """The row of a span; None where the filter hides it."""
        key = self._key_of.get(span.uid)
        return None if key is None else bisect_left(self._keys, key)

    def positions(self, spans: list[Span]) -> list[int]:
        """The rows of those of the spans that are listed, in their order; of very many, looked up in one go."""
        if len(spans) < _MANY:
            return [row for span in spans if (row := self.position(span)) is not None]
        rows = {row.uid: number for number, row in enumerate(self._rows) if isinstance(row, Span)}
        return [rows[span.uid] for span in spans if span.uid in rows]

    def first_from(self, position: int, direction: int = 1) -> int | None:
        """The first row of a span at `position` or beyond; None where there is none."""
        while 0 <= position < len(self._rows):
            if not isinstance(self._rows[position], Group):
                return position
            position += direction
        return None


def _line(group: Group, role: int) -> Any:
    """What a group's line says."""
    if role == COUNT_ROLE:
        return group.count
    if role == Qt.ItemDataRole.DisplayRole:
        return group.title
    if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        return _("{group}: {n} spans", group=group.title, n=group.count)
    return None
