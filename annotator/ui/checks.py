"""Ties the checks to one window: a tab, the actions, the way to the rest, which is loaded when somebody asks or at rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.messages import _
from annotator.ui.late import Late
from annotator.ui.widgets import TabButton

if TYPE_CHECKING:
    from annotator.ui.checking.page import CheckPage
    from annotator.ui.checking.parts import Parts
    from annotator.ui.main_window import MainWindow

#: What `Parts` does, by the action's id.
ACTIONS = tuple(f"check.{what}" for what in ("next", "previous", "dismiss", "marks", "project"))


class Checks(QObject):
    """What of the checks stands in a window from its start."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._parts: Late[Parts] = Late(self._make_parts)
        self._page: Late[CheckPage] = Late(self._make_page)
        self.tab = TabButton()
        self.page_number = window.entity_panel.add_page(self.tab, self._page, at=2)
        window.commands.more.update({name: partial(self._do, name) for name in ACTIONS})
        window.commands.more["view.checks"] = self.show_page
        self.retranslate()

    def _make_parts(self) -> Parts:
        from annotator.ui.checking.parts import Parts

        parts = Parts(self._window)
        parts.findings.changed.connect(self.retranslate)
        return parts

    def _make_page(self) -> CheckPage:
        from annotator.ui.checking.page import CheckPage

        page = CheckPage(self._window, self.parts.findings)
        page.left.connect(self._window.report_pane.view.setFocus)
        self.parts.page = page
        return page

    @property
    def parts(self) -> Parts:
        """Everything that asks and shows."""
        return self._parts()

    @property
    def page(self) -> CheckPage:
        """The page of findings."""
        return self._page()

    def start(self) -> None:
        """From now on reports come with their findings marked."""
        if self._window.settings.get("check.marks"):
            self._parts()

    def _do(self, name: str) -> None:
        self.parts.do(name)

    def show_page(self) -> None:
        """Show the list of findings, the keyboard's focus in it."""
        self._window.show_pane("right", True)
        self._window.entity_panel.show_tab(self.page_number)
        self.page.take_focus()

    def retranslate(self) -> None:
        """The tab in the language of the moment, with the number of findings that wait to be looked at."""
        parts = self._parts.made
        known = parts is not None and parts.findings.known
        words = f"{_('Checks')} {len(parts.findings.open())}" if parts is not None and known else _("Checks")
        if self.tab.text() != words:
            self.tab.setText(words)
            self.tab.updateGeometry()

    def check(self) -> None:
        """Mark in the menus what holds."""
        self._window.actions_.check("check.marks", bool(self._window.settings.get("check.marks")))

    def close(self) -> None:
        """The window is about to go."""
        if self._parts.made is not None:
            self._parts.made.close()
