"""The order in which somebody works through the reports."""

from __future__ import annotations

from pathlib import Path

from annotator.services.editing import Editor
from annotator.services.queue import WorkQueue
from annotator.services.session import Session
from annotator.storage import Person, Queue
from tests.unit.services.conftest import TEXT, add_report


def test_file_order_is_the_default(session: Session) -> None:
    queue = WorkQueue(session)
    assert queue.in_file_order
    assert [queue.rank(report) for report in (3, 5)] == [3, 5]


def test_an_order_is_remembered_and_a_seed_gives_the_same_again(
    session: Session, person: Person, tmp_path: Path
) -> None:
    for n in range(12):
        add_report(session, f"{n}{TEXT}")
    queue = WorkQueue(session)
    queue.choose("random")
    ids = session.store.reports.ids()
    order = sorted(ids, key=queue.rank)
    seed = queue.queue.seed
    assert 0 < seed < 10_000
    session.close()
    again = Session.open(tmp_path / "p.annodb", person)
    try:
        later = WorkQueue(again)
        assert later.queue == Queue("random", seed)
        assert sorted(ids, key=later.rank) == order
        later.choose("random", seed + 1)
        assert sorted(ids, key=later.rank) != order
    finally:
        again.close()


def test_fewest_first_stays_while_somebody_works(session: Session, editor: Editor) -> None:
    second = add_report(session, f"另一份{TEXT}")
    first = session.store.reports.ids()[0]
    queue = WorkQueue(session)
    queue.choose("fewest")
    assert queue.rank(first) < queue.rank(second)
    editor.tag(session.open_report(first), 0, 3, "INSTITUTION")
    assert queue.rank(first) < queue.rank(second)
    queue.refresh()
    assert queue.rank(second) < queue.rank(first)


def test_the_first_unfinished_is_found_behind_many_done(session: Session, editor: Editor) -> None:
    ids = [session.store.reports.ids()[0], *(add_report(session, f"{n}{TEXT}") for n in range(3))]
    for report, status in ((ids[0], "done"), (ids[1], "skipped"), (ids[2], "flagged")):
        editor.set_status(session.open_report(report), status)
    queue = WorkQueue(session)
    assert queue.first_unfinished(ids[:2] * 200 + ids[2:]) == ids[2]
    assert queue.first_unfinished(ids[:2]) is None
    assert queue.first_unfinished([]) is None


def test_a_session_that_only_reads_chooses_for_itself(session: Session, person: Person, tmp_path: Path) -> None:
    reader = Session.open(tmp_path / "p.annodb", person, write=False)
    try:
        queue = WorkQueue(reader)
        queue.choose("random", 5)
        assert queue.queue == Queue("random", 5)
    finally:
        reader.close()
    assert WorkQueue(session).in_file_order
