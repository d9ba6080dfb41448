"""Start to first paint, and memory of the window at rest, against a bare editor window.

The program is started as it is started by a person; what watches it is a subclass of its window that notes when the
report list and the report have been painted with something in them. The program itself knows nothing of it.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks import child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, alternate, median

REST = 2.5
PAINT, MEMORY = 3, 2


def start(t0: float, project: str) -> dict[str, float]:
    """In a process of its own: start the program on a project, wait, close. Seconds since `t0`, MiB at rest."""
    import sys

    marks: dict[str, float] = {"python": time.monotonic() - t0}
    _watch(marks, t0)
    from annotator.__main__ import main

    sys.argv = ["annotator", project]
    code = main()
    if code:
        raise RuntimeError(f"the window ended with {code}")
    return marks


def _watch(marks: dict[str, float], t0: float) -> None:
    from annotator.ui import app as program  # isort: skip - the program's own order of imports, Qt not before it
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watched(program.MainWindow):
        """The window, noting when its list and its report have been painted with something in them."""

        def show(self) -> None:
            self._notes = Notes(self)
            super().show()

    class Notes(QObject):
        def __init__(self, window: Any) -> None:
            super().__init__(window)
            self.window = window
            self.list = window.report_list.view.viewport()
            self.report = window.report_pane.view.viewport()
            self.seen: set[QObject] = set()
            for viewport in (self.list, self.report):
                viewport.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and watched not in self.seen and self.is_filled(watched):
                self.seen.add(watched)
                if len(self.seen) == 2:
                    QTimer.singleShot(0, self.painted)
            return False

        def is_filled(self, watched: QObject) -> bool:
            if watched is self.list:
                return bool(self.window.report_list.model.rowCount())
            return self.window.controller.report is not None and bool(self.window.report_pane.view.text())

        def painted(self) -> None:
            marks["painted"] = time.monotonic() - t0
            QTimer.singleShot(int(REST * 1000), self.rest)

        def rest(self) -> None:
            marks["rss"] = child.memory()
            marks["peak"] = child.memory("VmHWM")
            self.window.close()

    program.MainWindow = Watched  # type: ignore[misc]


def measure(bench: Bench) -> list[Row]:
    project = bench.copy(bench.project(1000))

    def ours() -> dict[str, float]:
        return dict(child.run("starting", "start", time.monotonic(), str(project), home=bench.home))

    ours()  # the first start compiles and fills caches, on both sides
    raw.window("editor")
    us, them = alternate(bench.runs, ours, lambda: raw.window("editor"))
    bare = median([marks["first_paint"] for marks in them])
    painted = median([marks["painted"] for marks in us])
    memory, least = median([marks["rss"] for marks in us]), median([marks["rss_mb"] for marks in them])
    return [
        Row("start to first paint (rows and last report)", painted * 1e3, bare * 1e3, "ms", PAINT,
            note="1,000 reports"),
        Row(f"memory at rest, {REST:g} s after the first paint", memory, least, "MiB", MEMORY,
            note=f"peak {median([marks['peak'] for marks in us]):.0f} MiB"),
    ]  # fmt: skip


def size(path: Path) -> float:
    """Megabytes of a file."""
    return path.stat().st_size / 1e6
