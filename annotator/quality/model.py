"""What a check finds, and what it is given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.clauses import sentences
from annotator.domain.quantity import Quantity, find_quantities
from annotator.reading.outline import Section, outline, section_path
from annotator.reading.planned import is_planned

Range = tuple[int, int]


class Verdict(StrEnum):
    """What came out of a check; `rounding` is a figure cut off where it should have been rounded."""

    AGREES = "agrees"
    ROUNDING = "rounding"
    DISAGREES = "disagrees"


class Finding(NamedTuple):
    """One statement that was checked: the places it speaks of, what it says, what comes out, and how.

    Offsets of `spans` are code points of the report's text, end exclusive, the one that states the result first.
    `stated` and `computed` are as people write them; `working` shows the sum.
    """

    kind: str
    spans: tuple[Range, ...]
    stated: str
    computed: str
    verdict: Verdict
    working: Wording


class Placed:
    """Numbers in order, asked for by place."""

    def __init__(self, found: Sequence[Quantity]) -> None:
        self._found = found
        self._starts = [q.start for q in found]

    def within(self, start: int, end: int) -> list[Quantity]:
        """Those that lie in `[start, end)`."""
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end, low)
        return [q for q in self._found[low:high] if q.end <= end]


@dataclass(frozen=True)
class Statement:
    """A report as the checks see it: `furniture` ranges hold no statements; `year` is the one reported on, if known.

    The text is read for numbers once: all that asks for them, lint too, gets them from here.
    """

    text: str
    furniture: Sequence[Range] = ()
    year: int | None = None

    @cached_property
    def everything(self) -> list[Quantity]:
        """Every number of the whole text, those of the furniture too, dates and names among them, in order."""
        return find_quantities(self.text, all=True)

    @cached_property
    def indicators(self) -> list[Quantity]:
        """The numbers of the whole text that may be indicators."""
        return [q for q in self.everything if q.is_indicator]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Every number of the body, dates and names among them, in order."""
        return [q for q in self.everything if not any(a < q.end and q.start < b for a, b in self.furniture)]

    @cached_property
    def figures(self) -> list[Quantity]:
        """The numbers that state something and have a value."""
        return [q for q in self.quantities if q.is_indicator and q.value is not None]

    @cached_property
    def sentences(self) -> list[Range]:
        """The sentences of the text."""
        return sentences(self.text)

    @cached_property
    def sections(self) -> list[Section]:
        """The headings with their ranges."""
        return outline(self.text, self.furniture)

    def figures_in(self, start: int, end: int) -> list[Quantity]:
        """The figures that lie in `[start, end)`."""
        return self._figures.within(start, end)

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        """The numbers of any kind that lie in `[start, end)`."""
        return self._quantities.within(start, end)

    def indicators_in(self, start: int, end: int) -> list[Quantity]:
        """The numbers that may be indicators in `[start, end)`, also in the furniture."""
        return self._indicators.within(start, end)

    @cached_property
    def _figures(self) -> Placed:
        return Placed(self.figures)

    @cached_property
    def _quantities(self) -> Placed:
        return Placed(self.quantities)

    @cached_property
    def _indicators(self) -> Placed:
        return Placed(self.indicators)

    def planned(self, offset: int) -> bool:
        """Whether the section at `offset` speaks of what is to come."""
        path = section_path(self.sections, offset)
        innermost = path[-1].start if path else -1  # which tells all that are around it
        if innermost not in self._planned:
            self._planned[innermost] = is_planned(path, self.year)
        return self._planned[innermost]

    @cached_property
    def _planned(self) -> dict[int, bool]:
        """By the start of the innermost section, what was found out."""
        return {}


def exact(quantity: Quantity) -> bool:
    """Whether a figure is stated exactly, and as one figure."""
    return quantity.qualifier == "exact" and quantity.value_max is None


def value_of(quantity: Quantity) -> Decimal:
    """The value of a figure, which has one."""
    if quantity.value is None:
        raise ValueError(f"{quantity.text} has no value")
    return quantity.value


def plain(value: Decimal) -> str:
    """A value as people write it: no exponent, no zeros at the end."""
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Decimal, places: int) -> str:
    """A share as a percentage with `places` decimals, rounded half up as reports do."""
    from decimal import ROUND_HALF_UP

    step = Decimal(1).scaleb(-places)
    return f"{(value * 100).quantize(step, ROUND_HALF_UP)}%"


def places_of(written: str) -> int:
    """How many decimals a figure is written with."""
    digits = written.replace("．", ".")
    if "." not in digits:
        return 0
    return sum(1 for _ in _digits_after_point(digits))


def _digits_after_point(digits: str) -> str:
    after = digits.split(".", 1)[1]
    return "".join(c for c in after if c.isdigit())


def compare_rate(stated: Decimal, places: int, computed: Decimal) -> Verdict:
    """A stated share (0.997, written with one decimal) against the computed one, as written: rounded, cut off, or wrong."""
    from decimal import ROUND_DOWN, ROUND_HALF_UP

    step = Decimal(1).scaleb(-places - 2)
    if computed.quantize(step, ROUND_HALF_UP) == stated:
        return Verdict.AGREES
    return Verdict.ROUNDING if computed.quantize(step, ROUND_DOWN) == stated else Verdict.DISAGREES
