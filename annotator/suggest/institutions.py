"""Institutions as suggestions: names of bodies by their endings, and what stands before those.

A name is read from its end: an ending (局, 委员会, 中心), before it what the body is for (市场监督管理), before that the level
or place it is of (区, 青枫县). Ordinary short names (镇党委, 区食药局) come out of the same grammar. What is generic (各部门), a
person's title (镇党委书记) or an ordinary meeting (党委会议) is no name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest import institution_short as short
from annotator.suggest import institution_words as words
from annotator.suggest import measure_words
from annotator.suggest.institution_edges import Edges
from annotator.suggest.institution_parts import end_with_part
from annotator.suggest.institution_places import Places
from annotator.suggest.reading import Range, Reading

LABEL: Final = "INSTITUTION"
SOURCE: Final = "institutions"

_ENDS_LIKE: Final = N_("ends like the name of an institution: {ending}")
_SHORT: Final = N_("short name of an institution: {name}")

_UNIQUE: Final = re.compile(f"(?:{words.longest_first(words.UNIQUE)})")
_BODY: Final = f"(?P<body>{words.LAWFUL}|{words.longest_first(words.OF_LEVEL)})"
_OF_LEVEL: Final = re.compile(f"(?P<level>{words.LEVELS}){_BODY}")
_OF_LEVEL_OR_CORPS: Final = re.compile(f"(?P<level>{words.LEVELS_OF_CORPS}|{words.LEVELS}){_BODY}")
_BARE: Final = re.compile(f"(?:{words.longest_first(words.BARE)})")
_HEAD: Final = re.compile(f"(?=(?P<head>{words.longest_first(words.HEADS)}))")
_PART: Final = re.compile(
    "(?:集团公司|集团|总公司|公司|厅|局|学校|学院|医院|中心|总队|支队|大队|校|院|委|部|署|社|台|行|所|站)"
    "(?:(?P<part>党组|党委|党总支|党支部|机关党委|机关纪委|纪委|纪检监察组|纪检组|工会|团委|团总支|妇委会|(?<=[局厅])办公室)"
    "|(?P<matters>[一-鿿]{2,8}?)(?:处(?![置理罚分])|科(?![学技研员])))"
)
_TITLE: Final = re.compile(words.TITLES)
_MEETING: Final = re.compile(words.MEETINGS)
_RUNS_ON_WORD: Final = re.compile(
    "(?<=政协)(?:提案|建议案)|(?<=人大)(?:代表|建议|议案)|(?<=大学)(?:科技城|科技园|城)|(?<=中心)(?:大厦|大楼|广场|小区|工作|任务|城市|城区|镇|大局|环节|组)|(?<=政府)(?:工作报告|工作部门|部门|组成部门|直属机构|系统|职能|规章|信息公开|采购|投资|购买|网站群)(?<!网站)"
)
_BOOK: Final = re.compile("《[^《》\n]*》")
_GENERIC_BEFORE: Final = re.compile(
    "(?:各级|各类|各|各(?:地|省|市|区|县|镇|乡|街|街道|州|村|社区|单位|部门|[、和（）()])+|有关|相关|其他|所有|全部|部分|多个|若干|等|该|此|某|任何|一些|两级|三级|本级|这些|每个"
    "|基层|个别|少数|多数|众多|不少|属地|辖区|驻地|当地|下级|同级|涉事|承办|主管|相应|各个|村|社区|苏木|嘎查|全[省市区县镇乡州旗])$"
)
_ABBREVIATED: Final = re.compile("[一-鿿]{1,5}")
_ORDINAL: Final = re.compile("第[一二三四五六七八九十百0-9]{1,4}$")
_SOME: Final = re.compile("[一二两三四五六七八九十几数多各每][家个名所支批]")
_COORDINATED: Final = re.compile(
    "(?:各|有关|相关|部分|个别|一些|少数|多数|基层)[^，。；：,;:\n、]{0,14}、(?:[^，。；：,;:\n、]{0,14}、)*$"
)
_ELLIPSIS: Final = re.compile("(?:(?:省|市|区|县|镇|乡|州|街道)[、和与])+(?:村|社区|镇|乡|街道)$")
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
_ACTS: Final = ("派出", "合作", "联合", "共同", "开展", "组织开展", "建设", "推进", "选派", "牵头", "统筹", "协调")
#: Words that no short name is made of; what a body is for may be a verb too.
_NOT_SHORT: Final = words.STOPS | words.NEVER_INSIDE | words.BREAKS | (measure_words.VERBS - words.MATTERS)
#: One character that stands for the body that reports, before its departments: 厅执法局, 校学术委员会.
_HOUSES: Final = "厅局校关院署"
_CONNECTORS: Final = "和与及、"
_REACH: Final = 40
_LONGEST_NAME: Final = 16
_LONGEST_PLACE: Final = 6
_REACH_OF_LEVEL: Final = 10
_BRACKETS: Final = re.compile("[（(][一-鿿]{2,6}[)）]$")


class _Found(NamedTuple):
    """One candidate: its range, how sure it is, the ending it was found by."""

    start: int
    end: int
    score: float
    ending: str


def suggest(reading: Reading) -> Iterator[Proposal]:
    """Every name of an institution in the body, each once, in text order."""
    search = _Search(reading)
    for found in _apart(search.candidates()):
        reason = _SHORT if found.ending == reading.text[found.start : found.end] else _ENDS_LIKE
        yield Proposal(
            found.start,
            found.end,
            LABEL,
            SOURCE,
            found.score,
            Wording(reason, {"ending": found.ending, "name": found.ending}),
        )


def _apart(candidates: Iterator[_Found]) -> list[_Found]:
    """Of candidates that overlap the longest, then the surest."""
    kept: list[_Found] = []
    for found in sorted(candidates, key=lambda f: (f.start - f.end, -f.score, f.start)):
        at = bisect_left(kept, found)
        if (at == 0 or kept[at - 1].end <= found.start) and (at == len(kept) or found.end <= kept[at].start):
            kept.insert(at, found)
    return kept


class _Search:
    """One report being searched."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._books = [book.span() for book in _BOOK.finditer(self._text)]
        self._edges = frozenset(reading.edges)
        self._numbers = {q.end: q for q in reading.quantities if q.kind in ("count", "number")}
        self._by_words = Edges(reading)
        self._places = Places(reading, self._by_words)
        self._level = _OF_LEVEL_OR_CORPS if any(c in self._text for c in words.CORPS) else _OF_LEVEL
        self._word_before = {end: start for start, end in reading.words}

    def candidates(self) -> Iterator[_Found]:
        """Every name by every rule; they overlap. What lies in the name of a meeting is none: 县委依法治县委员会第四次会议."""
        found = [self._with_part(one) for rule in self._rules() for one in rule]
        meetings = [one for one in found if _MEETING.match(self._text, one.end)]
        for one in found:
            if self._stands(one) and not any(m.start <= one.start and one.end <= m.end for m in meetings):
                yield one

    def _with_part(self, found: _Found) -> _Found:
        end = end_with_part(self._text, found.start, found.end, self._by_words)
        return found if end == found.end else found._replace(end=end)

    def _rules(self) -> tuple[Iterator[_Found], ...]:
        return (
            self._unique(),
            self._of_levels(),
            self._bare(),
            self._short(),
            self._by_heads(),
            self._parts_of_bodies(),
        )

    # ---- rules ----------------------------------------------------------------------------------

    def _unique(self) -> Iterator[_Found]:
        for match in _UNIQUE.finditer(self._text):
            yield _Found(*match.span(), 0.95, match.group())

    def _of_levels(self) -> Iterator[_Found]:
        for match in self._level.finditer(self._text):
            start = self._places.with_places(match.start(), level=match["level"])
            if start is not None:
                yield _Found(start, match.end(), 0.92, self._text[start : match.end()])

    def _bare(self) -> Iterator[_Found]:
        for match in _BARE.finditer(self._text):
            yield _Found(*match.span(), 0.7, match.group())

    def _short(self) -> Iterator[_Found]:
        for ranges, score in (
            (short.defined(self._text), 0.85),
            (short.quoted(self._text), 0.8),
            (short.of_the_same_place(self._text), 0.75),
            (short.of_the_town(self._text), 0.7),
            (short.media(self._text, self._by_words), 0.75),
        ):
            for start, end in ranges:
                if self._places.begins_name(start):
                    yield _Found(start, end, score, self._text[start:end])

    def _parts_of_bodies(self) -> Iterator[_Found]:
        """What belongs to a body that is named by its kind alone: 厅党组, 集团工会, 局政策法规科."""
        for match in _PART.finditer(self._text):
            if self._places.begins_name(match.start()) and (match["part"] or self._all_matters(*match.span("matters"))):
                yield _Found(*match.span(), 0.8, match.group())

    def _all_matters(self, start: int, end: int) -> bool:
        while end > start and (before := self._places.matter(end)) is not None:
            end = before
        return end == start

    def _by_heads(self) -> Iterator[_Found]:
        for match in _HEAD.finditer(self._text):
            head, at = match["head"], match.start()
            if self._ends_a_word(at + len(head), head):
                found = self._extended(at, head)
                if found is not None and (
                    len(head) > 1 or head not in "局厅" or found.score > 0.9 or found.end in self._edges
                ):
                    yield found

    # ---- what may stand before an ending ----------------------------------------------------------

    def _extended(self, at: int, head: str) -> _Found | None:
        """The name that ends with `head` at `at`; None where nothing before makes it one."""
        start, matters, placed, named = at, 0, False, False
        limit = max(0, at - _REACH)
        while start > limit and not placed:
            if (before := self._places.matter(start)) is not None:
                start, matters = before, matters + 1
            elif (before := self._joined(start, matters)) is not None:
                start, matters = before, matters + 1
            elif (before := self._places.place_or_level(start)) is not None:
                start, placed = before, True
            elif (before := self._parent(start)) is not None:
                start, placed, matters = before, True, matters + 1
            elif ordinal := _ORDINAL.search(self._text, max(limit, start - 6), start):
                start, named = ordinal.start(), True
            elif (before := self._own_name(start, head)) is not None:
                start, named = before, True
                break
            elif matters and (before := self._places.stem(start)) is not None:
                start, named = before, True
                break
            elif (before := self._abbreviation(start, head)) is not None:
                start, placed, matters = before, True, matters + 1
            elif len(head) > 1 and (before := self._places.level_before(start, _REACH_OF_LEVEL)) is not None:
                start, placed, matters = before, True, matters + 1
            else:
                break
        if not placed and not named:
            start = self._behind_leaders(start, at)
        if start == at or not (matters or named or placed):
            return None
        if (
            not placed
            and not named
            and self._text[start - 1 : start] in tuple(_HOUSES)
            and self._places.begins_name(start - 1)
        ):
            start, placed = start - 1, True
        if head == "厅" and (not placed or self._text[at - 2 : at] in ("服务", "办事", "接待", "展示", "政务")):
            return None
        if not placed and not named and (head in _GENERAL or self._text.startswith(_CLASS, start)):
            return None
        if (
            placed
            and not matters
            and not named
            and head in words.NEEDS_NAME
            and head not in words.OF_LEVEL | words.ONE_OF_PLACE
        ):
            return None
        if not placed and (ellipsis := _ELLIPSIS.search(self._text, max(0, start - 10), start)):
            start, placed = ellipsis.start(), True
        if not placed and not named and self._text[start : at + len(head)] in words.HEADS:
            return None
        whole = self._places.with_places(start) if placed or named else start
        return _Found(start if whole is None else whole, at + len(head), _score(placed, named, matters, head), head)

    def _behind_leaders(self, start: int, at: int) -> int:
        """`start` without verbs that were taken for what the body is for."""
        while start < at and (end := self._word_end(start)) < at and self._text[start:end] in words.LEADERS:
            start = end
        return start

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
        for length in range(min(16, end), 1, -1):
            match = self._level.fullmatch(self._text, end - length, end) or _UNIQUE.fullmatch(
                self._text, end - length, end
            )
            if match:
                return end - length
        head = next((h for h in _PARENTS if self._text.endswith(h, max(0, end - 6), end)), None)
        if head is None:
            return None
        found = self._extended(end - len(head), head)
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
            if word not in words.KINDS and word not in words.MATTERS:
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
            if any(c in "的了在由向与和及对将把被为给让从是有我各每级" for c in self._text[start:end]):
                return None
            level = self._places.place_or_level(start)
            if level is not None:
                return level
        return None

    def _does(self, end: int) -> bool:
        """Whether the 办 at `end` is the second half of a verb: 承办, 交办."""
        return self._text[end - 1 : end] in _DOES

    # ---- what makes a candidate none ---------------------------------------------------------------

    def _ends_a_word(self, end: int, head: str) -> bool:
        if self._runs_on(end):
            return False
        if (
            len(head) > 1
            and end not in self._edges
            and end - len(head) not in self._edges
            and self._text[end : end + 1].isalpha()
        ):
            return False  # inside two other words: 集中/学法
        if head == "站" and self._text[end - 2 : end] == "网站":
            return False
        following = self._text[end : end + 1]
        return len(head) > 1 or head in "局厅" or end in self._edges or not following.isalpha() or following in "等和及"

    def _runs_on(self, end: int) -> bool:
        """Whether what follows takes the ending into another word: 办理, 党委会; but 镇党委会同 is none."""
        following = self._text[end : end + 1]
        taken = following and following in words.RUNS_ON.get(self._text[end - 1], "")
        return bool(taken) and not self._text.startswith(words.GOES_ON, end)

    def _stands(self, found: _Found) -> bool:
        text, start, end = self._text, found.start, found.end
        if self._runs_on(end):
            return False
        if _TITLE.match(text, end) or any(low < end and start < high for low, high in self._books):
            return False
        if text[start - 1 : start] in ("级", ")", "）", "·", "+") and start:
            return False
        if _RUNS_ON_WORD.match(text, end) or text[end : end + 1] == "+":
            return False
        if text[start - 1 : start] == "、" and _COORDINATED.search(text, max(0, start - 40), start):
            return False
        if _GENERIC_BEFORE.search(text, max(0, start - 8), start) or self._counted(start):
            return False
        return "\n" not in text[start:end]

    def _counted(self, start: int) -> bool:
        """Whether a number stands before: 12个政务服务站 are a kind of body."""
        return any(
            end in self._numbers and _same_phrase(self._text[end:start]) for end in range(start, max(0, start - 7), -1)
        )


def _same_phrase(between: str) -> bool:
    return all(
        (char.isalpha() and char not in "到向在由与被对和将把经为报送呈交给") or char in "（()）" for char in between
    )


def _score(placed: bool, named: bool, matters: int, head: str) -> float:
    """How sure a name is: a place and a matter make one, matters alone often, an ending with a place seldom less."""
    if placed and matters:
        return 0.92
    if placed or named:
        return 0.85
    return 0.7 if len(head) > 1 and matters > 1 else 0.55


__all__ = ["LABEL", "SOURCE", "Range", "suggest"]
