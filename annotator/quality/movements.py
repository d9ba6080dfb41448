"""Before and after against the change that is stated: 由20件减至5件,下降75%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity
from annotator.messages import N_
from annotator.quality.model import Finding, Statement, Verdict, compare_rate, exact, percent, places_of, plain

KIND: Final = "change"
_RELATIVE: Final = N_("({high} − {low}) ÷ {before} = {computed}; the text says {stated}.")
_ABSOLUTE: Final = N_("{high} − {low} = {computed}; the text says {stated}.")

_FROM: Final = re.compile("(?:由|从)[^，,。；;0-9]{0,10}$")
_TO: Final = re.compile(
    "^[^，,。；;0-9]{0,8}(?:增加|增长|提高|提升|上升|减少|下降|降低|缩短|压缩|扩大|增|减|降|升|压减|精简)(?:至|到|为)$"
)
_BY: Final = re.compile(
    "(?P<way>增长|增加|提高|提升|上升|增幅|升幅|减少|下降|降低|缩短|压缩|压减|精简|降幅|减幅|扩大)(?:了|达|为|达到|率达|率为)?(?:约)?$"
)
#: Words that tell that the change is not the one between both ends.
_OTHER_CHANGE: Final = re.compile("同比|环比|年均|月均|平均|逐年|每年|累计|[比较与](?:上年|去年|上月|20[0-9]{2}年)")
_DOWN: Final = re.compile("减|降|缩|压|精")


def check(statement: Statement) -> Iterator[Finding]:
    """Changes whose both ends stand before them, joined by 由…至."""
    text = statement.text
    for start, end in statement.sentences:
        if text.find("由", start, end) < 0 and text.find("从", start, end) < 0:
            continue
        figures = [q for q in statement.quantities_in(start, end) if _measured(q)]
        for before, after, change in zip(figures, figures[1:], figures[2:], strict=False):
            found = _of(text, start, before, after, change)
            if found is not None:
                yield found


def _measured(quantity: Quantity) -> bool:
    """Whether it has a value that can change: also a time limit, which is no figure of its own."""
    return quantity.value is not None and (quantity.is_indicator or quantity.kind == "time")


def _of(text: str, start: int, before: Quantity, after: Quantity, change: Quantity) -> Finding | None:
    if not (exact(before) and exact(after) and exact(change)) or before.unit != after.unit:
        return None
    if not _FROM.search(text, max(start, before.start - 14), before.start):
        return None
    if not _TO.match(text[before.end : after.start]):
        return None
    way = _BY.search(text, max(after.end, change.start - 10), change.start)
    between = text[after.end : change.start]
    if way is None or len(between) > 14 or _OTHER_CHANGE.search(between):
        return None
    return _compared(before, after, change, down=bool(_DOWN.search(way["way"])))


def _compared(before: Quantity, after: Quantity, change: Quantity, *, down: bool) -> Finding | None:
    a, b, stated = before.value, after.value, change.value
    if a is None or b is None or stated is None:
        return None
    difference = a - b if down else b - a
    spans = tuple((q.start, q.end) for q in (change, before, after))
    high, low = (before.text, after.text) if down else (after.text, before.text)
    params = {"high": high, "low": low, "before": before.text, "stated": change.text}
    if change.unit in ("%", "％") and before.unit not in ("%", "％"):
        if a == 0:
            return None
        places = places_of(change.text)
        verdict = compare_rate(stated, places, difference / a)
        shown = percent(difference / a, max(places, 1))
        return Finding(KIND, spans, change.text, shown, verdict, Wording(_RELATIVE, {**params, "computed": shown}))
    in_points = change.unit in ("个百分点", "百分点")
    if change.unit != before.unit and not (in_points and before.unit in ("%", "％")):
        return None
    verdict = Verdict.AGREES if stated == difference else Verdict.DISAGREES
    shown = _shown(difference, change)
    return Finding(KIND, spans, change.text, shown, verdict, Wording(_ABSOLUTE, {**params, "computed": shown}))


def _shown(difference: Decimal, change: Quantity) -> str:
    scale = 100 if "百分点" in change.unit else 1
    return plain(difference * scale) + change.unit
