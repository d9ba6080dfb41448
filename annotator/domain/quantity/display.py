"""How a value is shown to a reader: in 万 and 亿 where that is exact and shorter, and in full."""

from __future__ import annotations

from decimal import Decimal

from annotator.domain.quantity import numerals
from annotator.domain.quantity.factors import FACTORS

_SIGNS = {"approx": "≈ ", "at_least": "≥ ", "at_most": "≤ ", "below": "< "}
_MOST_DECIMALS = 2  # in 万 and 亿: 13.71 万 reads well, 2.0037 万 does not
_LONGEST_FRACTION = 6


def format_value(
    value: Decimal | None, value_max: Decimal | None = None, unit: str = "", qualifier: str = "exact"
) -> str:
    """`≈ 45 亿元`, `99.7%`, `20–30 个`; empty without a value."""
    if value is None:
        return ""
    factor = FACTORS.get(unit)
    shown = [
        number if factor is None else _of_one(number, factor) for number in (value, value_max) if number is not None
    ]
    scale, step = ("", Decimal(1)) if factor else _common_scale(shown)
    figures = "–".join(full_digits(numerals.EXACT.divide(number, step)) for number in shown)
    return _SIGNS.get(qualifier, "") + figures + _joined(scale + unit)


def full_digits(value: Decimal) -> str:
    """Every digit, in groups of three: 4,500,000,000; a fraction that never ends is cut after six decimals."""
    number = numerals.tidy(value) or Decimal(0)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2 * _LONGEST_FRACTION:
        number = numerals.tidy(round(number, _LONGEST_FRACTION)) or number
    return f"{number:,f}"


def _of_one(number: Decimal, factor: str) -> Decimal:
    return numerals.EXACT.divide(number, Decimal(factor))


def _common_scale(numbers: list[Decimal]) -> tuple[str, Decimal]:
    """The largest of 亿 and 万 in which every number is short and exact."""
    for scale, step in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if all(
            abs(number) >= step and _decimals(numerals.EXACT.divide(number, step)) <= _MOST_DECIMALS
            for number in numbers
        ):
            return scale, step
    return "", Decimal(1)


def _decimals(number: Decimal) -> int:
    exponent = (numerals.tidy(number) or Decimal(0)).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _joined(unit: str) -> str:
    """A sign such as % stands at the number, a word after a space."""
    if not unit or unit[0] in "%％‰‱°℃":
        return unit
    return " " + unit
