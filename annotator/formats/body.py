"""The body of a report: its text without page furniture, and the way of offsets into it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from annotator.domain.report import Furniture, Report


class Body:
    """What is left of a text; `kept` are the ranges [start, end) of the whole text it consists of, in order."""

    def __init__(self, text: str, kept: list[tuple[int, int]]) -> None:
        self.kept = kept
        self.text = text if kept == [(0, len(text))] else "".join([text[start:end] for start, end in kept])
        self._starts = [start for start, _end in kept]
        self._offsets: list[int] = []
        length = 0
        for start, end in kept:
            self._offsets.append(length)
            length += end - start

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """The range of the whole text in the body; None where one of its edges lies in furniture."""
        first, last = self._place(start), self._place(end - 1)
        return None if first is None or last is None else (first, last + 1)

    def _place(self, offset: int) -> int | None:
        """Where the character at `offset` of the whole text stands in the body."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.kept[index][1]:
            return None
        return self._offsets[index] + offset - self._starts[index]


def whole_text(report: Report) -> Body:
    """The text as it is, furniture and all."""
    return Body(report.text, [(0, len(report.text))])


def body_text(report: Report) -> Body:
    """The text without the report's furniture."""
    return Body(report.text, _gaps(report.furniture, len(report.text)))


def _gaps(furniture: Iterable[Furniture], length: int) -> list[tuple[int, int]]:
    kept, at = [], 0
    for item in sorted(furniture, key=lambda f: f.start):
        if item.start > at:
            kept.append((at, item.start))
        at = max(at, item.end)
    if at < length:
        kept.append((at, length))
    return kept
