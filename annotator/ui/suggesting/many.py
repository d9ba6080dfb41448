"""Accepting many suggestions as one step: in the report at once, in the project by a job that can be stopped."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from annotator.messages import _
from annotator.services import deciding_many, suggesting
from annotator.services.deciding import Decider
from annotator.services.deciding_many import Accepted, Gathered
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.session import Session
from annotator.ui.suggesting.many_bar import PROJECT, REPORT, ManyBar
from annotator.ui.suggesting.offers import Offers
from annotator.ui.tasks import Report, Task

if TYPE_CHECKING:
    from annotator.domain.suggestion import Proposal
    from annotator.services.suggesting import Ask
    from annotator.ui.main_window import MainWindow

#: One report takes a second at most; a process that is starting, some more.
_PATIENCE = 120.0


class Many(QObject):
    """The bar, and what it does."""

    def __init__(self, window: MainWindow, offers: Offers) -> None:
        super().__init__(window)
        self._window, self._controller, self._offers = window, window.controller, offers
        self._gathered: list[Gathered] = []
        self._task: Task | None = None
        self.bar = ManyBar()
        window.report_pane.add_below(self.bar)
        self.bar.changed.connect(self.count)
        self.bar.scoped.connect(self._scoped)
        self.bar.accepted.connect(self.accept)
        self.bar.left.connect(self.leave)
        offers.changed.connect(self.count)
        self._controller.projectChanged.connect(self.leave)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"suggestion.many": self.open}

    # ---- in and out -------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the bar, for the open report."""
        self.bar.scope.setCurrentIndex(REPORT)
        chosen = {offer.proposal.source: None for offer in self._offers.offering or ()}
        self.bar.offer_choices([*chosen], self._controller.schema)
        self.bar.setVisible(True)
        self.count()
        self.bar.least.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.least.selectAll()

    def leave(self) -> None:
        """Put the bar away; a count that is under way stops."""
        if self._task is not None:
            self._task.cancel()
        self._gathered = []
        if self.bar.isVisible():
            self.bar.setVisible(False)
            self._window.report_pane.view.setFocus()

    def close(self) -> None:
        """The window is about to go: its jobs are ended by the window."""
        self._gathered = []

    # ---- counting ---------------------------------------------------------------------------------

    def count(self) -> None:
        """Say how many suggestions would be accepted."""
        if not self.bar.isVisible():
            return
        if self.bar.scope.currentIndex() == PROJECT:
            if self._task is None:
                self.bar.show_count(*deciding_many.count(self._gathered, self.bar.choice()))
            return
        self.bar.show_count(len(self._chosen()))

    def _chosen(self) -> list[Proposal]:
        choice, offering = self.bar.choice(), self._offers.offering
        return [p for p in offering.chosen() if choice.takes(p)] if offering is not None else []

    def _scoped(self) -> None:
        """Report or project: the project's suggestions are gathered first."""
        if self.bar.scope.currentIndex() == PROJECT:
            self._gather()
        else:
            if self._task is not None:
                self._task.cancel()
            self.count()

    def _gather(self) -> None:
        session, ask = self._controller.session, self._asking()
        if session is None or not self._is_free():
            return

        def job(report: Report) -> list[Gathered]:
            with session.store.second() as store:
                own = Session(store, session.person)
                return deciding_many.gather(own, self._project(own, known), ask, report)

        known = copy.deepcopy(self._offers.project.lexicon) if self._offers.project is not None else None
        self.bar.wait()
        self.bar.offer_choices(self._sources(), self._controller.schema)
        self._start(Task(_("Gathering suggestions"), job), self._take)

    def _sources(self) -> list[str]:
        from annotator.suggest.registry import SOURCES

        return list(self._controller.settings.get("suggest.sources")) or [known.name for known in SOURCES]

    def _project(self, session: Session, lexicon: object) -> ProjectSuggestions:
        get = self._controller.settings.get
        project = ProjectSuggestions(session, sources=get("suggest.sources"), model=get("suggest.model"))
        if lexicon is not None:
            project.lexicon = lexicon  # type: ignore[assignment]
        return project

    def _asking(self) -> Callable[[Ask], list[Proposal]]:
        """How a job asks the process that suggests."""
        helper = self._window.background.helper
        return lambda asked: suggesting.read(helper.ask("suggest", tuple(asked), _PATIENCE))

    def _is_free(self) -> bool:
        if self._window.tasks.current is None:
            return True
        self.bar.scope.setCurrentIndex(REPORT)
        self.bar.show_problem(_("Another job is under way; wait for its end or cancel it."))
        self.count()
        return False

    def _start(self, task: Task, then: Callable[[object], None]) -> None:
        self.bar.show_problem("")
        self._task = task
        task.finished.connect(then)
        task.failed.connect(self._controller.presenter.show)
        task.cancelled.connect(self._stopped)
        task.ended.connect(self._ended)
        self._window.tasks.start(task)

    def _ended(self) -> None:
        self._task = None
        self.count()

    def _take(self, gathered: object) -> None:
        assert isinstance(gathered, list)
        self._gathered = gathered

    def _stopped(self) -> None:
        self.bar.scope.setCurrentIndex(REPORT)

    # ---- accepting --------------------------------------------------------------------------------

    def accept(self) -> None:
        """Accept what is chosen, as one step."""
        if self.bar.scope.currentIndex() == PROJECT:
            self._accept_in_project()
            return
        session, chosen = self._controller.session, self._chosen()
        if session is None:
            return
        self.leave()
        self._controller.edit(lambda _editor, report: Decider(session).accept_all(report, chosen))

    def _accept_in_project(self) -> None:
        session, gathered, choice = self._controller.session, self._gathered, self.bar.choice()
        if session is None or not self._is_free():
            return

        def job(report: Report) -> Accepted:
            with session.store.second() as store:
                return deciding_many.accept(Session(store, session.person), gathered, choice, report)

        self.leave()
        self._start(Task(_("Accepting suggestions"), job), lambda accepted: self._accepted(session, accepted))

    def _accepted(self, session: Session, accepted: object) -> None:
        assert isinstance(accepted, Accepted)
        if accepted.announcement is not None and self._controller.session is session:
            session.announce_job(accepted.announcement.step)
        words = _("{n} suggestions in {reports} reports accepted; nobody has looked at them yet.",
                  n=accepted.spans, reports=accepted.reports)  # fmt: skip
        self._controller.said.emit(words)
