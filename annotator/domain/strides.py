"""Strides over a text: the next clause, one clause more, one less; the same by finer clauses, sentences and paragraphs.

Standard library only; works on ranges of code points and knows no caret. A selection without length is a caret.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from annotator.domain import clauses

Range = tuple[int, int]
_Ask = Callable[[str, int], Range | None]


class Stride(NamedTuple):
    """One unit of reading: the unit at a place, the one after that, the one before (see `domain.clauses`)."""

    at: _Ask
    following: _Ask
    preceding: _Ask


CLAUSE: Final = Stride(clauses.clause_at, clauses.next_clause, clauses.previous_clause)
FINE_CLAUSE: Final = Stride(clauses.fine_clause_at, clauses.next_fine_clause, clauses.previous_fine_clause)
SENTENCE: Final = Stride(clauses.sentence_at, clauses.next_sentence, clauses.previous_sentence)


def after(stride: Stride, text: str, offset: int) -> Range | None:
    """The first unit that starts at `offset` or later."""
    unit = stride.at(text, offset)
    return unit if unit and unit[0] >= offset else stride.following(text, offset)


def before(stride: Stride, text: str, offset: int) -> Range | None:
    """The last unit that ends at `offset` or earlier."""
    unit = stride.at(text, offset)
    return unit if unit and unit[1] <= offset else stride.preceding(text, offset)


def step(stride: Stride, text: str, selection: Range, direction: int, passed: Sequence[Range] = ()) -> Range | None:
    """The unit after (1) or before (-1) a selection, beyond the ranges `passed` over; None at the text's end."""
    offset = selection[1] if direction > 0 else selection[0]
    while unit := after(stride, text, offset) if direction > 0 else before(stride, text, offset):
        blocking = _touched(passed, unit)
        if blocking is None:
            return unit
        offset = max(blocking[1], unit[1]) if direction > 0 else min(blocking[0], unit[0])
    return None


def grow(stride: Stride, text: str, selection: Range, passed: Sequence[Range] = ()) -> Range | None:
    """The selection with the rest of its last unit, or with the next unit; None where there is no more.

    A caret takes the unit it stands in.
    """
    start, end = selection
    unit = stride.at(text, end)
    if start == end and unit and unit[0] <= end <= unit[1]:
        return unit
    if unit is None or not unit[0] <= end < unit[1]:
        unit = after(stride, text, end)
    if unit is None or _touched(passed, unit):
        return None
    return (unit[0] if start == end else start), unit[1]


def shrink(stride: Stride, text: str, selection: Range) -> Range | None:
    """The selection without its last unit, or the part of one; None where none would be left."""
    start, end = selection
    left = last_end(stride, text, end)
    return (start, left) if left is not None and left > start else None


def first_end(stride: Stride, text: str, offset: int) -> int | None:
    """Where the first unit ends that ends behind `offset`."""
    unit = stride.at(text, offset)
    unit = unit if unit and unit[1] > offset else stride.following(text, offset)
    return unit[1] if unit else None


def last_end(stride: Stride, text: str, offset: int) -> int | None:
    """Where the last unit ends that ends before `offset`."""
    if offset <= 0:
        return None
    unit = before(stride, text, offset - 1)
    return unit[1] if unit else None


def first_start(stride: Stride, text: str, offset: int) -> int | None:
    """Where the first unit starts that starts behind `offset`."""
    unit = after(stride, text, offset + 1)
    return unit[0] if unit else None


def last_start(stride: Stride, text: str, offset: int) -> int | None:
    """Where the last unit starts that starts before `offset`."""
    if offset <= 0:
        return None
    unit = stride.at(text, offset - 1)
    unit = unit if unit and unit[0] < offset else stride.preceding(text, offset - 1)
    return unit[0] if unit else None


def _touched(ranges: Iterable[Range], unit: Range) -> Range | None:
    return next((r for r in ranges if r[0] < unit[1] and unit[0] < r[1]), None)
