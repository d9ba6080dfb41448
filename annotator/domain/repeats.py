"""Repeats: every identical string of a text, and why one of them should rather not be tagged.

Standard library only. Linear in the text, the spans and the hits: one search, then one walk over hits and spans.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from annotator.domain.report import Furniture
from annotator.domain.span import Span, reading_order
from annotator.messages import N_

#: Nothing speaks against tagging the hit.
FINE: Final = ""
TAGGED: Final = "tagged"
INSIDE: Final = "inside"
OVERLAPS: Final = "overlaps"
TITLE: Final = "title"
NAME: Final = "name"
FURNITURE: Final = "furniture"
OTHER_SET: Final = "other_set"
DONE_SET: Final = "done_set"
REJECTED: Final = "rejected"

#: What a reason says to a person.
REASONS: Final[dict[str, str]] = {
    FINE: "",
    TAGGED: N_("tagged already"),
    INSIDE: N_("inside a span of the same label"),
    OVERLAPS: N_("overlaps a span of the same label"),
    TITLE: N_("inside a title in 《》"),
    NAME: N_("part of a longer known name"),
    FURNITURE: N_("in page furniture"),
    OTHER_SET: N_("in another person's report"),
    DONE_SET: N_("in a report marked as done"),
    REJECTED: N_("rejected before"),
}

_TITLE = re.compile("《[^《》\n]{1,200}》")


class Hit(NamedTuple):
    """One place where the words stand. `reason` is a key of REASONS; FINE where nothing speaks against it."""

    start: int
    end: int
    reason: str = FINE


def find_repeats(
    text: str,
    words: str,
    spans: Iterable[Span],
    label: str,
    furniture: Iterable[Furniture] = (),
    known_names: Iterable[str] = (),
) -> list[Hit]:
    """Every place of `text` where `words` stand, from left to right and never overlapping, each with its reason.

    `spans` are those of the set that is to get the new ones. `known_names` are names of the project that may be longer
    than `words`; those of the spans of `label` are known anyhow.
    """
    starts = _occurrences(text, words)
    if not starts:
        return []
    same = sorted((s for s in spans if s.label == label), key=reading_order)
    checks = _Checks(text, words, same, furniture, known_names)
    return [Hit(start, start + len(words), checks.reason(start)) for start in starts]


def _occurrences(text: str, words: str) -> list[int]:
    starts: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + len(words))
    return starts


class _Checks:
    """What speaks against a hit, asked in the order in which it matters to a reader."""

    def __init__(
        self,
        text: str,
        words: str,
        same: Sequence[Span],
        furniture: Iterable[Furniture],
        known_names: Iterable[str],
    ) -> None:
        """`same`: the spans of the label, in reading order."""
        self._text, self._length = text, len(words)
        self._coming, self._open = deque(same), list[Span]()
        self._furniture = _apart((f.start, f.end) for f in furniture)
        self._titles = [found.span() for found in _TITLE.finditer(text)]
        own = (text[s.start : s.end] for s in same if s.end - s.start > len(words))
        self._names = _LongerNames(words, (*known_names, *own))

    def reason(self, start: int) -> str:
        """The first reason that holds for the hit at `start`; to be asked from left to right."""
        end = start + self._length
        here = self._touching(start, end)
        if here:
            return _relation_to(here, start, end)
        if _covered(self._titles, start, end):
            return TITLE
        if self._names.around(self._text, start):
            return NAME
        return FURNITURE if _touches(self._furniture, start, end) else FINE

    def _touching(self, start: int, end: int) -> list[Span]:
        while self._coming and self._coming[0].start < end:
            self._open.append(self._coming.popleft())
        self._open = [span for span in self._open if span.end > start]
        return self._open


def _relation_to(same: Sequence[Span], start: int, end: int) -> str:
    if any(s.range == (start, end) for s in same):
        return TAGGED
    return INSIDE if any(s.start <= start and end <= s.end for s in same) else OVERLAPS


class _LongerNames:
    """Known names that hold the words, kept by shape: where in the name the words begin, and how long it is."""

    def __init__(self, words: str, names: Iterable[str]) -> None:
        self._by_shape: dict[tuple[int, int], set[str]] = {}
        for name in set(names):
            if len(name) > len(words):
                for before in _all_occurrences(name, words):
                    self._by_shape.setdefault((before, len(name)), set()).add(name)

    def around(self, text: str, at: int) -> bool:
        """Whether the words at `at` are part of one of the names."""
        return any(
            at >= before and text[at - before : at - before + length] in names
            for (before, length), names in self._by_shape.items()
        )


def _all_occurrences(name: str, words: str) -> list[int]:
    return [at for at in range(len(name) - len(words) + 1) if name.startswith(words, at)]


def _apart(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, those that overlap or touch joined."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _covered(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(ranges, start, key=lambda each: each[0]) - 1
    return index >= 0 and end <= ranges[index][1]


def _touches(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(ranges, end - 1, key=lambda each: each[0]) - 1
    return index >= 0 and start < ranges[index][1]
