"""Counters: written in the transaction of what they count, so that nothing ever scans spans to know a number.

`set_count` counts a set's own spans by label; what a set or a report has in all is summed up when asked. `total` counts
over live sets of live reports. Rows that reach zero go, so that taking an edit back leaves what was there. Each row more
that a save must change is a page more that it must bring to the disk.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

_ADD_SET = "INSERT INTO set_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
_TAKE_SET = "UPDATE set_count SET n = n - ? WHERE set_id = ? AND label_id = ?"
_ADD_TOTAL = "INSERT INTO total VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
_TAKE_TOTAL = "UPDATE total SET n = n - ? WHERE what = ? AND person_id = ? AND key = ?"

TotalKey = tuple[str, int, str]

#: A live set's share in the totals, for the reports of one JSON list of ids.
_SHARES = """
    SELECT 'label', a.person_id, l.uid, sum(c.n) FROM report r
    JOIN annotation_set a ON a.report_id = r.id AND a.removed = 0
    JOIN set_count c ON c.set_id = a.id JOIN label l ON l.id = c.label_id
    WHERE r.removed = 0 AND r.id IN (SELECT value FROM json_each(:ids)) GROUP BY a.person_id, l.uid
    UNION ALL
    SELECT 'status', a.person_id, a.status, count(*) FROM report r
    JOIN annotation_set a ON a.report_id = r.id AND a.removed = 0
    WHERE r.removed = 0 AND r.id IN (SELECT value FROM json_each(:ids)) GROUP BY a.person_id, a.status
    UNION ALL
    SELECT 'reports', 0, '', count(*) FROM report r
    WHERE r.removed = 0 AND r.id IN (SELECT value FROM json_each(:ids))
    UNION ALL
    SELECT 'characters', 0, '', coalesce(sum(characters), 0) FROM report r
    WHERE r.removed = 0 AND r.id IN (SELECT value FROM json_each(:ids))
"""


class Counters:
    """What a transaction changes in the counters: gathered first, written by `flush`."""

    def __init__(self, conn: sqlite3.Connection, label_uids: dict[int, str], person_of: Callable[[int], int]) -> None:
        """`label_uids` by row id; `person_of` tells the row id of a set's person."""
        self._conn = conn
        self._person_of = person_of
        self.label_uids = label_uids
        self._spans: dict[tuple[int, int], int] = {}
        self._totals: dict[TotalKey, int] = {}

    def span(self, set_id: int, label_id: int, n: int) -> None:
        """`n` spans more (or fewer) of a label in a set."""
        self._spans[set_id, label_id] = self._spans.get((set_id, label_id), 0) + n

    def status(self, person_id: int, status: str, n: int) -> None:
        """`n` sets of a person more (or fewer) with a status."""
        self._total(("status", person_id, status), n)

    def _total(self, key: TotalKey, n: int) -> None:
        self._totals[key] = self._totals.get(key, 0) + n

    def flush(self) -> None:
        """Write what was gathered."""
        for (set_id, label_id), n in self._spans.items():
            self._change_set(set_id, label_id, n)
            self._total(("label", self._person_of(set_id), self.label_uids[label_id]), n)
        self._spans.clear()
        change_totals(self._conn, self._totals)
        self._totals.clear()

    def _change_set(self, set_id: int, label_id: int, n: int) -> None:
        if n > 0:
            self._conn.execute(_ADD_SET, (set_id, label_id, n))
        elif n < 0:
            self._conn.execute(_TAKE_SET, (-n, set_id, label_id))
            self._conn.execute("DELETE FROM set_count WHERE set_id = ? AND label_id = ? AND n = 0", (set_id, label_id))


def change_totals(conn: sqlite3.Connection, totals: Mapping[TotalKey, int]) -> None:
    """Add `totals` (which may be negative) to the table total."""
    for (what, person_id, key), n in totals.items():
        if n > 0:
            conn.execute(_ADD_TOTAL, (what, person_id, key, n))
        elif n < 0:
            conn.execute(_TAKE_TOTAL, (-n, what, person_id, key))
            conn.execute(
                "DELETE FROM total WHERE what = ? AND person_id = ? AND key = ? AND n = 0", (what, person_id, key)
            )


def shares(conn: sqlite3.Connection, report_ids: Sequence[int]) -> Counter[TotalKey]:
    """What these reports and their sets add to the totals as they stand now."""
    found: Counter[TotalKey] = Counter()
    for what, person_id, key, n in conn.execute(_SHARES, {"ids": _list(report_ids)}):
        found[what, person_id, key] += n
    return found


def recount(conn: sqlite3.Connection, report_ids: Sequence[int], before: Counter[TotalKey]) -> None:
    """Set right the totals after reports or sets came or went; `before`: their shares before."""
    after = shares(conn, report_ids)
    after.subtract(before)
    change_totals(conn, after)


def _list(ids: Sequence[int]) -> str:
    return "[" + ",".join(map(str, ids)) + "]"
