"""Time at reports, bookmarks and the order of the queue."""

from __future__ import annotations

import pytest

from annotator.domain.bookmark import Bookmark
from annotator.domain.changes import remove_bookmark, set_bookmark, set_status
from annotator.domain.errors import DiskError, KnownError
from annotator.domain.span import new_uid
from annotator.storage import Queue, Store
from tests.unit.storage.building import make_report, set_ref, span, tag


def test_time_adds_up_by_person_and_report(store: Store, bring, zhang, li) -> None:
    ids = bring(make_report(), make_report())
    store.work.add(zhang.uid, ids[0], 30.5)
    store.work.add(zhang.uid, ids[0], 10)
    store.work.add(zhang.uid, ids[1], 5)
    store.work.add(li.uid, ids[0], 7)
    assert store.work.get(zhang.uid, ids[0]) == 40.5
    assert store.work.get(li.uid, ids[1]) == 0
    assert store.work.by_person() == {"张三": 45.5, "李四": 7}
    assert store.work.by_person(ids[1]) == {"张三": 5}
    store.undo(zhang.uid)  # the import: its reports are shown no longer
    assert store.work.by_person() == {}


def test_time_is_no_step_and_never_negative(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    before = store.history.steps()
    store.work.add(zhang.uid, report, 3)
    assert store.history.steps() == before
    with pytest.raises((KnownError, DiskError)):
        store.work.add(zhang.uid, report, -10)
    assert store.work.get(zhang.uid, report) == 3


def test_bookmarks_are_steps_of_their_person(store: Store, bring, zhang, li) -> None:
    ids = bring(make_report(), make_report())
    text = store.reports.text(ids[1])
    late = Bookmark(new_uid(), 9, 12, zhang.uid, "2026-01-01T00:00:00.000Z")
    early = Bookmark(new_uid(), 2, 2, zhang.uid, "2026-01-02T00:00:00.000Z")
    for mark in (late, early):
        store.apply(set_bookmark(ids[1], mark, text), zhang.uid)
    assert store.bookmarks.of_report(ids[1], zhang.uid) == [early, late]
    assert [(r.report, r.words[:3], r.bookmark) for r in store.bookmarks.of_person(zhang.uid)] == [
        (ids[1], text[2:5], early),
        (ids[1], text[9:12], late),
    ]
    assert store.bookmarks.of_person(li.uid) == []
    store.apply(remove_bookmark(ids[1], late, text), zhang.uid)
    assert store.bookmarks.of_report(ids[1], zhang.uid) == [early]
    store.undo(zhang.uid)
    assert store.bookmarks.of_report(ids[1], zhang.uid) == [early, late]
    assert "Remove" in store.history.steps(limit=1)[0].text()


def test_the_queue_is_remembered_by_person(store: Store, zhang, li) -> None:
    assert store.queues.get(zhang.uid) == Queue("file", 0)
    store.queues.put(zhang.uid, Queue("random", 42))
    store.queues.put(zhang.uid, Queue("random", 43))
    assert store.queues.get(zhang.uid) == Queue("random", 43)
    assert store.queues.get(li.uid) == Queue()


def test_a_random_order_comes_again_with_its_seed(store: Store, bring, zhang) -> None:
    ids = bring(*(make_report() for _ in range(40)))
    one, again = (store.queues.ids(zhang.uid, Queue("random", 7)) for _ in range(2))
    other = store.queues.ids(zhang.uid, Queue("random", 8))
    assert one == again != other
    assert sorted(one or []) == ids != one
    assert store.queues.ids(zhang.uid, Queue()) is None


def test_fewest_spans_come_first_then_file_order(store: Store, bring, zhang, li) -> None:
    ids = bring(make_report(), make_report(), make_report())
    tag(store, ids[0], zhang, span(0, 2), span(3, 4))
    tag(store, ids[1], zhang, span(0, 2))
    tag(store, ids[2], li, span(0, 2), span(3, 4), span(4, 5))  # somebody else's do not count
    assert store.queues.ids(zhang.uid, Queue("fewest")) == [ids[2], ids[1], ids[0]]


def test_what_is_finished(store: Store, bring, zhang, li) -> None:
    ids = bring(*(make_report() for _ in range(4)))
    for report, status, who in ((0, "done", zhang), (1, "skipped", zhang), (2, "flagged", zhang), (3, "done", li)):
        edit = set_status(ids[report], set_ref(store, ids[report], who), status)
        assert edit is not None
        store.apply(edit, who.uid)
    assert store.queues.finished(zhang.uid, ids) == {ids[0], ids[1]}
    assert store.queues.finished(zhang.uid, ids[1:]) == {ids[1]}
