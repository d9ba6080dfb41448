"""One span, durable: through the editor and the session, against one raw commit of a span and a counter."""

from __future__ import annotations

import time
from pathlib import Path

from annotator.services.editing import Editor
from benchmarks import building, child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, median, percentile

BLOCKS, EDITS = 10, 20
MEDIAN, P95 = 5, 10


def save(project: str, database: str, rounds: int) -> dict[str, list[float]]:
    """Latencies of both sides in turn, in seconds."""
    db = raw.sqlite().fresh(database, "WAL", "FULL")
    db.execute("INSERT INTO report VALUES(1,'t','{}',5000,0)")
    session = building.own_session(project)
    ids = session.store.reports.ids(limit=100)
    report = session.open_report(ids[len(ids) // 2])
    editor = Editor(session)
    labels = [label.name for label in session.schema.labels]
    ours: list[float] = []
    theirs: list[float] = []
    for block in range(rounds * BLOCKS):  # short ones: what else the machine does hits both sides
        for n in range(EDITS):
            start = time.perf_counter()
            db.execute("BEGIN IMMEDIATE")
            db.execute('INSERT INTO span(report_id,start,"end",label_id) VALUES(1,?,?,?)', (n, n + 9, n % 3 + 1))
            db.execute("UPDATE report SET n_spans=n_spans+1 WHERE id=1")
            db.execute("COMMIT")
            theirs.append(time.perf_counter() - start)
        for n in range(EDITS):
            place = 7 + block * 11 + n * 101
            start = time.perf_counter()
            outcome = editor.tag(report, place, place + 9, labels[n % 3], keep_edges=True)
            ours.append(time.perf_counter() - start)
            if outcome.announcement is None:
                raise RuntimeError(f"nothing was saved: {outcome.words}")
    db.close()
    session.close()
    return {"ours": ours, "raw": theirs}


def measure(bench: Bench) -> list[Row]:
    project = bench.copy(bench.project(1000))
    found = child.run("saving", "save", str(project), str(bench.fresh("commit.db")), bench.runs, home=bench.home)
    raws, ours = ([seconds * 1e3 for seconds in found[side]] for side in ("raw", "ours"))
    times = f"{BLOCKS * EDITS * bench.runs} each; 1,000 reports, 150 spans and more on the report"
    p95, raw95 = percentile(ours, 95), percentile(raws, 95)
    tail = f"95 % against 95 %; in raw medians {p95 / median(raws):.1f} and {raw95 / median(raws):.1f}"
    return [
        Row("save one span, durable: median", median(ours), median(raws), "ms", MEDIAN, note=times),
        Row("save one span, durable: 95 %", p95, raw95, "ms", P95, note=tail),
    ]


def durable(folder: Path) -> bool:
    """Whether files in `folder` reach a disk: in a RAM disk every commit looks free."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    places = [(point, kind) for point, kind in mounts if folder.resolve().is_relative_to(point)]
    return max(places, key=lambda place: len(place[0]))[1] not in ("tmpfs", "ramfs")
