"""One other process and the pipe to it: start, send, receive, end. Knows no queue and no answer.

Used from one thread, which must not be the main one. The process is spawned, never forked: it shares nothing with the window, works in a frozen
program, and takes no open file of the project with it.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import Any, Final

from annotator.services import helper_worker

START_LIMIT: Final = 60.0  # seconds a process may take to say that it is ready
_GRACE: Final = 1.0


class Link:
    """A running process. `ready` once it has said so; `seconds_left` until it counts as hanging."""

    def __init__(self, name: str = "words") -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=helper_worker.main, args=(theirs,), name=name, daemon=True)
        try:
            _keep_interrupts_away()
            self._process.start()
        except BaseException:
            self._pipe.close()
            raise
        finally:
            theirs.close()  # so that the end of either process is the end of the pipe
        self.ready = False
        self.limit: float = START_LIMIT
        self._deadline: float | None = time.monotonic() + START_LIMIT

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    @property
    def pipe(self) -> Any:
        """What to wait on for messages."""
        return self._pipe

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def seconds_left(self) -> float | None:
        """Seconds until it counts as hanging; None while nothing is asked of it."""
        return None if self._deadline is None else max(self._deadline - time.monotonic(), 0.0)

    def expect(self, limit: float | None) -> None:
        """From now on a sign of life is due every `limit` seconds; None: no more."""
        self.limit = limit or 0.0
        self._deadline = None if limit is None else time.monotonic() + limit

    def send(self, message: tuple[int, str, Any]) -> None:
        """Send; raises OSError when the process is gone."""
        self._pipe.send(message)

    def receive(self) -> tuple[int, str, Any]:
        """The next message; raises EOFError or OSError when the process is gone."""
        message: tuple[int, str, Any] = self._pipe.recv()
        return message

    def exit_code(self) -> int | None:
        """What a process that has gone ended with; None where it still runs after a moment."""
        self._process.join(_GRACE)
        return self._process.exitcode

    def end(self, grace: float = 0.0) -> None:
        """End the process: by closing the pipe, and by force when it still runs after `grace` seconds."""
        self._pipe.close()
        if grace > 0:
            self._process.join(grace)
        self.kill()
        self._process.join(_GRACE)
        if not self._process.is_alive():
            self._process.close()

    def kill(self) -> None:
        """End the process by force; may be called from any thread."""
        with suppress(ValueError):  # its own thread has just let go of it: it is over
            if self._process.is_alive():
                self._process.kill()


class Waker:
    """Lets another thread interrupt the wait for messages."""

    def __init__(self) -> None:
        self._reader, self._writer = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._rung = False

    def ring(self) -> None:
        """End the wait under way, or the next one. Call it under the lock that `hush` is called under."""
        if not self._rung:
            self._rung = True
            self._writer.send_bytes(b".")

    def hush(self) -> None:
        """Take the ring back."""
        if self._rung:
            self._rung = False
            self._reader.recv_bytes()

    def wait(self, pipe: Any, seconds: float | None) -> bool:
        """Wait for a message on `pipe`, a ring, or the end of `seconds`; True where there is a message."""
        sources = [self._reader] if pipe is None else [self._reader, pipe]
        return pipe in wait(sources, seconds)  # never before it has waited, also where there is no pipe

    def close(self) -> None:
        """Let go of the pipe."""
        self._reader.close()
        self._writer.close()


def _keep_interrupts_away() -> None:
    """Block Ctrl+C in this thread and so, from its first moment, in the process that it starts next."""
    if hasattr(signal, "pthread_sigmask"):
        # Python's own tracker of resources comes first: starting it takes the block away again.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
