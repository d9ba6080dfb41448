"""Jobs in a thread: progress, cancel, one clear end. Knows no job and no widget.

A job is a plain function that takes one argument, the callback `report(done, total, words)`, and
raises `Cancelled` out of it when asked to stop. Its results reach the window's thread as signals.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from annotator.domain.errors import Cancelled
from annotator.services.jobs import Gate

Report = Callable[[int, int, str], None]


class Task(QObject):
    """One job under way. Exactly one of finished, failed and cancelled comes, then ended."""

    progressed = Signal(int, str)  # thousandths done, -1 where unknown; words
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(
        self, words: str, job: Callable[[Report], Any], parent: QObject | None = None, gate: Gate | None = None
    ) -> None:
        super().__init__(parent)
        self.words = words
        #: Where the job can be held up; None where it cannot.
        self.gate = gate
        self._job = job
        self._stop = threading.Event()
        self.done = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop; what it has finished stays."""
        self._stop.set()
        if self.gate is not None:
            self.gate.open()

    def report(self, done: int, total: int = 0, words: str = "") -> None:
        """What the job calls: how far it is (`total` 0: unknown). Raises Cancelled when asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done * 1000 // total if total else -1, words)

    def run(self) -> None:
        """Do the job; called in the thread."""
        try:
            result = self._job(self.report)
        except Cancelled:
            self.cancelled.emit()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the window must hear of it
            self.failed.emit(error)
        else:
            self.finished.emit(result)
        finally:
            self.done.set()
            self.ended.emit()


class _Runner(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run()


class Tasks(QObject):
    """The window's jobs: one at a time, since all of them write or read the whole project."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.current: Task | None = None

    def start(self, task: Task) -> None:
        """Run `task` in the thread. There must be none under way."""
        if self.current is not None:
            raise RuntimeError("a job is under way")
        self.current = task
        task.setParent(self)
        task.ended.connect(self._ended)
        self.changed.emit()
        self._pool.start(_Runner(task))

    def cancel(self) -> None:
        """Ask the job under way to stop."""
        if self.current is not None:
            self.current.cancel()

    def close(self) -> None:
        """Cancel and wait: nothing of a job may outlive the project."""
        self.cancel()
        self._pool.waitForDone()

    def _ended(self) -> None:
        task, self.current = self.current, None
        if task is not None:
            task.deleteLater()
        self.changed.emit()
