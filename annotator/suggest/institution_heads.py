"""Names read from their endings: before `局`, `中心` or `公司` what it is for, then the place, the level or the name it is of.

This module finds where a name begins whose ending is known; what stands around it is judged elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, NamedTuple

from annotator.suggest import institution_words as words
from annotator.suggest import measure_words
from annotator.suggest.institution_edges import Edges
from annotator.suggest.institution_places import Places
from annotator.suggest.reading import Reading
from annotator.suggest.word_lists import longest_first

UNIQUE: Final = re.compile(f"(?:{longest_first(words.UNIQUE)})")
_BODY: Final = f"(?P<body>{words.LAWFUL}|{words.OF_ASSEMBLY}|{longest_first(words.OF_LEVEL)})"
_OF_LEVEL: Final = re.compile(f"(?P<level>{words.LEVELS}){_BODY}")
_OF_LEVEL_OR_CORPS: Final = re.compile(f"(?P<level>{words.LEVELS_OF_CORPS}|{words.LEVELS}){_BODY}")
_ABBREVIATED: Final = re.compile("[一-鿿]{1,5}")
_ORDINAL: Final = re.compile(r"第[一二三四五六七八九十百0-9]{1,4}\Z")
_SOME: Final = re.compile("[一二两三四五六七八九十几数多各每][家个名所支批]")
_ELLIPSIS: Final = re.compile(r"(?:(?:省|市|区|县|镇|乡|州|街道)[、和与])+(?:村|社区|镇|乡|街道)\Z")
_PARENTS: Final = (
    "人民政府",
    "工作委员会",
    "委员会",
    "管委会",
    "街道办事处",
    "办事处",
    "总局",
    "局",
    "总队",
    "支队",
    "大队",
    "厅",
    "集团",
    "大学",
    "法院",
    "检察院",
)
_CLASS: Final = ("社区", "村", "居民", "小区", "人民调解", "行业", "专业")
#: Bodies of which one speaks in general, unless a place or a name of its own stands before.
_GENERAL: Final = frozenset(
    """学校 学院 大学 中学 小学 幼儿园 医院 公司 集团 银行 企业 协会 商会 学会 合作社 事务所 律所 巡视组 巡察组 督察组 督导组
    调查组 讲师团 宣讲团 服务队 志愿服务队 救援队 实验室 研究会 理事会 福利院 敬老院 收费站 林场 农场 法庭 仲裁庭 人民法庭 分局 税务分局
    派出所 司法所 支行 分行 卫生院 税务所 财政所 监管所 联合会 传媒集团 服务站 工作站 消防站 文化站 中队 消防队 律师事务所 有限公司
    法律服务所 联合社 合作联社 学生会 校友会 民办学校 处理厂 水厂 电厂 应急队 巡防队 工作队 艺术团 居委会 村委会""".split()
)
_DOES: Final = frozenset("承主协交转督创开筹申查代领包帮兴经采侦停补快通联好难举合试新待速急")
#: What a body does stands behind it, no part of it: 燕山大学合作建设实验室.
_ACTS: Final = (
    "派出",
    "合作",
    "联合",
    "共同",
    "开展",
    "检查",
    "查处",
    "走访",
    "约谈",
    "督促",
    "组织开展",
    "建设",
    "推进",
    "选派",
    "牵头",
    "统筹",
    "协调",
)
#: Words that no short name is made of; what a body is for may be a verb too.
_NOT_SHORT: Final = words.STOPS | words.NEVER_INSIDE | words.BREAKS | (measure_words.VERBS - words.MATTERS)
#: One character that stands for the body that reports, before its departments: 厅执法局, 校学术委员会.
_HOUSES: Final = "厅局校关院署"
#: What the names of bodies end with that may have parts behind them.
_LAST_OF_BODIES: Final = frozenset(body[-1] for body in (*words.OF_LEVEL, *words.UNIQUE, *_PARENTS)) | frozenset(
    "会室办组"
)
_LEVEL_NAMES: Final = frozenset(words.LEVELS.split("|"))
_CONNECTORS: Final = "和与及、"
_REACH: Final = 40
_LONGEST_NAME: Final = 16
_LONGEST_PLACE: Final = 6
_REACH_OF_LEVEL: Final = 10
_BRACKETS: Final = re.compile("[（(][一-鿿]{2,6}[)）]$")
#: Of these a place has many: the place alone makes no name.
_KINDS_OF_PLACES: Final = words.NEEDS_NAME - words.OF_LEVEL - words.ONE_OF_PLACE
_QUOTED: Final = re.compile('[“"][^“”"\\n，。；]{2,14}[”"]$')
_LONGEST_QUOTED: Final = 16
_CLOSING: Final = ("”", '"')
_HALLS: Final = ("服务", "办事", "接待", "展示", "政务")


class Found(NamedTuple):
    """One candidate: its range, how sure it is, the ending it was found by."""

    start: int
    end: int
    score: float
    ending: str


class _Before(NamedTuple):
    """What stands before an ending: where it begins, how many matters, and whether a place or a name of its own is in it."""

    start: int
    matters: int = 0
    placed: bool = False
    named: bool = False

    @property
    def bare(self) -> bool:
        return not self.placed and not self.named


def level_and_body(text: str) -> re.Pattern[str]:
    """The pattern of short names made of a level and a body, as the report has levels."""
    return _OF_LEVEL_OR_CORPS if any(sign in text for sign in words.CORPS) else _OF_LEVEL


class Heads:
    """The names of one report, asked for by their endings."""

    def __init__(self, reading: Reading, by_words: Edges, places: Places) -> None:
        self._text = reading.text
        self._reading = reading
        self._by_words = by_words
        self._places = places
        self._level = level_and_body(reading.text)

    def name(self, at: int, head: str) -> Found | None:
        """The name that ends with `head` at `at`; None where nothing before makes it one."""
        before = self._walked(at, head)
        if before.bare and before.start < at:
            before = self._in_its_house(before._replace(start=self._behind_leaders(before.start, at)), at)
        if before.start == at or self._is_a_kind(before, at, head):
            return None
        start, placed = before.start, before.placed
        if not placed and (ellipsis := _ELLIPSIS.search(self._text, max(0, start - 10), start)):
            start, placed = ellipsis.start(), True
        if not placed and not before.named and self._text[start : at + len(head)] in words.HEADS:
            return None
        whole = self._places.with_places(start) if placed or before.named else start
        score = _score(placed, before.named, before.matters, head)
        return Found(start if whole is None else whole, at + len(head), score, head)

    def all_matters(self, start: int, end: int) -> bool:
        """Whether `[start, end)` says what a body is for, and nothing else."""
        while end > start and (before := self._places.matter(end)) is not None:
            end = before
        return end == start

    def _walked(self, at: int, head: str) -> _Before:
        """What stands before the ending, as far back as it belongs to the name."""
        found = _Before(at)
        while found.start > max(0, at - _REACH) and not found.placed:
            further = self._further(found, head)
            if further is None:
                break
            named_now = further.named and not found.named and not self._text.startswith("第", further.start)
            found = further
            if named_now:
                break
        return found

    def _further(self, found: _Before, head: str) -> _Before | None:
        """`found` with the next piece before it taken in; None where there is none."""
        start, matters = found.start, found.matters
        if (before := self._places.matter(start)) is not None or (before := self._joined(start, matters)) is not None:
            return found._replace(start=before, matters=matters + 1)
        if (before := self._places.place_or_level(start)) is not None:
            return found._replace(start=before, placed=True)
        if (before := self._parent(start)) is not None:
            return found._replace(start=before, matters=matters + 1, placed=True)
        if (before := self._behind_quoted(start)) is not None:
            return found._replace(start=before, matters=matters + 1, placed=True)
        if ordinal := _ORDINAL.search(self._text, max(0, start - 6), start):
            return found._replace(start=ordinal.start(), named=True)
        if (before := self._own_name(start, head)) is not None:
            return found._replace(start=before, named=True)
        if matters and (before := self._places.stem(start)) is not None:
            return found._replace(start=before, named=True)
        return self._of_a_level(found, head)

    def _behind_quoted(self, end: int) -> int | None:
        """Where a place or level begins behind which stands, in quotation marks, what the body is for: 区“两违”专班."""
        if (
            self._text[end - 1 : end] not in _CLOSING
            or (found := _QUOTED.search(self._text, max(0, end - _LONGEST_QUOTED), end)) is None
        ):
            return None
        return self._places.place_or_level(found.start())

    def _of_a_level(self, found: _Before, head: str) -> _Before | None:
        """`found` from a level on that does not stand next to it: 区|食药|局, 区|教师申诉处理|委员会."""
        before = self._abbreviation(found.start, head)
        if before is None and len(head) > 1:
            before = self._places.level_before(found.start, _REACH_OF_LEVEL)
        return None if before is None else found._replace(start=before, matters=found.matters + 1, placed=True)

    def _in_its_house(self, before: _Before, at: int) -> _Before:
        """`before` with the one character that stands for the body which reports: 厅|执法局."""
        house = before.start - 1
        if before.start < at and house >= 0 and self._text[house] in _HOUSES and self._places.begins_name(house):
            return before._replace(start=house, placed=True)
        return before

    def _is_a_kind(self, before: _Before, at: int, head: str) -> bool:
        """Whether no body is named but a kind of body: 律师事务所, 社区调解委员会, 办税服务厅."""
        if not (before.matters or before.named or before.placed):
            return True
        if head == "厅" and (not before.placed or self._text.endswith(_HALLS, 0, at)):
            return True
        if head == "厂" and self._text.startswith("工", at - 1):
            return True
        if before.bare and head == "中心" and before.matters == 1:
            return True
        if before.bare:
            return head in _GENERAL or self._text.startswith(_CLASS, before.start)
        return not before.matters and not before.named and head in _KINDS_OF_PLACES

    def _behind_leaders(self, start: int, at: int) -> int:
        """`start` without verbs that were taken for what the body is for."""
        while start < at and (end := self._word_end(start)) < at and self._text[start:end] in words.LEADERS:
            start = end
        return at if self._text[start:at] in words.LEADERS else start

    def _word_end(self, start: int) -> int:
        edges = self._reading.edges
        return edges[min(bisect_left(edges, start + 1), len(edges) - 1)]

    def _joined(self, end: int, matters: int) -> int | None:
        """Where a matter begins that is joined to the one behind by 和 or the like, in a name that has a place."""
        if not matters or self._text[end - 1 : end] not in _CONNECTORS or end < 2:
            return None
        before = self._places.matter(end - 1)
        if before is None:
            return None
        at = before
        while (further := self._places.matter(at)) is not None:
            at = further
        return before if self._places.place_or_level(at) is not None else None

    def _parent(self, end: int) -> int | None:
        """Where a body begins that ends at `end`, to which the part behind belongs: 省委组织部."""
        if self._text.startswith(_ACTS, end):
            return None
        if self._text[end - 1 : end] not in _LAST_OF_BODIES:
            return None
        for length in range(min(16, end), 1, -1):
            match = self._level.fullmatch(self._text, end - length, end) or UNIQUE.fullmatch(
                self._text, end - length, end
            )
            if match:
                return end - length
        head = next((h for h in _PARENTS if self._text.endswith(h, max(0, end - 6), end)), None)
        if head is None:
            return None
        found = self.name(end - len(head), head)
        return found.start if found is not None and found.score > 0.8 else None

    def _own_name(self, end: int, head: str) -> int | None:
        """Where a name of its own begins before an ending that takes one; None where what stands there is none."""
        if head in words.PROPER:
            return self._name(self._in_brackets(end), _LONGEST_NAME)
        if head in words.LOCAL:
            return self._name(end, _LONGEST_PLACE)
        return None

    def _name(self, end: int, longest: int) -> int | None:
        start = self._by_words.name(end, longest)
        if longest < _LONGEST_NAME and (listed := self._places.listed_stem(end)) is not None:
            start = listed if start is None else min(start, listed)
        if start is None or _SOME.match(self._text, start, end) or self._all_kinds(start, end):
            return None
        if self._text.startswith(_ACTS, end) and self._text.endswith(_PARENTS, start, end):
            return None
        if longest < _LONGEST_NAME and self._text.endswith(tuple(words.LOCAL), start, end):
            return None  # 南屿海关|法治海关
        return start

    def _in_brackets(self, end: int) -> int:
        """Where a place in brackets before the ending begins: 博朗（滨海湖）有限公司; `end` where there is none."""
        found = _BRACKETS.search(self._text, max(0, end - 10), end)
        return found.start() if found else end

    def _all_kinds(self, start: int, end: int) -> bool:
        """Whether `[start, end)` says no more than what kind of body is meant: 第三方检测, 辖区物业."""
        at = end
        while at > start:
            word = self._text[max(start, self._by_words.before(at)) : at]
            if not self._by_words.is_no_name(word):
                return False
            at -= len(word)
        return True

    def _abbreviation(self, end: int, head: str) -> int | None:
        """Where `区食药` begins, before a short ending: a level, and up to five characters that are no verb."""
        if (
            len(head) > 2
            or self._text[end - 1 : end + len(head)] in measure_words.VERBS
            or head == "办"
            and self._does(end)
        ):
            return None
        for length in range(1, 6):
            start = end - length
            if start < 1 or not _ABBREVIATED.fullmatch(self._text, start, end):
                return None
            if (
                any(self._text[at : at + 2] in _NOT_SHORT for at in range(start, end))
                or self._text[start:end] in words.STOPS
            ):
                return None
            if self._text[start:end] in _LEVEL_NAMES or any(
                c in "的了在由向与和及对将把被为给让从是有我各每级" for c in self._text[start:end]
            ):
                return None
            level = self._places.place_or_level(start)
            if level is not None:
                return level
        return None

    def _does(self, end: int) -> bool:
        """Whether the 办 at `end` is the second half of a verb: 承办, 交办."""
        return self._text[end - 1 : end] in _DOES


def _score(placed: bool, named: bool, matters: int, head: str) -> float:
    """How sure a name is: a place and a matter make one, matters alone often, an ending with a place seldom less."""
    if placed and matters:
        return 0.92
    if placed or named:
        return 0.85
    return 0.7 if len(head) > 1 and matters > 1 else 0.55
