"""The store: one connection to one project file, used by one thread. The door through which all of it goes.

Writing is one transaction at a time (`transactions.py`): turns among the threads of this process, the project's lock
among processes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from annotator.domain.changes import Change, Edit
from annotator.domain.schema import LabelSchema
from annotator.storage import backup, connection, creation, migrations, opening
from annotator.storage.batches import Batches
from annotator.storage.bodies import Bodies
from annotator.storage.dismissals import Dismissals
from annotator.storage.editing import Writer
from annotator.storage.errors import sentences
from annotator.storage.facts import Facts
from annotator.storage.flow import Bookmarks, Queues, WorkTime
from annotator.storage.history import History
from annotator.storage.labels import Labels
from annotator.storage.lock import ProjectLock
from annotator.storage.people import People
from annotator.storage.places import Places
from annotator.storage.questions import Questions
from annotator.storage.records import RunningStep, Step
from annotator.storage.repeats import Repeats
from annotator.storage.reports import Reports
from annotator.storage.sets import AnnotationSets
from annotator.storage.site_rules import SiteRules
from annotator.storage.suggestions import Suggestions
from annotator.storage.texts import Texts
from annotator.storage.totals import TotalCounts
from annotator.storage.transactions import Shared, Transactions
from annotator.storage.undo import Progress, Undo, Undone


class Store(Transactions):
    """A project file, opened. `recovered`: its last program had not closed it; what it had committed is all here."""

    def __init__(self, path: Path, conn: sqlite3.Connection, shared: Shared, *, recovered: bool = False) -> None:
        """For `create`, `open` and `second`."""
        super().__init__(path, conn, shared)
        self.recovered = recovered
        self._closed = False
        if not self.read_only:
            connection.keep_savepoints_in_memory(conn)
        with shared.mutex:
            shared.connections += 1
        facts = dict(conn.execute("SELECT key, value FROM project"))
        self.uid = facts["uid"]
        self.name = facts.get("name", "")
        self.schema_name = facts.get("schema_name", "")
        self.people: People = People(self, conn)
        self.labels: Labels = Labels(self, conn)
        self.sets: AnnotationSets = AnnotationSets(self, conn)
        self.facts = Facts(self, conn)
        self.reports = Reports(self, conn)
        self.history: History = History(self, conn)
        self.totals = TotalCounts(self, conn)
        self.places = Places(self, conn)
        self.questions = Questions(self, conn)
        self.suggestions = Suggestions(self, conn)
        self.repeats = Repeats(self, conn)
        self.work = WorkTime(self, conn)
        self.bookmarks = Bookmarks(self, conn)
        self.site_rules = SiteRules(self, conn)
        self.dismissals = Dismissals(conn)
        self.queues = Queues(self, conn)
        self.bodies = Bodies(self, conn)
        self.texts = Texts(self, conn)
        self._undo = Undo(self, conn)

    # ---- opening and closing -------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path | str, schema: LabelSchema, *, name: str = "", program: str = "annotator") -> Store:
        """Make a project and open it for writing. Refuses a path where something is."""
        path = _absolute(path)
        creation.create(path, schema, name or path.stem, program)
        return cls.open(path, program=program)

    @classmethod
    def open(cls, path: Path | str, *, write: bool = True, program: str = "annotator") -> Store:
        """Open a project; for writing it takes the lock under the name `program`, and migrates after a backup.

        Raises a ProjectError that says why not; the file is then as it was.
        """
        path = _absolute(path)
        header = opening.check(path, write=write)
        if not write:
            return cls._open_reader(path, header)
        lock = ProjectLock(path, program)
        try:
            with sentences(path):
                return cls._open_writer(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_writer(cls, path: Path, lock: ProjectLock) -> Store:
        recovered = connection.has_wal(path)
        connection.settle_journal(path)
        opening.check_version(path)
        conn = connection.connect(path, "rw")
        try:
            uid = opening.check_tables(conn, path)
            connection.use_wal(conn)
            if migrations.pending(conn, path):
                backup.automatic(conn, path, uid)
                migrations.apply(conn)
            connection.make_room(conn, path)
            return cls(path, conn, Shared(lock), recovered=recovered)
        except BaseException:
            conn.close()
            raise

    @classmethod
    def _open_reader(cls, path: Path, header: connection.Header) -> Store:
        with sentences(path):
            conn = opening.connect_reader(path, header)
            try:
                opening.check_tables(conn, path)
                if migrations.pending(conn, path):
                    raise opening.refuse_older(path)
                return cls(path, conn, Shared(None))
            except BaseException:
                conn.close()
                raise

    def second(self) -> Store:
        """Another connection under the same lock, for a job's thread: make and close it in that thread."""
        with sentences(self.path):
            conn = connection.connect(self.path, "ro" if self.read_only else "rw")
            return Store(self.path, conn, self._shared)

    def close(self) -> None:
        """Let go of the project. The last connection leaves one file in `journal_mode=DELETE` and gives back the lock."""
        if self._closed:
            return
        self._closed = True
        self.rollback()
        with self._shared.mutex:
            self._shared.connections -= 1
            last = self._shared.connections == 0
        try:
            if last and not self.read_only:
                with sentences(self.path):
                    connection.leave_wal(self._conn)
        finally:
            self._conn.close()
            if last and self._shared.lock is not None:
                self._shared.lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def batches(self, max_ms: float = 50) -> Batches:
        """Many writes in transactions of about `max_ms`: 50 while a window is open, more for the command line."""
        return Batches(self, max_ms)

    # ---- edits ---------------------------------------------------------------------------------

    def apply(self, edit: Edit, person_uid: str) -> Step:
        """Write one step: all of it or, with a KnownError, nothing.

        Raises ConflictError where a row is no longer what the edit expects.
        """
        with self.transaction():
            return self.history.append_edit(edit, person_uid)

    def extend(self, step: RunningStep, changes: Iterable[Change]) -> None:
        """Write more changes of a running step, all or nothing of these."""
        with self.transaction():
            writer = Writer(self, self._conn, step.id, step.seq)
            writer.write(changes)
        step.seq = writer.seq

    def undo(self, person_uid: str, progress: Progress | None = None) -> Undone | None:
        """Take back the person's last step; returns the step that did it and its changes, None where there is none."""
        return self._undo.undo(person_uid, progress)

    def redo(self, person_uid: str, progress: Progress | None = None) -> Undone | None:
        """Bring back what the person took back last; None where there is nothing."""
        return self._undo.redo(person_uid, progress)

    def undo_step(self, step_uid: str, person_uid: str, progress: Progress | None = None) -> Undone:
        """Take back exactly this step; ConflictError says what has changed since where that cannot be."""
        return self._undo.undo_step(step_uid, person_uid, progress)

    def restore(self, report_id: int, step_uid: str, person_uid: str) -> Undone | None:
        """Make a person's work on a report what it was right after a step: one step; None where it is so already."""
        return self._undo.restore(report_id, step_uid, person_uid)

    def keep(self, step_uid: str, progress: Progress | None = None) -> Step:
        """Settle a step that was cut off (`history.running`) as it stands."""
        return self._undo.keep(step_uid, progress)

    # ---- the rest ------------------------------------------------------------------------------

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the modules of this package alone."""
        return self._conn

    @property
    def schema(self) -> LabelSchema:
        """The label schema as it is now."""
        return self.labels.schema

    @property
    def label_generation(self) -> int:
        """Changes whenever labels may have been changed by another connection."""
        return self.data_version() if self.read_only else self._shared.label_generation

    @property
    def live_steps(self) -> set[str]:
        """Uids of the running steps of this process."""
        return self._shared.live_steps

    @property
    def people_generation(self) -> int:
        """Changes whenever people may have been changed by another connection."""
        return self.data_version() if self.read_only else self._shared.people_generation

    def _forget(self) -> None:
        super()._forget()
        self.labels.forget()
        self.people.forget()
        self.sets.forget()

    def labels_changed(self) -> None:
        """Labels were written in the open transaction."""
        self._labels_dirty = True
        self.labels.forget()

    def people_changed(self) -> None:
        """People were written in the open transaction."""
        self._people_dirty = True
        self.people.forget()

    @staticmethod
    def backup_of(path: Path | str, target: Path | str | None = None) -> Path:
        """Write a copy of a project that need not be open, beside it unless `target` says where; returns where it lies.

        A project of an older version is copied as it is: nothing migrates. Raises a ProjectError as `open` does.
        """
        path = _absolute(path)
        with sentences(path), opening.reader(path) as conn:
            return backup.copy(conn, path, Path(target or backup.default_target(path)))

    def backup(self, target: Path | str) -> Path:
        """Write a copy of the project as it is now; returns where it lies."""
        with sentences(self.path):
            return backup.copy(self._conn, self.path, Path(target))

    def data_version(self) -> int:
        """Changes when another process or connection has written: a read-only window looks at it to refresh."""
        return int(self._conn.execute("PRAGMA data_version").fetchone()[0])


def _absolute(path: Path | str) -> Path:
    """The real path, so that two names of one file are one project."""
    return Path(os.path.realpath(path))
