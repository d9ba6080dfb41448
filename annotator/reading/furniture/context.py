"""What the neighbours of a piece say about it: the title over the body, the signature under it, values of labels, lists.

Each function takes the judged pieces and gives them back with one thing found out; `in_context` calls them in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

from annotator.reading.furniture.glued import BYLINES, is_byline, with_bylines, without_breadcrumb
from annotator.reading.furniture.judging import Judged, Shape
from annotator.reading.furniture.tokens import Strength, tokens_in

#: The title stands at most so many pieces over the first paragraph, the signature so many under the last.
_TITLE_REACH, _SIGNATURE_REACH = 30, 6
_LONGEST_TITLE, _TITLE_LINES = 70, 3
#: Under a title that reads like the entry of a menu, a line about who wrote it may stand.
_BYLINE = 2
_LABEL_ONLY = re.compile("[:：]\\s*$")
_VALUED = frozenset(("meta", "views", "organiser", "contact", "breadcrumb"))
_LONGEST_VALUE = 24
_ISSUER = re.compile("^[^：:>|。，]{2,40}(?:政府|委员会|管委会|办事处|党工委|党委|工委|局|办公室|中心)$")
_SALUTATION = re.compile("^[^。]{2,60}[:：]$")
_SITE_NAME = re.compile("[-_|—–·].{2,40}$")
_CONTACT = re.compile("^[（(]?(?:联系人|经办人|咨询电话|咨询方式|报名电话|受理电话)")
_MENU_LINES = 4
_STRENGTH = itemgetter(Judged._fields.index("strength"))


def in_context(judged: Sequence[Judged]) -> list[Judged]:
    """The pieces with what their neighbours say."""
    found = list(judged)
    if any_furniture(found):
        found = _with_lists(_with_values(found))
    elif is_plain_head(found):
        return found
    found = _with_title(_with_glued_title(found))
    found = _with_signature(found)
    return _with_menus(found)


def body_edges(judged: Sequence[Judged]) -> tuple[int, int]:
    """The first and the last piece that are surely of the body: sentences and numbered headings; (n, -1) without any."""
    first = next((at for at, own in enumerate(judged) if is_sure(own)), len(judged))
    last = next((at for at in range(len(judged) - 1, first - 1, -1) if is_sure(judged[at])), -1)
    return first, last


def is_plain_head(judged: Sequence[Judged]) -> bool:
    """Whether nothing can be told from the body of a text without words of furniture: no menu in it, no title over its title.

    So most reports are that somebody wrote and nobody crawled. Without its menus a text is told by what stands over its
    first paragraph, and that paragraph.
    """
    if sum([own.shape == Shape.LINK for own in judged]) >= 2 * _MENU_LINES:
        return False
    first = next((at for at, own in enumerate(judged) if is_sure(own)), len(judged))
    at = _title_over(judged, first)
    if at is None or judged[at].shape != Shape.TITLE:
        if any("位置" in own.text or "首页" in own.text for own in judged[:first]):
            return False
    if at is None:
        return True
    return min(_title_lines(judged, at)) == 0 and not any(map(is_byline, judged[at + 1 : min(at + 1 + BYLINES, first)]))


def any_furniture(judged: Sequence[Judged]) -> bool:
    """Whether the words of any piece speak for furniture at all."""
    return any(map(_STRENGTH, judged))


def is_sure(own: Judged) -> bool:
    """Whether a piece is surely of the body, or of another text, but no furniture."""
    return own.strength < Strength.EDGE and not own.listed and own.shape in (Shape.SENTENCE, Shape.HEADING)


def _with_values(judged: list[Judged]) -> list[Judged]:
    """`来源：` on one line and its value on the next belong together."""
    for index in [at for at, above in enumerate(judged[:-1], 1) if above.strength >= Strength.EDGE]:
        above, own = judged[index - 1], judged[index]
        labelled = _LABEL_ONLY.search(above.text) and _asks(above)
        if labelled and own.strength == Strength.NONE and len(own.text) <= _LONGEST_VALUE and _can_be_value(own):
            judged[index] = own._replace(strength=Strength.FILL, rule=above.rule, shape=Shape.SHORT)
    return judged


def _asks(above: Judged) -> bool:
    found = tokens_in(above.text)
    return bool(found) and found[-1].token.rule in _VALUED


def _can_be_value(own: Judged) -> bool:
    return own.shape not in (Shape.HEADING, Shape.SENTENCE, Shape.TITLE) and not _LABEL_ONLY.search(own.text)


def _with_lists(judged: list[Judged]) -> list[Judged]:
    """What stands under the head of a list of links is listed, until a sentence ends it."""
    rule = ""
    first, _last = body_edges(judged)
    for index, own in enumerate(judged[first:], first):
        if own.rule == "related" and own.strength >= Strength.EDGE and len(own.text) <= 16:
            rule = own.rule
        elif own.shape == Shape.CLOSING or (own.shape == Shape.SENTENCE and len(own.text) > _LONGEST_TITLE):
            rule = ""
        elif rule and own.strength < Strength.EDGE:
            judged[index] = own._replace(listed=True, rule=own.rule or rule)
    return judged


def _with_glued_title(judged: list[Judged]) -> list[Judged]:
    """Where no line over the first paragraph looks like a title, the one that stands in a line with a breadcrumb."""
    first, _last = body_edges(judged)
    at = _title_over(judged, first)
    if first == len(judged) or (at is not None and judged[at].shape == Shape.TITLE):
        return judged
    return without_breadcrumb(judged, first, _TITLE_REACH)


def _with_title(judged: list[Judged]) -> list[Judged]:
    """The title is the line that looks most like one among those over the first paragraph; other titles are links."""
    first, _last = body_edges(judged)
    if first == len(judged):
        return judged
    at = _title_over(judged, first)
    if at is None:
        return judged
    lines = _title_lines(judged, at)
    judged = _with_same_title(judged, lines, first)
    barrier = max((i for i in range(at) if judged[i].strength >= Strength.EDGE), default=-1)
    for index in range(first):
        own = judged[index]
        if index in lines:
            judged[index] = own._replace(strength=Strength.NONE, rule="", shape=Shape.TITLE)
        elif own.shape in (Shape.TITLE, Shape.CLOSING) and index < barrier:
            judged[index] = own._replace(shape=Shape.SHORT)
    return with_bylines(judged, at + 1, first)


def _with_same_title(judged: list[Judged], lines: set[int], first: int) -> list[Judged]:
    """The title once more above it: with the name of the site behind it, or alone among furniture."""
    title = "".join("".join(judged[index].text for index in sorted(lines)).split())
    among = any(own.strength >= Strength.EDGE for own in judged[:first])
    for index in range(min(lines)):
        words = "".join(judged[index].text.split())
        if words.startswith(title) and (_SITE_NAME.match(words[len(title) :]) or (among and words == title)):
            judged[index] = judged[index]._replace(strength=Strength.EDGE, rule="title", shape=Shape.SHORT)
    return judged


def _title_over(judged: Sequence[Judged], first: int) -> int | None:
    """Where the last line of the title over the first paragraph stands."""
    return _title_at(judged, range(first - 1, max(-1, first - 1 - _TITLE_REACH), -1))


def _title_at(judged: Sequence[Judged], over: Iterable[int]) -> int | None:
    """Where the last line of the title stands: of what looks like a title the lowest, else the lowest line of some length."""
    plain: int | None = None
    named: int | None = None
    for index in over:
        own = judged[index]
        if own.strength == Strength.NONE and own.shape == Shape.TITLE:
            return index
        if own.strength == Strength.FILL and own.shape == Shape.TITLE and named is None:
            named = index
        if own.strength == Strength.NONE and own.shape == Shape.SHORT and len(own.text) >= 9 and plain is None:
            plain = index
    if named is None or plain is None:
        return plain if named is None else named
    return named if named > plain or plain - named <= _BYLINE else plain


def _title_lines(judged: Sequence[Judged], at: int) -> set[int]:
    """A title in several lines, or with spaces in a page that is one line: what stands directly over its last line."""
    lines = {at}
    for index in range(at - 1, max(-1, at - _TITLE_LINES), -1):
        own, below = judged[index], judged[index + 1]
        if own.strength > Strength.NONE or not 4 <= len(own.text) <= _LONGEST_TITLE or judged[at].text in own.text:
            break
        goes_on = below.text.startswith(("关于", "在", "——")) or _ISSUER.match(own.text) is not None
        if not goes_on and own.piece.line != below.piece.line:
            break
        lines.add(index)
    return lines


def _with_signature(judged: list[Judged]) -> list[Judged]:
    """Who signs stands right under the last paragraph or over a date; to whom it is written, over the first."""
    first, last = body_edges(judged)
    for index, own in enumerate(judged):
        if index > last and own.rule == "contact" and _CONTACT.match(own.text) and _follows_body(judged, index):
            own = judged[index] = own._replace(strength=Strength.NONE, shape=Shape.CLOSING)
        if own.strength > Strength.NONE:
            continue
        if index < first and _SALUTATION.match(own.text) and first - index <= 2:
            judged[index] = own._replace(shape=Shape.CLOSING)
        elif index > last and _ISSUER.match(own.text) and _signs(judged, index, last):
            judged[index] = own._replace(shape=Shape.CLOSING)
        elif own.shape == Shape.CLOSING and index > last + _SIGNATURE_REACH and own.text[0] not in "附抄":
            judged[index] = own._replace(shape=Shape.CELL)
    return judged


def _follows_body(judged: Sequence[Judged], index: int) -> bool:
    """Whether no furniture stands over a piece since the last paragraph: then whom to ask is the report's own."""
    over = index - 1
    while over >= 0 and judged[over].rule == "contact" and judged[over].strength == Strength.FILL:
        over -= 1
    return over < 0 or judged[over].strength == Strength.NONE


def _signs(judged: Sequence[Judged], index: int, last: int) -> bool:
    below = judged[index + 1 : index + 3]
    return index <= last + 2 or any(own.shape == Shape.CLOSING and own.text[0] not in "附抄" for own in below)


def _with_menus(judged: list[Judged]) -> list[Judged]:
    """A block of links that stands twice outside the body is a menu, whatever its words."""
    first, last = body_edges(judged)
    seen: dict[tuple[str, ...], int] = {}
    whole = len(judged) - _MENU_LINES + 1
    for index in (
        *range(min(whole, first - _MENU_LINES + 1)),
        *range(max(last + 1, first - _MENU_LINES + 1, 0), whole),
    ):
        if judged[index].shape != Shape.LINK:
            continue
        block = judged[index : index + _MENU_LINES]
        if any(own.shape != Shape.LINK or own.strength >= Strength.EDGE for own in block):
            continue
        before = seen.setdefault(tuple(own.text for own in block), index)
        if before + _MENU_LINES <= index and before < first:
            for at in (*range(before, before + _MENU_LINES), *range(index, index + _MENU_LINES)):
                judged[at] = judged[at]._replace(strength=Strength.FILL, rule=judged[at].rule or "nav")
    return judged
