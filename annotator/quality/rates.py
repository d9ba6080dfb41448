"""Part and whole against the rate that is stated: 受理499宗,调解成功498宗,调解成功率达99.7%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity
from annotator.messages import N_
from annotator.quality.model import Finding, Statement, Verdict, compare_rate, exact, percent, places_of, value_of

KIND: Final = "rate"
_WORKING: Final = N_("{part} ÷ {whole} = {computed}; the text says {stated}.")

_RATE_WORDS: Final = re.compile("(?P<stem>[一-鿿]{2,8})(?:比)?率(?:已)?(?:达到|达|为|是|均为|均达|约为)?$")
_SHARE_WORDS: Final = re.compile("占(?:总数|总量|比|全部|总[一-鿿]{1,4})?的?(?:比例)?(?:达到|达|为)?$")
#: What belongs to the rate's name and not to what was done.
_ADVERBS: Final = re.compile("^(?:其中|案件|事项|总体|整体|平均|综合|群众|全年|实际|均|总|年度|服务)+")
#: Words before the whole that show that all is counted.
_ALL: Final = re.compile(
    "共|累计|受理|收到|接收|接到|合计|总计|应|办理|涉及|承办|交办|收|新收|审结|排查|发现|调解|立案|检查|抽查|参评|提案|建议"
)
#: How far back, in figures, the part and the whole may stand.
_BACK: Final = 3


def check(statement: Statement) -> Iterator[Finding]:
    """Rates whose part and whole stand just before them in the same sentence."""
    for start, end in statement.sentences:
        figures = statement.figures_in(start, end)
        for index, rate in enumerate(figures):
            if rate.kind == "rate" and exact(rate) and rate.unit in ("%", "％"):
                yield from _of_rate(statement, start, figures[:index], rate)


def _of_rate(statement: Statement, start: int, before: Sequence[Quantity], rate: Quantity) -> Iterator[Finding]:
    words = statement.text[max(start, rate.start - 16) : rate.start]
    named = _RATE_WORDS.search(words)
    pair, sure = None, True
    if named:
        stem = _ADVERBS.sub("", named["stem"])
        pair = _part_and_whole(statement, start, before, stem)
        if pair is None:
            pair, sure = _like_part_and_whole(statement, start, before, stem), False
    elif _SHARE_WORDS.search(words):
        pair = _share(statement, start, before, rate)
    if pair is not None:
        finding = _compared(rate, *pair)
        if sure or finding.verdict is not Verdict.DISAGREES:
            yield finding


def _compared(rate: Quantity, part: Quantity, whole: Quantity) -> Finding:
    computed = value_of(part) / value_of(whole)
    places = places_of(rate.text)
    verdict = compare_rate(value_of(rate), places, computed)
    shown = percent(computed, max(places, 1))
    params = {"part": part.text, "whole": whole.text, "computed": shown, "stated": rate.text}
    spans = tuple((q.start, q.end) for q in (rate, part, whole))
    return Finding(KIND, spans, rate.text, shown, verdict, Wording(_WORKING, params))


def _part_and_whole(
    statement: Statement, start: int, before: Sequence[Quantity], stem: str
) -> tuple[Quantity, Quantity] | None:
    """The figure whose words hold the rate's own (调解成功), and the one of the same unit before it that counts all."""
    if len(stem) < 2 or len(before) < 2:
        return None
    for index in range(len(before) - 1, max(-1, len(before) - 1 - _BACK), -1):
        part = before[index]
        if exact(part) and part.kind == "count" and stem in _words_of(statement, start, before, index):
            return _whole(statement, start, before, index, stem)
    return None


def _like_part_and_whole(
    statement: Statement, start: int, before: Sequence[Quantity], stem: str
) -> tuple[Quantity, Quantity] | None:
    """The same where the words only share a part (调处成功率 of 调解成功): good enough to agree, never to contradict."""
    parts = {stem[at : at + 2] for at in range(len(stem) - 1)}
    for index in range(len(before) - 1, max(0, len(before) - 1 - _BACK), -1):
        part, whole = before[index], before[index - 1]
        words = _words_of(statement, start, before, index)
        if not (exact(part) and exact(whole)) or part.unit != whole.unit or part.value is None or whole.value is None:
            continue
        if 0 < part.value <= whole.value and any(piece in words for piece in parts):
            return part, whole
    return None


def _whole(
    statement: Statement, start: int, before: Sequence[Quantity], at: int, stem: str
) -> tuple[Quantity, Quantity] | None:
    part = before[at]
    if at == 0 or part.value is None:
        return None
    whole = before[at - 1]
    words = _words_of(statement, start, before, at - 1)
    if whole.unit != part.unit or not exact(whole) or whole.value is None or whole.kind != "count":
        return None
    if not (0 < part.value <= whole.value) or stem in words or not _ALL.search(words):
        return None
    return part, whole


def _share(
    statement: Statement, start: int, before: Sequence[Quantity], rate: Quantity
) -> tuple[Quantity, Quantity] | None:
    """`共200件,其中甲类30件,占15%`: the last figure of the total's unit, and the total before 其中."""
    if len(before) < 2:
        return None
    part, text = before[-1], statement.text
    between = text[part.end : rate.start]
    if len(between) > 14 or not exact(part) or part.value is None:
        return None
    among = text.rfind("其中", start, part.start)
    whole = next((q for q in reversed(before[:-1]) if q.end <= among and q.unit == part.unit), None)
    if among < 0 or whole is None or not exact(whole) or whole.value is None or not 0 < part.value <= whole.value:
        return None
    return part, whole


def _words_of(statement: Statement, start: int, figures: Sequence[Quantity], index: int) -> str:
    """The words that lead to a figure: from the figure or clause stop before it."""
    low = figures[index - 1].end if index else start
    words = statement.text[low : figures[index].start]
    return re.split("[，,；;：:]", words)[-1]
