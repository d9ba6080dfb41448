"""Findings that people put aside: those of a report, and those of all reports. Putting aside is a step like any other."""

from __future__ import annotations

import sqlite3

from annotator.domain.dismissal import Dismissal

_OF_REPORT = """
    SELECT d.uid, d.kind, d.words, d.note, p.uid, d.at FROM dismissal d JOIN person p ON p.id = d.person_id
    WHERE d.report_id = ? ORDER BY d.at, d.uid
"""
_OF_PROJECT = """
    SELECT r.uid, d.uid, d.kind, d.words, d.note, p.name, d.at FROM dismissal d
    JOIN person p ON p.id = d.person_id JOIN report r ON r.id = d.report_id AND r.removed = 0
    ORDER BY d.report_id, d.at, d.uid
"""


class Dismissals:
    """The table dismissal."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def of_report(self, report_id: int) -> list[Dismissal]:
        """What was put aside in a report, the oldest first; people by uid."""
        return [Dismissal(*row) for row in self._conn.execute(_OF_REPORT, (report_id,))]

    def of_project(self) -> dict[str, list[Dismissal]]:
        """The same of all reports, by the report's uid; people by name."""
        found: dict[str, list[Dismissal]] = {}
        for report, *row in self._conn.execute(_OF_PROJECT):
            found.setdefault(report, []).append(Dismissal(*row))
        return found
