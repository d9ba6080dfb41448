"""The helper process as the window and the command line use it: requests in, answers out, nobody waits.

All that segments, suggests or learns runs in one other process, so that the window's own thread stays free. One thread
here owns that process: starts it on first need, hands it one request after the other, ends it when it hangs, starts it
again when it dies. The process opens no project; what it needs travels with the request, what it finds with the answer.
"""

from __future__ import annotations

import atexit
import itertools
import logging
import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from annotator.services import helper_worker
from annotator.services.helper_answer import (
    CLOSED,
    DIED,
    HUNG,
    NO_ANSWER,
    NOT_STARTED,
    Answer,
    HelperError,
    TaskBroken,
    read,
    sorry,
)
from annotator.services.helper_queue import Queue, Request
from annotator.services.helper_worker import TASKS, Task

if TYPE_CHECKING:
    from annotator.services.helper_link import Link, Waker

_MOST_DEATHS: Final = 2
_CANCEL_LIMIT: Final = 10.0  # seconds in which a cancelled task must stop before its process is ended
_GRACE: Final = 0.5  # seconds in which a process may end by itself
_PREPARE: Final = ("prepare",)
_log = logging.getLogger(__name__)


class Helper:
    """One helper process. Every method may be called from any thread and returns at once, but `ask` and `close`.

    `on_answer` is called on a thread of the helper's own with each `Answer`, but for requests that were cancelled or
    replaced. `tasks` is the table of what can be asked.
    """

    def __init__(self, on_answer: Callable[[Answer], None] | None = None, tasks: Mapping[str, Task] = TASKS) -> None:
        self._on_answer = on_answer
        self._tasks = tasks
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._queue = Queue()
        self._latest: dict[Hashable, int] = {}
        self._running: Request | None = None
        self._link: Link | None = None
        self._waker: Waker | None = None
        self._thread: threading.Thread | None = None
        self._restart = False
        self._closing = False

    # --- what others call -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the process now and let it load what the first request would wait for: call it when idle."""
        if self.latest(_PREPARE) is None:
            self._put("prepare", None, _PREPARE, -(10**6), Future())

    def submit(self, task: str, payload: Any, *, key: Hashable, priority: int = 0) -> int:
        """Ask for `task`; its answer goes to `on_answer`. Returns the revision that the answer will carry.

        A request of the same key that waits is replaced; one under way is stopped. Higher `priority` goes first.
        """
        return self._put(task, payload, key, priority, None)

    def ask(self, task: str, payload: Any, timeout: float | None = None, *, priority: int = 0) -> Any:
        """Ask and wait: for the command line and for jobs in threads of their own, never for the window's thread.

        Raises HelperError when there is no answer within `timeout` seconds or none can be had.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("ask() waits for the thread it was called on")
        future: Future[Any] = Future()
        key = ("ask", future)
        self._put(task, payload, key, priority, future)
        try:
            return future.result(timeout)
        except NotYet:
            self.cancel(key)
            raise self._error(task, NO_ANSWER, seconds=timeout) from None

    def cancel(self, key: Hashable) -> None:
        """Forget the requests of `key`: no answer comes to one that waits or is under way."""
        with self._lock:
            self._latest.pop(key, None)
            self._queue.drop(key)
            self._stop_running(key)

    def latest(self, key: Hashable) -> int | None:
        """The revision asked for last under `key`; None when it has been cancelled, or never was."""
        with self._lock:
            return self._latest.get(key)

    @property
    def alive(self) -> bool:
        """Whether the process runs now. It need not: the next request starts it."""
        return self.pid is not None

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        with self._lock:
            return self._link.pid if self._link is not None else None

    @property
    def busy(self) -> bool:
        """Whether a request waits or is under way."""
        with self._lock:
            return self._running is not None or len(self._queue) > 0

    def restart(self) -> None:
        """End the process; the request under way begins anew in another one."""
        with self._lock:
            self._restart = True
            self._wake()

    def memory(self, timeout: float = 5.0) -> int | None:
        """Bytes of memory that the process holds: 0 while there is none, None where the system does not tell."""
        return self.ask("memory", None, timeout, priority=10**6) if self.alive else 0

    def close(self, timeout: float = 2.0) -> None:
        """End the process and the thread; a process that does not end within `timeout` seconds is killed."""
        with self._lock:
            self._closing = True
            self._wake()
            thread, link = self._thread, self._link
        if thread is None or thread is threading.current_thread():
            return
        thread.join(timeout)
        if thread.is_alive() and link is not None:
            link.kill()
            thread.join(timeout)

    def __enter__(self) -> Helper:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # --- asking -----------------------------------------------------------------------------------------------------

    def _put(self, task: str, payload: Any, key: Hashable, priority: int, future: Future[Any] | None) -> int:
        if task not in self._tasks:
            raise ValueError(f"the helper process knows no task {task!r}")
        with self._lock:
            if self._closing:
                raise RuntimeError("the helper process has been closed")
            revision = self._latest[key] = next(self._numbers)
            self._stop_running(key)
            self._queue.put(Request(revision, task, payload, key, priority, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="helper process", daemon=True)
                self._thread.start()
            self._wake()
        return revision

    def _stop_running(self, key: Hashable) -> None:
        if self._running is not None and self._running.key == key:
            self._running.cancelled = True
            self._wake()

    def _wake(self) -> None:
        if self._waker is not None:
            self._waker.ring()

    # --- the thread that owns the process ---------------------------------------------------------------------------

    def _serve(self) -> None:
        from annotator.services import helper_link  # late: multiprocessing costs 40 ms that no window need wait for

        atexit.register(self.close)  # before multiprocessing ends its processes, which would look like a crash here
        with self._lock:
            self._waker = helper_link.Waker()
        try:
            while not self._closing:
                self._obey()
                self._hand_out(helper_link)
                self._listen()
        finally:
            self._finish()

    def _obey(self) -> None:
        """Do what was asked from outside since the last round."""
        with self._lock:
            self._waker.hush()  # type: ignore[union-attr]
            restart, self._restart = self._restart, False
            request, link = self._running, self._link
        if link is not None and restart:
            self._drop_link()
            self._again(request)
        elif link is not None and request is not None and request.cancelled and not request.told:
            self._stop(link, request)

    def _stop(self, link: Link, request: Request) -> None:
        """Tell the process that nobody waits for what it does."""
        request.told = True
        link.expect(min(_CANCEL_LIMIT, self._tasks[request.task].limit))
        try:
            link.send((request.revision, helper_worker.CANCEL, None))
        except OSError:
            self._died()

    def _hand_out(self, helper_link: Any) -> None:
        """Give the process its next request, starting it where there is none."""
        if self._link is None:
            if self._queue:
                self._start(helper_link)
        elif self._link.ready and self._running is None:
            with self._lock:
                request = self._running = self._queue.take()
            if request is not None:
                self._send(self._link, request)

    def _send(self, link: Link, request: Request) -> None:
        task = self._tasks[request.task]
        link.expect(task.limit)
        try:
            link.send((request.revision, task.function, request.payload))
        except OSError:
            self._died()
        except Exception as error:  # noqa: BLE001 - a payload that cannot travel: nothing has been sent
            self._answered(link, None, error)

    def _start(self, helper_link: Any) -> None:
        try:
            link = helper_link.Link()
        except OSError as error:
            self._give_up(self._take(), NOT_STARTED, reason=error.strerror or str(error))
            return
        with self._lock:
            self._link = link

    def _listen(self) -> None:
        """Wait for a message, a call from outside, or the end of the process's time."""
        link, waker = self._link, self._waker
        assert waker is not None
        if link is None:
            if not self._queue:
                waker.wait(None, None)
            return
        if waker.wait(link.pipe, link.seconds_left()):
            self._receive(link)
        elif link.seconds_left() == 0:
            self._hangs(link)

    def _receive(self, link: Link) -> None:
        try:
            _number, kind, value = link.receive()
        except (EOFError, OSError):
            self._died()
        except Exception as error:  # noqa: BLE001 - an answer that cannot be read is the answer
            self._answered(link, None, error)
        else:
            self._heard(link, kind, value)

    def _heard(self, link: Link, kind: str, value: Any) -> None:
        if kind == helper_worker.PULSE:
            link.expect(link.limit)
        elif kind == helper_worker.READY:
            link.ready = True
            link.expect(None)
        else:
            self._answered(link, *read(kind, value))

    def _answered(self, link: Link, value: Any, error: Exception | None) -> None:
        """The request under way is over. The process does one at a time, so this is the one that was sent."""
        link.expect(None)
        with self._lock:
            request, self._running = self._running, None
        if request is not None:
            self._deliver(request, value, error)

    def _died(self) -> None:
        """The process is gone: start it again, but for a request that has ended it before."""
        starting = self._link is not None and not self._link.ready
        request = self._take() if starting else self._running
        self._drop_link()
        if request is None:
            return
        request.deaths += 1
        _log.info("the helper process ended at the task %s", request.task)
        if request.deaths >= _MOST_DEATHS:
            self._give_up(request, DIED)
        else:
            self._again(request)

    def _hangs(self, link: Link) -> None:
        if not link.ready:
            self._died()
            return
        request, seconds = self._running, link.limit
        self._drop_link()
        self._give_up(request, HUNG, seconds=seconds)

    def _drop_link(self) -> None:
        with self._lock:
            link, self._link, self._running = self._link, None, None
        if link is not None:
            link.end()

    def _take(self) -> Request | None:
        with self._lock:
            return self._queue.take()

    def _again(self, request: Request | None) -> None:
        """Let a request wait anew, unless a newer one of its key waits or nobody wants it."""
        with self._lock:
            if request is not None and not request.cancelled:
                self._queue.put(request)

    # --- answers ----------------------------------------------------------------------------------------------------

    def _give_up(self, request: Request | None, sentence: str, **params: Any) -> None:
        if request is not None:
            self._deliver(request, None, self._error(request.task, sentence, **params))

    def _error(self, task: str, sentence: str, **params: Any) -> HelperError:
        return sorry(self._tasks[task].words, sentence, **params)

    def _deliver(self, request: Request, value: Any, error: Exception | None) -> None:
        if request.cancelled:
            return
        if request.future is not None:
            with self._lock:
                self._latest.pop(request.key, None)
            if error is None:
                request.future.set_result(value)
            else:
                request.future.set_exception(error)
        elif self._on_answer is not None:
            self._tell(Answer(request.task, request.key, request.revision, value, error))

    def _tell(self, answer: Answer) -> None:
        """An error of the listener is reported like one of any thread, and costs nobody else an answer."""
        assert self._on_answer is not None
        try:
            self._on_answer(answer)
        except Exception as error:  # noqa: BLE001 - handed to the hook that writes crash reports
            args = threading.ExceptHookArgs((type(error), error, error.__traceback__, threading.current_thread()))
            threading.excepthook(args)

    def _finish(self) -> None:
        """End the process; those who wait for an answer hear that none comes."""
        with self._lock:
            self._closing = True
            link, running, waker = self._link, self._running, self._waker
            left = [running, *iter(self._queue.take, None)]
        if link is not None:
            link.end(grace=_GRACE)
        with self._lock:
            self._link = self._running = self._waker = None
        if waker is not None:
            waker.close()
        atexit.unregister(self.close)
        for request in left:
            if request is not None and request.future is not None:
                self._give_up(request, CLOSED)


__all__ = ["Answer", "Helper", "HelperError", "TaskBroken"]
