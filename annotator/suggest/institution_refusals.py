"""What makes a candidate no name of an institution: titles, meetings, books, classes of bodies, words that go on.

This module looks at what stands around a candidate and knows nothing of how it was found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from annotator.suggest import institution_words as words
from annotator.suggest.reading import Range, Reading

_TITLE: Final = re.compile(words.TITLES)
_MEETING: Final = re.compile(words.MEETINGS)
#: What follows a body and makes it another thing: 政府部门, 大学城.
_RUNS_ON_WORD: Final = re.compile(
    "(?<=党委)(?:(?:统一)?领导[、，,]政府|[、和与]政府(?:主要|负责|领导|班子))|(?<=政协)(?:提案|建议案)|(?<=人大)(?:代表|建议|议案)|(?<=大学)(?:科技城|科技园|城)"
    "|(?<=中心)(?:大厦|大楼|广场|小区|工作|任务|城市|城区|镇|大局|环节|组)"
    "|(?<=政府)(?:工作报告|工作部门|部门|组成部门|直属机构|系统|职能|规章|信息公开|采购|投资|购买|网站群)"
)
_BOOK: Final = re.compile("《[^《》\n]*》")
#: What stands before bodies of which a class is meant.
_GENERIC_BEFORE: Final = re.compile(
    r"(?:各级|各类|各|各(?:地|省|市|区|县|镇|乡|街|街道|州|村|社区|单位|部门|[、和（）()])+|有关|相关|其他|所有|全部|部分|多个|若干|等|该|此|某|任何"
    r"|一些|两级|三级|本级|这些|每个|基层|个别|少数|多数|众多|不少|属地|辖区|驻地|当地|下级|同级|涉事|承办|主管|相应|各个|乡镇|镇街|街镇|村|社区|苏木|嘎查"
    r"|全[省市区县镇乡州旗])\Z"
)
_COORDINATED: Final = re.compile(
    r"(?:各|有关|相关|部分|个别|一些|少数|多数|基层)[^，。；：,;:\n、和及与]{0,14}、(?:[^，。；：,;:\n、和及与]{0,14}、)*\Z"
)
#: Between a number and a body that it does not count: 3份文件报区司法局.
_NOT_COUNTED: Final = frozenset("到向在由与被对和将把经为报送呈交给")


class Refusals:
    """The refusals of one report."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._edges = frozenset(reading.edges)
        self._numbers = {q.end for q in reading.quantities if q.kind in ("count", "number")}
        self._books = Cover(book.span() for book in _BOOK.finditer(self._text))

    def ends_a_word(self, end: int, head: str) -> bool:
        """Whether the ending `head` that ends at `end` is one: no part of 党委会, 办理 or 集中学法."""
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

    def names_a_meeting(self, end: int) -> bool:
        """Whether a meeting is named after the body that ends at `end`: 县委依法治县委员会第四次会议."""
        return _MEETING.match(self._text, end) is not None

    def stands(self, start: int, end: int) -> bool:
        """Whether nothing around `[start, end)` speaks against its being the name of a body."""
        return not (
            "\n" in self._text[start:end]
            or self._runs_on(end)
            or self._goes_on(end)
            or self._is_a_class(start)
            or self._books.touches(start, end)
        )

    def _goes_on(self, end: int) -> bool:
        """Whether a title, a meeting or another word follows that the body is a part of."""
        text = self._text
        return bool(_TITLE.match(text, end) or _RUNS_ON_WORD.match(text, end)) or text[end : end + 1] == "+"

    def _is_a_class(self, start: int) -> bool:
        """Whether what stands before says that bodies of a kind are meant: 各, 基层, a number."""
        text, before = self._text, self._text[max(0, start - 1) : start]
        if before and before in "级)）·+":
            return True
        if before == "、" and _COORDINATED.search(text, max(0, start - 40), start):
            return True
        return bool(_GENERIC_BEFORE.search(text, max(0, start - 8), start)) or self._counted(start)

    def _counted(self, start: int) -> bool:
        """Whether a number stands before: 12个政务服务站 are a kind of body."""
        return any(
            end in self._numbers and _same_phrase(self._text[end:start]) for end in range(start, max(0, start - 7), -1)
        )


def _same_phrase(between: str) -> bool:
    if any(between[at : at + 2] in words.NEVER_INSIDE for at in range(len(between) - 1)):
        return False  # what is counted is done something with, perhaps by the body: 3名律师组建县法律顾问室
    return all((char.isalpha() and char not in _NOT_COUNTED) or char in "（()）" for char in between)


class Cover:
    """Ranges that are asked, again and again, what lies in them."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _end in ordered]
        self._reach = list(accumulate((end for _start, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether one range that begins at or before `start` reaches to `end`."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._reach[at - 1] >= end

    def touches(self, start: int, end: int) -> bool:
        """Whether any range shares a character with `[start, end)`."""
        at = bisect_right(self._starts, end - 1)
        return at > 0 and self._reach[at - 1] > start
