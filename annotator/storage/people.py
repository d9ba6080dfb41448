"""People: a row each, with a UUID that is the same in every project the person works in."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from itertools import chain, count
from typing import TYPE_CHECKING

from annotator.domain.errors import ConflictError
from annotator.domain.span import new_uid
from annotator.messages import N_
from annotator.storage.records import Person

if TYPE_CHECKING:
    from annotator.storage.store import Store

_TAKEN = N_("Another annotator of this project is called {name}. Nothing was written; choose another name.")
_UNKNOWN = N_("The project has no person {uid}. Nothing was written.")


def now() -> str:
    """The time of the moment: UTC, ISO 8601, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class People:
    """The table person."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn
        self._seen = -1
        self._known: dict[str, tuple[int, str]] = {}

    def all(self) -> list[Person]:
        """Everybody, in the order in which they came."""
        return [Person(*row) for row in self._conn.execute("SELECT uid, name, created FROM person ORDER BY id")]

    def get(self, uid: str) -> Person | None:
        """The person with this uid."""
        row = self._conn.execute("SELECT uid, name, created FROM person WHERE uid = ?", (uid,)).fetchone()
        return Person(*row) if row else None

    def named(self, name: str) -> Person | None:
        """The person called `name`; of several, who came first."""
        row = self._conn.execute(
            "SELECT uid, name, created FROM person WHERE name = ? ORDER BY id LIMIT 1", (name,)
        ).fetchone()
        return Person(*row) if row else None

    def ensure(self, uid: str, name: str) -> Person:
        """The person with this uid, made under `name` where there is none; an existing one keeps the name.

        Files and commands name people, so no two have one name: where it is taken, a number follows it.
        """
        there = self.get(uid)
        if there is not None:
            return there
        made = Person(uid, self.free_name(name), now())
        with self._store.transaction():
            self._conn.execute("INSERT INTO person (uid, name, created) VALUES (?, ?, ?)", made)
        return made

    def ensure_named(self, name: str) -> Person:
        """The person called `name`, made with a fresh uid where there is none: files name people, not uids."""
        return self.named(name) or self.ensure(new_uid(), name)

    def entered(self, person: Person) -> Person:
        """Whoever works here as the project knows them: by uid, or by name where only that is known."""
        return self.ensure(person.uid, person.name) if person.uid else self.ensure_named(person.name)

    def free_name(self, name: str, but: str = "") -> str:
        """`name`, or with the first number behind it that nobody has, `but` the person with that uid."""
        numbered = (f"{name} ({number})" for number in count(2))
        return next(free for free in chain([name], numbered) if not self._is_taken(free, but))

    def check_name(self, uid: str, name: str) -> None:
        """Raise ConflictError where somebody else has the name."""
        if self._is_taken(name, uid):
            raise ConflictError(_TAKEN, name=name)

    def _is_taken(self, name: str, but: str) -> bool:
        others = "SELECT 1 FROM person WHERE name = ? AND uid <> ?"
        return self._conn.execute(others, (name, but)).fetchone() is not None

    # ---- row ids, for the rest of storage ------------------------------------------------------

    def id_of(self, uid: str) -> int:
        """The row id of a person. Raises ConflictError where there is none."""
        return self._row(uid)[0]

    def name_of(self, uid: str) -> str:
        """The name of a person. Raises ConflictError where there is none."""
        return self._row(uid)[1]

    def forget(self) -> None:
        """Read again before the next answer."""
        self._seen = -1

    def _row(self, uid: str) -> tuple[int, str]:
        """Row id and name; kept until a person is changed or something is rolled back, since every edit asks."""
        generation = self._store.people_generation
        if self._seen != generation:
            self._known.clear()
            self._seen = generation
        known = self._known.get(uid)
        if known is None:
            row = self._conn.execute("SELECT id, name FROM person WHERE uid = ?", (uid,)).fetchone()
            if row is None:
                raise ConflictError(_UNKNOWN, uid=uid)
            known = self._known[uid] = (int(row[0]), str(row[1]))
        return known

    def uid_of(self, id: int) -> str:
        """The uid of the person in row `id`."""
        return str(self._conn.execute("SELECT uid FROM person WHERE id = ?", (id,)).fetchone()[0])
