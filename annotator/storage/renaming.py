"""Undo and redo of a renaming: no two annotators of a project have one name, also where a name went meanwhile.

A step is taken back as it was made, but for names: what somebody else is called by now comes back with a number behind
it, and the step that did it says so. Such a name counts as the one that was meant when the steps before it follow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.changes import Change, Wording
from annotator.messages import N_
from annotator.storage.records import UNDO, Step

if TYPE_CHECKING:
    from annotator.storage.store import Store

_NUMBERED = N_("{step} – another annotator is called {name} by now: it is {now}")
#: Of the last change of a person's row: what undo or redo wrote it, and what that was meant to write.
_LAST = """
    SELECT s.kind, json_extract(meant.before, '$.name'), json_extract(meant.after, '$.name')
    FROM step s JOIN change meant ON meant.step_id = s.undoes AND meant."table" = 'person' AND meant.row_uid = :uid
    WHERE s.id = (SELECT max(step_id) FROM change WHERE "table" = 'person' AND row_uid = :uid)
"""


class Fitted(NamedTuple):
    """Changes that can be written, and the words for the step that writes them."""

    changes: list[Change]
    wording: Wording


def fitted(store: Store, conn: sqlite3.Connection, target: Step, changes: Sequence[Change]) -> Fitted:
    """The changes of an undo or redo of `target`, with names that nobody else has. Inside its transaction."""
    made, wording = [], target.wording
    for change in changes:
        if _is_renaming(change):
            meant = str((change.after or {})["name"])
            change = _renaming(store, conn, change)
            now = str((change.after or {})["name"])
            if now != meant:
                step = {"message": wording.message, "params": wording.params}
                wording = Wording(_NUMBERED, {"step": step, "name": meant, "now": now})
        made.append(change)
    return Fitted(made, wording)


def _is_renaming(change: Change) -> bool:
    return change.table == "person" and "name" in (change.before or ()) and "name" in (change.after or ())


def _renaming(store: Store, conn: sqlite3.Connection, change: Change) -> Change:
    before, after = change.before or {}, change.after or {}
    name = store.people.free_name(str(after["name"]), but=change.uid)
    return change._replace(before={**before, "name": _standing(store, conn, change)}, after={**after, "name": name})


def _standing(store: Store, conn: sqlite3.Connection, change: Change) -> str:
    """The name that the row must have: the recorded one, or what it became when that one was meant and taken."""
    expected = str((change.before or {})["name"])
    last = conn.execute(_LAST, {"uid": change.uid}).fetchone()
    person = store.people.get(change.uid)
    if last is None or person is None:
        return expected
    kind, undone, redone = last
    return person.name if (undone if kind == UNDO else redone) == expected else expected
