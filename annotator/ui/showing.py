"""Where to look after a step was taken back or brought back: at what it brought, else where that was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from annotator.domain.changes import Change
from annotator.services.open_report import OpenReport


class Shown(NamedTuple):
    """A range and where the caret stands; or, of a link, the uid of the span it begins at ("": that is gone)."""

    start: int
    end: int
    caret: int
    linked: str | None = None


def brought(report: OpenReport, changes: Sequence[Change]) -> list[str]:
    """The spans of the report that a step brought or changed, as far as they are there."""
    uids = dict.fromkeys(c.uid for c in changes if c.table == "span" and c.report == report.id)
    return [uid for uid in uids if report.spans.get(uid)]


def place_of(report: OpenReport, changes: Sequence[Change], caret: int) -> Shown | None:
    """Where the first change was that has a place; `caret` is where somebody is."""
    ours = [change for change in changes if change.report == report.id]
    gone = next((change for change in ours if change.table == "span"), None)
    if gone is not None:
        row = {**(gone.after or {}), **(gone.before or {})}
        if "start" in row and "end" in row:
            return Shown(row["start"], row["end"], row["end"])
    first = next((change for change in ours if change.table in _PLACES), None)
    return None if first is None else _PLACES[first.table](report, first, caret)


def _row(change: Change) -> dict[str, Any]:
    return {**(change.before or {}), **(change.after or {})}


def _link(report: OpenReport, change: Change, _caret: int) -> Shown:
    relation = report.relations.get(change.uid)
    head = _row(change).get("head", relation.head if relation else "")
    return Shown(0, 0, 0, head if report.spans.get(head) else "")


def _question(report: OpenReport, change: Change, _caret: int) -> Shown:
    question, row = report.questions.get(change.uid), _row(change)
    start, end = (question.start, question.end) if question else (row["start"], row["end"])
    return Shown(start, end, end)


def _furniture(report: OpenReport, change: Change, caret: int) -> Shown:
    item = next((item for item in report.furniture if item.uid == change.uid), None)
    start = item.start if item else _row(change).get("start", caret)
    return Shown(start, start, start)


def _bookmark(_report: OpenReport, change: Change, _caret: int) -> Shown:
    row = _row(change)
    return Shown(row["start"], row["end"], row["start"])


_PLACES: dict[str, Callable[[OpenReport, Change, int], Shown]] = {
    "relation": _link,
    "question": _question,
    "furniture": _furniture,
    "bookmark": _bookmark,
}
