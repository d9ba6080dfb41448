"""The real window, offscreen: key press to painted, opening a report, scrolling; beside it a bare QPlainTextEdit.

The bare editor is a window of the same size with the same font and text and nothing else, as in raw_qt.py; both
sides run in one process, in turn. "Painted" is the end of the event loop's turn in which the report was painted:
by then the whole window, lists and status line included, has been.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QPlainTextDocumentLayout, QPlainTextEdit

from annotator.services.settings import Settings
from annotator.ui import app as program
from annotator.ui.errors import Presenter
from annotator.ui.main_window import MainWindow
from benchmarks import child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, median, percentile

SIZE = (1280, 860)
PAGES = 40
PRESSES = 30
PATIENCE = 10.0


class Painted(QObject):
    """Notes that a widget is being painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.yes = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.yes = True
        return False


class Window:
    """The program's window on a project, driven as a person drives it."""

    def __init__(self, project: str) -> None:
        self.app = program.application()
        settings = Settings.load()
        program.dress(self.app, settings)
        presenter = Presenter(self.app)
        presenter.shown.connect(_fail)
        self.main = MainWindow(settings, presenter)
        if not self.main.commands.project.open_path(Path(project)):
            raise RuntimeError(f"{project} did not open")
        self.main.resize(*SIZE)
        self.main.show()
        self.main.activateWindow()
        self.view = self.main.report_pane.view
        self._painted = Painted(self.view.viewport())
        self.settle()
        program.collect_again(self.main)
        self.view.setFocus()

    def settle(self) -> None:
        """Let everything that waits be done."""
        end = time.perf_counter() + PATIENCE
        while not self.main.report_list.model.complete and time.perf_counter() < end:
            self.app.processEvents()
        for _ in range(20):
            self.app.processEvents()

    def wait_for(self, there: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Go on with the event loop until something is there. Raises RuntimeError where it does not come in time."""
        end = time.perf_counter() + seconds
        while not there():
            if time.perf_counter() > end:
                raise RuntimeError(f"no {what} came")
            self.app.processEvents()

    def until_painted(self, action: Callable[[], object]) -> float:
        """Seconds from an action to the end of the turn in which the report was painted."""
        self.app.processEvents()
        self._painted.yes = False
        start = time.perf_counter()
        action()
        while True:
            self.app.processEvents()
            now = time.perf_counter()
            if self._painted.yes:
                return now - start
            if now - start > PATIENCE:
                raise RuntimeError("nothing was painted")

    def reports(self) -> list[int]:
        """The first reports of the project, as the list shows them."""
        session = self.main.controller.session
        assert session is not None
        return session.store.reports.ids(limit=200)

    def open(self, report: int) -> float:
        """Seconds from selecting a report in the list to seeing it."""
        seconds = self.until_painted(lambda: self.main.open_report(report))
        assert self.main.controller.report is not None
        assert self.main.controller.report.id == report
        self.settle()
        return seconds

    def tag(self, start: int, end: int) -> float:
        """Seconds from the key of a label to seeing the new span."""
        report = self.main.controller.report
        assert report is not None
        before = len(report.spans)
        self.view.set_selection(start, end)
        self.settle()
        seconds = self.until_painted(lambda: QTest.keyClick(self.view, Qt.Key.Key_2))
        if len(report.spans) != before + 1:
            raise RuntimeError("the key made no span")
        self.settle()
        return seconds

    def page_down(self) -> float:
        """Seconds to paint the next page."""
        return _page_down(self.view.verticalScrollBar(), self.view.viewport())

    def import_files(self, files: Sequence[Path]) -> None:
        """Import as the menu does, and wait for the end."""
        self.main.commands.project.transfers.import_paths([str(file) for file in files])
        while self.main.tasks.current is not None:
            self.app.processEvents()
        self.settle()


def _fail(sentence: str, _is_bug: bool) -> None:
    raise RuntimeError(sentence)


class Bare:
    """A bare editor of the same size."""

    def __init__(self, font: QFont) -> None:
        self.window = QMainWindow()
        self.editor = QPlainTextEdit()
        self.editor.setFont(font)
        self.window.setCentralWidget(self.editor)
        self.window.resize(*SIZE)
        self.window.show()
        QApplication.processEvents()

    def open(self, text: str) -> float:
        """Seconds to set and paint a text, in a fresh document: an old one grows slower with all it ever held."""
        document = QTextDocument(self.editor)
        document.setDefaultFont(self.editor.font())
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        self.editor.setDocument(document)
        QApplication.processEvents()
        start = time.perf_counter()
        self.editor.setPlainText(text)
        self.editor.viewport().repaint()
        return time.perf_counter() - start

    def page_down(self) -> float:
        """Seconds to paint the next page."""
        return _page_down(self.editor.verticalScrollBar(), self.editor.viewport())


def _caret_step(editor: QAbstractScrollArea) -> float:
    """Seconds for an arrow key, a forced paint of the text as in raw_qt.py, and all that the step brings with it."""
    QApplication.processEvents()
    start = time.perf_counter()
    QTest.keyClick(editor, Qt.Key.Key_Right)
    editor.viewport().repaint()
    QApplication.processEvents()
    return time.perf_counter() - start


def _page_down(bar, viewport) -> float:  # type: ignore[no-untyped-def]
    if bar.value() >= bar.maximum():
        bar.setValue(0)
        viewport.repaint()
    start = time.perf_counter()
    bar.setValue(min(bar.maximum(), bar.value() + bar.pageStep()))
    viewport.repaint()
    return time.perf_counter() - start


# ---- in a process of their own --------------------------------------------------------------------


def opening(project: str, rounds: int, each: int) -> dict[str, list[float]]:
    """Open reports in turn with the bare editor."""
    window = Window(project)
    bare = Bare(window.view.text_font())
    ids = window.reports()
    window.open(ids[1])
    ours: list[float] = []
    theirs: list[float] = []
    for round_ in range(rounds):
        for n in range(each):
            report = ids[(round_ * each + n) % len(ids)]
            if report == window.main.controller.report.id:  # type: ignore[union-attr]
                continue
            ours.append(window.open(report))
            theirs.append(bare.open(window.view.text()))
    return {"ours": ours, "raw": theirs}


def working(project: str, which: int, database: str, rounds: int) -> dict[str, list[float]]:
    """On one report: key presses against raw commits and bare pages; pages of both."""
    window = Window(project)
    bare = Bare(window.view.text_font())
    report = window.reports()[which]
    if window.main.controller.report.id != report:  # type: ignore[union-attr]
        window.open(report)
    text = window.view.text()
    bare.open(text)
    db = raw.sqlite().fresh(database, "WAL", "FULL")
    db.execute("INSERT INTO report VALUES(1,'t','{}',5000,0)")
    found: dict[str, list[float]] = {
        name: [] for name in ("press", "commit", "page", "bare page", "caret", "bare caret", "spans")
    }
    spans = window.main.controller.report.spans  # type: ignore[union-attr]
    found["spans"].append(len(spans))
    places = (place for place in _places(text, 2 * rounds * PRESSES) if not spans.with_range(*place))
    for _ in range(rounds):
        for _ in range(PAGES):
            found["bare page"].append(bare.page_down())
        for _ in range(PAGES):
            found["page"].append(window.page_down())
        for _ in range(PRESSES):
            found["bare caret"].append(_caret_step(bare.editor))
        for _ in range(PRESSES):
            found["caret"].append(_caret_step(window.view))
        for n in range(PRESSES):
            found["commit"].append(_commit(db, n))
        for _ in range(PRESSES):
            found["press"].append(window.tag(*next(places)))
    return found


def _places(text: str, wanted: int):  # type: ignore[no-untyped-def]
    """Ranges of characters all over the text, none at an edge of white space or punctuation."""
    step = max(1, len(text) // (wanted + 2))
    for n in range(wanted):
        start = (n + 1) * step
        while not all("\u4e00" <= character <= "\u9fff" for character in text[start : start + 5]):
            start += 1
        yield start, start + 5


def _commit(db, n: int) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    db.execute('INSERT INTO span(report_id,start,"end",label_id) VALUES(1,?,?,?)', (n, n + 9, n % 3 + 1))
    db.execute("UPDATE report SET n_spans=n_spans+1 WHERE id=1")
    db.execute("COMMIT")
    return time.perf_counter() - start


# ---- measures -------------------------------------------------------------------------------------


def measure_opening(bench: Bench) -> list[Row]:
    rows = []
    project = bench.copy(bench.project(100))
    found = child.run("window", "opening", str(project), bench.runs, 10, home=bench.home)
    ours, theirs = median(found["ours"]) * 1e3, median(found["raw"]) * 1e3
    rows.append(Row("open a report (select to painted)", ours, theirs, "ms", 4, note=f"n {len(found['ours'])}"))
    giants = bench.copy(bench.project_of(bench.giant(2_000), bench.giant(20_000)))
    found = child.run("window", "opening", str(giants), bench.runs, 2, home=bench.home)
    return rows + _giants(found)


def _giants(found: dict[str, list[float]]) -> list[Row]:
    """The project has two reports, opened in turn: first the one of 2,000 spans."""
    rows = []
    for first, spans, limit in ((0, "2,000", 5), (1, "20,000", None)):
        ours, theirs = median(found["ours"][first::2]) * 1e3, median(found["raw"][first::2]) * 1e3
        rows.append(Row(f"open 1 MB with {spans} spans", ours, theirs, "ms", limit))
    return rows


def measure_working(bench: Bench) -> list[Row]:
    rows, presses = [], []
    for which, spans in enumerate((2_000, 20_000)):
        project = bench.copy(bench.project_of(bench.giant(2_000), bench.giant(20_000)))
        found = child.run(
            "window", "working", str(project), which, str(bench.fresh("commit.db")), bench.runs, home=bench.home
        )
        if round(found["spans"][0], -3) != spans:
            raise RuntimeError(f"the report shows {found['spans'][0]} spans, not {spans}")
        commit, bare = median(found["commit"]) * 1e3, median(found["bare page"]) * 1e3
        press, page = median(found["press"]) * 1e3, median(found["page"]) * 1e3
        presses.append(press / (commit + 3 * bare))
        rows += [
            Row(f"key press to painted, 1 MB, {spans:,} spans", press, commit + 3 * bare, "ms", 1.0,
                note=f"raw: commit {commit:.2f} + 3 × bare page {bare:.2f}; 95 %: "
                     f"{percentile(found['press'], 95) * 1e3:.1f} ms"),
            Row(f"scroll a page, 1 MB, {spans:,} spans", page, bare, "ms", 1.5),
            Row(f"a caret step, 1 MB, {spans:,} spans", median(found["caret"]) * 1e3,
                median(found["bare caret"]) * 1e3, "ms", 1.5),
        ]  # fmt: skip
    few, many = presses
    note = "each against its own raw side: they are measured minutes apart"
    return [*rows, Row("key press at 20,000 spans against 2,000", many, few, "", 1.25, note=note)]
