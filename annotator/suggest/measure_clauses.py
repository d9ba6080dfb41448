"""Which clauses of a report may hold a measure, and which clauses are one with the clause before them.

Headings that stand alone and sections on shortcomings hold none; a clause that only goes on with a list, a count or a
phrase left open belongs to the one before. What the measure in a clause is, `measures` says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from annotator.domain.clauses import clauses
from annotator.reading.outline import Section
from annotator.suggest import measure_words as words
from annotator.suggest.reading import Range, Reading
from annotator.suggest.word_lists import longest_first

ADVERB: Final = f"(?:{longest_first(words.ADVERBS)})"
#: Words that begin an action with these behind them only: 保障执法设施, but no 保障群众权益.
_WITH_OBJECT: Final = (
    "深入(?=[0-9])"
    f"|深入(?!{longest_first(words.VERBS)}|贯彻|领会|践行)(?=[^，,。；;的]{{2,24}}(?:调研|走访|检查|宣传|宣讲|了解|指导|摸排|排查|慰问))"
    "|争取(?=[^，,。；;]{2,30}(?:资金|项目|试点|指标|名额|创建|申报)(?:工作)?(?:[0-9][^，,。；;]*)?(?:[，,。；;\\n]|$))"
    "|[作做]出(?=[^，,。；;]{0,12}(?:[0-9]|决定|批示|部署|安排|规定|答复))"
    "|保障(?=[^，,。；;、的]{1,8}(?:设施|设备|经费|装备|物资|资金|编制|场所|车辆)(?:[，,。；;\\n]|$))"
    "|(?:提升|提高)(?=(?:及|和|并)(?:改进|完善|优化|规范|改造)"
    "(?![^，,。；;]*(?:水平|能力|质量|效率|效能|效果|素质|意识)(?:[，,。；;\\n]|$)))"
)
ACTION: Final = re.compile(f"(?:{ADVERB}地?)*?(?P<verb>{longest_first(words.VERBS)}|{_WITH_OBJECT})")
VERB: Final = re.compile(longest_first(words.VERBS))

_SHORTCOMINGS: Final = re.compile("不足|问题(?!解决|整改|导向)|困难|短板|薄弱|差距")
_COUNTED_ON: Final = re.compile(
    "[0-9０-９一二三四五六七八九十百千两]+余?(?:个|家|名|次|人|份|件|宗|户|项|起|条|处|场|所|间)"
)
_EXPLAINS: Final = re.compile("即(?!可|时|将)|就是|分别")
_GOES_ON: Final = re.compile("以及|及其|及(?!时|早)|和(?!解|谐)|或(?!者)")
#: 成立以镇长为组长 stays open till a 的 says what was founded.
_LEFT_OPEN: Final = re.compile("(?:成立|组建|建立|设立|形成)了?(?:以|由)[^的。；;]*$")
#: Who was called together; what for stands behind the comma.
_CALLED: Final = re.compile(
    "(?:组织|邀请|联合|会同|动员|协调)[^，,。；;]{2,36}(?:人员|干部|部门|单位|委员|代表|专家|律师|队伍|力量|职工|群众|党员|学生|企业)$"
)
_FOR_WHAT: Final = re.compile("对|就|到|赴|深入|前往|开展|进行")
#: A further thing counted by the verb before: 检查食堂10间,销售单位5家.
_THING_COUNTED: Final = re.compile(
    "(?P<thing>[一-鿿（）()、]{2,24}?)(?:约|近|超|共)?[0-9][0-9.,]*[余多万亿]*(?:个|家|名|间|所|处|户|项|条|份|辆|台|套|座)$"
)
_PLAIN_VERB: Final = re.compile(longest_first(words.VERBS - words.NOUNS_TOO))
_COUNTING: Final = re.compile("检查|抽查|检测|排查|走访|梳理|建成|新建|设立|设置|配备|购置|公布|清理")
#: The same things told in another number: 梳理权责9类,共计1104项清单事项.
_IN_ALL: Final = re.compile("(?:共计|合计|总计|共)[0-9][0-9.,]*[余多万亿]*[一-鿿]{1,16}$")
_ANY_COUNT_END: Final = re.compile("[0-9][余多万亿]*[一-鿿]{1,2}$")
#: A pattern of several parts, said what it is behind the last: 建立一个平台,三个站点的服务体系.
_FIRST_PART: Final = re.compile(
    "(?:建立|构建|形成|打造|搭建|组建)了?[0-9一二三四五六七八九十两][个项条支级层套张][^，,。的]{1,12}$"
)
_LAST_PART: Final = re.compile(
    "[0-9一二三四五六七八九十两][个项条支级层套张][^，,。的]{1,12}的[^，,。的]{2,16}(?:格局|体系|机制|模式|网络|架构|队伍|阵地)$"
)
#: An atmosphere of several parts: 营造干部守法,群众用法的氛围.
_SETTING: Final = re.compile("(?:营造|形成)[^，,。；;的]*(?<!氛围|环境|格局|局面|风尚|风气|合力|共识|机制|体系)$")
_SETTING_END: Final = re.compile("[^。；;\n的]{2,80}的[^，,。；;\n]{0,10}(?:氛围|环境|格局|局面|风尚|风气)")
#: What is done where a case comes up is a rule, and so is all that follows in the sentence.
_CONDITION: Final = re.compile("如果|假如|倘若|如遇|如有|若有|若遇")
_SENTENCE_END: Final = re.compile(r"[。！？!?\n]|\Z")
_NO_THING: Final = re.compile(
    "率|额|比|人数|次数|总数|数量|其中|涉及|达|惠及|受益|参与|参加|分别|笔录|咨询|文书|案件|全[省市区县镇]|每|已"
)
_COUNT_END: Final = re.compile(
    "[0-9][余多万亿]*(?:个|家|名|间|所|处|户|项|条|份|辆|台|套|座)(?:[（(][^（）()]*[）)])?$"
)
#: A heading closed by 。 may have a comma; a sentence is longer, or counts.
_MOST_OF_HEADING: Final = 34
#: No sentence is longer: what is, is a table or a heap of words, and would be searched again and again.
_LONGEST: Final = 1000
_NO_HEADING: Final = re.compile("[0-9《]|[,，][^,，]*[,，][^,，]*[,，]")


def measure_clauses(reading: Reading) -> list[Range]:
    """The clauses that may hold a measure; those that only go on with a list are one with the clause before."""
    text = reading.text
    headings = _closed_headings(reading)
    first = reading.sections[0].start if reading.sections else 0
    kept: list[Range] = []
    rule_end = 0
    for start, end in clauses(text):
        if start >= rule_end and _CONDITION.match(text, start) and (closed := _SENTENCE_END.search(text, start)):
            rule_end = closed.start()
        if (
            end - start > _LONGEST
            or start < rule_end
            or start < first
            or _in_heading(headings, start, end)
            or not _speaks_of_actions(reading, start)
        ):
            continue
        if kept and _continues(text, kept[-1], start, end):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept


def _in_heading(headings: list[Range], start: int, end: int) -> bool:
    at = bisect_left(headings, (start + 1, 0)) - 1
    return at >= 0 and headings[at][0] <= start and end <= headings[at][1] + 1


def _speaks_of_actions(reading: Reading, offset: int) -> bool:
    return not any(_SHORTCOMINGS.search(section.title) for section in reading.path(offset)[:2])


def _continues(text: str, before: Range, start: int, end: int) -> bool:
    """Whether a clause only goes on with what the one before it counts, lists or leaves open."""
    if start - before[0] > _LONGEST or text[before[1] : start].strip() not in (",", "，"):
        return False
    if _GOES_ON.match(text, start) and not ACTION.match(text, _skip(_GOES_ON, text, start)):
        return True
    if _LEFT_OPEN.search(text, *before) or _is_left_open(text, before, start, end):
        return True
    if _CALLED.search(text, *before) and _FOR_WHAT.match(text, start):
        return True
    if _counts_on(text, before, start, end):
        return True
    counted = _COUNTED_ON.match(text, start)
    if counted is None or end - start > 24 or _EXPLAINS.search(text, start, end):
        return False
    return bool(_COUNTED_ON.search(text, *before)) and not VERB.search(text, counted.end(), end)


def _is_left_open(text: str, before: Range, start: int, end: int) -> bool:
    """Whether what the clause before began to build or to create is named in this one, or further on."""
    if _FIRST_PART.search(text, *before) and _LAST_PART.fullmatch(text, start, end):
        return True
    return bool(_SETTING.search(text, *before) and _SETTING_END.match(text, start))


def _counts_on(text: str, before: Range, start: int, end: int) -> bool:
    """Whether a clause names one more thing that the verb before has counted."""
    if _IN_ALL.fullmatch(text, start, end) and _ANY_COUNT_END.search(text, *before):
        return _counted_by(text, before)
    counted = _THING_COUNTED.fullmatch(text, start, end)
    if counted is None or not _COUNT_END.search(text, *before):
        return False
    thing = counted.span("thing")
    if ACTION.match(text, start, end) or _PLAIN_VERB.search(text, *thing) or _NO_THING.search(text, start, end):
        return False
    return _counted_by(text, before)


def _counted_by(text: str, before: Range) -> bool:
    return _COUNTING.search(text, before[0], min(before[0] + 24, before[1])) is not None


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _closed_headings(reading: Reading) -> list[Range]:
    """The headings that stand alone; one that runs on into its sentence, or has nothing under it, is a clause."""
    return [
        (section.start, section.heading_end) for section in reading.sections if _stands_alone(reading.text, section)
    ]


def _stands_alone(text: str, section: Section) -> bool:
    """Whether a heading is no part of a sentence: it has its line, or is a short sentence with others under it."""
    closing = text[section.heading_end : section.heading_end + 1]
    if closing in ("", "\n", "\u2028"):
        return True
    if closing not in "。：: \u3000":
        return False
    with_comma = "，" in section.title or "," in section.title
    if closing != "。":
        return not with_comma
    if not text[section.body_start : section.end].strip():
        return False
    return not with_comma or (
        "\n" not in text[section.heading_end : section.body_start]
        and len(section.title) <= _MOST_OF_HEADING
        and not _NO_HEADING.search(section.title)
    )
