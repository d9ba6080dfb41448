"""Quantities of Chinese reports: where they stand, what they are worth and what they are.

Standard library only; values are exact decimals, offsets are code points of the text as given. The parts:
`numerals` (what a numeral is worth), `units` (the lexicon), `qualifiers` (约, 近, 不超过), `grammar` (all patterns),
`context` (titles, lists, slogans), `parts` (takes a quantity apart), `kinds` (what it is), `reading` (puts all together),
`finding` (looks for them), `display` (how a value is shown).

The patterns take as long to compile as a window to open: what needs them is imported when it is first called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.quantity.model import INDICATOR_KINDS, PASSED_KINDS, Quantity

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "INDICATOR_KINDS",
    "PASSED_KINDS",
    "Quantity",
    "find_quantities",
    "first_touching",
    "format_value",
    "full_digits",
    "parse_quantity",
    "quantity_at",
]


def find_quantities(text: str, start: int = 0, end: int | None = None, *, all: bool = False) -> list[Quantity]:
    """The quantities between `start` and `end`, in order; with `all` also dates, lists, names and the like."""
    from annotator.domain.quantity import finding

    return finding.find_quantities(text, start, end, all=all)


def first_touching(text: str, start: int, end: int, low: int, high: int) -> Quantity | None:
    """The first quantity that shares a character with `[start, end)`, of those between `low` and `high`."""
    from annotator.domain.quantity import finding

    return finding.first_touching(text, start, end, low, high)


def quantity_at(text: str, offset: int) -> Quantity | None:
    """The quantity, date, time or number that covers `offset`; only a window around it is read."""
    from annotator.domain.quantity import finding

    return finding.quantity_at(text, offset)


def parse_quantity(text: str) -> Quantity | None:
    """The quantity that a span's own text states, without its context: 两个 counts, a leading 达 is overlooked."""
    from annotator.domain.quantity import finding

    return finding.parse_quantity(text)


def format_value(
    value: Decimal | None, value_max: Decimal | None = None, unit: str = "", qualifier: str = "exact"
) -> str:
    """`≈ 45 亿元`, `99.7%`, `20–30 个`; empty without a value."""
    from annotator.domain.quantity import display

    return display.format_value(value, value_max, unit, qualifier)


def full_digits(value: Decimal) -> str:
    """Every digit, in groups of three: 4,500,000,000; a fraction that never ends is cut after six decimals."""
    from annotator.domain.quantity import display

    return display.full_digits(value)
