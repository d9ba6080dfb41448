"""The findings of a project as a Qt model: they come in page by page, are sieved, counted, and replaced report by report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.schema import LabelSchema
from annotator.services.project_checks import Checked
from annotator.ui.checking import wording
from annotator.ui.checking.gathered import VERDICTS, Gathered, Sieve

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
#: What tells a finding from all others of a project.
Key = tuple[str, str, str, str]


def key_of(one: Checked) -> Key:
    """What a finding is known by after another look through the project."""
    return one.report, one.kind, one.words, one.annotator


class ProjectFindings(QAbstractListModel):
    """`gathered` are all findings, `rows` those that are listed."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.gathered = Gathered()
        self.rows: list[Checked] = []
        self.sieve = Sieve()
        self.schema = LabelSchema()

    def clear(self) -> None:
        """Begin anew."""
        self.gathered = Gathered()
        self._sift()

    def append(self, found: Sequence[Checked]) -> None:
        """More findings, behind those that are there."""
        known = len(self.gathered)
        self.gathered.add(found)
        listed = self.gathered.passing(self.sieve, known)
        if listed:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(listed) - 1)
            self.rows += listed
            self.endInsertRows()

    def sift(self, sieve: Sieve) -> None:
        """List what passes another sieve."""
        self.sieve = sieve
        self._sift()

    def replace(self, replaces: Callable[[Checked], bool], report: int, found: Sequence[Checked]) -> None:
        """Put findings in the place of those of one report that are replaced."""
        if self.gathered.replace(replaces, report, found):
            self._sift()

    def change(self, report: int, change: Callable[[Checked], Checked]) -> None:
        """Change each finding of a report."""
        if self.gathered.change(report, change):
            self._sift()

    def _sift(self) -> None:
        self.beginResetModel()
        self.rows = self.gathered.passing(self.sieve)
        self.endResetModel()

    def kinds(self) -> Counter[str]:
        """How many of each kind the rest of the sieve lets through."""
        return self.gathered.kinds(self.sieve)

    def verdicts(self) -> list[int]:
        """How many come out each way, by the rest of the sieve."""
        sieves = [self.sieve._replace(verdict=verdict) for verdict in VERDICTS]
        return [self.gathered.count(sieve.lets) for sieve in sieves]

    # ---- rows ---------------------------------------------------------------------------------------

    def row_of(self, key: Key | None) -> int | None:
        """Where a finding is listed."""
        if key is None:
            return None
        return next((n for n, one in enumerate(self.rows) if one.words == key[2] and key_of(one) == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        if role == ROW_ROLE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{wording.verdict(one)} · {wording.kind(one)} · {one.title}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(filter(None, (wording.whole(one, one.dismissed, self.schema), one.title, one.annotator)))
        return None


def as_text(rows: Iterable[Checked], schema: LabelSchema) -> str:
    """Findings as they are copied: a line each, cells with tabs between them."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in _cells(one, schema)) for one in rows)


def _cells(one: Checked, schema: LabelSchema) -> tuple[str, ...]:
    told = wording.working(one, schema)
    return one.title, wording.verdict(one), wording.kind(one), one.stated, one.computed, told
