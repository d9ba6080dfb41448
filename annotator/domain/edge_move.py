"""Moving one edge of a span: by character, word or clause, or to where a person drags it.

Standard library only. Whatever is asked, the range keeps at least one character, stays inside the text, and its edges
never cross; nothing is trimmed, for a person who moves an edge means exactly that place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from annotator.domain import strides, words

START: Final = "start"
END: Final = "end"

WordAt = Callable[[str, int], tuple[int, int]]
_JOINER: Final = "\u200d"


class EdgeMove(NamedTuple):
    """The range as it stands, and which of its edges moves."""

    start: int
    end: int
    edge: str

    @property
    def range(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    @property
    def place(self) -> int:
        """Where the moving edge stands."""
        return self.end if self.edge == END else self.start


def moved_to(move: EdgeMove, place: int, length: int) -> EdgeMove:
    """The edge at `place`; at the nearest one that it can have, where that lies beyond the other edge or the text."""
    if move.edge == END:
        return move._replace(end=min(max(place, move.start + 1), length))
    return move._replace(start=max(min(place, move.end - 1), 0))


def by_character(move: EdgeMove, text: str, direction: int) -> EdgeMove:
    """One character on (1) or back (-1), with the marks that belong to it."""
    place = move.place + direction
    while 0 < place < len(text) and _inside_character(text, place):
        place += direction
    return _stepped(move, place, len(text))


def by_word(move: EdgeMove, text: str, direction: int, word_at: WordAt) -> EdgeMove:
    """To the next word edge (1) or the one before (-1)."""
    place = move.place
    if direction > 0:
        return _stepped(move, word_at(text, place)[1] if place < len(text) else None, len(text))
    return _stepped(move, word_at(text, place - 1)[0] if place > 0 else None, len(text))


def by_clause(move: EdgeMove, text: str, direction: int, stride: strides.Stride = strides.CLAUSE) -> EdgeMove:
    """The end to the next or previous end of a clause, the start to the next or previous start."""
    if move.edge == END:
        find = strides.first_end if direction > 0 else strides.last_end
    else:
        find = strides.first_start if direction > 0 else strides.last_start
    return _stepped(move, find(stride, text, move.place), len(text))


def _stepped(move: EdgeMove, place: int | None, length: int) -> EdgeMove:
    """The edge at `place`, or the move as it was where the edge cannot stand there."""
    if place is None or not 0 <= place <= length:
        return move
    start, end = (move.start, place) if move.edge == END else (place, move.end)
    return EdgeMove(start, end, move.edge) if start < end else move


def _inside_character(text: str, place: int) -> bool:
    return words.kind(text[place]) == words.MARK or text[place - 1] == _JOINER
