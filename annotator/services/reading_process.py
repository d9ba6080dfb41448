"""Files read in other processes, in order: two readers go ahead of whoever takes their reports in.

Readers of foreign formats meet files that hang them, eat memory or end them. So they run in processes of their own,
spawned, with a time for each file and a measure of memory; a process that does not keep to them is ended, the file is
named with a sentence, and another process goes on with the next one. Knows no project.

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
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError, KnownError
from annotator.formats.items import Item, shown
from annotator.messages import N_
from annotator.services import helper_worker, reading_worker
from annotator.services.helper_link import Link
from annotator.services.reading_worker import Arrived, Chunk, Order

MB: Final = 1024 * 1024
_AHEAD: Final = 32  # files that are read before their turn
_WAITING: Final = 24 * MB  # about the memory that reports waiting for their turn may hold
_log = logging.getLogger(__name__)

HUNG: Final = N_(
    "Reading the file gave no report for {seconds:.0f} s, so its reader was ended; {n} reports of it came in before."
)
DIED: Final = N_(
    "The program that reads the file ended twice while reading it, so the file was given up; {n} reports of it came in before."
)
FULL: Final = N_(
    "Reading the file takes more than {megabytes} MB of memory, so its reader was ended; {n} reports of it came in before."
)
BROKEN: Final = N_(
    "The file met an error in the program itself ({error}), which is in the log; {n} reports of it came in before."
)
NOT_STARTED: Final = N_(
    "The program that reads the file could not be started ({reason}); close other programs and import it again."
)
CHANGED: Final = N_("The file was written to while it was read, twice; import it again when it is finished.")
CHANGED_BETWEEN: Final = N_("The file was written to while it was read; import it again if something is missing.")


class Limits(NamedTuple):
    """What a reader may take: seconds for one report of a file, more of them for each MB of it, and bytes of memory."""

    seconds: float = 60.0
    seconds_per_mb: float = 6.0
    memory: int = 768 * MB
    #: A process that holds this much after a file is replaced by a fresh one.
    kept: int = 384 * MB

    def time_for(self, path: Path) -> float:
        """Seconds for one report of this file."""
        found = reading_worker.signature(path)
        return self.seconds + self.seconds_per_mb * (found[0] / MB if found else 0)


LIMITS: Final = Limits()


class _Lost(Exception):
    """The process is gone, or took too long (`hung`)."""

    def __init__(self, *, hung: bool = False, full: bool = False) -> None:
        super().__init__()
        self.hung = hung
        self.full = full


class _Broken(Exception):
    """A reader raised what it must not; the text is its traceback."""


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
        self.limits = limits
        self._slots: dict[int, _Slot] = {}
        self._turn = 0  # the job that is being taken
        self._next = 0  # the job that is read next
        self._waiting = 0
        self._closing = False
        self._changed = threading.Condition()
        self._lanes = [_Lane(self) for _ in range(min(processes, len(jobs)))]

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
            lane.stop()
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
                    self._changed.wait(0.1)
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
    """One reader process and the thread that owns it."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(name="reading files", daemon=True)
        self._readers = readers
        self._link: Link | None = None
        self._stopped = False

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self._stopped = True
        link = self._link
        if link is not None:
            link.kill()

    def run(self) -> None:
        try:
            while not self._stopped and (job := self._readers.take()) is not None:
                self._file(*job)
        finally:
            self._drop(grace=0.5)

    # ---- one file -------------------------------------------------------------------------------

    def _file(self, number: int, order: Order) -> None:
        """Read one file to its end, or say why it has none."""
        given = 0
        try:
            for arrived in self._chunks(order):
                given += sum(a.item.report is not None for a in arrived)
                if not self._readers.give(number, arrived, end=False):
                    return
        except _Lost as lost:
            self._give_up(number, order, _reason(lost, self._readers.limits, order, given))
        except _Broken as error:
            _log.error("reading %s: %s", order.path.suffix, error)
            last = str(error).strip().rsplit("\n", 1)[-1][:200]
            self._give_up(number, order, InputError(BROKEN, error=last, n=given))
        except OSError as error:
            _log.info("a reader could not be started: %s", error)
            self._give_up(number, order, InputError(NOT_STARTED, reason=error.strerror or str(error)))
        except Exception as error:  # noqa: BLE001 - a bug here must not leave the taker waiting for this file
            _log.exception("reading a file in another process")
            self._give_up(number, order, InputError(BROKEN, error=type(error).__name__, n=given))
        else:
            self._readers.give(number, (), end=True)

    def _give_up(self, number: int, order: Order, problem: KnownError) -> None:
        self._readers.give(number, [Arrived(Item(shown(order.path), problem=problem))], end=True)

    def _chunks(self, order: Order) -> Iterator[list[Arrived]]:
        """A file's items; one that ended the process is tried once more, one that changed as well."""
        got = deaths = changes = 0
        while not self._stopped:
            try:
                for chunk in self._read(order._replace(skip=got)):
                    arrived = list(reading_worker.unpacked(chunk))
                    if chunk.end and chunk.changed and not got:
                        changes += 1
                        break
                    got += len(arrived)
                    yield _noted(arrived) if chunk.changed else arrived
                else:
                    return
                if changes > 1:
                    yield [Arrived(Item(shown(order.path), problem=InputError(CHANGED)))]
                    return
            except _Lost as lost:
                self._drop()
                deaths += 1
                if lost.hung or lost.full or deaths > 1:
                    raise

    def _read(self, order: Order) -> Iterator[Chunk]:
        seconds = self._readers.limits.time_for(order.path)
        chunk = self._ask(reading_worker.BEGIN, order, seconds)
        while not chunk.end:
            yield chunk
            chunk = self._ask(reading_worker.MORE, None, seconds)
        yield chunk._replace(full=False)
        if chunk.full:
            raise _Lost(full=True)
        if chunk.memory > self._readers.limits.kept:
            self._drop()

    # ---- the process ----------------------------------------------------------------------------

    def _ask(self, function: str, payload: object, seconds: float) -> Chunk:
        link = self._link or self._fresh()
        try:
            link.send((1, function, payload))
        except OSError:
            raise _Lost from None
        kind, value = self._answer(link, seconds)
        if kind != helper_worker.DONE:
            raise _Broken(str(value))
        assert isinstance(value, Chunk)
        return value

    def _answer(self, link: Link, seconds: float) -> tuple[str, object]:
        link.expect(seconds)
        while True:
            if not wait([link.pipe], link.seconds_left()):
                raise _Lost(hung=True)
            try:
                _number, kind, value = link.receive()
            except (EOFError, OSError):
                raise _Lost(full=link.exit_code() == reading_worker.ATE_MEMORY) from None
            return kind, value

    def _fresh(self) -> Link:
        link = self._link = Link("reader")
        if self._stopped:  # whoever stopped it did not see this process
            raise _Lost
        kind, _value = self._answer(link, link.limit)
        if kind != helper_worker.READY:
            raise _Lost
        link.send((1, reading_worker.LIMIT, self._readers.limits.memory))
        self._answer(link, link.limit)
        return link

    def _drop(self, grace: float = 0.0) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.end(grace)


def _reason(lost: _Lost, limits: Limits, order: Order, given: int) -> KnownError:
    if lost.hung:
        return InputError(HUNG, seconds=limits.time_for(order.path), n=given)
    if lost.full:
        return InputError(FULL, megabytes=limits.memory // MB, n=given)
    return InputError(DIED, n=given)


def _noted(arrived: list[Arrived]) -> list[Arrived]:
    """A file of several chunks that changed: its last report says so."""
    if not arrived:
        return arrived
    last = arrived[-1]
    note = Wording(CHANGED_BETWEEN)
    return [*arrived[:-1], last._replace(item=last.item._replace(notes=(*last.item.notes, note)))]


def _weight(arrived: Arrived) -> int:
    report = arrived.item.report
    return 200 if report is None else 2 * len(report.text) + len(report.original or b"") + 2000
