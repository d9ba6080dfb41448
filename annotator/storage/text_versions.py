"""The versions of a report's text: which there are, how each was made, and the way from one to another.

Versions form a tree: each but the first was made from another by an edit; an undo goes back, and what is edited then
grows from there.
"""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from annotator.domain.text_edit import TextEdit
from annotator.storage import stored_json

_CHAIN = """
    WITH RECURSIVE chain (version) AS (
        SELECT text_version FROM report WHERE id = :report
        UNION ALL SELECT e.base FROM text_edit e JOIN chain c ON e.version = c.version WHERE e.report_id = :report
    )
"""
_KNOWN = f"""
    SELECT e.report_id, e.base FROM text_edit e JOIN report r ON r.id = e.report_id AND r.removed = 0
    WHERE e.base_hash = :hash AND e.version IN ({_CHAIN.replace(":report", "e.report_id")} SELECT version FROM chain)
    ORDER BY e.report_id LIMIT 1
"""


class TextVersion(NamedTuple):
    """One version of a report's text; `base` is the version it was made from, None for the one that was imported."""

    version: int
    base: int | None
    characters: int


class Leg(NamedTuple):
    """One edit on the way from one version to another, and the text after it."""

    edit: TextEdit
    text: str


def current(conn: sqlite3.Connection, report_id: int) -> int:
    """The version that offsets of the report count in now."""
    return int(conn.execute("SELECT text_version FROM report WHERE id = ?", (report_id,)).fetchone()[0])


def text(conn: sqlite3.Connection, report_id: int, version: int) -> str:
    """The text in one version."""
    row = conn.execute("SELECT text FROM report_text WHERE report_id = ? AND version = ?", (report_id, version))
    return str(row.fetchone()[0])


def listed(conn: sqlite3.Connection, report_id: int) -> list[TextVersion]:
    """All versions of a report's text, the oldest first."""
    rows = conn.execute(
        "SELECT t.version, e.base, length(t.text) FROM report_text t "
        "LEFT JOIN text_edit e ON e.report_id = t.report_id AND e.version = t.version "
        "WHERE t.report_id = ? ORDER BY t.version",
        (report_id,),
    )
    return [TextVersion(*row) for row in rows]


def add(
    conn: sqlite3.Connection,
    report_id: int,
    base: int,
    base_hash: str,
    edit: TextEdit,
    new: str,
    original: bytes | None,
) -> int:
    """Keep a new text, made from version `base`; returns its version. The report does not have it yet."""
    (last,) = conn.execute("SELECT max(version) FROM report_text WHERE report_id = ?", (report_id,)).fetchone()
    version = int(last) + 1
    conn.execute(
        "INSERT INTO report_text (report_id, version, text, original) VALUES (?, ?, ?, ?)",
        (report_id, version, new, original),
    )
    conn.execute(
        "INSERT INTO text_edit (report_id, version, base, edit, base_hash) VALUES (?, ?, ?, ?, ?)",
        (report_id, version, base, stored_json.dump([list(r) for r in edit.replacements]), base_hash),
    )
    return version


def edited(conn: sqlite3.Connection, report_id: int) -> bool:
    """Whether the text of the report has ever been another."""
    return conn.execute("SELECT 1 FROM text_step WHERE report_id = ? LIMIT 1", (report_id,)).fetchone() is not None


def at_step(conn: sqlite3.Connection, report_id: int, step_id: int, *, before: bool = False) -> int:
    """The version the report had right after a step, or right before it."""
    row = conn.execute(
        f"SELECT version FROM text_step WHERE report_id = ? AND step_id {'<' if before else '<='} ? "
        "ORDER BY step_id DESC LIMIT 1",
        (report_id, step_id),
    ).fetchone()
    if row is None:
        row = conn.execute("SELECT min(version) FROM report_text WHERE report_id = ?", (report_id,)).fetchone()
    return int(row[0])


def known(conn: sqlite3.Connection, digest: str) -> tuple[int, int] | None:
    """The report (row id) whose text was once the one with this SHA-256, and the version it was then."""
    row = conn.execute(_KNOWN, {"hash": digest}).fetchone()
    return None if row is None else (int(row[0]), int(row[1]))


def way(conn: sqlite3.Connection, report_id: int, start: int, end: int) -> list[Leg]:
    """The edits that lead from version `start` to version `end`."""
    back, forth = _line(conn, report_id, start), _line(conn, report_id, end)
    while back and forth and back[-1] == forth[-1]:
        back.pop()
        forth.pop()
    legs = []
    for _version, base, stored in back:
        older = text(conn, report_id, base)
        legs.append(Leg(_edit(stored).inverse(older), older))
    for version, _base, stored in reversed(forth):
        legs.append(Leg(_edit(stored), text(conn, report_id, version)))
    return legs


def _line(conn: sqlite3.Connection, report_id: int, version: int) -> list[tuple[int, int, str]]:
    """How a version came about, the newest edit first: version, base, edit."""
    found: list[tuple[int, int, str]] = []
    row: Any = (version,)
    while row is not None:
        row = conn.execute(
            "SELECT version, base, edit FROM text_edit WHERE report_id = ? AND version = ?", (report_id, row[0])
        ).fetchone()
        if row is not None:
            found.append(row)
            row = (row[1],)
    return found


def _edit(stored: str) -> TextEdit:
    return TextEdit(tuple(r) for r in stored_json.load_fresh(stored))
