"""The one presenter of errors, and crash reports.

A known error becomes its sentence. Anything else is a bug: it goes to a crash report on disk, which
never holds text of a report, and the window goes on.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from annotator import __version__, locations
from annotator.domain.errors import Cancelled, KnownError
from annotator.messages import _

#: At most this many crash reports stay; the oldest go.
KEPT = 20


class Presenter(QObject):
    """Says what went wrong in one sentence. `shown` carries the sentence, and whether it was a bug."""

    shown = Signal(str, bool)

    def show(self, error: BaseException) -> None:
        """Present `error`, from whatever thread."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, KnownError):
            self.shown.emit(str(error), False)
            return
        self.shown.emit(self._crash(error), True)

    @staticmethod
    def _crash(error: BaseException) -> str:
        try:
            path = write_crash_report(error)
        except OSError as failure:
            import traceback

            traceback.print_exception(error)
            return _(
                "Something went wrong in the program; everything shown as saved is on disk. "
                "A crash report could not be written ({reason}).",
                reason=failure.strerror or str(failure),
            )
        return _(
            "Something went wrong in the program; everything shown as saved is on disk. A crash report is in {file}.",
            file=str(path),
        )

    def install(self) -> None:
        """Let every exception that nobody caught end here instead of on the terminal."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def _hook(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        self.show(error)


def write_crash_report(error: BaseException) -> Path:
    """Write what is needed to find the bug, and nothing a report says; returns the file."""
    folder = locations.crash_folder()
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}-{os.getpid()}.txt"
    path.write_text("\n".join([*_header(now), *_frames(error)]) + "\n", encoding="utf-8")
    for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def _header(now: datetime) -> list[str]:
    import platform

    return [
        f"Report Annotator {__version__}",
        f"{now:%Y-%m-%d %H:%M:%S} UTC",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        "",
    ]


def _frames(error: BaseException | None) -> list[str]:
    """Types and places only: an exception's message or a local may quote a report."""
    import traceback

    lines: list[str] = []
    while error is not None:
        number = f" [errno {error.errno}]" if isinstance(error, OSError) else ""
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}{number}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}")
        error = error.__cause__ or error.__context__
    return lines
