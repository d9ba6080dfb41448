"""The middle of the window with room below it for one list at a time, higher or lower as a person wants it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

#: The share of the middle that a list takes when it first shows.
_SHARE = 0.38


class FootPane(QSplitter):
    """The middle above, lists below: one that is shown takes the place of the one before."""

    def __init__(self, middle: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(middle)

    def show_list(self, widget: QWidget) -> None:
        """Show a list below the middle, and no other one."""
        new = self.indexOf(widget) < 0
        if new:
            self.addWidget(widget)
            self.setStretchFactor(0, 1)
        for position in range(1, self.count()):
            below = self.widget(position)
            if below is not None:
                below.setVisible(below is widget)
        if new:
            height = self.height()
            self.setSizes([round(height * (1 - _SHARE)), *[round(height * _SHARE)] * (self.count() - 1)])

    def shown(self) -> QWidget | None:
        """The list below the middle, where one shows."""
        lists = (self.widget(position) for position in range(1, self.count()))
        return next((widget for widget in lists if widget is not None and widget.isVisible()), None)
