"""Names that are listed against the number said to be listed: 《甲》《乙》《丙》等3份文件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity
from annotator.messages import N_
from annotator.quality.model import Finding, Statement, Verdict, exact

KIND: Final = "list"
_WORKING: Final = N_("{computed} names are listed; the text says {stated}.")

_TITLE: Final = "《[^《》\n]{1,80}(?:〈[^〈〉\n]{1,60}〉[^《》\n]{0,20})?》(?:[（(][^（）()\n]{1,12}[）)])?"
_TITLES: Final = re.compile(f"{_TITLE}(?:[、,，和及与]{{0,2}}{_TITLE})+(?P<close>等|共计?|总计|合计|这)?$")
_ONE: Final = re.compile(_TITLE)
#: Units in which documents are counted.
_UNITS: Final = frozenset("份 部 项 个 件 篇 本 种 套".split())
#: What was handed out is counted in copies, and so is what differs by more than a slip.
_HANDED_OUT: Final = re.compile("发放|派发|赠送|赠阅|分发|印制|印刷|购买|采购|张贴|订阅|征订")
_SLIP: Final = 3
_LONGEST: Final = 1200


def check(statement: Statement) -> Iterator[Finding]:
    """Lists of titles that end in their number."""
    for figure in statement.figures:
        if figure.unit in _UNITS and exact(figure) and statement.text[max(0, figure.start - 2) : figure.start].strip():
            found = _of(statement.text, figure)
            if found is not None:
                yield found


def _of(text: str, figure: Quantity) -> Finding | None:
    low = max(0, figure.start - _LONGEST, text.rfind("\n", 0, figure.start) + 1)
    found = next((m for m in _TITLES.finditer(text[low : figure.start])), None)
    if found is None or figure.value is None:
        return None
    listed = len(_ONE.findall(found.group()))
    stated = int(figure.value)
    if listed < stated and found["close"] == "等":
        return None  # some are named, the others are not
    verdict = Verdict.AGREES if listed == stated else Verdict.DISAGREES
    if verdict is Verdict.DISAGREES and (abs(listed - stated) > _SLIP or _HANDED_OUT.search(text[low : figure.start])):
        return None  # so many copies
    params = {"computed": listed, "stated": figure.text}
    spans = ((figure.start, figure.end), (low + found.start(), low + found.end()))
    return Finding(KIND, spans, figure.text, str(listed), verdict, Wording(_WORKING, params))
