"""The words of the open report, from the helper process; until it answers, and without it, runs of one script.

It is the window's one helper process (`ui.background`), which finds expressions too.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain import words
from annotator.domain.errors import KnownError
from annotator.services.open_report import OpenReport
from annotator.ui.background import Background
from annotator.ui.controller import Controller

if TYPE_CHECKING:
    from annotator.services.helper import Answer

_KEY = "words"


class WordSource(QObject):
    """Where words begin and end in the open report."""

    ready = Signal()  # the words of the open report are known now

    def __init__(self, controller: Controller, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._background = background
        self._edges: array[int] | None = None
        self._asked: OpenReport | None = None
        self._started = False
        self._failed = False
        controller.reportChanged.connect(self._report_changed)

    def start(self) -> None:
        """From now on ask for the words of each report that is opened; the first question starts the process."""
        self._started = True
        self._ask()

    def close(self) -> None:
        """Nothing is asked any more."""
        self._started = False
        self._background.cancel(_KEY)
        self._edges = self._asked = None

    @property
    def edges(self) -> array[int] | None:
        """The edges of the open report's words (`domain.words`); None while they are not known."""
        return self._edges

    def word_at(self, text: str, offset: int) -> tuple[int, int]:
        """The word that holds the character at `offset`."""
        return words.word_at(self._edges, text, offset)

    def _report_changed(self) -> None:
        report = self._controller.report
        if report is not self._asked:
            self._edges = self._asked = None
            self._background.cancel(_KEY)
            QTimer.singleShot(0, self, self._ask)  # suggestions, which are waited for, are asked for first

    def _ask(self) -> None:
        report = self._controller.report
        if self._started and report is not None and report is not self._asked:
            self._asked = report
            self._background.ask("tokenize", report.text, _KEY, self._take, priority=1)

    def _take(self, answer: Answer) -> None:
        if answer.error is not None:
            self._fail(answer.error)
            return
        edges = words.unpacked(answer.value)
        if self._asked is not None and len(edges) > 1 and edges[-1] == len(self._asked.text):
            self._edges = edges
            self.ready.emit()

    def _fail(self, error: Exception) -> None:
        """Said once: everything goes on with runs of one script. A bug goes to the crash report each time."""
        if not self._failed or not isinstance(error, KnownError):
            self._failed = True
            self._controller.presenter.show(error)
