"""What is known about reports, value by value: the tables fact and report_fact.

They repeat `report_detail.meta`, in the same transaction; what counts as a value is `domain.facts`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator.domain.facts import values_of
from annotator.storage.records import FactFilter

if TYPE_CHECKING:
    from annotator.storage.store import Store

_KNOW = "INSERT INTO fact (field, value) VALUES (?, ?)"
_ID = "SELECT id FROM fact WHERE field = ? AND value = ?"
_ADD = "INSERT INTO report_fact VALUES (?, ?)"
_CACHED = 20_000
_TAKE = "DELETE FROM report_fact WHERE report_id = ? AND fact_id = (SELECT id FROM fact WHERE field = ? AND value = ?)"
# Each next field by the index, not all of its values.
_FIELDS = """
    WITH RECURSIVE next (field) AS (
        SELECT min(field) FROM fact
        UNION ALL SELECT (SELECT min(field) FROM fact WHERE field > next.field) FROM next WHERE next.field IS NOT NULL
    )
    SELECT field FROM next WHERE field IS NOT NULL
"""
_VALUES = """
    SELECT value, n FROM (
        SELECT f.value, (SELECT count(*) FROM report_fact rf WHERE rf.fact_id = f.id{live}) AS n FROM (
            SELECT id, value FROM fact WHERE field = ? AND instr(lower(value), lower(?)) > 0 LIMIT ?
        ) f
    ) WHERE n > 0 ORDER BY {order} LIMIT ?
"""
# Most projects have no report that was taken back: then nothing need be asked of each.
_GONE = "SELECT EXISTS (SELECT 1 FROM report WHERE removed = 1)"
_LIVE = " AND (SELECT removed FROM report WHERE id = rf.report_id) = 0"
_EVERY = 2**62
_OF_REPORTS = """
    SELECT rf.report_id, f.value FROM fact f JOIN report_fact rf ON rf.fact_id = f.id
    JOIN report r ON r.id = rf.report_id AND r.removed = 0 WHERE f.field = ? ORDER BY rf.report_id
"""
# Fields that every report has to itself, and the file's name: looked for among the reports of a slice.
_OWN = {
    "title": "r.title",
    "file_name": "d.file_name",
    **{name: f"coalesce(json_extract(d.meta, '$.{name}'), '')" for name in ("name", "url", "saved", "file_hash")},
}


class Facts:
    """Which values there are, and which reports have them."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn
        # Rows of `fact` are never deleted, so their ids hold until something is rolled back.
        self._ids: dict[tuple[str, str], int] = {}
        self._rollbacks = 0
        self._gone: tuple[tuple[int, ...], bool] = ((), False)

    def fields(self) -> list[str]:
        """The fields that some report has a value of."""
        return [field for (field,) in self._conn.execute(_FIELDS)]

    def values(
        self, field: str, containing: str = "", limit: int = 200, *, by_count: bool = True, among: int = _EVERY
    ) -> list[tuple[str, int]]:
        """The values of a field and how many reports have each: the most frequent first, or in their own order.

        Only the first `among` values that match are counted, where an answer must come while somebody types.
        """
        order = "n DESC, value" if by_count else "value"
        query = _VALUES.format(order=order, live=_LIVE if self._any_gone() else "")
        return self._conn.execute(query, (field, containing, among, limit)).fetchall()

    def of_reports(self, field: str) -> dict[int, str]:
        """By row id, the value of a field, for the reports that have one: what a split goes by."""
        return dict(self._conn.execute(_OF_REPORTS, (field,)))

    def _any_gone(self) -> bool:
        """Whether a report was taken back; asked again only after something was written, here or elsewhere."""
        written = (self._conn.total_changes, *self._conn.execute("PRAGMA data_version").fetchone())
        if written != self._gone[0]:
            self._gone = written, bool(self._conn.execute(_GONE).fetchone()[0])
        return self._gone[1]

    # ---- written with the report ---------------------------------------------------------------

    def add(self, report_id: int, meta: Mapping[str, Any]) -> None:
        """Keep what `meta` says of a new report."""
        self._add(report_id, dict(values_of(meta)).items())

    def change(self, report_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Follow a change of a report's metadata."""
        old, new = dict(values_of(before)).items(), dict(values_of(after)).items()
        self._conn.executemany(_TAKE, [(report_id, *fact) for fact in old - new])
        self._add(report_id, new - old)

    def _add(self, report_id: int, facts: Iterable[tuple[str, str]]) -> None:
        if self._rollbacks != self._store.rollbacks or len(self._ids) > _CACHED:
            self._ids.clear()
            self._rollbacks = self._store.rollbacks
        self._conn.executemany(_ADD, [(self._ids.get(fact) or self._id(fact), report_id) for fact in facts])

    def _id(self, fact: tuple[str, str]) -> int:
        row = self._conn.execute(_ID, fact).fetchone()
        found = int(row[0] if row else self._conn.execute(_KNOW, fact).lastrowid or 0)
        self._ids[fact] = found
        return found


def term(wanted: FactFilter, after: int, until: int) -> tuple[str, list[Any]]:
    """The condition on the report `r` (and on its detail `d`, where `needs_detail`) for one filter, with its values.

    Only reports above row id `after` and not above `until` are looked at, so that a slice costs what it holds.
    """
    own = _OWN.get(wanted.field)
    if own is not None:
        return _either(own, wanted)
    given = wanted._replace(values=tuple(value for value in wanted.values if value))
    terms, values = list[str](), list[Any]()
    if given.values:
        match, matched = _either("value", given)
        terms.append(_HAVING.format(negated="", match=match))
        values += [wanted.field, *matched, after, until]
    if len(given.values) < len(wanted.values):
        terms.append(_HAVING.format(negated="NOT ", match="1"))
        values += [wanted.field, after, until]
    return f"({' OR '.join(terms) or '1'})", values


_HAVING = (
    "r.id {negated}IN (SELECT report_id FROM report_fact WHERE fact_id IN "
    "(SELECT id FROM fact WHERE field = ? AND {match}) AND report_id > ? AND report_id <= ?)"
)


def _either(column: str, wanted: FactFilter) -> tuple[str, list[Any]]:
    one = f"{column} = ?" if wanted.exact else f"instr(lower({column}), lower(?)) > 0"
    return f"({' OR '.join([one] * len(wanted.values))})", list(wanted.values)


def needs_detail(filters: Sequence[FactFilter]) -> bool:
    """Whether the terms of these filters speak of `d`, the reports' details."""
    return any("d." in _OWN.get(wanted.field, "") for wanted in filters)
