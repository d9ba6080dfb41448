"""The line below the report for the suggestion one stands on: what it is, how sure its source is, and what can be done.

It shows and has buttons; what they mean is said by whoever made it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from annotator.messages import _
from annotator.ui.foot import FootFrame, speak
from annotator.ui.widgets import ElidedLabel, half_bold, small


class Card(FootFrame):
    """Label, text, value, source; what to do with it; unfolded, why it was proposed."""

    accepted = Signal()
    rejected = Signal()
    adjusted = Signal()
    unfolded = Signal()
    left = Signal()

    def __init__(self, tip: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tip = tip
        self.title, self.words, self.about = QLabel(), ElidedLabel(Qt.TextElideMode.ElideMiddle), QLabel()
        self.title.setFont(half_bold(self.font()))
        self.about.setFont(small(self.font()))
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        self.why.setVisible(False)
        self.row.addWidget(self.title)
        self.row.addWidget(self.words, 5)
        self.row.addWidget(self.about)
        self._buttons = self._add_buttons()
        self.body.insertWidget(1, self.why)
        self.body.setContentsMargins(14, 4, 10, 4)
        self.retranslate()

    def _add_buttons(self) -> dict[str, QPushButton]:
        row = QHBoxLayout()
        row.setSpacing(2)
        found = {}
        for name, signal in (
            ("accept", self.accepted), ("reject", self.rejected), ("adjust", self.adjusted), ("why", self.unfolded),
            ("leave", self.left),
        ):  # fmt: skip
            button = found[name] = QPushButton()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay the report's
            button.setFlat(name not in ("accept", "reject"))
            button.clicked.connect(lambda _on=False, s=signal: s.emit())
            row.addWidget(button)
        self.row.addLayout(row)
        return found

    def button(self, name: str) -> QPushButton:
        """One of the buttons: accept, reject, adjust, why, leave."""
        return self._buttons[name]

    def retranslate(self) -> None:
        """Word everything in the language of the moment, with the keys in force."""
        words = {
            "accept": _("Accept"), "reject": _("Reject"), "adjust": _("Edges"), "why": _("Why"),
            "leave": "×",
        }  # fmt: skip
        for name, button in self._buttons.items():
            button.setText(words[name])
            button.setToolTip(_("Leave it undecided (Esc)") if name == "leave" else self._tip(f"suggestion.{name}"))
            button.setAccessibleName(words[name] if name != "leave" else _("Leave it undecided (Esc)"))

    def show_offer(
        self, title: str, words: str, about: str, why: list[str], *, can_decide: bool, hint: str = ""
    ) -> None:
        """Show a suggestion; `hint` says what the keys do just now."""
        self.title.setText(title)
        self.words.set_full(words)
        self.about.setText(hint or about)
        self.why.setText("\n".join(why))
        for name in ("accept", "reject", "adjust"):
            self._buttons[name].setEnabled(can_decide)
        self.setVisible(True)
        speak(self.words, f"{title} {words} {about}")

    def toggle_why(self) -> None:
        """Unfold or fold why it was proposed."""
        self.why.setVisible(not self.why.isVisibleTo(self))
        if self.why.isVisibleTo(self):
            speak(self.why, self.why.text())
