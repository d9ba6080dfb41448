"""Edits of very many spans: one step like any other, written in short transactions by a job while the window goes on.

An `Editor` on a `LongSession` does in a job's thread what it does on the window's own session at once; nobody is told of
it, the window announces the step when the job has ended. What cannot be carried to its end is taken back whole.
"""

from __future__ import annotations

from typing import Final

from annotator.domain.changes import Edit
from annotator.domain.errors import Cancelled, KnownError
from annotator.messages import _
from annotator.services.jobs import Progress, silent
from annotator.services.open_report import OpenReport, is_other_text
from annotator.services.session import Announcement, Session
from annotator.storage import RunningStep, Step, Store

#: An edit of more spans than these would be felt as a pause: it is done by a job.
LONG: Final = 300
_CHUNK: Final = 100  # changes in one transaction: nobody else waits longer than for those


def is_long(store: Store, step: Step) -> bool:
    """Whether taking a step back, or bringing it back, is a job's work. Imports have ways of their own."""
    return step.kind != "import" and store.history.size(step) > LONG


def is_long_text(store: Store, report: OpenReport) -> bool:
    """Whether editing a report's text is a job's work: everything that stands in it moves."""
    return store.texts.count(report.id) > LONG


class LongSession(Session):
    """The project and the person of `session` in a job's thread, on a connection of its own."""

    def __init__(self, session: Session, store: Store, progress: Progress = silent) -> None:
        super().__init__(store, session.person)
        self._progress = progress

    def apply(self, edit: Edit) -> Announcement:
        """Commit `edit` as one step; views hear nothing. Raises KnownError or Cancelled when nothing is changed."""
        self.check_writable()
        step = self.store.history.begin_bulk(edit.kind, edit.wording, self.person.uid, report=edit.report)
        try:
            self._write(step, edit)
        except (KnownError, Cancelled):
            self._take_back(step)
            raise
        done = self.store.history.end_bulk(step)
        reports = frozenset(change.report for change in edit.changes if change.report is not None)
        return Announcement(done, edit.changes, reports, frozenset(change.table for change in edit.changes))

    def read_anew(self, done: Announcement | None) -> OpenReport | None:
        """The report as it is after a step that gave it another text; None where it did not."""
        turn = next((change for change in done.changes if is_other_text(change)), None) if done else None
        return None if turn is None or turn.report is None else OpenReport(self.store, turn.report, self.person.uid)

    def _write(self, step: RunningStep, edit: Edit) -> None:
        total = len(edit.changes)
        for at in range(0, total, _CHUNK):
            self._progress(at, total, _("{n} of {total}", n=at, total=total))
            self.store.extend(step, edit.changes[at : at + _CHUNK])

    def _take_back(self, step: RunningStep) -> None:
        if not step.seq:
            self.store.history.drop_bulk(step)
            return
        self.store.history.end_bulk(step)
        self.store.undo_step(step.uid, self.person.uid)
