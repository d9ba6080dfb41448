"""Part and whole against the rate that is stated: 受理499宗,调解成功498宗,调解成功率达99.7%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
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
    "共|累计|受理|收到|接收|接到|合计|总计|应|办理|涉及|承办|交办|收|新收|审结|排查|发现|调解|立案|检查|抽查|抽检|送检|参评|参加|参训|报名|提案|建议"
)
#: Words that tell of another time than the figures before them.
_OTHER_TIME: Final = re.compile("去年|上年|上一年|同期|往年|历年|20[0-9]{2}年|季度|[上下]半年")
#: Words that tell that a rate is reckoned from something else than what was counted.
_OTHER_BASE: Final = re.compile("结转|口径|剔除|扣除|除外|不含|含上|加权|回访|测评|问卷|抽样|调查显示")
#: Rates whose whole are the cases that were due, and the words of such a whole.
_OF_THOSE_DUE: Final = re.compile("^(?:负责人)?(?:按期|按时|及时|限时|限期|到期|出庭|出席)")
_DUE: Final = re.compile("应|到期|开庭|须|需")
#: Characters beside the figures in which such words count.
_BEHIND: Final = 16
#: What was asked for is no part that was done: 责令整改120家次,整改率100%.
_STILL_TO_DO: Final = re.compile("责令|督促|要求|限期|限时|应|须|需|(?<![接招])待|拟|申请|请求|提请|交办")
#: Figures before a rate among which another pair is looked for.
_LOOK_BACK: Final = 8
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
        if finding.verdict is Verdict.AGREES or (
            not (_rests_on_more(statement, rate, *pair) or _another_pair_agrees(before, rate))
            and (finding.verdict is Verdict.ROUNDING or (sure and not _counts_what_was_due(named, statement, pair)))
        ):
            yield finding


def _rests_on_more(statement: Statement, rate: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether the words say that the rate is about something else: another time, cases carried over, those asked."""
    text = statement.text
    behind = text[rate.end : rate.end + _BEHIND].split("。", 1)[0]
    between = text[part.end : rate.start]
    if _OTHER_TIME.search(between) or _OTHER_BASE.search(text[max(0, whole.start - _BEHIND) : rate.start] + behind):
        return True
    return any(q.kind == "rate" for q in statement.figures_in(part.end, rate.start)) and _same_name(text, part, rate)


def _same_name(text: str, part: Quantity, rate: Quantity) -> bool:
    """Whether a rate of the same name stands between the part and this one: the part is that one's."""
    named = _RATE_WORDS.search(text, max(part.end, rate.start - 16), rate.start)
    name = _ADVERBS.sub("", named["stem"]) + "率" if named else ""
    return bool(name) and text[part.end : rate.start].count(name) > 1


def _another_pair_agrees(before: Sequence[Quantity], rate: Quantity) -> bool:
    """Whether other figures of the sentence give what is stated: then those are meant.

    Two of them; one and the rest it makes a whole with (won and lost); or the first and the second of two pairs.
    """
    counts = [q for q in before[-_LOOK_BACK:] if q.kind == "count" and exact(q) and q.value]
    pairs = [
        (value_of(part), value_of(whole))
        for number, whole in enumerate(counts)
        for part in counts[number + 1 :]
        if part.unit == whole.unit
    ]
    shares = [p / w for p, w in pairs if p <= w] + [w / (p + w) for p, w in pairs] + [p / (p + w) for p, w in pairs]
    shares += [(p + q) / (w + v) for (p, w), (q, v) in combinations(pairs, 2) if p <= w and q <= v]
    places = places_of(rate.text)
    return any(compare_rate(value_of(rate), places, share) is Verdict.AGREES for share in shares)


def _counts_what_was_due(named: re.Match[str] | None, statement: Statement, pair: tuple[Quantity, Quantity]) -> bool:
    """Rates of what was due (按期办结率, 出庭率): their whole is smaller than all that came in, unless it says so."""
    if named is None or not _OF_THOSE_DUE.search(named["stem"]):
        return False
    whole = pair[1]
    return not _DUE.search(statement.text, max(0, whole.start - 12), whole.start)


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
        words = _words_of(statement, start, before, index)
        if exact(part) and part.kind == "count" and stem in words:
            return (
                None if _STILL_TO_DO.search(words.split(stem, 1)[0]) else _whole(statement, start, before, index, stem)
            )
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
