"""The edits of relations; as with `domain.changes`, whoever calls hands in the rows as they are."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.changes import Change, Edit, SetRef, Wording, excerpt, relation_row, set_changes
from annotator.domain.span import Relation, Span
from annotator.messages import N_


def add_relations(report: int, ref: SetRef, relations: Sequence[Relation], spans: dict[str, Span], text: str) -> Edit:
    """Link spans of one set; `spans` by uid, for the words."""
    changes = set_changes(report, ref)
    changes += [Change("relation", report, r.uid, None, relation_row(r, ref.uid)) for r in relations]
    wording = _relation_wording(
        N_("Link “{head}” to “{child}” as {relation}"), N_("Link {n} pairs of spans"), relations, spans, text
    )
    return Edit("relation.add", wording, tuple(changes), report)


def delete_relations(
    report: int, set_uid: str, relations: Sequence[Relation], spans: dict[str, Span], text: str
) -> Edit:
    """Take links away."""
    changes = tuple(Change("relation", report, r.uid, relation_row(r, set_uid), None) for r in relations)
    wording = _relation_wording(
        N_("Take away the link {relation} from “{head}” to “{child}”"),
        N_("Take away {n} links"),
        relations,
        spans,
        text,
    )
    return Edit("relation.delete", wording, changes, report)


def set_relation_note(report: int, relation: Relation, note: str) -> Edit | None:
    """Write a relation's note."""
    if relation.note == note:
        return None
    change = Change("relation", report, relation.uid, {"note": relation.note}, {"note": note})
    return Edit("relation.note", Wording(N_("Change a note")), (change,), report)


def _relation_wording(one: str, many: str, relations: Sequence[Relation], spans: dict[str, Span], text: str) -> Wording:
    if len(relations) != 1:
        return Wording(many, {"n": len(relations)})
    (relation,) = relations
    head, child = (_words(spans, uid, text) for uid in (relation.head, relation.child))
    return Wording(one, {"head": head, "child": child, "relation": relation.label})


def _words(spans: dict[str, Span], uid: str, text: str) -> str:
    span = spans.get(uid)
    return excerpt(text[span.start : span.end]) if span else ""
