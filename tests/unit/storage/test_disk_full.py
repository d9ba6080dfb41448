"""A full disk: the sentence, nothing half-written, and the project goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.changes import Wording, update_spans
from annotator.domain.errors import DiskError
from annotator.storage import Store, connection, verify
from tests.unit.storage.building import dump, make_report, span, spans_of, tag


@contextmanager
def full(store: Store, room: int = 0) -> Iterator[None]:
    """The project may grow by `room` pages and no more."""
    conn = store.connection
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages + room}")
    try:
        yield
    finally:
        conn.execute("PRAGMA max_page_count = 1000000000")


def fill(store: Store, report: int, person) -> None:
    """Tag until there is no room."""
    for _ in range(200):
        tag(store, report, person, *(span(0, 2, note="满" * 200) for _ in range(5)))
    pytest.fail("the disk was never full")


def test_an_edit_on_a_full_disk_is_not_written(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    with full(store):
        with pytest.raises(DiskError, match="The disk is full"):
            fill(store, report, zhang)
        before = dump(store, history=True)
        with pytest.raises(DiskError):
            tag(store, report, zhang, *(span(0, 2, note="满" * 2000) for _ in range(5)))
        assert dump(store, history=True) == before
        assert verify(store) == []
    tag(store, report, zhang, span(0, 2))
    assert verify(store) == []


def test_an_undo_on_a_full_disk_is_not_done(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    long = [span(0, 2, note="满" * 2000) for _ in range(9)]
    tag(store, report, zhang, *long)
    shorter = update_spans(report, "span.note", Wording("Shorten"), ((s, {"note": ""}) for s in long))
    assert shorter is not None
    store.apply(shorter, zhang.uid)
    before = dump(store, history=True)
    with full(store), pytest.raises(DiskError):
        store.undo(zhang.uid)
    assert dump(store, history=True) == before
    assert store.undo(zhang.uid) is not None
    assert sorted(spans_of(store, report, zhang)) == sorted(long)


@pytest.mark.parametrize("max_ms", [0, 1000])
def test_an_import_on_a_full_disk_keeps_whole_reports(store: Store, zhang, max_ms: int) -> None:
    step = store.history.begin_bulk("import", Wording("Import"), zhang.uid)
    added = 0
    with full(store, room=60):
        with pytest.raises(DiskError), store.batches(max_ms) as batches:
            while True:
                with batches.write():
                    store.reports.add(
                        make_report(*(span(0, 2, note="满" * 50) for _ in range(30)), annotator="王五"), step
                    )
                added += 1
        assert added > 3
        assert batches.kept == len(store.reports.ids())
        assert max_ms or batches.kept == added
        assert {len(made.spans) for report in store.reports.stream() for made in report.sets} <= {30}
    store.history.end_bulk(step)
    assert verify(store) == []
    assert store.undo(zhang.uid) is not None
    assert store.reports.ids() == []
    assert verify(store) == []


def test_a_commit_that_fails_leaves_nothing_behind(store: Store, bring, zhang) -> None:
    (report,) = bring(make_report())
    before = dump(store, history=True)
    store.connection.execute("PRAGMA defer_foreign_keys = OFF")
    with pytest.raises(Exception, match="FOREIGN KEY"), store.transaction():
        store.connection.execute("PRAGMA defer_foreign_keys = ON")  # so that COMMIT is what fails
        store.labels.ensure("PROJECT")
        store.connection.execute("UPDATE report SET step_id = 999")
    assert dump(store, history=True) == before
    assert store.schema.label("PROJECT") is None
    tag(store, report, zhang, span(0, 2))
    assert verify(store) == []


class NoRoomToCheckpoint:
    """A connection on a disk that has no room left for what its log holds."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def execute(self, statement: str, *more: Any) -> Any:
        if "wal_checkpoint" in statement:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return self._conn.execute(statement, *more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conn, name)


def test_closing_on_a_full_disk_leaves_what_was_done_to_the_next_opening(
    store: Store, project: Path, bring, zhang, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report,) = bring(make_report())
    tag(store, report, zhang, span(0, 2))
    before = dump(store)
    leave = connection.leave_wal
    with monkeypatch.context() as patch:
        patch.setattr(connection, "leave_wal", lambda conn: leave(NoRoomToCheckpoint(conn)))  # type: ignore[arg-type]
        keeper = connection.connect(project, "ro")
        keeper.execute("SELECT 1 FROM sqlite_master").fetchone()
        store.close()
    keeper.close()
    with Store.open(project) as again:
        assert dump(again) == before
        with monkeypatch.context() as patch:
            patch.setattr(connection, "leave_wal", lambda _conn: False)
            with pytest.raises(DiskError, match="could not be written"):
                again.backup(project.with_name("copy.annodb"))
    assert not project.with_name("copy.annodb").exists()
