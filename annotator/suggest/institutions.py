"""Institutions as suggestions: names of bodies by their endings, and what stands before those.

A name is read from its end: an ending (局, 委员会, 中心), before it what the body is for (市场监督管理), before that the level
or place it is of (区, 青枫县). Ordinary short names (镇党委, 区食药局) come out of the same grammar. What is generic (各部门), a
person's title (镇党委书记) or an ordinary meeting (党委会议) is no name.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.reading import divisions
from annotator.suggest import institution_words as words
from annotator.suggest.reading import Range, Reading

LABEL: Final = "INSTITUTION"
SOURCE: Final = "institutions"

_ENDS_LIKE: Final = N_("ends like the name of an institution: {ending}")
_SHORT: Final = N_("short name of an institution: {name}")

_LEVEL: Final = re.compile(words.LEVELS)
_UNIQUE: Final = re.compile(f"(?:{words.longest_first(words.UNIQUE)})")
_OF_LEVEL: Final = re.compile(f"(?P<level>{words.LEVELS})(?P<body>{words.longest_first(words.OF_LEVEL)})")
_BARE: Final = re.compile(f"(?:{words.longest_first(words.BARE)})")
_HEAD: Final = re.compile(f"(?=(?P<head>{words.longest_first(words.HEADS)}))")
_TITLE: Final = re.compile(words.TITLES)
_RUNS_ON_WORD: Final = re.compile(
    "(?<=中心)(?:工作|任务|城市|城区|镇|大局|环节|组)|(?<=政府)(?:工作报告|职能|规章|信息公开|采购|投资|购买|网站群)(?<!网站)"
)
_BOOK: Final = re.compile("《[^《》\n]*》")
_GENERIC_BEFORE: Final = re.compile(
    "(?:各级|各类|各|有关|相关|其他|所有|全部|部分|多个|若干|等|该|此|某|任何|一些|两级|三级|本级|这些|每个)$"
)
_ABBREVIATED: Final = re.compile("[一-鿿]{1,5}")
_ORDINAL: Final = re.compile("第[一二三四五六七八九十百0-9]{1,4}$")
_PLACE_END: Final = frozenset("省市区县镇乡盟旗州道岛村")
_NO_PLACE: Final = re.compile(
    "(?:社|小|园|城|校|片|辖|全|我|本|该|各|灾|景|库|市辖|居住|办事|服务|功能|工业)区$|(?:城|全|我|本|该|各)[市县镇乡州省]$|(?:乡|农|山|本|全|各|行政|建制)村$|城镇$|乡镇$|城乡$"
)
#: Places that the report names at the front of a clause, with what only places have behind them.
_OWN_PLACE: Final = re.compile(
    "(?<![一-鿿])([一-鿿]{2,6}[省市区县镇乡州道旗])(?=人民政府|人民法院|(?:19|20)[0-9]{2}年)"
)
_SOME: Final = re.compile("[一二两三四五六七八九十几数多各每][家个名所支批]")
_COORDINATED: Final = re.compile("(?:各|有关|相关)[^，。；：,;:\n、]{0,14}、(?:[^，。；：,;:\n、]{0,14}、)*$")
_ZONES: Final = (
    "经济技术开发区",
    "高新技术产业开发区",
    "开发区",
    "高新区",
    "试验区",
    "示范区",
    "管理区",
    "保税区",
    "新区",
    "园区",
    "度假区",
)
_ELLIPTIC: Final = frozenset("省市区县镇乡村州街社")
_ELLIPSIS: Final = re.compile("(?:(?:省|市|区|县|镇|乡|州|街道)[、和与])+(?:村|社区|镇|乡|街道)$")
_LEVELS_BEFORE: Final = re.compile("(?:(?:省|市|区|县|镇|乡|村|州|街道|社区)[、和与])+$")
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
#: Bodies of towns, named after them without 镇 or 乡.
_LOCAL: Final = frozenset("司法所 派出所 财政所 税务所 法庭 人民法庭 监管所 卫生院 支行 税务局 公安局 分局".split())
_CLASS: Final = ("社区", "村", "居民", "小区", "人民调解", "行业", "专业")
#: Bodies of which one speaks in general, unless a place or a name of its own stands before.
_GENERAL: Final = frozenset(
    "学校 学院 大学 中学 小学 幼儿园 医院 公司 集团 银行 企业 协会 商会 学会 合作社 事务所 律所".split()
)
_CONNECTORS: Final = "和与及、"
_NO_LEVEL: Final = frozenset(
    "社区 小区 园区 城市 城区 辖区 片区 城镇 乡镇 全市 全区 全县 全镇 全省 全州 各市 各区 各县 各镇 各省".split()
)
_LONGEST_MATTER: Final = max(map(len, words.MATTERS))
_LONGEST_PLACE: Final = 12
_REACH: Final = 40


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
        self._own_places = frozenset(_OWN_PLACE.findall(self._text))
        self._word_before = {end: start for start, end in reading.words}

    def candidates(self) -> Iterator[_Found]:
        """Every name by every rule; they overlap."""
        for make in (self._unique, self._of_levels, self._bare, self._by_heads):
            for found in make():
                if self._stands(found):
                    yield found

    # ---- rules ----------------------------------------------------------------------------------

    def _unique(self) -> Iterator[_Found]:
        for match in _UNIQUE.finditer(self._text):
            yield _Found(*match.span(), 0.95, match.group())

    def _of_levels(self) -> Iterator[_Found]:
        for match in _OF_LEVEL.finditer(self._text):
            start = self._with_places(match.start(), level=match["level"])
            if start is not None:
                yield _Found(start, match.end(), 0.92, self._text[start : match.end()])

    def _bare(self) -> Iterator[_Found]:
        for match in _BARE.finditer(self._text):
            yield _Found(*match.span(), 0.7, match.group())

    def _by_heads(self) -> Iterator[_Found]:
        for match in _HEAD.finditer(self._text):
            head, at = match["head"], match.start()
            if self._ends_a_word(at + len(head), head):
                found = self._extended(at, head)
                if found is not None:
                    yield found

    # ---- what may stand before an ending ----------------------------------------------------------

    def _extended(self, at: int, head: str) -> _Found | None:
        """The name that ends with `head` at `at`; None where nothing before makes it one."""
        start, matters, placed, named = at, 0, False, False
        limit = max(0, at - _REACH)
        while start > limit and not placed:
            if (before := self._matter(start)) is not None:
                start, matters = before, matters + 1
            elif (before := self._joined(start, matters)) is not None:
                start, matters = before, matters + 1
            elif (before := self._place_or_level(start)) is not None:
                start, placed = before, True
            elif (before := self._parent(start)) is not None:
                start, placed = before, True
            elif ordinal := _ORDINAL.search(self._text, max(limit, start - 6), start):
                start, named = ordinal.start(), True
            elif head in _LOCAL and (before := self._short_place(start)) is not None:
                start, placed = before, True
            elif head in words.PROPER and (before := self._own_name(start)) is not None:
                start, named = before, True
            elif (before := self._abbreviation(start, head)) is not None:
                start, placed, matters = before, True, matters + 1
            else:
                break
        if start == at or not (matters or named or placed):
            return None
        if not placed and not named and (head in _GENERAL or self._text.startswith(_CLASS, start)):
            return None
        if placed and not matters and not named and head in words.NEEDS_NAME and head not in words.OF_LEVEL:
            return None
        if not placed and (ellipsis := _ELLIPSIS.search(self._text, max(0, start - 10), start)):
            start, placed = ellipsis.start(), True
        whole = self._with_places(start) if placed else start
        return _Found(start if whole is None else whole, at + len(head), _score(placed, named, matters, head), head)

    def _matter(self, end: int) -> int | None:
        """Where the longest matter that ends at `end` begins; one on a word's edge before longer ones inside words."""
        best = None
        for length in range(min(_LONGEST_MATTER, end), 0, -1):
            start = end - length
            if self._text[start:end] in words.MATTERS:
                if length == 1 and start not in self._edges:
                    continue
                if start in self._edges:
                    return start
                best = start if best is None else best
        return best

    def _joined(self, end: int, matters: int) -> int | None:
        """Where a matter begins that is joined to the one behind by 和 or the like, in a name that has a place."""
        if not matters or self._text[end - 1 : end] not in _CONNECTORS or end < 2:
            return None
        before = self._matter(end - 1)
        if before is None:
            return None
        at = before
        while (further := self._matter(at)) is not None:
            at = further
        return before if self._place_or_level(at) is not None else None

    def _place_or_level(self, end: int) -> int | None:
        """Where the place or the bare level that ends at `end` begins."""
        place = self._named_place(end)
        if place is not None:
            return place
        for length in (3, 2, 1):
            start = end - length
            if start >= 0 and _LEVEL.fullmatch(self._text, start, end) and self._begins(start):
                return start
        return None

    def _named_place(self, end: int) -> int | None:
        """Where the name of a zone or division that ends at `end` begins."""
        zone = self._zone(end)  # first: 经济技术开发区 alone is in the lexicon too
        return self._place(end) if zone is None else zone

    def _place(self, end: int) -> int | None:
        """Where the name of a division that ends at `end` begins, by the lexicon, else by the shape of the word."""
        text = self._text
        if end < 2 or text[end - 1] not in _PLACE_END or _NO_PLACE.search(text, max(0, end - 4), end):
            return None
        for start in range(max(0, end - _LONGEST_PLACE), end - 1):
            name = text[start:end]
            if name in self._own_places or ("\n" not in name and _is_division(name)):
                return start
        word = self._word_before.get(end, end)
        return word if end - word >= 3 and text[word:end].isalpha() else None

    def _short_place(self, end: int) -> int | None:
        """Where a division's name without its 镇 or 县 begins: 石桥司法所."""
        start = self._word_before.get(end)
        if start is None or not 2 <= end - start <= 4:
            return None
        found = divisions.longest(self._text[start:end])
        return start if found is not None and len(found.name) == end - start else None

    def _zone(self, end: int) -> int | None:
        """Where the name of a zone that ends at `end` begins: what it is for, and a place or a name of its own before."""
        zone = next((z for z in _ZONES if self._text.endswith(z, max(0, end - 5), end)), None)
        if zone is None:
            return None
        start = end - len(zone)
        while (matter := self._matter(start)) is not None:
            start = matter
        before = self._word_before.get(start)
        if before is None or start - before < 2 or self._text[before:start] in words.STOPS:
            return start if start < end - len(zone) else None
        return before if self._text[before:start].isalpha() else None

    def _with_places(self, start: int, level: str = "") -> int | None:
        """`start` with all places before it taken in; None where a level is the end of another word (城市, 社区)."""
        if level:
            place = self._named_place(start + len(level))
            if place is None and not self._begins(start):
                return None
            start = start if place is None else place
        while (before := self._place(start)) is not None:
            start = before
        for prefix in ("中共", "团", "国家税务总局"):
            if start >= len(prefix) and self._text.startswith(prefix, start - len(prefix)):
                start -= len(prefix)
        return self._with_other_levels(start)

    def _with_other_levels(self, start: int) -> int:
        """`start` with what an ellipsis puts before a level: `镇、村调解委员会` is one name."""
        if self._text[start : start + 1] in _ELLIPTIC:
            before = _LEVELS_BEFORE.search(self._text, max(0, start - 8), start)
            if before:
                return before.start()
        return start

    def _begins(self, start: int) -> bool:
        """Whether a level at `start` begins a name: behind an edge of words, or behind what never ends in a place."""
        if start == 0 or start in self._edges:
            return not (start and self._text[start - 1 : start + 1] in _NO_LEVEL)
        return self._text[start - 1] in "、，,。；;：:团和与及由向对在报请经按以将被给为了至到从我本该\n “（("

    def _parent(self, end: int) -> int | None:
        """Where a body begins that ends at `end`, to which the part behind belongs: 省委组织部."""
        for length in range(min(16, end), 1, -1):
            match = _OF_LEVEL.fullmatch(self._text, end - length, end) or _UNIQUE.fullmatch(
                self._text, end - length, end
            )
            if match:
                return end - length
        head = next((h for h in _PARENTS if self._text.endswith(h, max(0, end - 6), end)), None)
        if head is None:
            return None
        found = self._extended(end - len(head), head)
        return found.start if found is not None and found.score > 0.8 else None

    def _own_name(self, end: int) -> int | None:
        """The word before an ending that takes names of its own; None where that word cannot be one's."""
        # Without an edge the ending lies inside a word that the segmenter knows whole: 南方日报.
        start = self._word_before.get(end, self._edge_before(end))
        word = self._text[start:end]
        if start == end or word in words.STOPS or _SOME.match(word):
            return None
        return start if _is_name_word(word) else None

    def _edge_before(self, offset: int) -> int:
        edges = self._reading.edges
        return edges[bisect_left(edges, offset) - 1]

    def _abbreviation(self, end: int, head: str) -> int | None:
        """Where `区食药` begins, before a short ending: a level, and up to five characters that are no verb."""
        if len(head) > 2:
            return None
        for length in range(1, 6):
            start = end - length
            if start < 1 or not _ABBREVIATED.fullmatch(self._text, start, end):
                return None
            if self._text[start:end] in words.STOPS or any(
                c in "的了在由向与和及对将把被为给让从是有我各每级" for c in self._text[start:end]
            ):
                return None
            level = self._place_or_level(start)
            if level is not None:
                return level
        return None

    # ---- what makes a candidate none ---------------------------------------------------------------

    def _ends_a_word(self, end: int, head: str) -> bool:
        following = self._text[end : end + 1]
        if following and following in words.RUNS_ON.get(head[-1], ""):
            return False
        if head == "站" and self._text[end - 2 : end] == "网站":
            return False
        return len(head) > 1 or end in self._edges or not following.isalpha()

    def _stands(self, found: _Found) -> bool:
        text, start, end = self._text, found.start, found.end
        following = text[end : end + 1]
        if following and following in words.RUNS_ON.get(text[end - 1], ""):
            return False
        if _TITLE.match(text, end) or any(low < end and start < high for low, high in self._books):
            return False
        if text[start - 1 : start] in ("级", ")", "）") and start:
            return False
        if _RUNS_ON_WORD.match(text, end):
            return False
        if text[start - 1 : start] == "、" and _COORDINATED.search(text, max(0, start - 40), start):
            return False
        if _GENERIC_BEFORE.search(text, max(0, start - 4), start) or self._counted(start):
            return False
        return "\n" not in text[start:end]

    def _counted(self, start: int) -> bool:
        """Whether a number stands before: 12个政务服务站 are a kind of body."""
        return any(
            end in self._numbers and _same_phrase(self._text[end:start]) for end in range(start, max(0, start - 7), -1)
        )


def _same_phrase(between: str) -> bool:
    return all(char.isalpha() or char in "（()）" for char in between)


def _score(placed: bool, named: bool, matters: int, head: str) -> float:
    """How sure a name is: a place and a matter make one, matters alone often, an ending with a place seldom less."""
    if placed and matters:
        return 0.92
    if placed or named:
        return 0.85
    return 0.7 if len(head) > 1 and matters > 1 else 0.55


@functools.lru_cache(maxsize=20_000)
def _is_division(name: str) -> bool:
    found = divisions.longest(name)
    return found is not None and found.name == name and not found.short


def _is_name_word(word: str) -> bool:
    return all(char.isalnum() or char in "·-" for char in word) and not word.isdigit()


__all__ = ["LABEL", "SOURCE", "Range", "suggest"]
