"""Restoring a report to what it was after an earlier step: one step that takes back all that came after it.

It inverts, newest first, every change that one person made on one report since, undo and redo included; pairs that
cancel out are passed over. What somebody else changed meanwhile on the same rows stands in the way, as with undo.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from annotator.domain.changes import Change, Wording
from annotator.domain.errors import ConflictError
from annotator.messages import N_
from annotator.storage.editing import RowConflict, Writer
from annotator.storage.errors import STILL_RUNNING
from annotator.storage.records import REDO, RESTORE, UNDO, Step

if TYPE_CHECKING:
    from annotator.storage.store import Store

_WORDS = N_("Restore to “{step}”, {n} steps back")
_CONFLICT = N_(
    "The report cannot be restored to “{step}”: somebody else has since changed the same. "
    "Nothing was changed; choose a later step."
)
_IMPORTED = N_(
    "The report cannot be restored to “{step}”: “{import}” brought its spans since. "
    "Nothing was changed; choose a later step, or undo the import."
)
#: The steps of a way, the newest first: each with the way before it, so that earlier ways are kept for nothing.
_Way = tuple["_Way", Step] | None
_IMPORTS = """
    SELECT s.uid FROM step s WHERE s.id > :after AND s.state IN ('done', 'running') AND s.id IN (
        SELECT step_id FROM report WHERE id = :report
        UNION SELECT step_id FROM annotation_set WHERE report_id = :report AND person_id = :person
        UNION SELECT replaced_by FROM annotation_set WHERE report_id = :report AND person_id = :person
    ) ORDER BY s.id DESC LIMIT 1
"""


def restore(store: Store, conn: sqlite3.Connection, report_id: int, point: Step, person_uid: str) -> Step | None:
    """Write the step, inside a transaction; None where nothing came after `point`. Raises ConflictError."""
    steps = remaining(store, store.history.since(report_id, point.id, person_uid), point.id)
    person_id = store.people.id_of(person_uid)
    _check(store, conn, report_id, point, person_id, steps)
    taken_back = [(step, changes) for step in reversed(steps) if (changes := _inverse(store, report_id, step))]
    if not taken_back:
        return None
    wording = Wording(_WORDS, {"step": _nested(point), "n": len(steps), "to": point.uid})
    step_id, uid = store.history.append(RESTORE, wording, person_id, report=report_id)
    try:
        writer = Writer(store, conn, step_id)
        written = [
            done for step, changes in taken_back for done in store.texts.write(writer, changes, step.id, forth=False)
        ]
    except RowConflict as error:
        raise ConflictError(_CONFLICT, step=point.text()) from error
    return store.history.step(uid)._replace(changes=tuple(written))


def remaining(store: Store, steps: Iterable[Step], after: int) -> list[Step]:
    """The steps that lead from row id `after` to now without detours: `steps`, the oldest first, less what cancels out.

    An undo takes its step away again, a redo its undo; a restore leads back to where its point was.
    """
    way: _Way = None
    ids, ways = [after], [way]
    for step in steps:
        back_to = store.history.step(str(step.wording.params["to"])).id if step.kind == RESTORE else -1
        if step.undoes is not None and way is not None and _cancels(way[1], step):
            way = way[0]
        elif back_to >= after:
            way = ways[bisect_right(ids, back_to) - 1]
        else:
            way = (way, step)
        ids.append(step.id)
        ways.append(way)
    return _listed(way)


def _listed(way: _Way) -> list[Step]:
    found = []
    while way is not None:
        way, step = way
        found.append(step)
    return found[::-1]


def _cancels(earlier: Step, later: Step) -> bool:
    if earlier.undoes is None:
        return later.kind == UNDO and later.undoes == earlier.uid
    return later.undoes == earlier.undoes and {earlier.kind, later.kind} == {UNDO, REDO}


def _inverse(store: Store, report_id: int, step: Step) -> list[Change]:
    recorded = store.history.recorded(step.id)
    return [change.inverse() for change in reversed(recorded) if change.report == report_id]


def _check(
    store: Store, conn: sqlite3.Connection, report_id: int, point: Step, person_id: int, steps: list[Step]
) -> None:
    running = next((step for step in (point, *steps) if step.state == "running"), None)
    if running is not None:
        raise ConflictError(STILL_RUNNING, step=running.text())
    values = {"after": point.id, "report": report_id, "person": person_id}
    row = conn.execute(_IMPORTS, values).fetchone()
    if row is not None:
        raise ConflictError(_IMPORTED, step=point.text(), **{"import": store.history.step(row[0]).text()})


def _nested(step: Step) -> dict[str, Any]:
    """The words of a step, to stand inside those of another."""
    words = {"message": step.wording.message, "params": step.wording.params}
    if step.kind in (UNDO, REDO):
        message = N_("Undo: {step}") if step.kind == UNDO else N_("Redo: {step}")
        return {"message": message, "params": {"step": words}}
    return words
