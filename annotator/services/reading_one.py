"""One reader process: files in, their reports out, or the sentence that says why not. Knows no queue.

The process is spawned and has a time for each report and a measure of memory; one that does not keep to them is ended,
and the next file gets another. Used from one thread, which must not be the main one; `stop` may be called from any.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError, KnownError
from annotator.formats.items import Item, shown
from annotator.messages import N_
from annotator.services import helper_worker, reading_worker
from annotator.services.helper_link import Link
from annotator.services.reading_worker import Arrived, Chunk, Order

MB: Final = 1024 * 1024
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


class FileReader:
    """Reads one file after the other in a process that is started when it is first needed."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._link: Link | None = None
        self._stopped = False

    def stop(self) -> None:
        """End the process, whatever it is at; from now on nothing is read."""
        self._stopped = True
        link = self._link
        if link is not None:
            link.kill()

    def close(self) -> None:
        """End the process when it is at nothing."""
        self._drop(grace=0.5)

    def read(self, order: Order) -> Iterator[list[Arrived]]:
        """The items of a file, in pieces; the last is the problem where its reader had to be ended."""
        given = 0
        try:
            for arrived in self._chunks(order):
                given += sum(a.item.report is not None for a in arrived)
                yield arrived
        except _Lost as lost:
            problem = _reason(lost, self.limits, order, given)
        except _Broken as error:
            _log.error("reading %s: %s", order.path.suffix, error)
            last = str(error).strip().rsplit("\n", 1)[-1][:200]
            problem = InputError(BROKEN, error=last, n=given)
        except OSError as error:
            _log.info("a reader could not be started: %s", error)
            problem = InputError(NOT_STARTED, reason=error.strerror or str(error))
        else:
            return
        yield [Arrived(Item(shown(order.path), problem=problem))]

    def ask(self, function: str, payload: object, seconds: float) -> Any:
        """What a function of `reading_worker` makes of `payload`. Raises KnownError."""
        try:
            return self._ask(function, payload, seconds)
        except _Lost as lost:
            self._drop()
            raise InputError(HUNG if lost.hung else DIED, seconds=seconds, n=0) from None
        except _Broken as error:
            _log.error("%s: %s", function, error)
            raise InputError(BROKEN, error=str(error).strip().rsplit("\n", 1)[-1][:200], n=0) from None
        except OSError as error:
            raise InputError(NOT_STARTED, reason=error.strerror or str(error)) from error

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
        seconds = self.limits.time_for(order.path)
        chunk: Chunk = self._ask(reading_worker.BEGIN, order, seconds)
        while not chunk.end:
            yield chunk
            chunk = self._ask(reading_worker.MORE, None, seconds)
        yield chunk._replace(full=False)
        if chunk.full:
            raise _Lost(full=True)
        if chunk.memory > self.limits.kept:
            self._drop()

    # ---- the process ----------------------------------------------------------------------------

    def _ask(self, function: str, payload: object, seconds: float) -> Any:
        link = self._link or self._fresh()
        try:
            link.send((1, function, payload))
        except OSError:
            raise _Lost from None
        kind, value = self._answer(link, seconds)
        if kind == helper_worker.KNOWN:
            raise KnownError(value[0], **value[1])
        if kind != helper_worker.DONE:
            raise _Broken(str(value))
        return value

    def _answer(self, link: Link, seconds: float) -> tuple[str, Any]:
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
        link.send((1, reading_worker.LIMIT, self.limits.memory))
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
