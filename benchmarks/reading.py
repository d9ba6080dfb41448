"""Finding and the overview strip in the real window: how long the window is held, and what an edit costs the strip.

"Held" is the longest gap between two turns of the event loop while something is typed, found and stepped through, the
strip and the marks painted: whatever the reason, a person would feel it. There is no raw side; a gate stands there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from annotator.domain.find import Query
from annotator.domain.span import Span, new_uid
from benchmarks import child
from benchmarks.bench import Bench
from benchmarks.figures import Row, median
from benchmarks.window import Window

#: Milliseconds for which the find bar may hold the window.
GATE = 50.0
#: Each search so often: the run in which the machine's other work disturbed least counts, of our own work the worst.
RUNS = 5
EDITS = 60
STEPS = 20

PLAIN = ("的", "法治政府", "没有这样的词")
EXPRESSIONS = (r"\d+(\.\d+)?%?", "[一-鿿]{2,4}局", ".")
#: Takes for ever on runs of Chinese characters; its process is ended.
ENDLESS = "([一-鿿]+)+Z"


class Heartbeat:
    """The longest gap between two turns of the event loop, in seconds: by the clock, and of work of this thread."""

    def __init__(self) -> None:
        self.longest = self.busiest = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.busiest = max(self.busiest, worked - self._worked)
        self._last, self._worked = now, worked

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen as long as the block runs."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()
        yield
        self._beat()
        self._timer.stop()


def finding(project: str, words: list[str], expression: bool) -> dict[str, list[float]]:
    """The longest the window was held, in seconds, for each of the words, and how many places each has."""
    window = Window(project)
    bar = window.main.report_pane.find_bar
    held, worked, found = [], [], []
    window.main.commands.do("find.open")
    bar.expression.setChecked(expression)
    _look_for(window, "一")  # whatever is loaded by the first search, the process among it, is there
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    window.settle()
    for one in words:
        beats = [_once(window, one) for _ in range(RUNS)]
        held.append(min(beat.longest for beat in beats))
        worked.append(max(beat.busiest for beat in beats))
        matches = window.view._matches  # what is marked is what was found
        found.append(float(len(matches) if matches else 0))
    return {"held": held, "worked": worked, "found": found, "idle": [min(_idle(window) for _ in range(RUNS))]}


def _idle(window: Window) -> float:
    """The longest the window was held while it had nothing to do: what the machine's other work takes."""
    beat, end = Heartbeat(), time.perf_counter() + 1
    with beat.listening():
        while time.perf_counter() < end:
            window.app.processEvents()
    return beat.longest


def _once(window: Window, words: str) -> Heartbeat:
    """Type, find, step from match to match."""
    window.main.report_pane.find_bar.field.clear()
    window.settle()
    beat = Heartbeat()
    with beat.listening():
        _look_for(window, words)
        for _ in range(STEPS):
            QTest.keyClick(window.main.report_pane.find_bar.field, Qt.Key.Key_Return)
            window.app.processEvents()
    return beat


def _look_for(window: Window, words: str) -> None:
    bar, finder = window.main.report_pane.find_bar, window.main.reading.finding.finder
    bar.field.setText(words)
    end = time.perf_counter() + 30
    while (bar.is_due() or finder.busy) and time.perf_counter() < end:
        window.app.processEvents()
    if bar.query() != Query(words, bar.expression.isChecked()):
        raise RuntimeError("the bar asks for something else")
    window.settle()


def editing(project: str) -> list[float]:
    """Seconds for the strip to take in an edit and to be painted."""
    window = Window(project)
    strip, index = window.main.report_pane.strip, window.view.spans()
    strip.fill_now()
    times = []
    for number in range(EDITS):
        start = number * (len(window.view.text()) - 20) // EDITS
        span = Span(new_uid(), start, start + 12, ("MEASURE", "INSTITUTION", "INDICATOR")[number % 3])
        index.add(span)
        begin = time.perf_counter()
        strip.spans_changed([span.uid])
        strip.repaint()
        times.append(time.perf_counter() - begin)
    return times


def measure(bench: Bench) -> list[Row]:
    """Rows of the table."""
    rows = []
    for what, words, expression in (
        ("find words in 1 MB: the window held", PLAIN, False),
        ("find an expression in 1 MB: the window held", EXPRESSIONS, True),
        ("end an endless expression: the window held", (ENDLESS,), True),
    ):
        project = bench.copy(bench.project_of(bench.giant(2_000)))
        found = child.run("reading", "finding", str(project), list(words), expression, home=bench.home)
        places = ", ".join(f"{int(n):,}" for n in found["found"])
        worked, idle = max(found["worked"]) * 1e3, found["idle"][0] * 1e3
        note = f"raw: the gate; places {places}; work of the window's thread {worked:.3g} ms; idle window {idle:.3g} ms"
        rows.append(Row(what, max(found["held"]) * 1e3, GATE, "ms", 1, note=note))
    few, many = (_strip(bench, spans) for spans in (2_000, 20_000))
    rows.append(Row("overview strip after an edit, 20,000 spans", many, few, "ms", 2, note="raw: 2,000 spans"))
    return rows


def _strip(bench: Bench, spans: int) -> float:
    project = bench.copy(bench.project_of(bench.giant(spans)))
    return median(child.run("reading", "editing", str(project), home=bench.home)) * 1e3
