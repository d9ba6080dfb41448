"""Reads quantities from left to right: a trigger finds a numeral, the grammar takes its parts, the context names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from annotator.domain.quantity import context, grammar, numerals, qualifiers, units
from annotator.domain.quantity.model import Quantity

_FIGURES = frozenset("0123456789０１２３４５６７８９")
_FORMAL_FOLLOWED = f"[{grammar.CN_SCALE}{grammar.FORMAL}元圆圓整点點个個零〇]"
# What may follow a Chinese digit that is part of a number; everything else (统一领导, 一般) is passed over at once.
_FOLLOWERS = "".join(sorted(units.FIRST_CHARACTERS | frozenset(grammar.CN + "点點分成倍多余餘几來来半是大又-－–—~～至到番")))
_TRIGGER = re.compile(
    rf"""
    [0-9０-９{grammar.CN}半几数負负]
    (?:(?<=[0-9０-９])
      |(?<=[{grammar.CN_DIGIT}{grammar.CN_SCALE}廿卅卌])(?=[{re.escape(_FOLLOWERS)}0-9０-９]|[^{grammar.HAN}]|$)
      |(?<=[{grammar.FORMAL}])(?:(?={_FORMAL_FOLLOWED})|(?<![{grammar.HAN}].)(?![{grammar.HAN}]))
      |(?<=[几数])(?=[十百千万亿])
      |(?<=半)(?=[个個天日年月斤公里升小加數数])
    )
    """,
    re.VERBOSE,
)
_SCALE_ONLY = re.compile(f"[{grammar.CN_SCALE}佰仟]+")
_TAIL_SCALE = re.compile("[万萬亿億]+$")
_PLAN = re.compile("十[一二三四五六]五")
_CN_CLOCK = re.compile(
    f"[{grammar.CN_DIGIT}十]{{1,3}}[点點时](?:半|整|钟|鐘|[{grammar.CN_DIGIT}十]{{1,3}}分?(?:[{grammar.CN_DIGIT}十]{{1,3}}秒)?(?![{grammar.CN}])(?=$|[^{grammar.HAN}]|分|秒|去|开|准|之|前|后))"
)
# 四处, 三方 and the like mean everywhere, the parties: no unit behind a Chinese digit.
_PLAIN_PHYSICAL = frozenset("米 克 吨 亩 斤 升 公里 平方公里 平方米 公斤 公顷 立方米 千米 千克".split())
_NEVER_SMALL = frozenset("期 处 则 首 顶 头 则 部 例 封 人".split())


class _Part(NamedTuple):
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


def scan(text: str, start: int, stop: int, *, whole: bool = False) -> Iterator[Quantity]:
    """Every numeral that is something, in order; `whole` says the text is one span without its context."""
    at, previous = start, None
    while found := _TRIGGER.search(text, at, stop):
        quantity, at = _read(text, found.start(), at, stop, whole)
        if quantity is not None:
            previous = _with_shared_direction(text, quantity, previous)
            yield previous


def _read(text: str, at: int, floor: int, stop: int, whole: bool) -> tuple[Quantity | None, int]:
    """What begins at `at`, and where to read on."""
    figures = text[at] in _FIGURES
    passed = _passed_figures(text, at, stop) if figures else _passed_chinese(text, at, stop, whole)
    if passed is not None:
        return passed, passed.end
    part = _part(text, at, stop)
    if part is None:
        return None, at + 1
    part = _with_range(text, part, stop)
    quantity = _assemble(text, part, floor, stop, whole)
    return quantity, max(quantity.end if quantity else 0, part.end if part.arabic else at + len(part.numeral), at + 1)


# --- what is no quantity -------------------------------------------------------------------------------------------


def _plain(text: str, start: int, end: int, kind: str, value: Decimal | None = None, unit: str = "") -> Quantity:
    return Quantity(start, end, text[start:end], numerals.tidy(value), None, unit, qualifiers.EXACT, kind, "")


def _passed_figures(text: str, at: int, stop: int) -> Quantity | None:
    """A date, clock time, telephone, name or list number in figures."""
    if context.after_letter(text, at):
        end = grammar.NAME.match(text, at, stop) or re.compile(r"[0-9０-９]+(?:[.．][0-9]+)?").match(text, at, stop)
        return _plain(text, at, end.end(), "name") if end else None
    for pattern, kind in ((grammar.NAME, "name"), (grammar.TELEPHONE, "telephone"), (grammar.DATE, "date")):
        found = pattern.match(text, at, stop)
        if found:
            return _plain(text, at, found.end(), "time" if found[0].endswith("小时") else kind)
    found = grammar.CLOCK.match(text, at, stop)
    if found:
        return _plain(text, at, found.end(), "time")
    digits = at
    while digits < stop and digits - at < 5 and text[digits] in _FIGURES:
        digits += 1
    if digits - at < 4 and context.is_list_number(text, at, digits):
        return _plain(text, at, digits, "list", numerals.evaluate(text[at:digits]))
    return None


def _passed_chinese(text: str, at: int, stop: int, whole: bool) -> Quantity | None:
    """A date, clock time, list number or ordinal in Chinese numerals."""
    found = grammar.CN_DATE.match(text, at, stop)
    if found:
        return _plain(text, at, found.end(), "date")
    found = _CN_CLOCK.match(text, at, stop)
    if found:
        return _plain(text, at, found.end(), "time")
    end = at
    while end < stop and end - at < 4 and text[end] in grammar.CN:
        end += 1
    if end > at and end < stop and context.is_list_number(text, at, end):
        return _plain(text, at, end, "list", numerals.evaluate(text[at:end]))
    return None


# --- the parts -----------------------------------------------------------------------------------------------------


def _part(text: str, at: int, stop: int) -> _Part | None:
    """The numeral that begins at `at` with magnitude, 余 or 多, and unit."""
    char = text[at]
    if char in "几数":
        return _vague(text, at, stop)
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
        value = numerals.evaluate(numeral)
        scale = found["scale"] or ""
        return _with_unit(text, at, found.end(), value, None, stop, arabic=True, scale=scale)
    return _chinese_part(text, at, numeral, stop)


def _chinese_part(text: str, at: int, numeral: str, stop: int) -> _Part | None:
    """A Chinese numeral; 两 and 千 at its end may belong to the unit (二两, 十千米)."""
    if len(numeral) > 1 and numeral[-1] in "两兩" and not text[at + len(numeral) : at + len(numeral) + 1] in units.FIRST_CHARACTERS:
        numeral = numeral[:-1]
    value, value_max = numerals.bounds(numeral)
    if value is None and numeral[-1] in "千仟":
        numeral = numeral[:-1]
        value, value_max = numerals.bounds(numeral)
    tail = _TAIL_SCALE.search(numeral)
    end = at + len(numeral)
    return _with_unit(text, at, end, value, value_max, stop, arabic=False, scale=tail[0] if tail else "")


def _vague(text: str, at: int, stop: int) -> _Part | None:
    """数百, 几十万: at least the magnitude."""
    scale = _SCALE_ONLY.match(text, at + 1, stop)
    value = numerals.evaluate(scale[0]) if scale else None
    if scale is None or value is None:
        return None
    part = _with_unit(text, at, scale.end(), value, None, stop, arabic=False)
    return part._replace(more=True)


def _share(text: str, at: int, stop: int) -> _Part | None:
    """百分之五, 三分之二, 2/3."""
    if text.startswith(("百分百", "百分之百"), at):
        end = at + (3 if text.startswith("百分百", at) else 4)
        return _Part(at, end, text[at:end], Decimal(1), None, units.Unit("%", end, "rate"), False, False, "")
    slashed = grammar.SLASHED.match(text, at, stop)
    if slashed:
        value = numerals.fraction(_number(slashed["above"]), _number(slashed["below"]))
        return _Part(at, slashed.end(), slashed[0], value, None, units.Unit("", slashed.end(), "ratio"), False, True, "")
    per = grammar.PER.match(text, at, stop) if text[at] not in "負负" else None
    if per is None:
        return None
    above = grammar.NUMERAL.match(text, per.end(), stop)
    if above is None:
        return None
    return _shared_out(text, at, per, above)


def _shared_out(text: str, at: int, per: re.Match[str], above: re.Match[str]) -> _Part | None:
    value, value_max = numerals.bounds(above["numeral"])
    below = {"hundred": Decimal(100), "thousand": Decimal(1000), "ten_thousand": Decimal(10000)}.get(per.lastgroup or "")
    below = below or numerals.evaluate(per["below"] or "")
    if value is None or below is None:
        return None
    unit = {"hundred": "%", "thousand": "‰"}.get(per.lastgroup or "", "")
    end = above.end()
    upper = numerals.fraction(value_max, below) if value_max is not None else None
    family = "rate" if unit else "ratio"
    return _Part(at, end, text[at:end], numerals.fraction(value, below), upper, units.Unit(unit, end, family), False, False, "")


def _number(figures: str) -> Decimal:
    return numerals.evaluate(figures) or Decimal(0)


def _with_unit(
    text: str, at: int, end: int, value: Decimal | None, value_max: Decimal | None, stop: int, *, arabic: bool, scale: str = ""
) -> _Part:
    """Add 余 or 多 with its magnitude, and the unit."""
    numeral, more = text[at:end], False
    word = grammar.MORE.match(text, end, stop)
    if word and not grammar.MORE_CAME.match(text, end, stop):
        more, end, scale = True, word.end(), word["scale"] or scale
        value = numerals.scaled(value, word["scale"] or "") if value is not None else None
    unit = _unit(text, end, stop, arabic=arabic or more)
    if unit is not None and unit.text in units.FACTORS and value is not None:
        factor = Decimal(units.FACTORS[unit.text])
        value = numerals.EXACT.multiply(value, factor)
        value_max = numerals.EXACT.multiply(value_max, factor) if value_max is not None else None
    part = _Part(at, unit.end if unit else end, numeral, value, value_max, unit, more, arabic, scale)
    return _with_coins(text, part, stop)


def _unit(text: str, end: int, stop: int, *, arabic: bool) -> units.Unit | None:
    unit = units.unit_at(text, end, stop, in_doubt=not arabic)
    if unit is None and end < stop and text[end] in " \u00a0":
        unit = units.unit_at(text, end + 1, stop, in_doubt=True)
    if unit is None and arabic:
        unit = units.open_unit_at(text, end, stop)
    return unit


def _with_coins(text: str, part: _Part, stop: int) -> _Part:
    """元 with 角 and 分, 块 with its loose tenth, and half a unit (三斤半)."""
    unit = part.unit
    if unit is None or part.value is None:
        return part
    if unit.text in ("元", "圆", "圓", "块"):
        return _change(text, part, unit, stop)
    if unit.text == "角" and (fen := re.compile(f"([{grammar.CN_DIGIT}{grammar.FORMAL}]|{grammar.D})分").match(text, unit.end, stop)):
        return part._replace(end=fen.end(), value=part.value + _number(fen[1]) / 100)
    if text.startswith("半", unit.end) and unit.family in ("physical", "time") and unit.end < stop:
        return part._replace(end=unit.end + 1, value=part.value + Decimal("0.5"))
    return part


def _change(text: str, part: _Part, unit: units.Unit, stop: int) -> _Part:
    coins = grammar.COINS.match(text, unit.end, stop)
    value = part.value or Decimal(0)
    if coins and coins[0]:
        value += _number(coins["jiao"] or "") / 10 + _number(coins["fen"] or "") / 100
        return part._replace(end=coins.end(), value=value)
    loose = grammar.LOOSE_COIN.match(text, unit.end, stop) if unit.text == "块" else None
    if loose:
        return part._replace(end=loose.end(), value=value + _number(loose["coin"]) / (100 if loose["zero"] else 10))
    return part


def _with_range(text: str, part: _Part, stop: int) -> _Part:
    """3—5个, 20%至30%, 三至五万: joined where the second is more and their units agree."""
    if part.end >= stop or part.value is None or part.value_max is not None or text[part.end] not in grammar.SEPARATORS + " ":
        return part
    between = grammar.RANGE.match(text, part.end, stop)
    if between is None or (part.unit and "到" in between[0] and context.look_back(_FROM, text, part.start, 2)):
        return part
    second = _part(text, between.end(), stop)
    if second is None or second.value is None or not _same_unit(part, second):
        return part
    low = _lower(part, second)
    if low >= second.value:
        return part
    numeral = text[part.start : second.start] + second.numeral
    return second._replace(start=part.start, numeral=numeral, value=low, value_max=second.value_max or second.value, arabic=part.arabic)


_FROM = re.compile("[由从]$")


def _same_unit(first: _Part, second: _Part) -> bool:
    if first.unit is None or not first.unit.text:
        return True
    if second.unit is None:
        return first.unit.text == "%"  # 百分之三十到四十一
    return first.unit.text == second.unit.text


def _lower(first: _Part, second: _Part) -> Decimal:
    """The lower value, with the magnitude and percentage that stand only behind the upper one."""
    low = first.value or Decimal(0)
    if first.unit is not None:
        return low
    if second.scale and not first.scale:
        low = numerals.scaled(low, second.scale)
    if second.unit is not None and second.unit.text in units.FACTORS:
        low = numerals.EXACT.multiply(low, Decimal(units.FACTORS[second.unit.text]))
    return low if second.value is not None and low < second.value else (first.value or low)


# --- putting it together -------------------------------------------------------------------------------------------


def _assemble(text: str, part: _Part, floor: int, stop: int, whole: bool) -> Quantity | None:
    start, sign, currency = _sign(text, part.start, floor)
    start, before = qualifiers.before(text, start, floor)
    end, after = _suffix(text, part, stop)
    qualifier = qualifiers.together(before, qualifiers.AT_LEAST if part.more else "", after)
    kind, direction = _kind(text, part, start, end, bool(before or after or part.more), currency, whole)
    if not kind:
        return None
    if kind in ("ordinal", "name", "list", "document", "telephone"):
        return _plain(text, part.start, part.end, kind, part.value, part.unit.text if part.unit else "")
    value, value_max = part.value, part.value_max
    if sign and value is not None:
        value, value_max = (-value, None) if value_max is None else (-value_max, -value)
    unit = part.unit.text if part.unit else currency
    if kind == "rank":
        start = text.rfind("第", 0, part.start + 1) if text.rfind("第", 0, part.start + 1) >= 0 else start
    return Quantity(
        start, end, text[start:end], numerals.tidy(value), numerals.tidy(value_max), unit, qualifier, kind, direction
    )


def _sign(text: str, start: int, floor: int) -> tuple[int, bool, str]:
    """Take in a leading point, a minus and a currency sign."""
    negative, currency = False, ""
    if start > floor and (found := grammar.SIGN.search(text, max(floor, start - 2), start)) and _is_minus(text, found, floor):
        start, negative = found.start(), True
    if start > floor and text[start - 1] in grammar.CURRENCY:
        currency = grammar.CURRENCY[text[start - 1]]
        start -= 1
    return start, negative, currency


_BEFORE_MINUS = frozenset("为达是率长降跌涨增幅度值约到至了在于 \n:：(（,，。;；、是有的得")


def _is_minus(text: str, sign: re.Match[str], floor: int) -> bool:
    before = text[sign.start() - 1] if sign.start() > floor else "\n"
    if sign[0][0] in "负負":
        return before not in "肩担抱胜背辜自欺"
    return before in _BEFORE_MINUS


def _suffix(text: str, part: _Part, stop: int) -> tuple[int, str]:
    found = grammar.SUFFIX.match(text, part.end, stop)
    if found is None:
        return part.end, ""
    return found.end(), found.lastgroup or ""


def _kind(
    text: str, part: _Part, start: int, end: int, approximate: bool, currency: str, whole: bool
) -> tuple[str, str]:
    """Kind and direction; an empty kind for what is no number at all (统一, 一般)."""
    ordinal = _ordinal(text, part)
    if ordinal:
        return ordinal, ""
    if not whole and (context.in_title(text, start, end) or context.in_slogan(text, start, end, figures=part.arabic)):
        return "name", ""
    family = part.unit.family if part.unit else ("money" if currency else "")
    if not family:
        return _bare(text, part, end, approximate, whole), ""
    if family == "ordinal":
        return _numbered(text, part), ""
    if not part.arabic and not approximate and not _counts(text, part, end, family, whole):
        return "number", ""
    return _result(text, part, start, family)


def _ordinal(text: str, part: _Part) -> str:
    before = text[part.start - 1] if part.start else ""
    if before and before in "第前其 ":
        if context.look_back(grammar.DOCUMENT_BEFORE, text, part.start, 5) and before == "第":
            return "document"
        if context.look_back(grammar.ORDINAL_BEFORE, text, part.start, 2) and (before != "前" or part.unit is None or part.unit.family != "time"):
            return "rank" if before == "第" and context.look_back(grammar.RANK, text, part.start - 1, 14) else "ordinal"
    return ""


def _numbered(text: str, part: _Part) -> str:
    """92号 behind a bracketed year or the like is a document, else an ordinal."""
    if part.unit and part.unit.text in ("号", "號") and context.look_back(grammar.DOCUMENT_BEFORE, text, part.start, 5):
        return "document"
    return "ordinal"


def _bare(text: str, part: _Part, end: int, approximate: bool, whole: bool) -> str:
    """A numeral without a unit."""
    if part.arabic:
        if grammar.YEAR.fullmatch(part.numeral) and not whole and not approximate:
            return "date"
        lettered = grammar.LETTERED.match(text, part.start)
        return "name" if lettered and lettered.end() > part.end else "number"
    if whole or approximate:
        return "number" if part.value is not None else "name"
    after = text[end : end + 1]
    if part.value is None or after == "大" or _PLAN.fullmatch(part.numeral):
        return "name" if len(part.numeral) > 1 or after == "大" else ""
    if context.alone(text, part.start, part.end):
        return "number"
    scaled = any(char in grammar.CN_SCALE for char in part.numeral)
    if len(part.numeral) > 1 and scaled and not _SCALE_ONLY.fullmatch(part.numeral):
        return "number"
    return "name" if len(part.numeral) > 1 and not _SCALE_ONLY.fullmatch(part.numeral) else ""


def _counts(text: str, part: _Part, end: int, family: str, whole: bool) -> bool:
    """Whether a Chinese numeral with a unit states a result: 两批 does, 三级 and 一个 do not."""
    if whole:
        return True
    if part.value is None or part.unit is None:
        return False
    if family in ("time", "rate", "ratio"):
        return True
    over = grammar.CLAUSE_OVER.match(text, end) is not None
    if context.look_back(grammar.EACH, text, part.start, 2) or grammar.SECOND.match(text, part.start):
        return False
    if family in ("money", "physical") and part.unit.text not in _PLAIN_PHYSICAL and part.unit.text in "方度里两角元":
        return over and part.value >= 2
    if _SCALE_ONLY.fullmatch(part.numeral) and part.numeral != "十":
        return False
    if part.value >= 10:
        return part.unit.text != "分" or over and part.numeral != "十"
    if context.look_back(grammar.FREQUENCY, text, part.start, 12):
        return False
    if part.value == 1:
        return over and family == "strong"
    return over or (family in ("strong", "physical", "money") and part.unit.text not in _NEVER_SMALL)


def _result(text: str, part: _Part, start: int, family: str) -> tuple[str, str]:
    if family == "time":
        shorter = context.look_back(grammar.SHORTER, text, start, 6)
        if shorter:
            return "change", "down"
        return ("count" if _is_result_of_time(text, part, start) else "time"), ""
    direction = _direction(text, start)
    if part.unit and part.unit.text in units.POINTS:
        return "change", direction
    if direction:
        return "change", direction
    if family in ("money", "rate", "ratio"):
        return family, ""
    if family == "noun" and not _noun_counts(text, part):
        return "number", ""
    return "count", ""


def _is_result_of_time(text: str, part: _Part, start: int) -> bool:
    """学时 and long sums of hours are what was done; 24小时 and 3年 are not."""
    unit = part.unit.text if part.unit else ""
    if unit in ("学时", "课时"):
        return True
    if unit in ("小时", "个小时") and part.value is not None:
        return part.value >= 100 or (part.value > 24 and context.look_back(grammar.LASTING, text, start, 6) is not None)
    return False


def _noun_counts(text: str, part: _Part) -> bool:
    return part.value is not None and part.value < 1000 and not grammar.YEAR.fullmatch(part.numeral)


def _direction(text: str, start: int) -> str:
    found = context.look_back(grammar.CHANGE, text, start, 10) or context.look_back(grammar.COMPARED, text, start, 18)
    return (found.lastgroup or "") if found else ""


def _with_shared_direction(text: str, quantity: Quantity, previous: Quantity | None) -> Quantity:
    """分别下降60%和75%: the second shares the word that stands before the first."""
    if previous is None or previous.kind != "change" or not previous.direction or quantity.kind not in ("rate", "count", "money"):
        return quantity
    between = text[previous.end : quantity.start]
    if between and len(between) <= 2 and quantity.unit == previous.unit and grammar.JOINED.fullmatch(between):
        return quantity._replace(kind="change", direction=previous.direction)
    return quantity
