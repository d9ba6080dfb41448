"""Suggestions: what was decided about them, the proposals kept for each report, what sources learned, who works blind.

Decisions are steps: changes of the noun `suggestion`. Everything else here is no step and can be made anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.packed_proposals import Packed
from annotator.domain.suggestion import Proposal, Suggestion, SuggestionState
from annotator.storage import stored_json

if TYPE_CHECKING:
    from annotator.storage.store import Store

_DECIDED = """
    SELECT s.uid, s.start, s."end", l.name, s.source, s.score, s.reason, s.attributes, s.state, p.uid, s.decided,
           s.span_uid, s.text_version
    FROM suggestion s JOIN label l ON l.id = s.label_id LEFT JOIN person p ON p.id = s.person_id
    WHERE s.report_id = ? AND p.uid = ? ORDER BY s.start, s."end" DESC, s.uid
"""
_KEPT = "SELECT text_version, made_with, n, doubt, proposals FROM proposed WHERE report_id = ?"
_KEEP = """
    INSERT INTO proposed (report_id, text_version, made_with, n, doubt, proposals) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (report_id) DO UPDATE SET text_version = excluded.text_version, made_with = excluded.made_with,
        n = excluded.n, doubt = excluded.doubt, proposals = excluded.proposals
"""
#: What people made of suggestions, by what stands there now: a span that was taken away since, or has another label, was
#: not right; of one that nobody has looked at nobody knows. One that its annotator is not sure of says nothing, nor does
#: one of a set that was set aside.
_OUTCOMES = """
    SELECT s.source, l.name,
        CASE WHEN s.state = 'rejected' OR g.uid IS NULL THEN 'rejected'
            WHEN g.certain = 0 OR a.removed = 1 THEN 'unsure'
            WHEN g.label_id <> s.label_id THEN 'rejected'
            WHEN instr(coalesce(g.proposed, ''), '"*"') > 0 THEN 'open' ELSE 'accepted' END,
        count(*)
    FROM suggestion s JOIN label l ON l.id = s.label_id JOIN report r ON r.id = s.report_id AND r.removed = 0
    LEFT JOIN span g ON g.report_id = s.report_id AND g.uid = s.span_uid
    LEFT JOIN annotation_set a ON a.report_id = g.report_id AND a.id = g.set_id
    WHERE s.state <> 'open' GROUP BY 1, 2, 3
"""
#: Whether nothing switches suggestions off for report r (details d) and person p.
_SEEING = """NOT EXISTS (SELECT 1 FROM blind b WHERE (b.what = 'report' AND b.uid = r.uid)
        OR (b.what = 'person' AND b.uid = p.uid)
        OR (b.what = 'part' AND b.uid = CAST(json_extract(d.meta, '$.part') AS TEXT)))"""
_REFUSED = f"""
    SELECT substr(t.text, s.start + 1, s."end" - s.start), l.name, count(*)
    FROM suggestion s JOIN label l ON l.id = s.label_id
    JOIN report_text t ON t.report_id = s.report_id AND t.version = s.text_version
    JOIN report r ON r.id = s.report_id AND r.removed = 0 JOIN report_detail d ON d.report_id = r.id
    LEFT JOIN person p ON p.id = s.person_id
    LEFT JOIN annotation_set a ON a.report_id = s.report_id AND a.person_id = s.person_id AND a.removed = 0
    WHERE s.state = 'rejected' AND json_extract(a.extra, '$.blind') IS NOT 1 AND {_SEEING} GROUP BY 1, 2
"""


#: The spans of people, those they are sure of, in the reports in which they decided about suggestions.
_MADE = """
    SELECT l.name, count(*) FROM annotation_set a JOIN span s ON s.report_id = a.report_id AND s.set_id = a.id
    JOIN label l ON l.id = s.label_id JOIN report r ON r.id = a.report_id AND r.removed = 0
    WHERE a.removed = 0 AND s.certain = 1 AND instr(coalesce(s.proposed, ''), '"*"') = 0 AND EXISTS (
        SELECT 1 FROM suggestion g WHERE g.report_id = a.report_id AND g.person_id = a.person_id AND g.state <> 'open'
    )
    GROUP BY l.name
"""
#: Sets that people are through with, the newest report first, of each the gold first: what may be learned from.
_FINISHED = f"""
    SELECT report_id, uid, coalesce((SELECT sum(n) FROM set_count WHERE set_id = found.id), 0) FROM (
        SELECT a.report_id, a.uid, a.id, a.gold
        FROM annotation_set a JOIN report r ON r.id = a.report_id AND r.removed = 0
        JOIN report_detail d ON d.report_id = r.id JOIN person p ON p.id = a.person_id
        WHERE a.removed = 0 AND (a.gold = 1 OR a.status = 'done') AND json_extract(a.extra, '$.blind') IS NOT 1
        AND {_SEEING} AND (? IS NULL OR a.uid IN (SELECT value FROM json_each(?)))
        ORDER BY a.report_id DESC, a.gold DESC, a.id LIMIT ?
    ) found ORDER BY report_id DESC, gold DESC, id
"""


class Kept(NamedTuple):
    """The proposals kept for a report, and what they rest on."""

    text_version: int
    made_with: str
    packed: Packed

    @property
    def proposals(self) -> list[Proposal]:
        """All of them; of a long report that takes a while."""
        return self.packed.read()


class Learned(NamedTuple):
    """What a source learned, from how many reports, with what it notes about itself."""

    source: str
    made: str
    reports: int
    notes: dict[str, Any]
    data: bytes


class Suggestions:
    """The tables suggestion, proposed, learned and blind."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    # ---- decisions ------------------------------------------------------------------------------

    def decided(self, report_id: int, person_uid: str) -> list[Suggestion]:
        """What a person decided about suggestions of a report, in text order."""
        return [_suggestion(row) for row in self._conn.execute(_DECIDED, (report_id, person_uid))]

    def outcomes(self) -> dict[tuple[str, str], dict[str, int]]:
        """How many suggestions of each source and label people accepted and rejected; open: nobody looked at the span;
        unsure: it speaks neither for nor against.
        """
        found: dict[tuple[str, str], dict[str, int]] = {}
        for source, label, state, n in self._conn.execute(_OUTCOMES):
            counts = found.setdefault((source, label), dict.fromkeys((s.value for s in SuggestionState), 0))
            counts[state] = n
        return found

    def made_where_decided(self) -> dict[str, int]:
        """By label, how many spans people have, and looked at, in the reports in which they decided about suggestions."""
        return dict(self._conn.execute(_MADE).fetchall())

    def refused_words(self) -> list[tuple[str, str, int]]:
        """The words that were refused, with their label and how often."""
        return list(self._conn.execute(_REFUSED))

    # ---- proposals kept -------------------------------------------------------------------------

    def kept(self, report_id: int) -> Kept | None:
        """The proposals kept for a report, as they were packed; None where there are none."""
        row = self._conn.execute(_KEPT, (report_id,)).fetchone()
        return None if row is None else Kept(row[0], row[1], Packed(*row[2:]))

    def made_with(self, report_id: int) -> tuple[int, str] | None:
        """The text version and what the proposals kept for a report rest on, without reading them."""
        found: tuple[int, str] | None = self._conn.execute(
            "SELECT text_version, made_with FROM proposed WHERE report_id = ?", (report_id,)
        ).fetchone()
        return found

    def keep(self, report_id: int, text_version: int, made_with: str, packed: Packed) -> None:
        """Keep the proposals for a report in place of earlier ones; inside a transaction or as one of its own."""
        with self._store.transaction():
            self._conn.execute(_KEEP, (report_id, text_version, made_with, *packed))

    # ---- what was learned -------------------------------------------------------------------------

    def learned(self, source: str) -> Learned | None:
        """What a source learned in this project."""
        row = self._conn.execute(
            "SELECT source, made, reports, notes, data FROM learned WHERE source = ?", (source,)
        ).fetchone()
        if row is None:
            return None
        source, made, reports, notes, data = row
        return Learned(source, made, reports, json.loads(notes), data)

    def learn(self, learned: Learned) -> None:
        """Keep what a source learned, in place of what it had learned before."""
        with self._store.transaction():
            self._conn.execute(
                "INSERT OR REPLACE INTO learned (source, made, reports, notes, data) VALUES (?, ?, ?, ?, ?)",
                (*learned[:3], json.dumps(learned.notes, ensure_ascii=False), learned.data),
            )

    def learned_about(self, source: str) -> Learned | None:
        """The same without what it learned itself, which may be large: `data` is empty."""
        row = self._conn.execute("SELECT made, reports, notes FROM learned WHERE source = ?", (source,)).fetchone()
        return None if row is None else Learned(source, row[0], row[1], json.loads(row[2]), b"")

    def forget(self, source: str) -> None:
        """Forget what a source learned."""
        with self._store.transaction():
            self._conn.execute("DELETE FROM learned WHERE source = ?", (source,))

    def finished(self, limit: int = 1000, uids: Sequence[str] | None = None) -> list[tuple[int, str, int]]:
        """Report, set (by uid) and number of spans of the sets that are done or gold, newest first; `uids`: of these.

        Nothing that is annotated blind is among them, be it the set, its report, its person or its part of the project.
        """
        wanted = None if uids is None else json.dumps(list(uids))
        return list(self._conn.execute(_FINISHED, (wanted, wanted, limit)))

    # ---- blind ------------------------------------------------------------------------------------

    def blind(self) -> set[tuple[str, str]]:
        """What works without suggestions: pairs of "report", "person" or "part" and its uid or name."""
        return set(self._conn.execute("SELECT what, uid FROM blind"))

    def set_blind(self, what: str, uid: str, on: bool) -> None:
        """Switch suggestions off (`on`) or back on for a report, a person or a part."""
        sql = (
            "INSERT OR IGNORE INTO blind (what, uid) VALUES (?, ?)"
            if on
            else "DELETE FROM blind WHERE what = ? AND uid = ?"
        )
        with self._store.transaction():
            self._conn.execute(sql, (what, uid))


def _suggestion(row: Sequence[Any]) -> Suggestion:
    uid, start, end, label, source, score, reason, attributes, state, person, decided, span, version = row
    return Suggestion(
        uid, start, end, label, source, score or 0.0, _wording(reason), stored_json.load_object(attributes), state,
        person, decided, span, version,
    )  # fmt: skip


def _wording(reason: str) -> Wording:
    """The reason as a column holds it: a message with its parameters as JSON, or plain words."""
    if not reason.startswith("["):
        return Wording(reason)
    message, params = json.loads(reason)
    return Wording(message, params)
