"""One edit is one transaction: it is written whole, counted and recorded, or it is refused and nothing is."""

from __future__ import annotations

import itertools
import sqlite3

import pytest

from annotator.domain.changes import (
    Change,
    Edit,
    Wording,
    delete_spans,
    label_row,
    move_span,
    relabel_spans,
    relation_row,
    relation_type_row,
    rename_person,
    set_attribute,
    set_certain,
    set_note,
    set_status,
    span_row,
)
from annotator.domain.errors import ConflictError, InputError
from annotator.domain.schema import Label, RelationType, Words
from annotator.domain.span import Relation, new_uid
from annotator.storage import Store, verify
from tests.unit.storage.building import dump, make_report, set_ref, span, spans_of, tag, tag_edit


def edit_of(*changes: Change, report: int | None = None) -> Edit:
    return Edit("test", Wording("Test"), changes, report)


@pytest.fixture
def report(bring) -> int:
    (report,) = bring(make_report())
    return report


def test_tagging_makes_the_set_the_span_the_counters_and_the_step(store: Store, report: int, zhang) -> None:
    one = span(1, 5, "INDICATOR", attributes={"value": "4500000000"}, note="记", certain=False, score=0.5, foreign_id=7)
    step = tag(store, report, zhang, one)
    assert spans_of(store, report, zhang) == [one]
    row = store.reports.row(report, zhang.uid)
    assert (row.status, row.spans, row.all_spans, row.counts) == ("in_progress", 1, 1, {"INDICATOR": 1})
    totals = store.totals.stats(zhang.uid)
    assert (totals.labels["INDICATOR"], totals.statuses["in_progress"], totals.statuses["new"]) == (1, 1, 0)
    assert [c.table for c in step.changes] == ["annotation_set", "span"]
    assert (step.person_name, step.report, step.state) == ("张三", report, "done")
    assert step.text().startswith("Tag INDICATOR “")
    assert store.history.changes(step) == list(step.changes)
    assert verify(store) == []


def test_each_kind_of_edit_and_its_inverse(store: Store, report: int, zhang) -> None:
    a, b = span(0, 8), span(2, 5, "INDICATOR")
    tag(store, report, zhang, a, b)
    own = set_ref(store, report, zhang)
    text = store.reports.text(report)
    kind = store.labels.ensure_relation("责任主体")
    relation = Relation(new_uid(), a.uid, b.uid, kind.name, note="依据", foreign_id="r1", extra={"x": 1})
    link = Change("relation", report, relation.uid, None, relation_row(relation, own.uid))
    furniture = Change("furniture", report, new_uid(), None, {"start": 0, "end": 3, "rule": "hand"})
    meta = {"title": "新题", "place": "某区", "year": 2021}
    before = store.reports.detail(report).meta
    row = store.reports.row(report, zhang.uid)
    titled = Change(
        "report",
        report,
        row.uid,
        {"title": row.title, "place": "", "year": None, "meta": before},
        {"title": "新题", "place": "某区", "year": 2021, "meta": meta},
    )
    suggestion = {
        "start": 0,
        "end": 2,
        "label": "MEASURE",
        "source": "rules",
        "score": 0.8,
        "attributes": {"status": "done"},
    }
    question = {"start": 0, "end": 2, "asked_by": zhang.uid, "asked": "2026-01-01T00:00:00Z", "text": "算吗？"}
    edits = [
        edit_of(link, report=report),
        relabel_spans(report, [b], "INSTITUTION", {}, text),
        move_span(report, a, 1, 9, text),
        set_attribute(report, [a], "status", "planned"),
        set_note(report, a, "注"),
        set_certain(report, [a, b], False),
        set_status(report, own, "done"),
        rename_person(zhang.uid, "张三", "张三丰"),
        edit_of(furniture, report=report),
        edit_of(titled, report=report),
        edit_of(Change("suggestion", report, new_uid(), None, suggestion), report=report),
        edit_of(Change("question", report, new_uid(), None, question), report=report),
        edit_of(Change("annotation_set", report, own.uid, {"note": "", "gold": False}, {"note": "查", "gold": True})),
    ]
    states = [dump(store)]
    for edit in edits:
        assert edit is not None
        store.apply(edit, zhang.uid)
        states.append(dump(store))
        assert verify(store) == []
    assert all(earlier != later for earlier, later in itertools.pairwise(states))
    for edit, state in zip(reversed(edits), reversed(states[:-1])):
        step, changes = store.undo(zhang.uid) or pytest.fail("nothing to undo")
        assert dump(store) == state
        assert list(changes) == list(edit.inverse()) or edit.kind == "test"
        assert step.text().startswith("Undo: ")
    for state in states[1:]:
        assert store.redo(zhang.uid) is not None
        assert dump(store) == state
    assert store.redo(zhang.uid) is None
    assert store.reports.row(report, zhang.uid).title == "新题"
    assert verify(store) == []


def test_deleting_takes_the_relations_along_and_undo_brings_all_back(store: Store, report: int, zhang) -> None:
    a, b, c = span(0, 8), span(2, 5), span(6, 8)
    tag(store, report, zhang, a, b, c)
    own = set_ref(store, report, zhang)
    kind = store.labels.ensure_relation("成效数据")
    links = [Relation(new_uid(), b.uid, a.uid, kind.name), Relation(new_uid(), c.uid, b.uid, kind.name)]
    store.apply(edit_of(*(Change("relation", report, r.uid, None, relation_row(r, own.uid)) for r in links)), zhang.uid)
    before = dump(store)
    with pytest.raises(ConflictError, match="does not allow this change"):
        store.apply(delete_spans(report, own.uid, [b], [], store.reports.text(report)), zhang.uid)
    assert dump(store) == before
    store.apply(delete_spans(report, own.uid, [b], links, store.reports.text(report)), zhang.uid)
    made = store.sets.load(report, zhang.uid)
    assert made is not None
    assert (len(made.spans), made.relations) == (2, [])
    store.undo(zhang.uid)
    assert dump(store) == before


def conflicts(report: int, zhang, store: Store) -> dict[str, tuple[Change, str]]:
    there = spans_of(store, report, zhang)[0]
    own = set_ref(store, report, zhang).uid
    row = span_row(there, own)
    return {
        "insert of what is there": (Change("span", report, there.uid, None, row), "The span is there already"),
        "update of another value": (
            Change("span", report, there.uid, {"start": 7}, {"start": 1}),
            "has been changed since",
        ),
        "update of what is gone": (Change("span", report, new_uid(), {"start": 0}, {"start": 1}), "no longer there"),
        "delete of another row": (
            Change("span", report, there.uid, {**row, "note": "x"}, None),
            "has been changed since",
        ),
        "delete of what is gone": (Change("span", report, new_uid(), row, None), "no longer there"),
        "unknown label": (Change("span", report, new_uid(), None, {**row, "label": "NONE"}), "no label NONE"),
        "unknown set": (
            Change("span", report, new_uid(), None, {**row, "set": new_uid()}),
            "annotation set is no longer",
        ),
        "unknown report": (Change("span", 99, new_uid(), None, row), "report is no longer in the project"),
        "empty range": (Change("span", report, new_uid(), None, {**row, "end": row["start"]}), "does not allow"),
        "a second set": (
            Change("annotation_set", report, new_uid(), None, {"person": zhang.uid, "status": "new"}),
            "another annotation set on the report",
        ),
        "a taken name": (
            Change("label", None, store.schema.labels[0].uid, {"name": "MEASURE"}, {"name": "INDICATOR"}),
            "another label of this name",
        ),
        "renamed meanwhile": (
            Change("person", None, zhang.uid, {"name": "王"}, {"name": "李"}),
            "has been changed since",
        ),
    }


@pytest.mark.parametrize("which", [
    "insert of what is there", "update of another value", "update of what is gone", "delete of another row",
    "delete of what is gone", "unknown label", "unknown set", "unknown report", "empty range", "a second set",
    "a taken name", "renamed meanwhile",
])  # fmt: skip
def test_what_does_not_fit_is_refused_and_leaves_nothing(store: Store, report: int, zhang, which: str) -> None:
    tag(store, report, zhang, span(0, 4))
    change, sentence = conflicts(report, zhang, store)[which]
    before = dump(store, history=True)
    fits = Change("span", report, new_uid(), None, span_row(span(1, 3), set_ref(store, report, zhang).uid))
    with pytest.raises(ConflictError, match=sentence):
        store.apply(edit_of(fits, change, report=report), zhang.uid)
    assert dump(store, history=True) == before
    tag(store, report, zhang, span(1, 3))  # the project goes on
    assert verify(store) == []


def test_a_person_who_is_not_there_cannot_edit(store: Store, report: int, zhang) -> None:
    edit = tag_edit(store, report, zhang, span(0, 2))
    before = dump(store, history=True)
    with pytest.raises(ConflictError, match="has no person"):
        store.apply(edit, new_uid())
    assert dump(store, history=True) == before


def test_a_text_that_cannot_be_stored_is_refused(store: Store, report: int, zhang) -> None:
    before = dump(store, history=True)
    with pytest.raises(InputError, match="cannot be stored"):
        tag(store, report, zhang, span(0, 2, note="\ud800"))
    assert dump(store, history=True) == before


def test_renaming_a_label_touches_no_span_and_history_follows(store: Store, report: int, zhang) -> None:
    step = tag(store, report, zhang, span(0, 2))
    label = store.schema.labels[0]
    store.apply(edit_of(Change("label", None, label.uid, {"name": "MEASURE"}, {"name": "ACTION"})), zhang.uid)
    assert [la.name for la in store.schema.labels] == ["ACTION", "INSTITUTION", "INDICATOR"]
    assert spans_of(store, report, zhang)[0].label == "ACTION"
    assert store.history.changes(step)[1].after["label"] == "ACTION"  # type: ignore[index]
    assert store.totals.stats().labels == {"ACTION": 1, "INSTITUTION": 0, "INDICATOR": 0}
    store.undo_step(step.uid, zhang.uid)
    assert spans_of(store, report, zhang) == []
    store.undo(zhang.uid)
    assert store.schema.labels[0].name == "MEASURE"


def test_a_new_label_with_spans_and_back_again(store: Store, report: int, zhang) -> None:
    label = Label("PROJECT", uid=new_uid(), title=Words("项目", "Project"), key="9")
    tag(store, report, zhang, span(0, 3))
    own = set_ref(store, report, zhang).uid
    spans = [span(1, 2, "PROJECT"), span(2, 3, "PROJECT")]
    before = dump(store)
    changes = [Change("label", None, label.uid, None, label_row(label, 3))]
    changes += [Change("span", report, s.uid, None, span_row(s, own)) for s in spans]
    step = store.apply(edit_of(*changes), zhang.uid)
    assert store.schema.label("PROJECT") == label
    _undo, undone = store.undo(zhang.uid) or pytest.fail("nothing to undo")
    assert dump(store) == before
    assert {c.before["label"] for c in undone if c.table == "span"} == {"PROJECT"}  # type: ignore[index]
    assert store.history.changes(step)[1].after["label"] == "PROJECT"  # type: ignore[index]
    store.redo(zhang.uid)
    assert {s.label for s in spans_of(store, report, zhang)} == {"MEASURE", "PROJECT"}
    assert verify(store) == []


def test_ends_of_a_relation_type_follow_a_renamed_label(store: Store, zhang) -> None:
    kind = RelationType("实施", new_uid(), Words("实施", "done by"), ("MEASURE",), ("INSTITUTION",))
    store.apply(edit_of(Change("relation_type", None, kind.uid, None, relation_type_row(kind, 5))), zhang.uid)
    assert store.schema.relation("实施") == kind
    label = store.schema.labels[0]
    store.apply(edit_of(Change("label", None, label.uid, {"name": "MEASURE"}, {"name": "ACTION"})), zhang.uid)
    assert store.schema.relation("实施").heads == ("ACTION",)  # type: ignore[union-attr]


def test_removing_a_report_takes_it_from_lists_and_totals(store: Store, bring, zhang) -> None:
    ids = bring(make_report(span(0, 3)), make_report(span(0, 3), span(1, 2, "INDICATOR")))
    before, totals = dump(store), store.totals.stats()
    row = store.reports.row(ids[1], zhang.uid)
    gone = Change("report", ids[1], row.uid, {"removed": False}, {"removed": True})
    store.apply(edit_of(gone, report=ids[1]), zhang.uid)
    assert store.reports.ids() == ids[:1]
    assert store.totals.stats().labels == {"MEASURE": 1, "INSTITUTION": 0, "INDICATOR": 0}
    assert verify(store) == []
    with pytest.raises(ConflictError, match="no longer in the project"):
        tag(store, ids[1], zhang, span(0, 1))
    store.undo(zhang.uid)
    assert (dump(store), store.totals.stats()) == (before, totals)


def test_deleting_a_set_does_not_look_through_all_spans(store: Store, report: int, zhang) -> None:
    tag(store, report, zhang, span(0, 2))
    plan = store.connection.execute(
        "EXPLAIN QUERY PLAN SELECT 1 FROM span WHERE report_id = 1 AND set_id = 1"
    ).fetchall()
    assert "SEARCH span USING PRIMARY KEY (report_id=?)" in plan[0][3]
    keys = store.connection.execute("PRAGMA foreign_key_list(span)").fetchall()
    assert sorted((row[2], row[3]) for row in keys) == [
        ("annotation_set", "report_id"), ("annotation_set", "set_id"), ("label", "label_id"), ("step", "step_id"),
    ]  # fmt: skip


def test_edits_inside_one_transaction_stand_or_fall_together(store: Store, report: int, zhang) -> None:
    before = dump(store, history=True)
    with pytest.raises(ConflictError), store.transaction():
        tag(store, report, zhang, span(0, 2))
        tag(store, 99, zhang, span(0, 2))
    assert dump(store, history=True) == before
    with store.transaction():
        tag(store, report, zhang, span(0, 2))
        with pytest.raises(sqlite3.Error), store.transaction():
            store.connection.execute("INSERT INTO nowhere VALUES (1)")
        tag(store, report, zhang, span(2, 4))
    assert len(spans_of(store, report, zhang)) == 2
