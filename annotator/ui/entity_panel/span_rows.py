"""The list of spans as a person works in it: one, several or many rows, letters that find, keys that act on what is chosen."""

from __future__ import annotations

import time

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from annotator.ui.entity_panel.model import SpanListModel
from annotator.ui.report_view.keys import is_single_key, key_name
from annotator.ui.rows_view import RowsView


class SpanRows(RowsView):
    """Rows of spans and lines of groups; a line cannot be stood on."""

    left = Signal()  # back to the report
    jumped = Signal()  # to the text of the span
    deleted = Signal()
    edited = Signal()
    key_pressed = Signal(str)  # a single key that may be a label's; `wants_key` says which are

    def __init__(self, rows: SpanListModel) -> None:
        super().__init__()
        self._spans = rows
        self._typed, self._typed_at = "", 0.0
        self.wants_key = lambda _key: False
        self.setModel(rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.doubleClicked.connect(lambda _index: self.edited.emit())

    def chosen_rows(self) -> list[int]:
        """The rows of the selected spans, in their order; the one chosen last stands last."""
        parts = list(self.selectionModel().selection())  # type: ignore[call-overload]
        rows = [row for part in parts for row in range(part.top(), part.bottom() + 1)]
        spans = sorted(row for row in rows if self._spans.span_at(row) is not None)
        current = self.currentIndex().row()
        if current in spans:
            spans.remove(current)
            spans.append(current)
        return spans

    # ---- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.jumped.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        elif key == Qt.Key.Key_F2:
            self.edited.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            self._go_to(0 if key == Qt.Key.Key_Home else self._spans.rowCount() - 1)
        elif is_single_key(event) and self.wants_key(key_name(event)):
            if not event.isAutoRepeat():
                self.key_pressed.emit(key_name(event))
        else:
            super().keyPressEvent(event)

    def _go_to(self, row: int) -> None:
        found = self._spans.first_from(row, 1 if row == 0 else -1)
        if found is not None:
            self.setCurrentIndex(self._spans.index(found))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """A page may end on a group's line: the next span is meant."""
        index = super().moveCursor(action, modifiers)
        if not index.isValid() or self._spans.span_at(index.row()) is not None:
            return index
        down = index.row() > self.currentIndex().row()
        found = self._spans.first_from(index.row(), 1 if down else -1)
        return index if found is None else self._spans.index(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        found = self._spans.first_from(0)
        if not self.currentIndex().isValid() and found is not None:
            self.selectionModel().setCurrentIndex(
                self._spans.index(found), self.selectionModel().SelectionFlag.NoUpdate
            )

    # ---- letters find ---------------------------------------------------------------------------

    def keyboardSearch(self, search: str) -> None:
        """Go to the next span that begins with what was typed in a row; else to one that holds it."""
        now = time.monotonic()
        fresh = now - self._typed_at > QApplication.keyboardInputInterval() / 1000
        self._typed = search if fresh else self._typed + search
        self._typed_at = now
        words = self._typed.strip().casefold()
        row = self._find(words, self.currentIndex().row() + (1 if fresh else 0)) if words else None
        if row is not None:
            self.setCurrentIndex(self._spans.index(row))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Chinese words are typed through an input method: they find too."""
        if event.commitString():
            self.keyboardSearch(event.commitString())
        event.accept()

    def _find(self, words: str, start: int) -> int | None:
        count = self._spans.rowCount()
        holding: int | None = None
        for step in range(count):
            row = (max(0, start) + step) % count
            span = self._spans.span_at(row)
            if span is None:
                continue
            text = self._spans.words(span).casefold()
            if text.startswith(words):
                return row
            if holding is None and words in text:
                holding = row
        return holding
