"""The same indicator of the same body from year to year: a jump is worth a look, and is no error.

What a report states goes in report by report; nothing of its text is kept but the words that say what was counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity
from annotator.domain.subject import propose_subject
from annotator.messages import N_
from annotator.quality.model import Finding, Range, Statement, Verdict, exact

KIND: Final = "jump"
TITLE: Final = N_("Jumps from year to year")
_WORKING: Final = N_("{year}: {first}; {next_year}: {second} ({words}).")

#: A count or a sum of money that grows or falls by more than this factor; a share that moves by more than this.
FACTOR: Final = Decimal(5)
SHARE: Final = Decimal("0.2")
_SHORTEST: Final = 4


class Told(NamedTuple):
    """One figure of one report: what was counted in which unit, where it stands, as it is written, its value."""

    words: str
    unit: str
    place: Range
    text: str
    value: Decimal
    rate: bool


class Figure(NamedTuple):
    """A figure of one report of a year."""

    report: str
    year: int
    told: Told


class Jump(NamedTuple):
    """The figure that jumped, the one of the year before, and what is said of them."""

    figure: Figure
    before: Figure
    finding: Finding


def figures(statement: Statement) -> list[Told]:
    """The exact figures of a report, of what was done, whose words say what was counted."""
    found = []
    for figure in statement.figures:
        if figure.value is None or not exact(figure) or statement.planned(figure.start):
            continue
        if words := _words(statement, figure):
            place = (figure.start, figure.end)
            found.append(Told(words, figure.unit, place, figure.text, figure.value, figure.kind == "rate"))
    return found


class Years:
    """The figures of many reports, by body, words and unit."""

    def __init__(self) -> None:
        self._known: dict[str, dict[tuple[str, str], list[Figure]]] = defaultdict(lambda: defaultdict(list))

    def add(self, report: str, body: str, year: int | None, told: Iterable[Told]) -> None:
        """Take in the figures of a report whose body and year are known."""
        if body and year is not None:
            for one in told:
                self._known[body][one.words, one.unit].append(Figure(report, year, one))

    def jumps(self, body: str | None = None) -> Iterator[Jump]:
        """Each jump, of all bodies or of one, whose figures are let go of.

        Words that stand twice in one year say nothing and are left out.
        """
        bodies = list(self._known) if body is None else [body] if body in self._known else []
        for one in bodies:
            for (words, _unit), told in self._known.pop(one).items():
                yield from _jumps(words, told)


def _jumps(words: str, told: list[Figure]) -> Iterator[Jump]:
    by_year: dict[int, list[Figure]] = defaultdict(list)
    for figure in told:
        by_year[figure.year].append(figure)
    single = [found[0] for _year, found in sorted(by_year.items()) if len(found) == 1]
    for first, second in pairwise(single):
        if second.year == first.year + 1 and _jumped(first.told, second.told):
            yield Jump(second, first, _finding(words, first, second))


def _words(statement: Statement, figure: Quantity) -> str:
    text = statement.text
    found = propose_subject(text, figure.start, figure.end, figures=statement.indicators_in)
    words = text[found[0] : found[1]] if found else ""
    return words if len(words) >= _SHORTEST else ""


def _jumped(first: Told, second: Told) -> bool:
    if first.rate:
        return abs(first.value - second.value) > SHARE
    low, high = sorted((first.value, second.value))
    return high > low * FACTOR if low > 0 else False


def _finding(words: str, first: Figure, second: Figure) -> Finding:
    params = {
        "year": first.year,
        "first": first.told.text,
        "next_year": second.year,
        "second": second.told.text,
        "words": words,
    }
    places, stated = (second.told.place,), second.told.text
    return Finding(KIND, places, stated, first.told.text, Verdict.DISAGREES, Wording(_WORKING, params))
