"""The real program, started as a process of its own, as a person starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "examples" / "sample.jsonl"

#: Read by Python before the program starts: whoever asks for a socket, or for an address, gets an error instead.
NO_SOCKETS = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise PermissionError("the network was asked for: " + event)

sys.addaudithook(refuse)
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**more: str) -> dict[str, str]:
    """What the program sees: the test's home folder, this checkout, no screen."""
    path = os.pathsep.join(filter(None, (more.pop("first", ""), str(ROOT))))
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **more}


@pytest.fixture(scope="session")
def sockets_blocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that, put first on the path of a Python process, keeps it from the network."""
    folder = tmp_path_factory.mktemp("no-sockets")
    (folder / "sitecustomize.py").write_text(NO_SOCKETS, "utf-8")
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Run one command of the program to its end. `code` is the exit code it must have; None: any."""

    def run(*arguments: object, code: int | None = 0, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "annotator", *map(str, arguments)]
        result = subprocess.run(
            command, env=environment(**env), capture_output=True, encoding="utf-8", timeout=100, check=False
        )
        assert "Traceback" not in result.stderr, result.stderr
        crashes = [path.read_text("utf-8") for path in home.glob("log/crashes/*")]
        assert not crashes, (command, crashes)
        assert code is None or result.returncode == code, (command, result.returncode, result.stdout, result.stderr)
        return result

    return run


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    """A project that holds the sample reports."""
    path = tmp_path / "project.annodb"
    run("new", path)
    run("import", path, SAMPLE)
    return path


def records(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
