"""Frames at the foot of the report: lists, bars and lines that stand below it for a while.

They show and have buttons; what those mean is said by whoever opened them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.messages import _
from annotator.ui import look
from annotator.ui.translation import Worded
from annotator.ui.widgets import ElidedLabel, Problem, half_bold, small


class FootFrame(Worded, QFrame):
    """A frame at the foot of the report, with a line above it and room for a sentence about what did not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = Problem()
        self.row = QHBoxLayout()
        self.row.setSpacing(10)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 7, 10, 7)
        self.body.setSpacing(4)
        self.body.addLayout(self.row)
        self.body.addWidget(self.problem)
        self.setVisible(False)

    def show_problem(self, sentence: str) -> None:
        """Say why something was not taken; "" takes the sentence away."""
        self.problem.say(sentence)
        if sentence:
            speak(self.problem, sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = look.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.fillRect(0, 0, self.width(), 1, QColor(theme.line))
        painter.fillRect(0, 0, 3, self.height(), QColor(theme.accent))


class Foot(FootFrame):
    """What is being chosen in the report: title, words, keys, and buttons to take it or leave it."""

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setFont(half_bold(self.font()))
        self.words = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.keys = ElidedLabel()
        self.keys.setFont(small(self.font()))
        self.take, self.leave = QPushButton(), QPushButton()
        self.row.addWidget(self.title)
        self.row.addWidget(self.words, 5)
        self.row.addWidget(self.keys, 4)
        for button in (self.take, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay the report's
            self.row.addWidget(button)
        self.leave.setFlat(True)
        self.take.clicked.connect(self.taken)
        self.leave.clicked.connect(self.left)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the buttons in the language of the moment."""
        self.take.setText(_("Take it (Enter)"))
        self.leave.setText(_("Leave it (Esc)"))

    def say(self, title: str, words: str, keys: str, *, can_take: bool = True) -> None:
        """Show what is being chosen; an earlier problem is over."""
        self.title.setText(title)
        self.words.set_full(words)
        self.keys.set_full(keys)
        self.take.setEnabled(can_take)
        self.show_problem("")
        self.setVisible(True)
        speak(self.words, f"{title} {words}")


def speak(widget: QWidget, words: str) -> None:
    """Let a screen reader say it."""
    widget.setAccessibleName(words)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
