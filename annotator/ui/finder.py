"""Finds in the open report: words in place, a slice at a time; expressions in the helper process. It shows nothing.

The window's thread is never held longer than `SLICE`, whatever is looked for and however long the report is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.errors import KnownError
from annotator.domain.find import TOO_SLOW, Matches, PlainSearch, Query, body, unpacked
from annotator.messages import translate
from annotator.ui.background import Background

#: Seconds for which words are looked for before the window gets its turn.
SLICE: Final = 0.008

_KEY: Final = "find"
_LIMIT: Final = 2.0  # what the table of tasks grants an expression; said where it was not enough


class Finder(QObject):
    """One search at a time. `found` comes with all matches; `failed` with a sentence, and nothing else changes."""

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._search: PlainSearch | None = None
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._turn)
        self.busy = False
        #: The longest the window was held, in seconds: for the measuring script.
        self.longest = 0.0

    def search(self, text: str, query: Query, furniture: Sequence[tuple[int, int]]) -> None:
        """Look for `query` outside `furniture`, or everywhere where it says so. An earlier search is dropped."""
        self.stop()
        if not query.words:
            self.found.emit(Matches())
            return
        begin = time.perf_counter()
        ranges = [(0, len(text))] if query.furniture else body(len(text), furniture)
        self.busy = True
        if query.expression:
            self._background.ask("find", (text, query, ranges), _KEY, self._answered, priority=10)
        else:
            self._search = PlainSearch(text, query, ranges)
            self._turn()
        self._note(begin)

    def stop(self) -> None:
        """Drop the search under way."""
        self.busy = False
        self._search = None
        self._turns.stop()
        self._background.cancel(_KEY)

    def _turn(self) -> None:
        if self._search is None:
            return
        begin = time.perf_counter()
        if not self._search.run(SLICE):
            self._turns.start()
            self._note(begin)
            return
        matches = self._search.matches
        self.stop()
        self.found.emit(matches)
        self._note(begin)

    def _answered(self, answer: Any) -> None:
        begin = time.perf_counter()
        self.busy = False
        if answer.error is None:
            self.found.emit(unpacked(answer.value))
        elif isinstance(answer.error, KnownError):
            self.failed.emit(_sentence(answer.error))
        else:
            raise answer.error
        self._note(begin)

    def _note(self, begin: float) -> None:
        self.longest = max(self.longest, time.perf_counter() - begin)


def _sentence(error: KnownError) -> str:
    """What the person reads: that the process gave no sign of life means that the expression takes too long."""
    from annotator.services.helper_answer import DIED, HUNG

    if error.message in (HUNG, DIED):
        return translate(TOO_SLOW, seconds=_LIMIT)
    return str(error)
