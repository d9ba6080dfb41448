"""The places where the words stand, as a Qt model: each with its tick, and which of them a person changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.repeats import FINE
from annotator.messages import _
from annotator.services.repeats import Hit

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
PLACE_ROLE = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int, int]


class HitModel(QAbstractListModel):
    """Hits in file and text order. Those that nothing speaks against are ticked from the start, all others are not."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self._chosen: dict[Place, bool] = {}
        self.ticked = 0
        self._all_asked = False
        #: What is said of a hit's place: set by whoever knows reports and sections.
        self.place_of: Callable[[Hit], str] = lambda hit: hit.title

    def show(self, hits: Sequence[Hit], *, keep: bool = False) -> None:
        """List these hits; with `keep` what was ticked by hand before stays as it was."""
        self.beginResetModel()
        self._all_asked = False
        if not keep:
            self._chosen = {}
        self._hits = [hit._replace(ticked=self._start(hit)) for hit in hits]
        self.ticked = sum(hit.ticked for hit in self._hits)
        self.endResetModel()

    def _start(self, hit: Hit) -> bool:
        return hit.can_be_tagged and self._chosen.get(_place(hit), hit.reason == FINE)

    @property
    def hits(self) -> list[Hit]:
        """All hits, as they are ticked."""
        return self._hits

    def turned_down(self) -> list[Hit]:
        """The hits that a person unticked although nothing spoke against them."""
        return [hit for hit in self._hits if not hit.ticked and hit.reason == FINE]

    def toggle(self, rows: Iterable[int]) -> None:
        """Tick these rows; where all of them are ticked already, untick them."""
        able = [row for row in rows if self._hits[row].can_be_tagged]
        self._set(able, not all(self._hits[row].ticked for row in able))

    def tick_all(self) -> None:
        """Tick everything that can be ticked; asked again at once, untick it.

        Only then: where everything was ticked from the start, whoever asks for all must not end with none.
        """
        again = self._all_asked
        self._set([row for row, hit in enumerate(self._hits) if hit.can_be_tagged], not again)
        self._all_asked = not again

    def _set(self, rows: Sequence[int], ticked: bool) -> None:
        self._all_asked = False
        for row in rows:
            hit = self._hits[row]
            self.ticked += ticked - hit.ticked
            self._hits[row] = hit._replace(ticked=ticked)
            self._chosen[_place(hit)] = ticked
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))

    # ---- rows -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role == PLACE_ROLE:
            return self.place_of(hit)
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.before + hit.words + hit.after
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(
                filter(None, (f"{hit.before}【{hit.words}】{hit.after}", self.place_of(hit), hit.reason_words()))
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _("ticked") if hit.ticked else _("not ticked")
            return ", ".join(filter(None, (state, hit.before + hit.words + hit.after, hit.reason_words())))
        return None


def _place(hit: Hit) -> Place:
    return hit.report, hit.start, hit.end
