"""Jobs write in short batches on a connection of their own and let the window in between."""

from __future__ import annotations

import threading
import time

import pytest

from annotator.domain.changes import Wording
from annotator.domain.errors import LockedError
from annotator.storage import Store, transactions, verify
from annotator.storage.turns import Turns
from tests.unit.storage.building import make_report, span, tag


def test_the_window_writes_between_the_batches_of_a_job(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    failed: list[BaseException] = []
    go, stop = threading.Event(), threading.Event()
    counted: list[int] = []

    def job() -> None:
        try:
            with store.second() as other:
                step = other.history.begin_bulk("import", Wording("Import"), zhang.uid)
                with other.batches(20) as batches:
                    while not stop.is_set():
                        with batches.write():
                            other.reports.add(make_report(*(span(0, 2) for _ in range(50))), step)
                        go.set()
                counted.append(batches.kept)
                other.history.end_bulk(step)
        except BaseException as error:
            failed.append(error)
            raise

    thread = threading.Thread(target=job)
    thread.start()
    go.wait(10)
    waits = []
    for i in range(15):
        began = time.monotonic()
        tag(store, report, zhang, span(i, i + 1))
        waits.append(time.monotonic() - began)
    stop.set()
    thread.join()
    assert failed == []
    assert sorted(waits)[7] < 0.5  # one batch and an edit; without turns a waiting writer polls up to 5 s
    assert len(store.reports.ids()) == 1 + counted[0]
    assert verify(store) == []


def test_a_batch_lasts_about_as_long_as_asked(store: Store, zhang) -> None:
    step = store.history.begin_bulk("import", Wording("Import"), zhang.uid)
    with store.batches(max_ms=10_000) as batches:
        for _ in range(3):
            with batches.write():
                store.reports.add(make_report(), step)
        assert (batches.kept, store.in_transaction) == (0, True)
        batches.flush()
        assert (batches.kept, store.in_transaction) == (3, False)
    with store.batches(max_ms=0) as batches:
        with batches.write():
            store.reports.add(make_report(), step)
        assert (batches.kept, store.in_transaction) == (1, False)


def test_a_write_that_fails_leaves_the_others_of_its_batch(store: Store, zhang) -> None:
    step = store.history.begin_bulk("import", Wording("Import"), zhang.uid)
    with pytest.raises(ZeroDivisionError), store.batches(10_000) as batches:
        with batches.write():
            store.reports.add(make_report(), step)
        with batches.write():
            store.reports.add(make_report(), step)
            raise ZeroDivisionError
    assert batches.kept == 1
    assert len(store.reports.ids()) == 1


def test_a_turn_that_does_not_come_is_a_sentence(store: Store, monkeypatch: pytest.MonkeyPatch, zhang) -> None:
    monkeypatch.setattr(transactions, "_PATIENCE", 0.05)
    held, done = threading.Event(), threading.Event()

    def job() -> None:
        with store.second() as other, other.transaction():
            held.set()
            done.wait(10)

    thread = threading.Thread(target=job)
    thread.start()
    held.wait(10)
    with pytest.raises(LockedError, match="is busy"):
        store.labels.ensure("PROJECT")
    done.set()
    thread.join()
    assert store.labels.ensure("PROJECT").name == "PROJECT"


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns = Turns()
    assert turns.take(0)
    order: list[int] = []

    def wait(number: int) -> None:
        assert turns.take(10)
        order.append(number)
        turns.give()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(turns._waiting) <= number:
            time.sleep(0.001)
    assert turns.wanted
    assert not turns.take(0.01)
    turns.give()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
    assert turns.take(0)
    assert not turns.wanted
