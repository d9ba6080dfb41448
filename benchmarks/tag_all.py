"""Tag all through the real window: 1,000 places found, listed, and tagged as one step, against as many raw inserts.

The places lie ten to a report in a hundred reports, and once more all in one long report: there every piece of the
open text changes at once.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from benchmarks import child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, median

WORDS = "城关镇便民服务中心"
HITS, REPORTS = 1000, 100
#: Milliseconds that tagging 1,000 places may take.
LIMIT = 1000


def corpus(source: str, target: str, reports: int) -> None:
    """`reports` reports of the corpus, each with its share of the places at its end, as files of their own kind."""
    records = [json.loads(line) for line in Path(source).read_text("utf-8").splitlines()]
    share = HITS // reports
    with Path(target).open("w", encoding="utf-8") as out:
        for number in range(reports):
            base = "\n".join(record["text"] for record in records[:70]) if reports == 1 else records[number]["text"]
            places = [f"　　第{n}项工作由{WORDS}办理，群众满意。" for n in range(share)]
            line = {"format": 1, "id": number + 1, "text": "\n".join([base, f"第{number + 1}份", *places, ""])}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def work(project: str, whole_project: bool) -> dict[str, float]:
    """In a process of its own: seconds to find, to list, to tag and to see it, and to take it back."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from benchmarks.window import Window

    window = Window(project)
    main, view = window.main, window.view
    report = main.controller.report
    assert report is not None
    start = report.text.index(WORDS)
    view.set_selection(start, start + len(WORDS))
    QTest.keyClick(view, Qt.Key.Key_2)
    window.settle()

    begin = time.perf_counter()
    QTest.keyClick(view, Qt.Key.Key_T)
    panel = main.tagging.tag_all.panel
    assert panel is not None
    longest = 0.0
    if whole_project:
        QTest.keyClick(panel.view, Qt.Key.Key_T)
        while main.tasks.current is not None:
            turn = time.perf_counter()
            window.app.processEvents()
            longest = max(longest, time.perf_counter() - turn)
    window.app.processEvents()
    found = time.perf_counter() - begin
    if panel.model.ticked != HITS - 1:
        raise RuntimeError(f"{panel.model.ticked} places are ticked")

    step = main.controller.next_undo()
    begin = time.perf_counter()
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    window.app.processEvents()
    tagged = time.perf_counter() - begin
    window.settle()
    if len([s for s in report.spans if report.text[s.start : s.end] == WORDS]) < (10 if whole_project else HITS):
        raise RuntimeError("not every place was tagged")
    begin = time.perf_counter()
    main.controller.undo()
    window.app.processEvents()
    undone = time.perf_counter() - begin
    if main.controller.next_undo() != step:
        raise RuntimeError("it was not one step")
    return {"found": found, "turn": longest, "tagged": tagged, "undone": undone}


def insert(database: str) -> float:
    """Seconds of one raw transaction of as many spans and a counter each."""
    db = raw.sqlite().fresh(database, "WAL", "FULL")
    db.execute("INSERT INTO report VALUES(1,'t','{}',5000,0)")
    start = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    for n in range(HITS):
        db.execute('INSERT INTO span(report_id,start,"end",label_id) VALUES(1,?,?,2)', (n, n + 9))
        db.execute("UPDATE report SET n_spans=n_spans+1 WHERE id=1")
    db.execute("COMMIT")
    seconds = time.perf_counter() - start
    db.close()
    return seconds


def measure(bench: Bench) -> list[Row]:
    rows: list[Row] = []
    source = bench.corpus(200 if bench.quick else 1000)
    for words, reports in (("in 100 reports", REPORTS), ("in one report of 700 kB", 1)):
        file = bench.folder / f"tag-all-{reports}.jsonl"
        if not file.exists():
            corpus(str(source), str(file), reports)
        project = bench.project_of(file)
        runs = [
            child.run("tag_all", "work", str(bench.copy(project)), reports > 1, home=bench.home)
            for _ in range(bench.runs)
        ]
        bare = median([insert(str(bench.fresh("tag-all.db"))) for _ in range(bench.runs)])
        seconds = {name: median([run[name] for run in runs]) for name in runs[0]}
        turn = f"; the window was held for {seconds['turn'] * 1e3:.0f} ms at most" if reports > 1 else ""
        note = (
            f"found and listed in {seconds['found'] * 1e3:.0f} ms{turn}; taken back in {seconds['undone'] * 1e3:.0f} ms"
        )
        note = f"{note}; raw is the gate: bare inserts took {bare * 1e3:.0f} ms"
        rows.append(Row(f"tag all: 1,000 places {words}", seconds["tagged"] * 1e3, LIMIT, "ms", 1, note=note))
    return rows
