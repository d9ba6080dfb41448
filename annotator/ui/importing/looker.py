"""Looks into files behind the import dialog: one thread lists them, one reads the beginning of the one shown.

Reading happens in a process of its own (`services.import_preview`); a new wish ends what an old one is at. Knows no
widget; what is found comes as signals.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.domain.errors import KnownError
from annotator.domain.site_rule import SiteRule
from annotator.services.import_options import FileOptions
from annotator.services.import_preview import Columns, Listed, Previewer, Sample, listed

_CHUNK = 100
#: Its number, the file, how it is read, and whether its columns are wanted too.
Wish = tuple[int, Path, FileOptions, bool]


class Looker(QObject):
    """`found` carries lists of `Listed`, then `all_found` comes; `read` carries number, samples, columns and a problem."""

    found = Signal(object)
    all_found = Signal()
    read = Signal(int, object, object, str)

    def __init__(self, parent: QObject | None = None, rules: tuple[SiteRule, ...] = ()) -> None:
        super().__init__(parent)
        work = _Work(self.found.emit, self.all_found.emit, self.read.emit, rules)
        self.look_for, self.preview, self.close = work.look_for, work.preview, work.close
        self.destroyed.connect(work.close)  # a window that goes takes its dialogs along without a word to them


class _Work:
    """Both threads. Nothing is told once it is closed."""

    def __init__(
        self,
        found: Callable[[list[Listed]], None],
        all_found: Callable[[], None],
        read: Callable[[int, list[Sample], Columns | None, str], None],
        rules: tuple[SiteRule, ...],
    ) -> None:
        self._rules = rules
        self._found, self._all_found, self._told = found, all_found, read
        self._closing = False
        self._changed = threading.Condition()
        self._paths: list[Path] = []
        self._wish: Wish | None = None
        self._number = 0
        self._previewer: Previewer | None = None
        self._threads = [
            threading.Thread(target=work, name="looking into files", daemon=True)
            for work in (self._list, self._preview)
        ]
        for thread in self._threads:
            thread.start()

    def look_for(self, paths: Sequence[Path]) -> None:
        """List the files behind `paths`, after those asked for before."""
        with self._changed:
            self._paths += paths
            self._changed.notify_all()

    def preview(self, path: Path, options: FileOptions, *, table: bool) -> int:
        """Read the beginning of a file; returns the number that the answer will carry."""
        with self._changed:
            self._number += 1
            self._wish = (self._number, path, options, table)
            if self._previewer is not None:
                self._previewer.stop()
            self._changed.notify_all()
            return self._number

    def close(self) -> None:
        """End both threads and the process."""
        with self._changed:
            self._closing = True
            if self._previewer is not None:
                self._previewer.stop()
            self._changed.notify_all()
            self._found = self._all_found = self._told = _nobody
        for thread in self._threads:
            thread.join()

    # ---- the threads ----------------------------------------------------------------------------

    def _list(self) -> None:
        while True:
            with self._changed:
                while not self._paths and not self._closing:
                    self._changed.wait()
                if self._closing:
                    return
                paths, self._paths = self._paths, []
            self._list_these(paths)

    def _list_these(self, paths: list[Path]) -> None:
        chunk: list[Listed] = []
        for file in listed(paths):
            chunk.append(file)
            if len(chunk) >= _CHUNK:
                self._tell(self._found, chunk)
                chunk = []
            if self._closing:
                return
        self._tell(self._found, chunk)
        with self._changed:
            more = bool(self._paths)
        if not more:
            self._tell(self._all_found)

    def _preview(self) -> None:
        """Serve wishes; a reader that was stopped for a newer wish is replaced."""
        previewer = Previewer(rules=self._rules)
        try:
            while (wish := self._next_wish(previewer)) is not None:
                self._read(previewer, wish)
                with self._changed:
                    self._previewer = None
                    stopped = self._wish is not None
                if stopped:
                    previewer.close()
                    previewer = Previewer(rules=self._rules)
        finally:
            previewer.close()

    def _next_wish(self, previewer: Previewer) -> Wish | None:
        with self._changed:
            while self._wish is None and not self._closing:
                self._changed.wait()
            if self._closing:
                return None
            wish, self._wish = self._wish, None
            self._previewer = previewer
            return wish

    def _read(self, previewer: Previewer, wish: Wish) -> None:
        number, path, options, table = wish
        columns, problem = None, ""
        samples = previewer.samples(path, options)
        if table:
            try:
                columns = previewer.columns(path, options)
            except KnownError as error:
                problem = str(error)
        if number == self._number:
            self._tell(self._told, number, samples, columns, problem)

    def _tell(self, whom: Callable[..., None], *what: object) -> None:
        with self._changed:
            if not self._closing:
                whom(*what)


def _nobody(*_what: object) -> None:
    """Nobody listens any more."""
