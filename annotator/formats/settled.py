"""Reading a file that somebody may be writing: what it was before must be what it is afterwards.

A file of one report that changed meanwhile is read once more; of a file of many the reports are out by then, so that it
is said and the file imported again brings the rest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.domain.errors import InputError
from annotator.formats.items import Item, ReadOptions, shown
from annotator.messages import N_

_State = tuple[int, int] | None


def settled(
    read: Callable[[Path, ReadOptions], Iterator[Item]], path: Path, options: ReadOptions, *, many: bool
) -> Iterator[Item]:
    """The items of a file that held still; a problem where it did not."""
    if many:
        yield from _many(read, path, options)
        return
    for _attempt in range(2):
        before = _state(path)
        items = list(read(path, options))
        if _state(path) == before:
            yield from items
            return
    words = N_("The file was changed while it was read, twice; nothing of it came in. Import it when it is finished.")
    yield Item(shown(path), problem=InputError(words))


def _many(read: Callable[[Path, ReadOptions], Iterator[Item]], path: Path, options: ReadOptions) -> Iterator[Item]:
    before = _state(path)
    yield from read(path, options)
    if _state(path) != before:
        words = N_("The file was changed while it was read; what came in is kept. Import it again when it is finished.")
        yield Item(shown(path), problem=InputError(words))


def _state(path: Path) -> _State:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
