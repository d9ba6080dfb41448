"""One writer a project: real processes, one of which dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.domain.errors import LockedError
from annotator.storage import Store
from annotator.storage.lock import ProjectLock, lock_file, read_holder

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
from annotator.storage import Store
store = Store.open(sys.argv[1], program="annotator import")
print("open", flush=True)
sys.stdin.readline()
store.close()
"""


def hold(project: Path) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, project], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    return child


def end(child: subprocess.Popen[bytes]) -> None:
    child.communicate(b"\n")


def test_of_two_processes_one_writes_and_one_is_told(project: Path) -> None:
    child = hold(project)
    try:
        before = project.read_bytes()
        with pytest.raises(LockedError, match=rf"annotator import.*process {child.pid}") as error:
            Store.open(project)
        assert project.read_bytes() == before
        assert error.value.params["user"]
        with Store.open(project, write=False) as reader:
            assert reader.read_only
    finally:
        end(child)
    assert not lock_file(project).exists()
    Store.open(project).close()


def test_a_dead_holder_locks_nobody_out(project: Path) -> None:
    child = hold(project)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert lock_file(project).exists()
    with Store.open(project) as store:
        assert store.reports.ids() == []
    assert [p.name for p in project.parent.iterdir()] == [project.name]


def test_the_same_process_is_told_as_well(store: Store, project: Path) -> None:
    with pytest.raises(LockedError, match=str(os.getpid())):
        Store.open(project)


def test_a_link_is_the_same_project(store: Store, project: Path, tmp_path: Path) -> None:
    link = tmp_path / "other name.annodb"
    link.symlink_to(project)
    with pytest.raises(LockedError):
        Store.open(link)


def test_a_lock_taken_just_as_the_file_was_removed_is_taken_again(project: Path) -> None:
    first = ProjectLock(project, "first")
    held = os.open(lock_file(project), os.O_RDWR)
    first.release()  # removes the file that `held` still names
    second = ProjectLock(project, "second")
    try:
        assert os.fstat(held).st_ino != lock_file(project).stat().st_ino
        assert read_holder(lock_file(project))["program"] == "second"
    finally:
        os.close(held)
        second.release()
    second.release()


@pytest.mark.slow
def test_many_processes_take_turns_and_are_never_two(project: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from annotator.storage.lock import ProjectLock\n"
        "from annotator.domain.errors import LockedError\n"
        "mark = Path(sys.argv[1]).with_name('mark'); taken = 0; until = time.monotonic() + 20\n"
        "while taken < 30 and time.monotonic() < until:\n"
        "    try: lock = ProjectLock(Path(sys.argv[1]), 'x')\n"
        "    except LockedError: continue\n"
        "    mark.open('x').close(); mark.unlink(); taken += 1; lock.release()\n"
        "print(taken)"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code, project], stdout=subprocess.PIPE, cwd=ROOT) for _ in range(3)
    ]
    assert [child.communicate()[0].strip() for child in children] == [b"30"] * 3


def test_a_broken_name_plate_still_gives_a_sentence(project: Path) -> None:
    child = hold(project)
    try:
        lock_file(project).write_text("{", encoding="utf-8")
        with pytest.raises(LockedError, match="process 0"):
            Store.open(project)
        lock_file(project).write_text(json.dumps({"program": "window", "pid": 7}), encoding="utf-8")
        with pytest.raises(LockedError, match="window.*process 7"):
            Store.open(project)
    finally:
        end(child)


def test_the_lock_is_there_as_long_as_one_connection_is(store: Store, project: Path) -> None:
    other = store.second()
    store.close()
    with pytest.raises(LockedError):
        Store.open(project)
    other.close()
    time.sleep(0)
    Store.open(project).close()
