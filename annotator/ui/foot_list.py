"""A list below the report: rows that lead somewhere, or a sentence why there are none; copied, saved, closed by Esc.

What is listed, and what becomes of a row, is the business of whoever makes one.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from annotator.messages import _
from annotator.ui.foot import FootFrame
from annotator.ui.keyed_rows import KeyedRows
from annotator.ui.widgets import ElidedLabel, half_bold


class FootList(FootFrame):
    """The parts that such lists have in common; how they are laid out, each says itself.

    The model has its rows in `rows`, in the order in which they are listed. `state` tells in a sentence how far it is.
    """

    saved = Signal()
    copied = Signal()
    left = Signal()

    def __init__(self, model: type[QAbstractItemModel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: Any = model(self)
        #: Why nothing is listed, where that is not because of the filter.
        self.empty_words = ""
        self.title, self.empty, self.state = QLabel(), QLabel(), ElidedLabel()
        self.title.setFont(half_bold(self.font()))
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.view = KeyedRows(several=True)
        self.view.setModel(self.model)
        self.view.setMinimumHeight(60)
        self.view.copied.connect(self.copied)
        self.view.left.connect(self.left)
        self.save_button, self.close_button = QPushButton(), QPushButton()
        self.close_button.setFlat(True)
        self.save_button.clicked.connect(self.saved)
        self.close_button.clicked.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes from every part of the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Word the buttons in the language of the moment."""
        self.save_button.setText(_("Save the list…"))
        self.close_button.setText(_("Close (Esc)"))

    def show_rows(self, why_none: str) -> None:
        """Show the rows of the model, or the sentence where it has none."""
        listed = bool(self.model.rows)
        self.view.setVisible(listed)
        self.empty.setVisible(not listed)
        self.empty.setText(why_none)
        self.save_button.setEnabled(listed)

    def current(self) -> Any:
        """The row one stands on; None where there is none."""
        number = self.view.currentIndex().row()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def chosen(self) -> list[Any]:
        """The rows that are selected, in their order; all that are listed where none is."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.rows[row] for row in rows] or list(self.model.rows)
