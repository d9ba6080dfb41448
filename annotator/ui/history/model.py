"""The history as a Qt model: steps newest first under lines for their days, read page by page as one scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QPersistentModelIndex, Qt

from annotator.messages import _, language
from annotator.services.history import Entry, Mark, entries, entry_words
from annotator.services.session import Session

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 2
PAGE = 100

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Days and steps."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._rows: list[Entry | date] = []
        self._more: Iterator[Entry] = iter(())
        self._complete = True
        self._titles: dict[int, str] = {}
        self._is_of_one_report = True

    def show(self, session: Session | None, report: int | None) -> None:
        """List the steps of the project, or of one report."""
        self.beginResetModel()
        self._session, self._rows, self._titles = session, [], {}
        self._is_of_one_report = report is not None
        self._more = entries(session.store, report) if session else iter(())
        self._complete = session is None
        self._rows = self._page()
        self.endResetModel()

    def _page(self) -> list[Entry | date]:
        """The next steps, each day's first behind a line for the day."""
        found = list(islice(self._more, PAGE))
        self._complete = len(found) < PAGE
        last = next((_day(row) for row in reversed(self._rows) if isinstance(row, Entry)), None)
        rows: list[Entry | date] = []
        for entry in found:
            if _day(entry) != last:
                last = _day(entry)
                rows.append(last)
            rows.append(entry)
        return rows

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, _parent: Index) -> None:
        rows = self._page()
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    # ---- rows -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A day's line is no row that one could stand on."""
        if index.isValid() and self.entry(index.row()) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def entry(self, row: int) -> Entry | None:
        """The step of a row; None for a day's line."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Entry) else None

    def row_of(self, uid: str) -> int | None:
        """The row of a step; None where it is not listed (yet)."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, Entry) and row.step.uid == uid), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._session is None:
            return None
        row = self._rows[index.row()]
        if not isinstance(row, Entry):
            spoken = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return day_words(row) if spoken else None
        if role == ENTRY_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return entry_words(row.step, self._session.schema)
        if role == DETAIL_ROLE:
            return " · ".join(self._details(row))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join([entry_words(row.step, self._session.schema), " · ".join(self._details(row))])
        return None

    def _details(self, entry: Entry) -> list[str]:
        at = f"{_local(entry):%H:%M:%S}"
        title = "" if self._is_of_one_report else self._title(entry.step.report)
        return [part for part in (at, entry.step.person_name, mark_words(entry), title) if part]

    def _title(self, report: int | None) -> str:
        if report is None or self._session is None:
            return ""
        if report not in self._titles:
            rows = self._session.store.reports.rows([report], self._session.person.uid)
            self._titles[report] = rows[0].title if rows else ""
        return self._titles[report]


def mark_words(entry: Entry) -> str:
    """What became of a step, as its line says it."""
    return _("taken back") if entry.mark == Mark.UNDONE else entry.mark_words()


def day_words(day: date) -> str:
    """A day as a line names it."""
    today = datetime.now().astimezone().date()
    days = (today - day).days
    if days in (0, 1):
        return _("Today") if days == 0 else _("Yesterday")
    return QLocale(language()).toString(day, QLocale.FormatType.LongFormat)  # type: ignore[call-overload]


def _local(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.step.at).astimezone()


def _day(entry: Entry) -> date:
    return _local(entry).date()
