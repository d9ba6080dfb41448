"""Where each person was in each report: caret, scroll, and where they left each pass. No history: looking is no edit."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from annotator.storage.people import now
from annotator.storage.records import Place

if TYPE_CHECKING:
    from annotator.storage.store import Store

_PUT = """
    INSERT INTO place (person_id, report_id, caret, scroll, at)
    VALUES ((SELECT id FROM person WHERE uid = ?), ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET caret = excluded.caret, scroll = excluded.scroll, at = excluded.at
"""
_GET = "SELECT caret, scroll FROM place WHERE person_id = (SELECT id FROM person WHERE uid = ?) AND report_id = ?"
_PUT_PASS = """
    INSERT INTO place (person_id, report_id, {column}, at) VALUES ((SELECT id FROM person WHERE uid = ?), ?, ?, ?)
    ON CONFLICT DO UPDATE SET {column} = excluded.{column}
"""
_GET_PASS = """
    SELECT {column} FROM place WHERE person_id = (SELECT id FROM person WHERE uid = ?) AND report_id = ?
"""
#: The column of each pass.
_PASSES = {"clauses": "clause_pass", "numbers": "number_pass"}
_LAST = """
    SELECT p.report_id FROM place p JOIN report r ON r.id = p.report_id AND r.removed = 0
    WHERE p.person_id = (SELECT id FROM person WHERE uid = ?) ORDER BY p.at DESC LIMIT 1
"""


class Places:
    """The table place."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def get(self, person_uid: str, report_id: int) -> Place | None:
        """Where the person was in this report, None where they never were."""
        row = self._conn.execute(_GET, (person_uid, report_id)).fetchone()
        return Place(*row) if row else None

    def put(self, person_uid: str, report_id: int, place: Place) -> None:
        """Keep where the person is; also makes this the report they were in last."""
        with self._store.transaction():
            self._conn.execute(_PUT, (person_uid, report_id, place.caret, place.scroll, now()))

    def get_pass(self, person_uid: str, report_id: int, kind: str) -> int | None:
        """Where the person left a pass ("clauses" or "numbers") in this report, in code points; None for none yet."""
        row = self._conn.execute(_GET_PASS.format(column=_PASSES[kind]), (person_uid, report_id)).fetchone()
        return row[0] if row else None

    def put_pass(self, person_uid: str, report_id: int, kind: str, offset: int) -> None:
        """Keep where the person left a pass; caret and scroll stay as they are."""
        with self._store.transaction():
            self._conn.execute(_PUT_PASS.format(column=_PASSES[kind]), (person_uid, report_id, offset, now()))

    def last(self, person_uid: str) -> int | None:
        """The report the person was in last."""
        row = self._conn.execute(_LAST, (person_uid,)).fetchone()
        return int(row[0]) if row else None
