"""Fingerprints of the reports' bodies: what finds near duplicates among any number of reports by index alone.

Keeps hashes and bands as it is given them; what they mean and whether two reports are near is not its business.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.storage.store import Store

_LIKE = """
    SELECT report_id FROM (
        SELECT report_id, 1000 AS weight FROM body WHERE hash = :hash AND hash <> ''
        UNION ALL
        SELECT report_id, 1 FROM body_band WHERE band IN (SELECT value FROM json_each(:bands))
    ) JOIN report ON id = report_id WHERE removed = 0
    GROUP BY report_id ORDER BY sum(weight) DESC, report_id LIMIT :limit
"""
_MISSING = """
    SELECT r.id FROM report r LEFT JOIN body b ON b.report_id = r.id
    WHERE r.id > :after AND r.removed = 0 AND b.text_version IS NOT r.text_version ORDER BY r.id LIMIT :limit
"""


class Bodies:
    """The tables body and body_band."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def put(self, report_id: int, text_version: int, hash: str, bands: Iterable[int]) -> None:
        """Keep a report's fingerprint, beside those of older versions of its text: an old copy is known as well."""
        with self._store.transaction():
            self._conn.execute(
                "INSERT INTO body VALUES (?, ?, ?) ON CONFLICT (report_id) "
                "DO UPDATE SET text_version = excluded.text_version, hash = excluded.hash",
                (report_id, text_version, hash),
            )
            self._conn.executemany(
                "INSERT OR IGNORE INTO body_band VALUES (?, ?)", [(band, report_id) for band in bands]
            )

    def like(self, hash: str, bands: Iterable[int], limit: int = 5) -> list[int]:
        """Reports that may have nearly this body, the likeliest first."""
        values = {"hash": hash, "bands": "[" + ",".join(map(str, bands)) + "]", "limit": limit}
        return [row for (row,) in self._conn.execute(_LIKE, values)]

    def missing(self, after: int = 0, limit: int = 500) -> list[int]:
        """Reports above row id `after` of whose text as it stands there is no fingerprint, in file order."""
        return [row for (row,) in self._conn.execute(_MISSING, {"after": after, "limit": limit})]
