"""Writing to a project: one transaction at a time, all or nothing, in turn among the connections of this process.

Owns begin, commit and rollback, and what the connections of one process share. What is written is no business of this file.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from annotator.domain.errors import LockedError, ReadOnlyError
from annotator.messages import N_
from annotator.storage import connection
from annotator.storage.errors import BUSY, sentences
from annotator.storage.lock import ProjectLock
from annotator.storage.records import Head
from annotator.storage.turns import Turns

_READ_ONLY = N_("{name} was opened read-only. Nothing was changed.")
_PATIENCE = connection.BUSY_MS / 1000


class Shared:
    """What all connections of this process to one project have in common."""

    def __init__(self, lock: ProjectLock | None) -> None:
        self.lock = lock
        self.turns = Turns()
        self.mutex = threading.Lock()
        self.connections = 0
        self.label_generation = 0
        self.people_generation = 0
        self.head: Head | None = None
        self.live_steps: set[str] = set()


class Transactions:
    """The writing side of a connection. `rollbacks` counts them: what was remembered before one may not hold after it."""

    def __init__(self, path: Path, conn: sqlite3.Connection, shared: Shared) -> None:
        self.path = path
        self.read_only = shared.lock is None
        self._conn = conn
        self._shared = shared
        self._writing = False
        self._labels_dirty = False
        self._people_dirty = False
        self.rollbacks = 0
        self.head: Head | None = None

    @property
    def in_transaction(self) -> bool:
        """Whether this connection is writing."""
        return self._writing

    @property
    def others_wait(self) -> bool:
        """Whether another thread waits for its turn to write."""
        return self._shared.turns.wanted

    def transaction(self) -> AbstractContextManager[None]:
        """Write all or nothing; inside another transaction, all or nothing of this part."""
        return self.savepoint() if self._writing else _Transaction(self)

    def begin(self) -> None:
        """Begin to write; whoever asked first is first. Raises LockedError where the turn does not come."""
        if self.read_only:
            raise ReadOnlyError(_READ_ONLY, name=self.path.name)
        if not self._shared.turns.take(_PATIENCE):
            raise LockedError(BUSY, name=self.path.name)
        try:
            with sentences(self.path):
                self._conn.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._shared.turns.give()
            raise
        self._writing = True
        self.head = self._shared.head

    def commit(self) -> None:
        """Make durable what was written since `begin`. Where that fails, nothing of it stays."""
        try:
            with sentences(self.path):
                self._conn.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise
        self._shared.head = self.head
        if self._labels_dirty:
            self._shared.label_generation += 1
        if self._people_dirty:
            self._shared.people_generation += 1
        self._end()

    def rollback(self) -> None:
        """Forget what was written since `begin`; without one, nothing happens."""
        if not self._writing:
            return
        try:
            if self._conn.in_transaction:  # a full disk may have ended it already
                self._conn.execute("ROLLBACK")
        finally:
            self._forget()
            self._end()

    def _end(self) -> None:
        self._labels_dirty = False
        self._people_dirty = False
        self._writing = False
        self._shared.turns.give()

    def _forget(self) -> None:
        """What was read inside a transaction no longer holds."""
        self.rollbacks += 1
        self.head = self._shared.head = None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All or nothing of a part of the open transaction."""
        with sentences(self.path):
            self._conn.execute("SAVEPOINT part")
            try:
                yield
            except BaseException:
                self._forget()
                if self._conn.in_transaction:
                    self._conn.execute("ROLLBACK TO part")
                    self._conn.execute("RELEASE part")
                else:
                    self.rollback()
                raise
            self._conn.execute("RELEASE part")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries that see one state of the project."""
        with sentences(self.path):
            if self._conn.in_transaction:
                yield
                return
            self._conn.execute("BEGIN")
            try:
                yield
            finally:
                self._conn.execute("COMMIT")


class _Transaction:
    """From BEGIN to COMMIT, or to ROLLBACK where something was raised."""

    __slots__ = ("_store",)

    def __init__(self, store: Transactions) -> None:
        self._store = store

    def __enter__(self) -> None:
        self._store.begin()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._store.commit()
            return
        self._store.rollback()
        with sentences(self._store.path):
            raise error
