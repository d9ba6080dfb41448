"""A flat choice among overlapping spans, as `doc.ents` demands: each character in one span at most."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from annotator.domain.span import Span

LONGEST: Final = "longest"
SHORTEST: Final = "shortest"
SCHEMA_ORDER: Final = "schema-order"
POLICIES: Final = (LONGEST, SHORTEST, SCHEMA_ORDER)


def choose(spans: Iterable[Span], policy: str, labels: Sequence[str]) -> list[Span]:
    """The spans that stay, in reading order: the better one by `policy` goes first, whatever overlaps it goes.

    "schema-order" prefers labels that stand earlier in `labels`, then the longer span. What is still
    equal is decided by place, then label, then id, so that the choice is always the same.
    """
    chosen: list[tuple[int, int, Span]] = []
    for span in sorted(spans, key=_key(policy, labels)):
        place = bisect_left(chosen, (span.start,))
        free_before = place == 0 or chosen[place - 1][1] <= span.start
        if free_before and (place == len(chosen) or span.end <= chosen[place][0]):
            insort(chosen, (span.start, span.end, span))
    return [span for _start, _end, span in chosen]


def _key(policy: str, labels: Sequence[str]) -> Callable[[Span], tuple[object, ...]]:
    rank = {label: place for place, label in enumerate(labels)}

    def order(span: Span) -> tuple[int, int]:
        length = span.end - span.start
        if policy == SHORTEST:
            return length, rank.get(span.label, len(rank))
        if policy == SCHEMA_ORDER:
            return rank.get(span.label, len(rank)), -length
        return -length, rank.get(span.label, len(rank))

    return lambda span: (*order(span), span.start, span.label, span.uid)
