"""Shares over the whole where that cannot be: a satisfaction rate of 102 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.messages import N_
from annotator.quality.model import Finding, Statement, Verdict

KIND: Final = "over100"
_WORKING: Final = N_("{name} cannot be more than 100%; the text says {stated}.")

#: Rates of parts of a whole. 完成率, 增长率, 到位率, 普及率, 签约率 and the like may pass 100 %, and so may 办结率 and 破案率
#: where older cases were settled too.
_OF_PARTS: Final = re.compile(
    "(?P<name>(?:满意|合格|覆盖|胜诉|败诉|调解成功|成功|按时办结|按期办结|及时|合规|达标|准确|出庭|出庭应诉|履行|知晓|整改|回复|答复|反馈|抽检合格|公开|备案|审核|审查|通过|接通|持证)率)(?:已)?(?:达到|达|为|是|均为|均达)?\\Z"
)


def check(statement: Statement) -> Iterator[Finding]:
    """Rates of parts above one."""
    for figure in statement.figures:
        if figure.kind != "rate" or figure.value is None or figure.value <= 1 or figure.unit not in ("%", "％"):
            continue
        named = _OF_PARTS.search(statement.text, max(0, figure.start - 14), figure.start)
        if named:
            params = {"name": named["name"], "stated": figure.text}
            spans = ((figure.start, figure.end),)
            yield Finding(KIND, spans, figure.text, "≤100%", Verdict.DISAGREES, Wording(_WORKING, params))
