"""What a reader process does: read one file after the other and hand out its reports in chunks.

Runs in a process of its own under `helper_worker.main` and imports neither the window nor the project file. It holds
one file at a time: `begin` opens it, `more` goes on with it. What takes time for each report and needs no project (the
hash of its text, the fingerprint of its body) is done here, beside the reading.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.errors import InputError, KnownError
from annotator.domain.report import text_hash
from annotator.formats.columns import Columns
from annotator.formats.items import Item, ReadOptions
from annotator.formats.registry import Read, columns_of, format_of, reader_of
from annotator.services.helper_worker import Pulse, memory
from annotator.services.near_duplicates import Fingerprint, fingerprint

BEGIN: Final = f"{__name__}.begin"
MORE: Final = f"{__name__}.more"
LIMIT: Final = f"{__name__}.limit"
COLUMNS: Final = f"{__name__}.columns"

#: The name of the format whose files are data sets: their records are meant as they are.
LINES: Final = "jsonl"
_MOST_ITEMS: Final = 64
_MOST_CHARACTERS: Final = 500_000
_SECONDS: Final = 0.1
_LOOK: Final = 0.1  # seconds between two looks at the memory
#: What the process ends with when it holds more memory than it may.
ATE_MEMORY: Final = 97


class Arrived(NamedTuple):
    """An item with what is worked out of its report beforehand."""

    item: Item
    digest: str = ""
    body: Fingerprint | None = None


#: An item without its problem, the class, sentence and parameters of that, and the rest of `Arrived`.
Packed = tuple[Item, tuple[type[KnownError], str, dict[str, Any]] | None, str, Fingerprint | None]


class Chunk(NamedTuple):
    """Some of a file's items. `end`: there are no more; `changed`: the file is not what it was when it was opened.

    `full`: reading it took more memory than there may be, and ended. `memory` are the bytes the process holds.
    """

    items: list[Packed]
    end: bool
    changed: bool = False
    full: bool = False
    memory: int = 0


class Order(NamedTuple):
    """A file to read: with which reader (dotted name; None: what the registry says) and how, past what is known."""

    path: Path
    format: str | None
    options: ReadOptions
    reader: str | None = None
    skip: int = 0


def arrived(item: Item, *, compare: bool = True) -> Arrived:
    """An item and what is worked out of it; records of a data set are not compared: they are meant as they are."""
    report = item.report
    if report is None:
        return Arrived(item)
    return Arrived(item, text_hash(report.text), fingerprint(report.text, report.furniture) if compare else None)


def compared(path: Path, format: str | None) -> bool:
    """Whether what is in a file is compared with the reports of the project."""
    try:
        return format_of(path, format).format.name != LINES
    except InputError:  # nothing will come of it
        return False


def unpacked(chunk: Chunk) -> Iterator[Arrived]:
    """The items of a chunk as they were."""
    for item, problem, digest, body in chunk.items:
        if problem is not None:
            kind, message, params = problem
            item = item._replace(problem=kind(message, **params))
        yield Arrived(item, digest, body)


def signature(path: Path) -> tuple[int, int, int] | None:
    """What tells whether a file was changed; None where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


class _Reading:
    """The file that is being read."""

    def __init__(self, order: Order) -> None:
        self.path = order.path
        self.before = signature(order.path)
        reader = _reader(order)
        self.compare = order.reader is not None or compared(order.path, order.format)
        self.items = iter(reader(order.path, order.options))
        for _skipped in range(order.skip):
            next(self.items, None)


_reading: _Reading | None = None


def begin(order: Order, pulse: Pulse) -> Chunk:
    """Open a file and read the first of it."""
    global _reading
    _reading = _Reading(order)
    return more(None, pulse)


def more(_payload: None, _pulse: Pulse) -> Chunk:
    """The next of the file that was begun."""
    assert _reading is not None
    items: list[Packed] = []
    end, characters, until = False, 0, time.monotonic() + _SECONDS
    try:
        while len(items) < _MOST_ITEMS and characters < _MOST_CHARACTERS and time.monotonic() < until:
            item = next(_reading.items, None)
            if item is None:
                end = True
                break
            items.append(_packed(item, _reading.compare))
            characters += 0 if item.report is None else len(item.report.text) + len(item.report.original or b"")
    except MemoryError:
        _reading.items = iter(())
        return Chunk(items, end=True, full=True)
    return Chunk(items, end, end and _changed(_reading), memory=memory(None, _pulse) or 0)


def _changed(reading: _Reading) -> bool:
    """Whether the file is another than when it was opened; one that was deleted since has been read whole."""
    now = signature(reading.path)
    return now is not None and now != reading.before


def _reader(order: Order) -> Read:
    if order.reader is None:
        return reader_of(order.path, order.format)
    module, name = order.reader.rsplit(".", 1)
    reader: Read = getattr(importlib.import_module(module), name)
    return reader


def _packed(item: Item, compare: bool) -> Packed:
    """Errors do not travel as they are: their class, sentence and parameters do."""
    problem = item.problem
    if problem is None:
        return (item, None, *arrived(item, compare=compare)[1:])
    params = {name: value if isinstance(value, int | float) else str(value) for name, value in problem.params.items()}
    return item._replace(problem=None), (type(problem), problem.message, params), "", None


def columns(asked: tuple[Path, ReadOptions], _pulse: Pulse) -> Columns:
    """The columns of a table, for the person to say what they are. Raises InputError where it is none."""
    return columns_of(*asked)


def limit(growth: int, _pulse: Pulse) -> None:
    """From now on the process may hold `growth` more bytes of memory than it does; beyond that reading ends.

    Where the system can refuse memory, the reader gets an error that it survives; everywhere a thread looks at what is
    really held and ends the process.
    """
    held = memory(None, _pulse)
    if held is not None:
        threading.Thread(target=_watch, args=(held + growth,), name="memory", daemon=True).start()
    if sys.platform == "linux":
        import resource

        with open("/proc/self/statm", encoding="ascii") as statm:
            reserved = int(statm.read().split()[0]) * resource.getpagesize()
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = reserved + growth + growth // 2
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


def _watch(most: int) -> None:
    while True:
        time.sleep(_LOOK)
        if (memory(None, lambda: None) or 0) > most:
            os._exit(ATE_MEMORY)
