"""People, places and figures."""

from __future__ import annotations

import pytest

from annotator.domain.changes import rename_person, set_status
from annotator.domain.errors import ConflictError
from annotator.domain.span import new_uid
from annotator.storage import Place, Store
from tests.unit.storage.building import make_report, set_ref, span, tag


def test_a_person_is_made_once_and_keeps_the_name(store: Store) -> None:
    uid = new_uid()
    assert store.people.ensure(uid, "张三") == store.people.ensure(uid, "李四")
    assert [p.name for p in store.people.all()] == ["张三"]
    assert store.people.get(new_uid()) is None
    assert store.people.ensure_named("张三").uid == uid
    assert store.people.ensure_named("王五").uid != uid
    store.people.ensure(new_uid(), "张三")
    first = store.people.named("张三")
    assert first is not None
    assert first.uid == uid


def test_a_step_names_its_person_as_they_are_called_then(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    assert tag(store, report, zhang, span(0, 2)).person_name == zhang.name
    renamed = store.apply(rename_person(zhang.uid, zhang.name, "张三丰"), zhang.uid)
    assert renamed.person_name == "张三丰"
    assert store.history.step(renamed.uid) == renamed._replace(changes=())
    with store.second() as second:
        assert tag(second, report, zhang, span(1, 3)).person_name == "张三丰"
        second.apply(rename_person(zhang.uid, "张三丰", "张"), zhang.uid)
    assert tag(store, report, zhang, span(2, 4)).person_name == "张"
    assert store.undo(zhang.uid) is not None
    assert store.undo(zhang.uid) is not None
    assert tag(store, report, zhang, span(3, 5)).person_name == "张三丰"


def test_a_person_whose_making_was_taken_back_is_unknown_again(store: Store, bring) -> None:
    (report,) = bring(make_report())
    uid = new_uid()
    with pytest.raises(ZeroDivisionError), store.transaction():
        person = store.people.ensure(uid, "赵六")
        tag(store, report, person, span(0, 2))
        raise ZeroDivisionError
    with pytest.raises(ConflictError, match="no person"):
        store.people.id_of(uid)
    with store.transaction():
        store.people.ensure(new_uid(), "钱七")  # takes the row of the one that is gone
        store.people.ensure(uid, "赵六")
    (row,) = store.connection.execute("SELECT id FROM person WHERE uid = ?", (uid,)).fetchone()
    assert store.people.id_of(uid) == row


def test_places_are_kept_by_person_and_report(store: Store, bring, zhang, li) -> None:
    ids = bring(make_report(), make_report())
    assert store.places.last(zhang.uid) is None
    store.places.put(zhang.uid, ids[1], Place(3, 40))
    store.places.put(zhang.uid, ids[0], Place(5, 60))
    store.places.put(li.uid, ids[1], Place(7, 80))
    store.places.put(zhang.uid, ids[1], Place(4, 50))
    assert store.places.get(zhang.uid, ids[1]) == Place(4, 50)
    assert store.places.get(li.uid, ids[0]) is None
    assert (store.places.last(zhang.uid), store.places.last(li.uid)) == (ids[1], ids[1])
    assert store.history.next_undo(li.uid) is None
    store.undo(zhang.uid)
    assert store.places.last(zhang.uid) is None


def test_each_pass_has_a_place_beside_the_carets(store: Store, bring, zhang, li) -> None:
    (report,) = bring(make_report())
    assert store.places.get_pass(zhang.uid, report, "clauses") is None
    store.places.put_pass(zhang.uid, report, "clauses", 7)
    store.places.put(zhang.uid, report, Place(3, 40))
    store.places.put_pass(zhang.uid, report, "numbers", 9)
    store.places.put_pass(zhang.uid, report, "clauses", 8)
    kept = [store.places.get_pass(zhang.uid, report, kind) for kind in ("clauses", "numbers")]
    assert (kept, store.places.get(zhang.uid, report)) == ([8, 9], Place(3, 40))
    assert store.places.get_pass(li.uid, report, "clauses") is None


def test_figures_are_everybodys_or_one_persons(store: Store, bring, zhang, li) -> None:
    report = make_report(span(0, 2), span(1, 2, "INDICATOR"))
    ids = bring(report, make_report())
    tag(store, ids[1], li, span(0, 2), span(3, 4))
    done = set_status(ids[1], set_ref(store, ids[1], li), "done")
    assert done is not None
    store.apply(done, li.uid)
    everybody, own = store.totals.stats(), store.totals.stats(li.uid)
    assert everybody.labels == {"MEASURE": 3, "INSTITUTION": 0, "INDICATOR": 1}
    assert everybody.statuses == {"new": 1, "in_progress": 0, "done": 1, "flagged": 0, "skipped": 0}
    assert (own.labels["MEASURE"], own.spans, own.statuses["new"], own.statuses["done"]) == (2, 2, 1, 1)
    assert everybody.characters == len(report.text) * 2
    assert (everybody.reports, store.totals.reports()) == (2, 2)


def test_no_two_people_have_one_name(store: Store, zhang, li) -> None:
    other = store.people.ensure(new_uid(), zhang.name)
    third = store.people.ensure(new_uid(), zhang.name)
    assert [other.name, third.name] == [f"{zhang.name} (2)", f"{zhang.name} (3)"]
    assert store.people.get(other.uid) == other
    with pytest.raises(ConflictError, match="Another annotator"):
        store.people.check_name(li.uid, zhang.name)
    store.people.check_name(zhang.uid, zhang.name)


def test_two_sets_by_people_of_one_name_are_told_apart_in_what_is_read(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report(span(0, 2), annotator=zhang.name))
    other = store.people.ensure(new_uid(), zhang.name)
    tag(store, report, other, span(1, 3))
    assert [made.annotator for made in store.reports.load(report).sets] == [zhang.name, other.name]
