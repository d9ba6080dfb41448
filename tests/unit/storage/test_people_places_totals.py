"""People, places and figures."""

from __future__ import annotations

from annotator.domain.changes import set_status
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
