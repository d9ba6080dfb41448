"""A sentence that belongs to a bar and lies over the lower edge of what is above it, so that nothing changes its size.

A bar that grew by a line would have the report beside it laid out and its overview drawn anew, in the middle of typing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from annotator.ui import look
from annotator.ui.widgets import small

_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class OverlayLine(QLabel):
    """Says what is wrong, right above `bar`, while the bar shows. The mouse goes through to what lies below."""

    def __init__(self, bar: QWidget) -> None:
        super().__init__(bar)
        self._bar = bar
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(14, 6, 10, 5)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        bar.installEventFilter(self)

    def say(self, sentence: str) -> None:
        """Show a sentence; "" takes it away."""
        self.setText(sentence)
        self._place()

    def dress(self) -> None:
        """Take the theme and the font of the moment."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, QColor(look.theme().error))
        self.setPalette(palette)
        self.setFont(small(self._bar.font()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() in _FOLLOWED:
            self._place()
        return False

    def _place(self) -> None:
        pane = self._bar.parentWidget()
        if not self.text() or pane is None or self._bar.isHidden():
            self.hide()
            return
        if self.parentWidget() is not pane:
            self.setParent(pane)
        at = self._bar.geometry()
        height = self.heightForWidth(at.width())
        self.setGeometry(at.left(), at.top() - height, at.width(), height)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.fillRect(0, 0, self.width(), 1, QColor(theme.line))
        painter.end()
        super().paintEvent(event)
