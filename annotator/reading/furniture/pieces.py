"""A text cut into the pieces that are judged: its lines, and what stands side by side in a line too long to be one.

A piece never ends inside a sentence. Offsets are code points of the whole text, white space at the edges left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.reading.furniture.tokens import starts_in

#: A line up to here is judged whole; a longer one may be a page crawled as one line.
LONG_LINE = 160
#: Of a longer line so much at each end is cut.
LONGEST_CUT = 200_000
_LINE = re.compile("[^\n\u2028\u2029\x85]+")
_OTHER_ENDS = "\u2028\u2029\x85"
_LINE_ENDS = "\n" + _OTHER_ENDS
_BREAKS = re.compile("[ \t\u3000\xa0\u2000-\u200a]{2,}|(?<=[。！？!?】\\]>|])[ \t\u3000\xa0]*|[ \t\u3000\xa0]+")
# What is one even with spaces in it: brackets, a size of letters, a label and its value.
_WHOLE = re.compile(
    "[【\\[（(][^】\\]）)\n]{0,20}[】\\]）)]|大[ \u3000\xa0|]*中[ \u3000\xa0|]*小|[:：][ \u3000\xa0]+(?=\\S)"
    "|[ \u3000\xa0]{0,8}[>＞»›]{1,8}[ \u3000\xa0]{0,8}"
)


class Piece(NamedTuple):
    """[start, end) of the text; `line` numbers the line it stands in."""

    start: int
    end: int
    line: int


def pieces(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The pieces of `text` in order, those of [start, end) where that is given; what is between them is white space."""
    found: list[Piece] = []
    number = 0
    for line in lines_of(text, start, end):
        if line:
            after = start + len(line)
            if len(line) > LONG_LINE and (cuts := _cuts(text, start, after)):
                found.extend(_between(text, start, [*cuts, after], number))
            elif (stripped := line.strip()) is line:
                found.append(Piece(start, after, number))
            elif stripped:
                first = start + len(line) - len(line.lstrip())
                found.append(Piece(first, first + len(stripped), number))
            number += 1
        start += len(line) + 1
    return found


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The lines of `text` or of [start, end) in it, also empty ones; each ends with one character."""
    text = text[start:end]
    for other in _OTHER_ENDS:
        if other in text:
            text = text.replace(other, "\n")
    return text.split("\n")


def line_around(text: str, at: int) -> tuple[int, int]:
    """The line in which a character stands that ends none: [start, end) without its line break."""
    line = _LINE.match(text, at)
    end = line.end() if line else at + 1
    start = 0
    for character in _LINE_ENDS:
        start = max(start, text.rfind(character, start, at) + 1)
    return start, end


def pieces_of_line(text: str, start: int, end: int, number: int) -> Iterator[Piece]:
    """The pieces of one line."""
    cuts = _cuts(text, start, end) if end - start > LONG_LINE else []
    return _between(text, start, [*cuts, end], number)


def _between(text: str, start: int, cuts: Iterable[int], number: int) -> Iterator[Piece]:
    """The pieces from `start` to each cut in turn."""
    for cut in cuts:
        piece = _trimmed(text, start, cut, number)
        if piece is not None:
            yield piece
        start = cut


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where to cut one line; of one that holds most of what is judged of any text only its ends are looked at."""
    if end - start <= 2 * LONGEST_CUT:
        return _cuts_in(text, start, end)
    ahead, behind = start + LONGEST_CUT, end - LONGEST_CUT
    return [*_cuts_in(text, start, ahead), ahead, *_cuts_in(text, behind, end)]


def _cuts_in(text: str, start: int, end: int) -> list[int]:
    begun = starts_in(text, start, end)
    if not begun:
        return []  # nearly every line: a paragraph
    cuts = {m.end() for m in _BREAKS.finditer(text, start, end)} | set(begun)
    for whole in _WHOLE.finditer(text, start, end):
        cuts.difference_update(range(whole.start() + 1, whole.end()))
        if text[whole.end() - 1].isspace():
            cuts.discard(whole.end())
    return sorted(cuts - {end})


def _trimmed(text: str, start: int, end: int, number: int) -> Piece | None:
    """The piece [start, end) without white space at its edges; None where it is nothing else."""
    if start < end and not (text[start].isspace() or text[end - 1].isspace()):
        return Piece(start, end, number)
    line = text[start:end]
    stripped = line.strip()
    if not stripped:
        return None
    start += len(line) - len(line.lstrip())
    return Piece(start, start + len(stripped), number)
