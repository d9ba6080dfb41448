"""The text of the report view as a screen reader reads it. Loaded when the first reader asks.

PySide6 (6.10, 6.11) cannot answer `selection()` and `attributes()` of a text interface from Python:
both are taken out of the binding, and a subclass written in Python leaves the caller's numbers
unset. So the view hands out the text interface of a hidden QPlainTextEdit, which Qt answers itself.
This *mirror* is told, and never asked, what the text is. It stands where its caret covers the real one, so that
magnifiers find it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
    QFont,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QAccessibleWidget, QPlainTextEdit

from annotator.ui.report_view.offset_map import OffsetMap, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.ui.report_view.view import ReportView

#: "No such interface" as an answer from Python: None, or an address, ends the process (PySide6 6.11.3).
_NONE = shiboken6.wrapInstance(0, QAccessibleTextInterface)


class ReportInterface(QAccessibleWidget):
    """The view as a read-only, multi-line text."""

    def __init__(self, view: Any) -> None:
        super().__init__(view, QAccessible.Role.EditableText)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        view: Any = self.object()
        if kind == QAccessible.InterfaceType.TextInterface and view is not None:
            return view.accessible_mirror().interface
        return _NONE

    def text(self, kind: QAccessible.Text) -> str:
        """The name; as description, the labels of the spans at the caret, the outermost first."""
        view: Any = self.object()
        if kind == QAccessible.Text.Description and view is not None:
            return str(view.labels_at_caret())
        return super().text(kind)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state


class Mirror:
    """The hidden text whose interface is handed out, kept like the view."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._telling = False
        self._map = OffsetMap("")
        self._editor = QPlainTextEdit(view.viewport())
        self._editor.hide()
        self._editor.setReadOnly(True)
        self._editor.setUndoRedoEnabled(False)
        self._editor.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.interface = QAccessible.queryAccessibleInterface(self._editor).textInterface()
        self._editor.selectionChanged.connect(self._reader_moved)
        self._editor.cursorPositionChanged.connect(self._reader_moved)
        self.replace()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What we tell the mirror is not what a reader asks of us."""
        self._telling = True
        try:
            yield
        finally:
            self._telling = False

    def replace(self) -> None:
        """Take over another text."""
        text = self._view.text()
        self._map = OffsetMap(text)
        with self._quietly():
            self._editor.setPlainText(shown(text))
            self._mark_headings()
        self.follow()

    def mark_headings(self) -> None:
        """Take over headings that came later than the text."""
        with self._quietly():
            self._mark_headings()

    def _mark_headings(self) -> None:
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.DemiBold)
        cursor = QTextCursor(self._editor.document())
        for start, end in self._view.page().headings:
            self._select(cursor, start, end)
            cursor.mergeCharFormat(form)

    def follow(self) -> None:
        """Take over caret and selection, and stand with the caret over the view's."""
        start, end = self._view.selection()
        caret = self._view.caret()
        self._editor.setFont(self._view.text_font())
        cursor = self._editor.textCursor()
        self._select(cursor, start if caret == end else end, caret)
        with self._quietly():
            self._editor.setTextCursor(cursor)
        shift: QPoint = self._view.caret_rect().topLeft() - self._editor.cursorRect().topLeft()
        self._editor.move(shift - self._editor.viewport().pos())

    def _select(self, cursor: QTextCursor, anchor: int, caret: int) -> None:
        cursor.setPosition(self._map.to_qt(anchor))
        cursor.setPosition(self._map.to_qt(caret), QTextCursor.MoveMode.KeepAnchor)

    def _reader_moved(self) -> None:
        """A screen reader moved the caret or selected: so does the view."""
        if not self._telling:
            cursor = self._editor.textCursor()
            anchor, caret = self._map.to_offset(cursor.anchor()), self._map.to_offset(cursor.position())
            self._view.set_selection(anchor, caret)

    def announce(self, selected: bool) -> None:
        """Tell the reader where the caret is now, and, where that changed, what is selected."""
        caret = self._map.to_qt(self._view.caret())
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, caret))
        if selected:
            start, end = map(self._map.to_qt, self._view.selection())
            QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(self._view, start, end))
