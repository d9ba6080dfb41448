"""A list whose rows lead somewhere: the keys that such lists have in common."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from annotator.ui.rows_view import RowsView


class KeyedRows(RowsView):
    """Enter goes to what a row is about, Delete puts it away, Esc leaves; where `several` can be chosen, Ctrl+C copies."""

    left = Signal()
    entered_row = Signal(QModelIndex, bool)  # with Shift
    put_away = Signal()
    copied = Signal()

    def __init__(self, *, several: bool = False) -> None:
        super().__init__()
        self._several = several
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.entered_row.emit(self.currentIndex(), shift)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.put_away.emit()
        elif self._several and event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
