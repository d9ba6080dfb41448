"""Years that contradict the report's own: 2022年共受理 in the report on 2021."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.messages import N_
from annotator.quality.model import Finding, Statement, Verdict

KIND: Final = "year"
_WORKING: Final = N_("The report is about {year}; here it tells what was done in {stated}.")

_YEAR: Final = re.compile(
    "(?<![0-9０-９—–~～至-])(?P<year>20[0-9]{2})年(?!度?(?:计划|工作计划|工作要点|工作安排|规划|目标)|[-—–~～至])"
)
#: Behind the year: words that only something done has.
_DONE: Final = re.compile(
    "(?!度?(?:春节|元旦|初|年初|伊始|以来|第?[一二三]季度|上半年|[一二三四五六]月))(?:度)?[，,]?[^，,。；;0-9]{0,14}(?:共|累计|已|完成了|开展了|受理了)(?!同|识|和国|产党|建|享|治|性)"
)
#: What is arranged or written down already is still to come.
_SET_ASIDE: Final = re.compile("安排|计划|列入|谋划|部署|预算|纳入|申报|储备|拟定|确定")
_LISTED: Final = re.compile("《[^《》\n]*》|[（(〔\\[【][^（）()\n]{0,40}[）)〕\\]】]")
_TO_COME: Final = re.compile("将|拟|计划|力争|预计|以前|之前|底前")


def check(statement: Statement) -> Iterator[Finding]:
    """Years after the report's in clauses that tell of something done."""
    if statement.year is None:
        return
    later = (found for found in _YEAR.finditer(statement.text) if int(found["year"]) > statement.year)
    told = [found for found in later if _tells_of_the_past(statement.text, found)]
    closed = [m.span() for m in _LISTED.finditer(statement.text)] if told else []
    for found in told:
        if statement.planned(found.start()):
            continue
        if not any(a <= found.start() < b for a, b in [*closed, *statement.furniture]):
            params = {"year": statement.year, "stated": found.group()}
            place = (found.start(), found.end())
            computed = f"{statement.year}年"
            yield Finding(KIND, (place,), found.group(), computed, Verdict.DISAGREES, Wording(_WORKING, params))


def _tells_of_the_past(text: str, found: re.Match[str]) -> bool:
    if text.endswith("到", 0, found.start()) or _TO_COME.search(text, max(0, found.start() - 4), found.end() + 8):
        return False
    told = _DONE.match(text, found.end())
    return told is not None and not _SET_ASIDE.search(text, told.start(), told.end() + 5)
