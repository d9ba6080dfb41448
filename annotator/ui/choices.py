"""Boxes in which keys choose and nothing is typed: a list of choices, and a tick. Enter and Esc are told to the form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox

from annotator.ui.report_view.keys import key_name


class Flag(QCheckBox):
    """A box to tick with Space; Enter and Esc are told."""

    entered = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _told(self, event):
            super().keyPressEvent(event)


class Choices(QComboBox):
    """A list of choices that the wheel does not change in passing; a digit or a first letter chooses."""

    entered = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # keys choose; nothing is typed here
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _told(self, event):
            return
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key = key_name(event) if not held else ""
        position = self._numbered(int(key)) if key.isdecimal() else self._lettered(key)
        if position is None:
            super().keyPressEvent(event)
        elif position >= 0:
            self.setCurrentIndex(position)
            self.activated.emit(position)

    def _numbered(self, number: int) -> int:
        """Where choice `number` stands, counted from 1; 0 is the one that takes the value away. -1: there is none."""
        empty = self.itemData(0) is None
        position = number - (not empty)
        return position if (number or empty) and position < self.count() else -1

    def _lettered(self, key: str) -> int | None:
        """The next choice whose name or value begins with a letter; None where none does."""
        letter = key.casefold().removeprefix("shift+")
        if len(letter) != 1 or not letter.isalpha():
            return None
        following = [(self.currentIndex() + n) % self.count() for n in range(1, self.count() + 1)]
        return next((n for n in following if letter in _initials(self.itemText(n), self.itemData(n))), None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _initials(*names: Any) -> set[str]:
    return {str(name)[:1].casefold() for name in names if name}


def _told(widget: Flag | Choices, event: QKeyEvent) -> bool:
    """Enter and Esc belong to the form, not to the box."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        widget.entered.emit()
    elif event.key() == Qt.Key.Key_Escape:
        widget.given_up.emit()
    else:
        return False
    return True
