"""How fast an import goes and how long it will take, in words."""

from __future__ import annotations

import time

from annotator.messages import _

#: Before this many seconds there is nothing to say about the rest.
_SOON = 1.0


class Rate:
    """Counts files and bytes; time held up does not count."""

    def __init__(self, files: int, all_bytes: int) -> None:
        self.files = files
        self.all_bytes = all_bytes
        self.bytes = 0
        self.files_done = 0
        self._began = self._last = time.monotonic()

    def done(self, size: int) -> None:
        """A file of `size` bytes is in."""
        self.bytes += size
        self.files_done += 1
        self._last = time.monotonic()

    def hold(self) -> None:
        """The time since this was last called, or since a file was done, was a pause."""
        now = time.monotonic()
        self._began += now - self._last
        self._last = now

    def words(self, added: int) -> str:
        """What there is to say now."""
        if self.files < 2:
            return _("{n} reports imported", n=added)
        words = _("{done} of {all} files, {n} reports imported", done=self.files_done, all=self.files, n=added)
        seconds = time.monotonic() - self._began
        if seconds < _SOON or not self.files_done:
            return words
        rate = self.files_done / seconds
        left = (self.files - self.files_done) / rate
        return words + _("; {rate} files/s, {left} left", rate=_figure(rate), left=_time(left))


def _figure(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"


def _time(seconds: float) -> str:
    if seconds < 60:
        return _("{n} s", n=round(seconds))
    if seconds < 3600:
        return _("{n} min", n=round(seconds / 60))
    return _("{n} h", n=f"{seconds / 3600:.1f}")
