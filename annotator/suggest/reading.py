"""What every suggester is given: one report, read once, so that no source takes the text apart again."""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotator.domain.quantity import Quantity, find_quantities
from annotator.domain.words import to_ranges
from annotator.reading.outline import Section, outline, section_path
from annotator.reading.planned import is_planned

Range = tuple[int, int]


def _never_stops() -> None:
    return None


@dataclass(frozen=True)
class Reading:
    """One report as suggesters see it; offsets are code points of `text`, end exclusive.

    `edges` are the word edges of a segmenter (`domain.words`), `furniture` the greyed ranges, sorted: nothing may be
    proposed that touches one. `year` is the year reported on, `place` where the body sits, both where known. `taught`
    is what sources that learn know of the project, by their names. `pulse` is called now and then by whoever takes
    long: it raises where nobody waits any more. `memo` holds what was made of this reading and is needed again
    (`registry`, `learned`).
    """

    text: str
    edges: Sequence[int]
    furniture: Sequence[Range] = ()
    year: int | None = None
    place: str = ""
    taught: Mapping[str, Any] = field(default_factory=dict, compare=False)
    pulse: Callable[[], None] = field(default=_never_stops, compare=False)
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def again(self, taught: Mapping[str, Any], pulse: Callable[[], None], keep: Callable[[str], bool]) -> Reading:
        """The same report for another question: what was worked out stays, of `memo` the names that `keep` says."""
        made = copy.copy(self)
        memo = {name: known for name, known in self.memo.items() if keep(name)}
        made.__dict__.update(taught=taught, pulse=pulse, memo=memo)
        return made

    @cached_property
    def words(self) -> list[Range]:
        """The segmenter's words: ranges that follow each other without gaps."""
        return to_ranges(self.edges)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Every number of the text, dates and names among them (`Quantity.kind` says what it is)."""
        return find_quantities(self.text, all=True)

    def quantity_at(self, start: int, end: int) -> Quantity | None:
        """The number that stands exactly at `[start, end)`."""
        return self._by_range.get((start, end))

    @cached_property
    def _by_range(self) -> dict[Range, Quantity]:
        return {(quantity.start, quantity.end): quantity for quantity in self.quantities}

    @cached_property
    def sections(self) -> list[Section]:
        """The headings with their ranges, in order."""
        return outline(self.text, self.furniture)

    def in_body(self, start: int, end: int) -> bool:
        """Whether `[start, end)` touches no furniture."""
        at = bisect_right(self._greyed, (start, len(self.text))) - 1
        if at >= 0 and self._greyed[at][1] > start:
            return False
        return at + 1 >= len(self._greyed) or self._greyed[at + 1][0] >= end

    def on_edges(self, start: int, end: int) -> bool:
        """Whether both ends lie on word edges."""
        return self._is_edge(start) and self._is_edge(end)

    def path(self, offset: int) -> list[Section]:
        """The sections that hold `offset`, the outermost first."""
        return section_path(self.sections, offset)

    def planned(self, offset: int) -> bool:
        """Whether the section at `offset` speaks of what is still to come."""
        return is_planned(self.path(offset), self.year)

    @cached_property
    def _greyed(self) -> list[Range]:
        return sorted(self.furniture)

    def _is_edge(self, offset: int) -> bool:
        at = bisect_left(self.edges, offset)
        return at < len(self.edges) and self.edges[at] == offset
