"""The raw side: the measuring scripts in ../shared/bench, which are no part of the project."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import child

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT.parent / "shared" / "bench"
SEEDS = ROOT.parent / "shared" / "reports"
MISSING = (
    "The folder ../shared with bench/ (the raw side) and reports/ (seeds of the corpus) is not beside the project: "
    "there is nothing to measure against, so nothing was measured."
)


def there() -> bool:
    """Whether the raw side can be run."""
    return (BENCH / "make_corpus.py").is_file() and SEEDS.is_dir()


def sqlite() -> ModuleType:
    """`raw_sqlite.py` as a module."""
    sys.path.insert(0, str(BENCH))
    try:
        return importlib.import_module("raw_sqlite")
    finally:
        sys.path.remove(str(BENCH))


def spacy(corpus: str, folder: str) -> tuple[ModuleType, list[dict[str, Any]]]:
    """`raw_spacy.py` with its functions, but without the runs that it starts when it is loaded.

    The list fills with what those functions would print.
    """
    path = BENCH / "raw_spacy.py"
    tree = ast.parse(path.read_text("utf-8"))
    starts = (ast.If, ast.For)
    tree.body = [node for node in tree.body if not isinstance(node, starts) and not _is_run(node)]
    module = ModuleType("raw_spacy")
    module.__file__ = str(path)
    argv, sys.argv = sys.argv, ["raw_spacy.py", "--corpus", corpus, "--dir", folder, "--runs", "1"]
    sys.path.insert(0, str(BENCH))
    try:
        exec(compile(tree, str(path), "exec"), module.__dict__)
    finally:
        sys.argv = argv
        sys.path.remove(str(BENCH))
    printed: list[dict[str, Any]] = []
    module.__dict__["emit"] = lambda name, **figures: printed.append({"bench": name, **figures})
    return module, printed


def _is_run(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id in ("run", "floor", "emit")
    )


def window(mode: str) -> dict[str, float]:
    """The marks of one start of a bare window: `raw_qt.py _child`. Seconds from the start of the process; rss in MiB."""
    marks: dict[str, float] = call("raw_qt.py", ["_child", "--mode", mode, "--t0", repr(time.monotonic())])
    return marks


def corpus(out: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """A corpus by `make_corpus.py`; what it says about it."""
    said: dict[str, Any] = call("make_corpus.py", ["--seeds", str(SEEDS), "--seed", "7", "--out", str(out), *arguments])
    return said


def call(script: str, arguments: Sequence[str]) -> Any:
    """The last line that a script prints, read as JSON."""
    command = [sys.executable, str(BENCH / script), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=child.compiled())
    if done.returncode:
        raise RuntimeError(f"{script} failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
