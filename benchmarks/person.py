"""A pair of hands at the real window: every key stroke and click is a Qt event, and every one is counted.

Knows no report and plans nothing. A key counts one, with modifiers or without; a click one, so a double click two and
a drag (press, release) two. Turning the wheel changes nothing and is told apart.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.report_view.caret import Caret
from benchmarks.window import Window

_NOTCH = 120
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Hands:
    """Presses keys in the report and points at its characters."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._view = window.view
        self.counts: Counter[str] = Counter()
        self.log: list[str] = []

    @property
    def actions(self) -> int:
        """Key strokes and clicks so far."""
        return sum(count for kind, count in self.counts.items() if kind != "wheel")

    def note(self, kind: str, words: str, actions: int = 1) -> None:
        """Count what was done, under its kind."""
        self.counts[kind] += actions
        self.log.append(words)

    # ---- keys -------------------------------------------------------------------------------------

    def key(self, name: str, widget: QWidget | None = None, kind: str = "keys") -> None:
        """Press a key called as `QKeySequence` calls it."""
        combination = QKeySequence(name)[0]  # type: ignore[index]
        QTest.keyClick(widget or self._view, combination.key(), combination.keyboardModifiers())
        self._window.app.processEvents()
        self.note(kind, name)

    def write(self, words: str, widget: QWidget, kind: str = "keys") -> None:
        """Type over what stands in a field, one action a character; Chinese comes as an input method commits it."""
        self.key("Ctrl+A", widget, kind)
        if not words:
            self.key("Del", widget, kind)
            return
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(widget, event)
        self._window.app.processEvents()
        self.note(kind, f"type {words}", len(words))

    # ---- the mouse --------------------------------------------------------------------------------

    def click_at(self, offset: int) -> None:
        """Put the caret before the character at `offset`."""
        self._click(Caret(offset), _PLAIN)
        self.note("clicks", f"click {offset}")

    def extend_to(self, offset: int) -> None:
        """Select from the anchor to `offset`: Shift and a click."""
        self._click(Caret(offset, at_row_end=True), _SHIFT)
        self.note("clicks", f"Shift+click {offset}")

    def double_click(self, offset: int) -> None:
        """Double click the character at `offset`."""
        point = self._point(Caret(offset)) + QPoint(3, 0)
        viewport, left = self._view.viewport(), Qt.MouseButton.LeftButton
        QTest.mouseClick(viewport, left, _PLAIN, point)
        QTest.mouseDClick(viewport, left, _PLAIN, point)
        self._window.app.processEvents()
        self.note("clicks", f"double click {offset}", 2)

    def click_on(self, widget: QWidget, point: QPoint) -> None:
        """Click somewhere else in the window."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _PLAIN, point)
        self._window.app.processEvents()
        self.note("clicks", "click")

    def drag(self, start: int, end: int, kind: str = "drags") -> None:
        """Press before the character at `start`, let go behind the one before `end`."""
        self._show(end)
        self._show(start)
        from_, to = self._point(Caret(start)), self._point(Caret(end, at_row_end=True))
        steps = (
            (QEvent.Type.MouseButtonPress, from_),
            (QEvent.Type.MouseMove, (from_ + to) / 2),
            (QEvent.Type.MouseMove, to),
            (QEvent.Type.MouseButtonRelease, to),
        )
        for what, point in steps:
            self._mouse(what, point)
        self._window.app.processEvents()
        self.note(kind, f"drag {start}-{end}", 2)

    def _click(self, caret: Caret, modifiers: Qt.KeyboardModifier) -> None:
        point = self._point(caret)
        QTest.mouseClick(self._view.viewport(), Qt.MouseButton.LeftButton, modifiers, point)
        self._window.app.processEvents()

    def _mouse(self, what: QEvent.Type, point: QPoint) -> None:
        viewport, left, none = self._view.viewport(), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if what == QEvent.Type.MouseMove else left
        held = none if what == QEvent.Type.MouseButtonRelease else left
        where = QPointF(point)
        QApplication.sendEvent(
            viewport, QMouseEvent(what, where, QPointF(viewport.mapToGlobal(point)), button, held, _PLAIN)
        )

    def _point(self, caret: Caret) -> QPoint:
        """Where a place of the report is in the viewport, after turning the wheel until it is there."""
        self._show(caret.offset)
        return self._view.rect_of(caret).center()

    def _show(self, offset: int) -> None:
        height = self._view.viewport().height()
        for _ in range(2000):
            rect = self._view.rect_of(Caret(offset))
            if rect.top() >= 0 and rect.bottom() < height:
                return
            self._turn(-1 if rect.bottom() >= height else 1)
        raise RuntimeError(f"character {offset} cannot be scrolled to")

    def _turn(self, notches: int) -> None:
        viewport = self._view.viewport()
        middle = QPointF(viewport.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(viewport.mapToGlobal(viewport.rect().center())),
            QPoint(),
            QPoint(0, notches * _NOTCH),
            Qt.MouseButton.NoButton,
            _PLAIN,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)
        self._window.app.processEvents()
        self.counts["wheel"] += 1
