"""Reads the numbers of the open report in idle moments, so that no key press has to."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.services import understanding
from annotator.ui.controller import Controller

_WAIT_MS, _PAUSE_MS = 400, 15
#: What a person has just done is to be painted before the next slice.
_AFTER_MOVE_MS = 120
_SLICE_S = 0.004


class IdleNumbers(QObject):
    """A few milliseconds now and then, until all is read."""

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read_on)
        controller.reportChanged.connect(self._report_changed)
        for moved in (controller.textSelectionChanged, controller.spansChanged, controller.selectedChanged):
            moved.connect(self._wait)

    def _report_changed(self) -> None:
        self._timer.stop()
        if self._controller.report is not None:
            self._timer.start(_WAIT_MS)

    def _wait(self) -> None:
        if self._timer.isActive() and self._timer.remainingTime() < _AFTER_MOVE_MS:
            self._timer.start(_AFTER_MOVE_MS)

    def _read_on(self) -> None:
        report = self._controller.report
        if understanding.is_getting_ready():
            self._timer.start(_WAIT_MS)
        elif report is not None and report.numbers.find_more(_SLICE_S):
            self._timer.start(_PAUSE_MS)
