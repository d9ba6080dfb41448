"""Finding the furniture of a text: repeated text, words, and the rules of its site, put together into ranges."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from annotator.domain.furniture_edit import whole_lines
from annotator.domain.site_rule import SiteRule, lines_of, rule_ranges
from annotator.reading.furniture.context import any_furniture, in_context
from annotator.reading.furniture.counters import counters
from annotator.reading.furniture.cutting import Part, cut
from annotator.reading.furniture.judging import Judged, judge
from annotator.reading.furniture.model import Found
from annotator.reading.furniture.names import COUNTER, REPEATED, SITE
from annotator.reading.furniture.pieces import Piece, line_around, pieces, pieces_of_line
from annotator.reading.furniture.plain import is_plain
from annotator.reading.furniture.repeats import repeated
from annotator.reading.furniture.sites import site_of
from annotator.reading.furniture.tokens import Strength, needs_of, searching

_TITLE_LINES = 3
#: A text that repeats itself more often is no page that was crawled some times; and each copy costs a look at what is before.
_COPIES = 500
#: So many pieces at each end of a text are judged: furniture further in would be found at the price of minutes.
_JUDGED = 3000
#: So many characters at each end are cut into pieces at all, and the rest of the line that stands there.
_WINDOW = 300_000
_NOT_LINE_END = re.compile("[^\n]")


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
    copies = [(_with_its_title(text, start), end) for start, end in repeated(text)[:_COPIES]]
    once = _blanked(text, copies) if copies else text
    found = _by_words(once) if body is None else _inside(once, body)
    found += [_whole_lines(text, Found(start, end, COUNTER)) for start, end in _in(counters(once), body)]
    if not found and not copies and not rules:
        return []
    found = sorted([*found, *(_whole_lines(text, Found(start, end, REPEATED)) for start, end in _in(copies, body))])
    return _with_rules(text, _closed_up(text, _apart(found)), _of_site(rules, text, site))


#: Further up than this no title is looked for.
_LONGEST_OVER = 400


def _with_its_title(text: str, start: int) -> int:
    """Where a copy begins with the lines over it that stand before it in the text already: its title."""
    for _line in range(_TITLE_LINES):
        over = text[max(start - _LONGEST_OVER, 0) : start].rstrip()
        line = over[over.rfind("\n") + 1 :].strip()
        first = text.rfind(line, 0, start) if line else 0
        if not 6 <= len(line) <= 80 or text.find(line, 0, first) < 0:
            break
        start = first
    return start


def _blanked(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """`text` with white space for what is decided already, offsets as they are."""
    parts, at = [], 0
    for start, end in ranges:
        start = max(start, at)
        parts += [text[at:start], _NOT_LINE_END.sub(" ", text[start:end])]
        at = max(start, end)
    return "".join([*parts, text[at:]])


def _in(ranges: Sequence[tuple[int, int]], body: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """The parts of `ranges` that lie in the body, all of them where it is not known."""
    if body is None:
        return list(ranges)
    found, parts = [], sorted(body)
    ends = [end for _start, end in parts]
    for start, end in ranges:
        at = bisect_right(ends, start)
        while at < len(parts) and parts[at][0] < end:
            found.append((max(start, parts[at][0]), min(end, parts[at][1])))
            at += 1
    return found


def _apart(found: Sequence[Found]) -> list[Found]:
    """Ranges in order that do not overlap: what a line break was counted to twice goes to the first."""
    kept: list[Found] = []
    for one in found:
        start = max(one.start, kept[-1].end) if kept else one.start
        if start < one.end:
            kept.append(one._replace(start=start))
    return kept


def _by_words(text: str) -> list[Found]:
    if len(text) <= 2 * _WINDOW and is_plain(text):
        return []
    judged = in_context(judge(text, _ends(text)))
    if not any_furniture(judged):
        return []
    return _ranges(text, judged, [part != Part.BODY for part in cut(judged)])


def _ends(text: str) -> list[Piece]:
    """The pieces of a text; of one that is longer than any report both ends, and between them one that is body."""
    if len(text) <= 2 * _WINDOW:
        return _fewer(pieces(text))
    head_end = _line_end(text, _WINDOW)
    tail_start = max(head_end, text.rfind("\n", 0, len(text) - _WINDOW) + 1)
    head, tail = pieces(text, 0, head_end), pieces(text, tail_start, len(text))
    lines = head[-1].line + 1 if head else 0
    between = [Piece(head_end, tail_start, lines)] if text[head_end:tail_start].strip() else []
    return _fewer([*head, *between, *(piece._replace(line=piece.line + lines + 1) for piece in tail)])


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _fewer(found: list[Piece]) -> list[Piece]:
    """Of very many pieces those at both ends; what lies between them is one paragraph, and body."""
    if len(found) <= 2 * _JUDGED:
        return found
    between = found[_JUDGED:-_JUDGED]
    return [*found[:_JUDGED], Piece(between[0].start, between[-1].end, between[0].line), *found[-_JUDGED:]]


#: Of the pieces of a body that may be furniture so many are judged.
_JUDGED_INSIDE = 10_000
_SURE_INSIDE = frozenset(("share", "font_size", "views", "related", "qr", "record_number", "top"))


# A line of the body without any of these is none that could be marked: most are passed over with one search.
_CALLS_INSIDE = searching(needs_of(_SURE_INSIDE, Strength.EDGE))


def _inside(text: str, body: Sequence[tuple[int, int]]) -> list[Found]:
    ranges = sorted(body)
    starts = [start for start, _end in ranges]
    inside = (p for p in _called(text, ranges) if p.end <= _end_of(ranges, bisect_right(starts, p.start) - 1))
    judged = judge(text, list(islice(inside, _JUDGED_INSIDE)))
    marked = [own.strength == Strength.SURE and own.rule in _SURE_INSIDE for own in judged]
    return _ranges(text, judged, marked)


def _called(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The pieces of the lines in which a word of such furniture stands."""
    for number, (start, end) in enumerate(dict.fromkeys(_lines_called(text, ranges))):
        yield from pieces_of_line(text, start, end, number)


def _lines_called(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in ranges:
        while start < end and (call := _CALLS_INSIDE.search(text, start, end)):
            line = line_around(text, call.start())
            yield line
            start = max(line[1], call.end())


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
        if rule == named and found and not text[found[-1].end : own.piece.start].strip():
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
