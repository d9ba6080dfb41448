"""The other process: what it can do, and how it does one task after the other.

Owns the table of tasks. Runs in a process of its own and imports there neither the window nor the project file; it
reads requests from its pipe, answers on it, and ends when the pipe does. A task is a plain function of a payload and of
`pulse`, which it calls again and again: that shows that it is alive, and raises `Cancelled` where nobody waits for the
answer any more.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from annotator.domain.errors import Cancelled, KnownError
from annotator.messages import N_

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Pulse = Callable[[], None]

READY, PULSE, DONE, KNOWN, BROKEN, DROPPED = "ready", "pulse", "done", "known", "broken", "dropped"
CANCEL: Final = "cancel"
_BEAT: Final = 0.5  # seconds between two signs of life
#: How far a process steps back: to about a third of the time of one that does not; what Windows calls below normal.
_NICE: Final = 5
_BELOW_NORMAL: Final = 0x4000


class Task(NamedTuple):
    """One task: its function by dotted name, its words, and how long it may give no sign of life, in seconds."""

    function: str
    words: str
    limit: float = 60.0


TASKS: Final[dict[str, Task]] = {
    "prepare": Task(f"{__name__}.prepare", N_("word segmentation")),
    "tokenize": Task(f"{__name__}.tokenize", N_("word segmentation")),
    "suggest": Task("annotator.services.suggesting.propose", N_("suggesting")),
    "check": Task("annotator.services.checking.check", N_("checking")),
    "look": Task("annotator.services.checking.look", N_("checking")),
    "learn": Task("annotator.services.lessons.learn", N_("learning from finished reports"), limit=120.0),
    "step back": Task(f"{__name__}.step_back", N_("learning from finished reports")),
    "find": Task("annotator.services.finding.find", N_("finding an expression"), limit=2.0),
    "memory": Task(f"{__name__}.memory", N_("asking for its memory")),
}


def prepare(_payload: None, _pulse: Pulse) -> None:
    """Load what the first request would otherwise wait for."""
    from annotator.suggest.segmenter import segmenter

    segmenter().edges("一")
    _warm_suggesters()


def _warm_suggesters() -> None:
    """Import what suggests and let it compile its patterns: that takes longer than the first report."""
    from annotator.services import suggesting

    suggesting.get_ready()


def tokenize(text: str, pulse: Pulse) -> bytes:
    """The edges of the words of `text`, packed: `domain.words.unpacked` reads them."""
    from annotator.suggest.segmenter import segmenter

    return segmenter().edges(text, pulse).tobytes()


def memory(_payload: None, _pulse: Pulse) -> int | None:
    """Bytes of memory this process holds; where the system does not tell, the most it ever held; else None."""
    if os.path.exists("/proc/self/statm"):
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def step_back(_payload: None, _pulse: Pulse) -> None:
    """Let this process wait where others have something to do: for work that nobody waits for."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICE)


def main(pipe: Connection[Any, Any]) -> None:
    """Work until the other end of `pipe` closes. Messages in: (number, function, payload) or (number, CANCEL, None)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal means the window, which then closes the pipe
    _end_with_parent()
    try:
        pipe.send((0, READY, None))
        while True:
            number, function, payload = pipe.recv()
            if function != CANCEL:  # one that comes too late is for a task that is done
                _answer(pipe, number, *_outcome(pipe, number, function, payload))
    except (EOFError, OSError):
        return  # the other side has closed or is gone: nobody is left to tell


def _answer(pipe: Connection[Any, Any], number: int, kind: str, value: Any) -> None:
    try:
        pipe.send((number, kind, value))
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - a value that cannot travel: nothing has been sent, and that is the answer
        pipe.send((number, BROKEN, traceback.format_exc()))


def _outcome(pipe: Connection[Any, Any], number: int, function: str, payload: Any) -> tuple[str, Any]:
    """Do one task; whatever it raises becomes an answer."""
    try:
        module, name = function.rsplit(".", 1)
        call = getattr(importlib.import_module(module), name)
        return DONE, call(payload, _pulse(pipe, number))
    except Cancelled:
        return DROPPED, None
    except _Closed:
        raise
    except KnownError as error:
        return KNOWN, (error.message, error.params)
    except Exception:  # noqa: BLE001 - a bug of a task belongs into the crash report of the window, not on a terminal
        return BROKEN, traceback.format_exc()


class _Closed(EOFError):
    """The pipe ended in the middle of a task."""


def _pulse(pipe: Connection[Any, Any], number: int) -> Pulse:
    """What the task `number` calls: gives signs of life, stops it when it is cancelled or nobody is there."""
    last = time.monotonic()

    def pulse() -> None:
        nonlocal last
        try:
            while pipe.poll():
                if pipe.recv()[:2] == (number, CANCEL):
                    raise Cancelled
            if time.monotonic() - last > _BEAT:
                pipe.send((number, PULSE, None))
                last = time.monotonic()
        except (EOFError, OSError) as error:
            raise _Closed from error

    return pulse


def _end_with_parent() -> None:
    """End at once when the parent does, even in the middle of a task that never looks at its pipe."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(0)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()
