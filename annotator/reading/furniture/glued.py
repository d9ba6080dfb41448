"""Lines over a body that words alone do not tell: a title that a breadcrumb stands in one line with, and who wrote it.

Both are known by where they stand, so they are looked for only among the lines over the first paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.patterns import late
from annotator.reading.furniture.judging import Judged, Shape, looks_like_title
from annotator.reading.furniture.tokens import Strength
from annotator.reading.places import place_in

#: So many lines under the title may say who wrote the report, and how long such a line is at most.
BYLINES, _LONGEST_BYLINE = 3, 60
_SHORTEST_TITLE = 9

# Behind the last sign that parts the steps of a breadcrumb, and what may be its last step: a short word before more.
_LAST_STEP = late("^.*(?:[>＞»›→:：]|&gt;)[ \t\u3000\xa0]*(?=\\S)")
_SHORT_STEP = late("([\u4e00-\u9fff]{2,8})[ \t\u3000\xa0]+(?=\\S)")
_HERE_BEHIND = late(
    "[ \t\u3000\xa0|｜]+(?:[您你]?的?(?:现在|当前|目前|所在)的?(?:所在)?的?位置(?:是|为)?[:：]|首页[ \u3000\xa0]*[>＞»›])"
)

_DAY = "(?:19|20)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}"
_CHINESE_DAY = "(?:19|20)\\d\\d年\\d{1,2}月\\d{1,2}日"
_CLOCK = "\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?"
_NAME = "[\u4e00-\u9fff·]{2,4}"
_WRITER = "(?:见习|实习|特约|首席)?(?:记者|通讯员|实习生)"
_PAPER = "(?:[\u4e00-\u9fff]{0,8}(?:本报|本网|本台|本刊|日报|晚报|时报|电视台|融媒体中心|融媒))?"
_GAP = "[\\s、，,/]+"
#: A line under the title that says who wrote it, or when it was put on the site; a day alone dates the report itself.
_BYLINE = late(
    f"[（(□■◇◆\\s]*{_PAPER}\\s*{_WRITER}[\\s:：]+{_NAME}(?:{_GAP}(?:{_WRITER}[\\s:：]*)?{_NAME})*[）)\\s]*"
    f"|[（(]\\s*{_PAPER}{_WRITER}\\s*{_NAME}(?:{_GAP}(?:{_WRITER}\\s*)?{_NAME})*\\s*[）)]"
    f"|(?:(?:文[/／、]图|图[/／、]文|文字|撰文|摄影|供图|供稿)[/／:：\\s]+|[文图]\\s*[/／:：]\\s*){_NAME}(?:{_GAP}{_NAME})*"
    f"|(?:[\u4e00-\u9fff]{{2,20}}[\\s|｜]+)?(?:(?:发布|发表)于\\s*)?(?:{_DAY}(?:\\s*{_CLOCK})?|{_CHINESE_DAY}\\s*{_CLOCK})"
    "(?:[\\s|｜]+(?:(?:阅读|浏览|点击)(?:次数|量|数)?[\\s:：]*\\d+\\s*(?:人?次)?|字[体号].{0,16}|[\u4e00-\u9fff]{2,20}))*"
)


def is_byline(own: Judged) -> bool:
    """Whether a piece under the title says who wrote the report or when it was put on the site."""
    return (
        own.strength <= Strength.FILL
        and own.shape not in (Shape.SENTENCE, Shape.HEADING, Shape.TITLE)
        and len(own.text) <= _LONGEST_BYLINE
        and _BYLINE.fullmatch(own.text) is not None
    )


def with_bylines(judged: list[Judged], below: int, first: int) -> list[Judged]:
    """The lines from `below`, under the title, to the first paragraph, with those marked that say who wrote it."""
    for index in range(below, min(below + BYLINES, first)):
        if is_byline(judged[index]):
            judged[index] = judged[index]._replace(strength=Strength.EDGE, rule="meta", shape=Shape.SHORT)
    return judged


def without_breadcrumb(judged: Sequence[Judged], first: int, reach: int) -> list[Judged]:
    """The pieces with the title parted from a breadcrumb in the lowest line over the first paragraph that holds both."""
    for index in range(first - 1, max(-1, first - 1 - reach), -1):
        parts = _parted(judged[index])
        if parts:
            return [*judged[:index], *parts, *judged[index + 1 :]]
    return list(judged)


def _parted(own: Judged) -> list[Judged]:
    """Breadcrumb and title of a piece that is both, in its order; nothing where it is not."""
    if own.rule == "breadcrumb" and own.strength >= Strength.EDGE:
        at = _behind_steps(own.text)
        if at and _is_title(own.text[at:]):
            return [_part(own, 0, at, crumb=True), _part(own, at, len(own.text), crumb=False)]
    here = _HERE_BEHIND.search(own.text)
    if here and own.shape not in (Shape.SENTENCE, Shape.HEADING) and _is_title(own.text[: here.start()]):
        return [_part(own, 0, here.start(), crumb=False), _part(own, here.start(), len(own.text), crumb=True)]
    return []


def _behind_steps(text: str) -> int:
    """Where what follows the steps of a breadcrumb begins; 0 where it has none."""
    last = _LAST_STEP.match(text)
    if last is None:
        return 0
    at = last.end()
    short = _SHORT_STEP.match(text, at)
    # 望川县 2021年… is a title with a space in it, 法治政府 望川县2021年… a step and a title.
    return short.end() if short and not place_in(short[1]) and _is_title(text[short.end() :]) else at


def _is_title(words: str) -> bool:
    return len(words) >= _SHORTEST_TITLE and looks_like_title(words)


def _part(own: Judged, start: int, end: int, *, crumb: bool) -> Judged:
    words = own.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    piece = own.piece._replace(start=own.piece.start + start, end=own.piece.start + start + len(words))
    strength, rule, shape = (Strength.SURE, "breadcrumb", Shape.SHORT) if crumb else (Strength.NONE, "", Shape.TITLE)
    return Judged(piece, words, strength, rule, shape)
