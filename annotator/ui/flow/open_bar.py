"""The thin bar below the report that says what is still open in it: a button for each kind, and what a second press does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from annotator.messages import N_, _
from annotator.ui import icons
from annotator.ui.foot import FootFrame, speak
from annotator.ui.widgets import ElidedLabel, small

#: What several open things of a kind are called.
KINDS = {
    "suggestion": N_("Suggestions {n}"),
    "number": N_("Untouched numbers {n}"),
    "attribute": N_("Missing attributes {n}"),
    "question": N_("Questions {n}"),
    "uncertain": N_("Uncertain {n}"),
    "unseen": N_("Not looked at {n}"),
}


class OpenBar(FootFrame):
    """Shows counts; what they stand for is `DoneFlow`'s."""

    chosen = Signal(str)  # a kind
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QToolButton] = {}
        kinds = QHBoxLayout()
        kinds.setSpacing(2)
        for kind in KINDS:
            kinds.addWidget(self._button(kind))
        self.keys = ElidedLabel()
        self.keys.setFont(small(self.font()))
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(self.left)
        self._counts: dict[str, int] = {}
        self._hint = ""
        self.body.setContentsMargins(14, 3, 8, 3)
        self.row.addLayout(kinds)
        self.row.addWidget(self.keys, 1)
        self.row.addWidget(self.close_button)

    def _button(self, kind: str) -> QToolButton:
        button = self.buttons[kind] = QToolButton()
        button.setAutoRaise(True)
        button.clicked.connect(lambda: self.chosen.emit(kind))
        return button

    def show_counts(self, counts: Mapping[str, int], hint: str) -> None:
        """Say how many there are of each kind, and what the keys do."""
        self._counts, self._hint = dict(counts), hint
        self.retranslate()
        self.setVisible(bool(counts))

    def counts(self) -> dict[str, int]:
        """What the bar says."""
        return self._counts

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Still open in this report"))
        for kind, button in self.buttons.items():
            n = self._counts.get(kind, 0)
            button.setVisible(n > 0)
            button.setText(_(KINDS[kind], n=n))
            button.setToolTip(_("Go to the next one of these"))
        self.keys.set_full(self._hint)
        self.close_button.setIcon(icons.icon("close"))
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))

    def speak(self, words: str) -> None:
        """Let a screen reader say it."""
        speak(self, words)
