"""The differences as a Qt model: sieved by kind, by label or by a cell of the confusion table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.schema import LabelSchema
from annotator.quality.evaluation import NOTHING
from annotator.services.evaluating import Row
from annotator.ui.comparing import wording

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Pair = tuple[str, str]
#: Kind, label of the first side, label of the second.
Sort = tuple[str, str, str]


class Sieve(NamedTuple):
    """Which differences are listed: of a kind, with a label on either side, or of a cell of the confusion table."""

    kind: str = ""
    label: str = ""
    pair: Pair | None = None

    def lets(self, sort: Sort) -> bool:
        """Whether differences of a sort are listed."""
        kind, *pair = sort
        return (
            self.kind in ("", kind)
            and (not self.label or self.label in pair)
            and (self.pair is None or list(self.pair) == pair)
        )


def sort_of(row: Row) -> Sort:
    """What a difference is sieved and counted by."""
    kind, gold, predicted = row.difference.kind, row.difference.gold, row.difference.predicted
    return kind, gold.label if gold is not None else NOTHING, predicted.label if predicted is not None else NOTHING


class Differences(QAbstractListModel):
    """`everything` are all differences, `rows` those that are listed; `names` are what both sides are called."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.everything: list[Row] = []
        self.rows: list[Row] = []
        self.sieve = Sieve()
        self.schema = LabelSchema()
        self.names = ("", "")
        self._sorts: list[Sort] = []
        self._counts: Counter[Sort] = Counter()

    def show(self, rows: Sequence[Row], sorts: Sequence[Sort] | None = None) -> None:
        """List other differences, by the same sieve; `sorts` are theirs, where somebody has made them already."""
        self.everything = list(rows)
        self._sorts = list(map(sort_of, rows)) if sorts is None else list(sorts)
        self._counts = Counter(self._sorts)
        self.sift(self.sieve)

    def sift(self, sieve: Sieve) -> None:
        """List what passes another sieve: each sort is asked about once, not each difference."""
        let = frozenset(sort for sort in self._counts if sieve.lets(sort))
        self.beginResetModel()
        self.sieve = sieve
        self.rows = [row for row, sort in zip(self.everything, self._sorts, strict=True) if sort in let]
        self.endResetModel()

    def kinds(self) -> Counter[str]:
        """How many of each kind the rest of the sieve lets through."""
        rest, found = self.sieve._replace(kind=""), Counter[str]()
        for sort, n in self._counts.items():
            found[sort[0]] += n if rest.lets(sort) else 0
        return +found

    def labels(self) -> Counter[str]:
        """How many of each label the kind lets through."""
        rest, found = self.sieve._replace(label="", pair=None), Counter[str]()
        for sort, n in self._counts.items():
            for label in {*sort[1:]} - {NOTHING} if rest.lets(sort) else ():
                found[label] += n
        return found

    def row_of(self, row: Row | None) -> int | None:
        """Where a difference is listed."""
        return next((n for n, one in enumerate(self.rows) if one is row), None)

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
