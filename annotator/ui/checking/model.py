"""The rows of the list of findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.services.findings import Found
from annotator.ui.checking import wording
from annotator.ui.checking.findings import Findings

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class FindingModel(QAbstractListModel):
    """Findings, a row each."""

    def __init__(self, findings: Findings, parent: Any = None) -> None:
        super().__init__(parent)
        self._findings = findings
        self.rows: list[Found] = []

    def show(self, rows: Sequence[Found]) -> None:
        """List these."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def row_of(self, found: Found | None) -> int | None:
        """The row of a finding; None where it is not listed."""
        return self.rows.index(found) if found in self.rows else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self.rows[index.row()]
        if role == ROW_ROLE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{wording.verdict(found)} · {wording.kind(found)}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            by = self._findings.dismissal(found)
            return wording.whole(found, by.note if by is not None else None, self._findings.schema)
        return None
