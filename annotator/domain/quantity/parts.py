"""Takes one quantity apart: numeral, magnitude, 余 and 多, unit, and the second half of a range.

Looks only forward from the first figure; what stands before it is for `reading`, what it all means for `kinds`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from annotator.domain.quantity import context, grammar, numerals, units
from annotator.domain.quantity.factors import FACTORS

SCALE_ONLY = re.compile(f"[{grammar.CN_SCALE}佰仟]+")
_TAIL_SCALE = re.compile("[万萬亿億]+$")
_FROM = re.compile("[由从]$")


class Part(NamedTuple):
    """One numeral with its unit: half of a range, or all of a quantity."""

    start: int
    end: int
    numeral: str
    value: Decimal | None
    value_max: Decimal | None
    unit: units.Unit | None
    more: bool
    arabic: bool
    scale: str  # the magnitude at the end, which a range may share


def part_at(text: str, at: int, stop: int) -> Part | None:
    """The numeral that begins at `at` with magnitude, 余 or 多, and unit."""
    char = text[at]
    if char in "几数":
        return _vague(text, at, stop)
    if text.startswith("一半", at):
        return Part(at, at + 2, "一半", Decimal("0.5"), None, units.Unit("", at + 2, "ratio"), False, False, "")
    if char == "半":
        return _with_unit(text, at, at + 1, Decimal("0.5"), None, stop, arabic=False)
    share = _share(text, at, stop)
    if share is not None:
        return share
    found = grammar.NUMERAL.match(text, at, stop)
    if found is None:
        return None
    numeral = found["numeral"]
    if found["arabic"]:
        if grammar.LEADING_POINT.search(text, max(0, at - 2), at):
            at, numeral = at - 1, "." + numeral
        value = numerals.evaluate(numeral)
        scale = found["scale"] or ""
        return _with_unit(text, at, found.end(), value, None, stop, arabic=True, scale=scale)
    return _chinese_part(text, at, numeral, stop)


def _chinese_part(text: str, at: int, numeral: str, stop: int) -> Part | None:
    """A Chinese numeral; 两 and 千 at its end may belong to the unit (二两, 十千米)."""
    if (
        len(numeral) > 1
        and numeral[-1] in "两兩"
        and text[at + len(numeral) : at + len(numeral) + 1] not in units.FIRST_CHARACTERS
    ):
        numeral = numeral[:-1]
    value, value_max = numerals.bounds(numeral)
    if value is None and grammar.KILO_END.match(text, at + len(numeral) - 1, stop):
        numeral = numeral[:-1]
        value, value_max = numerals.bounds(numeral)
    tail = _TAIL_SCALE.search(numeral)
    end = at + len(numeral)
    return _with_unit(text, at, end, value, value_max, stop, arabic=False, scale=tail[0] if tail else "")


def _vague(text: str, at: int, stop: int) -> Part | None:
    """数百, 几十万: at least the magnitude."""
    scale = SCALE_ONLY.match(text, at + 1, stop)
    value = numerals.evaluate(scale[0]) if scale else None
    if scale is None or value is None:
        return None
    part = _with_unit(text, at, scale.end(), value, None, stop, arabic=False)
    return part._replace(more=True)


def _share(text: str, at: int, stop: int) -> Part | None:
    """百分之五, 三分之二, 2/3."""
    if text.startswith(("百分百", "百分之百"), at):
        end = at + (3 if text.startswith("百分百", at) else 4)
        return Part(at, end, text[at:end], Decimal(1), None, units.Unit("%", end, "rate"), False, False, "")
    slashed = grammar.SLASHED.match(text, at, stop)
    if slashed and _number(slashed["above"]) < _number(slashed["below"]):
        value = numerals.fraction(_number(slashed["above"]), _number(slashed["below"]))
        return Part(at, slashed.end(), slashed[0], value, None, units.Unit("", slashed.end(), "ratio"), False, True, "")
    per = grammar.PER.match(text, at, stop)
    if per is None:
        return None
    above = grammar.NUMERAL.match(text, per.end(), stop)
    if above is None:
        return None
    return _shared_out(text, at, per, above)


def _shared_out(text: str, at: int, per: re.Match[str], above: re.Match[str]) -> Part | None:
    value, value_max = numerals.bounds(above["numeral"])
    below = {"hundred": Decimal(100), "thousand": Decimal(1000), "ten_thousand": Decimal(10000)}.get(
        per.lastgroup or ""
    )
    below = below or numerals.evaluate(per["below"] or "")
    if value is None or below is None:
        return None
    unit = {"hundred": "%", "thousand": "‰"}.get(per.lastgroup or "", "")
    end = above.end()
    upper = numerals.fraction(value_max, below) if value_max is not None else None
    family = "rate" if unit else "ratio"
    return Part(
        at, end, text[at:end], numerals.fraction(value, below), upper, units.Unit(unit, end, family), False, False, ""
    )


def _number(figures: str) -> Decimal:
    return numerals.evaluate(figures) or Decimal(0)


def _with_unit(
    text: str,
    at: int,
    end: int,
    value: Decimal | None,
    value_max: Decimal | None,
    stop: int,
    *,
    arabic: bool,
    scale: str = "",
) -> Part:
    """Add 余 or 多 with its magnitude, and the unit."""
    numeral, more = text[at:end], False
    word = grammar.MORE.match(text, end, stop)
    if word and not grammar.MORE_CAME.match(text, end, stop):
        more, end, scale = True, word.end(), word["scale"] or scale
        value = numerals.scaled(value, word["scale"] or "") if value is not None else None
    doubt = not (arabic or more) or grammar.IN_DOUBT.fullmatch(numeral) is not None
    unit = _unit(text, end, stop, in_doubt=doubt, arabic=arabic or more)
    if unit is not None and unit.text in FACTORS and value is not None:
        factor = Decimal(FACTORS[unit.text])
        value = numerals.EXACT.multiply(value, factor)
        value_max = numerals.EXACT.multiply(value_max, factor) if value_max is not None else None
    part = Part(at, unit.end if unit else end, numeral, value, value_max, unit, more, arabic, scale)
    return _with_coins(text, part, stop)


def _unit(text: str, end: int, stop: int, *, in_doubt: bool, arabic: bool) -> units.Unit | None:
    unit = units.unit_at(text, end, stop, in_doubt=in_doubt)
    if unit is None and end < stop and text[end] in " \u00a0":
        unit = units.unit_at(text, end + 1, stop, in_doubt=True)
    if unit is None and arabic:
        unit = units.open_unit_at(text, end, stop)
    return unit


def _with_coins(text: str, part: Part, stop: int) -> Part:
    """What may follow a unit: coins behind 元 and 块, 两 behind 斤, half a unit (三斤半), a tenth behind 成 (三成五)."""
    unit = part.unit
    if unit is None or part.value is None:
        return part
    if unit.text in ("元", "圆", "圓", "块", "角", "毛"):
        return _with_change(text, part, unit, part.value, stop)
    if unit.text == "成" and (tenth := grammar.TENTH.match(text, unit.end, stop)):
        return part._replace(end=tenth.end(), value=_plus(part.value, _tenth(tenth["tenth"]), "0.01"))
    if unit.text == "斤" and (ounces := grammar.OUNCES.match(text, unit.end, stop)):
        return part._replace(end=ounces.end(), value=_plus(part.value, _number(ounces["ounces"]), "0.1"))
    if unit.family in ("physical", "time", "weak") and (half := grammar.HALF.match(text, unit.end, stop)):
        return part._replace(end=half.end(), value=_plus(part.value, Decimal(1), "0.5"))
    return part


def _tenth(numeral: str) -> Decimal:
    return Decimal(5) if numeral == "半" else _number(numeral)


def _with_change(text: str, part: Part, unit: units.Unit, value: Decimal, stop: int) -> Part:
    """元 with 角 and 分, 块 with its loose tenth (三块五)."""
    coins = (grammar.COINS if unit.text in ("元", "圆", "圓", "块") else grammar.FEN).match(text, unit.end, stop)
    if coins is None:
        return part
    found = coins.groupdict()
    value = _plus(value, _number(found.get("jiao") or ""), "0.1")
    value = _plus(value, _number(found.get("fen") or found.get("only_fen") or ""), "0.01")
    if unit.text == "块" and found.get("loose"):
        value = _plus(value, _number(found["loose"]), "0.01" if found.get("zero") else "0.1")
    elif unit.text != "块" and found.get("loose"):
        return part
    return part._replace(end=coins.end(), value=value, unit=unit._replace(family="money"))


def _plus(value: Decimal, number: Decimal, step: str) -> Decimal:
    return numerals.EXACT.add(value, numerals.EXACT.multiply(number, Decimal(step)))


def with_range(text: str, part: Part, stop: int) -> Part:
    """3—5个, 20%至30%, 三至五万: joined where the second is more and their units agree."""
    if (
        part.end >= stop
        or part.value is None
        or part.value_max is not None
        or text[part.end] not in grammar.SEPARATORS + " "
    ):
        return part
    between = grammar.RANGE.match(text, part.end, stop)
    if between is None or (part.unit and "到" in between[0] and context.look_back(_FROM, text, part.start, 2)):
        return part
    second = part_at(text, between.end(), stop)
    if second is None or second.value is None or not _same_unit(part, second):
        return part
    if second.unit is None and part.unit is not None:  # 百分之三十到四十
        second = second._replace(value=_plus(Decimal(0), second.value, FACTORS[part.unit.text]), unit=part.unit)
    low, high = _lower(part, second), second.value or Decimal(0)
    if low >= high:
        return part
    numeral = text[part.start : second.start] + second.numeral
    return second._replace(
        start=part.start, numeral=numeral, value=low, value_max=second.value_max or high, arabic=part.arabic
    )


def _same_unit(first: Part, second: Part) -> bool:
    if first.unit is None or not first.unit.text:
        return True
    if second.unit is None:
        return first.unit.text == "%"  # 百分之三十到四十一
    return first.unit.text == second.unit.text


def _lower(first: Part, second: Part) -> Decimal:
    """The lower value, with the magnitude and percentage that stand only behind the upper one."""
    low = first.value or Decimal(0)
    if first.unit is not None:
        return low
    if second.scale and not first.scale:
        low = numerals.scaled(low, second.scale)
    if second.unit is not None and second.unit.text in FACTORS:
        low = numerals.EXACT.multiply(low, Decimal(FACTORS[second.unit.text]))
    return low if second.value is not None and low < second.value else (first.value or low)
