"""The findings of a look through a project: sieved and counted so that a hundred thousand of them hold nobody up.

What is asked about each finding (its report, its sort, its words) stands beside it, made once when it comes in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from annotator.domain.dismissal import LINT
from annotator.services.findings import AGREES, DISAGREES, ROUNDING
from annotator.services.project_checks import Checked
from annotator.ui.checking import wording

TO_LOOK_AT, WRONG, CUT_OFF, HOLDS, ALL = range(5)
VERDICTS = (TO_LOOK_AT, WRONG, CUT_OFF, HOLDS, ALL)
_WANTED = {TO_LOOK_AT: (DISAGREES, ROUNDING), CUT_OFF: (ROUNDING,), HOLDS: (AGREES,)}


class Sort(NamedTuple):
    """What findings are sieved and counted by, besides their words."""

    kind: str
    verdict: str
    aside: bool

    def comes_out(self, verdict: int) -> bool:
        """Whether findings of this sort came out so."""
        if verdict == WRONG:
            return self.verdict == DISAGREES and not self.kind.startswith(LINT) and self.kind != wording.JUMP
        return verdict == ALL or self.verdict in _WANTED[verdict]


class Sieve(NamedTuple):
    """Which findings are listed: of which kind ("" for all), how they came out, dismissed ones too, with which words."""

    kind: str = ""
    verdict: int = TO_LOOK_AT
    aside: bool = False
    words: tuple[str, ...] = ()

    def lets(self, sort: Sort) -> bool:
        """Whether findings of a sort are listed, whatever their words."""
        return self.kind in ("", sort.kind) and sort.aside <= self.aside and sort.comes_out(self.verdict)


class Gathered:
    """Findings in the order in which they are listed."""

    def __init__(self) -> None:
        self.findings: list[Checked] = []
        self._reports: list[int] = []
        self._words: list[str] = []
        self._sorts: list[int] = []
        self._numbers: dict[Sort, int] = {}
        self._counts: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self.findings)

    def add(self, found: Sequence[Checked]) -> None:
        """More findings, behind those that are there."""
        self._insert(len(self.findings), found)

    def passing(self, sieve: Sieve, start: int = 0) -> list[Checked]:
        """The findings from a place on that a sieve lets through."""
        let = [sieve.lets(sort) for sort in self._numbers]
        places = range(start, len(self.findings))
        sorts, told = self._sorts, self._words
        passed = [place for place in places if let[sorts[place]]]
        for word in sieve.words:
            passed = [place for place in passed if word in told[place]]
        return [self.findings[place] for place in passed]

    def count(self, wanted: Callable[[Sort], bool]) -> int:
        """How many are of the sorts that are wanted."""
        return sum(self._counts[number] for sort, number in self._numbers.items() if wanted(sort))

    def kinds(self, sieve: Sieve) -> Counter[str]:
        """How many of each kind the rest of a sieve lets through, whatever their words."""
        rest, found = sieve._replace(kind=""), Counter[str]()
        for sort, number in self._numbers.items():
            found[sort.kind] += self._counts[number] if rest.lets(sort) else 0
        return +found

    # ---- changing -----------------------------------------------------------------------------------

    def change(self, report: int, change: Callable[[Checked], Checked]) -> bool:
        """Change each finding of a report; whether one is another now."""
        changed = False
        for place in self._places(report):
            before, after = self.findings[place], change(self.findings[place])
            if before != after:
                self._remove(place)
                self._insert(place, [after])
                changed = True
        return changed

    def replace(self, replaces: Callable[[Checked], bool], report: int, found: Sequence[Checked]) -> bool:
        """Put findings in the place of those of one report that are replaced; whether anything changed."""
        places = [place for place in self._places(report) if replaces(self.findings[place])]
        if [self.findings[place] for place in places] == list(found):
            return False
        first = next((n for n, one in enumerate(self._reports) if one >= report), len(self._reports))
        for place in reversed(places):
            self._remove(place)
        self._insert(places[0] if places else first, found)
        return True

    def _places(self, report: int) -> list[int]:
        return [place for place, one in enumerate(self._reports) if one == report]

    def _insert(self, place: int, found: Sequence[Checked]) -> None:
        sorts = [self._number(one) for one in found]
        self._counts.update(sorts)
        self.findings[place:place] = found
        self._reports[place:place] = [one.row for one in found]
        self._sorts[place:place] = sorts
        self._words[place:place] = [_words(one) for one in found]

    def _remove(self, place: int) -> None:
        self._counts[self._sorts[place]] -= 1
        for beside in (self.findings, self._reports, self._sorts, self._words):
            del beside[place]  # type: ignore[attr-defined]

    def _number(self, one: Checked) -> int:
        """The number of a finding's sort: a new one where there was none."""
        return self._numbers.setdefault(Sort(one.kind, one.verdict, one.dismissed is not None), len(self._numbers))


def _words(one: Checked) -> str:
    return " ".join((one.title, one.annotator, *(place.text for place in one.spans))).casefold()
