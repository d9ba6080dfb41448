"""The report view against a bare QPlainTextEdit: open, scroll, edit. Same text, font, size, and run.

    report_view.py CORPUS.jsonl [...]      the first report of each file, as bench/make_corpus.py writes them

`measure(path)` returns the figures in milliseconds (medians), and the ratios that the gates are about.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QPlainTextDocumentLayout, QPlainTextEdit

from annotator import locations
from annotator.domain.schema import LabelSchema, schema_from_dict
from annotator.domain.span import Span, new_uid
from annotator.domain.span_index import SpanIndex
from annotator.ui import theme
from annotator.ui.report_view import ReportView

SIZE = (1280, 860)
RUNS = 7
PAGES = 60


def measure(corpus_path: str | Path, spans: int = 0) -> dict[str, float]:
    """All figures for the first report of a corpus, with all its spans or the first `spans` of them."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.LIGHT)
    text, marked = _report(corpus_path, spans)
    schema = _schema()
    bare, view = QPlainTextEdit(), ReportView()
    bare.setFont(theme.font(16))
    for widget in (bare, view):
        _show(widget)
    opened = _alternating(lambda: _open_bare(bare, text), lambda: _open_ours(view, text, marked, schema))
    scrolled = _alternating(lambda: _scroll(bare), lambda: _scroll(view))
    result = {
        "characters": len(text),
        "spans": len(marked),
        "open_bare": opened[0],
        "open": opened[1],
        "page_bare": scrolled[0],
        "page": scrolled[1],
        "edit": _edit(view, text),
        "jump_end": _jump(view),
    }
    result |= {"open_ratio": opened[1] / opened[0], "page_ratio": scrolled[1] / scrolled[0]}
    result["edit_ratio"] = result["edit"] / scrolled[0]
    for widget in (bare, view):
        widget.window().close()
    return result


def _report(path: str | Path, wanted: int) -> tuple[str, list[Span]]:
    with open(path, encoding="utf-8") as lines:
        data = json.loads(next(lines))
    marks = data["label"] if "label" in data else [[s["start"], s["end"], s["label"]] for s in data["spans"]]
    marks = marks[: wanted or None]
    return data["text"], [Span(new_uid(), start, end, label) for start, end, label in marks]


def _schema() -> LabelSchema:
    file = locations.resources() / "schemas" / "default.json"
    return schema_from_dict(json.loads(file.read_text(encoding="utf-8")))


def _show(widget: QAbstractScrollArea) -> None:
    window = QMainWindow()
    window.setCentralWidget(widget)
    window.resize(*SIZE)
    window.show()
    QApplication.processEvents()
    widget._window = window  # type: ignore[attr-defined]  # keeps the window


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _alternating(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float]:
    pairs = [(first(), second()) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _open_bare(editor: QPlainTextEdit, text: str) -> float:
    document = QTextDocument(editor)  # a fresh one: an old one grows slower with all it ever held
    document.setDefaultFont(editor.font())
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    editor.setDocument(document)

    def work() -> None:
        editor.setPlainText(text)
        editor.viewport().repaint()

    return _timed(work)


def _open_ours(view: ReportView, text: str, spans: list[Span], schema: LabelSchema) -> float:
    def work() -> None:
        view.set_report(text, SpanIndex(text, spans), schema)
        view.viewport().repaint()

    return _timed(work)


def _scroll(area: QAbstractScrollArea) -> float:
    bar = area.verticalScrollBar()
    bar.setValue(0)
    area.viewport().repaint()
    times = []
    for _ in range(PAGES):
        if bar.value() >= bar.maximum():
            bar.setValue(0)
        times.append(_timed(lambda: (bar.setValue(bar.value() + bar.pageStep()), area.viewport().repaint())))
    return statistics.median(times)


def _edit(view: ReportView, text: str) -> float:
    """Add one span in the middle of what shows, and paint it."""
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.viewport().repaint()
    place, times = view.scroll_place(), []
    for shift in range(20):
        span = Span(
            new_uid(), min(place + 40 + shift, len(text) - 9), min(place + 48 + shift, len(text)), "INSTITUTION"
        )

        def work(span: Span = span) -> None:
            view.spans().add(span)
            view.spans_changed([span.range])
            QApplication.processEvents()

        times.append(_timed(work))
        view.spans().remove(span.uid)
        view.spans_changed([span.range])
        QApplication.processEvents()
    return statistics.median(times)


def _jump(view: ReportView) -> float:
    bar = view.verticalScrollBar()
    bar.setValue(0)
    view.viewport().repaint()
    return _timed(lambda: (bar.setValue(bar.maximum()), view.viewport().repaint()))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        figures = measure(name)
        print(json.dumps({"corpus": Path(name).name} | {k: round(v, 2) for k, v in figures.items()}), flush=True)
