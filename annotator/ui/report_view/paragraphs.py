"""A report cut into pieces that are laid out one by one: its lines, its furniture, its over-long lines.

Offsets are code points of the report; nothing here knows a font.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.ui.report_view.folding import Fold, Folding

#: A line longer than this is laid out in several pieces, so that a report without line breaks opens as quickly.
LONGEST = 4000

TEXT, FURNITURE, HEADER, FOLDED = range(4)
_SENTENCE_ENDS = "。；！？;!?"


class Piece(NamedTuple):
    """`[start, end]` are the caret places it holds; the line break behind it belongs to none.

    kind TEXT is body text; FURNITURE a line of unfolded furniture; HEADER the line above it that
    folds it again (empty range); FOLDED one line that stands for all of a furniture range.
    """

    start: int
    end: int
    kind: int = TEXT
    fold: Fold | None = None


class Paragraphs:
    """The pieces of one text, in order. They cover every offset; `starts` are their first ones."""

    def __init__(self, text: str, line_starts: Sequence[int], folding: Folding) -> None:
        self._text = text
        self._lines = line_starts
        self.pieces = list(self._cut(folding))
        self.starts = [piece.start for piece in self.pieces]

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, number: int) -> Piece:
        return self.pieces[number]

    def at(self, offset: int) -> int:
        """The number of the piece that shows `offset`; where two meet, the later one."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def _cut(self, folding: Folding) -> Iterator[Piece]:
        start = 0
        for fold in folding.folds:
            yield from self._text_pieces(start, fold.start)
            yield from self._furniture_pieces(fold, folding.is_open(fold.uid))
            start = fold.end
            if self._text[start - 1] != "\n":
                if start == len(self._text):
                    return
                start += self._text[start] == "\n"
        yield from self._text_pieces(start, len(self._text) + 1)

    def _text_pieces(self, start: int, stop: int, kind: int = TEXT, fold: Fold | None = None) -> Iterator[Piece]:
        """Pieces of the lines from `start` up to `stop`, exclusive as a line's start, inclusive as an end."""
        line = bisect_right(self._lines, start) - 1
        while start < stop:
            line += 1
            following = self._lines[line] if line < len(self._lines) else len(self._text) + 1
            end = min(following - 1, stop)
            if end - start <= LONGEST:
                yield Piece(start, end, kind, fold)
            else:
                yield from self._slices(start, end, kind, fold)
            start = following

    def _furniture_pieces(self, fold: Fold, is_open: bool) -> Iterator[Piece]:
        last = fold.end - 1 if self._text[fold.end - 1] == "\n" and fold.end - 1 > fold.start else fold.end
        if not is_open:
            yield Piece(fold.start, last, FOLDED, fold)
            return
        yield Piece(fold.start, fold.start, HEADER, fold)
        yield from self._text_pieces(fold.start, fold.end, FURNITURE, fold)

    def _slices(self, start: int, end: int, kind: int, fold: Fold | None) -> Iterator[Piece]:
        while end - start > LONGEST:
            cut = self._good_cut(start + LONGEST * 3 // 4, start + LONGEST)
            yield Piece(start, cut, kind, fold)
            start = cut
        yield Piece(start, end, kind, fold)

    def _good_cut(self, low: int, high: int) -> int:
        found = max(self._text.rfind(mark, low, high) for mark in _SENTENCE_ENDS)
        if found >= 0:
            return found + 1
        while high > low and _clings(self._text[high]):
            high -= 1
        return high


def _clings(char: str) -> bool:
    """Whether a character may not be parted from the one before it: marks, joiners, variation selectors."""
    return bool(unicodedata.combining(char)) or unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")
