"""Ties suggestions to one window. Nothing of them is loaded before the window has come to rest, or somebody asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.messages import _
from annotator.ui.late import Late
from annotator.ui.widgets import TabButton

if TYPE_CHECKING:
    from annotator.services.openness import Range
    from annotator.ui.main_window import MainWindow
    from annotator.ui.suggesting.page import SuggestionPage
    from annotator.ui.suggesting.parts import Parts

#: What `Parts` does, by the action's id.
ACTIONS = (
    *(f"suggestion.{what}" for what in ("next", "previous", "accept", "reject", "adjust", "why", "many")),
    *(f"suggest.{what}" for what in ("on", "ask", "scores")),
    *(f"blind.{what}" for what in ("report", "part", "person")),
    *(
        f"sources.{what}"
        for what in ("quantities", "institutions", "measures", "lexicon", "learned", "model", "folder")
    ),
)


class Suggesting(QObject):
    """What of suggestions stands in a window from its start: a tab, the actions, and the way to the rest."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._parts: Late[Parts] = Late(self._make_parts)
        self._parts.then(lambda _parts: self.show_count())
        self._page: Late[SuggestionPage] = Late(self._make_page)
        self.tab = TabButton()
        self.page_number = window.entity_panel.add_page(self.tab, self._page, at=1)
        window.commands.more.update({name: partial(self._do, name) for name in ACTIONS})
        window.commands.more["view.suggestions"] = self.show_page
        for signal in (window.controller.projectChanged, window.controller.reportChanged):
            signal.connect(self.show_count)
        self.retranslate()

    def _make_parts(self) -> Parts:
        from annotator.ui.suggesting.parts import Parts

        parts = Parts(self._window)
        parts.offers.changed.connect(self.show_count)
        parts.deciding.changed.connect(self._window.refresh_actions)
        return parts

    def _make_page(self) -> SuggestionPage:
        from annotator.ui.suggesting.page import SuggestionPage

        page = SuggestionPage(self._window, self.parts)
        page.left.connect(self._window.report_pane.view.setFocus)
        return page

    @property
    def parts(self) -> Parts:
        """Everything that asks, shows and decides."""
        return self._parts()

    @property
    def page(self) -> SuggestionPage:
        """The page of suggestions."""
        return self._page()

    def start(self) -> None:
        """From now on reports come with suggestions; where somebody annotates blind, that is noted though none come."""
        self._window.controller.projectChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        session = self._window.controller.session
        if self._window.settings.get("suggest.on") or (session is not None and session.store.suggestions.blind()):
            self._parts()

    def _do(self, name: str) -> None:
        self.parts.do(name)

    # ---- what the rest of the window asks ------------------------------------------------------------

    def flags(self) -> set[str]:
        """What holds just now, for the table of actions."""
        parts = self._parts.made
        return {"suggestion"} if parts is not None and parts.deciding.uid else set()

    def open_ranges(self) -> list[Range]:
        """Where suggestions of the open report wait for a decision."""
        parts = self._parts.made
        return parts.open_ranges() if parts is not None else []

    def stand_on(self, uid: str) -> None:
        """Go to an undecided suggestion of the open report."""
        self.parts.deciding.stand_on(uid)

    def show_page(self) -> None:
        """Show the list of suggestions, the keyboard's focus in it."""
        self._window.show_pane("right", True)
        self._window.entity_panel.show_tab(self.page_number)
        self.page.take_focus()

    # ---- words --------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.show_count()

    def show_count(self) -> None:
        """The tab with the number of suggestions nobody has decided on."""
        parts = self._parts.made
        offering = parts.offers.offering if parts is not None else None
        words = _("Suggestions") if offering is None else f"{_('Suggestions')} {len(offering)}"
        if self.tab.text() != words:
            self.tab.setText(words)
            self.tab.updateGeometry()

    def check(self) -> None:
        """Mark in the menus what holds."""
        get, actions = self._window.settings.get, self._window.actions_
        actions.check("suggest.on", bool(get("suggest.on")))
        parts = self._parts.made
        if parts is not None:
            parts.switches.check()

    def close(self) -> None:
        """The window is about to go."""
        if self._parts.made is not None:
            self._parts.made.close()
