"""Ties page furniture to one window: its actions, what the view shows of it, and the rules of sites. Made late where it can."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.errors import KnownError
from annotator.domain.report import Furniture
from annotator.messages import _
from annotator.services.edits import Outcome
from annotator.services.open_report import OpenReport
from annotator.ui.furniture.edges import FurnitureEdges
from annotator.ui.furniture.tips import FurnitureTips
from annotator.ui.late import Late

if TYPE_CHECKING:
    from annotator.services.furnishing import Furnishing
    from annotator.ui.furniture.rule_bar import Ruling
    from annotator.ui.main_window import MainWindow


class FurnitureKeys(QObject):
    """What keys and menus do with page furniture."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self._view = window.report_pane.view
        self.edges = FurnitureEdges(window, self.at_caret, self._resize)
        self._view.layers.append(FurnitureTips(self._controller, self._view))
        self._ruling: Late[Ruling] = Late(self._make_ruling)
        #: What was corrected last: report, range, and whether it is furniture since.
        self._last: tuple[int, int, int, bool] | None = None
        window.commands.more.update(self._commands())
        window.commands.doing.connect(self.edges.about_to_do)
        self._controller.furnitureChanged.connect(self.show_ranges)

    def _commands(self) -> dict[str, Callable[[], None]]:
        return {
            "furniture.mark": self.mark,
            "furniture.restore": self.restore,
            "furniture.edge": self.edges.choose,
            "furniture.rule": self.propose_rule,
            "furniture.rules": self.show_rules,
        }

    def _make_ruling(self) -> Ruling:
        from annotator.ui.furniture.rule_bar import Ruling

        return Ruling(self._window)

    @property
    def ruling(self) -> Ruling:
        """Keeping a correction as a rule."""
        return self._ruling()

    # ---- marking and restoring ---------------------------------------------------------------------

    def at_caret(self) -> Furniture | None:
        """The furniture the caret stands in, at either edge of it, or that what is selected begins in."""
        report = self._controller.report
        if report is None:
            return None
        start, end = self._view.selection()
        touching = [item for item in report.furniture if item.start <= start < item.end]
        touching += [item for item in report.furniture if start == end == item.end]
        return touching[0] if touching else None

    def mark(self) -> None:
        """Mark what is selected, or the caret's line, as page furniture."""
        report = self._controller.report
        if report is None:
            return
        start, end = self._marked(report)
        outcome = self._do(lambda service: service.mark(report, start, end))
        if outcome is not None and outcome.announcement is not None:
            self._last = report.id, start, end, True
            self._view.set_caret(min(start, len(report.text)))
            item = self.at_caret()
            if item is not None:
                self._view.set_folded(item.uid, True)

    def _marked(self, report: OpenReport) -> tuple[int, int]:
        """What is selected, else the line of the caret."""
        start, end = self._view.selection()
        if start == end:
            start = report.text.rfind("\n", 0, start) + 1
            end = report.text.find("\n", end)
            end = len(report.text) if end < 0 else end
        return start, end

    def restore(self) -> None:
        """Make the furniture at the caret body again; of a selection, what of it is furniture."""
        report = self._controller.report
        if report is None:
            return
        start, end = self._view.selection()
        item = self.at_caret()
        if start < end:
            outcome = self._do(lambda service: service.restore(report, (start, end)))
        elif item is not None:
            start, end = item.start, item.end
            outcome = self._do(lambda service: service.restore(report, item.uid))
        else:
            self._controller.said.emit(_("There is no page furniture here."))
            return
        if outcome is not None and outcome.announcement is not None:
            self._last = report.id, start, end, False
            self._view.set_selection(start, end)

    def _resize(self, uid: str, start: int, end: int) -> None:
        report = self._controller.report
        if report is not None:
            self._do(lambda service: service.resize(report, uid, start, end))

    def _do(self, edit: Callable[[Furnishing], Outcome]) -> Outcome | None:
        """One edit: done and said; None where it was refused."""
        from annotator.services.furnishing import Furnishing

        session = self._controller.session
        if session is None:
            return None
        try:
            outcome = edit(Furnishing(session))
        except KnownError as error:
            self._controller.presenter.show(error)
            return None
        self._controller.said.emit(outcome.words)
        return outcome

    # ---- what the view shows -----------------------------------------------------------------------

    def show_ranges(self) -> None:
        """The ranges of the open report are others now: the view folds them, and headings may be others too."""
        report = self._controller.report
        if report is None:
            return
        self._view.set_furniture(report.furniture)
        self._view.folds_changed()
        self._view.set_headings([(s.start, s.heading_end) for s in report.shown_sections])

    # ---- rules -------------------------------------------------------------------------------------

    def propose_rule(self) -> None:
        """Ask whether what was corrected last, or the furniture at the caret, is to be so on the whole site."""
        report = self._controller.report
        if report is None:
            return
        start, end = self._view.selection()
        item = self.at_caret()
        if self._last is not None and self._last[0] == report.id and not self._elsewhere(start, end):
            _id, start, end, furniture = self._last
        elif item is not None and start == end:
            start, end, furniture = item.start, item.end, True
        elif start < end:
            furniture = item is not None
        else:
            self._controller.said.emit(_("Mark or restore page furniture first, or put the caret into some."))
            return
        self.ruling.propose(report, start, end, furniture)

    def _elsewhere(self, start: int, end: int) -> bool:
        """Whether the selection or the caret is away from what was corrected last."""
        assert self._last is not None
        return not (self._last[1] <= start and end <= self._last[2])

    def show_rules(self) -> None:
        """List the rules of the project."""
        from annotator.ui.furniture.rules_dialog import RulesDialog

        session = self._controller.session
        if session is not None:
            RulesDialog(self._window, session).show()
