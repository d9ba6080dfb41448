"""Finding words or a regular expression in a report: what is asked for, and where it stands.

Offsets are code points, ends exclusive. Plain words are looked for in short steps, so that a window can do it in
place; a regular expression may take any time and belongs into another process. Nothing here waits or shows.
"""

from __future__ import annotations

import re
import time
import warnings
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from annotator.domain.errors import InputError
from annotator.messages import N_, translate

#: No more matches than this are kept; nobody steps through as many.
MOST: Final = 100_000

_SLICE: Final = 100_000  # code points looked through before the clock is asked again
_CLOCK: Final = 64  # matches, likewise

_BAD: Final = N_("This is no regular expression: {reason}.")
_BAD_AT: Final = N_("This is no regular expression: {reason} (at character {place}).")
TOO_SLOW: Final = N_(
    "The expression takes too long on this report and was stopped after {seconds:g} s; nothing was changed."
    " Make it simpler: no repetition inside a repetition."
)

#: What Python says is wrong with an expression, by how it begins, and how we say it.
_REASONS: Final = {
    "missing ), unterminated subpattern": N_("a closing bracket ) is missing"),
    "unbalanced parenthesis": N_("a bracket ) has no opening one"),
    "unterminated character set": N_("a closing bracket ] is missing"),
    "nothing to repeat": N_("there is nothing to repeat"),
    "multiple repeat": N_("a repetition follows a repetition"),
    "min repeat greater than max repeat": N_("the least repetition is larger than the most"),
    "bad escape (end of pattern)": N_("a backslash stands at the end"),
    "bad escape": N_("a backslash stands before a character that needs none"),
    "bad character range": N_("a range of characters ends before it begins"),
    "look-behind requires fixed-width pattern": N_("what is looked for behind must have a fixed length"),
    "invalid group reference": N_("it refers to a group that is not there"),
    "cannot refer to an open group": N_("a group refers to itself"),
    "unknown group name": N_("it refers to a group that is not there"),
    "missing group name": N_("a group has no name"),
    "missing <": N_("a group has no name"),
    "bad character in group name": N_("the name of a group cannot be used"),
    "redefinition of group name": N_("two groups have one name"),
    "unknown extension": N_("what follows (? is unknown"),
    "unexpected end of pattern": N_("it ends too early"),
    "global flags not at the start": N_("flags stand elsewhere than at the start"),
}


class Query(NamedTuple):
    """What to find: words, or a regular expression; whether case counts; whether furniture is looked through too."""

    words: str
    expression: bool = False
    case: bool = False
    furniture: bool = False


class Matches:
    """Where it was found: in the order of the text, without overlap. `more`: there are others beyond `MOST`."""

    def __init__(self, starts: array[int] | None = None, ends: array[int] | None = None, more: bool = False) -> None:
        self.starts: array[int] = array("I") if starts is None else starts
        self.ends: array[int] = array("I") if ends is None else ends
        self.more = more

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, number: int) -> tuple[int, int]:
        """Start and end of a match."""
        return self.starts[number], self.ends[number]

    def add(self, start: int, end: int) -> bool:
        """Keep one more; False where there are enough."""
        if len(self.starts) >= MOST:
            self.more = True
            return False
        self.starts.append(start)
        self.ends.append(end)
        return True

    def number(self, start: int, end: int) -> int | None:
        """Which match has exactly this range."""
        at = bisect_left(self.starts, start)
        return at if at < len(self) and self[at] == (start, end) else None

    def from_offset(self, offset: int) -> int:
        """The first match that starts at `offset` or later; `len` where there is none."""
        return bisect_left(self.starts, offset)

    def up_to(self, offset: int) -> int:
        """The last match that ends at `offset` or before; -1 where there is none."""
        return bisect_right(self.ends, offset) - 1

    def touching(self, start: int, end: int) -> range:
        """The numbers of the matches that share a character with `[start, end)`."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def packed(self) -> tuple[bytes, bytes, bool]:
        """In a form that travels between processes: `unpacked` reads it."""
        return self.starts.tobytes(), self.ends.tobytes(), self.more


def unpacked(data: tuple[bytes, bytes, bool]) -> Matches:
    """The matches that `Matches.packed` wrote."""
    starts, ends = array("I"), array("I")
    starts.frombytes(data[0])
    ends.frombytes(data[1])
    return Matches(starts, ends, data[2])


def body(length: int, furniture: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges of a text of `length` outside the given ones."""
    ranges, reached = [], 0
    for start, end in sorted(furniture):
        if start > reached:
            ranges.append((reached, min(start, length)))
        reached = max(reached, end)
    if reached < length:
        ranges.append((reached, length))
    return [r for r in ranges if r[0] < r[1]]


class PlainSearch:
    """Looks for words, a slice of the text at a time. `ranges` are the parts of the text that are looked through."""

    def __init__(self, text: str, query: Query, ranges: Iterable[tuple[int, int]]) -> None:
        self.matches = Matches()
        self._text = text
        self._words = query.words
        self._find = self._exact if query.case or not _has_case(query.words) else self._either_case()
        self._ranges = [*ranges][::-1] if query.words else []
        self._at, self._end = self._ranges.pop() if self._ranges else (0, 0)

    def run(self, seconds: float = float("inf")) -> bool:
        """Go on for about so long; True when all has been looked through."""
        until = time.perf_counter() + seconds
        while self._step():
            if time.perf_counter() >= until:
                return False
        return True

    def _step(self) -> bool:
        """Look through one slice; False when there is none left."""
        longest = len(self._words) - 1
        stop = min(self._at + _SLICE, self._end)
        for _ in range(_CLOCK):
            found = self._find(self._at, min(stop + longest, self._end))
            if found is None:
                self._at = stop
                return self._next_range() if stop >= self._end else True
            if not self.matches.add(*found):
                return False
            self._at = found[1]
            stop = max(stop, self._at)
        return True

    def _next_range(self) -> bool:
        if not self._ranges:
            return False
        self._at, self._end = self._ranges.pop()
        return True

    def _exact(self, start: int, end: int) -> tuple[int, int] | None:
        found = self._text.find(self._words, start, end)
        return (found, found + len(self._words)) if found >= 0 else None

    def _either_case(self) -> Callable[[int, int], tuple[int, int] | None]:
        search = re.compile(re.escape(self._words), re.IGNORECASE).search

        def find(start: int, end: int) -> tuple[int, int] | None:
            found = search(self._text, start, end)
            return found.span() if found else None

        return find


def find_expression(
    text: str, query: Query, ranges: Iterable[tuple[int, int]], pulse: Callable[[], None] = lambda: None
) -> Matches:
    """All places of the regular expression of `query`; empty ones are none. `^` and `$` are those of a line.

    `pulse` is called now and then and may raise. Raises InputError where the expression is none.
    """
    pattern, matches = compiled(query), Matches()
    for start, end in ranges:
        for number, found in enumerate(pattern.finditer(text, start, end)):
            if number % _CLOCK == 0:
                pulse()
            if found.end() > found.start() and not matches.add(*found.span()):
                return matches
        pulse()
    return matches


def compiled(query: Query) -> re.Pattern[str]:
    """The expression of `query`, ready to search with. Raises InputError with what is wrong with it, and where."""
    flags = re.MULTILINE | (re.NOFLAG if query.case else re.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what Python may read otherwise one day
            return re.compile(query.words, flags)
    except re.error as error:
        if error.pos is None:
            raise InputError(_BAD, reason=_Reason(error.msg)) from error
        raise InputError(_BAD_AT, reason=_Reason(error.msg), place=error.pos + 1) from error
    except (OverflowError, RecursionError) as error:
        raise InputError(_BAD, reason=_Reason(N_("it is too large"))) from error


class _Reason(str):
    """What is wrong, in Python's words; said in the language of the moment when the sentence around it is."""

    def __format__(self, spec: str) -> str:
        known = next((ours for theirs, ours in _REASONS.items() if self.startswith(theirs)), str(self))
        return format(translate(known), spec)


def _has_case(words: str) -> bool:
    return words.lower() != words or words.upper() != words
