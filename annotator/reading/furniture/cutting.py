"""Where furniture ends and the body begins: the best cut of head, body, islands in it, and tail.

Every piece says what it is worth as furniture in each of the three places; the cut that gains most wins, and furniture
has to pay for beginning. Where nothing is gained, all is body.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from annotator.reading.furniture.context import any_furniture, body_edges
from annotator.reading.furniture.judging import Judged, Shape
from annotator.reading.furniture.tokens import Strength


class Part(IntEnum):
    """The parts of a text, in the order in which they can follow; an island lies in the body."""

    HEAD = 0
    BODY = 1
    ISLAND = 2
    TAIL = 3


#: What it costs to begin: a single weak word is no furniture.
_ENTRY = -2.5
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
_LISTED = 0.6
#: What an island before or behind all paragraphs loses against a head or a tail: a line or two on the far side go along.
_DETOUR = 0.5

#: What a piece is worth as furniture in head, island and tail.
_Worths = tuple[float, float, float]
_BY_SHAPE: dict[Shape, _Worths] = {shape: (_HEAD[shape], _ISLAND[shape], _TAIL[shape]) for shape in _HEAD}
# By strength, and whether the piece stands before the first or behind the last paragraph.
_BY_STRENGTH: dict[tuple[Strength, bool], _Worths] = {
    (Strength.SURE, True): (6.0, 6.0 - _DETOUR, 6.0),
    (Strength.SURE, False): (6.0, 6.0, 6.0),
    (Strength.EDGE, True): (4.0, 4.0 - _DETOUR, 4.0),
    (Strength.EDGE, False): (4.0, -2.0, 4.0),
    (Strength.FILL, True): (0.9, 0.5, 0.9),
    (Strength.FILL, False): (0.9, -2.0, 0.9),
}
#: The most that can be gained up to a piece, by the part it is in; and from which part one came to each.
_Gains = tuple[float, float, float, float]
_Sources = tuple[Part, Part, Part, Part]


def cut(judged: Sequence[Judged]) -> list[Part]:
    """The part of each piece."""
    if not any_furniture(judged):
        return [Part.BODY] * len(judged)
    first, last = body_edges(judged)
    gains: _Gains = (0.0, 0.0, float("-inf"), 0.0)
    ways: list[_Sources] = []
    for index, own in enumerate(judged):
        worths = _worths(own, not first <= index <= last)
        if index:
            gains, sources = _next(gains, worths)
            ways.append(sources)
        else:
            # All but an island, which lies between body and body.
            gains = (worths[0] + _ENTRY, 0.0, gains[2], worths[2] + _ENTRY)
    part = max(Part, key=lambda part: (gains[part], part == Part.BODY))
    parts = [part]
    for sources in reversed(ways):
        part = sources[part]
        parts.append(part)
    return parts[::-1]


def _next(gains: _Gains, worths: _Worths) -> tuple[_Gains, _Sources]:
    """The best way to have a piece in each part; where two are as good, the body goes on."""
    head, body, island, tail = gains
    best, to_body = body, Part.BODY
    if head > best:
        best, to_body = head, Part.HEAD
    if island > best:
        best, to_body = island, Part.ISLAND
    to_island, islands = Part.ISLAND, island
    begun = body + _ENTRY
    if begun >= islands:
        to_island, islands = Part.BODY, begun
    to_tail, tails = Part.BODY, begun
    if island + _ENTRY > tails:
        to_tail, tails = Part.ISLAND, island + _ENTRY
    if tail > tails:
        to_tail, tails = Part.TAIL, tail
    on_head, on_island, on_tail = worths
    return (head + on_head, best, islands + on_island, tails + on_tail), (Part.HEAD, to_body, to_island, to_tail)


def _worths(own: Judged, outside: bool) -> _Worths:
    """What a piece is worth as furniture; `outside`: it stands before the first or behind the last paragraph."""
    if own.strength > Strength.NONE:
        return _BY_STRENGTH[own.strength, outside]
    if own.shape == Shape.SENTENCE:
        loss = -4.0 - min(len(own.text) / 20, 10.0)
        return loss, loss, loss
    head, island, tail = _BY_SHAPE[own.shape]
    return head, island, _LISTED if own.listed and own.shape != Shape.HEADING else tail
