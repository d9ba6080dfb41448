"""A start of the program as a person starts it, watched.

What watches is a subclass of its window that notes when the report list and the report have been painted with something
in them; the program itself knows nothing of it. Imported in the measured process: whatever this module imports counts as
the program's, so it imports next to nothing.
"""

from __future__ import annotations

import gc
import sys
import time
from typing import Any

from benchmarks import child

#: Seconds after the first paint at which memory is read.
REST = 2.5


def start(t0: float, project: str) -> dict[str, float]:
    """In a process of its own: start the program on a project, wait, close. Seconds since `t0`, MiB at rest."""
    marks: dict[str, float] = {"python": time.monotonic() - t0}
    from annotator.__main__ import main

    gc.disable()  # as the program does before it imports its window, which happens here a line earlier
    _watch(marks, t0)
    sys.argv = ["annotator", project]
    code = main()
    if code:
        raise RuntimeError(f"the window ended with {code}")
    return marks


def _watch(marks: dict[str, float], t0: float) -> None:
    from annotator.ui import app as program  # isort: skip - the program's own order of imports, Qt not before it
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watched(program.MainWindow):
        """The window, as large as the bare one, noting when list and report have been painted with something in them."""

        def show(self) -> None:
            self.resize(1280, 860)
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
