"""Where furniture ends and the body begins: the best cut of head, body, islands in it, and tail.

Every piece says what it is worth as furniture in each of the three places; the cut that gains most wins, and furniture
has to pay for beginning. Where nothing is gained, all is body.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from annotator.reading.furniture.context import body_edges
from annotator.reading.furniture.judging import Judged, Shape
from annotator.reading.furniture.tokens import Strength


class Part(IntEnum):
    """The parts of a text, in the order in which they can follow; an island lies in the body."""

    HEAD = 0
    BODY = 1
    ISLAND = 2
    TAIL = 3


_FOLLOWS = {
    Part.HEAD: (Part.HEAD,),
    Part.BODY: (Part.HEAD, Part.BODY, Part.ISLAND),
    Part.ISLAND: (Part.BODY, Part.ISLAND),
    Part.TAIL: (Part.BODY, Part.ISLAND, Part.TAIL),
}
#: What it costs to begin: a single weak word is no furniture.
_ENTRY = {Part.HEAD: -2.5, Part.BODY: 0.0, Part.ISLAND: -2.5, Part.TAIL: -2.5}
_WORTH = {Strength.SURE: 6.0, Strength.EDGE: 4.0, Strength.FILL: 0.9}
#: What else stands in a head or a tail costs little between furniture; at its edge it stays body.
_HEAD = {
    Shape.SHORT: -0.2,
    Shape.LINK: -0.1,
    Shape.CELL: -0.2,
    Shape.HEADING: -6.0,
    Shape.TITLE: -9.0,
    Shape.CLOSING: -5.0,
}
_TAIL = {
    Shape.SHORT: -0.2,
    Shape.LINK: -0.1,
    Shape.CELL: -0.5,
    Shape.HEADING: -2.5,
    Shape.TITLE: -0.4,
    Shape.CLOSING: -6.0,
}
_ISLAND = {
    Shape.SHORT: -2.5,
    Shape.LINK: -2.0,
    Shape.CELL: -2.0,
    Shape.HEADING: -9.0,
    Shape.TITLE: -9.0,
    Shape.CLOSING: -9.0,
}
_OWN = {Part.HEAD: _HEAD, Part.TAIL: _TAIL, Part.ISLAND: _ISLAND}
_LISTED = 0.6
#: What an island before or behind all paragraphs loses against a head or a tail: a line or two on the far side go along.
_DETOUR = 0.5

_Row = dict[Part, tuple[float, Part]]


def cut(judged: Sequence[Judged]) -> list[Part]:
    """The part of each piece."""
    if not judged:
        return []
    first, last = body_edges(judged)
    rows: list[_Row] = []
    for index, own in enumerate(judged):
        worth = {part: _worth(own, part, not first <= index <= last) for part in Part}
        rows.append(_next(rows[-1], worth) if rows else _begin(worth))
    part = max(rows[-1], key=lambda part: (rows[-1][part][0], part == Part.BODY))
    parts = [part]
    for row in reversed(rows[1:]):
        part = row[part][1]
        parts.append(part)
    return parts[::-1]


def _begin(worth: dict[Part, float]) -> _Row:
    """The first piece: all but an island, which lies between body and body."""
    return {part: (worth[part] + _ENTRY[part], part) for part in (Part.HEAD, Part.BODY, Part.TAIL)}


def _next(before: _Row, worth: dict[Part, float]) -> _Row:
    """The best way to have a piece in each part; where two are as good, the body goes on."""
    row: _Row = {}
    for part, sources in _FOLLOWS.items():
        ways = [(before[s][0] + (0.0 if s == part else _ENTRY[part]), s) for s in sources if s in before]
        if ways:
            gained, source = max(ways, key=lambda way: (way[0], way[1] == Part.BODY))
            row[part] = (gained + worth[part], source)
    return row


def _worth(own: Judged, part: Part, outside: bool) -> float:
    """What a piece is worth as furniture; `outside`: it stands before the first or behind the last paragraph."""
    if part == Part.BODY:
        return 0.0
    if part == Part.ISLAND and own.strength in (Strength.EDGE, Strength.FILL):
        return (_WORTH[own.strength] - _DETOUR if own.strength == Strength.EDGE else 0.5) if outside else -2.0
    if own.strength > Strength.NONE:
        if part == Part.ISLAND and outside:
            return _WORTH[own.strength] - _DETOUR
        return _WORTH[own.strength]
    if own.shape == Shape.SENTENCE:
        return -4.0 - min(len(own.text) / 20, 10.0)
    if part == Part.TAIL and own.listed and own.shape != Shape.HEADING:
        return _LISTED
    return _OWN[part][own.shape]
