"""Which lane each span's shape takes below the text: nested ones stack outwards and hide nothing.

Lanes count from 0, next to the text. A span lies below every shorter one that shares a character
with it, and never above the lane its shape starts in; whatever would lie deeper than `MOST` lanes
shares the last one, so that a file with a hundred equal spans can still be read.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable

from annotator.domain.span import Span

MOST = 12


def assign(spans: Iterable[Span], first_lane: Callable[[Span], int]) -> dict[str, int]:
    """The lane of each span by uid."""
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[str, int] = {}
    for span in sorted(spans, key=lambda s: (s.end - s.start, -s.start, s.uid)):
        lane = min(max(first_lane(span), _lowest_taken(taken, span) + 1), MOST - 1)
        while len(taken) <= lane:
            taken.append([])
        insort(taken[lane], span.range)
        lanes[span.uid] = lane
    return lanes


def _lowest_taken(taken: list[list[tuple[int, int]]], span: Span) -> int:
    """The outermost lane in which a range overlaps the span; -1 for none. Ranges of a lane are disjoint."""
    for lane in range(len(taken) - 1, -1, -1):
        ranges = taken[lane]
        position = bisect_left(ranges, (span.end,))
        if position and ranges[position - 1][1] > span.start:
            return lane
    return -1
