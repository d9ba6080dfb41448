"""Changes: each knows its inverse and its words.

A `Change` says what one row was and what it is to be ("set to", never "add to"); an `Edit` is one
named step of several changes, whatever its size: what undo takes back. Identifiers are made
before the first application, so that redo restores the same ids. Storage applies an edit in one
transaction and refuses it where a row is no longer what `before` says.

The builders below make the edits of the window and the command line. They read nothing: whoever
calls them hands in the rows as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from annotator.domain.bookmark import Bookmark
from annotator.domain.report import Status
from annotator.domain.schema import Label, RelationType, label_to_dict, relation_to_dict
from annotator.domain.span import Relation, Span, new_uid
from annotator.messages import N_, translate

Row = dict[str, Any]


class Change(NamedTuple):
    """One row before and after: None is "no such row"; an update names only the columns that differ.

    `table` is a noun of the project file (span, relation, furniture, annotation_set, report,
    person, label, relation_type, question, suggestion, rejected_repeat, bookmark, site_rule, dismissal);
    `report` the report's row id, None for rows of no report.
    """

    table: str
    report: int | None
    uid: str
    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return self._replace(before=self.after, after=self.before)


class Wording(NamedTuple):
    """What a step did, as a message id with its parameters; stored, and rendered when shown."""

    message: str
    params: dict[str, Any] = {}

    def text(self) -> str:
        """The words in the language of the moment; a parameter may be the words of another step, as an object."""
        return translate(self.message, **{name: _nested_words(value) for name, value in self.params.items()})


def nested(value: Any) -> Wording | None:
    """The wording that a parameter is, None where it is a plain value."""
    if isinstance(value, dict) and "message" in value:
        return Wording(str(value["message"]), value.get("params", {}))
    return None


def _nested_words(value: Any) -> Any:
    inner = nested(value)
    return value if inner is None else inner.text()


class Edit(NamedTuple):
    """One named step. `report` is the report it shows on, None for one that concerns several or none."""

    kind: str
    wording: Wording
    changes: tuple[Change, ...]
    report: int | None = None

    def inverse(self) -> tuple[Change, ...]:
        """The changes that take this edit back, in the order in which they must be applied."""
        return tuple(change.inverse() for change in reversed(self.changes))


def span_row(span: Span, set_uid: str) -> Row:
    """The row of a span in the annotation set `set_uid`."""
    row = span._asdict()
    del row["uid"]
    row["set"] = set_uid
    return row


def relation_row(relation: Relation, set_uid: str) -> Row:
    """The row of a relation in the annotation set `set_uid`."""
    row = relation._asdict()
    del row["uid"]
    row["set"] = set_uid
    return row


def label_row(label: Label, position: int) -> Row:
    """The row of a label at `position` of the label bar; its `uid` is the change's."""
    definition = label_to_dict(label)
    del definition["uid"], definition["name"], definition["key"]
    return {"name": label.name, "position": position, "key": label.key, "definition": definition}


def relation_type_row(kind: RelationType, position: int) -> Row:
    """The row of a relation type; the labels of its ends by name."""
    definition = relation_to_dict(kind)
    del definition["uid"], definition["name"]
    return {"name": kind.name, "position": position, "definition": definition}


def excerpt(text: str) -> str:
    """The beginning of a text, for the words of a step."""
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:19] + "…"


class SetRef(NamedTuple):
    """The annotation set an edit works in: its uid, its person, and its status, None where it is yet to be made."""

    uid: str
    person: str
    status: str | None


def set_changes(report: int, ref: SetRef) -> list[Change]:
    """What must happen to the set before its first edit: make it, or take it from new to in progress."""
    if ref.status is None:
        row = {"person": ref.person, "status": Status.IN_PROGRESS.value, "note": "", "gold": False, "extra": {}}
        return [Change("annotation_set", report, ref.uid, None, row)]
    if ref.status == Status.NEW:
        before, after = {"status": ref.status}, {"status": Status.IN_PROGRESS.value}
        return [Change("annotation_set", report, ref.uid, before, after)]
    return []


def add_spans(report: int, ref: SetRef, spans: Sequence[Span], text: str) -> Edit:
    """Tag: new spans; `text` is the report's, for the words."""
    changes = set_changes(report, ref)
    changes += [Change("span", report, span.uid, None, span_row(span, ref.uid)) for span in spans]
    if len(spans) == 1:
        (span,) = spans
        params = {"label": span.label, "text": excerpt(text[span.start : span.end])}
        wording = Wording(N_("Tag {label} “{text}”"), params)
    else:
        wording = Wording(N_("Tag {n} spans"), {"n": len(spans)})
    return Edit("span.add", wording, tuple(changes), report)


def add_repeats(
    groups: Sequence[tuple[int, SetRef, Sequence[Span]]], rejected: Sequence[Change], label: str, words: str
) -> Edit:
    """Tag the same words in many places: by report the set and its new spans; `rejected` are the places left out."""
    changes: list[Change] = []
    for report, ref, spans in groups:
        changes += set_changes(report, ref)
        changes += [Change("span", report, span.uid, None, span_row(span, ref.uid)) for span in spans]
    n = sum(len(spans) for _report, _ref, spans in groups)
    params = {"n": n or len(rejected), "label": label, "text": excerpt(words)}
    message = N_("Tag {n} times “{text}” as {label}") if n else N_("Leave {n} times “{text}” without {label}")
    changes += rejected
    reports = {change.report for change in changes}
    return Edit("span.repeat", Wording(message, params), tuple(changes), reports.pop() if len(reports) == 1 else None)


def reject_repeat(report: int, label: str, hash: str, person: str, at: str) -> Change:
    """Remember that a person said no to tagging one place; `hash` stands for its words and what surrounds them."""
    row = {"label": label, "hash": hash, "person": person, "at": at}
    return Change("rejected_repeat", report, new_uid(), None, row)


def delete_spans(report: int, set_uid: str, spans: Sequence[Span], relations: Iterable[Relation], text: str) -> Edit:
    """Delete spans with the relations that hang on them (`relations`: those of the set)."""
    gone = {span.uid for span in spans}
    changes = [
        Change("relation", report, r.uid, relation_row(r, set_uid), None)
        for r in relations
        if r.head in gone or r.child in gone
    ]
    changes += [Change("span", report, span.uid, span_row(span, set_uid), None) for span in spans]
    if len(spans) == 1:
        (span,) = spans
        params = {"label": span.label, "text": excerpt(text[span.start : span.end])}
        wording = Wording(N_("Delete {label} “{text}”"), params)
    else:
        wording = Wording(N_("Delete {n} spans"), {"n": len(spans)})
    return Edit("span.delete", wording, tuple(changes), report)


def _update(report: int, span: Span, **after: Any) -> Change | None:
    before = {name: getattr(span, name) for name in after}
    differing = {name for name in after if after[name] != before[name]}
    if not differing:
        return None
    return Change(
        "span",
        report,
        span.uid,
        {name: before[name] for name in before if name in differing},
        {name: after[name] for name in after if name in differing},
    )


def update_spans(report: int, kind: str, wording: Wording, updates: Iterable[tuple[Span, Row]]) -> Edit | None:
    """Set fields of spans (label, start, end, attributes, note, certain …); None where nothing differs."""
    changes = tuple(c for span, after in updates if (c := _update(report, span, **after)) is not None)
    return Edit(kind, wording, changes, report) if changes else None


def relabel_spans(
    report: int,
    spans: Sequence[Span],
    label: str,
    attributes: dict[str, dict[str, Any]],
    text: str,
    proposed: dict[str, tuple[str, ...]] | None = None,
) -> Edit | None:
    """Give spans another label; by uid, `attributes` are their values under it and `proposed` those of the program."""
    if len(spans) == 1:
        params = {"label": label, "text": excerpt(text[spans[0].start : spans[0].end])}
        wording = Wording(N_("Relabel “{text}” as {label}"), params)
    else:
        wording = Wording(N_("Relabel {n} spans as {label}"), {"n": len(spans), "label": label})
    names = proposed or {}
    updates = (
        (s, {"label": label, "attributes": attributes.get(s.uid, s.attributes), "proposed": names.get(s.uid, ())})
        for s in spans
    )
    return update_spans(report, "span.relabel", wording, updates)


def move_span(
    report: int, span: Span, start: int, end: int, text: str, attributes: dict[str, Any] | None = None
) -> Edit | None:
    """Move a span's edges; `attributes` are what it says with its new words, where that differs."""
    wording = Wording(N_("Move the edges of “{text}”"), {"text": excerpt(text[span.start : span.end])})
    after = {"start": start, "end": end, "attributes": span.attributes if attributes is None else attributes}
    return update_spans(report, "span.move", wording, [(span, after)])


def set_attribute(report: int, spans: Sequence[Span], name: str, value: Any) -> Edit | None:
    """Set attribute `name` of spans; value None takes it away (its default holds again).

    What a person has set is no longer proposed.
    """

    def after(span: Span) -> Row:
        attributes = {k: v for k, v in span.attributes.items() if k != name}
        if value is not None:
            attributes = {**span.attributes, name: value}
        return {"attributes": attributes, "proposed": tuple(n for n in span.proposed if n != name)}

    wording = Wording(N_("Set {attribute} to “{value}”"), {"attribute": name, "value": _shown(value)})
    updates = [(span, after(span)) for span in spans]
    differing = [(span, row) for span, row in updates if row["attributes"] != span.attributes]
    return update_spans(report, "span.attributes", wording, differing)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text", "")
    return "" if value is None else excerpt(str(value))


def set_note(report: int, span: Span, note: str) -> Edit | None:
    """Write a span's note."""
    return update_spans(report, "span.note", Wording(N_("Change a note")), [(span, {"note": note})])


def set_certain(report: int, spans: Sequence[Span], certain: bool) -> Edit | None:
    """Mark spans as uncertain or as certain again."""
    wording = Wording(N_("Mark as certain") if certain else N_("Mark as uncertain"))
    return update_spans(report, "span.certain", wording, ((s, {"certain": certain}) for s in spans))


def set_status(report: int, ref: SetRef, status: str) -> Edit | None:
    """Change the status of an annotation set, making the set where there is none."""
    wording = Wording(N_("Set status to {status}"), {"status": status})
    if ref.status == status:
        return None
    if ref.status is None:
        row = {"person": ref.person, "status": status, "note": "", "gold": False, "extra": {}}
        change = Change("annotation_set", report, ref.uid, None, row)
    else:
        change = Change("annotation_set", report, ref.uid, {"status": ref.status}, {"status": status})
    return Edit("set.status", wording, (change,), report)


def rename_person(uid: str, old: str, new: str) -> Edit:
    """Rename a person."""
    change = Change("person", None, uid, {"name": old}, {"name": new})
    return Edit("person.rename", Wording(N_("Rename {old} to {new}"), {"old": old, "new": new}), (change,))


def set_set_note(report: int, ref: SetRef, old: str, note: str) -> Edit | None:
    """Write the note of an annotation set: what a person has to say about the whole report."""
    if old == note:
        return None
    if ref.status is None:
        row = {"person": ref.person, "status": Status.IN_PROGRESS.value, "note": note, "gold": False, "extra": {}}
        change = Change("annotation_set", report, ref.uid, None, row)
    else:
        change = Change("annotation_set", report, ref.uid, {"note": old}, {"note": note})
    return Edit("set.note", Wording(N_("Change the note on the report")), (change,), report)


# ---- bookmarks and the report itself ------------------------------------------------------------


def set_bookmark(report: int, bookmark: Bookmark, text: str) -> Edit:
    """Mark a place; `text` is the report's, for the words."""
    row = bookmark._asdict()
    del row["uid"]
    wording = Wording(N_("Bookmark “{text}”"), {"text": excerpt(text[bookmark.start : bookmark.start + 40])})
    return Edit("bookmark.set", wording, (Change("bookmark", report, bookmark.uid, None, row),), report)


def remove_bookmark(report: int, bookmark: Bookmark, text: str) -> Edit:
    """Take a mark away."""
    row = bookmark._asdict()
    del row["uid"]
    wording = Wording(N_("Remove the bookmark “{text}”"), {"text": excerpt(text[bookmark.start : bookmark.start + 40])})
    return Edit("bookmark.remove", wording, (Change("bookmark", report, bookmark.uid, row, None),), report)


def describe_report(report: int, uid: str, field: str, before: Row, after: Row) -> Edit:
    """Correct what is known about a report: its title, place or year; `before` and `after` are its columns and meta."""
    wording = Wording(
        N_("Change the {field} of the report to “{value}”"), {"field": field, "value": _shown(after[field])}
    )
    return Edit("report.describe", wording, (Change("report", report, uid, before, after),), report)
