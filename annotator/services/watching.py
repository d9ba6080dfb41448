"""A folder whose new files come in by themselves: which of them are ready, and which were seen to already.

Only looks: somebody else asks now and then (`ready`), imports and says so (`settle`). A file is ready when its length
and time have been the same at two looks in a row. One that was handed out is not handed out again unless it changes, so
that a file that cannot be read fails once and not for ever; what was settled is remembered from one run of the program to
the next, and what was not, since the program ended before, comes again. What is in the folder when watching begins
counts as new. While the folder itself is gone, as a share or a stick is now and then, nothing is forgotten.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from annotator.services.paths import found

#: Endings of files that a program is still writing.
_UNFINISHED: Final = (".part", ".crdownload", ".download", ".tmp", ".swp")
#: More files than these are handed out in several turns.
_MOST: Final = 2_000

_log = logging.getLogger(__name__)
_Signature = tuple[int, int]


class FolderWatch:
    """One folder and all below it. `memory` is the file that remembers what was handed out; None: nothing does."""

    def __init__(self, folder: Path, memory: Path | None = None) -> None:
        self.folder = folder
        self._memory = memory
        self._lock = threading.Lock()  # one thread looks, another one imports
        self._stopped = False
        self._before: dict[Path, _Signature] = {}
        self._given: dict[Path, _Signature] = {}
        self._done = _remembered(memory, folder) if memory is not None else {}

    def ready(self) -> list[Path]:
        """Files that have come, or changed, and stopped changing since the last look; each is handed out once."""
        if not self.folder.is_dir():
            return []
        now = {file: mark for file in self._files() if (mark := _signature(file)) is not None}
        if self._stopped:
            return []
        with self._lock:
            ready = [file for file, mark in now.items() if self._before.get(file) == mark and self._is_new(file, mark)]
            ready = ready[:_MOST]
            self._done = {file: mark for file, mark in self._done.items() if file in now}
            self._given = {file: mark for file, mark in self._given.items() if file in now}
            self._given.update((file, now[file]) for file in ready)
            self._before = now
        return ready

    def settle(self, files: Iterable[Path]) -> None:
        """These were handed out and have been seen to."""
        with self._lock:
            self._done.update((file, self._given[file]) for file in files if file in self._given)
            self._remember()

    def stop(self) -> None:
        """End a look that is under way in another thread."""
        self._stopped = True

    @property
    def waiting(self) -> bool:
        """Whether a file was there at the last look that is not ready yet: look again soon."""
        return any(self._is_new(file, mark) for file, mark in self._before.items())

    def _is_new(self, file: Path, mark: _Signature) -> bool:
        return mark not in (self._done.get(file), self._given.get(file))

    def folders(self) -> list[Path]:
        """The folder and those below it, for whoever is told of changes; at most a few hundred."""
        if not self.folder.is_dir():
            return []
        below = (path for path in sorted(self.folder.glob("*/")) if not path.name.startswith("."))
        return [self.folder, *below][:200]

    def _remember(self) -> None:
        if self._memory is None:
            return
        files = {str(file): mark for file, mark in self._done.items()}
        try:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            self._memory.write_text(json.dumps({"folder": str(self.folder), "files": files}), encoding="utf-8")
        except OSError as error:  # the files are looked at again after the next start: they are known by then
            _log.warning("what was seen of a watched folder could not be kept: %s", error)

    def _files(self) -> Iterator[Path]:
        for file in found([self.folder]):
            if self._stopped:
                return
            if file.suffix.lower() not in _UNFINISHED:
                yield file


def _remembered(memory: Path, folder: Path) -> dict[Path, _Signature]:
    """What was handed out of this folder before; nothing where the memory is of another one, gone or damaged."""
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
        if kept["folder"] != str(folder):
            return {}
        return {Path(file): (int(size), int(time)) for file, (size, time) in kept["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _signature(file: Path) -> _Signature | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
