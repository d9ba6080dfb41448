"""Undo and redo over steps, people and imports; what was cut off can be undone or kept."""

from __future__ import annotations

import pytest

from annotator.domain.changes import Change, Wording, set_note, span_row
from annotator.domain.errors import ConflictError
from annotator.domain.report import AnnotationSet
from annotator.storage import Store, imports, verify
from tests.unit.storage.building import dump, make_report, set_ref, span, spans_of, tag, tag_edit


def undo(store: Store, person) -> str:
    done = store.undo(person.uid)
    return done[0].text() if done else ""


def test_nothing_to_undo_is_no_error(store: Store, zhang) -> None:
    assert store.undo(zhang.uid) is None
    assert store.redo(zhang.uid) is None
    assert store.history.next_undo(zhang.uid) is None


def test_each_person_has_a_line_of_their_own(store: Store, bring, zhang, li) -> None:
    (report,) = bring(make_report())
    tag(store, report, zhang, span(0, 2))
    tag(store, report, li, span(0, 3, "INDICATOR"))
    undo(store, zhang)
    assert spans_of(store, report, zhang) == []
    assert len(spans_of(store, report, li)) == 1
    undo(store, li)
    assert store.redo(zhang.uid) is not None
    assert spans_of(store, report, li) == []
    assert verify(store) == []


def test_redo_brings_back_in_the_order_of_undoing_until_an_edit_closes_it(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    steps = [tag(store, report, zhang, span(i, i + 2)) for i in range(3)]
    undo(store, zhang), undo(store, zhang)
    assert store.history.next_redo(zhang.uid).uid == steps[1].uid  # type: ignore[union-attr]
    store.redo(zhang.uid)
    assert store.history.next_redo(zhang.uid).uid == steps[2].uid  # type: ignore[union-attr]
    tag(store, report, zhang, span(7, 9))
    assert store.history.next_redo(zhang.uid) is None
    assert store.history.step(steps[2].uid).state == "closed"
    assert {s.start for s in spans_of(store, report, zhang)} == {0, 1, 7}


def test_exactly_one_step_is_taken_back_while_its_rows_are_as_it_left_them(store: Store, bring, zhang, li) -> None:
    (report,) = bring(make_report())
    tag(store, report, zhang, span(6, 8))
    first = tag(store, report, zhang, span(0, 2), span(2, 4))
    second = tag(store, report, zhang, span(4, 6))
    store.undo_step(first.uid, zhang.uid)
    assert [s.start for s in spans_of(store, report, zhang)] == [4, 6]
    with pytest.raises(ConflictError, match="has been taken back already"):
        store.undo_step(first.uid, zhang.uid)
    store.redo(zhang.uid)
    changed = spans_of(store, report, zhang)[0]
    note = set_note(report, changed, "改")
    assert note is not None
    store.apply(note, li.uid)
    before = dump(store, history=True)
    with pytest.raises(ConflictError, match="李四 has since done “Change a note”.*Nothing was changed"):
        store.undo_step(first.uid, zhang.uid)
    assert dump(store, history=True) == before
    store.undo_step(second.uid, li.uid)
    assert [s.start for s in spans_of(store, report, zhang)] == [0, 2, 6]
    assert verify(store) == []


def test_taking_back_an_undo_brings_its_step_back(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    tag(store, report, zhang, span(0, 2))
    done = store.undo(zhang.uid)
    assert done is not None
    store.undo_step(done[0].uid, zhang.uid)
    assert len(spans_of(store, report, zhang)) == 1


def test_an_unknown_step_has_a_sentence(store: Store, zhang) -> None:
    with pytest.raises(ConflictError, match="has no step nonsense"):
        store.undo_step("nonsense", zhang.uid)


def test_an_import_is_taken_back_and_brought_back_whole(store: Store, bring, zhang) -> None:
    kept = bring(make_report(span(0, 2)))
    before = dump(store)
    ids = bring(make_report(span(0, 3, "INDICATOR"), annotator="王五"), make_report())
    after = dump(store)
    assert undo(store, zhang) == "Undo: Import 2 reports"
    assert store.reports.ids() == kept
    assert store.totals.stats().statuses == {"new": 1, "in_progress": 0, "done": 0, "flagged": 0, "skipped": 0}
    assert dump(store)["total"] == before["total"]
    assert verify(store) == []
    store.redo(zhang.uid)
    assert dump(store) == after
    assert store.reports.ids() == kept + ids
    undo(store, zhang)
    with pytest.raises(ConflictError, match="no longer in the project"):
        tag(store, ids[0], zhang, span(0, 1))


def test_a_text_that_came_back_another_way_is_not_brought_back_twice(store: Store, bring, zhang, li) -> None:
    report = make_report()
    bring(report)
    undo(store, zhang)
    again = make_report(text=report.text)
    bring(again, person=li)
    with pytest.raises(ConflictError, match="another time"):
        store.redo(zhang.uid)
    assert len(store.reports.ids()) == 1
    assert verify(store) == []


def test_an_import_others_work_on_is_not_taken_away_from_them(store: Store, bring, zhang, li) -> None:
    ids = bring(make_report(), make_report())
    step = tag(store, ids[1], li, span(0, 2))
    before = dump(store, history=True)
    with pytest.raises(
        ConflictError, match="“Import 2 reports” cannot be taken back: 李四 has since done “Tag MEASURE"
    ):
        store.undo(zhang.uid)
    assert dump(store, history=True) == before
    store.undo_step(step.uid, li.uid)
    assert undo(store, zhang) == "Undo: Import 2 reports"
    with pytest.raises(ConflictError, match="no longer in the project"):
        store.redo(li.uid)


def test_a_bulk_edit_over_several_reports_protects_them(store: Store, bring, zhang, li) -> None:
    ids = bring(make_report(), make_report())
    bulk = store.history.begin_bulk("tag.all", Wording("Tag all"), li.uid)
    for report in ids:
        store.extend(bulk, tag_edit(store, report, li, span(0, 2)).changes)
    store.history.end_bulk(bulk)
    with pytest.raises(ConflictError, match="has since done “Tag all”"):
        store.undo(zhang.uid)
    assert store.undo(li.uid) is not None
    assert [spans_of(store, report, li) for report in ids] == [[], []]
    assert undo(store, zhang)


def bring_set(store: Store, person, report: int, made: AnnotationSet, *, replace: bool = False) -> str:
    step = store.history.begin_bulk("import", Wording("Import a set"), person.uid)
    (store.sets.replace if replace else store.sets.add)(report, made, step)
    store.history.end_bulk(step)
    return step.uid


def test_a_set_added_to_a_known_text_comes_and_goes_with_its_import(store: Store, bring, zhang, li) -> None:
    (report,) = bring(make_report(span(0, 2)))
    before = dump(store)
    bring_set(store, zhang, report, AnnotationSet("李四", "done", spans=[span(1, 3)]))
    assert [(s.annotator, s.status, s.spans) for s in store.sets.of_report(report)] == [
        ("张三", "new", 1),
        ("李四", "done", 1),
    ]
    assert store.reports.row(report, li.uid).all_spans == 2
    with pytest.raises(ConflictError, match="李四 has an annotation set"):
        bring_set(store, zhang, report, AnnotationSet("李四"))
    undo(store, zhang)
    assert dump(store)["total"] == before["total"]
    assert store.sets.of_person(report, li.uid) is None
    assert verify(store) == []


def test_a_replaced_set_comes_back(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report(span(0, 2)))
    before = spans_of(store, report, zhang)
    totals = store.totals.stats()
    bring_set(store, zhang, report, AnnotationSet("张三", "done", spans=[span(1, 3), span(4, 6)]), replace=True)
    bring_set(store, zhang, report, AnnotationSet("张三", "flagged", spans=[span(5, 6)]), replace=True)
    assert [(s.status, s.spans) for s in store.sets.of_report(report)] == [("flagged", 1)]
    assert verify(store) == []
    undo(store, zhang)
    assert [(s.status, s.spans) for s in store.sets.of_report(report)] == [("done", 2)]
    undo(store, zhang)
    assert spans_of(store, report, zhang) == before
    assert store.totals.stats() == totals
    store.redo(zhang.uid), store.redo(zhang.uid)
    assert [(s.status, s.spans) for s in store.sets.of_report(report)] == [("flagged", 1)]
    assert verify(store) == []


def test_a_set_that_others_changed_since_is_not_taken_away(store: Store, bring, zhang, li) -> None:
    (report,) = bring(make_report(span(0, 2)))
    uid = bring_set(store, zhang, report, AnnotationSet("李四", spans=[span(1, 3)]))
    tag(store, report, zhang, span(3, 4))  # in 张三's own set: no matter
    theirs = spans_of(store, report, li)[0]
    note = set_note(report, theirs, "看过")
    assert note is not None
    step = store.apply(note, li.uid)
    with pytest.raises(ConflictError, match="has since done “Change a note”"):
        store.undo_step(uid, zhang.uid)
    store.undo_step(step.uid, li.uid)
    store.undo_step(uid, zhang.uid)
    assert store.sets.of_person(report, li.uid) is None
    assert verify(store) == []


def test_an_import_that_a_later_one_built_on_stays(store: Store, bring, zhang, li) -> None:
    (report,) = bring(make_report(span(0, 2)))
    uid = bring_set(store, li, report, AnnotationSet("张三", spans=[]), replace=True)
    with pytest.raises(
        ConflictError, match="“Import 1 report” cannot be taken back: 李四 has since done “Import a set”"
    ):
        store.undo(zhang.uid)
    store.undo_step(uid, li.uid)
    assert undo(store, zhang)


# ---- cut off ---------------------------------------------------------------------------------------------------------


def test_a_step_of_this_process_is_not_offered(store: Store, zhang) -> None:
    step = store.history.begin_bulk("import", Wording("Import"), zhang.uid)
    assert store.history.running() == []
    with pytest.raises(ConflictError, match="is still running"):
        store.undo_step(step.uid, zhang.uid)
    store.history.drop_bulk(step)
    assert store.history.step(step.uid).state == "closed"
    assert store.undo(zhang.uid) is None


def cut_off(store: Store, person, count: int) -> None:
    """An import whose program dies: the step stays running, its reports are whole."""
    step = store.history.begin_bulk("import", Wording("Import {n} reports", {"n": count}), person.uid)
    for _ in range(count):
        store.reports.add(make_report(span(0, 2), span(2, 4, "INDICATOR")), step)
    store.close()


@pytest.mark.parametrize("choice", ["undo", "keep"])
def test_an_import_that_was_cut_off_is_undone_or_kept(store: Store, zhang, choice: str) -> None:
    cut_off(store, zhang, 3)
    with Store.open(store.path) as again:
        (step,) = again.history.running()
        assert [f.kind for f in verify(again)] == ["running"]
        if choice == "undo":
            again.undo_step(step.uid, zhang.uid)
            assert again.reports.ids() == []
        else:
            assert again.keep(step.uid).state == "done"
            assert len(again.reports.ids()) == 3
        assert again.history.running() == []
        assert verify(again) == []
        assert again.undo(zhang.uid) if choice == "keep" else again.redo(zhang.uid)
        assert verify(again) == []


@pytest.mark.parametrize("choice", ["undo", "keep"])
@pytest.mark.parametrize("kind", ["undo", "redo"])
def test_an_undo_in_many_transactions_that_was_cut_off(
    store: Store, bring, zhang, monkeypatch: pytest.MonkeyPatch, kind: str, choice: str
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 2)
    ids = bring(*(make_report(span(0, 2)) for _ in range(7)))
    shown = {"undo": dump(store)}
    if kind == "redo":
        store.undo(zhang.uid)
    shown["redo"] = dump(store)
    before = shown[kind]

    class Gone(Exception):
        pass

    def stop(done: int, total: int) -> None:
        assert total == 7
        if done == 4:
            raise Gone

    with pytest.raises(Gone):
        (store.undo if kind == "undo" else store.redo)(zhang.uid, stop)
    assert 0 < len(store.reports.ids()) < 7
    store.close()
    with Store.open(store.path) as again:
        (step,) = again.history.running()
        assert step.kind == kind
        if choice == "undo":
            again.undo_step(step.uid, zhang.uid)
            assert dump(again) == before
        else:
            again.keep(step.uid)
            assert again.reports.ids() == ([] if kind == "undo" else ids)
        assert again.history.running() == []
        assert verify(again) == []
        there = again.reports.ids() == ids
        assert (again.undo if there else again.redo)(zhang.uid) is not None
        assert again.reports.ids() == ([] if there else ids)
        assert verify(again) == []


def test_a_bulk_edit_that_was_cut_off_is_undone(store: Store, bring, zhang) -> None:
    ids = bring(make_report(), make_report())
    before = dump(store)
    bulk = store.history.begin_bulk("tag.all", Wording("Tag all"), zhang.uid)
    for report in ids:
        store.extend(bulk, tag_edit(store, report, zhang, span(0, 2)).changes)
        own = set_ref(store, report, zhang).uid
        more = span(2, 4)
        store.extend(bulk, [Change("span", report, more.uid, None, span_row(more, own))])
    store.close()
    with Store.open(store.path) as again:
        (step,) = again.history.running()
        again.undo_step(step.uid, zhang.uid)
        assert dump(again) == before
        again.redo(zhang.uid)
        assert again.totals.stats().spans == 4


def test_history_lists_newest_first_in_pages_and_by_report(store: Store, bring, zhang) -> None:
    ids = bring(make_report(), make_report())
    steps = [tag(store, ids[i % 2], zhang, span(i, i + 1)) for i in range(4)]
    assert [s.uid for s in store.history.steps(limit=2)] == [steps[3].uid, steps[2].uid]
    older = store.history.steps(limit=2, before=steps[2].id)
    assert [s.uid for s in older] == [steps[1].uid, steps[0].uid]
    own = store.history.steps(report_id=ids[0])
    assert [s.uid for s in own[:2]] == [steps[2].uid, steps[0].uid]
    assert own[2].kind == "import"
    assert store.history.step(steps[0].uid).undoes is None


def test_the_history_of_a_report_tells_what_brought_a_set_and_what_took_it_back(store: Store, bring, zhang, li) -> None:
    here, other = bring(make_report(), make_report())
    step = store.history.begin_bulk("import", Wording("Import {n} annotation sets", {"n": 1}), zhang.uid)
    store.sets.add(here, AnnotationSet(li.name, spans=[span(0, 2)]), step)
    store.history.end_bulk(step)
    undo(store, zhang)
    store.redo(zhang.uid)
    kinds = [(s.kind, s.text()) for s in store.history.steps(here)]
    assert [kind for kind, _words in kinds] == ["redo", "undo", "import", "import"]
    assert kinds[2][1] == "Import 1 annotation set"
    assert [s.kind for s in store.history.steps(other)] == ["import"]
