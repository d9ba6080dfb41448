"""Puts together how a person gets through the reports, and ties it to one window. Each part has a file of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.report import Status
from annotator.messages import _
from annotator.ui.entity_panel.grouping import GROUPS, SORTS
from annotator.ui.flow.bookmarks import BookmarkKeys
from annotator.ui.flow.clock import WorkClock
from annotator.ui.flow.done import DoneFlow
from annotator.ui.flow.open_bar import OpenBar
from annotator.ui.late import Late
from annotator.ui.report_list.queue_bar import ORDERS
from annotator.ui.widgets import TabButton

if TYPE_CHECKING:
    from annotator.ui.history.page import HistoryPage
    from annotator.ui.main_window import MainWindow


class Flow(QObject):
    """Done and next, queue, bookmarks, time, history and properties, for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self.open_bar = OpenBar()
        window.report_pane.add_below(self.open_bar)
        self.done = DoneFlow(window, self.open_bar)
        self.bookmarks = BookmarkKeys(window)
        self.clock = WorkClock(window)
        self._history, self.history_tab = Late(self._make_history), TabButton()
        self.history_number = window.entity_panel.add_page(self.history_tab, self._history)
        self._connect()
        self.retranslate()

    def _make_history(self) -> HistoryPage:
        from annotator.ui.history.page import HistoryPage

        page = HistoryPage(self._controller)
        page.left.connect(self._window.report_pane.view.setFocus)
        return page

    @property
    def history(self) -> HistoryPage:
        """The page of the history."""
        return self._history()

    def _connect(self) -> None:
        more, panel = self._window.commands.more, self._window.entity_panel
        more.update({**self.done.commands(), **self.bookmarks.commands()})
        more.update({f"panel.group_{group}": partial(self._arrange, group, None) for group in GROUPS})
        more.update({f"panel.sort_{sort}": partial(self._arrange, None, sort) for sort in SORTS})
        more.update({f"queue.{order}": partial(self._window.report_list.choose_order, order) for order in ORDERS})
        more.update(
            {
                "report.properties": self.show_properties,
                "report.new": partial(self._window.commands.set_status, Status.NEW),
                "view.history": self.show_history,
            }
        )
        self._controller.done_words = self._done_words
        self._controller.refused.connect(lambda: self._controller.said.emit(self._done_words()))
        panel.arrange_bar.arranged.connect(lambda _group, _sort: self._window.refresh_actions())
        self._window.report_list.ordered.connect(self._window.refresh_actions)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.history_tab.setText(_("History"))
        self.history_tab.updateGeometry()
        self._window.entity_panel.notice.button.setToolTip(self._window.actions_.tip("report.reopen"))

    def checked(self) -> list[str]:
        """The actions that are chosen just now."""
        bar, queue = self._window.entity_panel.arrange_bar, self._window.report_list.queue
        found = [f"panel.group_{bar.group}", f"panel.sort_{bar.sort}"]
        return [*found, f"queue.{queue.queue.order}"] if queue else found

    def _arrange(self, group: str | None, sort: str | None) -> None:
        self._window.show_pane("right", True)
        self._window.entity_panel.arrange(group, sort)

    def _done_words(self) -> str:
        """What somebody reads who wants to change a report that is done."""
        key = self._window.actions_.keys.shown("report.reopen")
        if not key:
            return _("The report is marked as done; nothing was changed. Reopen it to go on.")
        return _("The report is marked as done; nothing was changed. {key} reopens it.", key=key)

    def show_history(self) -> None:
        """Show the history, the keyboard's focus in it."""
        self._window.show_pane("right", True)
        self._window.entity_panel.show_tab(self.history_number)
        self.history.view.setFocus()

    def show_properties(self) -> None:
        """Show what is known about the open report, or what the ones selected in the list have in common."""
        from annotator.ui.dialogs.properties import PropertiesDialog
        from annotator.ui.dialogs.several_properties import SeveralPropertiesDialog

        several = self._window.report_list.selected()
        if len(several) > 1:
            SeveralPropertiesDialog(self._controller, several, self._window).show()
        elif self._controller.report is not None:
            self.clock.keep()
            PropertiesDialog(self._controller, self._controller.report, self._window).show()

    def close(self) -> None:
        """What has counted is written before the project closes."""
        self.done.stop()
        self.clock.keep()
