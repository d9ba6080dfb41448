"""A page of the right pane that lists: choices above, rows or a sentence why there are none, and what stands below.

What is listed, and where a row leads, is the business of whoever makes one.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStyledItemDelegate, QVBoxLayout, QWidget

from annotator.ui.choices import Choices
from annotator.ui.keyed_rows import KeyedRows
from annotator.ui.rows_view import RowsView
from annotator.ui.translation import Worded
from annotator.ui.two_lines import MARGIN


class ListPage(Worded, QWidget):
    """The parts that such pages have in common. Esc on the list leaves for the report."""

    left = Signal()

    def lay_out(
        self,
        model: QAbstractItemModel,
        delegate: Callable[[RowsView], QStyledItemDelegate],
        choices: tuple[Choices, ...],
        below: QWidget,
    ) -> None:
        """Put the page together: `choices` in a row over the list, `below` under it."""
        self.view = KeyedRows()
        self.view.setModel(model)
        self.view.setItemDelegate(delegate(self.view))
        self.view.left.connect(self.left)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(14, 10, 14, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        above = QHBoxLayout()
        above.setContentsMargins(MARGIN, 8, MARGIN, 0)
        for choice in choices:
            above.addWidget(choice, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.view, 1)
        layout.addWidget(below)

    def show_list(self, why_none: str) -> None:
        """Show the rows of the model, or the sentence where it has none."""
        listed = self.view.model().rowCount() > 0
        self.view.setVisible(listed)
        self._empty.setVisible(not listed)
        self._empty.setText(why_none)
