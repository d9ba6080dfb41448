"""A report opened with the process that suggests already up: when its suggestions are painted, and how long the window is held."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import child
from benchmarks.bench import Bench
from benchmarks.figures import Row, median
from benchmarks.replay import GOLD, PATIENCE

if TYPE_CHECKING:
    from benchmarks.window import Window

REPORT = "dongqu-2021"
READY_MS, HELD_MS = 100.0, 50.0


def work(project: str, runs: int) -> dict[str, Any]:
    """Open two reports in turn; the first opening of each warms everything up and is not counted."""
    from benchmarks.window import Window

    window = Window(project)
    window.main.suggesting.start()
    first, second = window.reports()[:2]
    _suggested(window)
    ready, held, asked = [], [], []
    for run in range(2 * runs + 2):
        _forget(window)
        seconds, longest = _open(window, second if run % 2 == 0 else first)
        if run > 1:
            ready.append(seconds)
            held.append(longest)
        asked.append(len(window.main.suggesting.parts.offers.offering or ()))
    window.main.close()
    return {"ready": [1000 * s for s in ready], "held": [1000 * s for s in held], "suggestions": max(asked)}


def _forget(window: Window) -> None:
    """Nothing is kept: each opening asks."""
    session = window.main.controller.session
    assert session is not None
    for report in window.reports()[:2]:
        session.store.suggestions.keep(report, 0, "", [], 0.0)


def _open(window: Window, report: int) -> tuple[float, float]:
    """Seconds from choosing a report to its suggestions on the screen, and the longest turn of the window meanwhile."""
    offers = window.main.suggesting.parts.offers
    start = last = time.perf_counter()
    longest = 0.0
    window.main.open_report(report)
    while True:
        window.app.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if offers.offering is not None and not offers.waiting:
            window.app.processEvents()
            return time.perf_counter() - start, longest
        if now - start > PATIENCE:
            raise RuntimeError("no suggestions came")


def _suggested(window: Window) -> None:
    offers, end = window.main.suggesting.parts.offers, time.perf_counter() + PATIENCE
    while offers.waiting or offers.offering is None:
        if time.perf_counter() > end:
            raise RuntimeError("no suggestions came from the helper process")
        window.app.processEvents()


def measure(bench: Bench) -> list[Row]:
    source = GOLD / f"{REPORT}.jsonl"
    if not source.exists():
        bench.say(f"{source.name} is not there: nothing to suggest for")
        return []
    text = json.loads(source.read_text("utf-8").splitlines()[0])["text"]
    file = bench.fresh("two.jsonl")
    lines = [json.dumps({"text": words}, ensure_ascii=False) for words in (text, text.replace("街道", "镇", 1))]
    file.write_text("\n".join(lines), encoding="utf-8")
    found = child.run(
        "suggest_window", "work", str(bench.copy(bench.project_of(Path(file)))), bench.runs, home=bench.home
    )
    note = f"{found['suggestions']} suggestions, nothing kept, the process up"
    return [
        Row("suggestions on screen after opening", median(found["ready"]), READY_MS, "ms", 1, note=note),
        Row("longest turn of the window meanwhile", median(found["held"]), HELD_MS, "ms", 1, note=note),
    ]
