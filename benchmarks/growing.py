"""What a project of many reports costs to open and to work in, against one of a hundred."""

from __future__ import annotations

import time

from annotator.services.editing import Editor
from annotator.storage import ReportFilter
from benchmarks import building, child, starting
from benchmarks.bench import Bench
from benchmarks.figures import Row, alternate, median

SMALL = 100
FLAT = 1.5
FIRST_ROWS = 200


def open_project(project: str) -> dict[str, float]:
    """In a process of its own, as a window does it: open, first rows, numbers; then one report, one edit, undo."""
    marks = {}
    start = time.perf_counter()
    session = building.own_session(project)
    store, person = session.store, session.person.uid
    ids = store.reports.ids(ReportFilter(), limit=FIRST_ROWS)
    store.reports.rows(ids, person)
    store.totals.stats(person)
    marks["open"] = time.perf_counter() - start
    start = time.perf_counter()
    report = session.open_report(ids[-1] if len(ids) < FIRST_ROWS else ids[FIRST_ROWS // 2])
    marks["report"] = time.perf_counter() - start
    editor = Editor(session)
    edits, undos = [], []
    for n in range(20):
        start = time.perf_counter()
        outcome = editor.tag(report, 11 + n * 17, 19 + n * 17, session.schema.labels[0].name, keep_edges=True)
        edits.append(time.perf_counter() - start)
        if outcome.announcement is None:
            raise RuntimeError(f"nothing was saved: {outcome.words}")
    for _ in edits:
        start = time.perf_counter()
        session.undo()
        undos.append(time.perf_counter() - start)
    marks |= {"edit": median(edits), "undo": median(undos)}
    session.close()
    return marks


def measure(bench: Bench) -> list[Row]:
    many = 100_000 if bench.full else 1_000 if bench.quick else 10_000
    large, small = bench.project(many), bench.project(SMALL)

    def opened(project: object) -> dict[str, float]:
        return dict(child.run("growing", "open_project", str(project), home=bench.home))

    big, flat = alternate(max(bench.runs, 5), lambda: opened(large), lambda: opened(small))
    note = f"{many:,} reports ({starting.size(large):,.0f} MB) against {SMALL}"
    rows = [
        Row(f"{words}, {many:,} reports", median([m[key] for m in big]) * 1e3, median([m[key] for m in flat]) * 1e3,
            "ms", FLAT, note=note if key == "open" else "")
        for key, words in (
            ("open", "open a project, first rows and numbers"), ("report", "read a report of it"),
            ("edit", "save one span in it"), ("undo", "undo in it"),
        )
    ]  # fmt: skip

    def painted(project: object) -> float:
        return float(child.run("started", "start", time.monotonic(), str(project), home=bench.home)["painted"])

    big_start, small_start = alternate(bench.runs, lambda: painted(large), lambda: painted(small))
    ours, theirs = median(big_start) * 1e3, median(small_start) * 1e3
    return [*rows, Row(f"start to first paint, {many:,} reports", ours, theirs, "ms", FLAT)]
