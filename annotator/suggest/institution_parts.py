"""Parts of a body that stand behind its name: `县公安局森林警察大队`, `市局价监竞争科`, `纪委监委驻教育局纪检监察组`.

What a part is called may be in no list, so it is read forward from the whole: up to the ending of a part, over words that
names go over. This module knows nothing of what stands before the whole.
"""

from __future__ import annotations

import re
from typing import Final

from annotator.suggest import institution_words as words
from annotator.suggest.institution_edges import Edges
from annotator.suggest.institution_places import Places

_WHOLE: Final = re.compile(
    "(?:局|厅|政府|法院|检察院|中院|高院|管委会|管理委员会|委员会|办事处|监委|纪委|发改委|卫健委|国资委|公司|集团|银行|大学|学院|学校|医院"
    "|研究院|总队|支队|署|海关|红十字会|总工会|事务所|联社|信用社|委)$"
)
_SHORT_REACH: Final = 7
_LONG_REACH: Final = 16
#: Parts that are called after a place, which may be long, and others.
_FAR: Final = (
    "支行|分行|分局|税务局|派出所|司法所|监管所|法庭|分公司|纪检监察组|纪检组|工作站|工作队|分所|稽查局|执行局|缉私局|调查队|分会|分社|监管分局|专员办"
    "|管理站"
)
_NEAR: Final = (
    "机关党委|机关纪委|支队|大队|中队|总队|研究室|督查室|办公室|工作部|领导小组|服务中心|指挥中心|分中心|中心|党总支|党支部|党委|党组|工会|团委"
    "|研究所|管理所|服务所|学生会|(?<![各个会厕场住处之无有])所|(?<!居民|村民)委员会|(?<![本学百文专外内儿妇全各])科|(?<![查调惩好深用出到此长各何多双办])处|股|庭"
)
#: Parts that may follow the whole at once.
_AT_ONCE: Final = frozenset(
    "稽查局 缉私局 执行局 机关党委 机关纪委 党组 党委 纪检组 纪检监察组 办公室 工会 团委 督查室 研究室 党支部 党总支".split()
)
_PART: Final = re.compile(f"(?P<far>{_FAR})|(?P<near>{_NEAR})")
#: The study group of a party committee, with whose it is: 镇党委理论学习中心组.
_STUDY_GROUP: Final = re.compile(
    "(?:(?<=[委组])(?:[（(]党[组委][）)])?|党组|党委(?:[（(]党组[）)])?)(?:理论学习|理论)?中心组(?!成员)"
)
_NOBODYS: Final = ("党委", "党工委", "党组")
_STATIONED: Final = re.compile("(?:派)?驻")


def end_with_part(text: str, start: int, end: int, by_words: Edges, places: Places) -> int:
    """Where the name of the part ends that stands behind the body at `[start, end)`; `end` where there is none."""
    if not _WHOLE.search(text, max(start, end - 6), end):
        return end
    stationed = _STATIONED.match(text, end)
    begin = stationed.end() if stationed else end
    limit = next((at for at in range(begin, min(len(text), end + 24)) if not "一" <= text[at] <= "鿿"), end + 24)
    best = end
    for found in _PART.finditer(text, begin, min(len(text), limit)):
        reach = _LONG_REACH if stationed or found["far"] else _SHORT_REACH
        if found.start() - begin > reach:
            break
        if not (stationed or _is_part(begin, found.start(), by_words) or places.listed_stem(found.start()) == begin):
            break
        if found.start() == begin and found.group() not in _AT_ONCE:
            continue
        if _ends(text, found, by_words):
            best = found.end()
            if found["far"]:
                break
    return best


def _is_part(start: int, end: int, by_words: Edges) -> bool:
    """Whether what stands between the whole and the ending may say which part is meant."""
    return by_words.is_one(start, end) or by_words.is_matter(start, end) or by_words.is_joined(start, end)


def _ends(text: str, found: re.Match[str], by_words: Edges) -> bool:
    """Whether the ending of a part is one: no part of another word (处置, 科技)."""
    end = found.end()
    following = text[end : end + 1]
    if following and following in words.RUNS_ON.get(text[end - 1], "") and not text.startswith(words.GOES_ON, end):
        return False
    return len(found.group()) > 1 or by_words.is_edge(end) or text[end : end + 2] in words.NEVER_INSIDE


def end_with_study_group(text: str, start: int, end: int) -> int:
    """Where the study group of the body at `[start, end)` ends that stands behind it; `end` where there is none.

    党委理论学习中心组 alone is said of any: whose it is must be told.
    """
    found = None if text[start:end] in _NOBODYS else _STUDY_GROUP.match(text, end)
    return found.end() if found else end
