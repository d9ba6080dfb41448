"""Project-wide figures, from counters alone: the same cost with 100 reports and with 100,000."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from annotator.domain.report import Status
from annotator.storage import records

if TYPE_CHECKING:
    from annotator.storage.store import Store

_KEYED = """
    SELECT key, sum(n) FROM total
    WHERE what = :what AND (:person IS NULL OR person_id = (SELECT id FROM person WHERE uid = :person))
    GROUP BY key
"""


class TotalCounts:
    """The table total."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def stats(self, person_uid: str | None = None) -> records.Totals:
        """Figures of the project; spans and statuses of one person where given, else of everybody's sets.

        Every label and every status is named, also with 0. For one person, reports without a set count as new; for
        everybody, statuses count sets, and a report on which nobody has one is in none of them.
        """
        reports, characters = self._single("reports"), self._single("characters")
        return records.Totals(reports, characters, self._labels(person_uid), self._statuses(person_uid, reports))

    def reports(self) -> int:
        """How many reports the project shows."""
        return self._single("reports")

    def _labels(self, person_uid: str | None) -> dict[str, int]:
        found = dict(self._conn.execute(_KEYED, {"what": "label", "person": person_uid}))
        names = self._store.labels.labels
        return {name: found.get(names.uid_by_id[row], 0) for row, name in names.name_by_id.items()}

    def _statuses(self, person_uid: str | None, reports: int) -> dict[str, int]:
        found = dict(self._conn.execute(_KEYED, {"what": "status", "person": person_uid}))
        counts = {status.value: found.get(status.value, 0) for status in Status}
        if person_uid is not None:
            counts[Status.NEW.value] += reports - sum(found.values())
        return counts

    def _single(self, what: str) -> int:
        row = self._conn.execute(
            "SELECT n FROM total WHERE what = ? AND person_id = 0 AND key = ''", (what,)
        ).fetchone()
        return int(row[0]) if row else 0
