"""Clauses and sentences of a text: the strides in which reports are read and measures are marked.

Standard library only. Everything works line by line, so that the functions that ask about one place (`clause_at`,
`next_clause` …) cost no more than the line they stand in, however long the report. Ranges are code points, half open,
without the white space at their ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

from annotator.domain.patterns import late

Range = tuple[int, int]

_PAIRS = {"《": "》", "〈": "〉", "“": "”", "‘": "’", "（": "）", "(": ")", "「": "」", "『": "』"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKET = late("[" + re.escape("".join(_PAIRS) + "".join(_OPENING)) + "]")
# Commas between groups of figures belong to the number; after four figures (2021,100名) a comma ends the clause.
_GROUPED = late(r"(?<![0-9０-９.．])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])")
_STOP = late("[，,；;。！!？?]")
# A colon between figures is a clock time or a score.
_FINE_STOP = late("[，,；;。！!？?、]|(?<![0-9０-９])[：:]|[：:](?![0-9０-９])")
_SENTENCE_END = late("[。！？!?]+[”’」』）)》〉]*")
#: A longer line is taken apart anew for each question rather than kept in memory.
_MOST_KEPT = 10_000
_BLANK = "\u200b\ufeff"


def clauses(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Clauses end at ，；。！？ of either width and at line ends, never at 、 and never inside brackets or quotes."""
    return _all(_clauses_of_line, text, start, end)


def fine_clauses(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Clauses that also end at 、 and ：."""
    return _all(_fine_clauses_of_line, text, start, end)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Sentences end at 。！？, with the quotes and brackets that close there, and at line ends."""
    return _all(_sentences_of_line, text, start, end)


def clause_at(text: str, offset: int) -> Range | None:
    """The clause that covers or touches `offset`, else the one before it in the line."""
    return _at(_clauses_of_line, text, offset)


def next_clause(text: str, offset: int) -> Range | None:
    """The clause after the one at `offset`."""
    return _next(_clauses_of_line, text, offset)


def previous_clause(text: str, offset: int) -> Range | None:
    """The clause before the one at `offset`."""
    return _previous(_clauses_of_line, text, offset)


def fine_clause_at(text: str, offset: int) -> Range | None:
    """As `clause_at`, in the finer stride."""
    return _at(_fine_clauses_of_line, text, offset)


def next_fine_clause(text: str, offset: int) -> Range | None:
    """As `next_clause`, in the finer stride."""
    return _next(_fine_clauses_of_line, text, offset)


def previous_fine_clause(text: str, offset: int) -> Range | None:
    """As `previous_clause`, in the finer stride."""
    return _previous(_fine_clauses_of_line, text, offset)


def sentence_at(text: str, offset: int) -> Range | None:
    """The sentence that covers or touches `offset`, else the one before it in the line."""
    return _at(_sentences_of_line, text, offset)


def next_sentence(text: str, offset: int) -> Range | None:
    """The sentence after the one at `offset`."""
    return _next(_sentences_of_line, text, offset)


def previous_sentence(text: str, offset: int) -> Range | None:
    """The sentence before the one at `offset`."""
    return _previous(_sentences_of_line, text, offset)


# --- one line ------------------------------------------------------------------------------------------------------

_OfLine = Callable[[str, int, int], list[Range]]


def _clauses_of_line(text: str, start: int, end: int) -> list[Range]:
    return _split(text, start, end, _STOP)


def _fine_clauses_of_line(text: str, start: int, end: int) -> list[Range]:
    return _split(text, start, end, _FINE_STOP)


def _sentences_of_line(text: str, start: int, end: int) -> list[Range]:
    stops = [found.end() for found in _SENTENCE_END.finditer(text, start, end)]
    return _kept(text, zip([start, *stops], [*stops, end], strict=True))


def _split(text: str, start: int, end: int, stop: re.Pattern[str]) -> list[Range]:
    """The pieces between stops, but for stops inside brackets, quotes and numbers."""
    closed = _closed(text, start, end)
    pieces: list[Range] = []
    begin = start
    for found in stop.finditer(text, start, end):
        if not _inside(closed, found.start()):
            pieces.append((begin, found.start()))
            begin = found.end()
    pieces.append((begin, end))
    return _kept(text, pieces)


def _closed(text: str, start: int, end: int) -> list[Range]:
    """Ranges in which nothing stops, sorted and apart: pairs of brackets of this line, and grouped figures."""
    ranges = _bracketed(text, start, end)
    ranges.extend(found.span() for found in _GROUPED.finditer(text, start, end))
    apart: list[Range] = []
    for low, high in sorted(ranges):
        if not apart or low >= apart[-1][1]:
            apart.append((low, high))
    return apart


def _bracketed(text: str, start: int, end: int) -> list[Range]:
    """Pairs of brackets; one without its partner in the line is overlooked, and cannot swallow the rest."""
    opened: list[tuple[str, int]] = []
    waiting = dict.fromkeys(_PAIRS, 0)
    pairs: list[Range] = []
    for found in _BRACKET.finditer(text, start, end):
        char = found[0]
        if char in _PAIRS:
            opened.append((char, found.start()))
            waiting[char] += 1
        elif waiting[_OPENING[char]]:
            while opened:
                opening, at = opened.pop()
                waiting[opening] -= 1
                if opening == _OPENING[char]:
                    pairs.append((at, found.end()))
                    break
    return pairs


def _inside(ranges: list[Range], at: int) -> bool:
    index = bisect_right(ranges, at, key=_start) - 1
    return index >= 0 and at < ranges[index][1]


def _start(range_: Range) -> int:
    return range_[0]


def _kept(text: str, pieces: Iterator[Range] | list[Range] | zip[Range]) -> list[Range]:
    """The pieces without the white space around them, and without empty ones."""
    return [trimmed for low, high in pieces if (trimmed := _trimmed(text, low, high))[0] < trimmed[1]]


def _trimmed(text: str, start: int, end: int) -> Range:
    while start < end and (text[start].isspace() or text[start] in _BLANK):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _BLANK):
        end -= 1
    return start, end


# --- from line to line ---------------------------------------------------------------------------------------------


def _line(text: str, offset: int) -> Range:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _all(of_line: _OfLine, text: str, start: int, end: int | None) -> list[Range]:
    """The ranges of all lines that `start` and `end` touch, cut off there."""
    stop = len(text) if end is None else min(end, len(text))
    at = max(start, 0)
    found: list[Range] = []
    while at <= stop:
        line = _line(text, at)
        found.extend(of_line(text, *line))
        at = line[1] + 1
    if start <= 0 and stop == len(text):
        return found
    return _kept(text, [(max(low, start), min(high, stop)) for low, high in found])


def _here(ranges: list[Range], offset: int) -> int:
    """Index of the range that covers or touches `offset`, else of the last one before it, else -1."""
    return bisect_right(ranges, offset, key=_start) - 1


def _at(of_line: _OfLine, text: str, offset: int) -> Range | None:
    start, end = _line(text, _within(text, offset))
    if end - start > _MOST_KEPT:
        start, ranges = 0, of_line(text, start, end)
    else:
        ranges = _kept_of_line(of_line, text[start:end])
    if not ranges:
        return None
    low, high = ranges[max(_here(ranges, offset - start), 0)]
    return low + start, high + start


@lru_cache(maxsize=64)
def _kept_of_line(of_line: _OfLine, line: str) -> list[Range]:
    """The ranges of a line: who asks about one place in it mostly asks about the next as well."""
    return of_line(line, 0, len(line))


def _next(of_line: _OfLine, text: str, offset: int) -> Range | None:
    at = _within(text, offset)
    start, end = _line(text, at)
    ranges = of_line(text, start, end)
    index = _here(ranges, at) + 1
    while index >= len(ranges) and end < len(text):
        start, end = _line(text, end + 1)
        ranges, index = of_line(text, start, end), 0
    return ranges[index] if index < len(ranges) else None


def _previous(of_line: _OfLine, text: str, offset: int) -> Range | None:
    at = _within(text, offset)
    start, end = _line(text, at)
    ranges = of_line(text, start, end)
    index = _here(ranges, at)
    # Between two ranges the one before is the previous one, not the one before that.
    index = index - 1 if index >= 0 and at <= ranges[index][1] else index
    while index < 0 and start > 0:
        start, end = _line(text, start - 1)
        ranges = of_line(text, start, end)
        index = len(ranges) - 1
    return ranges[index] if index >= 0 else None


def _within(text: str, offset: int) -> int:
    return min(max(offset, 0), len(text))
