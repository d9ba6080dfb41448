"""Files read in other processes, in order: two readers go ahead of whoever takes their reports in.

Readers of foreign formats meet files that hang them, eat memory or end them. So they run in processes of their own
(`reading_one`); the file is named with a sentence, and another process goes on with the next one. Knows no project.

    with Readers(jobs) as readers:
        for number in range(len(jobs)):
            for arrived in readers.items(number): ...

Each reader process is owned by a thread here. What was read and not taken yet is bounded; nobody reads ahead further.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final

from annotator.domain.errors import InputError
from annotator.formats.items import Item, shown
from annotator.services.reading_one import BROKEN, LIMITS, MB, FileReader, Limits
from annotator.services.reading_worker import Arrived, Order

__all__ = ["LIMITS", "MB", "Limits", "Readers"]

_PATIENCE: Final = 0.02  # seconds until who waits for a file may do something else
_AHEAD: Final = 32  # files that are read before their turn
_WAITING: Final = 24 * MB  # about the memory that reports waiting for their turn may hold
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Slot:
    """What has been read of one file and waits to be taken."""

    ready: deque[Arrived] = field(default_factory=deque)
    size: int = 0
    ended: bool = False


class Readers:
    """Reads the files of `jobs` in at most `processes` other processes, and hands out what is in them in order."""

    def __init__(self, jobs: Sequence[Order], limits: Limits = LIMITS, processes: int = 2) -> None:
        self._jobs = jobs
        self._slots: dict[int, _Slot] = {}
        self._turn = 0  # the job that is being taken
        self._next = 0  # the job that is read next
        self._waiting = 0
        self._closing = False
        self._changed = threading.Condition()
        self._lanes = [_Lane(self, limits) for _ in range(min(processes, len(jobs)))]

    def __enter__(self) -> Readers:
        for lane in self._lanes:
            lane.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they are at."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for lane in self._lanes:
            lane.end()
        for lane in self._lanes:
            lane.join()

    def items(self, number: int) -> Iterator[Arrived | None]:
        """What is in the file of job `number`, as it comes; None now and then while there is nothing yet.

        Files are taken in their order, each once.
        """
        with self._changed:
            self._turn = number
            self._changed.notify_all()
        while True:
            with self._changed:
                slot = self._slots.setdefault(number, _Slot())
                if not slot.ready and not slot.ended:
                    self._changed.wait(_PATIENCE)
                taken = [*slot.ready]
                slot.ready.clear()
                self._waiting -= slot.size
                slot.size = 0
                ended = slot.ended
                self._changed.notify_all()
            yield from taken
            if ended:
                break
            if not taken:
                yield None
        with self._changed:
            del self._slots[number]
            self._turn = number + 1
            self._changed.notify_all()

    # ---- for the lanes --------------------------------------------------------------------------

    def take(self) -> tuple[int, Order] | None:
        """The next file to read, when its time has come; None at the end."""
        with self._changed:
            while not self._closing and self._next < len(self._jobs):
                if self._next < self._turn + _AHEAD:
                    number, self._next = self._next, self._next + 1
                    return number, self._jobs[number]
                self._changed.wait()
        return None

    def give(self, number: int, arrived: Sequence[Arrived], *, end: bool) -> bool:
        """Hand over what was read; waits while too much waits already. False: nobody wants it any more."""
        size = sum(map(_weight, arrived))
        with self._changed:
            while self._waiting + size > _WAITING and self._waiting and not self._closing:
                if number == self._turn and not self._slots.setdefault(number, _Slot()).ready:
                    break
                self._changed.wait()
            slot = self._slots.setdefault(number, _Slot())
            slot.ready.extend(arrived)
            slot.size += size
            self._waiting += size
            slot.ended = slot.ended or end
            self._changed.notify_all()
            return not self._closing


class _Lane(threading.Thread):
    """The thread that owns one reader process."""

    def __init__(self, readers: Readers, limits: Limits) -> None:
        super().__init__(name="reading files", daemon=True)
        self._readers = readers
        self._reader = FileReader(limits)
        self._ended = False

    def end(self) -> None:
        """End the process, whatever it is at, and the thread."""
        self._ended = True
        self._reader.stop()

    def run(self) -> None:
        try:
            while not self._ended and (job := self._readers.take()) is not None:
                self._file(*job)
        finally:
            self._reader.close()

    def _file(self, number: int, order: Order) -> None:
        try:
            for arrived in self._reader.read(order):
                if not self._readers.give(number, arrived, end=False):
                    return
        except Exception as error:  # noqa: BLE001 - a bug here must not leave the taker waiting for this file
            _log.exception("reading a file in another process")
            problem = InputError(BROKEN, error=type(error).__name__, n=0)
            self._readers.give(number, [Arrived(Item(shown(order.path), problem=problem))], end=True)
        else:
            self._readers.give(number, (), end=True)


def _weight(arrived: Arrived) -> int:
    report = arrived.item.report
    return 200 if report is None else 2 * len(report.text) + len(report.original or b"") + 2000
