"""Where furniture ends and the body begins: the best cut of head, body, islands in it, and tail.

Every piece says what it is worth as furniture in each of the three places; the cut that gains most wins, and furniture
has to pay for beginning. Where nothing is gained, all is body.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

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
#: What it costs to begin: a single word of a menu is no head, a single weak word no island.
_ENTRY = {Part.HEAD: -2.5, Part.BODY: 0.0, Part.ISLAND: -2.5, Part.TAIL: -2.5}
_WORTH = {Strength.SURE: 6.0, Strength.EDGE: 4.0, Strength.FILL: 1.0}
_OWN = {
    Shape.SHORT: -0.6,
    Shape.LINK: -0.3,
    Shape.CELL: -1.0,
    Shape.HEADING: -6.0,
    Shape.TITLE: -6.0,
    Shape.CLOSING: -4.0,
}
_ISLAND = {
    Shape.SHORT: -2.5,
    Shape.LINK: -2.0,
    Shape.CELL: -1.5,
    Shape.HEADING: -9.0,
    Shape.TITLE: -9.0,
    Shape.CLOSING: -9.0,
}


def cut(judged: Sequence[Judged]) -> list[Part]:
    """The part of each piece."""
    if not judged:
        return []
    first, last = _body_edges(judged)
    best: list[dict[Part, tuple[float, Part]]] = []
    for index, own in enumerate(judged):
        near = index < first or index > last
        worth = {part: _worth(own, part, near) for part in Part}
        best.append(_step(best[-1] if best else None, worth))
    part = max(Part, key=lambda p: (best[-1].get(p, (-1e9, p))[0], p == Part.BODY))
    parts = [part]
    for row in reversed(best[1:]):
        part = row[part][1]
        parts.append(part)
    return parts[::-1]


def _step(before: dict[Part, tuple[float, Part]] | None, worth: dict[Part, float]) -> dict[Part, tuple[float, Part]]:
    row: dict[Part, tuple[float, Part]] = {}
    for part in Part:
        if before is None:
            if part != Part.ISLAND:
                row[part] = (worth[part] + _ENTRY[part], part)
            continue
        ways = [(before[b][0] + (0.0 if b == part else _ENTRY[part]), b) for b in _FOLLOWS[part] if b in before]
        if ways:
            gained, way = max(ways, key=lambda w: (w[0], w[1] == Part.BODY))
            row[part] = (gained + worth[part], way)
    return row


def _worth(own: Judged, part: Part, near: bool) -> float:
    if part == Part.BODY:
        return 0.0
    if part == Part.ISLAND:
        if own.strength == Strength.SURE or (own.strength == Strength.EDGE and near):
            return _WORTH[own.strength]
        if own.strength == Strength.FILL and near:
            return 0.5
        return _own(own, _ISLAND)
    if own.strength > Strength.NONE:
        return _WORTH[own.strength]
    if own.listed and own.shape in (Shape.SHORT, Shape.LINK, Shape.TITLE, Shape.CELL):
        return 0.8
    return _own(own, _OWN)


def _own(own: Judged, worth: dict[Shape, float]) -> float:
    if own.shape == Shape.SENTENCE:
        return -4.0 - min(len(own.text) / 20, 10.0)
    return worth[own.shape]


def _body_edges(judged: Sequence[Judged]) -> tuple[int, int]:
    """The first and the last piece that are surely of the body: sentences and numbered headings."""
    sure = [
        i
        for i, own in enumerate(judged)
        if own.strength < Strength.EDGE and own.shape in (Shape.SENTENCE, Shape.HEADING)
    ]
    return (sure[0], sure[-1]) if sure else (len(judged), -1)
