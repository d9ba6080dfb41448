"""The numbers of a report, found line by line on first need and kept: nothing here costs a key press the whole report.

A number is *untouched* while no span of a label with a value (指标) shares a character with it and it stands outside the
page furniture.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from annotator.domain.quantity import Quantity, find_quantities
from annotator.domain.schema import LabelSchema

if TYPE_CHECKING:
    from annotator.services.open_report import OpenReport

#: The attribute that makes a label one for numbers.
VALUE: Final = "value"
_PIECE: Final = 1000
_STOPS: Final = "。；;！？"


class Numbers:
    """The quantities of one text that may be indicators, by pieces of it: its lines, long ones cut behind a stop."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = _piece_starts(text)
        self._found: dict[int, list[Quantity]] = {}
        self._next = 0

    def find_more(self, seconds: float) -> bool:
        """Read on for so long, where nobody has read yet; tells whether anything is left to read."""
        until = time.perf_counter() + seconds
        while self._next < len(self._starts):
            self._in_piece(self._next)
            self._next += 1
            if time.perf_counter() >= until:
                break
        return self._next < len(self._starts)

    def after(self, offset: int) -> Iterator[Quantity]:
        """The quantities that start at `offset` or later, in order."""
        for piece in range(self._piece_at(offset), len(self._starts)):
            yield from (q for q in self._in_piece(piece) if q.start >= offset)

    def before(self, offset: int) -> Iterator[Quantity]:
        """The quantities that end at `offset` or earlier, the nearest first."""
        for piece in range(self._piece_at(offset), -1, -1):
            yield from (q for q in reversed(self._in_piece(piece)) if q.end <= offset)

    def at(self, start: int, end: int) -> Quantity | None:
        """The first quantity that shares a character with `[start, end)`."""
        for quantity in self.after(self._starts[self._piece_at(start)]):
            if quantity.start >= end:
                return None
            if start < quantity.end:
                return quantity
        return None

    def _piece_at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _in_piece(self, piece: int) -> list[Quantity]:
        found = self._found.get(piece)
        if found is None:
            end = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self._text)
            quantities = find_quantities(self._text, self._starts[piece], end)
            found = self._found[piece] = [q for q in quantities if q.is_indicator]
        return found


def _piece_starts(text: str) -> list[int]:
    starts = [0]
    while starts[-1] < len(text):
        line_end = text.find("\n", starts[-1])
        end = len(text) if line_end < 0 else line_end + 1
        if end - starts[-1] > 2 * _PIECE:
            end = _stop_after(text, starts[-1] + _PIECE, end)
        starts.append(end)
    return starts[:-1] if len(starts) > 1 else starts


def _stop_after(text: str, offset: int, limit: int) -> int:
    for at in range(offset, limit):
        if text[at] in _STOPS:
            return at + 1
    return limit


def is_untouched(report: OpenReport, schema: LabelSchema, quantity: Quantity) -> bool:
    """Whether nobody has tagged this number yet, and it is none of the page furniture."""
    start, end = quantity.start, quantity.end
    if any(f.start < end and start < f.end for f in report.furniture):
        return False
    return not any(has_value(schema, span.label) for span in report.spans.touching(start, end))


def next_untouched(report: OpenReport, schema: LabelSchema, offset: int) -> Quantity | None:
    """The first untouched number that starts at `offset` or later."""
    return next((q for q in report.numbers.after(offset) if is_untouched(report, schema, q)), None)


def previous_untouched(report: OpenReport, schema: LabelSchema, offset: int) -> Quantity | None:
    """The last untouched number that ends at `offset` or earlier."""
    return next((q for q in report.numbers.before(offset) if is_untouched(report, schema, q)), None)


def untouched(report: OpenReport, schema: LabelSchema) -> list[Quantity]:
    """All untouched numbers of the report, in order."""
    return [q for q in report.numbers.after(0) if is_untouched(report, schema, q)]


def has_value(schema: LabelSchema, label: str) -> bool:
    """Whether spans of this label say a number."""
    definition = schema.label(label)
    return definition is not None and definition.attribute(VALUE) is not None
