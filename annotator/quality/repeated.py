"""The same indicator twice with different values: words that are alike to the letter, and figures that are not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.clauses import clause_at
from annotator.domain.quantity import Quantity
from annotator.messages import N_
from annotator.quality.model import Finding, Statement, Verdict, exact

KIND: Final = "repeated"
_WORKING: Final = N_("“{words}” is {first} in one place and {second} in another.")

#: Only words that count everything say the same thing in both places.
_ALL: Final = re.compile("(?:全年|全年共|年度|20[0-9]{2}年)[^0-9]{0,8}(?:共|累计|总计)|(?:共计?|累计|总计|合计)")
_FRONT: Final = re.compile("^(?:其中|同时|并|目前|截至[^，,]{0,10}|20[0-9]{2}年(?:度)?|全年|去年|我[省市区县镇街局])+")
_SHORTEST: Final = 6


def check(statement: Statement) -> Iterator[Finding]:
    """Pairs of figures with the same words before and behind them; the later one is what is stated."""
    known: dict[tuple[str, str, bool], list[Quantity]] = defaultdict(list)
    for figure in statement.figures:
        words = _words(statement.text, figure)
        if words is not None and exact(figure):
            known[words, figure.unit, statement.planned(figure.start)].append(figure)
    for (words, _unit, _planned), figures in known.items():
        first = figures[0]
        for other in figures[1:]:
            if other.value != first.value:
                params = {"words": words, "first": first.text, "second": other.text}
                spans = ((other.start, other.end), (first.start, first.end))
                yield Finding(KIND, spans, other.text, first.text, Verdict.DISAGREES, Wording(_WORKING, params))


def _words(text: str, figure: Quantity) -> str | None:
    """The words of the clause before and behind the figure; None where they do not say what all of them are."""
    low, high = clause_at(text, figure.start) or (figure.start, figure.end)
    before = text[low : figure.start]
    if low > figure.start or not _ALL.search(before):
        return None
    words = _FRONT.sub("", before) + "…" + text[figure.end : max(high, figure.end)]
    return words if len(words) > _SHORTEST and not re.search("[0-9]", words) else None
