"""Finds the sections of a long report once it has been painted, so that opening it does not wait for them.

A report of usual length has them at once; see `OpenReport.outlined`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.ui.controller import Controller

#: Counted from when the event loop has its turn again, so from about when the report has been painted.
_WAIT_MS = 40


class Outlining(QObject):
    """Follows the open report; says `outlined` of the controller when its sections have come."""

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        self._waited = False
        controller.reportChanged.connect(self._report_changed)

    def _report_changed(self) -> None:
        report = self._controller.report
        self._waited = False
        if report is None or report.outlined:
            self._timer.stop()
        else:
            self._timer.start(0)

    def _turn(self) -> None:
        if self._waited:
            self.outline_now()
        else:
            self._waited = True
            self._timer.start(_WAIT_MS)

    def outline_now(self) -> None:
        """Find them at once."""
        self._timer.stop()
        report = self._controller.report
        if report is not None:
            _ = report.sections
            self._controller.outlined.emit()
