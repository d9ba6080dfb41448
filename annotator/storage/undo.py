"""Undo and redo: a step that takes another back, or brings it back, and says so in the history.

What a step changed by rows is inverted row by row; what an import brought is set aside as a whole, in short
transactions under a running step where there is much of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain.changes import Change, Wording
from annotator.domain.errors import ConflictError
from annotator.messages import N_
from annotator.storage import imports, renaming, restoring
from annotator.storage.editing import RowConflict, Writer
from annotator.storage.errors import STILL_RUNNING
from annotator.storage.records import REDO, UNDO, Step

if TYPE_CHECKING:
    from annotator.storage.store import Store

#: Told how many of how many reports are done; may raise Cancelled.
Progress = Callable[[int, int], None]
Undone = tuple[Step, tuple[Change, ...]]

_NOT_DONE = N_("“{step}” has been taken back already. Nothing was changed.")
_NOT_UNDONE = N_("“{step}” cannot be brought back any more. Nothing was changed.")
_SINCE = N_(
    "“{step}” cannot be taken back: {person} has since done “{since}” ({at}) on the same. "
    "Nothing was changed; take that back first."
)


class Undo:
    """Taking steps back and bringing them back, for one connection."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def undo(self, person_uid: str, progress: Progress | None = None) -> Undone | None:
        """Take back the person's last step; None where there is none."""
        step = self._store.history.next_undo(person_uid)
        return None if step is None else self._run(step, person_uid, UNDO, progress)

    def redo(self, person_uid: str, progress: Progress | None = None) -> Undone | None:
        """Bring back what the person took back last; None where there is nothing."""
        step = self._store.history.next_redo(person_uid)
        return None if step is None else self._run(step, person_uid, REDO, progress)

    def undo_step(self, uid: str, person_uid: str, progress: Progress | None = None) -> Undone:
        """Take back exactly this step, where its rows are still as it left them; else ConflictError says why not.

        Taking back an undo brings its step back.
        """
        step = self._store.history.step(uid)
        if step.uid in self._store.live_steps:
            raise ConflictError(STILL_RUNNING, step=step.text())
        if step.undoes is None:
            return self._run(step, person_uid, UNDO, progress)
        target = self._store.history.step(step.undoes)
        if step.state == "running":
            return self._turn_round(step, target, progress)
        return self._run(target, person_uid, REDO if step.kind == UNDO else UNDO, progress)

    def restore(self, report_id: int, uid: str, person_uid: str) -> Undone | None:
        """Make a person's work on a report what it was right after a step; None where it is so already."""
        point = self._store.history.step(uid)
        with self._store.transaction():
            step = restoring.restore(self._store, self._conn, report_id, point, person_uid)
        return None if step is None else (step, step.changes)

    def keep(self, uid: str, progress: Progress | None = None) -> Step:
        """Settle a step that was cut off as it stands; an undo or redo that was cut off is carried to its end."""
        step = self._store.history.step(uid)
        if step.undoes is None:
            with self._store.transaction():
                self._store.history.set_state(step.id, "done")
        else:
            target = self._store.history.step(step.undoes)
            reports = imports.touched(self._conn, target.id)
            self._finish(step, target, step.kind == REDO, reports, progress)
        return self._store.history.step(uid)

    # ---- one undo or redo ----------------------------------------------------------------------

    def _run(self, target: Step, person_uid: str, kind: str, progress: Progress | None) -> Undone:
        reports = imports.touched(self._conn, target.id)
        if len(reports) > imports.CHUNK:
            return self._run_long(target, person_uid, kind, reports, progress)
        with self._store.transaction():
            made, wording = self._inverse(target, kind)
            step_id, uid = self._begin(target, person_uid, kind, reports, "done", wording)
            changes = self._write(target, made, step_id, kind)
            if reports:
                imports.show(self._conn, target.id, reports, stands=kind == REDO)
                self._store.texts.catch_up(reports)
            self._store.history.set_state(target.id, "done" if kind == REDO else "undone")
        step = self._store.history.step(uid)._replace(changes=tuple(changes))
        return step, step.changes

    def _run_long(
        self, target: Step, person_uid: str, kind: str, reports: list[int], progress: Progress | None
    ) -> Undone:
        """The same for an import of many reports: short transactions under a running step."""
        with self._store.transaction():
            made, wording = self._inverse(target, kind)
            step_id, uid = self._begin(target, person_uid, kind, reports, "running", wording)
            changes = self._write(target, made, step_id, kind)
        step = self._store.history.step(uid)
        self._store.live_steps.add(uid)
        try:
            self._finish(step, target, kind == REDO, reports, progress)
        finally:
            self._store.live_steps.discard(uid)
        step = self._store.history.step(uid)._replace(changes=tuple(changes))
        return step, step.changes

    def _begin(
        self, target: Step, person_uid: str, kind: str, reports: list[int], state: str, wording: Wording
    ) -> tuple[int, str]:
        """Write the step that undoes or redoes, after a look at whether that can be."""
        standing = self._store.history.step(target.uid).state
        if kind == REDO and standing != "undone":
            raise ConflictError(_NOT_UNDONE, step=target.text())
        if kind == UNDO:
            if standing not in ("done", "running"):
                raise ConflictError(_NOT_DONE, step=target.text())
            if reports:
                self._refuse_later(target, imports.later_work(self._conn, target.id))
        person_id = self._store.people.id_of(person_uid)
        return self._store.history.append(kind, wording, person_id, report=target.report, undoes=target.id, state=state)

    def _inverse(self, target: Step, kind: str) -> renaming.Fitted:
        """What is to be written, and the words for it."""
        changes = self._store.history.recorded(target.id)
        if kind == UNDO:
            changes = [change.inverse() for change in reversed(changes)]
        return renaming.fitted(self._store, self._conn, target, changes)

    def _write(self, target: Step, changes: list[Change], step_id: int, kind: str) -> list[Change]:
        try:
            writer = Writer(self._store, self._conn, step_id)
            return self._store.texts.write(writer, changes, target.id, forth=kind == REDO)
        except RowConflict as error:
            self._refuse_later(target, self._last_on_row(target, error.change, step_id))
            raise

    def _last_on_row(self, target: Step, change: Change, before: int) -> int | None:
        row = self._conn.execute(
            "SELECT c.step_id FROM change c JOIN step s ON s.id = c.step_id WHERE c.step_id > ? AND c.step_id < ? "
            "AND c.row_uid = ? AND c.\"table\" = ? AND c.report_id IS ? AND s.state = 'done' AND s.undoes IS NULL "
            "ORDER BY c.step_id DESC LIMIT 1",
            (target.id, before, change.uid, change.table, change.report),
        ).fetchone()
        return int(row[0]) if row else None

    def _refuse_later(self, target: Step, later_id: int | None) -> None:
        if later_id is None:
            return
        (uid,) = self._conn.execute("SELECT uid FROM step WHERE id = ?", (later_id,)).fetchone()
        later = self._store.history.step(uid)
        raise ConflictError(_SINCE, step=target.text(), person=later.person_name, since=later.text(), at=later.at)

    # ---- in short transactions -----------------------------------------------------------------

    def _show_all(self, target: Step, stands: bool, reports: list[int], progress: Progress | None) -> None:
        for at in range(0, len(reports), imports.CHUNK):
            with self._store.transaction():
                imports.show(self._conn, target.id, reports[at : at + imports.CHUNK], stands=stands)
                self._store.texts.catch_up(reports[at : at + imports.CHUNK])
            if progress is not None:
                progress(min(at + imports.CHUNK, len(reports)), len(reports))

    def _finish(self, step: Step, target: Step, stands: bool, reports: list[int], progress: Progress | None) -> None:
        self._show_all(target, stands, reports, progress)
        with self._store.transaction():
            self._store.history.set_state(target.id, "done" if stands else "undone")
            self._store.history.set_state(step.id, "done")

    def _turn_round(self, step: Step, target: Step, progress: Progress | None) -> Undone:
        """Take back an undo or redo that was cut off: what it had done so far goes the other way again."""
        stands = step.kind == UNDO
        self._show_all(target, stands, imports.touched(self._conn, target.id), progress)
        with self._store.transaction():
            changes = [change.inverse() for change in reversed(self._store.history.recorded(step.id))]
            writer_step, uid = self._store.history.append(
                REDO if stands else UNDO, target.wording, self._store.people.id_of(step.person), undoes=target.id
            )
            writer = Writer(self._store, self._conn, writer_step)
            written = self._store.texts.write(writer, changes, step.id, forth=False)
            self._store.history.set_state(step.id, "undone")
        done = self._store.history.step(uid)._replace(changes=tuple(written))
        return done, done.changes
