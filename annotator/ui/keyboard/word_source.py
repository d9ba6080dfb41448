"""The words of the open report, from the helper process; until it answers, and without it, runs of one script.

The process answers on a thread of its own; the answer crosses to the window's thread as a queued signal.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from annotator.domain import words
from annotator.domain.errors import KnownError
from annotator.services.open_report import OpenReport
from annotator.ui.controller import Controller

if TYPE_CHECKING:
    from annotator.services.helper import Answer, Helper

_KEY = "words"


class WordSource(QObject):
    """Where words begin and end in the open report."""

    ready = Signal()  # the words of the open report are known now
    _answered = Signal(object)

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._helper: Helper | None = None
        self._edges: array[int] | None = None
        self._asked: tuple[OpenReport, int] | None = None
        self._failed = False
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        controller.reportChanged.connect(self._report_changed)

    def start(self) -> None:
        """Start the process, if need be, and ask for the words of the open report."""
        if self._helper is None:
            from annotator.services.helper import Helper  # late: no window waits for it

            self._helper = Helper(on_answer=self._answered.emit)
        self._ask()

    def close(self) -> None:
        """End the process. Nothing is asked any more."""
        helper, self._helper = self._helper, None
        self._edges = self._asked = None
        if helper is not None:
            helper.close()

    @property
    def edges(self) -> array[int] | None:
        """The edges of the open report's words (`domain.words`); None while they are not known."""
        return self._edges

    def word_at(self, text: str, offset: int) -> tuple[int, int]:
        """The word that holds the character at `offset`."""
        return words.word_at(self._edges, text, offset)

    def _report_changed(self) -> None:
        report = self._controller.report
        if self._asked is None or report is not self._asked[0]:
            self._edges = None
            self._ask()

    def _ask(self) -> None:
        report = self._controller.report
        if self._helper is None or report is None or (self._asked is not None and self._asked[0] is report):
            return
        self._asked = report, self._helper.submit("tokenize", report.text, key=_KEY, priority=1)

    def _take(self, answer: Answer) -> None:
        """Words that were asked for a report which is not open any more are dropped."""
        report = self._controller.report
        if self._asked is None or self._asked != (report, answer.revision):
            return
        if answer.error is not None:
            self._fail(answer.error)
            return
        edges = words.unpacked(answer.value)
        if report is not None and len(edges) > 1 and edges[-1] == len(report.text):
            self._edges = edges
            self.ready.emit()

    def _fail(self, error: Exception) -> None:
        """Said once: everything goes on with runs of one script. A bug goes to the crash report each time."""
        if not self._failed or not isinstance(error, KnownError):
            self._failed = True
            self._controller.presenter.show(error)
