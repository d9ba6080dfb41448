"""Checks of all reports that the list of reports shows: a job that asks the other process, and what is done with its list.

What is found comes in while the job goes on. The open report's findings are kept in step with its edits; anything else
that changes is said, so that a person can check again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from annotator.domain.dismissal import Dismissal, fingerprint
from annotator.domain.errors import KnownError
from annotator.messages import _
from annotator.services.findings import Dismissing, Question, Seen
from annotator.services.project_checks import COLUMNS, Checked, Lookthrough, Place, Remembered, noted
from annotator.services.session import Announcement, Session
from annotator.ui.checking import wording
from annotator.ui.checking.findings import Findings
from annotator.ui.checking.project_model import Key, as_text, key_of
from annotator.ui.checking.project_panel import ProjectPanel
from annotator.ui.dialogs.files import Chooser
from annotator.ui.list_files import save_list
from annotator.ui.tasks import Report, Task

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: One report takes a second at most; a process that is starting, some more.
_PATIENCE = 120.0
#: What was found goes to the list this often.
_SECONDS = 0.2
_PLACES = "checked"


class ProjectChecks(QObject):
    """One look through the project at a time, for one window."""

    _arrived = Signal(object, object)

    def __init__(self, window: MainWindow, findings: Findings) -> None:
        super().__init__(window)
        self._window, self._controller, self._findings = window, window.controller, findings
        self.panel = ProjectPanel()
        self._task: Task | None = None
        self._looked: Lookthrough | None = None
        self._done = self._stale = False
        self._answers = Remembered()
        self._counting = QTimer(self, interval=250, singleShot=True)
        self._counting.timeout.connect(self._refresh)
        self._connect()
        self._project_changed()

    def _connect(self) -> None:
        panel = self.panel
        self._arrived.connect(self._take)
        panel.opened.connect(self.go_to)
        panel.dismissed.connect(self.dismiss)
        panel.restored.connect(self.restore)
        panel.again.connect(self.start)
        panel.saved.connect(self.save)
        panel.copied.connect(self.copy)
        panel.left.connect(self.leave)
        self._findings.changed.connect(self._follow_open_report)
        self._controller.projectChanged.connect(self._project_changed)

    # ---- in and out -------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the list; what was never checked is checked now."""
        self._window.foot.show_list(self.panel)
        if self._looked is None:
            self.start()
        self.panel.refresh()
        self.panel.take_focus()

    def leave(self) -> None:
        """Put the list away; checks under way are stopped, and what they found stays."""
        self._stop()
        self._remember()
        self.panel.hide()
        self._window.report_pane.view.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _project_changed(self) -> None:
        self._stop()
        self._looked, self._task, self._done, self._stale = None, None, False, False
        self._answers = Remembered()
        self.panel.model.clear()
        self.panel.hide()
        session = self._controller.session
        if session is not None:
            session.subscribe(self._announced)

    def close(self) -> None:
        """The window is about to go."""
        self._counting.stop()
        self._remember()

    # ---- where one was ----------------------------------------------------------------------------

    def _remember(self) -> None:
        session, current = self._controller.session, self.panel.current()
        if session is not None and current is not None:
            self._controller.settings.set_row(_PLACES, session.store.uid, list(key_of(current)))

    def _remembered(self, session: Session) -> Key | None:
        current = self.panel.current()
        if current is not None:
            return key_of(current)
        kept = self._controller.settings.table(_PLACES).get(session.store.uid)
        if not isinstance(kept, list) or len(kept) != 4:
            return None
        return str(kept[0]), str(kept[1]), str(kept[2]), str(kept[3])

    # ---- the job ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Check all reports that the list of reports shows."""
        session = self._controller.session
        if session is None or self._task is not None:
            return
        if self._window.tasks.current is not None:
            self.panel.show_problem(_("Another job is under way; wait for its end or cancel it."))
            return
        key, wanted = self._remembered(session), self._window.report_list.filter_bar.wanted()
        helper, answers = self._window.background.helper, self._answers
        self._done = self._stale = False
        self.panel.show_problem("")
        self.panel.model.clear()
        self.panel.stand_on(key)

        def ask(question: Question) -> Seen:
            return Seen(*helper.ask("look", tuple(question), _PATIENCE, priority=-1))

        def job(report: Report) -> Lookthrough:
            with session.store.second() as store:
                looked = Lookthrough(store, answers.through(ask), wanted)
                self._looked = looked
                self._gather(looked, report, task)
                return looked

        task = Task(_("Checking the project"), job)
        self._run(task)

    def _run(self, task: Task) -> None:
        self._task = task
        task.finished.connect(lambda _looked: self._finished(task))
        task.failed.connect(self._controller.presenter.show)
        task.ended.connect(lambda: self._ended(task))
        self._window.tasks.start(task)
        self._refresh()

    def _gather(self, looked: Lookthrough, report: Report, task: Task) -> None:
        """In the job's thread: what was found goes to the window now and then, the rest at the end, also when stopped."""
        found: list[Checked] = []
        due = time.monotonic() + _SECONDS
        try:
            for page in looked.findings(report):
                found += page
                if found and time.monotonic() >= due:
                    self._arrived.emit(task, found)
                    found, due = [], time.monotonic() + _SECONDS
        finally:
            self._arrived.emit(task, found)

    def _take(self, task: Task, found: list[Checked]) -> None:
        if task is self._task:
            first = not self.panel.model.rows
            self.panel.model.append(found)
            if first and self.panel.model.rows and self.panel.verdict.hasFocus():
                self.panel.refresh()
                self.panel.take_focus()  # it stood beside the list only because there was none
            if self.panel.waits_for is not None:
                self.panel.stand_on(self.panel.waits_for)
            self._counting.start()

    def _finished(self, task: Task) -> None:
        if task is self._task:
            self._done = True

    def _ended(self, task: Task) -> None:
        if task is not self._task:
            return
        self._task = None
        failed = self._looked.failed if self._looked is not None else []
        self.panel.show_problem(" ".join(failed[:3]) + (" …" if len(failed) > 3 else ""))
        self._refresh()
        if self.panel.view.currentIndex().row() < 0 and self.panel.model.rows:
            self.panel.view.setCurrentIndex(self.panel.model.index(0))

    def _refresh(self) -> None:
        self.panel.able = self._controller.writable
        self.panel.model.schema = self._controller.schema
        self.panel.empty_words = self._words_of_none()
        self.panel.again_button.setEnabled(self._task is None)
        self.panel.state.set_full(self._state())
        self.panel.refresh()

    def _state(self) -> str:
        looked, n = self._looked, self.panel.model.rowCount()
        if looked is None or self._task is not None:
            return _("checking…")
        if not self._done:
            return _("Stopped after {done} of {total} reports.", done=looked.done, total=looked.total)
        told = _("{n} listed; {reports} reports checked.", n=n, reports=looked.done)
        return f"{told} {_('The project has changed since.')}" if self._stale else told

    def _words_of_none(self) -> str:
        looked = self._looked
        if looked is None or self._task is not None:
            return _("The reports are being checked; what is found comes in here.")
        if not looked.total:
            return _("There is no report to check: the filter of the list of reports shows none.")
        return _("Nothing was found: the numbers that could be checked agree, and no span looks wrong.")

    # ---- going there ------------------------------------------------------------------------------

    def go_to(self, one: Checked, earlier: bool) -> None:
        """Open the report at the finding, its places framed; with `earlier` the other report of a jump."""
        before = one.earlier if earlier else None
        row, places = (before.row, (before.place,)) if before is not None else (one.row, one.spans)
        self._controller.open_report(row)
        report = self._controller.report
        if report is None or report.id != row:
            return
        if any(report.text[place.start : place.end] != place.text for place in places):
            self._controller.said.emit(_("The text is another one by now; check again to find the place."))
            return
        found = one.found()
        if before is not None:
            ranges = [(place.start, place.end) for place in places]
            found = found._replace(places=tuple(ranges), words=fingerprint(one.kind, report.text, ranges))
        self._findings.visit(found)
        self._window.report_pane.view.setFocus()
        told = wording.working(one, self._controller.schema)
        self._controller.said.emit(f"{wording.sign(one)} {wording.kind(one)}: {told}")

    # ---- putting aside ----------------------------------------------------------------------------

    def dismiss(self, one: Checked, note: str) -> None:
        """Put a finding aside; the next one is there at once."""
        session = self._controller.session
        if session is None:
            return
        if one.is_lint and one.annotator != session.person.name:
            words = _("It is about spans of {name}; nobody else can dismiss it.", name=one.annotator)
            self.panel.show_problem(words)
            return
        self._edit(lambda who: who.dismiss_in(one.row, one.found(), one.spans[0].text, note).words)

    def restore(self, one: Checked) -> None:
        """Bring a finding back."""

        def back(who: Dismissing) -> str:
            done = who.restore_in(one.row, one.found(), one.spans[0].text)
            return done.words if done is not None else ""

        self._edit(back)

    def _edit(self, do: Callable[[Dismissing], str]) -> None:
        session = self._controller.session
        if session is None or not self._controller.writable:
            return
        self.panel.show_problem("")
        try:
            self._controller.said.emit(do(Dismissing(session)))
        except KnownError as error:
            self.panel.show_problem(str(error))

    # ---- keeping in step --------------------------------------------------------------------------

    def _announced(self, announcement: Announcement) -> None:
        if self._looked is None:
            return
        if "dismissal" in announcement.tables:
            for touched in announcement.reports:
                self._renote(touched)
        report = self._controller.report
        others = announcement.reports - ({report.id} if report is not None else set())
        if announcement.tables - {"dismissal"} and (others or not announcement.changes):
            self._stale = True
            self._refresh()

    def _renote(self, report: int) -> None:
        """Another one of a report's findings was put aside, or came back."""
        session = self._controller.session
        if session is None:
            return
        names = {person.uid: person.name for person in session.store.people.all()}
        aside: list[Dismissal] = [
            one._replace(person=names.get(one.person, "")) for one in session.store.dismissals.of_report(report)
        ]
        self.panel.keeping(lambda: self.panel.model.change(report, lambda one: noted(one, aside)))

    def _follow_open_report(self) -> None:
        """The open report was checked anew: its findings take the place of those listed."""
        report, session = self._controller.report, self._controller.session
        if report is None or session is None or self._task is not None or not self._findings.known:
            return
        if self._looked is None or report.id not in self._looked.seen:
            return
        name, found = session.person.name, []
        for one in self._findings.found:
            places = tuple(Place(a, b, report.text[a:b]) for a, b in one.places)
            by = self._findings.dismissal(one)
            found.append(
                Checked(
                    report.id,
                    report.row.uid,
                    report.row.title,
                    one.kind,
                    places,
                    one.stated,
                    one.computed,
                    one.verdict,
                    one.working,
                    one.words,
                    name if one.is_lint else "",
                    by.note if by is not None else None,
                )
            )
        found.sort(key=lambda one: (one.is_lint, one.spans[0], one.kind))
        self.panel.keeping(lambda: self.panel.model.replace(lambda one: _is_ours(one, name), report.id, found))

    # ---- taking the list elsewhere ----------------------------------------------------------------

    def copy(self) -> None:
        """The rows that are selected, as lines with tabs."""
        rows = self.panel.chosen()
        QApplication.clipboard().setText(as_text(rows, self._controller.schema))
        self._controller.said.emit(_("{n} rows copied.", n=len(rows)))

    def save(self) -> None:
        """Write what is listed to a file."""
        path = Chooser(self._controller.settings, self._window).list_to_save(_("Checks of the project"))
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write what is listed to `path`: a table, or JSON Lines by its suffix."""
        save_list(self._window, path, COLUMNS, list(self.panel.model.rows), self.panel.show_problem)


def _is_ours(one: Checked, name: str) -> bool:
    """Whether the checks of the open report find it too: all but jumps and others' spans."""
    return one.kind != wording.JUMP and (not one.is_lint or one.annotator == name)
