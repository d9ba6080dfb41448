"""Slow work: how a job says how far it is, and how it is stopped. Knows no job and no window.

A job is a plain function that takes a `Progress`. The window hands in one that sends signals, the
command line one that writes a line; both raise `Cancelled` out of it when the person wants to stop.
A job that has kept something by then returns its result with `cancelled` set instead of raising.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: What a job calls now and then: `done` of `total` (0: unknown) is done, `words` say what, in the language of the
#: moment. Raises `Cancelled` when the job is asked to stop.
Progress = Callable[[int, int, str], None]


def silent(done: int, total: int, words: str) -> None:
    """Progress that nobody looks at."""


class Pace:
    """Passes progress on, but not more often than a person can read: at most every `seconds`."""

    def __init__(self, progress: Progress, seconds: float = 0.05) -> None:
        self._progress = progress
        self._seconds = seconds
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is time to say something again: words need not be made before."""
        return time.monotonic() >= self._next

    def say(self, done: int, total: int, words: str) -> None:
        """Say it now. Raises `Cancelled` when the job is asked to stop."""
        self._next = time.monotonic() + self._seconds
        self._progress(done, total, words)


class Gate:
    """Lets a person hold a job up: it waits at its next stop until the gate is opened again."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()

    @property
    def closed(self) -> bool:
        """Whether the job is to wait."""
        return not self._open.is_set()

    def close(self) -> None:
        """Let the job wait."""
        self._open.clear()

    def open(self) -> None:
        """Let the job go on."""
        self._open.set()

    def wait(self, seconds: float) -> bool:
        """Wait until the gate is open, at most `seconds`; whether it is."""
        return self._open.wait(seconds)
