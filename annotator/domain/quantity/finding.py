"""Finds quantities: in a piece of a text, under a click, in a span's own words."""

from __future__ import annotations

import re

from annotator.domain.quantity import grammar, reading
from annotator.domain.quantity.model import PASSED_KINDS, Quantity

# No quantity is longer; with the look back for titles this bounds what a click costs.
_REACH = 120
_INSIDE = re.compile(r"[0-9０-９.．,，零〇一二两三四五六七八九十百千万亿]")
# What a person may have taken into the span without it being part of the quantity.
_LEAD = re.compile(
    rf"\s*(?:(?:{grammar.UP}|{grammar.DOWN})(?:了|为)?|排名|位列|位居|位次|共计|共|累计|合计|总计|达到|高达|达|为|人民币|人民幣|港币|港幣|摄氏|攝氏|华氏|華氏|的)?\s*"
)
_TRAIL = re.compile(r"\s*(?:人民币)?[。，,;；、]?\s*")


def find_quantities(text: str, start: int = 0, end: int | None = None, *, all: bool = False) -> list[Quantity]:
    """The quantities between `start` and `end`, in order; with `all` also dates, lists, names and the like."""
    stop = len(text) if end is None else min(end, len(text))
    found = reading.scan(text, max(start, 0), stop)
    return [quantity for quantity in found if all or quantity.kind not in PASSED_KINDS]


def first_touching(text: str, start: int, end: int, low: int, high: int) -> Quantity | None:
    """The first quantity that shares a character with `[start, end)`, of those between `low` and `high`.

    What `find_quantities` would find, but nothing behind `end` is read: a span asks while a key is held down.
    """
    for quantity in reading.scan(text, low, high):
        if quantity.start >= end:
            return None
        if start < quantity.end and quantity.kind not in PASSED_KINDS:
            return quantity
    return None


def quantity_at(text: str, offset: int) -> Quantity | None:
    """The quantity, date, time or number that covers `offset`; only a window around it is read."""
    if not 0 <= offset < len(text):
        return None
    start = max(text.rfind("\n", 0, offset) + 1, offset - _REACH)
    while start > 0 and offset - start < 4 * _REACH and _INSIDE.match(text, start):
        start -= 1  # not in the middle of a numeral
    stop = min(len(text), offset + _REACH)
    for quantity in reading.scan(text, start, stop):
        if quantity.start > offset:
            break
        if offset < quantity.end and quantity.kind not in ("name", "list"):
            return quantity
    return None


def parse_quantity(text: str) -> Quantity | None:
    """The quantity that a span's own text states, without its context: 两个 counts, a leading 达 is overlooked."""
    lead = _LEAD.match(text)
    for start in dict.fromkeys((len(text) - len(text.lstrip()), lead.end() if lead else 0)):
        for quantity in reading.scan(text, start, len(text), whole=True):
            if (
                quantity.kind != "name"
                and not text[start : quantity.start].strip()
                and _TRAIL.fullmatch(text, quantity.end)
            ):
                return quantity
            break
    return None
