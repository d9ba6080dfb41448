"""The report list: which reports a filter shows, and their lines. Paged by row id, so that a page costs the same anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from annotator.domain.report import Status
from annotator.storage import facts
from annotator.storage.loading import counts_of
from annotator.storage.records import ReportFilter, ReportRow

if TYPE_CHECKING:
    from annotator.storage.store import Store

_LAST = 2**62
_WORDS = "lower(r.title || char(10) || r.place || char(10) || d.file_name || char(10) || coalesce(r.year, ''))"
_PERSON = "(SELECT id FROM person WHERE uid = ?)"
_SET_STATUS = f"(SELECT status FROM annotation_set WHERE report_id = r.id AND person_id = {_PERSON} AND removed = 0)"
_OF_STATUS = f"WHERE person_id = {_PERSON} AND status = ? AND removed = 0"
_OWN_SPAN = (
    f"EXISTS (SELECT 1 FROM annotation_set a LEFT JOIN span s ON s.report_id = a.report_id AND s.set_id = a.id "
    f"WHERE a.report_id = r.id AND a.removed = 0 AND a.person_id = {_PERSON} AND ({{what}}))"
)
_NOTED = _OWN_SPAN.format(what="a.note <> '' OR s.note <> ''")
_UNCERTAIN = _OWN_SPAN.format(what="s.certain = 0")
_ROWS = """
    SELECT r.id, r.uid, r.title, r.place, r.year, r.characters, a.status, a.uid, d.file_name,
           (SELECT group_concat(label_id || ':' || n) FROM set_count WHERE set_id = a.id),
           (SELECT sum(c.n) FROM annotation_set o JOIN set_count c ON c.set_id = o.id
            WHERE o.report_id = r.id AND o.removed = 0)
    FROM report r JOIN report_detail d ON d.report_id = r.id
    LEFT JOIN annotation_set a ON a.report_id = r.id AND a.removed = 0
                              AND a.person_id = (SELECT id FROM person WHERE uid = :person)
    WHERE r.id IN (SELECT value FROM json_each(:ids)) AND r.removed = 0
"""


def ids(conn: sqlite3.Connection, filter: ReportFilter, after: int, limit: int, until: int | None = None) -> list[int]:
    """The first `limit` ids above `after`, and not above `until`, of live reports that the filter shows."""
    where, values = _where(filter, after, _LAST if until is None else until)
    if until is not None:
        where, values = f" AND r.id <= ?{where}", [until, *values]
    detailed = filter.words.split() or facts.needs_detail(filter.facts)
    joined = " JOIN report_detail d ON d.report_id = r.id" if detailed else ""
    sql = f"SELECT r.id FROM report r{joined} WHERE r.id > ? AND r.removed = 0{where} ORDER BY r.id LIMIT ?"
    return [row[0] for row in conn.execute(sql, (after, *values, limit))]


def _where(filter: ReportFilter, after: int, until: int) -> tuple[str, list[Any]]:
    terms, values = list[str](), list[Any]()
    for word in filter.words.split():
        terms.append(f"instr({_WORDS}, lower(?)) > 0")
        values.append(word)
    if filter.status is not None:
        if filter.status == Status.NEW:  # which is also a report without a set
            terms.append(f"coalesce({_SET_STATUS}, '{Status.NEW.value}') = ?")
        else:
            terms.append(f"r.id IN (SELECT report_id FROM annotation_set {_OF_STATUS})")
        values += [filter.person, str(filter.status)]
    if filter.question is not None:
        terms.append("EXISTS (SELECT 1 FROM question WHERE report_id = r.id AND state = ?)")
        values.append(str(filter.question))
    for wanted, term in ((filter.note, _NOTED), (filter.uncertain, _UNCERTAIN)):
        if wanted:
            terms.append(term)
            values.append(filter.person)
    for wanted_fact in filter.facts:
        condition, given = facts.term(wanted_fact, after, until)
        terms.append(condition)
        values += given
    for column, value in (("year", filter.year), ("place", filter.place)):
        if value is not None:
            terms.append(f"r.{column} = ?")
            values.append(value)
    return "".join(f" AND {term}" for term in terms), values


def rows(store: Store, conn: sqlite3.Connection, ids: Sequence[int], person_uid: str) -> list[ReportRow]:
    """The lines of these reports, in their order."""
    listed = "[" + ",".join(map(str, ids)) + "]"
    found = {row[0]: row for row in conn.execute(_ROWS, {"person": person_uid, "ids": listed})}
    return [_row(store, found[report]) for report in ids if report in found]


def _row(store: Store, row: tuple[Any, ...]) -> ReportRow:
    report_id, uid, title, place, year, characters, status, set_uid, file_name, listed, all_spans = row
    counts = counts_of(store, listed)
    return ReportRow(
        report_id,
        uid,
        title,
        place,
        year,
        characters,
        status or Status.NEW.value,
        sum(counts.values()),
        all_spans or 0,
        counts,
        file_name,
        set_uid,
    )
