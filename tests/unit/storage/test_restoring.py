"""Restoring a report to an earlier point: one step, exact, itself undone and redone, refused where others built on it."""

from __future__ import annotations

import pytest

from annotator.domain.changes import Wording, set_note, set_status
from annotator.domain.errors import ConflictError
from annotator.domain.question import Question
from annotator.domain.report import AnnotationSet
from annotator.domain.span import new_uid
from annotator.storage import Store, verify
from tests.unit.storage.building import dump, make_report, set_ref, span, spans_of, tag


@pytest.fixture
def report(bring) -> int:
    (report,) = bring(make_report())
    return report


def test_everything_after_the_point_goes_as_one_step(store: Store, report: int, zhang) -> None:
    one, two, three = span(0, 2), span(3, 5), span(6, 8)
    point = tag(store, report, zhang, one)
    then = dump(store)
    tag(store, report, zhang, two)
    noted = set_note(report, one, "注")
    assert noted is not None
    store.apply(noted, zhang.uid)
    tag(store, report, zhang, three)
    now, steps = dump(store), len(store.history.steps())
    done = store.restore(report, point.uid, zhang.uid)
    assert done is not None
    assert dump(store) == then
    assert len(store.history.steps()) == steps + 1
    assert done[0].kind == "restore"
    assert done[0].text() == f"Restore to “{point.text()}”, 3 steps back"
    assert store.undo(zhang.uid) is not None
    assert dump(store) == now
    assert store.redo(zhang.uid) is not None
    assert dump(store) == then
    assert verify(store) == []


def test_nothing_after_the_point_is_no_step(store: Store, report: int, zhang) -> None:
    point = tag(store, report, zhang, span(0, 2))
    tag(store, report, zhang, span(3, 5))
    store.undo(zhang.uid)
    steps = len(store.history.steps())
    assert store.restore(report, point.uid, zhang.uid) is None
    assert len(store.history.steps()) == steps


def test_a_step_that_was_undone_since_comes_back(store: Store, report: int, zhang) -> None:
    """The point is a moment: what stood right after it stands again."""
    one = span(0, 2)
    point = tag(store, report, zhang, one)
    then = dump(store)
    store.undo(zhang.uid)
    tag(store, report, zhang, span(4, 6))
    assert store.restore(report, point.uid, zhang.uid) is not None
    assert dump(store) == then
    assert [s.uid for s in spans_of(store, report, zhang)] == [one.uid]


def test_other_reports_and_other_people_keep_theirs(store: Store, report: int, bring, zhang, li) -> None:
    (other,) = bring(make_report())
    point = tag(store, report, zhang, span(0, 2))
    tag(store, other, zhang, span(0, 2))
    tag(store, report, li, span(0, 3))
    tag(store, report, zhang, span(3, 5))
    store.restore(report, point.uid, zhang.uid)
    assert len(spans_of(store, other, zhang)) == 1
    assert len(spans_of(store, report, li)) == 1
    assert len(spans_of(store, report, zhang)) == 1


def test_the_import_is_the_first_point(store: Store, report: int, zhang) -> None:
    tag(store, report, zhang, span(0, 2))
    done = set_status(report, set_ref(store, report, zhang), "done")
    assert done is not None
    store.apply(done, zhang.uid)
    first = store.history.steps(report)[-1]
    store.restore(report, first.uid, zhang.uid)
    assert store.sets.of_person(report, zhang.uid) is None


def test_before_the_report_came_there_is_nothing_to_restore(store: Store, report: int, bring, zhang) -> None:
    early = tag(store, report, zhang, span(0, 2))
    (later,) = bring(make_report())
    tag(store, later, zhang, span(0, 2))
    state = dump(store, history=True)
    with pytest.raises(ConflictError) as caught:
        store.restore(later, early.uid, zhang.uid)
    assert "Import 1 report" in str(caught.value)
    assert dump(store, history=True) == state


def test_a_set_that_an_import_replaced_is_not_restored_by_rows(store: Store, report: int, zhang) -> None:
    point = tag(store, report, zhang, span(0, 2))
    step = store.history.begin_bulk("import", Wording("Import again"), zhang.uid)
    store.sets.replace(report, AnnotationSet("", spans=[span(2, 4)]), step)
    store.history.end_bulk(step)
    with pytest.raises(ConflictError, match="Import again"):
        store.restore(report, point.uid, zhang.uid)
    store.undo(zhang.uid)
    assert store.restore(report, point.uid, zhang.uid) is None  # the import is undone: nothing came after


def test_what_somebody_else_built_on_it_stands_in_the_way(store: Store, report: int, zhang, li) -> None:
    from annotator.domain.question_changes import answer_question, ask_question

    point = tag(store, report, zhang, span(0, 2))
    question = Question(new_uid(), 0, 2, "是吗?", zhang.uid, "2026-01-01T00:00:00.000Z")
    store.apply(ask_question(report, question), zhang.uid)
    answer = answer_question(report, question, li.uid, "2026-01-02T00:00:00.000Z", "是")
    assert answer is not None
    store.apply(answer, li.uid)
    state = dump(store, history=True)
    with pytest.raises(ConflictError, match="somebody else"):
        store.restore(report, point.uid, zhang.uid)
    assert dump(store, history=True) == state


def test_steps_over_several_reports_are_listed_with_each_and_taken_back_for_one(store: Store, bring, zhang) -> None:
    from annotator.domain.changes import add_repeats

    ids = bring(make_report(), make_report(), make_report())
    point = store.history.steps(limit=1)[0]
    groups = [(report, set_ref(store, report, zhang), [span(0, 2)]) for report in ids[:2]]
    step = store.apply(add_repeats(groups, [], "MEASURE", "词"), zhang.uid)
    assert step.report is None
    assert [s.uid for s in store.history.steps(ids[0])] == [step.uid, point.uid]
    assert [s.uid for s in store.history.steps(ids[2])] == [point.uid]
    state = dump(store)
    store.restore(ids[0], point.uid, zhang.uid)
    assert [len(spans_of(store, report, zhang)) for report in ids] == [0, 1, 0]
    store.undo(zhang.uid)
    assert dump(store) == state
    store.undo(zhang.uid)
    assert [len(spans_of(store, report, zhang)) for report in ids] == [0, 0, 0]


def test_restoring_twice_to_one_point_is_no_second_step(store: Store, report: int, zhang) -> None:
    point = tag(store, report, zhang, span(0, 2))
    then = dump(store)
    later = tag(store, report, zhang, span(3, 5))
    both = dump(store)
    tag(store, report, zhang, span(6, 8))
    assert store.restore(report, point.uid, zhang.uid) is not None
    assert store.restore(report, point.uid, zhang.uid) is None
    assert store.restore(report, later.uid, zhang.uid) is not None
    assert dump(store) == both
    store.undo(zhang.uid)
    assert dump(store) == then
    store.undo(zhang.uid)
    assert len(spans_of(store, report, zhang)) == 3
    assert store.restore(report, later.uid, zhang.uid) is not None
    assert dump(store) == both
