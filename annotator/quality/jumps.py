"""The same indicator of the same body from year to year: a jump is worth a look, and is no error.

What a report states goes in report by report; nothing of its text is kept but the words that say what was counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity
from annotator.domain.subject import propose_subject
from annotator.messages import N_
from annotator.quality.model import Finding, Range, Statement, Verdict, exact, plain

KIND: Final = "jump"
TITLE: Final = N_("Jumps from year to year")
_WORKING: Final = N_("{year}: {first}; {next_year}: {second} ({words}).")

#: A count or a sum of money that grows or falls by more than this factor; a share that moves by more than this.
FACTOR: Final = Decimal(5)
SHARE: Final = Decimal("0.2")
_SHORTEST: Final = 4


class Figure(NamedTuple):
    """One figure of one report: which report, where, in which year, as it is written."""

    report: str
    place: Range
    year: int
    text: str
    value: Decimal
    rate: bool


class Years:
    """The figures of many reports, by body, words and unit."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))

    def add(self, report: str, body: str, statement: Statement) -> None:
        """Take in the exact figures of a report whose body and year are known."""
        if not body or statement.year is None:
            return
        for figure in statement.figures:
            words = _words(statement.text, figure)
            if words and figure.value is not None and exact(figure) and not statement.planned(figure.start):
                place = (figure.start, figure.end)
                told = Figure(report, place, statement.year, figure.text, figure.value, figure.kind == "rate")
                self._known[body, words, figure.unit][statement.year].append(told)

    def jumps(self) -> Iterator[tuple[Figure, Finding]]:
        """Each jump, with the later figure; words that a report uses twice say nothing and are left out."""
        for (_body, words, _unit), years in self._known.items():
            single = [found[0] for _year, found in sorted(years.items()) if len(found) == 1]
            for first, second in pairwise(single):
                if second.year == first.year + 1 and _jumped(first, second):
                    yield second, _finding(words, first, second)


def _words(text: str, figure: Quantity) -> str:
    found = propose_subject(text, figure.start, figure.end)
    words = text[found[0] : found[1]] if found else ""
    return words if len(words) >= _SHORTEST else ""


def _jumped(first: Figure, second: Figure) -> bool:
    if first.rate:
        return abs(first.value - second.value) > SHARE
    low, high = sorted((first.value, second.value))
    return high > low * FACTOR if low > 0 else False


def _finding(words: str, first: Figure, second: Figure) -> Finding:
    params = {
        "year": first.year,
        "first": first.text,
        "next_year": second.year,
        "second": second.text,
        "words": words,
    }
    shown = plain(first.value)
    return Finding(KIND, (second.place,), second.text, shown, Verdict.DISAGREES, Wording(_WORKING, params))
