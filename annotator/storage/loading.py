"""Reports as domain objects: one for the window, all of them for an export, in file order and in flat memory.

A chunk of reports is read with one query a table and put together by walking the sorted rows; nothing is looked up one
by one.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.domain.report import AnnotationSet, Furniture, Report
from annotator.domain.span import Relation, Span
from annotator.storage.questions import of_reports
from annotator.storage.records import ReportFilter
from annotator.storage.stored_json import load, load_fresh, load_names, load_object, load_optional

if TYPE_CHECKING:
    from annotator.storage.store import Store

#: Reports read at once by `stream`.
CHUNK = 32

_REPORTS = """
    SELECT r.id, r.uid, r.foreign_id, r.text_version, t.text, d.meta, d.extra, d.encoding, d.file_name,
           CASE WHEN :originals THEN t.original END
    FROM report r JOIN report_detail d ON d.report_id = r.id
    JOIN report_text t ON t.report_id = r.id AND t.version = r.text_version
    WHERE r.id IN ({ids}) ORDER BY r.id
"""
_FURNITURE = """
    SELECT report_id, uid, start, "end", rule, text_version FROM furniture
    WHERE report_id IN ({ids}) ORDER BY report_id, start, "end"
"""
_SETS = """
    SELECT a.report_id, a.id, a.uid, p.name, a.status, a.note, a.gold, a.extra
    FROM annotation_set a JOIN person p ON p.id = a.person_id
    WHERE a.report_id IN ({ids}) AND a.removed = 0 ORDER BY a.report_id, a.id
"""
_SPANS = """
    SELECT set_id, uid, start, "end", label_id, attributes, origin, score, note, certain, text_version, foreign_id, extra,
           proposed
    FROM span WHERE {where} ORDER BY start, "end" DESC, uid
"""
_RELATIONS = """
    SELECT set_id, uid, head, child, type_id, note, foreign_id, extra
    FROM relation WHERE {where} ORDER BY report_id, uid
"""


def stream(
    store: Store,
    conn: sqlite3.Connection,
    after: int,
    annotators: Collection[str] | None,
    originals: bool,
    filter: ReportFilter,
) -> Iterator[tuple[int, Report]]:
    """The live reports that `filter` shows and whose row id is above `after`, with their ids, in file order."""
    while True:
        ids = store.reports.ids(filter, after, CHUNK)
        if not ids:
            return
        yield from load_reports(store, conn, ids, annotators, originals)
        after = ids[-1]


def load_reports(
    store: Store, conn: sqlite3.Connection, ids: Sequence[int], annotators: Collection[str] | None, originals: bool
) -> list[tuple[int, Report]]:
    """These reports (with row ids) in file order; with the sets of the named annotators, or of all."""
    with store.reading():
        listed = ",".join(map(str, ids))
        rows = conn.execute(_REPORTS.format(ids=listed), {"originals": originals}).fetchall()
        furniture = _grouped(conn.execute(_FURNITURE.format(ids=listed)))
        questions = of_reports(conn, listed)
        sets = _sets(conn, listed, annotators)
        by_set = {set_id: made for made_sets in sets.values() for set_id, made in made_sets}
        _fill(store, conn, f"report_id IN ({listed})", by_set)
    reports = [(row[0], _report(row, furniture, sets.get(row[0], ()))) for row in rows]
    for report_id, report in reports:
        report.questions = questions.get(report_id, [])
    return reports


def _report(
    row: tuple[Any, ...], furniture: dict[int, list[tuple[Any, ...]]], sets: Sequence[tuple[int, AnnotationSet]]
) -> Report:
    report_id, uid, foreign, version, text, meta, extra, encoding, file_name, original = row
    return Report(
        uid=uid,
        text=text,
        meta=load_fresh(meta),
        furniture=[Furniture(*values) for values in furniture.get(report_id, ())],
        sets=[made for _id, made in sets],
        foreign_id=load_optional(foreign),
        extra=load_fresh(extra),
        encoding=encoding,
        file_name=file_name,
        original=None if original is None else zlib.decompress(original),
        text_version=version,
    )


def _grouped(rows: sqlite3.Cursor) -> dict[int, list[tuple[Any, ...]]]:
    """Rows without their first column, by it."""
    groups: dict[int, list[tuple[Any, ...]]] = {}
    for first, *rest in rows:
        groups.setdefault(first, []).append(tuple(rest))
    return groups


def _sets(
    conn: sqlite3.Connection, listed: str, annotators: Collection[str] | None
) -> dict[int, list[tuple[int, AnnotationSet]]]:
    found: dict[int, list[tuple[int, AnnotationSet]]] = {}
    for report_id, *row in conn.execute(_SETS.format(ids=listed)):
        if annotators is None or row[2] in annotators:
            found.setdefault(report_id, []).append((row[0], _set(row)))
    return found


def _set(row: Sequence[Any]) -> AnnotationSet:
    _id, uid, name, status, note, gold, extra = row
    return AnnotationSet(name, status, note, bool(gold), extra=load_fresh(extra), uid=uid)


def _fill(store: Store, conn: sqlite3.Connection, where: str, sets: dict[int, AnnotationSet]) -> None:
    """Put the spans and relations of `where` into the sets (by row id) they belong to."""
    targets: dict[int, Callable[[Span], None]] = {row: made.spans.append for row, made in sets.items()}
    names = store.labels.labels.name_by_id
    new = Span._make
    for (
        set_id, uid, start, end, label, attributes, origin, score, note, certain, version, foreign, extra, proposed,
    ) in conn.execute(_SPANS.format(where=where)):  # fmt: skip
        target = targets.get(set_id)
        if target is not None:
            target(
                new((
                    uid, start, end, names[label], load(attributes), origin, score, note, certain == 1, version,
                    None if foreign is None else load(foreign), _NOTHING if extra is None else load(extra),
                    () if proposed is None else load_names(proposed),
                ))
            )  # fmt: skip
    types = store.labels.relations.name_by_id
    for set_id, uid, head, child, kind, note, foreign, extra in conn.execute(_RELATIONS.format(where=where)):
        if set_id in sets:
            relation = Relation(uid, head, child, types[kind], note, load_optional(foreign), load_object(extra))
            sets[set_id].relations.append(relation)


_NOTHING: dict[str, Any] = {}


def load_set(store: Store, conn: sqlite3.Connection, report_id: int, set_id: int) -> AnnotationSet:
    """One set with its spans in reading order and its relations."""
    with store.reading():
        row = conn.execute(_SETS.format(ids=report_id).replace("ORDER", "AND a.id = ? ORDER"), (set_id,)).fetchone()
        made = _set(row[1:])
        _fill(store, conn, f"report_id = {report_id}", {set_id: made})
    return made


def counts_of(store: Store, listed: str | None) -> dict[str, int]:
    """Counts by label name from "label id:n" pairs joined by commas."""
    names = store.labels.labels.name_by_id
    pairs = (pair.split(":") for pair in listed.split(",")) if listed else ()
    return {names[int(label)]: int(n) for label, n in pairs if n != "0"}
