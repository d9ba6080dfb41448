"""The differences as a Qt model: sieved by kind, by label or by a cell of the confusion table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.schema import LabelSchema
from annotator.quality.evaluation import NOTHING, Difference
from annotator.services.evaluating import Row
from annotator.ui.comparing import wording

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Pair = tuple[str, str]


class Sieve(NamedTuple):
    """Which differences are listed: of a kind, with a label on either side, or of a cell of the confusion table."""

    kind: str = ""
    label: str = ""
    pair: Pair | None = None

    def takes(self, found: Difference) -> bool:
        """Whether a difference is listed."""
        pair = pair_of(found)
        return (
            self.kind in ("", found.kind)
            and (not self.label or self.label in pair)
            and (self.pair is None or self.pair == pair)
        )


def pair_of(found: Difference) -> Pair:
    """The labels of both sides."""
    gold = found.gold.label if found.gold is not None else NOTHING
    return gold, found.predicted.label if found.predicted is not None else NOTHING


class Differences(QAbstractListModel):
    """`everything` are all differences, `rows` those that are listed; `names` are what both sides are called."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.everything: list[Row] = []
        self.rows: list[Row] = []
        self.sieve = Sieve()
        self.schema = LabelSchema()
        self.names = ("", "")

    def show(self, rows: Sequence[Row]) -> None:
        """List other differences, by the same sieve."""
        self.everything = list(rows)
        self.sift(self.sieve)

    def sift(self, sieve: Sieve) -> None:
        """List what passes another sieve."""
        self.beginResetModel()
        self.sieve = sieve
        self.rows = [row for row in self.everything if sieve.takes(row.difference)]
        self.endResetModel()

    def kinds(self) -> Counter[str]:
        """How many of each kind the rest of the sieve lets through."""
        sieve = self.sieve._replace(kind="")
        return Counter(row.difference.kind for row in self.everything if sieve.takes(row.difference))

    def labels(self) -> Counter[str]:
        """How many of each label the kind lets through."""
        sieve, found = self.sieve._replace(label="", pair=None), Counter[str]()
        for row in self.everything:
            if sieve.takes(row.difference):
                found.update({*pair_of(row.difference)} - {NOTHING})
        return found

    def row_of(self, row: Row | None) -> int | None:
        """Where a difference is listed."""
        return self.rows.index(row) if row is not None and row in self.rows else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{wording.kind_title(row.difference.kind)} · {wording.about(row, self.schema)}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return wording.whole(row, self.schema, self.names)
        return None
