"""The history: steps and their changes, read and begun. Nothing in it is ever deleted.

A step is made by `Store.apply`, by an undo or redo (`undo.py`), or as a running one that spans several transactions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from annotator.domain.changes import Change, Edit, Wording
from annotator.domain.errors import ConflictError
from annotator.domain.span import new_uid
from annotator.messages import N_
from annotator.storage import stored_json
from annotator.storage.codecs import TABLES, whole
from annotator.storage.editing import Writer, to_domain
from annotator.storage.people import now
from annotator.storage.records import Head, RunningStep, Step

if TYPE_CHECKING:
    from annotator.storage.store import Store

_STEP = """
    SELECT s.id, s.uid, p.uid, p.name, s.at, s.kind, s.message, s.params, s.report_id, u.uid, s.state
    FROM step s JOIN person p ON p.id = s.person_id LEFT JOIN step u ON u.id = s.undoes
"""
_INSERT = """
    INSERT INTO step (id, uid, person_id, at, kind, message, params, report_id, undoes, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_REDOABLE = "person_id = ? AND state = 'undone' AND undoes IS NULL"
_BEGIN = f"SELECT (SELECT max(id) FROM step), EXISTS (SELECT 1 FROM step WHERE {_REDOABLE})"
_NO_STEP = N_("The history has no step {uid}. Nothing was changed.")
_LAST_NAME = """
    SELECT coalesce(json_extract(after, '$.name'), json_extract(before, '$.name')) AS name FROM change
    WHERE "table" = ? AND row_uid = ? AND name IS NOT NULL ORDER BY step_id DESC LIMIT 1
"""


class History:
    """The tables step and change."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    # ---- reading -------------------------------------------------------------------------------

    def step(self, uid: str) -> Step:
        """The step with this uid. Raises ConflictError where there is none."""
        found = self._one("WHERE s.id = ? AND s.uid = ?", (_row_of(uid), uid)) or self._one("WHERE s.uid = ?", (uid,))
        if found is None:
            raise ConflictError(_NO_STEP, uid=uid)
        return found

    def next_undo(self, person_uid: str) -> Step | None:
        """The step that undo takes back: the person's last that stands."""
        where = "WHERE s.person_id = (SELECT id FROM person WHERE uid = ?) AND s.state = 'done' AND s.undoes IS NULL"
        return self._one(f"{where} ORDER BY s.id DESC LIMIT 1", (person_uid,))

    def next_redo(self, person_uid: str) -> Step | None:
        """The step that redo brings back: the one taken back last, until a new edit closes it."""
        where = "WHERE s.person_id = (SELECT id FROM person WHERE uid = ?) AND s.state = 'undone' AND s.undoes IS NULL"
        last = "(SELECT max(t.id) FROM step t WHERE t.undoes = s.id)"
        return self._one(f"{where} ORDER BY {last} DESC LIMIT 1", (person_uid,))

    def steps(self, report_id: int | None = None, limit: int = 200, before: int | None = None) -> list[Step]:
        """The newest steps first, those older than the step with row id `before`; of one report where given.

        A step over several reports belongs to each of them.
        """
        values = {"report": report_id, "before": before, "limit": limit}
        where = "1" if report_id is None else _of_report("" if before is None else "id < :before AND")
        older = "" if before is None else "AND s.id < :before"
        return list(self._many(f"WHERE {where} {older} ORDER BY s.id DESC LIMIT :limit", values))

    def since(self, report_id: int, step_id: int, person_uid: str) -> list[Step]:
        """A person's steps on a report after the one in row `step_id`, the oldest first; undo and redo among them."""
        where = f"{_of_report('id > :after AND')} AND s.id > :after AND p.uid = :person"
        values = {"report": report_id, "after": step_id, "person": person_uid}
        return list(self._many(f"WHERE {where} ORDER BY s.id", values))

    def changes(self, step: Step) -> list[Change]:
        """The changes of a step in the order in which they were made; labels by the names they have now."""
        return [to_domain(self._store, change) for change in self.recorded(step.id)]

    def recorded(self, step_id: int) -> list[Change]:
        """The changes of a step as the file holds them: labels by uid."""
        rows = self._conn.execute(
            'SELECT "table", report_id, row_uid, before, after FROM change WHERE step_id = ? ORDER BY seq', (step_id,)
        )
        return [
            Change(
                table,
                report,
                uid,
                *whole(TABLES[table], *(text and stored_json.load_fresh(text) for text in (before, after))),
            )
            for table, report, uid, before, after in rows
        ]

    def running(self) -> list[Step]:
        """Steps that were cut off: still running, though whoever ran them is gone."""
        live = self._store.live_steps
        return [step for step in self._many("WHERE s.state = 'running' ORDER BY s.id", ()) if step.uid not in live]

    def _one(self, where: str, values: tuple[Any, ...]) -> Step | None:
        return next(self._many(where, values), None)

    def _many(self, where: str, values: tuple[Any, ...] | dict[str, Any]) -> Iterator[Step]:
        return (_step(row) for row in self._conn.execute(f"{_STEP} {where}", values).fetchall())

    # ---- names of labels that may be gone ------------------------------------------------------

    def label_name(self, uid: str) -> str:
        """The name of a label, or the last one it had."""
        return self._store.labels.labels.name_of_uid(uid) or self._last_name("label", uid)

    def relation_name(self, uid: str) -> str:
        """The name of a relation type, or the last one it had."""
        return self._store.labels.relations.name_of_uid(uid) or self._last_name("relation_type", uid)

    def _last_name(self, table: str, uid: str) -> str:
        row = self._conn.execute(_LAST_NAME, (table, uid)).fetchone()
        return str(row[0]) if row else uid

    # ---- writing -------------------------------------------------------------------------------

    def append(
        self,
        kind: str,
        wording: Wording,
        person_id: int,
        *,
        report: int | None = None,
        undoes: int | None = None,
        state: str = "done",
    ) -> tuple[int, str]:
        """Write a step inside a transaction; returns its row id and uid. What is no undo or redo ends redo."""
        step_id = self._begin(person_id, ends_redo=undoes is None)
        self._store.head = None
        uid = _uid_of(step_id)
        row = (person_id, now(), kind, wording.message, _params(wording), report, undoes, state)
        self._conn.execute(_INSERT, (step_id, uid, *row))
        return step_id, uid

    def append_edit(self, edit: Edit, person_uid: str) -> Step:
        """Write an edit, its step and its changes, inside a transaction; returns the step without reading it again."""
        person_id = self._store.people.id_of(person_uid)
        head = self._store.head
        step_id = head.step_id + 1 if head and head.person_id == person_id else self._begin(person_id, ends_redo=True)
        self._store.head = Head(step_id, person_id)
        uid = _uid_of(step_id)
        at, params = now(), _params(edit.wording)
        row = (person_id, at, edit.kind, edit.wording.message, params, edit.report, None, "done")
        self._conn.execute(_INSERT, (step_id, uid, *row))
        Writer(self._store, self._conn, step_id).write(edit.changes)
        name = self._store.people.name_of(person_uid)  # asked last: it may be what the edit changes
        return Step(
            step_id, uid, person_uid, name, at, edit.kind, edit.wording, edit.report, None, "done", edit.changes
        )

    def _begin(self, person_id: int, *, ends_redo: bool) -> int:
        """The row id of the next step. With `ends_redo`, what could be brought back is closed.

        Whether there is something is asked first: an UPDATE that finds nothing costs four times the question.
        """
        last, redoable = self._conn.execute(_BEGIN, (person_id,)).fetchone()
        if redoable and ends_redo:
            self._conn.execute(f"UPDATE step SET state = 'closed' WHERE {_REDOABLE}", (person_id,))
        return int(last or 0) + 1

    def set_state(self, step_id: int, state: str) -> None:
        """Change a step's state inside a transaction."""
        self._store.head = None
        self._conn.execute("UPDATE step SET state = ? WHERE id = ?", (state, step_id))

    def begin_bulk(self, kind: str, wording: Wording, person_uid: str, *, report: int | None = None) -> RunningStep:
        """Begin a step that spans several transactions, on one report or on many. It stays `running` until `end_bulk`."""
        with self._store.transaction():
            person_id = self._store.people.id_of(person_uid)
            step_id, uid = self.append(kind, wording, person_id, report=report, state="running")
        self._store.live_steps.add(uid)
        return RunningStep(step_id, uid, person_uid, person_id, kind)

    def size(self, step: Step) -> int:
        """How many changes a step has written down."""
        row = self._conn.execute(
            "SELECT coalesce(max(seq), -1) + 1 FROM change WHERE step_id = ?", (step.id,)
        ).fetchone()
        return int(row[0])

    def end_bulk(self, step: RunningStep, wording: Wording | None = None) -> Step:
        """End a running step; `wording` says what it came to, where that differs from how it was begun."""
        with self._store.transaction():
            if wording is not None:
                self._conn.execute(
                    "UPDATE step SET message = ?, params = ? WHERE id = ?",
                    (wording.message, stored_json.dump(wording.params), step.id),
                )
            self.set_state(step.id, "done")
        self._store.live_steps.discard(step.uid)
        return self.step(step.uid)

    def brought(self, step: RunningStep) -> tuple[int, int, int]:
        """What the project has of an import: its reports, its sets on reports that were there before, its changes."""
        reports = "SELECT count(*) FROM report WHERE step_id = ?"
        sets = """
            SELECT count(*) FROM annotation_set a JOIN report r ON r.id = a.report_id
            WHERE a.step_id = ? AND r.step_id IS NOT a.step_id
        """
        changes = "SELECT count(*) FROM change WHERE step_id = ?"
        found = [int(self._conn.execute(query, (step.id,)).fetchone()[0]) for query in (reports, sets, changes)]
        return found[0], found[1], found[2]

    def drop_bulk(self, step: RunningStep) -> None:
        """End a running step that came to nothing: it stays in the history, closed, and undo passes it by."""
        with self._store.transaction():
            self.set_state(step.id, "closed")
        self._store.live_steps.discard(step.uid)


def _of_report(bounds: str) -> str:
    """The condition for steps on the report `:report`: its own, those over several, the imports that brought it or a set.

    Imports leave no changes; what took one back or brought it again counts as well. `bounds` limits the ids
    ("id < :before AND"), so that a page costs what it shows.
    """
    imports = """
        SELECT step_id FROM report WHERE id = :report
        UNION SELECT step_id FROM annotation_set WHERE report_id = :report AND step_id IS NOT NULL
    """
    return f"""s.id IN (
        SELECT id FROM step WHERE {bounds} report_id = :report
        UNION {imports}
        UNION SELECT id FROM step WHERE undoes IN ({imports})
        UNION SELECT id FROM step t WHERE {bounds} report_id IS NULL
              AND EXISTS (SELECT 1 FROM change WHERE step_id = t.id AND report_id = :report)
    )"""


def _uid_of(step_id: int) -> str:
    """A fresh UUID (version 8): 74 random bits, then the step's row id, by which `_row_of` finds it without an index."""
    random = new_uid()
    return f"{random[:14]}8{random[15:24]}{step_id:012x}"


def _row_of(uid: str) -> int:
    """Where the step with this uid stands in the file that it was made in; 0 where it does not say so."""
    try:
        return int(uid[24:36], 16)
    except ValueError:
        return 0


def _params(wording: Wording) -> str:
    return stored_json.dump(wording.params)


def _step(row: tuple[Any, ...]) -> Step:
    step_id, uid, person, name, at, kind, message, params, report, undoes, state = row
    wording = Wording(message, stored_json.load_fresh(params))
    return Step(step_id, uid, person, name, at, kind, wording, report, undoes, state)
