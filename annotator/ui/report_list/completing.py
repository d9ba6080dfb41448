"""What could be meant while a filter is typed: fields and values below the field, picked with the arrows and Enter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtWidgets import QCompleter

from annotator.services.filtering import Offer
from annotator.ui.widgets import Field

_OFFER = Qt.ItemDataRole.UserRole + 1


class Completing(QCompleter):
    """Shows offers; `picked` brings the one that was taken. It never changes the field's text itself."""

    picked = Signal(object)  # an Offer

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._field = field
        self._offers = _Offers(self)
        self.setModel(self._offers)
        self.setWidget(field)
        # With an empty prefix every offer is shown, and none is chosen until the arrows go there.
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setMaxVisibleItems(12)
        self.activated[QModelIndex].connect(self._pick)  # type: ignore[index]

    def show_offers(self, offers: list[Offer]) -> None:
        """Show these below the field; none: show nothing."""
        self._offers.show(offers)
        if offers and self._field.hasFocus():
            self.complete(QRect(0, 2, max(self._field.width(), 200), self._field.height()))
        else:
            self.close()

    @property
    def is_open(self) -> bool:
        """Whether something is offered."""
        popup = self.popup()
        return popup is not None and popup.isVisible()

    @property
    def is_chosen(self) -> bool:
        """Whether the arrows stand on an offer."""
        popup = self.popup()
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()

    def close(self) -> None:
        """Offer nothing."""
        popup = self.popup()
        if popup is not None:
            popup.hide()

    def offers(self) -> list[Offer]:
        """What is offered just now."""
        return self._offers.offers

    def _pick(self, index: QModelIndex) -> None:
        offer = index.data(_OFFER)
        if offer is not None:
            self.picked.emit(offer)


class _Offers(QAbstractListModel):
    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def show(self, offers: list[Offer]) -> None:
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer = self.offers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return offer.words() + (f"   {offer.n:,}" if offer.value is not None else "")
        return offer if role == _OFFER else None
