"""When a proposed value counts as seen: its span was looked at, or worked on, not merely passed.

A span is looked at when it has been the only one selected, with the editor in sight, for as long as it takes to read
it; entering its editor counts at once. What was seen is shown as seen when the span is left, never under one's eyes.
A span that came with many others is looked at when a person has passed over it: stood on it for a moment.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from annotator.domain.changes import Change
from annotator.domain.errors import KnownError
from annotator.services.open_report import OpenReport
from annotator.ui.controller import Controller

#: Seconds on a span after which its values have been read.
READING = 1.0
#: Seconds on a span that came with many others after which it has been passed over.
PASSING = 0.25


class Seen(QObject):
    """Watches which span is selected, and for how long."""

    def __init__(self, controller: Controller, editor_shows: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._editor_shows = editor_shows
        self._uid = ""
        self._since = QElapsedTimer()
        self._read: list[str] = []
        self._passed: list[str] = []
        self._writing = QTimer(self, interval=0, singleShot=True)  # after the paint: a key press need not wait for it
        self._writing.timeout.connect(self._write)
        self.reading, self.passing = READING, PASSING
        controller.selectedChanged.connect(self._selected_changed)
        controller.leaving.connect(self._leave_report)

    def entered(self) -> None:
        """The person is in the span's editor: its values are being looked at."""
        if self._uid:
            self._since.invalidate()

    def leave(self) -> None:
        """The span is left: what was read is seen."""
        uid, self._uid = self._uid, ""
        if uid and self._editor_shows() and (not self._since.isValid() or self._since.elapsed() >= self.reading * 1000):
            self._read.append(uid)
            self._writing.start()
        elif uid and (not self._since.isValid() or self._since.elapsed() >= self.passing * 1000):
            self._passed.append(uid)
            self._writing.start()

    def _leave_report(self) -> None:
        self.leave()
        self._writing.stop()
        self._write()

    def _write(self) -> None:
        """Write down what has been looked at; while a job writes, after it."""
        report = self._controller.report
        uids, passed, self._read, self._passed = self._read, self._passed, [], []
        if report is not None and (uids or passed):
            self._controller.when_free(lambda: self._mark(report, uids, passed))

    def _mark(self, report: OpenReport, uids: list[str], passed: list[str]) -> None:
        editor, shown = self._controller.editor, self._controller.report
        if editor is None:
            return
        before = {uid: span.proposed for uid in (*uids, *passed) if (span := report.spans.get(uid))}
        try:
            seen = editor.mark_seen(report, uids) + editor.mark_passed(report, passed)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        if seen and shown is not None and shown.id == report.id:
            rows = [
                Change("span", report.id, s.uid, {"proposed": before[s.uid]}, {"proposed": s.proposed}) for s in seen
            ]
            self._controller.spansChanged.emit(rows)

    def _selected_changed(self) -> None:
        selected = self._controller.selected
        if selected == (self._uid,):
            return
        self.leave()
        self._uid = selected[0] if len(selected) == 1 else ""
        self._since.start()
