"""Import of JSON Lines with spans: throughput against parsing and inserting alone, and memory at its peak."""

from __future__ import annotations

import json
import time
from pathlib import Path

from benchmarks import building, child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, alternate, median

SHARE = 0.25
MOST_LOSS = 0.10
MORE_MEMORY = 64


def raw_import(corpus: str, database: str) -> dict[str, float]:
    """Parse and insert in one transaction, synchronous FULL: what raw_sqlite.py calls bulk_from_jsonl."""
    module = raw.sqlite()
    db = module.fresh(database, "WAL", "FULL")
    start = time.perf_counter()
    db.execute("BEGIN")
    spans = 0
    with open(corpus, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            module.put(db, record, record["id"])
            spans += len(record["label"])
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return {"seconds": time.perf_counter() - start, "spans": spans}


def our_import(corpus: str, project: str) -> dict[str, float]:
    """The same file through the program's import, into one closed project file."""
    session = building.own_session(project)
    start = time.perf_counter()
    result = building.import_paths(session.store, session.person.uid, [Path(corpus)])
    session.close()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "spans": result.spans, "peak": child.memory("VmHWM")}


def window_import(corpus: str, project: str) -> dict[str, float]:
    """The same import in the window, while it stays open; how much the process grew."""
    from benchmarks.window import Window

    window = Window(project)
    before = child.memory()
    window.import_files([Path(corpus)])
    return {"growth": child.memory("VmHWM") - before}


def measure(bench: Bench) -> list[Row]:
    sizes = (200, 1000) if bench.quick else (1000, 5000)
    rows, rates, bare = [], [], raw.window("editor")["rss_mb"]
    for reports in sizes:
        corpus = bench.corpus(reports)

        def ours(corpus: Path = corpus) -> dict[str, float]:
            project = str(bench.fresh("import.annodb"))
            return dict(child.run("importing", "our_import", str(corpus), project, home=bench.home))

        def theirs(corpus: Path = corpus) -> dict[str, float]:
            return dict(child.run("importing", "raw_import", str(corpus), str(bench.fresh("raw.db"))))

        us, them = alternate(bench.runs, ours, theirs)
        rate = median([run["spans"] / run["seconds"] for run in us])
        best = median([run["spans"] / run["seconds"] for run in them])
        rates.append(rate / best)
        rows.append(Row(f"import, {reports:,} reports", rate, best, "spans/s", SHARE, at_least=True))
        peak = max(run["peak"] for run in us)
        rows.append(
            Row(f"import, {reports:,} reports: memory at its peak", peak, bare + MORE_MEMORY, "MiB", 1.0,
                note=f"raw: a bare window ({bare:.0f} MiB) + {MORE_MEMORY}")
        )  # fmt: skip
    rows.append(
        Row(f"import, from {sizes[0]:,} to {sizes[1]:,} reports: throughput kept", rates[1] / rates[0], 1.0, "",
            1 - MOST_LOSS, at_least=True, note="shares of raw compared, so that a busy machine hits both")
    )  # fmt: skip
    return rows


def measure_in_window(bench: Bench) -> list[Row]:
    reports = 200 if bench.quick else 5000
    corpus, project = bench.corpus(reports), bench.copy(bench.project(100))
    grown = child.run("importing", "window_import", str(corpus), str(project), home=bench.home)["growth"]
    return [Row(f"import of {reports:,} reports in the window: growth", grown, MORE_MEMORY, "MiB", 1.0)]
