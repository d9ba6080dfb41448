"""The caret's blinking: on from the moment it moves, then as fast as the platform has it, and never without the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication


class Blinking(QObject):
    """Whether the caret shows just now; `changed` is called whenever that is another."""

    def __init__(self, changed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        self.on = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._toggle)

    def begin(self, *, focused: bool) -> None:
        """Show the caret now, and let it blink from here on, where the platform wants it to."""
        self.on = True
        flash = QGuiApplication.styleHints().cursorFlashTime()
        if flash > 1 and focused:
            self._timer.start(flash // 2)
        else:
            self._timer.stop()
        self._changed()

    def _toggle(self) -> None:
        self.on = not self.on
        self._changed()
