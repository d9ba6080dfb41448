"""What each piece looks like by itself: how sure its words are furniture, and what speaks for its being the report's own.

Nothing here decides: `context` adds what the neighbours say, `cutting` decides from all pieces of a text together.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from annotator.domain.patterns import late
from annotator.reading.furniture.pieces import Piece
from annotator.reading.furniture.tokens import Match, Strength, tokens_in, weight_of
from annotator.reading.numbering import is_numbered, spoken_starts


class Shape(IntEnum):
    """What a piece looks like, furniture words apart."""

    SHORT = 0  # a few words: a link, a cell, a name
    LINK = 1  # as entries of menus look
    CELL = 2  # a number or a sign
    HEADING = 3  # numbered
    TITLE = 4
    SENTENCE = 5
    CLOSING = 6  # a signature, its date, a list of annexes, a salutation, a document number


class Judged(NamedTuple):
    """A piece with its words' strength, the rule that says so, and its shape.

    `listed`: it stands under the head of a list of links.
    """

    piece: Piece
    text: str
    strength: Strength
    rule: str
    shape: Shape
    listed: bool = False


_NONE = Strength.NONE
#: A longer piece is a paragraph, whatever words it holds.
LONGEST = 200
#: Notices of a site are sentences too, but short ones.
LONGEST_NOTICE = 80
_COVERED, _HALF = 0.72, 0.4
_SENTENCE = late("[。；！？]|[，,][^，,]*[，,]")
_LONG_SENTENCE, _PARAGRAPH = 24, 120
_LINK = late("^[\\u4e00-\\u9fffA-Za-z·“”（）()]{2,8}$")
_CELL = late("^[\\d\\s.,，%％/／—–\\-－元个件人次万亿平方米公里℃○√×无]+$")
_TITLE = late(
    "(?:报告|总结|汇报|公报|年报|要点|规划|计划|方案|意见|通知|公告|通报|说明|纪实|综述|办法|细则|决定|函|批复|纲要|报告书|情况|讲话|安排)"
    "(?:[（(【\\[][^（）()]{1,16}[）)】\\]])?$"
)
_SHORTEST_TITLE = 6
_CLOSING = late(
    "附\\s*件|附\\s*表|附\\s*[:：]|抄\\s*送|主题词|此件"
    "|[（(]?(?:19|20)\\d\\d\\s*年\\s*\\d{1,2}\\s*月(?:\\s*\\d{1,2}\\s*日)?[）)]?$"
    "|[一二][〇○零九O0][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十元]{1,2}月[一二三四五六七八九十]{0,3}日?$"
    "|[\\u4e00-\\u9fff]{1,8}[〔\\[（(【]\\s*(?:19|20)\\d\\d\\s*[〕\\]）)】]\\s*第?\\s*\\d+\\s*号$"
)


def judge(text: str, found: Sequence[Piece]) -> list[Judged]:
    """Each piece with what it looks like, in order."""
    line = -1
    spoken: frozenset[int] | None = None
    judged = []
    for piece in found:
        start, end, number = piece
        words = text[start:end]
        numbered = number != line and is_numbered(text, start)
        line = number
        if not numbered and "是" in words[1:4]:
            spoken = spoken_starts(text) if spoken is None else spoken
            numbered = start in spoken
        if numbered or len(words) > LONGEST:  # most of a report: no word of it is looked at
            judged.append(Judged(piece, words, _NONE, "", Shape.HEADING if numbered else Shape.SENTENCE))
        else:
            judged.append(_judged(words, piece))
    return judged


def _judged(line: str, piece: Piece) -> Judged:
    strength, rule = (_NONE, "") if _is_paragraph(line) else strength_of(line)
    return Judged(piece, line, strength, rule, _shape(line))


def _is_paragraph(line: str) -> bool:
    """Whether a piece no longer than LONGEST is one whatever words it holds."""
    stops = line.count("。")
    return stops > 1 or (stops > 0 and len(line) > LONGEST_NOTICE)


@functools.lru_cache(maxsize=4096)  # titles, salutations and the lines of a site's menus, page after page
def strength_of(line: str) -> tuple[Strength, str]:
    """How much of a line its furniture words cover, and the rule with the most of it."""
    found = tokens_in(line)
    if not found:
        return Strength.NONE, ""
    share = sum(weight_of(line[m.start : m.end]) for m in found) / max(weight_of(line), 1)
    best = max(m.token.strength for m in found)
    rule = _leading(line, found, best)
    if share >= _COVERED:
        return _raised(found, best), rule
    if share >= _HALF and best == Strength.SURE and not _SENTENCE.search(line):
        return Strength.EDGE, rule
    return Strength.NONE, rule


def _raised(found: Sequence[Match], best: Strength) -> Strength:
    """Several words that prove little alone prove something together."""
    if best == Strength.EDGE and sum(m.token.strength == Strength.EDGE for m in found) >= 2:
        return Strength.SURE
    if best == Strength.FILL and len(found) >= 3:
        return Strength.EDGE
    return best


def _leading(line: str, found: Sequence[Match], best: Strength) -> str:
    if any(m.token.rule == "meta" and m.token.strength >= Strength.EDGE for m in found):
        return "meta"  # a line of facts, whatever switches stand beside them
    surest = [m for m in found if m.token.strength == best]
    return max(surest, key=lambda m: weight_of(line[m.start : m.end])).token.rule


def looks_like_title(words: str) -> bool:
    """Whether words end as titles of reports do."""
    return _TITLE.search(words) is not None


def _shape(line: str) -> Shape:
    if len(line) > _PARAGRAPH or (len(line) > _LONG_SENTENCE and _SENTENCE.search(line)):
        return Shape.SENTENCE
    if len(line) >= _SHORTEST_TITLE and _TITLE.search(line):
        return Shape.TITLE
    if _CLOSING.match(line) or line.endswith("印发"):
        return Shape.CLOSING
    if _CELL.match(line):
        return Shape.CELL
    if _SENTENCE.search(line):
        return Shape.SENTENCE
    return Shape.LINK if _LINK.match(line) else Shape.SHORT
