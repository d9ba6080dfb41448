"""What a project learns while people work, beside them: its strings when it is opened, its models when reports are done.

One thread at a time, on a store of its own; models are made by another process than the one that answers about reports,
so that nobody waits for them. Knows no window: what came of it is handed to `tell`, on the thread that worked.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import Cancelled
from annotator.services.learning import Outcome
from annotator.services.lexicon import Lexicon
from annotator.services.project_suggestions import ProjectSuggestions

if TYPE_CHECKING:
    from annotator.services.helper_answer import Answer
    from annotator.services.session import Session
    from annotator.storage import Store

Told = Lexicon | Outcome | Exception
_LOOK = 0.1  # seconds between two looks for an answer, and for the end of the project
_BREATH = 0.002  # seconds in which the window's thread goes first, after each report


class Teaching:
    """Learns for one project; made and closed on the session's thread."""

    def __init__(self, session: Session, project: ProjectSuggestions, tell: Callable[[Told], None]) -> None:
        self._session, self.project, self._tell = session, project, tell
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    @property
    def busy(self) -> bool:
        """Whether something is being learned now."""
        return self._thread is not None and self._thread.is_alive()

    def collect(self) -> bool:
        """Count the project's strings; a `Lexicon` is told. False where something else is under way."""
        return self._start(self._collect)

    def learn(self) -> bool:
        """Make the models anew where enough was finished; an `Outcome` is told. False where it is not done now."""
        return self.project.learning_is_due and self._start(self._learn)

    def close(self) -> None:
        """Stop what is under way and wait for its end: nothing may outlive the project."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _start(self, work: Callable[[Store], Told]) -> bool:
        if self.busy or self._stop.is_set():
            return False
        self._thread = threading.Thread(target=self._run, args=(work,), name="teaching", daemon=True)
        self._thread.start()
        return True

    def _run(self, work: Callable[[Store], Told]) -> None:
        try:
            with self._session.store.second() as store:
                told = work(store)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - whoever listens shows a known one and reports a bug
            told = error
        if not self._stop.is_set():
            self._tell(told)

    def _collect(self, store: Store) -> Lexicon:
        return self.project.collect(store, self._progress)

    def _learn(self, store: Store) -> Outcome:
        return self.project.learn(store, self._ask, self._progress)

    def _ask(self, task: str, payload: Any) -> Any:
        """The answer of a process of its own, which lets others go first, unless the project is closed meanwhile."""
        from annotator.services.helper import Helper

        answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        with Helper(answers.put) as helper:
            helper.submit("step back", None, key="step back")
            helper.submit(task, payload, key=task)
            while not self._stop.wait(_LOOK):
                while not answers.empty():
                    answer = answers.get()
                    if answer.error is not None:
                        raise answer.error
                    if answer.task == task:
                        return answer.value
        raise Cancelled

    def _progress(self, _done: int, _total: int, _words: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        time.sleep(_BREATH)
