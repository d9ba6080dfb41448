"""Relations of a line of JSON Lines: each joins two spans of one annotator, named by the ids in the file."""

from __future__ import annotations

from typing import Any

from annotator.domain.errors import InputError
from annotator.domain.report import AnnotationSet
from annotator.domain.span import Relation, new_uid
from annotator.formats.jsonl_ids import further, given_id, is_id, is_uid
from annotator.messages import N_

KEYS = frozenset({"id", "head", "child", "label", "annotator", "note"})

#: The uids of spans by the ids in the file, by annotator.
_Spans = dict[str, dict[str | int, str]]


def read(rows: list[Any], sets: dict[str, AnnotationSet]) -> None:
    """Put the relations of a line into the sets (by annotator) they belong to. Raises InputError."""
    if not rows:
        return
    spans: _Spans = {name: {given_id(s): s.uid for s in found.spans} for name, found in sets.items()}
    uids: set[str] = set()
    seen: set[tuple[str, str | int]] = set()
    for number, row in enumerate(rows, 1):
        annotator, relation = _relation(row, spans, uids, number)
        given = row.get("id")
        if given is not None:
            if (annotator, given) in seen:
                raise InputError(_NO_ID, number=number)
            seen.add((annotator, given))
        uids.add(relation.uid)
        sets[annotator].relations.append(relation)


def _relation(row: Any, spans: _Spans, taken: set[str], number: int) -> tuple[str, Relation]:
    """One relation and whose it is."""
    if not isinstance(row, dict):
        raise InputError(N_("“relations” must hold objects."))
    label, note, given = row.get("label"), row.get("note") or "", row.get("id")
    if not isinstance(label, str) or not label or not isinstance(note, str):
        raise InputError(N_("The label of relation {number} must be a name."), number=number)
    if given is not None and not is_id(given):
        raise InputError(_NO_ID, number=number)
    annotator, head, child = _ends(row, spans, number)
    own = isinstance(given, str) and is_uid(given) is not None and given not in taken
    uid = str(given) if own else new_uid()
    return annotator, Relation(uid, head, child, label, note, None if own else given, further(row, KEYS))


def _ends(row: dict[str, Any], spans: _Spans, number: int) -> tuple[str, str, str]:
    """The annotator of a relation and the uids of its spans; without a name, whoever has both."""
    head, child = row.get("head"), row.get("child")
    if not is_id(head) or not is_id(child):
        raise InputError(N_("Relation {number} lacks “head” or “child”."), number=number)
    named = row.get("annotator")
    for name, uids in spans.items():
        if (not named or name == named) and head != child and head in uids and child in uids:
            return name, uids[head], uids[child]
    raise InputError(N_("Relation {number} does not link two spans of one annotator."), number=number)


_NO_ID = N_("The id of relation {number} must be a string or number of its own.")
