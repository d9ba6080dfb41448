"""What a quantity is: the record that every other module of this package makes or reads."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from annotator.domain.patterns import late

#: Kinds that may be proposed as 指标; a rank only where it is written in figures (see `Quantity.is_indicator`).
INDICATOR_KINDS = frozenset({"count", "money", "rate", "ratio", "change"})
#: Kinds that are recognised so that they can be passed over.
PASSED_KINDS = frozenset({"date", "time", "ordinal", "list", "document", "telephone", "name"})

_FIGURES = late("[0-9０-９]")


class Quantity(NamedTuple):
    """A numeral of a report with all that belongs to it; offsets are code points, half open.

    `value` and `value_max` are in base units (99.7 % is 0.997, 约45亿元 is 4500000000); `value_max` is set for
    ranges only. They are exact, except for a fraction whose decimals never end (三分之二): it has 50 digits.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    qualifier: str
    kind: str
    direction: str

    @property
    def is_indicator(self) -> bool:
        """Whether it may be proposed as 指标: `排名第一` is praise, `排名第3` is a figure."""
        if self.kind == "rank":
            return _FIGURES.search(self.text) is not None
        return self.kind in INDICATOR_KINDS
