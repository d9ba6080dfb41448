"""Time on the report: fed by what a person does in the window, kept when they leave the report or the window.

No timer runs: time that nobody acts in does not count beyond a minute, so there is nothing to look at meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from annotator.domain.errors import KnownError
from annotator.services.work_time import Stopwatch

if TYPE_CHECKING:
    from annotator.services.session import Session
    from annotator.ui.main_window import MainWindow

_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    }
)
#: A crash loses no more than this many seconds of time, and of the way through the report.
_KEEP_EVERY = 60.0


class WorkClock(QObject):
    """The stopwatch of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self.now: Callable[[], float] = time.monotonic
        self._watch = Stopwatch()
        self._kept_at = self._acted_at = self.now()
        controller = self._controller
        for signal in (controller.textSelectionChanged, controller.selectedChanged, controller.historyChanged):
            signal.connect(self.acted)
        window.report_pane.view.verticalScrollBar().valueChanged.connect(lambda _value: self.acted())
        controller.leaving.connect(self.keep)
        controller.reportChanged.connect(self._begin)
        window.installEventFilter(self)
        QTimer.singleShot(0, self, self._watch_input)

    def _watch_input(self) -> None:
        """Real input comes to the system's window first: a few events, where all widgets together have thousands."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _ACTS:
            self.acted()
        elif kind == QEvent.Type.WindowDeactivate and watched is self._window:
            self._watch.left(self.now())
            self.keep()
        elif kind == QEvent.Type.Show and watched is self._window:
            self._watch_input()
        return False

    def acted(self) -> None:
        """The person did something in this window."""
        self._acted_at = self.now()
        if self._controller.report is None or not self._window.isActiveWindow():
            return
        now = self.now()
        self._watch.acted(now)
        if now - self._kept_at >= _KEEP_EVERY:
            self.keep()

    def rested(self) -> float:
        """Seconds since the person did something in this window."""
        return self.now() - self._acted_at

    def seconds(self) -> float:
        """The time at the open report, what is not written yet included."""
        self.keep()
        session, report = self._controller.session, self._controller.report
        return session.store.work.get(session.person.uid, report.id) if session and report else 0.0

    def keep(self) -> None:
        """Write down what has counted since the last time."""
        now = self.now()
        self._kept_at = now
        seconds = self._watch.take(now)
        session, report = self._controller.session, self._controller.report
        if seconds < 0.5 or session is None or report is None or session.read_only or report.gone:
            return
        self._controller.when_free(lambda: self._write(session, report.id, seconds))

    def _write(self, session: Session, report: int, seconds: float) -> None:
        try:
            session.store.work.add(session.person.uid, report, seconds)
            self._controller.remember_place()  # a killed window comes back near where it was
        except KnownError as error:
            self._controller.presenter.show(error)

    def _begin(self) -> None:
        """Another report: what was not written belongs to none."""
        self._watch.take(self.now())
