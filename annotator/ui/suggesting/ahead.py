"""The reports that come next are asked about while nobody waits for anything, so that they open with their suggestions.

Knows nothing of what is on the screen: what was answered is kept in the project, where whoever opens a report finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from annotator.domain.errors import KnownError
from annotator.services import suggesting

if TYPE_CHECKING:
    from annotator.services.helper import Answer
    from annotator.services.open_report import OpenReport
    from annotator.services.project_suggestions import ProjectSuggestions
    from annotator.ui.main_window import MainWindow
    from annotator.ui.suggesting.offers import Offers

#: The first is asked about when the open report has had its suggestions for so long; the others one by one, so far apart.
_BEGIN_MS, _NEXT_MS = 1200, 300
#: So many reports behind the open one.
REPORTS: Final = 5
_KEY: Final = "suggest ahead"


class ReadAhead(QObject):
    """Asks about the next unfinished reports, one after the other; stopped by whatever is more urgent."""

    def __init__(self, window: MainWindow, offers: Offers) -> None:
        super().__init__(offers)
        self._window, self._controller, self._offers = window, window.controller, offers
        self._background = window.background
        self._from = 0
        self._left = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)

    def start(self, report: int) -> None:
        """Begin behind this report, after a moment of rest."""
        self._from, self._left = report, REPORTS
        self._timer.start(_BEGIN_MS)

    def stop(self) -> None:
        """Something else is asked about."""
        self._timer.stop()
        self._left = 0
        self._background.cancel(_KEY)

    def _next(self) -> None:
        """Ask about the next report that lacks suggestions."""
        session, project = self._controller.session, self._offers.project
        if session is None or project is None or session.read_only or not project.strings_known:
            return
        while self._left > 0:
            self._left -= 1
            following = self._window.report_list.next_unfinished(self._from)
            if following is None or self._is_open(following):
                self._left = 0
                return
            self._from = following
            report = session.open_report(following)
            if not project.is_blind(report) and not project.holds(report):
                self._ask(project, report)
                return

    def _is_open(self, report: int) -> bool:
        return self._controller.report is not None and self._controller.report.id == report

    def _ask(self, project: ProjectSuggestions, report: OpenReport) -> None:
        asked = tuple(project.ask_for(report))
        self._background.ask("suggest", asked, _KEY, lambda answer: self._take(project, report, answer), priority=-1)

    def _take(self, project: ProjectSuggestions, report: OpenReport, answer: Answer) -> None:
        """Keep what was answered; what went wrong is said when the report is opened."""
        if answer.error is not None or self._offers.project is not project:
            return
        try:
            project.keep(report, suggesting.reply(answer.value).packed)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        self._timer.start(_NEXT_MS)
