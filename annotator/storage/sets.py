"""Annotation sets: what one person made of one report."""

from __future__ import annotations

import functools
import sqlite3
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import ConflictError
from annotator.domain.report import AnnotationSet
from annotator.domain.span import HAND, Relation, Span, new_uid
from annotator.messages import N_
from annotator.storage import counters, stored_json, text_versions
from annotator.storage.loading import counts_of, load_set
from annotator.storage.records import RunningStep, SetRow

if TYPE_CHECKING:
    from annotator.storage.store import Store

_ROW = """
    SELECT a.id, a.uid, p.uid, p.name, a.status, a.note, a.gold,
           (SELECT group_concat(label_id || ':' || n) FROM set_count WHERE set_id = a.id)
    FROM annotation_set a JOIN person p ON p.id = a.person_id
    WHERE a.report_id = ? AND a.removed = 0
"""
_INSERT_SET = """
    INSERT INTO annotation_set (uid, report_id, person_id, status, note, gold, extra, step_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
#: The columns of spans, beside those all spans of a set share. Most have but the plain ones to hand, and what is not
#: handed over costs nothing: the rest are the columns' defaults (Python's sqlite3 spends long on text and NULLs).
_SHARED = ("report_id", "set_id", "step_id")
_PLAIN = ("uid", "label_id", "text_version", "start", '"end"')
_USUAL = (*_PLAIN, "attributes", "origin", "note", "certain")
_RICH = (*_USUAL, "score", "foreign_id", "extra", "proposed")
#: Rows of one statement: a statement of many rows costs half of as many statements.
_AT_ONCE = (50, 10, 1)
_INSERT_RELATION = """
    INSERT INTO relation (report_id, uid, set_id, type_id, head, child, note, foreign_id, extra, step_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_MEET = """
    SELECT r.text_version, a.id, a.person_id FROM report r LEFT JOIN annotation_set a ON a.uid = ? AND a.removed = 0
    WHERE r.id = ? AND r.removed = 0
"""
_GONE_SET = N_("The annotation set is no longer there. Nothing was written.")
_HAS_SET = N_("{annotator} has an annotation set on this report already. It was not touched.")
_NO_LABEL = N_("The label {name} is not in the project's label schema. Nothing was written.")


class AnnotationSets:
    """The tables annotation_set, span and relation."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn
        self._met: dict[str, tuple[int, int]] = {}

    def of_report(self, report_id: int) -> list[SetRow]:
        """The sets of a report, in the order in which they were made."""
        return [self._row(row) for row in self._conn.execute(f"{_ROW} ORDER BY a.id", (report_id,))]

    def of_person(self, report_id: int, person_uid: str) -> SetRow | None:
        """One person's set on a report."""
        row = self._conn.execute(f"{_ROW} AND p.uid = ?", (report_id, person_uid)).fetchone()
        return None if row is None else self._row(row)

    def _row(self, row: tuple[Any, ...]) -> SetRow:
        set_id, uid, person, name, status, note, gold, listed = row
        counts = counts_of(self._store, listed)
        return SetRow(set_id, uid, person, name, status, note, bool(gold), sum(counts.values()), counts)

    def load(self, report_id: int, person_uid: str) -> AnnotationSet | None:
        """One person's set with its spans in reading order and its relations; None where there is no set."""
        row = self.of_person(report_id, person_uid)
        return None if row is None else load_set(self._store, self._conn, report_id, row.id)

    def people(self) -> tuple[list[str], bool]:
        """The names of everybody who has a set, by name; and whether any set is gold."""
        query = (
            "SELECT p.name, max(a.gold) FROM annotation_set a JOIN person p ON p.id = a.person_id "
            "JOIN report r ON r.id = a.report_id AND r.removed = 0 WHERE a.removed = 0 GROUP BY p.name ORDER BY p.name"
        )
        rows = self._conn.execute(query).fetchall()
        return [name for name, _gold in rows], any(gold for _name, gold in rows)

    def uids_taken(self, report_id: int) -> set[str]:
        """The uids of all spans and relations of a report, those of sets that were set aside included."""
        both = "SELECT uid FROM span WHERE report_id = ? UNION ALL SELECT uid FROM relation WHERE report_id = ?"
        return {uid for (uid,) in self._conn.execute(both, (report_id, report_id))}

    # ---- import --------------------------------------------------------------------------------

    def add(self, report_id: int, annotation_set: AnnotationSet, step: RunningStep) -> str:
        """Add a set that a file brought, under a running step; returns its uid.

        `annotator` is the person's name ("" for the step's person). Raises ConflictError where that person has a set.
        """
        person_id = self.person_id(annotation_set.annotator, step)
        if self._live_of(report_id, person_id) is not None:
            raise ConflictError(_HAS_SET, annotator=annotation_set.annotator)
        with self._store.transaction():
            before = counters.shares(self._conn, [report_id])
            self._in_version(report_id, annotation_set)
            uid, _counts = self.insert(report_id, annotation_set, person_id, step)
            counters.recount(self._conn, [report_id], before)
        return uid

    def replace(self, report_id: int, annotation_set: AnnotationSet, step: RunningStep) -> str:
        """Like `add`, setting aside the set that the person has: undo of the step brings it back."""
        person_id = self.person_id(annotation_set.annotator, step)
        with self._store.transaction():
            before = counters.shares(self._conn, [report_id])
            old = self._conn.execute(
                "UPDATE annotation_set SET removed = 1, replaced_by = ? "
                "WHERE report_id = ? AND person_id = ? AND removed = 0 RETURNING uid",
                (step.id, report_id, person_id),
            ).fetchall()
            self._in_version(report_id, annotation_set)
            uid, _counts = self.insert(report_id, annotation_set, person_id, step)
            self._conn.executemany("UPDATE annotation_set SET replaces = ? WHERE uid = ?", [(o, uid) for (o,) in old])
            counters.recount(self._conn, [report_id], before)
        return uid

    def _in_version(self, report_id: int, annotation_set: AnnotationSet) -> None:
        """Let offsets of a set count in the version that the report's text has: the one it was found by."""
        version = text_versions.current(self._conn, report_id)
        spans = annotation_set.spans
        if any(span.text_version != version for span in spans):
            annotation_set.spans = [span._replace(text_version=version) for span in spans]

    def insert(
        self, report_id: int, annotation_set: AnnotationSet, person_id: int, step: RunningStep
    ) -> tuple[str, Counter[int]]:
        """Write a set with its spans, relations and own counters, inside a transaction; totals are the caller's.

        Returns the set's uid and its spans by the label's row id.
        """
        uid = annotation_set.uid or new_uid()
        cursor = self._conn.execute(
            _INSERT_SET,
            (
                uid,
                report_id,
                person_id,
                str(annotation_set.status),
                annotation_set.note,
                int(annotation_set.gold),
                stored_json.dump(annotation_set.extra),
                step.id,
            ),
        )
        set_id = int(cursor.lastrowid or 0)
        counts = self._insert_spans(report_id, set_id, annotation_set.spans, step.id)
        self._insert_relations(report_id, set_id, annotation_set.relations, step.id)
        return uid, counts

    def _insert_spans(self, report_id: int, set_id: int, spans: list[Span], step_id: int) -> Counter[int]:
        """Write spans and their counts; returns the counts, by the label's row id."""
        if not spans:
            return Counter()
        try:
            shapes = _rows(spans, self._store.labels.labels.id_by_name)
        except KeyError as error:
            raise ConflictError(_NO_LABEL, name=error.args[0]) from error
        counts: Counter[int] = Counter()
        for columns, rows in shapes.items():
            self._insert_rows(columns, (report_id, set_id, step_id), rows)
            counts.update([row[1] for row in rows])
        self._conn.executemany("INSERT INTO set_count VALUES (?, ?, ?)", [(set_id, la, n) for la, n in counts.items()])
        return counts

    def _insert_rows(self, columns: tuple[str, ...], shared: tuple[int, int, int], rows: list[tuple[Any, ...]]) -> None:
        done = 0
        for size in _AT_ONCE:
            while len(rows) - done >= size:
                values = chain.from_iterable(rows[done : done + size])
                self._conn.execute(_insertion(columns, size), (*shared, *values))
                done += size

    def _insert_relations(self, report_id: int, set_id: int, relations: list[Relation], step_id: int) -> None:
        if not relations:
            return
        type_ids = self._store.labels.relations.id_by_name
        unknown = next((r.label for r in relations if r.label not in type_ids), None)
        if unknown is not None:
            raise ConflictError(_NO_LABEL, name=unknown)
        optional = stored_json.dump_optional
        self._conn.executemany(
            _INSERT_RELATION,
            [
                (report_id, r.uid, set_id, type_ids[r.label], r.head, r.child, r.note, optional(r.foreign_id),
                 optional(r.extra), step_id)
                for r in relations
            ],
        )  # fmt: skip

    def mark_seen(self, report_id: int, uids: Sequence[str]) -> None:
        """Note that somebody has looked at what was proposed for these spans. No step: looking is no edit."""
        with self._store.transaction():
            self._conn.executemany(
                "UPDATE span SET proposed = NULL WHERE report_id = ? AND uid = ? AND proposed IS NOT NULL",
                [(report_id, uid) for uid in uids],
            )

    def mark_passed(self, report_id: int, spans: Sequence[Span]) -> None:
        """Keep what is still to be looked at in each of these spans. No step either."""
        with self._store.transaction():
            self._conn.executemany(
                "UPDATE span SET proposed = ? WHERE report_id = ? AND uid = ?",
                [
                    (stored_json.dump_names(span.proposed) if span.proposed else None, report_id, span.uid)
                    for span in spans
                ],
            )

    def note_blind(self, uid: str) -> None:
        """Note on a set that it was worked on without suggestions. No step: it is how the work was done, not the work."""
        with self._store.transaction():
            self._conn.execute(
                "UPDATE annotation_set SET extra = json_set(coalesce(extra, '{}'), '$.blind', json('true'))"
                " WHERE uid = ? AND json_extract(coalesce(extra, '{}'), '$.blind') IS NOT 1",
                (uid,),
            )

    def person_id(self, annotator: str, step: RunningStep) -> int:
        """The row id of the person a file names, made where there is none; "" is the step's own person."""
        if not annotator:
            return step.person_id
        if step.rollbacks != self._store.rollbacks:
            step.people.clear()
            step.rollbacks = self._store.rollbacks
        person_id = step.people.get(annotator)
        if person_id is None:
            person_id = self._store.people.id_of(self._store.people.ensure_named(annotator).uid)
            step.people[annotator] = person_id
        return person_id

    def _live_of(self, report_id: int, person_id: int) -> str | None:
        row = self._conn.execute(
            "SELECT uid FROM annotation_set WHERE report_id = ? AND person_id = ? AND removed = 0",
            (report_id, person_id),
        ).fetchone()
        return None if row is None else str(row[0])

    # ---- row ids, for the rest of storage ------------------------------------------------------

    def meet(self, report_id: int, uid: str) -> int | None:
        """The text version of a report, None where it is gone.

        Its live set `uid`, if it has that one, is known from now on until `forget`: an edit asks for it twice more.
        """
        row = self._conn.execute(_MEET, (uid, report_id)).fetchone()
        if row is None:
            return None
        version, set_id, person_id = row
        if set_id is not None:
            self._met[uid] = (set_id, person_id)
        return int(version)

    def forget(self) -> None:
        """Look again before the next answer."""
        self._met.clear()

    def person_of(self, set_id: int) -> int:
        """The row id of the person whose set stands in row `set_id`."""
        for met, person_id in self._met.values():
            if met == set_id:
                return person_id
        return int(self._conn.execute("SELECT person_id FROM annotation_set WHERE id = ?", (set_id,)).fetchone()[0])

    def id_of(self, uid: str) -> int:
        """The row id of a live set. Raises ConflictError where there is none."""
        if uid in self._met:
            return self._met[uid][0]
        row = self._conn.execute("SELECT id FROM annotation_set WHERE uid = ? AND removed = 0", (uid,)).fetchone()
        if row is None:
            raise ConflictError(_GONE_SET)
        return int(row[0])

    def uid_of(self, id: int) -> str:
        """The uid of the set in row `id`."""
        return str(self._conn.execute("SELECT uid FROM annotation_set WHERE id = ?", (id,)).fetchone()[0])


def _rows(spans: list[Span], label_ids: dict[str, int]) -> dict[tuple[str, ...], list[tuple[Any, ...]]]:
    """The rows of spans by the columns they need. Raises KeyError for a label that is not there."""
    plain, usual, rich = list[tuple[Any, ...]](), list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    dump, optional = stored_json.dump, stored_json.dump_optional
    for uid, start, end, label, attributes, origin, score, note, certain, version, foreign_id, extra, proposed in spans:
        row: tuple[Any, ...] = (uid, label_ids[label], version, start, end)
        more = score is not None or foreign_id is not None or extra or proposed
        if not (more or attributes or note) and certain and origin == HAND:
            plain.append(row)
            continue
        row = (*row, dump(attributes) if attributes else "{}", origin, note, 1 if certain else 0)
        if more:
            rich.append((*row, score, optional(foreign_id), optional(extra), stored_json.dump_names(proposed)))
        else:
            usual.append(row)
    return {_PLAIN: plain, _USUAL: usual, _RICH: rich}


@functools.cache
def _insertion(columns: tuple[str, ...], rows: int) -> str:
    """The statement that inserts `rows` spans: the shared values first, then those of each row."""
    shared, width = ", ".join(f"?{n + 1}" for n in range(len(_SHARED))), len(columns)
    places = range(len(_SHARED) + 1, len(_SHARED) + 1 + rows * width, width)
    values = (f"({shared}, {', '.join(f'?{at + n}' for n in range(width))})" for at in places)
    return f"INSERT INTO span ({', '.join((*_SHARED, *columns))}) VALUES {', '.join(values)}"
