"""The sections of a report, computed from its numbering and never stored.

A section runs from its number to the next one of its own or a higher level, so sections nest and
the innermost one at an offset is found by bisection.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain.patterns import late
from annotator.reading.numbering import Mark, marks

_SENTENCE_END = late("[。！？!?；;：:\n\u2028\u2029\x85]")
_CLAUSE_END = late("[，,]")
_SPACE_AND_STOPS = late("[\\s。！？!?；;：:，,]*")
_TRAILING = " \t\u3000\xa0。；;：:，,"

# A heading glued to its body ends with its first sentence, or with its first clause where that is long.
_LINE, _SENTENCE, _CUT = 80, 40, 60


class Section(NamedTuple):
    """A heading with what stands under it; offsets are code points, ends exclusive.

    `start` is where the number begins, `heading_end` where the heading's words end, `body_start`
    where the text under it begins, `parent` the index of the section around it, or -1.
    """

    level: int
    number: str
    title: str
    start: int
    end: int
    heading_end: int
    body_start: int
    parent: int


def outline(text: str, furniture: Iterable[tuple[int, int]] = ()) -> list[Section]:
    """The sections of `text` in its order; numbers inside the given furniture ranges are none."""
    ranges = sorted(furniture)
    found = [mark for mark in marks(text) if not _inside(ranges, mark.start)]
    parents, ends = _nest(found, len(text))
    sections: list[Section] = []
    for index, mark in enumerate(found):
        parent = parents[index]
        limit = found[index + 1].start if index + 1 < len(found) else len(text)
        heading_end = _heading_end(text, mark.end, limit)
        after = _SPACE_AND_STOPS.match(text, heading_end)
        body_start = min(after.end() if after else heading_end, ends[index])
        title = text[mark.end : heading_end].strip(_TRAILING)
        level = 1 if parent < 0 else sections[parent].level + 1
        sections.append(Section(level, mark.number, title, mark.start, ends[index], heading_end, body_start, parent))
    return sections


def section_path(sections: Sequence[Section], offset: int) -> list[Section]:
    """The sections around an offset, from the outermost to the innermost; none before the first heading."""
    index = bisect_right(sections, offset, key=lambda section: section.start) - 1
    path: list[Section] = []
    while index >= 0:
        if offset < sections[index].end:
            path.append(sections[index])
        index = sections[index].parent
    return path[::-1]


def _inside(ranges: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(ranges, offset, key=lambda each: each[0]) - 1
    return index >= 0 and offset < ranges[index][1]


def _nest(found: list[Mark], length: int) -> tuple[list[int], list[int]]:
    """For every mark the index of the mark it stands under (or -1) and the offset where its section ends."""
    order = _style_order(found)
    parents: list[int] = []
    ends = [length] * len(found)
    open_marks: list[int] = []
    for index, mark in enumerate(found):
        while open_marks and order[found[open_marks[-1]].style] >= order[mark.style]:
            ends[open_marks.pop()] = mark.start
        parents.append(open_marks[-1] if open_marks else -1)
        open_marks.append(index)
    return parents, ends


def _style_order(found: list[Mark]) -> dict[int, int]:
    """How far out each numbering style stands in this report: by custom, unless the report does otherwise.

    A style that counts on from n to n + 1 while another begins at one in between stands outside it.
    """
    around: dict[tuple[int, int], int] = defaultdict(int)
    last: dict[int, int] = {}
    for index, mark in enumerate(found):
        before = last.get(mark.style)
        if before is not None and found[before].value + 1 == mark.value:
            for inner in _begun_between(found, before, index):
                around[mark.style, inner] += 1
        last[mark.style] = index
    order = sorted(last)
    for _ in order:
        for at in range(len(order) - 1):
            outer, inner = order[at], order[at + 1]
            if around[inner, outer] > around[outer, inner]:
                order[at], order[at + 1] = inner, outer
    return {style: place for place, style in enumerate(order)}


def _begun_between(found: list[Mark], first: int, last: int) -> set[int]:
    """The styles whose first mark between two marks is a one."""
    begun: dict[int, bool] = {}
    for mark in found[first + 1 : last]:
        begun.setdefault(mark.style, mark.value == 1)
    return {style for style, from_one in begun.items() if from_one}


def _heading_end(text: str, start: int, limit: int) -> int:
    """Where the heading that begins after its number ends, at most at `limit`."""
    stop = _SENTENCE_END.search(text, start, limit)
    end = stop.start() if stop else limit
    whole_line = not stop or stop.group() in "\n\u2028\u2029\x85"
    if end - start > (_LINE if whole_line else _SENTENCE):
        clause = _CLAUSE_END.search(text, start, end)
        end = min(clause.start() if clause else end, start + _CUT)
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end
