"""What comes back from the helper process: answers, and the sentences where there is none."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final, NamedTuple

from annotator.domain.errors import KnownError
from annotator.messages import N_, translate
from annotator.services import helper_worker

DIED: Final = N_(
    "The helper process ended twice at “{task}”, so this was given up. Nothing in the project was changed; all else goes on."
)
HUNG: Final = N_(
    "“{task}” gave no sign of life for {seconds:.0f} s and was stopped. Nothing in the project was changed; all else goes on."
)
NO_ANSWER: Final = N_(
    "“{task}” gave no answer within {seconds:g} s. Nothing in the project was changed; try again later."
)
NOT_STARTED: Final = N_(
    "The helper process for “{task}” could not be started ({reason}). Nothing in the project was changed;"
    " close other programs and try again."
)
CLOSED: Final = N_("“{task}” was not finished: the program is closing. Nothing in the project was changed.")


class HelperError(KnownError):
    """A task of the helper process came to no answer."""


class TaskBroken(RuntimeError):
    """A task raised something that is a bug; the text is its traceback."""


class Answer(NamedTuple):
    """What became of a request: `value`, or `error` where there is none.

    `revision` is the number that `submit` returned. An answer whose revision is not `Helper.latest(key)` any more, or
    whose key is not what is on the screen, is stale.
    """

    task: str
    key: Hashable
    revision: int
    value: Any
    error: Exception | None


def sorry(words: str, sentence: str, **params: Any) -> HelperError:
    """The error of a task that is called `words`: one of the sentences above."""
    return HelperError(sentence, task=_Named(words), **params)


class _Named(str):
    """The words of a task, translated when the sentence around them is."""

    def __format__(self, spec: str) -> str:
        return format(translate(str(self)), spec)


def read(kind: str, value: Any) -> tuple[Any, Exception | None]:
    """Value and error of a message from the process."""
    if kind == helper_worker.KNOWN:
        return None, KnownError(value[0], **value[1])
    if kind == helper_worker.BROKEN:
        return None, TaskBroken(value)
    return value, None
