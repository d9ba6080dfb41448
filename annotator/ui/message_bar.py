"""The bar above the panes: a sentence that must not pass by unread, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from annotator.messages import _
from annotator.ui import icons, look
from annotator.ui.theme import mix


class MessageBar(QFrame):
    """Shows one message at a time; a new one takes the place of the old."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: list[QPushButton] = []
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 6, 10, 6)
        self._layout.addWidget(self.words, 1)
        self._layout.addWidget(self._close)
        self.hide()

    def show_message(self, words: str, choices: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Say `words`; each choice is a button with what it does. A choice closes the bar."""
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(name, do) for name, do in choices]
        self.words.setText(words)
        self._close.setIcon(icons.icon("close"))
        self._close.setToolTip(_("Close"))
        self._close.setAccessibleName(_("Close"))
        self.setAccessibleName(words)
        self.show()

    def _button(self, name: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(name)

        def pressed() -> None:
            self.hide()
            do()

        button.clicked.connect(pressed)
        self._layout.insertWidget(self._layout.count() - 1, button)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(mix(theme.warning, theme.panel, 0.10)))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.line))
        painter.fillRect(0, 0, 4, self.height(), QColor(theme.warning))
