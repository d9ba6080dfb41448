"""The line above the span list: how it is grouped, how sorted, and what it is narrowed to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.messages import _
from annotator.ui.entity_panel.grouping import GROUPS, NONE, PLACE, SORTS
from annotator.ui.entity_panel.span_filter import ONLY
from annotator.ui.translation import Worded
from annotator.ui.widgets import ChoiceMenu


class ArrangeBar(Worded, QWidget):
    """Three menus that say what they are set to."""

    arranged = Signal(str, str)
    narrowed = Signal(frozenset)

    def __init__(
        self,
        groups: Mapping[str, str] = GROUPS,
        sorts: Mapping[str, str] = SORTS,
        kinds: Mapping[str, str] = ONLY,
        every: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._groups, self._sorts, self._kinds = groups, sorts, kinds
        #: What it says where nothing is narrowed; "" for all spans.
        self.every = every
        self.group, self.sort = NONE, PLACE
        self.only: frozenset[str] = frozenset()
        self.group_button, self.sort_button, self.only_button = (ChoiceMenu(self) for _n in range(3))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(2)
        for button in (self.group_button, self.sort_button, self.only_button):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.group_button.fill(_in_words(self._groups), lambda g: self.arrange(g, self.sort))
        self.sort_button.fill(_in_words(self._sorts), lambda s: self.arrange(self.group, s))
        self.only_button.fill(_in_words(self._kinds), self._toggle, several=True)
        self._show()

    def offer_kinds(self, kinds: Mapping[str, str]) -> None:
        """Let it be narrowed to other kinds, by their words."""
        self._kinds = kinds
        self.only &= frozenset(kinds)
        self.retranslate()

    def arrange(self, group: str, sort: str) -> None:
        """Group and sort so from now on."""
        self.group, self.sort = group, sort
        self._show()
        self.arranged.emit(group, sort)

    def narrow(self, only: frozenset[str]) -> None:
        """List only spans of these kinds; an empty set lists all."""
        self.only = only
        self._show()
        self.narrowed.emit(only)

    def _toggle(self, what: str) -> None:
        self.narrow(self.only ^ {what})

    def _show(self) -> None:
        self.group_button.show_value(_(self._groups[self.group]), {self.group}, is_set=self.group != NONE)
        self.sort_button.show_value(_(self._sorts[self.sort]), {self.sort}, is_set=self.sort != PLACE)
        only = _(", ").join(_(words) for what, words in self._kinds.items() if what in self.only)
        self.only_button.show_value(only or self.every or _("All spans"), self.only, is_set=bool(only))


def _in_words(rows: Mapping[str, str]) -> dict[str, str]:
    return {value: _(words) for value, words in rows.items()}
