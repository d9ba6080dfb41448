"""Items against the total they are said to add up to: 共1104项,分别是53项、266项 …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity
from annotator.messages import N_
from annotator.quality.model import Finding, Range, Statement, Verdict, exact, plain

KIND: Final = "sum"
_WORKING: Final = N_("{items} = {computed}; the text says {stated}.")

#: Words that open a list said to be whole, and those that open one that may be part of it.
_WHOLE_LIST: Final = re.compile("分别(?:是|为|有|系)?|包括|由[^，,。；;]{0,6}组成|即[:：]?|具体(?:是|为)")
_PART_LIST: Final = re.compile("其中[:：]?")
_TOTAL: Final = re.compile("共计?|总计|合计|累计|总数|总共|总|收到|受理|办理|接收|发出|完成|梳理|公布|开展")
#: Inside a list an item is words and a figure; anything else ends it.
_BETWEEN: Final = re.compile("[^。！？!?\n]{0,40}")
_OTHERS: Final = re.compile("^[^0-9，,、；;。]{0,6}等(?!级|次|额)")
_CLOSES: Final = re.compile("[，,]?(?:共计|合计|总计|共)[^，,。；;0-9]{0,6}$")
#: Where none of these stands nothing is added up: some word of `_WHOLE_LIST`, `_PART_LIST` or `_CLOSES`.
_TOLD: Final = re.compile("分别|包括|组成|即|具体|其中|共|合计|总计")
_LEAST_ITEMS: Final = 3


def check(statement: Statement) -> Iterator[Finding]:
    """Totals followed by their items in the same sentence or the next."""
    text = statement.text
    for index, (start, end) in enumerate(statement.sentences):
        stop = end
        if index + 1 < len(statement.sentences):
            following = statement.sentences[index + 1]
            if _WHOLE_LIST.match(text, following[0]) and "\n" not in text[end : following[0]]:
                stop = following[1]
        yield from _in(statement, (start, stop), end)


def _in(statement: Statement, place: Range, sentence_end: int) -> Iterator[Finding]:
    if not _TOLD.search(statement.text, *place):
        return
    figures = [q for q in statement.figures_in(*place) if q.kind == "count"]
    for index, total in enumerate(figures[:-2]):
        if total.end > sentence_end or not exact(total):
            continue
        found = _of_total(statement, place, figures, index)
        if found is not None:
            yield found
            return
    yield from _closing_total(statement, figures)


def _closing_total(statement: Statement, figures: Sequence[Quantity]) -> Iterator[Finding]:
    """`许可20件、处罚30件,合计50件`: said only where it is right, since what is added up may begin elsewhere."""
    for index in range(2, len(figures)):
        total = figures[index]
        if not exact(total) or not _CLOSES.search(statement.text, figures[index - 1].end, total.start):
            continue
        items = _items(statement.text, figures[max(0, index - 12) : index], total.unit, total.start)
        computed = _sum(items)
        if len(items) >= 2 and items[-1] == figures[index - 1] and computed == total.value:
            yield _finding(total, items, Verdict.AGREES)


def _of_total(statement: Statement, place: Range, figures: Sequence[Quantity], index: int) -> Finding | None:
    total, text = figures[index], statement.text
    between = text[total.end : figures[index + 1].start]
    whole, part = _WHOLE_LIST.search(between), _PART_LIST.search(between)
    if not (whole or part) or total.value is None:
        return None
    items = _items(text, figures[index + 1 :], total.unit, place[1])
    if len(items) < 2:
        return None
    items = _up_to(items, total.value)
    computed = _sum(items)
    if computed == total.value:
        verdict = Verdict.AGREES
    elif (
        not whole
        or _goes_on(text, figures, items[-1], total.unit, place[1])
        or part
        or not _is_total(text, total, place[0])
        or _OTHERS.match(text[items[-1].end :])
    ):
        return None  # a list after 其中 may name some and pass over others
    else:
        verdict = Verdict.DISAGREES
    if verdict is Verdict.DISAGREES and len(items) < _LEAST_ITEMS:
        return None
    return _finding(total, items, verdict)


def _up_to(items: list[Quantity], total: Decimal) -> list[Quantity]:
    """The first items that add up to the total: what follows is something else; all of them where none do."""
    lengths = range(2, len(items) + 1)
    return next((items[:n] for n in lengths if _sum(items[:n]) == total), items)


def _goes_on(text: str, figures: Sequence[Quantity], last: Quantity, unit: str, end: int) -> bool:
    """Whether the list may go on behind the items that were recognised: another figure of the unit stands there, or one
    more item without a figure of its own.
    """
    if any(last.end <= q.start < end and q.unit == unit for q in figures):
        return True
    return text[last.end : last.end + 1] in ("、", "和", "及", "（", "(")


def _sum(items: Sequence[Quantity]) -> Decimal:
    return sum((q.value for q in items if q.value is not None), Decimal(0))


def _finding(total: Quantity, items: Sequence[Quantity], verdict: Verdict) -> Finding:
    computed = _sum(items)
    words = " + ".join(plain(q.value) for q in items if q.value is not None)
    params = {"items": words, "computed": plain(computed), "stated": total.text}
    spans = ((total.start, total.end), *((q.start, q.end) for q in items))
    return Finding(KIND, spans, total.text, plain(computed) + total.unit, verdict, Wording(_WORKING, params))


def _is_total(text: str, total: Quantity, start: int) -> bool:
    return _TOTAL.search(text, max(start, total.start - 16), total.start) is not None


def _items(text: str, figures: Sequence[Quantity], unit: str, end: int) -> list[Quantity]:
    """The figures of the total's unit that follow each other as items of one list."""
    items: list[Quantity] = []
    for figure in figures:
        if figure.unit != unit or not exact(figure) or figure.end > end:
            break
        if items and not _one_item(text[items[-1].end : figure.start]):
            break
        items.append(figure)
    return items


def _one_item(between: str) -> bool:
    """Whether between two figures there is one stop and the words of one item."""
    return (
        len(re.findall("[，,、；;]", between)) == 1
        and _BETWEEN.fullmatch(between) is not None
        and "其中" not in between
    )
