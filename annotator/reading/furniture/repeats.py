"""Text that stands in a page twice: a body that was crawled several times, with other line breaks or in one line.

White space is left out of the comparison. A copy must be long and of several sentences: reports do repeat a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

#: Characters and sentences without white space that a copy has at least.
LEAST_CHARACTERS, LEAST_SENTENCES = 100, 3
_OTHER_ENDS = "！？；"
_WORD = re.compile("\\S+")
_LEAST_SENTENCE = 12
#: Between two parts of a copy so much may differ (a view counter, a date of printing).
_GAP = 60
#: So many characters are compared at once, then twice as many.
_STEP = 32


def repeated(text: str) -> list[tuple[int, int]]:
    """The ranges of `text` that repeat what stands before them, in order; white space at the edges left out."""
    packed = "".join(text.split())
    if len(packed) < 2 * LEAST_CHARACTERS:
        return []
    sentences = _sentences(packed)
    if not _may_hold_copies(sentences):
        return []
    again = _standing_twice(sentences)
    copies = _joined(_copies(packed, sentences, again))
    return _unpacked(text, copies) if copies else []


def _sentences(packed: str) -> list[str]:
    """The sentences without their ends; behind the last end stands what is none, maybe nothing."""
    for end in _OTHER_ENDS:
        if end in packed:
            packed = packed.replace(end, "。")
    return packed.split("。")


def _may_hold_copies(sentences: Sequence[str]) -> bool:
    """Whether two sentences follow each other twice, as in a copy of three ends they must: of most texts none do."""
    if len({*sentences}) == len(sentences):
        return False
    return len({*pairwise(sentences)}) < len(sentences) - 1


def _standing_twice(sentences: Sequence[str]) -> set[str]:
    """The sentences that are long enough to begin a copy with and stand twice."""
    counted = Counter(sentence for sentence in sentences if len(sentence) >= _LEAST_SENTENCE)
    return {sentence for sentence, times in counted.items() if times > 1}


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


def _copies(packed: str, sentences: Sequence[str], again: set[str]) -> list[Copy]:
    first_at: dict[str, int] = {}
    ends = [*accumulate([len(sentence) + 1 for sentence in sentences[:-1]])]
    found: list[Copy] = []
    done = 0
    for sentence, end in zip(sentences, ends):
        start = end - 1 - len(sentence)
        if sentence not in again or start < done:
            continue
        original = first_at.setdefault(packed[start:end], start)
        if original == start:
            continue
        copy = _grown(packed, original, start, done)
        if _is_long(copy, ends):
            found.append(copy)
            done = copy[1]
    return found


def _grown(packed: str, original: int, start: int, floor: int) -> Copy:
    """The longest copy around a sentence that stands at `original` and again at `start`."""
    back, most = 0, min(start - floor, original, start - original)
    while back < most and packed[original - back - 1] == packed[start - back - 1]:
        back += 1
    limit = min(len(packed) - start, start - back - original)
    length, step = 0, _STEP
    while length < limit:
        step = min(step, limit - length)
        if packed[original + length : original + length + step] != packed[start + length : start + length + step]:
            length += _common(packed, original + length, start + length, step)
            break
        length += step
        step *= 2
    return start - back, start + length, original - back


def _common(packed: str, one: int, other: int, limit: int) -> int:
    """How many characters are the same from two places on, at most `limit`: halved until it is told."""
    same = 0
    while limit > 1:
        half = limit // 2
        if packed[one + same : one + same + half] == packed[other + same : other + same + half]:
            same += half
            limit -= half
        else:
            limit = half
    return same + (limit == 1 and packed[one + same : one + same + 1] == packed[other + same : other + same + 1])


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
