"""Measures as suggestions: clauses that say what the body did or will do, from the first action verb to their end.

Clause by clause, after the annotation guideline: what stands before the action (time, place, subject, means, connectives)
stays outside, its adverbs and the phrases with 对, 把, 为 stay inside. Headings, opening summaries and shortcomings hold
no measures; clauses of purpose, outcome and guiding thought are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.clauses import clauses
from annotator.domain.selection import trim
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest import measure_words as words
from annotator.suggest.reading import Range, Reading

LABEL: Final = "MEASURE"
SOURCE: Final = "measures"

_REASON: Final = N_("begins with an action: {verb}")


def _any(of: frozenset[str] | tuple[str, ...]) -> str:
    return "|".join(sorted(of, key=lambda word: (-len(word), word)))


_ADVERB: Final = f"(?:{_any(words.ADVERBS)})"
_ACTION: Final = re.compile(f"(?:{_ADVERB}地?)*?(?P<verb>{_any(words.VERBS)})")
_PARTNER: Final = re.compile(f"(?:{_ADVERB})*?(?P<with>{_any(words.WITH_PARTNER)})(?!外|内|上|下|后)")
_NO_ACTION: Final = re.compile(f"(?:{_ADVERB})*?(?P<word>{_any(words.NO_ACTION)})")
_VERB: Final = re.compile(_any(words.VERBS))
_PARTNER_VERB: Final = re.compile(
    _any(words.VERBS | {"进行", "作出", "做出", "予以", "给予", "加以", "作为", "转变为"})
)
_TOGETHER: Final = re.compile("合作|签订|签署|对接|联合|建立|开展|共建|会商|沟通")
_PLACE_CLOSE: Final = re.compile("[中上里内下时后前](?!心|级|报|发|午)|期间|方面")
_MEANS: Final = re.compile("等?(?:多种)?(?:方式|形式|途径|渠道|手段|举措|措施|载体|办法)$")
#: 学习贯彻 without a count is guiding thought; 降低了9件 a result; 上报案例荣获 a distinction.
_HOLLOW: Final = re.compile(
    "[^，,。]{0,6}(?:学习贯彻|学习宣传贯彻|宣传贯彻|贯彻学习)(?:落实)?(?:党|习近平|中央|新时代|中国|上级|国家)[^0-9]*$|[^，,。]{0,4}(?:降低|增加|减少|缩短|扩大|下降)了?(?:约|近)?[0-9]|[^，,。]*(?:荣获|获评)|[主承协]办(?:单位|方|人)"
)

_NUMBER: Final = re.compile(
    "(?:第?[一二三四五六七八九十]{1,3}(?:是|、|要)|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、．)）]|[①-⑳]|[●■◆★•·]|[—-]{1,2})\\s*"
)
_TIME: Final = re.compile(
    "(?:(?:截至|截止|自|从|到)?(?:目前|(?:19|20)[0-9]{2}\\s*年?(?:度)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|本?年度?|去年|今年|上年|当年|全年|上半年|下半年|近年来?|年初|年底|年内|年末|期间|近期|日前|以来|[0-9一二三四五六七八九十]+年(?:内|来|间)"
    "|[0-9]{1,2}日|[至到—-](?=[0-9])|起|底|末|初|前|后|止|每年|期|以后|、(?=[0-9]))\\s*)+(?:[,，]\\s*)?"
)
_CONNECTIVE: Final = re.compile(f"(?:{_any(words.CONNECTIVES)})(?![法式])")
_OUTSIDE: Final = re.compile(_any(words.OUTSIDE))
_SUBJECT: Final = re.compile(
    "(?:单位|部门|(?<=[委府])[^，,]{2}部|办|局|室|委|政府|街道|镇|乡|区|县|市|州|省|院|所|中心|站|队|公司|村|社区|组|会|人员|干部|领导|律师|顾问|我们|党员|负责人|书记|主任|镇长|区长|县长|局长|班子|机关|窗口|网格员|志愿者|年来|领导班子|同志)(?:均|都|也)?$"
)
_OWN: Final = re.compile(
    "(?:我|本|全)(?:省|市|区|县|镇|乡|街道|街|局|州|院|厅|委|办|村|旗|盟|中心|校|所|单位|系统)(?:各[级部单][^，,。]{0,6})?"
)
#: What a clause ends with that tells a result: 效率明显提升.
_RESULT: Final = re.compile(
    "(?:取得[^，,。]{0,12}|得到[^，,。]{0,14}|有所[^，,。]{1,6}|(?:明显|显著|稳步|大幅|持续|不断|进一步|全面|有效|逐年|日益|更加|较为|基本|普遍)(?:提升|提高|增强|改善|优化|下降|增长|好转|健全|完善|加强|减少|上升|扩大|规范|到位|形成|显现|良好|成熟)|率(?:达|为|达到)?[0-9.百分之％%]+[^，,。]{0,6}|良好|显著|明显|抓[实好牢]抓[实好牢]|落到实处|见到实效|取得实效|做大做强)$"
)
_RATE: Final = re.compile(
    "^[^，,。]{0,16}(?:率|额|比例|占比|总数|总量|人数|数量|面积|次数|金额|均)(?:已)?(?:达|为|是|超|约|共|较|同比|均|[0-9])"
)
#: Four characters and four more: 细化分工、压实责任 is a slogan.
_SLOGAN: Final = re.compile(
    "[一-鿿]{4}(?:、[一-鿿]{4})+|(?:加大|加强)(?:工作)?力度|采取(?:更加?|有针对性的?|有力的?|有效的?|坚决|切实|可行的?|得力)*(?:的)?措施[^，,。]{0,8}"
)
_MADE: Final = re.compile("作为|纳入|列入|融入|贯穿|转[变化]|传导|调整为|打造[成为]|划[分入]|统一")
_SHORTCOMINGS: Final = re.compile("不足|问题(?!解决|整改|导向)|困难|短板|薄弱|差距")
_SERVES: Final = re.compile(
    "(?:提供|营造|奠定|创造|打下|注入|夯实)(?:了)?[^，,。]{0,30}(?:氛围|保障|保证|支撑|环境|基础|遵循|依据|动力|条件|便利|力量|资料|指引)$"
)
_COUNTED_ON: Final = re.compile(
    "[0-9０-９一二三四五六七八九十百千两]+余?(?:个|家|名|次|人|份|件|宗|户|项|起|条|处|场|所|间)"
)
_GOES_ON: Final = re.compile("以及|及其|及(?!时|早)|和(?!解|谐)|或(?!者)")
_PASSIVE_ENDS: Final = ("为", "向", "给", "与", "同", "和", "从", "就")
_MOST_SUBJECT: Final = 40
_MOST_PLACE: Final = 40
_LEAST: Final = 4


def suggest(reading: Reading) -> Iterator[Proposal]:
    """Every measure of the body, in text order."""
    search = _Search(reading)
    for start, end, verb, score in search.measures():
        attributes = {"status": "planned"} if reading.planned(start) else {}
        yield Proposal(start, end, LABEL, SOURCE, score, Wording(_REASON, {"verb": verb}), attributes)


class _Search:
    """One report being searched."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._edges = frozenset(reading.edges)
        self._headings = _closed_headings(reading)
        self._first = reading.sections[0].start if reading.sections else 0

    def measures(self) -> Iterator[tuple[int, int, str, float]]:
        """Start, end, verb and score of each."""
        for start, end in self._clauses():
            found = self._measure(start, end)
            if found is None:
                continue
            begin, verb, score = found
            for low, high in self._parts(begin, end):
                low, high = trim(self._text, low, high)
                if high - low >= _LEAST:
                    yield low, high, verb, score

    # ---- which clauses ------------------------------------------------------------------------------

    def _clauses(self) -> list[Range]:
        """The clauses that may hold a measure; those that only go on with a list are one with the clause before."""
        kept: list[Range] = []
        for start, end in clauses(self._text):
            if start < self._first or self._in_heading(start, end) or not self._speaks_of_actions(start):
                continue
            if kept and self._continues(kept[-1], start, end):
                kept[-1] = (kept[-1][0], end)
            else:
                kept.append((start, end))
        return kept

    def _in_heading(self, start: int, end: int) -> bool:
        at = bisect_left(self._headings, (start + 1, 0)) - 1
        return at >= 0 and self._headings[at][0] <= start and end <= self._headings[at][1] + 1

    def _speaks_of_actions(self, offset: int) -> bool:
        path = self._reading.path(offset)
        return not any(_SHORTCOMINGS.search(section.title) for section in path[:2])

    def _continues(self, before: Range, start: int, end: int) -> bool:
        """Whether a clause only goes on with what the one before it counts or lists."""
        between = self._text[before[1] : start].strip()
        if between not in (",", "，"):
            return False
        if _GOES_ON.match(self._text, start) and not _ACTION.match(self._text, _skip(_GOES_ON, self._text, start)):
            return True
        counted = _COUNTED_ON.match(self._text, start)
        if counted is None or end - start > 24:
            return False
        return bool(_COUNTED_ON.search(self._text, *before)) and not _VERB.search(self._text, counted.end(), end)

    # ---- where the measure begins --------------------------------------------------------------------

    def _measure(self, start: int, end: int) -> tuple[int, str, float] | None:
        """Where the measure of a clause begins, its verb, and how sure it is."""
        at = self._past_the_front(start, end)
        at = _back_to_future(self._text, at, end)
        for _turn in range(3):
            found = self._action_at(at, end)
            if found is not None:
                return found
            if self._is_none(at, end):
                return None
            further = self._behind_subject(at, end)
            if further is None:
                return None
            at = further
        return None

    def _past_the_front(self, at: int, end: int) -> int:
        """Behind numbers, connectives, times and the reporting body's own name."""
        while at < end:
            before = at
            for pattern in (_NUMBER, _TIME, _CONNECTIVE, _OWN):
                found = pattern.match(self._text, at, end)
                if found and not (pattern is _CONNECTIVE and _ACTION.match(self._text, at) and self._verb_is_long(at)):
                    at = found.end()
            while at < end and (self._text[at].isspace() or self._text[at] in "，,、：:"):
                at += 1
            if at == before:
                return at
        return at

    def _verb_is_long(self, at: int) -> bool:
        found = _ACTION.match(self._text, at)
        return found is not None and len(found["verb"]) > 1 and found.start("verb") == at

    def _action_at(self, at: int, end: int) -> tuple[int, str, float] | None:
        """The action that begins right here, with its adverbs and what it is done to."""
        text = self._text
        if text.startswith("通过", at):
            if _MEANS.search(text, at, end) and len(self._parts(at + 2, end)) == 1 and "、" not in text[at:end]:
                return None
            inner = self._action_at(at + 2, end)
            return inner if inner is not None and len(inner[1]) > 1 else None
        partner = _PARTNER.match(text, at, end)
        if partner:
            found = self._with_partner(at, partner, end)
            if found is not None:
                return found
        action = self._verb(at, end)
        if action is None or self._is_none(at, end) or end - action.end() < 2:
            return None
        if _RESULT.search(text, action.end(), end) or _RATE.match(text[at:end]) or _HOLLOW.match(text[at:end]):
            return None
        if _SERVES.search(text, at, end):
            return None
        return at, action["verb"], 0.85 if len(action["verb"]) > 1 else 0.6

    def _verb(self, at: int, end: int) -> re.Match[str] | None:
        action = _ACTION.match(self._text, at, end)
        if action is None:
            return None
        verb = action["verb"]
        if len(verb) == 1 and not self._is_word(action.start("verb"), action.end()):
            return None
        return action

    def _has_edge(self, start: int, end: int) -> bool:
        """Whether a verb is a word, or half of one with what stands before it (人员配备)."""
        return start in self._edges or end in self._edges

    def _is_word(self, start: int, end: int) -> bool:
        return start in self._edges and end in self._edges

    def _with_partner(self, at: int, partner: re.Match[str], end: int) -> tuple[int, str, float] | None:
        """`对…开展…`: the verb stands later in the clause."""
        text, word = self._text, partner["with"]
        if len(word) == 1 and partner.end() not in self._edges and word not in "把将对":
            return None
        if _SERVES.search(text, partner.end(), end) or _NO_ACTION.match(text, partner.end()):
            return None
        if word in ("与", "同", "和") and not _TOGETHER.search(text, partner.end(), end):
            return None
        for found in _PARTNER_VERB.finditer(text, partner.end() + 1, end):
            if (
                self._has_edge(*found.span())
                and (len(found.group()) > 1 or word in "把将")
                and not self._is_noun(found, end)
            ):
                inside = word not in ("从", "和", "同", "就")
                if not inside:
                    return self._action_at(found.start(), end)
                return at, found.group(), 0.8
        return (at, word, 0.6) if word in "把将" and end - at > 8 else None

    def _is_noun(self, verb: re.Match[str], end: int) -> bool:
        """Whether a verb inside a phrase is only the first half of a noun there: 行政执法案件, 监督机制."""
        return verb.group() in words.NOUNS_TOO and verb.end() != end or self._text.startswith("的", verb.end())

    def _is_none(self, at: int, end: int) -> bool:
        """Whether the clause says what shall come of it, in which spirit, or how."""
        found = _NO_ACTION.match(self._text, at, end)
        if found is None or (len(found["word"]) == 1 and not self._is_word(found.start("word"), found.end())):
            return _SLOGAN.fullmatch(self._text, at, end) is not None
        if found["word"] == "坚持":
            behind = found.end()
            return not (_PARTNER.match(self._text, behind, end) or self._text.startswith(("追责", "运用"), behind))
        action = _ACTION.match(self._text, at, end)
        return action is None or action.start("verb") >= found.start("word")

    def _behind_subject(self, at: int, end: int) -> int | None:
        """Where the action begins behind a subject, or behind the words for a place."""
        outside = _OUTSIDE.match(self._text, at)
        if outside and outside.group() not in ("在", "由", "经"):
            return None
        reach = min(end, at + (_MOST_PLACE if outside else _MOST_SUBJECT))
        for offset in range(at + 2, reach):
            if not self._starts_action(offset, end):
                continue
            if outside and self._inside_place(at, offset, end):
                continue
            if outside or _SUBJECT.search(self._text, at, offset):
                return offset
        return None

    def _inside_place(self, at: int, offset: int, end: int) -> bool:
        """Whether an action that begins at `offset` is still part of the words for a place: 在推进执法工作中."""
        close = _PLACE_CLOSE.search(self._text, offset, end)
        return close is not None and close.end() in self._edges and end - close.end() > _LEAST

    def _starts_action(self, at: int, end: int) -> bool:
        action = self._verb(at, end)
        if action is not None and len(action["verb"]) > 1 and end - action.end() >= 2:
            return self._has_edge(at, action.end()) and not self._is_noun(action, end)
        if at not in self._edges:
            return False
        partner = _PARTNER.match(self._text, at, end)
        return (
            partner is not None
            and partner["with"] in ("对", "把", "将", "向", "为")
            and self._with_partner(at, partner, end) is not None
        )

    # ---- where it ends -------------------------------------------------------------------------------

    def _parts(self, start: int, end: int) -> list[Range]:
        """The measure, or several where 、 joins actions that each have an object of their own."""
        marks = [at for at in range(start, end) if self._text[at] == "、"]
        if not marks:
            return [(start, end)]
        pieces = list(zip([start, *(at + 1 for at in marks)], [*marks, end], strict=True))
        actions = [piece for piece in pieces if self._whole_action(*piece)]
        if all(piece in actions or _OUTSIDE.match(self._text, piece[0]) for piece in pieces):
            return actions
        return [(start, end)]

    def _whole_action(self, start: int, end: int) -> bool:
        action = self._verb(start, end)
        return (
            action is not None
            and len(action["verb"]) > 1
            and end - action.end() >= 3
            and not self._is_noun(action, end)
        )


def _back_to_future(text: str, at: int, end: int) -> int:
    """`at`, or one before, where a 将 taken for "will" says what is made of something: 将学习作为任务."""
    return at - 1 if at and text[at - 1] == "将" and _MADE.search(text, at, end) else at


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _closed_headings(reading: Reading) -> list[Range]:
    """The headings that stand alone, on their line or closed by 。; one that runs on into its sentence is a clause."""
    text = reading.text
    return [
        (section.start, section.heading_end)
        for section in reading.sections
        if _stands_alone(text[section.heading_end : section.heading_end + 1], section.title)
    ]


def _stands_alone(closing: str, title: str) -> bool:
    """Whether a heading closed by `closing` is no part of a sentence; with a comma in it, one closed by 。 is a sentence."""
    return closing in ("", "\n", "\u2028") or (closing in "。：: \u3000" and "，" not in title and "," not in title)
