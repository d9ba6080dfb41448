"""Files read in other processes, for real: in order, and whatever a reader does, the files after it come in."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.formats.items import ReadOptions
from annotator.services import reading_process
from annotator.services.reading_process import MB, Limits, Readers
from annotator.services.reading_worker import Arrived, Order

READERS = """
import os, time
from annotator.domain.report import Report
from annotator.domain.span import new_uid
from annotator.domain.errors import InputError
from annotator.formats.items import Item

def item(path, n=1, line=None):
    return Item(str(path), line, Report(uid=new_uid(), text=f"{path.name} {n} " + path.read_text(), file_name=path.name))

def read(path, options):
    kind = path.suffix
    if kind == ".hang":
        time.sleep(1000)
    elif kind == ".die":
        os._exit(3)
    elif kind == ".once":
        mark = path.with_suffix(".mark")
        if not mark.exists():
            mark.touch()
            yield item(path, 1, 1)
            time.sleep(0.15)
            os._exit(3)
        yield item(path, 1, 1)
        yield item(path, 2, 2)
        return
    elif kind == ".eat":
        held = [bytearray(8_000_000) for _ in range(60)]
        time.sleep(1000)
    elif kind == ".bug":
        raise RuntimeError("a bug of the reader")
    elif kind == ".bad":
        yield Item(str(path), problem=InputError("The file is {what}.", what="bad"))
        return
    elif kind == ".many":
        for n in range(300):
            yield item(path, n, n + 1)
        return
    elif kind == ".grows":
        with path.open("a") as stream:
            stream.write("more")
    elif kind == ".slow":
        for n in range(4):
            time.sleep(0.4)
            yield item(path, n, n + 1)
        return
    elif kind == ".pid":
        yield Item(str(path), os.getpid(), item(path).report)
        return
    yield item(path)
"""
QUICK = Limits(seconds=1.0, memory=250 * MB)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "behaving_badly.py").write_text(READERS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    yield
    assert not [child for child in multiprocessing.active_children() if child.name == "reader"]
    assert not [thread for thread in threading.enumerate() if thread.name == "reading files"]


def orders(folder: Path, *names: str) -> list[Order]:
    for name in names:
        (folder / name).write_text("字" * 20, encoding="utf-8")
    return [Order(folder / name, None, ReadOptions(), "behaving_badly.read") for name in names]


def read_all(jobs: list[Order], limits: Limits = QUICK) -> list[list[Arrived]]:
    with Readers(jobs, limits) as readers:
        return [[a for a in readers.items(number) if a is not None] for number in range(len(jobs))]


def sentence(arrived: list[Arrived]) -> str:
    (only,) = arrived
    assert only.item.report is None
    return str(only.item.problem)


def test_files_come_in_their_order_with_what_is_worked_out_of_them(folder: Path) -> None:
    jobs = orders(folder, *(f"{n}.ok" for n in range(60)))
    got = read_all(jobs)
    assert [a.item.report.file_name for (a,) in got if a.item.report] == [f"{n}.ok" for n in range(60)]
    assert all(len(a.digest) == 64 and a.body is not None and a.body.hash for (a,) in got)


def test_a_file_of_many_reports_comes_in_pieces(folder: Path) -> None:
    many, after = read_all(orders(folder, "a.many", "b.ok"))
    assert [a.item.line for a in many] == list(range(1, 301))
    assert len(after) == 1


def test_readers_that_misbehave_are_ended_and_named(folder: Path) -> None:
    hung, ok1, died, ok2, ate, ok3, bug, ok4, bad = read_all(
        orders(folder, "a.hang", "b.ok", "c.die", "d.ok", "e.eat", "f.ok", "g.bug", "h.ok", "i.bad"),
        QUICK._replace(seconds=5.0),  # a busy machine takes its time to fill 250 MB
    )
    assert "gave no report for 5 s" in sentence(hung)
    assert "ended twice" in sentence(died)
    assert "more than 250 MB of memory" in sentence(ate)
    assert "RuntimeError: a bug of the reader" in sentence(bug)
    assert sentence(bad) == "The file is bad."
    assert all(arrived[0].item.report is not None for arrived in (ok1, ok2, ok3, ok4))


def test_a_reader_that_ends_once_goes_on_where_it_was(folder: Path) -> None:
    (once,) = read_all(orders(folder, "a.once"))
    assert [a.item.line for a in once] == [1, 2]
    assert all(a.item.report is not None for a in once)


def test_a_file_that_is_written_to_meanwhile_is_read_again_and_then_given_up(folder: Path) -> None:
    grows, after = read_all(orders(folder, "a.grows", "b.ok"))
    assert "written to while it was read" in sentence(grows)
    assert after[0].item.report is not None


@pytest.mark.slow
def test_time_counts_for_each_report_not_for_the_file(folder: Path) -> None:
    (slow,) = read_all(orders(folder, "a.slow"), Limits(seconds=1.0))
    assert len(slow) == 4, "four times 0.4 s"


def test_a_large_file_has_more_time(folder: Path) -> None:
    (folder / "large").write_bytes(b"x" * 3 * MB)
    limits = Limits(seconds=10, seconds_per_mb=5)
    assert limits.time_for(folder / "large") == 25
    assert limits.time_for(folder / "missing") == 10


@pytest.mark.slow
def test_a_process_that_holds_much_is_replaced(folder: Path) -> None:
    jobs = orders(folder, *(f"{n}.pid" for n in range(4)))
    with Readers(jobs, QUICK._replace(kept=1), processes=1) as readers:
        pids = [next(a.item.line for a in readers.items(n) if a) for n in range(4)]
    assert len(set(pids)) == 4


def test_who_stops_does_not_wait_for_a_reader(folder: Path) -> None:
    jobs = orders(folder, "a.hang", "b.hang", "c.ok")
    began = time.monotonic()
    with Readers(jobs, Limits(seconds=1000)) as readers:
        assert next(readers.items(0)) is None
    assert time.monotonic() - began < 5


@pytest.mark.slow
def test_reading_ahead_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "_WAITING", 20_000)
    jobs = orders(folder, *(f"{n}.many" for n in range(6)))
    with Readers(jobs, QUICK) as readers:
        next(a for a in readers.items(0) if a)
        time.sleep(0.5)
        assert readers._waiting <= 20_000 + 2 * 64 * 3_000, "one chunk of each process at most is beyond the bound"
        for number in range(1, 6):
            assert sum(a is not None for a in readers.items(number)) == 300
