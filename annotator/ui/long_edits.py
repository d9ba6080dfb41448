"""Edits of very many spans, and undo and redo of them, as jobs: the window goes on, nothing else is edited meanwhile.

An edit of the text of a report with very many spans is one of them: all of them move.

What is done stands in `services.long_edits`; here it is started, and what came of it is shown a part a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

from annotator.domain.changes import Change
from annotator.domain.text_edit import TextEdit
from annotator.messages import _
from annotator.services.editing import Editor, Outcome
from annotator.services.edits import SetIsDone
from annotator.services.long_edits import LongSession, is_long, is_long_text
from annotator.services.open_report import OpenReport
from annotator.services.rows import Step
from annotator.services.session import Announcement, Session
from annotator.services.wording import step_words
from annotator.ui.tasks import Report, Task

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

Edit = Callable[[Editor, OpenReport], Outcome]
Show = Callable[[Sequence[Change]], None]

#: So many changes are told of in a turn of the window: whatever follows them does so one by one, and is soon done.
_PART = 60


class Came(NamedTuple):
    """What a job did: its step, in words, and the report as it is then, where its text is another."""

    announcement: Announcement | None
    words: str
    read: OpenReport | None = None


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
            return Came(outcome.announcement, outcome.words)

        selected = self._controller.selected
        self._start(_("Changing many spans"), job, lambda _changes: self._select_again(report, selected))

    def do_text(self, edit: TextEdit, ended: Callable[[], None], went_wrong: Callable[[], None]) -> bool:
        """Edit the open report's text behind the window; False where it can be done at once, and nothing is done.

        `ended` is called when it is done and shown, `went_wrong` where nothing was changed and that was said.
        """
        report, session = self._controller.report, self._controller.session
        if report is None or session is None or self._tasks.current or not is_long_text(session.store, report):
            return False
        from annotator.services.text_edits import TextEdits

        version = report.text_version

        def job(session: LongSession) -> Came:
            done = TextEdits(session).apply(report, edit, version)
            words = _("The text was edited: {n} characters.", n=edit.changed)
            return Came(done, words if done is not None else _("Nothing changed."))

        self._start(_("Editing the text"), job, lambda _changes: ended(), went_wrong)
        return True

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
            return Came(announcement, words.format(step=step_words(step.wording, session.schema)))

        self._start(
            _("Taking back many changes") if back else _("Bringing back many changes"), job, controller.show_changes
        )
        return True

    # ---- the job ----------------------------------------------------------------------------------

    def _start(
        self, words: str, job: Callable[[LongSession], Came], show: Show, wrong: Callable[[], None] = lambda: None
    ) -> None:
        controller, session = self._controller, self._controller.session
        if session is None:
            return
        if self._tasks.current is not None:
            controller.said.emit(_("Another job is under way; wait for its end or cancel it."))
            return

        def run(report: Report) -> Came:
            with session.store.second() as store:
                own = LongSession(session, store, report)
                done = job(own)
                return done._replace(read=own.read_anew(done.announcement))

        task = Task(words, run)
        task.finished.connect(lambda came: self._came(session, came, show))
        for signal in (task.failed, task.cancelled):
            signal.connect(lambda *_what: wrong())
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
        if came.announcement is None:
            self._end(came.words)
            return
        self._controller.select(())
        self._tell(session, came, 0, show)

    def _tell(self, session: Session, came: Came, start: int, show: Show) -> None:
        """Tell the views of a part of the changes, and of the next in the next turn; another text comes in one."""
        if self._controller.session is not session or came.announcement is None:
            self._controller.held = ""
            return
        step, changes = came.announcement.step, came.announcement.changes
        end = len(changes) if came.read is not None else start + _PART
        session.announce(step, changes[start:end], came.read)
        if end < len(changes):
            QTimer.singleShot(0, self, lambda: self._tell(session, came, end, show))
            return
        QTimer.singleShot(0, self, lambda: show(changes))
        self._end(came.words)

    def _select_again(self, report: OpenReport, selected: tuple[str, ...]) -> None:
        controller = self._controller
        if controller.report is report and not controller.selected:
            controller.select(uid for uid in selected if report.spans.get(uid))

    def _end(self, words: str) -> None:
        self._controller.held = ""
        if words:
            self._controller.said.emit(words)
