"""Measure, print the table, and with --write put it into benchmarks/README.md."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks import raw, saving
from benchmarks.bench import Bench
from benchmarks.figures import Row, table
from benchmarks.registry import MEASURES

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results: written by `python -m benchmarks --write` -->", "<!-- end of results -->"


def main(arguments: Sequence[str] | None = None) -> int:
    """0: measured and every gate held; 1: a gate was missed or a measure failed."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.write and (options.only or options.quick):
        parser.error("--write needs every measure at full size: the table shows one run")
    if not raw.there():
        print(raw.MISSING)
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        if not saving.durable(Path(folder)):
            print(f"{folder} lies in memory, where every commit looks free: set TMPDIR to a folder on a disk.")
            return 1
        _keep_bytecode(Path(folder))
        bench = Bench(Path(folder), 3 if options.quick else options.runs, options.quick, options.full)
        rows, failed = _measure(bench, options.only or list(MEASURES))
    print(f"\n{machine()}\n\n{table(rows)}")
    if options.write and not failed:
        write(rows)
    missed = [row.what for row in rows if row.passed is False]
    print(f"\n{len(rows)} figures; missed: {', '.join(missed) or 'none'}; failed: {', '.join(failed) or 'none'}")
    return 1 if missed or failed else 0


def _keep_bytecode(folder: Path) -> None:
    """Both sides start from compiled modules, as on anybody's second start, wherever caches may lie here."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=MEASURES, metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--quick", action="store_true", help="small corpora and three runs: does it work, not how fast")
    parser.add_argument("--full", action="store_true", help="grow to 100,000 reports (2 GB and some minutes)")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    parser.add_argument("--runs", type=int, default=5, help="runs of each side (5)")
    return parser


def _measure(bench: Bench, names: Sequence[str]) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    failed = []
    for name in names:
        print(f"== {name}", flush=True)
        start = time.perf_counter()
        try:
            found = MEASURES[name](bench)
        except Exception as error:
            print(f"{name} could not be measured: {error}", file=sys.stderr)
            failed.append(name)
            continue
        rows += found
        print(table(found))
        print(f"({time.perf_counter() - start:.0f} s)", flush=True)
    return rows, failed


def machine() -> str:
    """Date, machine and versions, in a line."""
    import PySide6

    return (
        f"{date.today().isoformat()}: {_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} "
        f"{platform.release()}; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"Qt for Python {PySide6.__version__} (offscreen)"
    )


def _processor() -> str:
    lines = _lines("/proc/cpuinfo")
    found = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return found or platform.processor() or platform.machine()


def _memory() -> str:
    found = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    return f"{int(found) / 1024**2:.0f} GiB"


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text("utf-8").splitlines() if path.exists() else []


def write(rows: Sequence[Row]) -> None:
    """Replace the table in the README."""
    text = README.read_text("utf-8")
    results = f"{BEGIN}\n\n{machine()}\n\n{table(rows)}\n\n{END}"
    if BEGIN not in text:
        raise SystemExit(f"{README} has no place for the table: {BEGIN}")
    README.write_text(
        re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: results, text, flags=re.DOTALL), "utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
