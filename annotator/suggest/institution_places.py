"""Places and levels before the name of an institution: where `青枫县`, `区`, `经济技术开发区` begin, seen from their end.

Divisions are known by the lexicon; a place that is in none is learned from the report itself, which names its own at the
front of clauses, with bodies behind them, again and again. This module knows nothing of what makes a body.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from annotator.reading import divisions
from annotator.suggest import institution_words as words
from annotator.suggest import measure_words
from annotator.suggest.institution_edges import Edges
from annotator.suggest.reading import Reading

_PLACE_END: Final = frozenset("省市区县镇乡盟旗州道岛村木查街")
#: What a place is, behind a name that is in no lexicon: 云麓街道, 大沟滩村.
_KIND_OF_PLACE: Final = re.compile("自治[州县旗区]|街道?|社区|苏木|嘎查|[省市区县镇乡盟旗州村]")
_LONGEST_OWN: Final = 5
#: A place behind these is one though it is named only once.
_LEADING: Final = frozenset("由与和及向对在被将给从至到为以经")
_NATIONALITIES: Final = re.compile("(?:[一-鿿]{1,5}?族)+$")
#: Provinces without what they are, as zones and companies have them at their front.
_PROVINCE: Final = re.compile(
    "(?:北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南"
    "|西藏|陕西|甘肃|青海|宁夏|新疆)$"
)
_NO_PLACE: Final = re.compile(
    "(?:社|小|园|城|校|片|辖|全|我|本|该|各|灾|景|库|市辖|居住|办事|服务|功能|工业|建成|主城|山|林|牧|矿|厂|街|地|郊|疫)区$"
    "|(?:城|全|我|本|该|各)[市县镇乡州省]$|(?:乡|农|山|本|全|各|行政|建制)村$|城镇$|乡镇$|城乡$"
)
#: Before 城 and 山 these say where or how a part of a place is, and name none.
_SAID_OF_PLACES: Final = frozenset("新 老 旧 主 中心 大 小 东部 西部 南部 北部 中部".split())
#: A place of the report's own: at the front of a clause, perhaps with the place around it before.
_OWN_PLACES: Final = re.compile("(?<![一-鿿])(?:[一-鿿]{2,4}?[省市区县镇乡州旗盟]){1,4}")
_OWN_PLACE: Final = re.compile("[一-鿿]{2,4}?[省市区县镇乡州旗盟]")
#: What only places have behind them, and what shows that they are places where the report names them again.
_SURE_BEHIND: Final = re.compile("人民政府|人民法院|人民检察院|(?:19|20)[0-9]{2}年")
_BODY_BEHIND: Final = re.compile(
    "委|政府|政协|人大|纪委|管委会|[一-鿿]{2,10}?(?:局|厅|委员会|办公室|公司|中心|大学|学院|中学|小学|法院|检察院|公证处|集团|协会)"
)
#: Behind a level these say what is of it, and no body: 县内, 区属, 镇域.
_OF_LEVEL_ITSELF: Final = frozenset("内外级域属直里上下中民界长委情区市县城镇")
_NEVER_IN_PLACE: Final = re.compile("[全我本该各每在由向与对把将被为以从给和及的了是有多]|[年月日度]")
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
    "经开区",
    "综保区",
    "实验区",
    "自贸片区",
    "自贸区",
    "合作区",
    "功能区",
    "风景区",
    "旅游区",
    "工业区",
    "垦区",
)
_NATIONAL: Final = ("中华全国", "中国", "国家", "中央")
_ELLIPTIC: Final = frozenset("省市区县镇乡村州街社")
_LEVELS_BEFORE: Final = re.compile(r"(?:(?:省|市|区|县|镇|乡|村|州|街道|社区)[、和与])+\Z")
_NO_LEVEL: Final = frozenset(
    "社区 小区 园区 城市 城区 辖区 片区 城镇 乡镇 全市 全区 全县 全镇 全省 全州 各市 各区 各县 各镇 各省".split()
)
#: What stands before a place in the name of a body, longer ones before those they end with.
_PREFIXES: Final = ("中华人民共和国", "国家税务总局", "共青团", "兵团", "中共", "国网", "团")
_LONGEST_PLACE: Final = 12
_NEARBY: Final = 20_000
_LONGEST_ZONE: Final = 8
_LONGEST_STEM: Final = 4
#: Places called like what bodies are for, or like what is done.
_NOT_STEMS: Final = words.KINDS | words.MATTERS | words.STOPS | words.BREAKS | measure_words.VERBS
#: What mountains, waters and the like end with, of which bodies have their names: 祁连山国家公园管理局.
_LAND: Final = frozenset("山湖河江海岛湾岭泉川峡洲港沟坝塬坪")


class Places:
    """The places of one report; every question is asked from where a place would end."""

    def __init__(self, reading: Reading, by_words: Edges) -> None:
        self._text = reading.text
        self._by_words = by_words
        self._edges = frozenset(reading.edges)
        self._front = reading.text.lstrip().partition("\n")[0]
        levels = words.LEVELS + ("|" + words.LEVELS_OF_CORPS if any(c in reading.text for c in words.CORPS) else "")
        self._level = re.compile(levels)
        self._own_places = frozenset(_own_places(reading.text))

    def place_or_level(self, end: int) -> int | None:
        """Where the place or the bare level that ends at `end` begins."""
        place = self.named_place(end)
        if place is not None:
            return place
        for length in (3, 2, 1):
            start = end - length
            if start >= 0 and self._level.fullmatch(self._text, start, end) and self._begins(start):
                return start
        national = next((n for n in _NATIONAL if self._text.endswith(n, max(0, end - 4), end)), None)
        return end - len(national) if national else None

    def level_before(self, end: int, longest: int) -> int | None:
        """Where a level begins behind which, up to `end`, stands no more than what a body is for: 区教师申诉处理委员会."""
        text = self._text
        for at in range(end - 2, max(0, end - longest) - 1, -1):
            if not "一" <= text[at] <= "鿿":
                return None
            if at not in self._edges or not self._begins_here(at):
                continue
            length = next((n for n in (3, 2, 1) if self._level.fullmatch(text, at, at + n)), 0)
            if (
                length
                and at + length < end
                and at + length in self._edges
                and text[at + length] not in _OF_LEVEL_ITSELF
            ):
                return at if self._for_something(at + length, end) else None
        return None

    def _for_something(self, start: int, end: int) -> bool:
        return self._by_words.is_matter(start, end) or self._by_words.is_joined(start, end)

    def _begins_here(self, start: int) -> bool:
        return self._begins(start) and self._by_words.is_behind_break(start)

    def named_place(self, end: int) -> int | None:
        """Where the name of a zone or division that ends at `end` begins."""
        zone = self._zone(end)  # first: 经济技术开发区 alone is in the lexicon too
        return self._place(end) if zone is None else zone

    def stem(self, end: int) -> int | None:
        """Where a place's name without what it is begins (云溪 in 云溪海事局): one the report names elsewhere too."""
        if (listed := self.listed_stem(end)) is not None:
            return listed
        start = self._by_words.name(end, _LONGEST_STEM)
        if start is None or end - start < 2 or not _is_own_name(name := self._text[start:end]):
            return None
        return start if name[-1] in _LAND or self._again(start, end) else None

    def listed_stem(self, end: int) -> int | None:
        """The same for places of the lexicon, though they have a word in them that names do not go over: 花都, 让胡路."""
        for start in range(max(0, end - _LONGEST_STEM), end - 1):
            begins = self._text[start - 1 : start] in ("局", "厅") or self._begins(start)
            if begins and (name := self._text[start:end]) not in _NOT_STEMS and _is_stem(name):
                return start
        return None

    def _again(self, start: int, end: int) -> bool:
        """Whether the same words stand somewhere else, not far away: a long text is not searched whole for each name."""
        name, text = self._text[start:end], self._text
        return text.find(name, max(0, start - _NEARBY), start) >= 0 or text.find(name, end, end + _NEARBY) >= 0

    def with_places(self, start: int, level: str = "") -> int | None:
        """`start` with all places before it taken in; None where a level is the end of another word (城市, 社区)."""
        if level:
            place = self.named_place(start + len(level))
            if place is None and not self._begins(start):
                return None
            start = start if place is None else place
        while (before := self._place(start)) is not None:
            start = before
        if (province := _PROVINCE.search(self._text, max(0, start - 3), start)) and not level:
            start = province.start()
        for prefix in _PREFIXES:
            if start >= len(prefix) and self._text.startswith(prefix, start - len(prefix)):
                start -= len(prefix)
                break
        return self._with_other_levels(start)

    def begins_name(self, start: int) -> bool:
        """Whether what begins at `start` has no word before it that it could go on from."""
        before = self._text[start - 1 : start]
        if not before or not "一" <= before <= "鿿" or before in "由向对报与和及在经":
            return True
        return self._text[max(0, start - 2) : start] in words.STOPS or self._by_words.is_behind_break(start)

    def _place(self, end: int) -> int | None:
        """Where the name of a division that ends at `end` begins, by the lexicon, else by the shape of the word."""
        text = self._text
        if end < 2 or text[end - 1] not in _PLACE_END:
            return None
        listed = self._listed(end)
        return self._unlisted(end) if listed is None else listed

    def _listed(self, end: int) -> int | None:
        """The same for places of the lexicon and those that the report shows to be its own."""
        text = self._text
        kind = _NO_PLACE.search(text, max(0, end - 4), end)
        for start in range(max(0, end - _LONGEST_PLACE), end - 1):
            name = text[start:end]
            if name in self._own_places or ("\n" not in name and _is_division(name) and self._is_meant(name)):
                if kind is None or self._is_more_than(kind.group(), start, name):
                    return start
        return None

    def _is_more_than(self, kind: str, start: int, name: str) -> bool:
        """Whether a place that ends like a kind of places is one by its own name: 岚山区, 韩城市, but not 老城区."""
        own = len(kind) < len(name) and name[:-2] not in _SAID_OF_PLACES and self._begins(start)
        return own or self._is_in_front(name)

    def _is_meant(self, name: str) -> bool:
        """Whether a division that is called like a verb or a connective (和县, 会同县) is meant: the report is its own."""
        return name[:-1] not in words.STOPS or self._is_in_front(name)

    def _is_in_front(self, name: str) -> bool:
        """Whether the report begins with the place: it is of it."""
        return re.match(f"(?:[一-鿿]{{2,5}}[省市州])*{name}(?:人民政府|(?:19|20)[0-9]{{2}}年)", self._front) is not None

    def _unlisted(self, end: int) -> int | None:
        """Where a place begins that no lexicon has: behind the last word that no name goes over, or named again."""
        text = self._text
        kind = _KIND_OF_PLACE.search(text, max(0, end - 3), end)
        while kind is not None and kind.end() != end:
            kind = _KIND_OF_PLACE.search(text, kind.start() + 1, end)
        if kind is None:
            return None
        if kind.group() not in ("社区", "街道") and _NO_PLACE.search(text, max(0, end - 4), end):
            return None
        if kind.group() == "州" and self._is_a_word(end):
            return None
        own = self._own_end(kind.start(), kind.group())
        if (inner := self._behind_a_place(own)) is not None:
            return inner
        start = self._by_words.name(own, _LONGEST_OWN)
        if start is None or own - start < 2 or not _is_own_name(text[start:own]):
            return None
        before = text[start - 1 : start]
        return start if not before.isalpha() or before in _LEADING or self._again(start, end) else None

    def _is_a_word(self, end: int) -> bool:
        """Whether two characters that end at `end` are a place by themselves: 贵州, but not those of 青溪湖州."""
        return self._by_words.before(end) == end - 2 and self._by_words.name(end - 2, 3) is None

    def _behind_a_place(self, own: int) -> int | None:
        """Where a name of two to four characters begins that has a listed place before it: 临江区|青枫|街道."""
        for length in (2, 3, 4):
            start = own - length
            if start > 2 and self._text[start - 1] in "省市区县州旗盟镇" and _is_own_name(self._text[start:own]):
                if self._listed(start) is not None and self._by_words.is_one(start, own):
                    return start
        return None

    def _own_end(self, end: int, kind: str) -> int:
        """Where the name ends before the nationalities of an autonomous place: 松岭苗族布依族自治县."""
        if not kind.startswith("自治"):
            return end
        peoples = _NATIONALITIES.search(self._text, max(0, end - _LONGEST_PLACE), end)
        if peoples is None:
            return end
        # The names of peoples are found by their word edges: what is before the first of them is the place.
        start = end
        while start > peoples.start() and self._text[start - 1] == "族":
            start = self._by_words.before(start)
        return start

    def _zone(self, end: int) -> int | None:
        """Where the name of a zone that ends at `end` begins: what it is for, and a place or a name of its own before."""
        if self._text[end - 1 : end] != "区":
            return None
        zone = next((z for z in _ZONES if self._text.endswith(z, max(0, end - 8), end)), None)
        if zone is None:
            return None
        start = end - len(zone)
        while (matter := self.matter(start)) is not None:
            start = matter
        before = self._by_words.name(start, _LONGEST_ZONE)
        if before is None or self._text[before:start] in words.KINDS:
            return start if start < end - len(zone) else None
        return before

    def matter(self, end: int) -> int | None:
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
        before = self._text[start - 1]
        return (
            before in "、，,。；;：:团和与及由向对在报请经按以将被给为了至到从我本该的获原\n “（("
            or (before in "日月年" and self._text[start - 2 : start - 1].isdigit())
            or self._text[start - 2 : start] in words.STOPS
        )


_LONGEST_MATTER: Final = max(map(len, words.MATTERS))


def _own_places(text: str) -> Iterator[str]:
    """Places that the text itself shows to be some: each with a body behind it, and named more than once."""
    for chain in _OWN_PLACES.finditer(text):
        for found in _OWN_PLACE.finditer(text, *chain.span()):
            name = found.group()
            if not _may_be_place(name):
                break
            if _SURE_BEHIND.match(text, chain.end()) or (
                _BODY_BEHIND.match(text, chain.end()) and text.find(name, found.end()) >= 0
            ):
                yield name


def _is_own_name(own: str) -> bool:
    """Whether a place can be called so: not by what it is for or what is said of places."""
    return not (
        own in words.KINDS
        or own in words.MATTERS
        or _NEVER_IN_PLACE.search(own)
        or re.fullmatch(f"(?:{words.LEVELS})+(?:党?委|政府)?", own)
    )


def _may_be_place(name: str) -> bool:
    own = name[:-1]
    return not (
        name in words.LEVELS.split("|")
        or _NEVER_IN_PLACE.search(own)
        or _NO_PLACE.search(name)
        or own in words.STOPS
        or own in measure_words.VERBS
        or own in measure_words.ADVERBS
        or own[:2] in measure_words.VERBS
        or own[:2] in words.STOPS
    )


@functools.lru_cache(maxsize=20_000)
def _is_stem(name: str) -> bool:
    """Whether this is a place of the lexicon without what it is: 花 is none, 花都 is one."""
    known = divisions.longest(name)
    return (known is not None and known.name == name) or any(_is_division(name + kind) for kind in "区县市旗")


@functools.lru_cache(maxsize=20_000)
def _is_division(name: str) -> bool:
    found = divisions.longest(name)
    return found is not None and found.name == name and not found.short
