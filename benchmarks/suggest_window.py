"""A report opened with the process that suggests already up: when its suggestions are painted, and how long the window is held."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks import child
from benchmarks.bench import Bench
from benchmarks.figures import Row, median
from benchmarks.made_again import GOLD, PATIENCE, wait_for_suggestions

if TYPE_CHECKING:
    from benchmarks.window import Window

REPORT = "dongqu-2021"
READY_MS, HELD_MS = 100.0, 50.0


def learn(path: str) -> dict[str, Any]:
    """Learn from three reports like these, into a file; how the models were judged. No window has learned things in it."""
    from annotator.services import lessons
    from benchmarks.suggest import variants

    data, judged = lessons.learn([tuple(lessons.Lecture(*each)) for each in variants(3)], lambda: None)
    Path(path).write_bytes(data)
    return judged


def work(project: str, models: str, judged: str, runs: int) -> dict[str, Any]:
    """Open reports that nobody asked about before, one after the other; the first two warm everything up.

    As many again with learned models, whose suggestions come after those of the rules.
    """
    from benchmarks.window import Window

    window = Window(project)
    wait_for_suggestions(window)
    tick = QTimer(interval=1)
    tick.start()
    reports = window.reports()[1:]
    plain = [_open(window, report) for report in reports[: runs + 2]][2:]
    _teach(window, Path(models).read_bytes(), json.loads(judged))
    taught = [_open(window, report) for report in reports[runs + 2 : 2 * runs + 4]][2:]
    asked = len(window.main.suggesting.parts.offers.offering or ())
    window.main.close()
    return {
        "plain": [_milliseconds(one) for one in plain],
        "taught": [_milliseconds(one) for one in taught],
        "n": asked,
    }


class Opening(NamedTuple):
    """Seconds from choosing a report to its first suggestions and to all of them; the longest turn meanwhile."""

    first: float
    whole: float
    held: float


def _milliseconds(opening: Opening) -> list[float]:
    return [1000 * seconds for seconds in opening]


def _teach(window: Window, data: bytes, judged: dict[str, Any]) -> None:
    """Let the project have learned from three reports."""
    from annotator.storage.suggestions import Learned

    session = window.main.controller.session
    assert session is not None
    session.store.suggestions.learn(Learned("learned", "2026-01-01T00:00:00Z", 3, {"judged": judged}, data))


def _open(window: Window, report: int) -> Opening:
    """Open a report and wait for all of its suggestions, without taking a core from whoever makes them."""
    offers = window.main.suggesting.parts.offers
    start = last = time.perf_counter()
    longest = first = 0.0
    window.main.open_report(report)
    while True:
        window.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # the timer's at the latest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if offers.offering is not None and not first:
            window.app.processEvents()
            first = time.perf_counter() - start
        if offers.offering is not None and not offers.waiting:
            window.app.processEvents()
            return Opening(first, time.perf_counter() - start, longest)
        if now - start > PATIENCE:
            raise RuntimeError("no suggestions came")


def measure(bench: Bench) -> list[Row]:
    source = GOLD / f"{REPORT}.jsonl"
    if not source.exists():
        bench.say(f"{source.name} is not there: nothing to suggest for")
        return []
    text = json.loads(source.read_text("utf-8").splitlines()[0])["text"]
    file = bench.fresh("reports.jsonl")
    variants = (f"第{number}份\n{text}" for number in range(2 * bench.runs + 5))
    lines = [json.dumps({"text": words}, ensure_ascii=False) for words in variants]
    file.write_text("\n".join(lines), encoding="utf-8")
    models, project = str(bench.fresh("models")), str(bench.copy(bench.project_of(Path(file))))
    judged = json.dumps(child.run("suggest_window", "learn", models))
    found = child.run("suggest_window", "work", project, models, judged, bench.runs, home=bench.home)
    note = f"{found['n']} suggestions, nothing kept, the process up"
    first, all_, held = (median(column) for column in zip(*found["plain"]))
    sooner, whole, taught_held = (median(column) for column in zip(*found["taught"]))
    return [
        Row(
            "suggestions on screen after opening",
            first,
            READY_MS,
            "ms",
            1,
            note=f"{note}; those of the whole report after {all_:.0f} ms",
        ),
        Row("longest turn of the window meanwhile", held, HELD_MS, "ms", 1, note=note),
        Row("the same with learned models", sooner, READY_MS, "ms", 1, note=f"all of them after {whole:.0f} ms"),
        Row("longest turn of the window meanwhile, with models", taught_held, HELD_MS, "ms", 1),
    ]
