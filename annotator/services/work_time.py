"""How long somebody worked: time counts only while the window is active and the person did something lately.

It reads no clock; whoever calls hands in the moment, in seconds that never go back.
"""

from __future__ import annotations

from typing import Final

from annotator.messages import _

#: Seconds after the last key press or mouse move that still count: reading is work, a lunch is not.
IDLE_AFTER: Final = 60.0


class Stopwatch:
    """Adds up seconds between acts."""

    def __init__(self, idle_after: float = IDLE_AFTER) -> None:
        self._idle_after = idle_after
        self._counted_to: float | None = None  # up to when time is counted; None: nothing has happened yet
        self._last_act = 0.0
        self._seconds = 0.0

    def acted(self, now: float) -> None:
        """The person pressed a key or moved the mouse."""
        self._count(now)
        self._counted_to = self._last_act = now

    def left(self, now: float) -> None:
        """The window is no longer active: nothing counts until the next act."""
        self._count(now)
        self._counted_to = None

    def take(self, now: float) -> float:
        """The seconds that counted since the last call."""
        self._count(now)
        seconds, self._seconds = self._seconds, 0.0
        return seconds

    def _count(self, now: float) -> None:
        if self._counted_to is None:
            return
        end = min(now, self._last_act + self._idle_after)
        if end > self._counted_to:
            self._seconds += end - self._counted_to
        self._counted_to = max(self._counted_to, end)


def duration(seconds: float) -> str:
    """A length of time in words: "2 h 05 min", "12 min", "40 s"."""
    whole = round(seconds)
    if whole < 60:
        return _("{s} s", s=whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return _("{m} min", m=minutes)
    return _("{h} h {m} min", h=minutes // 60, m=f"{minutes % 60:02}")
