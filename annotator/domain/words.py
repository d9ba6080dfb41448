"""Words as strides: where the word at a place begins and ends, and where the next one begins.

Standard library only. What the words are comes from a segmenter as *edges*: an ascending sequence of code-point
offsets that starts with 0 and ends with the length of the text; word i is `[edges[i], edges[i + 1])`. Until a segmenter
has answered, a word is a run of one script, found from the text around the place alone.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

Range = tuple[int, int]
Edges = Sequence[int]

BREAK: Final = "break"  # ends a line; no word crosses it
SPACE: Final = "space"
MARK: Final = "mark"  # belongs to the character before it: combining marks, variation selectors, joiners
DIGIT: Final = "digit"
HAN: Final = "han"
OTHER: Final = "other"  # punctuation and signs, each a word of its own; what is none of these is the name of its script

_BREAKS: Final = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_JOINER: Final = "\u200d"
_MARKS: Final = frozenset([_JOINER, "\u200c", "\ufeff", *map(chr, range(0x1F3FB, 0x1F400))])
_FORMS: Final = ("FULLWIDTH", "HALFWIDTH", "MODIFIER")
_POINTS: Final = frozenset(".．")
_PERCENTS: Final = frozenset("%％‰")


class _Kinds(dict[str, str]):
    """Kind by character, filled as characters are met."""

    def __missing__(self, char: str) -> str:
        kind = self[char] = _kind(char)
        return kind


_KINDS: Final = _Kinds()
kind: Final[Callable[[str], str]] = _KINDS.__getitem__


def script_runs(text: str, offset: int) -> Range:
    """The run of one script that holds the character at `offset` (at the end of the text: the last one).

    Han, letters of one script, white space, and numbers of either width with point and percent sign run together; any
    other character stands alone, and nothing crosses a line break. Empty only for an empty text.
    """
    if not text:
        return 0, 0
    at = min(max(offset, 0), len(text) - 1)
    start, end = at, at + 1
    while start > 0 and _runs_on(text, start):
        start -= 1
    while end < len(text) and _runs_on(text, end):
        end += 1
    return start, end


def glued(text: str, at: int) -> bool:
    """Whether no word may begin at `at` (0 < at < len): between a character and its marks, or inside white space.

    Also between letters of one script beyond ASCII, which segmenters for Chinese take apart.
    """
    before, after = text[at - 1], text[at]
    if _KINDS[after] == MARK or before == _JOINER:
        return _KINDS[before] not in (BREAK, SPACE)
    if before.isascii() and after.isascii():
        return _KINDS[before] == _KINDS[after] == SPACE
    same = _base(text, at)
    return same == _KINDS[after] and same not in (HAN, DIGIT, OTHER, BREAK)


def word_bounds(edges: Edges, offset: int) -> Range:
    """The word that holds the character at `offset`; at the end of the text the last word."""
    if len(edges) < 2:
        return 0, 0
    at = min(max(bisect_right(edges, offset), 1), len(edges) - 1)
    return edges[at - 1], edges[at]


def word_at(edges: Edges | None, text: str, offset: int) -> Range:
    """The word at `offset`: the segmenter's where `edges` are there and of this text, else the run of one script."""
    if edges is not None and len(edges) > 1 and edges[-1] == len(text):
        return word_bounds(edges, offset)
    return script_runs(text, offset)


def next_word(edges: Edges | None, text: str, offset: int) -> int:
    """Where the next word begins that is not white space; the end of the text where there is none."""
    at = max(offset, 0)
    while at < len(text):
        at = word_at(edges, text, at)[1]
        if at < len(text) and not text[at].isspace():
            return at
    return len(text)


def previous_word(edges: Edges | None, text: str, offset: int) -> int:
    """Where the word before `offset` begins (the one around it, if `offset` is inside); 0 where there is none."""
    at = min(offset, len(text))
    while at > 0:
        at = word_at(edges, text, at - 1)[0]
        if not text[at].isspace():
            return at
    return 0


def to_edges(ranges: Iterable[Range]) -> array[int]:
    """Edges of ranges that follow each other without gaps."""
    edges = array("I", [0])
    edges.extend(end for _start, end in ranges)
    return edges


def to_ranges(edges: Edges) -> list[Range]:
    """The words of `edges` as ranges."""
    return list(pairwise(edges))


def unpacked(packed: bytes) -> array[int]:
    """Edges as they come from the process that segments: an array of unsigned integers, as bytes."""
    edges = array("I")
    edges.frombytes(packed)
    return edges


def _kind(char: str) -> str:
    if char in _BREAKS:
        return BREAK
    if char.isspace():
        return SPACE
    category = unicodedata.category(char)
    if char in _MARKS or category[0] == "M":
        return MARK
    if category == "Nd":
        return DIGIT
    # The planes of ideographs, also those younger than this Python's tables; 〇 々 are letters by name only.
    if 0x20000 <= ord(char) < 0x40000 or char in "〇々〆":
        return HAN
    return _script(char) if category[0] == "L" else OTHER


def _script(char: str) -> str:
    words = [word for word in unicodedata.name(char, "").split() if word not in _FORMS]
    if not words:
        return OTHER
    return HAN if words[0] == "CJK" else words[0].lower()


def _base(text: str, at: int) -> str:
    """The kind of the character before `at`, its marks set aside."""
    at -= 1
    while at > 0 and _KINDS[text[at]] == MARK:
        at -= 1
    return _KINDS[text[at]]


def _runs_on(text: str, at: int) -> bool:
    """Whether the characters on both sides of `at` belong to one run of script."""
    before, after = text[at - 1], text[at]
    if _KINDS[after] == MARK or before == _JOINER:
        return _KINDS[before] not in (BREAK, SPACE)
    base = _base(text, at)
    if base == _KINDS[after]:
        return base not in (OTHER, BREAK, MARK)
    if after in _POINTS:
        return base == DIGIT and at + 1 < len(text) and _KINDS[text[at + 1]] == DIGIT
    if before in _POINTS:
        return at > 1 and _KINDS[after] == DIGIT and _KINDS[text[at - 2]] == DIGIT
    return after in _PERCENTS and base == DIGIT


__all__ = [
    "Edges", "Range", "glued", "kind", "next_word", "previous_word", "script_runs", "to_edges", "to_ranges", "unpacked",
    "word_at", "word_bounds",
]  # fmt: skip
