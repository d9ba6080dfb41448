"""Edits of very many spans, and undo and redo of them, as jobs: the window goes on, nothing else is edited meanwhile.

What is done stands in `services.long_edits`; here it is started, and what came of it is shown a part a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.domain.changes import Change
from annotator.messages import _
from annotator.services.editing import Editor, Outcome
from annotator.services.edits import SetIsDone
from annotator.services.long_edits import LongSession, is_long
from annotator.services.open_report import OpenReport
from annotator.services.rows import Step
from annotator.services.session import Announcement, Session
from annotator.services.wording import step_words
from annotator.ui.tasks import Report, Task

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

Edit = Callable[[Editor, OpenReport], Outcome]
Came = tuple[Announcement | None, str]
Show = Callable[[Sequence[Change]], None]


class LongEdits(QObject):
    """The long edits of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._controller = window.controller
        self._tasks = window.tasks
        self._controller.behind = self.do

    def do(self, edit: Edit) -> None:
        """Do an edit of the open report behind the window."""
        report = self._controller.report
        if report is None:
            return
        _detail = report.detail  # read here: its connection is this thread's

        def job(session: LongSession) -> Came:
            outcome = edit(Editor(session), report)
            return outcome.announcement, outcome.words

        selected = self._controller.selected
        self._start(_("Changing many spans"), job, lambda _changes: self._select_again(report, selected))

    def travels(self, step: Step | None, *, back: bool) -> bool:
        """Take back or bring back a long edit; False where the step is none, and nothing is done."""
        controller, session = self._controller, self._controller.session
        if step is None or session is None or controller.held or not is_long(session.store, step):
            return False
        if step.report is not None:
            controller.open_report(step.report)

        def job(session: LongSession) -> Came:
            announcement = session.undo() if back else session.redo()
            words = _("Undone: {step}") if back else _("Redone: {step}")
            return announcement, words.format(step=step_words(step.wording, session.schema))

        self._start(
            _("Taking back many changes") if back else _("Bringing back many changes"), job, controller.show_changes
        )
        return True

    # ---- the job ----------------------------------------------------------------------------------

    def _start(self, words: str, job: Callable[[LongSession], Came], show: Show) -> None:
        controller, session = self._controller, self._controller.session
        if session is None:
            return
        if self._tasks.current is not None:
            controller.said.emit(_("Another job is under way; wait for its end or cancel it."))
            return

        def run(report: Report) -> Came:
            with session.store.second() as store:
                return job(LongSession(session, store, report))

        task = Task(words, run)
        task.finished.connect(lambda came: self._came(session, came, show))
        task.failed.connect(self._failed)
        task.cancelled.connect(lambda: self._end(_("Cancelled; nothing was changed.")))
        controller.held = _("Many spans are being changed; wait for the end or cancel it.")
        self._tasks.start(task)

    def _failed(self, error: BaseException) -> None:
        self._end("")
        if isinstance(error, SetIsDone):
            self._controller.refused.emit()
        else:
            self._controller.presenter.show(error)

    def _came(self, session: Session, came: Came, show: Show) -> None:
        """Show what was done: what is selected is given up for that turn, since everything looks at each of it."""
        announcement, words = came
        controller = self._controller
        if controller.session is not session:
            controller.held = ""
            return
        if announcement is not None:
            changes = announcement.changes
            controller.select(())
            session.announce(announcement.step, changes)
            QTimer.singleShot(0, self, lambda: show(changes))
        self._end(words)

    def _select_again(self, report: OpenReport, selected: tuple[str, ...]) -> None:
        controller = self._controller
        if controller.report is report and not controller.selected:
            controller.select(uid for uid in selected if report.spans.get(uid))

    def _end(self, words: str) -> None:
        self._controller.held = ""
        if words:
            self._controller.said.emit(words)
