"""Text that stands in a page twice: a body that was crawled several times, with other line breaks or in one line.

White space is left out of the comparison. A copy must be long and of several sentences: reports do repeat a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

#: Characters and sentences without white space that a copy has at least.
LEAST_CHARACTERS, LEAST_SENTENCES = 100, 3
_SENTENCE_END = re.compile("[。！？；]")
_WORD = re.compile("\\S+")
_LEAST_SENTENCE = 12
#: Between two parts of a copy so much may differ (a view counter, a date of printing).
_GAP = 60
_STEP = 512


def repeated(text: str) -> list[tuple[int, int]]:
    """The ranges of `text` that repeat what stands before them, in order; white space at the edges left out."""
    packed = "".join(text.split())
    if len(packed) < 2 * LEAST_CHARACTERS or not _has_twice(packed):
        return []
    copies = _joined(_copies(packed))
    return _unpacked(text, copies) if copies else []


def _has_twice(packed: str) -> bool:
    """Whether any sentence stands twice at all: of most texts that is all that is asked."""
    for end in "！？；":
        packed = packed.replace(end, "。")
    sentences = packed.split("。")
    long = [sentence for sentence in sentences if len(sentence) >= _LEAST_SENTENCE]
    return len(set(long)) < len(long)


def _unpacked(text: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of the text without white space as ranges of the text; they are in order."""
    edges = [edge for start, end in ranges for edge in (start, end - 1)]
    places: list[int] = []
    packed = 0
    for word in _WORD.finditer(text):
        start, length = word.start(), word.end() - word.start()
        while len(places) < len(edges) and edges[len(places)] < packed + length:
            places.append(start + edges[len(places)] - packed)
        packed += length
        if len(places) == len(edges):
            break
    return [(start, last + 1) for start, last in zip(places[::2], places[1::2])]


Copy = tuple[int, int, int]  # start and end of the copy, start of what it repeats


def _copies(packed: str) -> list[Copy]:
    first_at: dict[str, int] = {}
    sentences = _sentences(packed)
    ends = [end for _start, end in sentences]
    found: list[Copy] = []
    done = 0
    for start, end in sentences:
        if start < done:
            continue
        original = first_at.setdefault(packed[start:end], start)
        if original == start:
            continue
        copy = _grown(packed, original, start, max(done, 0))
        if _is_long(copy, ends):
            found.append(copy)
            done = copy[1]
    return found


def _sentences(packed: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in _SENTENCE_END.finditer(packed)]
    return [(start, end) for start, end in zip([0, *ends], ends) if end - start > _LEAST_SENTENCE]


def _grown(packed: str, original: int, start: int, floor: int) -> Copy:
    """The longest copy around a sentence that stands at `original` and again at `start`."""
    back = 0
    while (
        start - back > floor
        and original - back > 0
        and start - back > original
        and _same(packed, original, start, back)
    ):
        back += 1
    length = 0
    limit = min(len(packed) - start, start - back - original)
    while length < limit:
        step = min(_STEP, limit - length)
        if packed[original + length : original + length + step] != packed[start + length : start + length + step]:
            length += _common(packed, original + length, start + length, step)
            break
        length += step
    return start - back, start + length, original - back


def _same(packed: str, original: int, start: int, back: int) -> bool:
    return packed[original - back - 1] == packed[start - back - 1]


def _common(packed: str, one: int, other: int, limit: int) -> int:
    return next((n for n in range(limit) if packed[one + n] != packed[other + n]), limit)


def _is_long(copy: Copy, ends: Sequence[int]) -> bool:
    start, end, _original = copy
    return (
        end - start >= LEAST_CHARACTERS and bisect_left(ends, end + 1) - bisect_left(ends, start + 1) >= LEAST_SENTENCES
    )


def _joined(copies: Sequence[Copy]) -> list[tuple[int, int]]:
    """Copies that go on after a small difference are one."""
    joined: list[Copy] = []
    for copy in copies:
        if joined and 0 <= copy[0] - joined[-1][1] <= _GAP and 0 <= copy[2] - _source_end(joined[-1]) <= _GAP:
            joined[-1] = (joined[-1][0], copy[1], joined[-1][2])
        else:
            joined.append(copy)
    return [(start, end) for start, end, _original in joined]


def _source_end(copy: Copy) -> int:
    return copy[2] + copy[1] - copy[0]
