"""Reads quantities from left to right: a trigger finds a numeral, `parts` takes it apart, `kinds` names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from annotator.domain.quantity import context, grammar, numerals, qualifiers, units
from annotator.domain.quantity.kinds import FIGURES, kind_of
from annotator.domain.quantity.model import Quantity
from annotator.domain.quantity.parts import Part, part_at, with_range

_FORMAL_FOLLOWED = f"[{grammar.CN_SCALE}{grammar.FORMAL}元圆圓整点點个個零〇角分]"
# What may follow a Chinese digit that is part of a number; everything else (统一领导, 一般) is passed over at once.
_FOLLOWERS = "".join(
    sorted(units.FIRST_CHARACTERS | frozenset(grammar.CN + "点點分成倍多余餘几來来半是大又-－–—~～至到番"))
)
_TRIGGER = re.compile(
    rf"""
    [0-9０-９{grammar.CN}半几数]
    (?:(?<=[0-9０-９])
      |(?<=[{grammar.CN_DIGIT}{grammar.CN_SCALE}廿卅卌])(?=[{re.escape(_FOLLOWERS)}0-9０-９]|[^{grammar.HAN}]|$)
      |(?<=[{grammar.FORMAL}])(?:(?={_FORMAL_FOLLOWED})|(?<![{grammar.HAN}].)(?=[{re.escape(_FOLLOWERS)}]|[^{grammar.HAN}]|$))
      |(?<=[几数])(?=[十百千万亿])
      |(?<=半)(?=[个個天日年月斤公里升小加數数])
    )
    """,
    re.VERBOSE,
)
# 增长-5.2% is negative, 3-5个 a range, 项目-3个 a dash.
_BEFORE_MINUS = frozenset("为达是率长降跌涨增幅度值约到至了在于 \n:：(（,，。;；、是有的得和与及")


def scan(text: str, start: int, stop: int, *, whole: bool = False) -> Iterator[Quantity]:
    """Every numeral that is something, in order; `whole` says the text is one span without its context."""
    previous: Quantity | None = None
    waiting: list[Quantity] = []  # figures without a unit, which the next quantity may share with them
    for found in _one_by_one(text, start, stop, whole=whole):
        quantity = _with_shared_direction(text, found, previous)
        if waiting and not _is_listed(text, waiting[-1], quantity):
            yield from waiting
            waiting = []
        previous = quantity
        if quantity.kind == "number" and not quantity.unit and quantity.text.isdecimal():
            waiting.append(quantity)
            continue
        if waiting:
            yield from (bare._replace(kind=quantity.kind) if quantity.is_indicator else bare for bare in waiting)
            waiting = []
        yield quantity
    yield from waiting


def _one_by_one(text: str, start: int, stop: int, *, whole: bool) -> Iterator[Quantity]:
    at = start
    while found := _TRIGGER.search(text, at, stop):
        quantity, at = _read(text, found.start(), at, stop, whole)
        if quantity is not None:
            yield quantity


def _is_listed(text: str, bare: Quantity, following: Quantity) -> bool:
    """12、15和20件: each is a figure of its own, and only the last has the unit."""
    return grammar.LISTED.fullmatch(text, bare.end, following.start) is not None


def _read(text: str, at: int, floor: int, stop: int, whole: bool) -> tuple[Quantity | None, int]:
    """What begins at `at`, and where to read on."""
    figures = text[at] in FIGURES
    passed = _passed_figures(text, at, floor, stop) if figures else _passed_chinese(text, at, stop)
    if passed is not None:
        return passed, passed.end
    part = part_at(text, at, stop)
    if part is None:
        return None, at + 1
    part = with_range(text, part, stop)
    quantity = _assemble(text, part, floor, stop, whole)
    return quantity, max(quantity.end if quantity else 0, part.end if part.arabic else at + len(part.numeral), at + 1)


def _plain(text: str, start: int, end: int, kind: str, value: Decimal | None = None, unit: str = "") -> Quantity:
    return Quantity(start, end, text[start:end], numerals.tidy(value), None, unit, qualifiers.EXACT, kind, "")


def _passed_figures(text: str, at: int, floor: int, stop: int) -> Quantity | None:
    """A date, clock time, telephone, name or list number in figures."""
    if at > floor and context.after_letter(text, at):
        end = grammar.NAME.match(text, at, stop) or grammar.FIGURES.match(text, at, stop)
        return _plain(text, at, end.end(), "name") if end else None
    for pattern, kind in ((grammar.DATE, "date"), (grammar.NAME, "name"), (grammar.TELEPHONE, "telephone")):
        found = pattern.match(text, at, stop)
        if found:
            return _plain(text, at, found.end(), "time" if found[0].endswith("小时") else kind)
    found = grammar.CLOCK.match(text, at, stop)
    if found:
        return _plain(text, at, found.end(), "time")
    digits = at
    while digits < stop and digits - at < 5 and text[digits] in FIGURES:
        digits += 1
    if digits - at < 4 and context.is_list_number(text, at, digits):
        return _plain(text, at, digits, "list", numerals.evaluate(text[at:digits]))
    return None


def _passed_chinese(text: str, at: int, stop: int) -> Quantity | None:
    """A date, clock time, list number or ordinal in Chinese numerals."""
    found = grammar.CN_DATE.match(text, at, stop)
    if found:
        return _plain(text, at, found.end(), "date")
    found = grammar.CN_CLOCK.match(text, at, stop)
    if found:
        return _plain(text, at, found.end(), "time")
    end = at
    while end < stop and end - at < 4 and text[end] in grammar.CN:
        end += 1
    if end > at and end < stop and context.is_list_number(text, at, end):
        return _plain(text, at, end, "list", numerals.evaluate(text[at:end]))
    return None


def _assemble(text: str, part: Part, floor: int, stop: int, whole: bool) -> Quantity | None:
    start, sign, currency = _sign(text, part.start, floor)
    start, before = qualifiers.before(text, start, floor)
    end, after = _suffix(text, part, stop)
    qualifier = qualifiers.together(before, qualifiers.AT_LEAST if part.more else "", after)
    kind, direction = kind_of(text, part, start, end, bool(before or after or part.more), currency, whole)
    if not kind:
        return None
    if kind in ("ordinal", "name", "list", "document", "telephone"):
        return _plain(text, part.start, part.end, kind, part.value, part.unit.text if part.unit else "")
    value, value_max = part.value, part.value_max
    if sign and value is not None:
        low = value if value_max is None else value_max
        value, value_max = low.copy_negate(), None if value_max is None else value.copy_negate()
    unit = part.unit.text if part.unit else currency
    if kind == "rank":
        start = text.rfind("第", max(0, part.start - 2), part.start)
    return Quantity(
        start, end, text[start:end], numerals.tidy(value), numerals.tidy(value_max), unit, qualifier, kind, direction
    )


def _sign(text: str, start: int, floor: int) -> tuple[int, bool, str]:
    """Take in a leading point, a minus and a currency sign."""
    negative, currency = False, ""
    if (
        start > floor
        and (found := grammar.SIGN.search(text, max(floor, start - 2), start))
        and _is_minus(text, found, floor)
    ):
        start, negative = found.start(), True
    if start > floor and text[start - 1] in grammar.CURRENCY:
        currency = grammar.CURRENCY[text[start - 1]]
        start -= 1
    return start, negative, currency


def _is_minus(text: str, sign: re.Match[str], floor: int) -> bool:
    before = text[sign.start() - 1] if sign.start() > floor else "\n"
    if sign[0][0] in "负負":
        return before not in "肩担抱胜背辜自欺"
    return before in _BEFORE_MINUS


def _suffix(text: str, part: Part, stop: int) -> tuple[int, str]:
    found = grammar.SUFFIX.match(text, part.end, stop)
    if found is None:
        return part.end, ""
    return found.end(), found.lastgroup or ""


def _with_shared_direction(text: str, quantity: Quantity, previous: Quantity | None) -> Quantity:
    """分别下降40%和55%: the second shares the word that stands before the first."""
    if (
        previous is None
        or previous.kind != "change"
        or not previous.direction
        or quantity.kind not in ("rate", "count", "money")
    ):
        return quantity
    between = text[previous.end : quantity.start]
    if between and len(between) <= 2 and quantity.unit == previous.unit and grammar.JOINED.fullmatch(between):
        return quantity._replace(kind="change", direction=previous.direction)
    return quantity
