"""The order in which a person works through the reports: file, random by a seed, fewest spans first, or by what
is suggested: the least sure first, or most to gain first.

The order is worked out when it is chosen and when the project is opened, and stays while the person works: what comes
next does not jump about with every span.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from annotator.services.session import Session
from annotator.storage.records import DOUBT, FEWEST, FILE, GAIN, RANDOM, Queue

__all__ = ["DOUBT", "FEWEST", "FILE", "GAIN", "RANDOM", "WorkQueue"]

#: Seeds are short enough to be told over the phone.
_SEEDS = 10_000
_LOOK = 200


class WorkQueue:
    """One person's order of one project's reports."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.queue: Queue = session.store.queues.get(session.person.uid)
        self._ranks: dict[int, int] | None = None
        self.refresh()

    @property
    def in_file_order(self) -> bool:
        """Whether reports come as they were imported."""
        return self._ranks is None

    def choose(self, order: str, seed: int | None = None) -> None:
        """Go by another order from now on; a random one without a seed draws a new one. Remembered in the project."""
        if order == RANDOM and seed is None:
            seed = 1 + int.from_bytes(os.urandom(4)) % (_SEEDS - 1)
        self.queue = Queue(order, self.queue.seed if seed is None else seed)
        if not self._session.read_only:
            self._session.store.queues.put(self._session.person.uid, self.queue)
        self.refresh()

    def refresh(self) -> None:
        """Work the order out again: reports came or went, or it was chosen."""
        ids = self._session.store.queues.ids(self._session.person.uid, self.queue)
        self._ranks = None if ids is None else {report: rank for rank, report in enumerate(ids)}

    def rank(self, report: int) -> int:
        """Where a report stands in the order; what is not in it stands last."""
        return report if self._ranks is None else self._ranks.get(report, len(self._ranks))

    def first_unfinished(self, ids: Iterable[int]) -> int | None:
        """The first of these reports that the person has neither done nor skipped."""
        chunk: list[int] = []
        for report in ids:
            chunk.append(report)
            if len(chunk) == _LOOK:
                found = self._unfinished(chunk)
                if found is not None:
                    return found
                chunk = []
        return self._unfinished(chunk)

    def _unfinished(self, ids: list[int]) -> int | None:
        finished = self._session.store.queues.finished(self._session.person.uid, ids)
        return next((report for report in ids if report not in finished), None)
