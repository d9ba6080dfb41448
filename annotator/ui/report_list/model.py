"""The reports as a Qt model that holds ids only: 100,000 rows are no slower than 100.

The first ids come at once, the others in slices from a zero timer; what a row shows is fetched by the page
when it is painted and kept in a bounded cache.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from annotator.messages import _
from annotator.services.rows import ReportFilter, ReportRow
from annotator.services.session import Session
from annotator.services.status_names import status_name

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
FIRST = 200
SLICE = 5_000
PAGE = 64
CACHED = 1_024

Index = QModelIndex | QPersistentModelIndex


class ReportListModel(QAbstractListModel):
    """Ids in file order, or in that of their ranks. `loaded` comes when the last slice is in, `grown` with every slice."""

    grown = Signal()
    loaded = Signal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._filter: ReportFilter | None = None
        self._ids = array("q")
        self._rows: OrderedDict[int, ReportRow] = OrderedDict()
        self._looked = 0  # every id up to here has been asked for
        self._rank: Callable[[int], int] = _file_order
        self.complete = True
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fetch)

    def show(
        self, session: Session | None, wanted: ReportFilter | None = None, rank: Callable[[int], int] | None = None
    ) -> None:
        """List the reports of `session` that `wanted`, a ReportFilter, lets through; by `rank` where given."""
        self._timer.stop()
        self.beginResetModel()
        self._session, self._filter = session, wanted
        self._rank = rank or _file_order
        self._rows.clear()
        self._looked = 0
        self._ids = array("q", sorted(self._next_ids(FIRST), key=self._rank))
        self.endResetModel()
        self.grown.emit()
        self.loaded.emit() if self.complete else self._timer.start()

    def _next_ids(self, limit: int) -> list[int]:
        """The next ids, and whether they are the last. With a filter, so many reports are looked at, not found."""
        if self._session is None:
            self.complete = True
            return []
        reports = self._session.store.reports
        if self._filter is None:
            ids = reports.ids(after=self._looked, limit=limit)
            self.complete = len(ids) < limit
            self._looked = ids[-1] if ids else self._looked
            return ids
        until = self._looked + SLICE
        ids = reports.ids(self._filter, after=self._looked, limit=SLICE, until=until)
        self._looked = until
        self.complete = not reports.ids(after=until, limit=1)
        return ids

    def _fetch(self) -> None:
        ids = self._next_ids(SLICE)
        if ids and self._rank is not _file_order:
            self._sort_in(ids)
        elif ids:
            self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(ids) - 1)
            self._ids.extend(ids)
            self.endInsertRows()
            self.grown.emit()
        if self.complete:
            self._timer.stop()
            self.grown.emit()
            self.loaded.emit()

    def _sort_in(self, ids: list[int]) -> None:
        """Put further reports where they belong."""
        self.beginResetModel()
        self._ids = array("q", sorted([*self._ids, *ids], key=self._rank))
        self.endResetModel()
        self.grown.emit()

    def stop(self) -> None:
        """Fetch no more."""
        self._timer.stop()

    # ---- rows -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index.row())
            return row.title if row else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(index.row())
            return spoken(row) if row else ""
        return None

    def row(self, position: int) -> ReportRow | None:
        """What the row at `position` shows; None where the report has gone meanwhile."""
        report = self._ids[position]
        if report not in self._rows:
            self._fetch_page(position)
        else:
            self._rows.move_to_end(report)
        return self._rows.get(report)

    def _fetch_page(self, position: int) -> None:
        if self._session is None:
            return
        first = position - position % PAGE
        wanted = [i for i in self._ids[first : first + PAGE] if i not in self._rows]
        for row in self._session.store.reports.rows(wanted, self._session.person.uid):
            self._rows[row.id] = row
        while len(self._rows) > CACHED:
            self._rows.popitem(last=False)

    def refresh(self, reports: Iterable[int]) -> None:
        """Fetch these rows again when they are next painted."""
        for report in reports:
            self._rows.pop(report, None)
            position = self.position(report)
            if position is not None:
                index = self.index(position)
                self.dataChanged.emit(index, index)

    # ---- order ----------------------------------------------------------------------------------

    def id_at(self, position: int) -> int:
        """The report at `position`."""
        return self._ids[position]

    def position(self, report: int) -> int | None:
        """Where `report` stands; None where it is not listed (yet). Ranks ascend."""
        position = bisect_left(self._ids, self._rank(report), key=self._rank)
        return position if position < len(self._ids) and self._ids[position] == report else None

    def neighbour(self, report: int | None, direction: int) -> int | None:
        """The report before (-1) or after (1) `report` in the list, whether it is listed itself or not."""
        position = self._after(report) if report is None or direction > 0 else self._before(report)
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def from_here(self, report: int | None) -> Iterator[int]:
        """The other reports of the list, from the one after `report` round to the one before it."""
        start = self._after(report)
        order = chain(range(start, len(self._ids)), range(start))
        return (self._ids[position] for position in order if self._ids[position] != report)

    def _after(self, report: int | None) -> int:
        return 0 if report is None else bisect_right(self._ids, self._rank(report), key=self._rank)

    def _before(self, report: int) -> int:
        return bisect_left(self._ids, self._rank(report), key=self._rank) - 1


def _file_order(report: int) -> int:
    """Ids ascend in file order."""
    return report


def spoken(row: ReportRow) -> str:
    """A row in one sentence, for the tooltip and for screen readers."""
    parts = [row.title, row.place, str(row.year or ""), _("{n} spans", n=row.spans), status_name(row.status)]
    return " · ".join(part for part in parts if part)
