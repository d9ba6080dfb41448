"""Questions as objects of a line of JSON Lines, format 1, and back.

People stand by name, the span a question is about by the id it has in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from annotator.domain.errors import InputError
from annotator.domain.question import Question, QuestionState
from annotator.domain.report import AnnotationSet, Report
from annotator.domain.span import is_uuid, new_uid
from annotator.formats.jsonl_ids import given_id, is_id
from annotator.messages import N_

Given = str | int
#: The uids of spans by the id in the file, then by annotator: two may have the same id for a span each.
Spans = dict[Given, dict[str, str]]
#: Maps a range of the raw text into the normalised one.
Move = Callable[[int, int], tuple[int, int]]

_KEYS = frozenset(
    {
        "id", "start", "end", "text", "state", "span", "asked_by", "asked", "answered_by", "answered", "answer",
        "decided_by", "decided",
    }
)  # fmt: skip
#: Whose span a question is about, where two annotators' spans have the id: known only beside `span`.
_WHOSE = "annotator"
_OPTIONAL = ("answered_by", "answered", "decided_by", "decided")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?").fullmatch
_NOTHING: dict[str, Any] = {}


def rows(report: Report) -> list[dict[str, Any]]:
    """The objects of a report's questions, in text order."""
    abouts = _abouts(report) if report.questions else {}
    return [_row(question, abouts) for question in sorted(report.questions, key=_file_order)]


def spans_by_id(sets: Iterable[AnnotationSet]) -> Spans:
    """The spans that questions can be about, as `read` takes them."""
    found: Spans = {}
    for made in sets:
        for span in made.spans:
            found.setdefault(given_id(span), {})[made.annotator] = span.uid
    return found


def _abouts(report: Report) -> dict[str, dict[str, Any]]:
    """By the uid of each span what names it in a question: its id, and whose it is where that alone is not clear."""
    return {
        uid: {"span": given, _WHOSE: annotator} if len(uids) > 1 else {"span": given}
        for given, uids in spans_by_id(report.sets).items()
        for annotator, uid in uids.items()
    }


def _file_order(q: Question) -> tuple[int, int, str, str]:
    """As they stand in the text; what is equal then by the id in the file, which the next reading keeps."""
    return q.start, q.end, q.asked, str(given_id(q))


def _row(q: Question, abouts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": given_id(q), "start": q.start, "end": q.end, "text": q.text, "state": q.state}
    if q.asked_by:
        row["asked_by"] = q.asked_by
    if q.asked:
        row["asked"] = q.asked
    if q.span_uid is not None:
        row.update(abouts.get(q.span_uid, _NOTHING))
    row.update({key: value for key in _OPTIONAL if (value := getattr(q, key)) is not None})
    if q.answer:
        row["answer"] = q.answer
    return {**row, **q.extra}


def same(written: Report, read: Report) -> bool:
    """Whether the questions came back: ids as in the file, the span each is about by its place."""
    return _comparable(written) == _comparable(read)


def _comparable(report: Report) -> list[Any]:
    places = {s.uid: (n, i) for n, made in enumerate(report.sets) for i, s in enumerate(made.spans)}
    found = [
        q._replace(uid="", foreign_id=given_id(q), span_uid=str(places.get(q.span_uid or "")), text_version=1)
        for q in report.questions
    ]
    return sorted(found, key=_file_order)


def read(items: Iterable[object], length: int, move: Move, spans: Spans, asked: str) -> list[Question]:
    """The questions that a line holds. Raises InputError for one that cannot be taken.

    `length` is the raw text's, `spans` comes from `spans_by_id`, `asked` stands where no time is given.
    """
    seen: set[Given] = set()
    found = [_question(item, number, length, move, spans, asked) for number, item in enumerate(items, 1)]
    for number, question in enumerate(found, 1):
        if given_id(question) in seen:
            raise InputError(N_("The id of question {number} occurs twice."), number=number)
        seen.add(given_id(question))
    return found


def _question(item: Any, number: int, length: int, move: Move, spans: Spans, asked: str) -> Question:
    if not isinstance(item, dict):
        raise InputError(N_("“questions” must hold objects."))
    start, end = item.get("start"), item.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
        raise InputError(
            N_("Question {number} does not lie in the text of {length} characters."), number=number, length=length
        )
    start, end = move(start, end)
    state = item.get("state") or QuestionState.OPEN.value
    if state not in [*QuestionState]:
        raise InputError(N_("The state of question {number} must be open, answered or decided."), number=number)
    given = item.get("id")
    if given is not None and (not isinstance(given, str | int) or isinstance(given, bool) or given == ""):
        raise InputError(N_("The id of question {number} must be a string or a whole number."), number=number)
    own = is_uuid(given)
    known = _KEYS if item.get("span") is None else _KEYS | {_WHOSE}
    extra = {key: value for key, value in item.items() if key not in known}
    words = {key: _string(item, key, number) for key in ("text", "answer", "asked_by", *_OPTIONAL, "asked")}
    if not (words["text"] or "").strip():
        raise InputError(N_("Question {number} has no “text”."), number=number)
    return Question(
        uid=str(given) if own else new_uid(),
        start=start,
        end=max(start, end),
        text=words["text"] or "",
        asked_by=words["asked_by"] or "",
        asked=_time(words["asked"], number) or asked,
        span_uid=_span(item, spans, number),
        state=state,
        answered_by=words["answered_by"],
        answered=_time(words["answered"], number),
        answer=words["answer"] or "",
        decided_by=words["decided_by"],
        decided=_time(words["decided"], number),
        foreign_id=None if own else given,
        extra=extra or _NOTHING,
    )


def _string(item: dict[str, Any], key: str, number: int) -> str | None:
    value = item.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(N_("“{key}” of question {number} must be a string."), key=key, number=number)
    return value


def _time(value: str | None, number: int) -> str | None:
    if value and not _TIME(value):
        raise InputError(N_("The times of question {number} must be written as 2024-01-31T12:00:00Z."), number=number)
    return value or None


def _span(item: dict[str, Any], spans: Spans, number: int) -> str | None:
    """The uid of the span a question is about; without a name, of the first annotator who has one with the id."""
    given = item.get("span")
    if given is None:
        return None
    uids = spans.get(given) if is_id(given) else None
    whose = _string(item, _WHOSE, number)
    if uids is None or (whose and whose not in uids):
        raise InputError(N_("Question {number} names a span that is not in the line."), number=number)
    return uids[whose] if whose else next(iter(uids.values()))
