"""What a person's way through the reports leaves behind: time at each report, bookmarks, the order of the queue.

Time and order are no edits and leave no history; bookmarks are set and taken away as changes of the noun `bookmark`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection
from typing import TYPE_CHECKING

from annotator.domain.bookmark import Bookmark
from annotator.storage.records import DOUBT, FEWEST, GAIN, RANDOM, BookmarkRow, Queue

if TYPE_CHECKING:
    from annotator.storage.store import Store


_PERSON = "(SELECT id FROM person WHERE uid = ?)"
_ADD_WORK = f"""
    INSERT INTO work (person_id, report_id, seconds) VALUES ({_PERSON}, ?, ?)
    ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds
"""
_WORK_BY_PERSON = """
    SELECT p.name, sum(w.seconds) FROM work w JOIN person p ON p.id = w.person_id
    JOIN report r ON r.id = w.report_id AND r.removed = 0
    WHERE :report IS NULL OR w.report_id = :report GROUP BY w.person_id ORDER BY p.id
"""
_BOOKMARKS = f"""
    SELECT b.report_id, r.title, substr(t.text, b.start + 1, 40), b.uid, b.start, b."end", b.at, b.text_version
    FROM bookmark b JOIN report r ON r.id = b.report_id AND r.removed = 0
    JOIN report_text t ON t.report_id = r.id AND t.version = b.text_version
    WHERE b.person_id = {_PERSON} ORDER BY b.report_id, b.start, b.uid
"""
_OF_REPORT = f"""
    SELECT uid, start, "end", at, text_version FROM bookmark WHERE report_id = ? AND person_id = {_PERSON}
    ORDER BY start, uid
"""
_PUT_QUEUE = f"""
    INSERT INTO queue (person_id, "order", seed) VALUES ({_PERSON}, ?, ?)
    ON CONFLICT DO UPDATE SET "order" = excluded."order", seed = excluded.seed
"""
_FEWEST = f"""
    SELECT r.id FROM report r LEFT JOIN annotation_set a
    ON a.report_id = r.id AND a.removed = 0 AND a.person_id = {_PERSON}
    WHERE r.removed = 0 ORDER BY coalesce((SELECT sum(n) FROM set_count WHERE set_id = a.id), 0), r.id
"""
#: Reports that nothing was proposed for yet stand last, in file order.
_BY_PROPOSALS = """
    SELECT r.id FROM report r LEFT JOIN proposed p ON p.report_id = r.id
    WHERE r.removed = 0 ORDER BY coalesce({worth}, -1) DESC, r.id
"""
_WORTH = {DOUBT: "p.doubt", GAIN: "p.doubt * p.n"}
_FINISHED = f"""
    SELECT report_id FROM annotation_set WHERE person_id = {_PERSON} AND removed = 0
    AND status IN ('done', 'skipped') AND report_id IN (SELECT value FROM json_each(?))
"""


class WorkTime:
    """The table work."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def add(self, person_uid: str, report_id: int, seconds: float) -> None:
        """Count more time of a person at a report."""
        with self._store.transaction():
            self._conn.execute(_ADD_WORK, (person_uid, report_id, seconds))

    def get(self, person_uid: str, report_id: int) -> float:
        """The seconds a person has worked at a report."""
        row = self._conn.execute(
            f"SELECT seconds FROM work WHERE person_id = {_PERSON} AND report_id = ?", (person_uid, report_id)
        ).fetchone()
        return float(row[0]) if row else 0.0

    def by_person(self, report_id: int | None = None) -> dict[str, float]:
        """Seconds by the person's name, at one report or at all that the project shows."""
        found: dict[str, float] = {}
        for name, seconds in self._conn.execute(_WORK_BY_PERSON, {"report": report_id}):
            found[name] = found.get(name, 0.0) + seconds
        return found


class Bookmarks:
    """The table bookmark."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def of_person(self, person_uid: str) -> list[BookmarkRow]:
        """A person's bookmarks in file and text order."""
        return [
            BookmarkRow(report, title, words, Bookmark(uid, start, end, person_uid, at, version))
            for report, title, words, uid, start, end, at, version in self._conn.execute(_BOOKMARKS, (person_uid,))
        ]

    def of_report(self, report_id: int, person_uid: str) -> list[Bookmark]:
        """A person's bookmarks in one report, in text order."""
        rows = self._conn.execute(_OF_REPORT, (report_id, person_uid))
        return [Bookmark(uid, start, end, person_uid, at, version) for uid, start, end, at, version in rows]


class Queues:
    """The table queue, and the reports in the order that it names."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def get(self, person_uid: str) -> Queue:
        """How a person works through the reports; in file order unless they said otherwise."""
        row = self._conn.execute(
            f'SELECT "order", seed FROM queue WHERE person_id = {_PERSON}', (person_uid,)
        ).fetchone()
        return Queue(*row) if row else Queue()

    def put(self, person_uid: str, queue: Queue) -> None:
        """Remember how a person works through the reports."""
        with self._store.transaction():
            self._conn.execute(_PUT_QUEUE, (person_uid, queue.order, queue.seed))

    def ids(self, person_uid: str, queue: Queue) -> list[int] | None:
        """All reports in this order; None for file order, which is that of their ids."""
        if queue.order == FEWEST:
            return [row[0] for row in self._conn.execute(_FEWEST, (person_uid,))]
        if queue.order in _WORTH:
            sql = _BY_PROPOSALS.format(worth=_WORTH[queue.order])
            return [row[0] for row in self._conn.execute(sql)]
        if queue.order == RANDOM:
            rows = self._conn.execute("SELECT uid, id FROM report WHERE removed = 0").fetchall()
            return [row for _lot, row in sorted((lot(queue.seed, uid), row) for uid, row in rows)]
        return None

    def finished(self, person_uid: str, ids: Collection[int]) -> set[int]:
        """Those of these reports that the person has done or skipped."""
        listed = "[" + ",".join(map(str, ids)) + "]"
        return {row[0] for row in self._conn.execute(_FINISHED, (person_uid, listed))}


def lot(seed: int, report_uid: str) -> bytes:
    """What a report draws in the random order of a seed: the same in every copy of the project, on every computer."""
    return hashlib.blake2b(f"{seed}:{report_uid}".encode(), digest_size=8).digest()
