"""Decides what a number is: a result that may be proposed, a bare number, or something to pass over.

The rules lean on how reports write: figures in Arabic numerals count nearly always, Chinese digits seldom.
"""

from __future__ import annotations

import re

from annotator.domain.quantity import context, grammar, units
from annotator.domain.quantity.parts import SCALE_ONLY, Part

FIGURES = frozenset("0123456789０１２３４５６７８９")
_PLAN = re.compile("十[一二三四五六]五")
# Behind a Chinese digit: units that are never part of a word (as 方 and 度 are), and classifiers that mostly are.
_PLAIN_PHYSICAL = frozenset("米 克 吨 亩 斤 升 公里 平方公里 平方米 公斤 公顷 立方米 千米 千克".split())
_NEVER_SMALL = frozenset("期 处 则 首 顶 部 例 封 人".split())
_ONCE = frozenset("次 场 宗 件 份 名 座 辆 场次 人次 批次".split())
_SAFE = _PLAIN_PHYSICAL | frozenset(
    """次 批 场 場 宗 件 份 家 名 户 戶 台 辆 座 所 间 栋 幢 轮 篇 册 艘 架 株 棵 盏 枚 套 部 笔 例 幅 人 处 桩 批次 场次 人次 起
    个 個 项 項 条 條 张 張 位 支 只 类 類 种 種 组 块 款 片 元 万元 美元 户次 家次 件次 台次 个次 番""".split()
)
# With a round number before them these are words: 十字, 二十四节气, 四十度.
_WORDLIKE = frozenset("字 节 宿 行 国 度 方 里 分 门 面 味 尾 眼 集 发 丘 省 乡 线 角 毛 两 斗 级 口".split())


def kind_of(
    text: str, part: Part, start: int, end: int, approximate: bool, currency: str, whole: bool
) -> tuple[str, str]:
    """Kind and direction; an empty kind for what is no number at all (统一, 一般)."""
    ordinal = _ordinal(text, part)
    if ordinal:
        return ("rank" if whole and text[part.start - 1] == "第" else ordinal), ""
    if not whole and (
        context.in_title(text, start, end)
        or context.in_slogan(text, start, end, figures=part.arabic and part.unit is not None)
    ):
        return "name", ""
    family = part.unit.family if part.unit else ("money" if currency else "")
    if not family:
        return _bare(text, part, start, end, approximate, whole), ""
    if family == "ordinal":
        return _numbered(text, part), ""
    if part.unit and part.unit.text == "起" and grammar.YEAR.fullmatch(part.numeral):
        return "date", ""
    if part.arabic and text[start - 1 : start] == "每":
        return ("time" if family == "time" else "number"), ""
    if not part.arabic and not approximate and not _counts(text, part, end, family, whole):
        return _incidental(text, part), ""
    return _result(text, part, start, family)


def _ordinal(text: str, part: Part) -> str:
    before = text[part.start - 1] if part.start else ""
    if part.unit is not None and part.unit.text == "次" and context.look_back(grammar.SESSION, text, part.start, 14):
        return "ordinal"
    if before and before in ("第前 " if part.arabic else "第前其 "):
        if context.look_back(grammar.DOCUMENT_BEFORE, text, part.start, 5) and before == "第":
            return "document"
        if context.look_back(grammar.ORDINAL_BEFORE, text, part.start, 2) and (
            before != "前" or part.unit is None or part.unit.family != "time"
        ):
            return "rank" if before == "第" and context.look_back(grammar.RANK, text, part.start - 1, 14) else "ordinal"
    return ""


def _numbered(text: str, part: Part) -> str:
    """92号 behind a bracketed year or the like is a document, else an ordinal."""
    if part.unit and part.unit.text in ("号", "號") and context.look_back(grammar.DOCUMENT_BEFORE, text, part.start, 5):
        return "document"
    return "ordinal"


def _bare(text: str, part: Part, start: int, end: int, approximate: bool, whole: bool) -> str:
    """A numeral without a unit."""
    if part.arabic:
        if grammar.YEAR.fullmatch(part.numeral) and not whole and not approximate:
            bracketed = text[part.end : part.end + 1] in tuple("〕]］】)）")
            return "number" if context.alone(text, start, end) and not bracketed else "date"
        lettered = grammar.LETTERED.match(text, part.start)
        if lettered and lettered.end() > part.end:
            return "name"
        if part.more or part.scale:
            return "count"  # 100余, 3.5亿: the unit goes without saying
        return "document" if not whole and not approximate and _is_serial(text, part) else "number"
    if part.more and not whole:
        return "count"  # 百余, 几十万
    if whole or approximate:
        return "number" if part.value is not None else "name"
    after = text[end : end + 1]
    if part.value is None or after == "大" or _PLAN.fullmatch(part.numeral):
        return "name" if len(part.numeral) > 1 or after == "大" else ""
    if context.alone(text, start, part.end):
        return "number"
    scaled = any(char in grammar.CN_SCALE + "点點" for char in part.numeral)
    if len(part.numeral) > 1 and scaled and not SCALE_ONLY.fullmatch(part.numeral):
        return "number"
    return "name" if len(part.numeral) > 1 and not SCALE_ONLY.fullmatch(part.numeral) else ""


def _is_serial(text: str, part: Part) -> bool:
    """A long run of figures without separators, or one behind 标识码 and the like."""
    if len(part.numeral) >= 11 and all(char in FIGURES for char in part.numeral):
        return True
    return context.look_back(grammar.DOCUMENT_BEFORE, text, part.start, 5) is not None


def _result(text: str, part: Part, start: int, family: str) -> tuple[str, str]:
    if family == "time":
        shorter = context.look_back(grammar.SHORTER, text, start, 6)
        if shorter:
            return "change", "down"
        return ("count" if _is_result_of_time(text, part, start) else "time"), ""
    direction = _direction(text, start)
    if part.unit and part.unit.text in units.POINTS:
        return "change", direction
    if direction:
        return "change", direction
    if family in ("money", "rate", "ratio"):
        return family, ""
    if family == "noun" and not _noun_counts(part):
        return "number", ""
    return "count", ""


def _is_result_of_time(text: str, part: Part, start: int) -> bool:
    """学时 and long sums of hours are what was done; 24小时 and 3年 are not."""
    unit = part.unit.text if part.unit else ""
    if unit in ("学时", "课时"):
        return True
    if unit in ("天", "日") and context.look_back(grammar.DAYS, text, start, 6):
        return True
    if unit in ("小时", "个小时") and part.value is not None:
        return part.value >= 100 or (part.value > 24 and context.look_back(grammar.LASTING, text, start, 6) is not None)
    return False


def _noun_counts(part: Part) -> bool:
    return part.value is not None and part.value < 1000 and part.value == part.value.to_integral_value()


def _direction(text: str, start: int) -> str:
    found = context.look_back(grammar.CHANGE, text, start, 10) or context.look_back(grammar.COMPARED, text, start, 18)
    return (found.lastgroup or "") if found else ""


def _counts(text: str, part: Part, end: int, family: str, whole: bool) -> bool:
    """Whether a Chinese numeral with a unit states a result: 两批 does, 三级, 百度 and 一个 do not."""
    if whole:
        return True
    if not part.value or part.unit is None or _is_no_amount(part):
        return False
    if family in ("time", "rate", "ratio"):
        return part.numeral != "一半"
    if _bracketed(text, part) or grammar.SECOND.match(text, part.start):
        return False
    if context.look_back(grammar.EACH, text, part.start, 2):
        return False
    if part.value_max is not None and part.unit.text in _SAFE:
        return True
    if part.value >= 10:
        return part.unit.text in _SAFE or (part.numeral != "十" and part.unit.text not in _WORDLIKE)
    return _small_counts(text, part, end)


def _is_no_amount(part: Part) -> bool:
    """千里, 百倍 without an approximator, 一一, and 二 before anything but 次 (people count with 两)."""
    numeral, unit = part.numeral, part.unit.text if part.unit else ""
    if numeral == "二":
        return unit not in ("次", "人次", "%", "成")
    if SCALE_ONLY.fullmatch(numeral):
        return numeral != "十"
    return len(numeral) > 1 and part.value_max is None and all(char in grammar.CN_DIGIT for char in numeral)


def _small_counts(text: str, part: Part, end: int) -> bool:
    """One to nine: after most classifiers only where the clause is over (荣誉三项), for it may be a name."""
    unit = part.unit.text if part.unit else ""
    if context.look_back(grammar.FREQUENCY, text, part.start, 12):
        return False
    over = grammar.CLAUSE_OVER.match(text, end) is not None
    if part.value == 1:
        return over and unit in _ONCE and not context.look_back(grammar.ONLY_ONCE, text, part.start, 4)
    if part.numeral == "二":
        return over
    if over and unit in _SAFE:
        return True
    strong = part.unit is not None and part.unit.family == "strong"
    return (strong and unit not in _NEVER_SMALL) or unit in _PLAIN_PHYSICAL


def _incidental(text: str, part: Part) -> str:
    """What a Chinese numeral is that counts nothing: a number where it could (两个方面), else a part of a name."""
    small = part.value is None or part.value <= 1 or _is_no_amount(part)
    small = small or (part.unit is not None and part.unit.text in _WORDLIKE)
    return "name" if small or _bracketed(text, part) else "number"


def _bracketed(text: str, part: Part) -> bool:
    """二期 in （二期） is the name of a stage."""
    return text[part.start - 1 : part.start] in ("(", "（") and text[part.end : part.end + 1] in (")", "）")
