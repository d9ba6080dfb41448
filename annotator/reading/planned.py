"""Whether a section speaks of what is still to come: there a measure is planned, everywhere else it is done."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.patterns import late
from annotator.reading.outline import Section

_PLANS = (
    "计划|安排|打算|设想|思路|部署|规划|努力方向|展望|目标任务|重点工作|工作重点|工作任务|工作目标|工作举措|工作措施"
)
_COMING = late(
    "下一?年度?|下一?步|下一?阶段|明年|来年|(?:今后|未来).*(?:计划|安排|打算|设想|思路|部署|规划|方向|展望|重点|任务|目标|举措|措施)"
)
_DATED = late(f"(20\\d\\d)\\s*年.*(?:{_PLANS})")
_BARE = late("(?:计划|安排|打算|设想|思路|努力方向|展望)$")
# `2023年工作计划完成情况` and `2023年工作举措和成效` look back.
_KEPT_PLAN = late(f"(?:{_PLANS}|任务|目标|要点)的?(?:完成|落实|执行|进展|推进|贯彻)")
_LOOKS_BACK = late("成效|成绩|回顾|总结|开展情况")
# `将普法纳入工作计划` is something done with a plan.
_PLAN_AS_OBJECT = late("^(?:将|把|按照|根据|落实|制定|纳入|完善)")


def is_planned(path: Sequence[Section], year: int | None = None) -> bool:
    """Whether a section path lies in the part on the coming year; `year` is the one reported on, where known."""
    return any(_plans(section.title, outermost=section.level == 1, year=year) for section in path)


def _plans(title: str, *, outermost: bool, year: int | None) -> bool:
    if _KEPT_PLAN.search(title):
        return False
    if _COMING.search(title):
        return True
    if _LOOKS_BACK.search(title):
        return False
    dated = _DATED.search(title)
    if dated:
        return year is None or int(dated[1]) > year
    # Without a word on when, only a main heading that is nothing but a plan: `工作打算`.
    return outermost and bool(_BARE.search(title)) and not _PLAN_AS_OBJECT.match(title)
