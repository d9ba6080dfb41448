"""Counters: written in the transaction of what they count, so that nothing ever scans spans to know a number.

`set_count` and `annotation_set.spans` count a set's own spans. `report.spans` counts those of the report's live sets
(not removed). `total` counts over live sets of live reports. Rows that reach zero go, so that taking an edit back
leaves what was there.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

_ADD_SET = "INSERT INTO set_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
_TAKE_SET = "UPDATE set_count SET n = n - ? WHERE set_id = ? AND label_id = ?"
_WHOSE = "SELECT report_id, person_id FROM annotation_set WHERE id = ?"
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
_RECOUNT_REPORTS = """
    UPDATE report SET spans = (SELECT coalesce(sum(spans), 0) FROM annotation_set
                               WHERE report_id = report.id AND removed = 0)
    WHERE id IN (SELECT value FROM json_each(:ids))
"""


class Counters:
    """What a transaction changes in the counters: gathered first, written by `flush`."""

    def __init__(self, conn: sqlite3.Connection, label_uids: dict[int, str]) -> None:
        """`label_uids` by row id."""
        self._conn = conn
        self.label_uids = label_uids
        self._spans: Counter[tuple[int, int]] = Counter()
        self._totals: Counter[TotalKey] = Counter()

    def span(self, set_id: int, label_id: int, n: int) -> None:
        """`n` spans more (or fewer) of a label in a set."""
        self._spans[set_id, label_id] += n

    def status(self, person_id: int, status: str, n: int) -> None:
        """`n` sets of a person more (or fewer) with a status."""
        self._totals["status", person_id, status] += n

    def flush(self) -> None:
        """Write what was gathered."""
        by_set: dict[int, dict[int, int]] = {}
        for (set_id, label_id), n in self._spans.items():
            by_set.setdefault(set_id, {})[label_id] = n
        for set_id, by_label in by_set.items():
            report_id, person_id = self._conn.execute(_WHOSE, (set_id,)).fetchone()
            for label_id, n in by_label.items():
                self._change_set(set_id, label_id, n)
                self._totals["label", person_id, self.label_uids[label_id]] += n
            self._change_report(report_id, set_id, sum(by_label.values()))
        self._spans.clear()
        change_totals(self._conn, self._totals)
        self._totals.clear()

    def _change_set(self, set_id: int, label_id: int, n: int) -> None:
        if n > 0:
            self._conn.execute(_ADD_SET, (set_id, label_id, n))
        elif n < 0:
            self._conn.execute(_TAKE_SET, (-n, set_id, label_id))
            self._conn.execute("DELETE FROM set_count WHERE set_id = ? AND label_id = ? AND n = 0", (set_id, label_id))

    def _change_report(self, report_id: int, set_id: int, n: int) -> None:
        if n:
            self._conn.execute("UPDATE annotation_set SET spans = spans + ? WHERE id = ?", (n, set_id))
            self._conn.execute("UPDATE report SET spans = spans + ? WHERE id = ?", (n, report_id))


def change_totals(conn: sqlite3.Connection, totals: Counter[TotalKey]) -> None:
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
    """Set right `report.spans` and the totals after reports or sets came or went; `before`: their shares before."""
    conn.execute(_RECOUNT_REPORTS, {"ids": _list(report_ids)})
    after = shares(conn, report_ids)
    after.subtract(before)
    change_totals(conn, after)


def _list(ids: Sequence[int]) -> str:
    return "[" + ",".join(map(str, ids)) + "]"
