"""A folder whose new files come in by themselves: which of them are ready, and which were seen to already.

Only looks: somebody else asks now and then (`ready`) and imports. A file is ready when its length and time have been the
same at two looks in a row. One that was handed out is not handed out again unless it changes, so that a file that
cannot be read fails once and not for ever; that is remembered from one run of the program to the next. What is in the
folder when watching begins counts as new.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Final

from annotator.services.paths import files_in

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
        self._before: dict[Path, _Signature] = {}
        self._done = _remembered(memory, folder) if memory is not None else {}

    def ready(self) -> list[Path]:
        """Files that have come, or changed, and stopped changing since the last look; each is handed out once."""
        now = {file: found for file in self._files() if (found := _signature(file)) is not None}
        ready = [file for file, found in now.items() if self._before.get(file) == found != self._done.get(file)][:_MOST]
        self._done = {file: found for file, found in self._done.items() if file in now}
        self._done.update((file, now[file]) for file in ready)
        self._before = now
        if ready:
            self._remember()
        return ready

    @property
    def waiting(self) -> bool:
        """Whether a file was there at the last look that is not ready yet: look again soon."""
        return any(self._done.get(file) != found for file, found in self._before.items())

    def folders(self) -> list[Path]:
        """The folder and those below it, for whoever is told of changes; at most a few hundred."""
        if not self.folder.is_dir():
            return []
        below = (path for path in sorted(self.folder.glob("*/")) if not path.name.startswith("."))
        return [self.folder, *below][:200]

    def _remember(self) -> None:
        if self._memory is None:
            return
        files = {str(file): found for file, found in self._done.items()}
        try:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            self._memory.write_text(json.dumps({"folder": str(self.folder), "files": files}), encoding="utf-8")
        except OSError as error:  # the files are looked at again after the next start: they are known by then
            _log.warning("what was seen of a watched folder could not be kept: %s", error)

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [file for file in files_in([self.folder]) if file.suffix.lower() not in _UNFINISHED]


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
