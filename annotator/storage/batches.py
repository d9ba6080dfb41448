"""Short transactions for jobs: many writes, committed together until the batch has lasted long enough."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.storage.store import Store


class Batches:
    """Gathers writes into transactions of about `max_ms`; `kept` counts the writes that are committed,
    `lost` those that had returned when the disk refused the batch they were in.

        with store.batches(max_ms=50) as batches:
            for report in incoming:
                with batches.write():
                    store.reports.add(report, step)

    Each write is whole or not there: one that raises leaves no trace, and the batch goes on with the others. Left by
    an exception, the batch still commits what was finished.
    """

    def __init__(self, store: Store, max_ms: float) -> None:
        self._store = store
        self._seconds = max_ms / 1000
        self._began = 0.0
        self._open = 0
        self.kept = 0
        self.lost = 0

    def __enter__(self) -> Batches:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()

    @contextmanager
    def write(self) -> Iterator[None]:
        """One write of the batch."""
        if not self._store.in_transaction:
            self._store.begin()
            self._open = 0
            self._began = time.monotonic()
        try:
            with self._store.savepoint():
                yield
        finally:
            if not self._store.in_transaction:  # a full disk ended all of it
                self._lose()
        self._open += 1
        self.pause()

    def pause(self) -> None:
        """Nothing is being written just now: commit where the batch has lasted long enough or somebody waits."""
        if time.monotonic() - self._began >= self._seconds or self._store.others_wait:
            self.flush()

    def flush(self) -> None:
        """Commit what is open: also before anything slow, so that the window is not kept waiting."""
        if self._store.in_transaction:
            try:
                self._store.commit()
            except BaseException:
                self._lose()
                raise
            self.kept += self._open
            self._open = 0

    def _lose(self) -> None:
        """The batch was rolled back, with the writes that had returned before the one that failed."""
        self.lost += self._open
        self._open = 0
