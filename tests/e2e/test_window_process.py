"""The window as a process: it opens a project, holds it, and leaves one clean file behind."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="ends by POSIX signals")]

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start the window; what is still running at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "offscreen"}
        process = subprocess.Popen(
            [sys.executable, "-m", "annotator", *map(str, arguments)],
            env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_until_open(process: subprocess.Popen[str], project: Path) -> None:
    """The window holds the project when the lock beside it names its process."""
    lock = project.with_name(project.name + ".lock")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        try:
            if json.loads(lock.read_text("utf-8")).get("pid") == process.pid:
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.02)
    pytest.fail("the window did not open the project")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_window_opens_a_project_and_ends_cleanly(start: Start, run, project: Path, ending: int) -> None:
    process = start(project)
    wait_until_open(process, project)
    told = run("undo", project, code=1)
    assert str(process.pid) in told.stderr

    process.send_signal(ending)
    _, errors = process.communicate(timeout=20)

    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert [path.name for path in project.parent.glob("project.annodb*")] == ["project.annodb"]
    db = sqlite3.connect(f"file:{project}?mode=ro", uri=True)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    db.close()
    run("verify", project)


def test_a_killed_window_leaves_a_project_that_opens(start: Start, run, project: Path) -> None:
    process = start(project)
    wait_until_open(process, project)

    process.kill()
    process.wait()

    run("verify", project)
    run("undo", project)


def test_the_sample_opens_by_itself(start: Start, home: Path) -> None:
    process = start("--sample")
    samples: list[Path] = []
    end = time.monotonic() + 30
    while time.monotonic() < end and not samples:
        assert process.poll() is None, process.communicate()
        samples = list(home.rglob("*.annodb"))
        time.sleep(0.02)
    assert len(samples) == 1
    wait_until_open(process, samples[0])
