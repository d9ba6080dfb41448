"""In which order the reports come: file, random with a seed that gives the same order again, fewest spans first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annotator.messages import N_, _
from annotator.services.queue import DOUBT, FEWEST, FILE, GAIN, RANDOM
from annotator.ui.translation import Worded
from annotator.ui.widgets import ChoiceMenu, Field, small

ORDERS = {
    FILE: N_("File order"),
    RANDOM: N_("Random order"),
    FEWEST: N_("Fewest spans first"),
    DOUBT: N_("Least sure suggestions first"),
    GAIN: N_("Most to gain first"),
}


class QueueBar(Worded, QWidget):
    """The order as a menu; for a random one the seed, to read out and to write in."""

    chosen = Signal(str, int)  # an order and its seed; -1: a new one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order, self._seed = FILE, 0
        self.button = ChoiceMenu()
        self._seed_words = QLabel()
        self._seed_words.setFont(small(self.font()))
        self.seed = Field()
        self.seed.setFont(small(self.font()))
        self.seed.setMaxLength(9)
        self.seed.setFixedWidth(64)
        self.seed.kept.connect(self._seed_written)
        self.seed.given_up.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        for widget in (self.button, self._seed_words, self.seed):
            row.addWidget(widget)
        row.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.button.fill({order: _(words) for order, words in ORDERS.items()}, lambda o: self.chosen.emit(o, -1))
        menu = self.button.words_menu
        menu.addSeparator()
        menu.addAction(_("Draw another random order")).triggered.connect(lambda: self.chosen.emit(RANDOM, -1))
        self._seed_words.setText(_("Seed"))
        self.seed.setAccessibleName(_("Seed of the random order"))
        self.seed.setToolTip(_("The same seed gives the same order, here and on other computers."))
        self._show()

    def show_queue(self, order: str, seed: int) -> None:
        """Show the order of the moment."""
        self._order, self._seed = order, seed
        self._show()

    def _show(self) -> None:
        self.button.show_value(_(ORDERS[self._order]), {self._order})
        self.button.setToolTip(_("The order in which reports come"))
        self.button.setAccessibleName(_("Order: {order}", order=_(ORDERS[self._order])))
        self.seed.setText(str(self._seed))
        for widget in (self._seed_words, self.seed):
            widget.setVisible(self._order == RANDOM)

    def _seed_written(self) -> None:
        """Take the seed that was written; what is none is put back."""
        words = self.seed.text().strip()
        if not words.isdecimal():
            self._show()
        elif int(words) != self._seed:
            self.chosen.emit(RANDOM, int(words))
