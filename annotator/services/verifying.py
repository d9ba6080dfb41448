"""Checking a project: `verify(store, progress)` says what is wrong, sentence by sentence."""

from __future__ import annotations

from annotator.messages import _
from annotator.services.jobs import Pace, Progress, silent
from annotator.storage import Store
from annotator.storage.check import verify as check


def verify(store: Store, progress: Progress = silent) -> list[str]:
    """Integrity of the file, offsets against texts, counters; empty where everything is in order."""
    pace = Pace(progress)

    def say(done: int, total: int) -> None:
        if pace.due():
            pace.say(done, total, _("{n} reports checked", n=done))

    return [finding.text() for finding in check(store, say)]
