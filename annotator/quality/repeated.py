"""The same indicator twice with different values: words that are alike to the letter, and figures that are not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.clauses import clause_at
from annotator.domain.quantity import Quantity
from annotator.messages import N_
from annotator.quality.model import Finding, Statement, Verdict, exact
from annotator.reading.outline import section_path

KIND: Final = "repeated"
_WORKING: Final = N_("“{words}” is {first} in one place and {second} in another.")

#: Only words that count everything say the same thing in both places.
_ALL: Final = re.compile("(?:全年|全年共|年度|20[0-9]{2}年)[^0-9]{0,8}(?:共|累计|总计)|(?:共计?|累计|总计|合计)")
#: What each of them holds.
_COUNTING: Final = ("共", "累计", "总计", "合计")
_FRONT: Final = re.compile("^(?:其中|同时|并|目前|截至[^，,]{0,10}|20[0-9]{2}年(?:度)?|全年|去年|我[省市区县镇街局])+")
#: A heading that names a body or a place: what stands under it is about that.
_BODY: Final = re.compile("[局委办厅院所队镇乡村区县市处科站会]$|街道$|中心$|社区$|部门$|机关$|公司$|学校$")
_TIME: Final = re.compile("20[0-9]{2}年|去年|上年|往年|历年|[一二三四]季度|[上下]半年|[0-9]+月|当月|本月|截至|同期")
#: What may lead to a clause and changes nothing.
_LEAD: Final = re.compile(
    "^(?:全年|据统计|其中|同时|此外|目前|[（(]?[一二三四五六七八九十0-9]+[）)、.．]?|[，,、。:： \\s　])+"
)
_SHORTEST: Final = 6


def check(statement: Statement) -> Iterator[Finding]:
    """Pairs of figures with the same words before and behind them; the later one is what is stated."""
    known: dict[tuple[str, str, bool, str, str], list[Quantity]] = defaultdict(list)
    for figure in statement.figures:
        words = _words(statement.text, figure) if exact(figure) else None
        if words is not None:
            planned = statement.planned(figure.start)
            known[words, figure.unit, planned, *_surroundings(statement, figure)].append(figure)
    for (words, *_where), figures in known.items():
        first = figures[0]
        for other in figures[1:]:
            if other.value != first.value:
                params = {"words": words, "first": first.text, "second": other.text}
                spans = ((other.start, other.end), (first.start, first.end))
                yield Finding(KIND, spans, other.text, first.text, Verdict.DISAGREES, Wording(_WORKING, params))


def _surroundings(statement: Statement, figure: Quantity) -> tuple[str, str]:
    """What the sentence says before the figure's clause, and the body or place whose section it is.

    东区:共受理…;西区:共受理… and 2020年,共有… are about something else each.
    """
    text, sentences = statement.text, statement.sentences
    at = bisect_right(sentences, figure.start, key=lambda one: one[0]) - 1
    start = sentences[at][0] if at >= 0 else figure.start
    low, _high = clause_at(text, figure.start) or (figure.start, figure.end)
    lead = re.split("[;；]", text[start : max(start, low)])[-1]
    times = [t for t in _TIME.findall(text[max(start, low - len(lead)) : figure.start]) if t != f"{statement.year}年"]
    named = [s.title for s in section_path(statement.sections, figure.start) if _BODY.search(s.title)]
    return _LEAD.sub("", lead) + "".join(times), named[-1] if named else ""


def _words(text: str, figure: Quantity) -> str | None:
    """The words of the clause before and behind the figure; None where they do not say what all of them are."""
    line = text.rfind("\n", 0, figure.start) + 1
    if all(text.rfind(word, line, figure.start) < 0 for word in _COUNTING):
        return None
    low, high = clause_at(text, figure.start) or (figure.start, figure.end)
    before = text[low : figure.start]
    if low > figure.start or not _ALL.search(before):
        return None
    words = _FRONT.sub("", before) + "…" + text[figure.end : max(high, figure.end)]
    return words if len(words) > _SHORTEST and not re.search("[0-9]", words) else None
