"""What keys, input methods and the clipboard mean while a text is edited: events of the report view become changes.

It hangs before the view as an event filter. Keys that only move the caret stay the view's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)

from annotator.ui.report_view import ReportView
from annotator.ui.report_view import caret as carets
from annotator.ui.report_view.caret import Caret
from annotator.ui.report_view.offset_map import OffsetMap
from annotator.ui.text_edit.draft import Draft

_Standard = QKeySequence.StandardKey
#: Keys that belong to the input method while it composes.
_COMPOSING = frozenset(
    (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Tab)
)
_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Target(Protocol):
    """What is told what a person does."""

    draft: Draft

    def composed(self) -> None:
        """An input method composes: show it."""

    def put(self, words: str, *, typed: bool) -> None:
        """Put words in place of the selection."""

    def delete(self, start: int, end: int) -> None:
        """Take out a range."""

    def travel(self, *, back: bool) -> None:
        """Take back the last change of the draft, or bring it back."""

    def keep(self) -> None:
        """Let the edit count."""

    def escape(self) -> None:
        """Leave, once that is surely meant."""


class Typing(QObject):
    """Reads the events of a view while a draft is edited in it."""

    def __init__(self, view: ReportView, target: Target) -> None:
        super().__init__(view)
        self._view, self._target = view, target
        self._keys: tuple[tuple[QKeySequence.StandardKey, Callable[[], None]], ...] = (
            (_Standard.Undo, lambda: target.travel(back=True)),
            (_Standard.Redo, lambda: target.travel(back=False)),
            (_Standard.Cut, self.cut),
            (_Standard.Paste, self.paste),
            (_Standard.DeleteStartOfWord, lambda: self._delete(self._word_left())),
            (_Standard.DeleteEndOfWord, lambda: self._delete(self._word_right())),
        )
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.caretMoved.connect(self._tell)

    def close(self) -> None:
        """Read no more."""
        self.commit()
        self._view.removeEventFilter(self)
        self._view.viewport().removeEventFilter(self)
        self._view.caretMoved.disconnect(self._tell)
        self.deleteLater()

    # ---- events ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys, compositions and presses of the mouse; everything else goes its way."""
        kind = event.type()
        if watched is not self._view:
            if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
                self.commit()
            return False
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._action(event) is not None:
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        elif kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._compose(event)
            return True
        elif kind == QEvent.Type.InputMethodQuery and isinstance(event, QInputMethodQueryEvent):
            self._answer(event)
            return True
        elif kind == QEvent.Type.FocusOut:
            self.commit()
        return False

    def _press(self, event: QKeyEvent) -> bool:
        action = self._action(event)
        if action is None:
            return False
        self._take_selection()
        action()
        event.accept()
        return True

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does; None for one that the view or a menu reads."""
        if self._target.draft.preedit and event.key() in _COMPOSING:
            return lambda: None
        for sequence, action in self._keys:
            if event.matches(sequence):
                return action
        held, key = event.modifiers() & _CONTROL, event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held == Qt.KeyboardModifier.ControlModifier:
                return self._target.keep
            return None if held else lambda: self._target.put("\n", typed=False)
        if key == Qt.Key.Key_Y and held == Qt.KeyboardModifier.ControlModifier:
            return lambda: self._target.travel(back=False)
        if held and not (event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier):
            return None
        return self._plain(event)

    def _plain(self, event: QKeyEvent) -> Callable[[], None] | None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            return self._target.escape
        if key == Qt.Key.Key_Backspace:
            return lambda: self._delete(carets.left(self._view.page(), self._view.caret_place()))
        if key == Qt.Key.Key_Delete:
            return lambda: self._delete(carets.right(self._view.page(), self._view.caret_place()))
        words = event.text()
        if words and (words.isprintable() or words == "\u3000"):
            return lambda: self._target.put(words, typed=True)
        return None

    # ---- taking out, cutting, pasting ---------------------------------------------------------------

    def _take_selection(self) -> None:
        """The caret is where the view's is: moving it is the view's business."""
        if not self._target.draft.preedit:
            self._target.draft.select(self._view.anchor(), self._view.caret())

    def _delete(self, place: Caret) -> None:
        start, end = self._target.draft.selection
        if start == end:
            start, end = min(end, place.offset), max(end, place.offset)
        self._target.delete(start, end)

    def _word_left(self) -> Caret:
        return carets.word_left(self._view.page(), self._view.caret_place(), self._view.word_at)

    def _word_right(self) -> Caret:
        return carets.word_right(self._view.page(), self._view.caret_place(), self._view.word_at)

    def cut(self) -> None:
        """Take what is selected to the clipboard."""
        self._take_selection()
        start, end = self._target.draft.selection
        if start < end:
            QGuiApplication.clipboard().setText(self._target.draft.text[start:end])
            self._target.delete(start, end)

    def paste(self) -> None:
        """Put in what the clipboard holds, as plain text."""
        self._take_selection()
        words = QGuiApplication.clipboard().text()
        if words:
            self._target.put(words, typed=False)

    # ---- input methods --------------------------------------------------------------------------------

    def commit(self) -> None:
        """What is being composed counts as typed: the caret goes elsewhere, or the focus."""
        draft = self._target.draft
        if not draft.preedit:
            return
        QGuiApplication.inputMethod().commit()
        words = draft.preedit
        if words:  # the input method has not answered
            draft.compose("", 0)
            self._target.put(words, typed=True)

    def _compose(self, event: QInputMethodEvent) -> None:
        self._take_selection()
        draft = self._target.draft
        draft.compose("", 0)
        words, taken = event.commitString(), event.replacementLength()
        if taken:
            start = self._near(event.replacementStart())
            draft.replace(start, self._near(event.replacementStart() + taken), "")
        if words:
            self._target.put(words, typed=True)
        preedit = event.preeditString()
        draft.compose(preedit, _composed_caret(event, preedit))
        self._target.composed()
        self._tell()
        event.accept()

    def _tell(self, _offset: int = 0) -> None:
        """Let the input method ask again: the caret is elsewhere, or other text stands around it."""
        QGuiApplication.inputMethod().update(
            Qt.InputMethodQuery.ImCursorRectangle | Qt.InputMethodQuery.ImSurroundingText
        )

    def _line(self) -> tuple[int, str]:
        """Where the caret's line starts, and the line: what input methods may look at."""
        draft = self._target.draft
        start = draft.text.rfind("\n", 0, draft.caret) + 1
        end = draft.text.find("\n", draft.caret)
        return start, draft.text[start : len(draft.text) if end < 0 else end]

    def _near(self, position: int) -> int:
        """The offset of a Qt position counted from the caret."""
        start, line = self._line()
        places = OffsetMap(line)
        there = places.to_qt(self._target.draft.caret - start) + position
        return start + min(max(places.to_offset(max(there, 0)), 0), len(line))

    def _answer(self, event: QInputMethodQueryEvent) -> None:
        """What an input method asks: where the caret is, and what stands around it."""
        self._take_selection()
        draft, (start, line) = self._target.draft, self._line()
        places = OffsetMap(line)
        at = places.to_qt(draft.caret - start)
        anchor = places.to_qt(min(max(draft.anchor - start, 0), len(line)))
        answers: dict[Qt.InputMethodQuery, object] = {
            Qt.InputMethodQuery.ImEnabled: True,
            Qt.InputMethodQuery.ImCursorRectangle: self._caret_rect(),
            Qt.InputMethodQuery.ImAnchorRectangle: self._caret_rect(),
            Qt.InputMethodQuery.ImFont: self._view.text_font(),
            Qt.InputMethodQuery.ImCursorPosition: at,
            Qt.InputMethodQuery.ImAnchorPosition: anchor,
            Qt.InputMethodQuery.ImSurroundingText: line,
            Qt.InputMethodQuery.ImTextBeforeCursor: line[: draft.caret - start],
            Qt.InputMethodQuery.ImTextAfterCursor: line[draft.caret - start :],
            Qt.InputMethodQuery.ImCurrentSelection: draft.text[slice(*draft.selection)],
            Qt.InputMethodQuery.ImHints: int(Qt.InputMethodHint.ImhMultiLine.value),
        }
        for query, value in answers.items():
            if event.queries() & query:
                event.setValue(query, value)
        event.accept()

    def _caret_rect(self) -> QRect:
        rect = self._view.caret_rect()
        return rect.translated(self._view.viewport().mapTo(self._view, QPoint(0, 0)))


def _composed_caret(event: QInputMethodEvent, preedit: str) -> int:
    """Where the caret stands in what is composed: at its end unless the input method says otherwise."""
    for attribute in event.attributes():
        if attribute.type == QInputMethodEvent.AttributeType.Cursor:
            return OffsetMap(preedit).to_offset(attribute.start)
    return len(preedit)
