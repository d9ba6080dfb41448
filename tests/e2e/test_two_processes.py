"""Two programs on one project: one writes, the other is told by whom."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "examples" / "sample.jsonl"

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

#: Opens the project for writing, says so, and holds it until its stdin ends.
HOLDER = """
import sys
from annotator.services.session import Session
from annotator.storage import Person

session = Session.open(sys.argv[1], Person("00000000-0000-4000-8000-00000000000b", "holder"))
sys.stdout.write("open\\n")
sys.stdout.flush()
sys.stdin.read()
session.close()
"""


@pytest.fixture
def holder(project: Path) -> Iterator[subprocess.Popen[str]]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(project)],
        env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    with process:
        assert process.stdout
        said = process.stdout.readline()
        if said != "open\n":
            _, errors = process.communicate()
            pytest.fail(errors)
        yield process
        process.kill()


@pytest.mark.parametrize("command", ["import", "undo"])
def test_a_writer_is_told_who_holds_the_project(holder, run, project: Path, command: str) -> None:
    result = run(command, project, *([SAMPLE] if command == "import" else []), code=1)

    assert result.stdout == ""
    assert str(holder.pid) in result.stderr
    assert "project.annodb" in result.stderr


def test_readers_are_not_held_up(holder, run, project: Path, tmp_path: Path) -> None:
    assert json.loads(run("stats", project, "--json").stdout)["reports"] == 4
    run("verify", project)
    run("history", project)
    run("backup", project, tmp_path / "copy.annodb")
    run("export", project, "--format", "jsonl", "--out", tmp_path / "out.jsonl")


def test_a_holder_that_died_locks_nobody_out(holder, run, project: Path) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()

    run("undo", project)
    run("verify", project)


def test_a_holder_that_left_locks_nobody_out(holder, run, project: Path) -> None:
    holder.communicate()
    assert holder.returncode == 0

    run("undo", project)
