"""Questions at a place of a report: asked, answered, decided, with who and when.

Standard library only. A question stands at a range of the text, tagged or not; where it is about a span, it names it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, NamedTuple

_NOTHING: Final[dict[str, Any]] = {}


class QuestionState(StrEnum):
    """How far a question has come."""

    OPEN = "open"
    ANSWERED = "answered"
    DECIDED = "decided"


class Question(NamedTuple):
    """One question at `[start, end)` (an empty range is a place), in code points of the report's text.

    `asked_by`, `answered_by` and `decided_by` are uids of people in changes and in the window, names in a
    `domain.report.Report`, as annotators are. Times are UTC, ISO 8601. `foreign_id` and `extra` are as a span's.
    """

    uid: str
    start: int
    end: int
    text: str
    asked_by: str
    asked: str
    span_uid: str | None = None
    state: str = QuestionState.OPEN.value
    answered_by: str | None = None
    answered: str | None = None
    answer: str = ""
    decided_by: str | None = None
    decided: str | None = None
    text_version: int = 1
    foreign_id: str | int | None = None
    extra: dict[str, Any] = _NOTHING


def question_order(question: Question) -> tuple[int, int, str, str]:
    """Sort key: as they stand in the text, at one place the older first."""
    return question.start, question.end, question.asked, question.uid
