"""What each piece looks like: how sure its words are furniture, and what speaks for its being the report's own.

Nothing here decides; `cutting` does, from all pieces of a text together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from annotator.reading.furniture.pieces import Piece
from annotator.reading.furniture.tokens import Match, Strength, tokens_in, weight_of
from annotator.reading.numbering import marks


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
    """A piece with its words' strength, the rule that says so, and its shape. `listed`: under the head of a list of links."""

    piece: Piece
    text: str
    strength: Strength
    rule: str
    shape: Shape
    listed: bool = False


_LONGEST = 200
_COVERED, _HALF = 0.72, 0.4
_SENTENCE = re.compile("[。；！？]|[，,][^，,]*[，,]")
_LINK = re.compile("^[\\u4e00-\\u9fffA-Za-z·“”（）()]{2,8}$")
_CELL = re.compile("^[\\d\\s.,，%％/／—–\\-－元个件人次万亿平方米公里℃○√×无]+$")
_TITLE = re.compile(
    "(?:报告|总结|汇报|公报|年报|要点|规划|计划|方案|意见|通知|公告|通报|说明|纪实|综述|办法|细则|决定|函|批复|纲要|报告书|情况|讲话|安排)"
    "(?:[（(【\\[][^（）()]{1,16}[）)】\\]])?$"
)
_CLOSING = re.compile(
    "^(?:附\\s*件|附\\s*表|附\\s*[:：]|抄\\s*送|主题词|印发|此件)"
    "|^[（(]?(?:19|20)\\d\\d\\s*年\\s*\\d{1,2}\\s*月(?:\\s*\\d{1,2}\\s*日)?[）)]?$"
    "|^[一二][〇○零九O0][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十元]{1,2}月[一二三四五六七八九十]{0,3}日?$"
    "|[\\u4e00-\\u9fff]{1,8}[〔\\[（(【]\\s*(?:19|20)\\d\\d\\s*[〕\\]）)】]\\s*第?\\s*\\d+\\s*号$"
    "|^[^。]{2,60}[:：]$"
    "|^[^：:>|。，]{2,40}(?:政府|委员会|管委会|办事处|党工委|党委|管理局|局|办公室)$"
)
_LABEL_ONLY = re.compile("[:：]\\s*$")


def judge(text: str, found: Sequence[Piece]) -> list[Judged]:
    """Each piece with what it looks like, in order."""
    numbered = {mark.start for mark in marks(text)}
    judged = [_judged(text[p.start : p.end], p, p.start in numbered) for p in found]
    return _with_lists(_with_values(judged))


def _judged(line: str, piece: Piece, numbered: bool) -> Judged:
    strength, rule = _strength(line)
    return Judged(piece, line, strength, rule, _shape(line, numbered))


def _strength(line: str) -> tuple[Strength, str]:
    """How much of a line its furniture words cover, and the rule with the most of it."""
    if len(line) > _LONGEST:
        return Strength.NONE, ""
    found = tokens_in(line)
    if not found:
        return Strength.NONE, ""
    whole = max(weight_of(line), 1)
    share = sum(weight_of(line[m.start : m.end]) for m in found) / whole
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
    return max(
        (m for m in found if m.token.strength == best), key=lambda m: weight_of(line[m.start : m.end])
    ).token.rule


def _shape(line: str, numbered: bool) -> Shape:
    if numbered:
        return Shape.HEADING
    if (len(line) > 24 and _SENTENCE.search(line)) or len(line) > 120:
        return Shape.SENTENCE
    if len(line) >= 8 and _TITLE.search(line):
        return Shape.TITLE
    if _CLOSING.search(line):
        return Shape.CLOSING
    if _CELL.match(line):
        return Shape.CELL
    if _SENTENCE.search(line):
        return Shape.SENTENCE
    return Shape.LINK if _LINK.match(line) else Shape.SHORT


def _with_values(judged: list[Judged]) -> list[Judged]:
    """`来源：` on one line and its value on the next belong together."""
    for index in range(1, len(judged)):
        above, own = judged[index - 1], judged[index]
        if (
            above.strength >= Strength.EDGE
            and above.rule in _VALUED
            and _LABEL_ONLY.search(above.text)
            and _is_value(own)
        ):
            judged[index] = own._replace(strength=Strength.FILL, rule=above.rule, shape=Shape.SHORT)
    return judged


_VALUED = ("meta", "views", "organiser", "contact", "breadcrumb")


def _is_value(own: Judged) -> bool:
    return (
        own.strength == Strength.NONE
        and len(own.text) <= 24
        and own.shape not in (Shape.HEADING, Shape.SENTENCE, Shape.TITLE)
    )


def _with_lists(judged: list[Judged]) -> list[Judged]:
    """What stands under the head of a list of links is listed, until a sentence ends it."""
    listed = ""
    for index, own in enumerate(judged):
        if own.rule in ("related", "links") and own.strength >= Strength.EDGE and len(own.text) <= 16:
            listed = own.rule
        elif own.shape == Shape.SENTENCE or own.shape == Shape.CLOSING:
            listed = ""
        elif listed and own.strength < Strength.EDGE:
            judged[index] = own._replace(listed=True, rule=own.rule or listed)
    return judged
