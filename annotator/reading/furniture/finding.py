"""Finding the furniture of a text: repeated text, words, and the rules of its site, put together into ranges."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from annotator.domain.furniture_edit import whole_lines
from annotator.domain.site_rule import SiteRule, lines_of, rule_ranges
from annotator.reading.furniture.context import in_context
from annotator.reading.furniture.cutting import Part, cut
from annotator.reading.furniture.judging import Judged, judge
from annotator.reading.furniture.model import Found
from annotator.reading.furniture.names import REPEATED, SITE
from annotator.reading.furniture.pieces import Piece, pieces
from annotator.reading.furniture.repeats import repeated
from annotator.reading.furniture.sites import site_of
from annotator.reading.furniture.tokens import Strength

_TITLE_LINES = 3
#: So many pieces at each end of a text are judged: furniture further in would be found at the price of minutes.
_JUDGED = 3000


def find_furniture(
    text: str,
    *,
    site: str = "",
    rules: Sequence[SiteRule] = (),
    body: Sequence[tuple[int, int]] | None = None,
) -> list[Found]:
    """The furniture of `text`, sorted and disjoint, whole lines where possible; code points.

    `rules` are those a person taught; of them those of `site` hold (`sites.site_of`; asked here where it is not given),
    and they go before all that is found otherwise, what was taught later before what was taught earlier.
    Where the reader of a page knows the `body`, only what is surely furniture is found, and only in it.
    """
    copies = [(_with_its_title(text, start), end) for start, end in repeated(text)]
    once = _blanked(text, copies)
    found = _by_words(once) if body is None else _inside(once, body)
    found = sorted([*found, *(_whole_lines(text, Found(start, end, REPEATED)) for start, end in _in(copies, body))])
    return _with_rules(text, _closed_up(text, _apart(found)), _of_site(rules, text, site))


def _with_its_title(text: str, start: int) -> int:
    """Where a copy begins with the lines over it that stand before it in the text already: its title."""
    for _line in range(_TITLE_LINES):
        over = text[:start].rstrip()
        first = over.rfind("\n") + 1
        line = over[first:].strip()
        if not 6 <= len(line) <= 80 or text.find(line, 0, first) < 0:
            break
        start = first
    return start


def _blanked(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """`text` with white space for what is decided already, offsets as they are."""
    for start, end in ranges:
        text = text[:start] + "".join("\n" if c == "\n" else " " for c in text[start:end]) + text[end:]
    return text


def _in(ranges: Sequence[tuple[int, int]], body: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """The parts of `ranges` that lie in the body, all of them where it is not known."""
    if body is None:
        return list(ranges)
    return [(max(s, a), min(e, b)) for s, e in ranges for a, b in sorted(body) if max(s, a) < min(e, b)]


def _apart(found: Sequence[Found]) -> list[Found]:
    """Ranges in order that do not overlap: what a line break was counted to twice goes to the first."""
    kept: list[Found] = []
    for one in found:
        start = max(one.start, kept[-1].end) if kept else one.start
        if start < one.end:
            kept.append(one._replace(start=start))
    return kept


def _by_words(text: str) -> list[Found]:
    judged = in_context(judge(text, _ends(pieces(text))))
    return _ranges(text, judged, [part != Part.BODY for part in cut(judged)])


def _ends(found: list[Piece]) -> list[Piece]:
    """Of a text of very many pieces both ends; what lies between them is one paragraph, and body."""
    if len(found) <= 2 * _JUDGED:
        return found
    between = found[_JUDGED:-_JUDGED]
    return [*found[:_JUDGED], Piece(between[0].start, between[-1].end, between[0].line), *found[-_JUDGED:]]


_SURE_INSIDE = frozenset(("share", "font_size", "views", "related", "qr", "record_number", "top"))


def _inside(text: str, body: Sequence[tuple[int, int]]) -> list[Found]:
    ranges = sorted(body)
    starts = [start for start, _end in ranges]
    inside = [p for p in pieces(text) if p.end <= _end_of(ranges, bisect_right(starts, p.start) - 1)]
    judged = judge(text, inside)
    marked = [own.strength == Strength.SURE and own.rule in _SURE_INSIDE for own in judged]
    return _ranges(text, judged, marked)


def _end_of(ranges: Sequence[tuple[int, int]], index: int) -> int:
    return ranges[index][1] if index >= 0 else -1


def _ranges(text: str, judged: Sequence[Judged], marked: Sequence[bool]) -> list[Found]:
    """Neighbours of one rule become one range; a piece without a rule goes with the one above it."""
    found: list[Found] = []
    rule = ""
    for index, own in enumerate(judged):
        if not marked[index]:
            rule = ""
            continue
        named = own.rule or rule or _next_rule(judged, marked, index)
        if rule == named and found:
            found[-1] = found[-1]._replace(end=own.piece.end)
        else:
            found.append(Found(own.piece.start, own.piece.end, named))
        rule = named
    return [_whole_lines(text, one) for one in found]


def _next_rule(judged: Sequence[Judged], marked: Sequence[bool], index: int) -> str:
    following = (own.rule for own, is_marked in zip(judged[index:], marked[index:]) if is_marked and own.rule)
    return next(following, "nav")


def _whole_lines(text: str, found: Found) -> Found:
    start, end = whole_lines(text, found.start, found.end)
    return found._replace(start=start, end=end)


def _closed_up(text: str, found: Sequence[Found]) -> list[Found]:
    """Blank lines between two ranges, and between a range and the end of the text, go with the range above them."""
    closed: list[Found] = []
    for index, one in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(text)
        blank = text[one.end - 1] == "\n" and not text[one.end : limit].strip()
        closed.append(one._replace(end=limit) if blank else one)
    return closed


# ---- rules of the site ------------------------------------------------------------------------------


def _of_site(rules: Sequence[SiteRule], text: str, site: str) -> list[SiteRule]:
    if not rules:
        return []
    site = site or site_of(text)
    return [rule for rule in rules if rule.site == site]


def _with_rules(text: str, found: list[Found], rules: Sequence[SiteRule]) -> list[Found]:
    if not rules:
        return found
    lines = lines_of(text)
    for rule in rules:
        for start, end in rule_ranges(rule, text, lines):
            own = _whole_lines(text, Found(start, end, SITE + rule.uid))
            found = _without(found, own.start, own.end)
            if rule.furniture:
                found.append(own)
    return sorted(found)


def _without(found: Sequence[Found], start: int, end: int) -> list[Found]:
    """`found` without [start, end); a range that holds it is cut in two."""
    kept: list[Found] = []
    for one in found:
        if one.end <= start or one.start >= end:
            kept.append(one)
            continue
        if one.start < start:
            kept.append(one._replace(end=start))
        if one.end > end:
            kept.append(one._replace(start=end))
    return kept
