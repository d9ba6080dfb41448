"""The helper process as the window uses it: questions from any part, each answer in the window's own thread.

Started by the first question, so that a window that asks nothing pays nothing. It knows no task.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from annotator.services.helper import Answer, Helper

Then = Callable[["Answer"], None]


class Background(QObject):
    """One helper process. A newer question of the same key takes the place of the older one."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._helper: Helper | None = None
        self._waiting: dict[Hashable, tuple[int, Then]] = {}
        self._closed = False
        self._arrived.connect(self._deliver)

    @property
    def helper(self) -> Helper:
        """The process's owner; made on first need."""
        if self._helper is None:
            from annotator.services.helper import Helper

            self._helper = Helper(self._arrived.emit)
        return self._helper

    def ask(self, task: str, payload: Any, key: Hashable, then: Then, *, priority: int = 0) -> None:
        """Ask for `task`; `then` is called with the answer, value or error, unless a newer question came."""
        if not self._closed:
            self._waiting[key] = self.helper.submit(task, payload, key=key, priority=priority), then

    def cancel(self, key: Hashable) -> None:
        """Nobody waits for the answer of `key` any more."""
        if self._waiting.pop(key, None) is not None and self._helper is not None:
            self._helper.cancel(key)

    def close(self) -> None:
        """End the process; no answer comes any more."""
        self._closed = True
        self._waiting.clear()
        if self._helper is not None:
            self._helper.close()

    def _deliver(self, answer: Answer) -> None:
        revision, then = self._waiting.get(answer.key, (None, None))
        if then is not None and revision == answer.revision:
            del self._waiting[answer.key]
            then(answer)
