"""Carrying rows from one version of a report's text to another: where their offsets stand, and what is gone.

A row is one of a change, in the form of history or of the domain: both hold offsets alike. Only places are written here: they are no history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from annotator.domain.changes import Change, Row
from annotator.domain.errors import ConflictError
from annotator.domain.text_edit import Moved, moved_attributes, moved_words
from annotator.messages import N_
from annotator.storage import text_versions
from annotator.storage.text_versions import Leg

#: The nouns whose rows stand at offsets; those of PLACES stay where their words were when these go.
NOUNS: Final = ("span", "furniture", "suggestion", "question", "bookmark")
PLACES: Final = ("question", "bookmark")
_WORDLESS: Final = ("furniture",)
_PLACE: Final = ("caret", "scroll", "clause_pass", "number_pass")

_WORDS_GONE = N_(
    "The words it stood on are no longer in the report: its text has been edited since. "
    "Nothing was changed; take the edit of the text back first."
)


class Carried(NamedTuple):
    """A row after an edit; `touched`: its words, or those that its values quote, are others now."""

    row: Row
    touched: bool


def carry(noun: str, row: Row, legs: Sequence[Leg], version: int) -> Carried | None:
    """A row with `start` and `end` (and perhaps `attributes`) at the end of `legs`; None where its words are gone."""
    touched = False
    now = dict(row)
    for leg in legs:
        moved = _moved(noun, now["start"], now["end"], leg)
        if moved is None:
            return None
        now["start"], now["end"] = moved.start, moved.end
        touched |= moved.touched
        if now.get("attributes"):
            now["attributes"], names = moved_attributes(now["attributes"], leg.edit, leg.text)
            touched |= bool(names)
    now["text_version"] = version
    return Carried(now, touched)


def _moved(noun: str, start: int, end: int, leg: Leg) -> Moved | None:
    if noun in _WORDLESS:
        return leg.edit.moved(start, end)
    moved = moved_words(leg.edit, start, end, leg.text)
    if moved is None and noun in PLACES:
        place = leg.edit.place(start)
        return Moved(place, place, True)
    return moved


def carry_change(change: Change, legs: Sequence[Leg], version: int) -> Change:
    """A recorded change, made in another version of the text, as it is to be made in this one.

    Raises ConflictError where it would bring back a row whose words are gone.
    """
    if change.table not in NOUNS or not legs:
        return change
    if change.before is not None and change.after is not None:
        return change._replace(before=_partly(change.before, legs), after=_partly(change.after, legs))
    row = change.before if change.after is None else change.after
    carried = carry(change.table, row or {}, legs, version)
    if carried is None:
        if change.before is None:
            raise ConflictError(_WORDS_GONE)
        return change  # whoever compares it with what stands will find the row gone
    return change._replace(before=carried.row) if change.after is None else change._replace(after=carried.row)


def _partly(row: Row, legs: Sequence[Leg]) -> Row:
    """Some columns of a row: an edge alone goes where an edge there would."""
    now: dict[str, Any] = dict(row)
    for edit, text in legs:
        if "start" in now and "end" in now:
            moved = moved_words(edit, now["start"], now["end"], text)
            if moved is None:
                raise ConflictError(_WORDS_GONE)
            now["start"], now["end"] = moved.start, moved.end
        elif "start" in now:
            now["start"] = edit.edge(now["start"], at_end=False)
        elif "end" in now:
            now["end"] = edit.edge(now["end"], at_end=True)
        if now.get("attributes"):
            now["attributes"], _names = moved_attributes(now["attributes"], edit, text)
    return now


def is_move(change: Change) -> bool:
    """Whether a change is one row's part of a text edit: other offsets, for they count in another version."""
    if change.table not in NOUNS or change.before is None or change.after is None:
        return False
    return "text_version" in change.after


def is_turn(change: Change) -> bool:
    """Whether a change gives a report another version of its text."""
    return change.table == "report" and change.before is not None and "text_version" in (change.after or {})


def carry_places(conn: sqlite3.Connection, report_id: int, start: int, end: int) -> None:
    """Let people come back to where they were: carets and passes, from version `start` to version `end`."""
    legs = text_versions.way(conn, report_id, start, end)
    columns = ", ".join(_PLACE)
    for person, *places in conn.execute(f"SELECT person_id, {columns} FROM place WHERE report_id = ?", (report_id,)):
        now = [place if place is None else _place(place, legs) for place in places]
        sets = ", ".join(f"{name} = ?" for name in _PLACE)
        conn.execute(f"UPDATE place SET {sets} WHERE person_id = ? AND report_id = ?", (*now, person, report_id))


def _place(offset: int, legs: Sequence[Leg]) -> int:
    if offset == 0:
        return 0  # whoever was at the very top stays there
    for leg in legs:
        offset = min(leg.edit.place(offset), len(leg.text))
    return offset
