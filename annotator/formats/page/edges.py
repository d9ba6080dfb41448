"""The edges of a body, line by line: headlines, lines of facts, closing lines and lists of links taken off its ranges.

Given are the ranges of a page that hold its prose; what stands at their edges, and between their paragraphs, is judged by
its words and its links. Nothing here looks at elements but for what a heading is called.
"""

from __future__ import annotations

import re

from annotator.formats.page import words
from annotator.formats.page.lines import Line, Page
from annotator.formats.page.weighing import Weighed

# A counter, a mark, an arrow: a line of a table has more than one cell.
_NOTHING = re.compile("^[\\d\\W_]{0,6}$")
_SHORT = 90


def trimmed(weighed: Weighed, ranges: list[tuple[int, int]], title: str) -> list[bool]:
    """The lines of the ranges that are body: edges, closing lines and lists of links taken off."""
    lines = weighed.page.lines
    keep = [False] * len(lines)
    for first, last in ranges:
        for at in range(first, last):
            keep[at] = not weighed.pruned[at]
    inside = [at for at, ok in enumerate(keep) if ok]
    prose = [at for at in inside if weighed.prose[at] > 0]
    if not prose:
        return keep
    _cut_after(weighed, keep, prose)
    prose = [at for at in prose if keep[at]]
    if prose:
        _cut_head(weighed, keep, inside, prose[0], title)
        _cut_tail(weighed, keep, prose[-1])
        _cut_inside(weighed, keep, prose)
        _take_title(weighed, keep, title)
    return keep


def _cut_after(weighed: Weighed, keep: list[bool], prose: list[int]) -> None:
    """Everything from a heading such as “related reading” on, where little prose follows it."""
    total = sum(weighed.prose[at] for at in prose)
    before = 0
    for at, line in enumerate(weighed.page.lines):
        if not keep[at]:
            continue
        if before > 0.4 * total and line.length <= 30 and line.says(words.AFTER):
            for rest in range(at, len(keep)):
                keep[rest] = False
            return
        before += weighed.prose[at]


def _cut_head(weighed: Weighed, keep: list[bool], inside: list[int], first: int, title: str) -> None:
    """Lines above the first paragraph: kept upwards until the headline, a line of facts or a list of links."""
    first = _below_headline(weighed, keep, inside, first, title)
    stopped = False
    for at in reversed([at for at in inside if at < first]):
        line = weighed.page.lines[at]
        if not stopped and (is_headline(line, weighed.page, title) or _is_edge(line)):
            stopped = True
        if stopped:
            keep[at] = False


def _below_headline(weighed: Weighed, keep: list[bool], inside: list[int], first: int, title: str) -> int:
    """The first paragraph, or where a little prose stands above the headline the first one below that."""
    total = sum(weighed.prose[at] for at in inside if keep[at])
    above = 0
    for at in inside:
        if not keep[at]:
            continue
        line = weighed.page.lines[at]
        if above and not line.links and line.length >= 8 and _in_title(line, title):
            for gone in inside:
                keep[gone] = keep[gone] and gone > at
            return next((below for below in inside if below > at and keep[below] and weighed.prose[below]), first)
        above += weighed.prose[at]
        if above > 0.2 * total:
            break
    return first


def _cut_tail(weighed: Weighed, keep: list[bool], last: int) -> None:
    """Lines below the last paragraph: kept downwards until one that closes the article or a list of links."""
    stopped = False
    for at in range(last + 1, len(keep)):
        if not keep[at]:
            continue
        line = weighed.page.lines[at]
        if not stopped and (_is_edge(line, tail=True) or _is_closing(line)):
            # One line of facts between paragraph and signature closes nothing.
            stopped = _ends_here(weighed, keep, at)
            keep[at] = False
        if stopped:
            keep[at] = False


def _ends_here(weighed: Weighed, keep: list[bool], at: int) -> bool:
    lines = weighed.page.lines
    below = next((lines[n] for n in range(at + 1, len(lines)) if keep[n]), None)
    if below is None:
        return True
    return below.links > 0 or _is_edge(below, tail=True) or _is_closing(below)


def _cut_inside(weighed: Weighed, keep: list[bool], prose: list[int]) -> None:
    """Among the paragraphs: lines to share or to scan, lists of links, closing lines near the end."""
    lines = weighed.page.lines
    near_end = prose[-1] - max(3, len(prose) // 10)
    for at in range(prose[0], prose[-1] + 1):
        if not keep[at] or weighed.prose[at]:
            continue
        line = lines[at]
        if line.length < 60 and (line.says(words.SHARE) or line.says(words.FOOT)):
            keep[at] = False
        elif at >= near_end and _is_closing(line):
            keep[at] = False
        elif at <= prose[min(2, len(prose) - 1)] and line.length < 80 and _is_edge(line):
            keep[at] = False
    _cut_link_lists(weighed, keep)


def _cut_link_lists(weighed: Weighed, keep: list[bool]) -> None:
    """Three lines of links and more in a row are no part of an article."""
    run: list[int] = []
    for at, line in enumerate([*weighed.page.lines, None]):
        linked = line is not None and line.length and line.links * 10 > line.length * 7
        if linked and keep[at]:
            run.append(at)
        elif line is None or keep[at]:
            if len(run) >= 3:
                for gone in run:
                    keep[gone] = False
            run = []


def _is_edge(line: Line, *, tail: bool = False) -> bool:
    """Whether a line at the edge of the body is not part of it."""
    text = line.text
    if line.length and line.links * 2 > line.length:
        # One download below a document belongs to it, and so does a heading of its own that is a link.
        return not (tail and text.startswith("附件")) and not words.NUMBERED.match(text)
    if line.length > _SHORT:
        return False
    if tail and _NOTHING.search(text):
        return True
    if line.says(words.SHARE) or line.says(words.CRUMB) or line.says(words.FOOT):
        return True
    return line.says(words.META) and not (tail and _is_plain_date(text))


def _is_plain_date(text: str) -> bool:
    """A date alone signs a document; with a time of day it is the page's."""
    return ":" not in text and "：" not in text and len(text) <= 16


def _is_closing(line: Line) -> bool:
    return line.length <= 2 * _SHORT and bool(
        line.says(words.CLOSING) or (line.may_say(words.AFTER) and words.AFTER.search(line.text[:40]))
    )


def is_headline(line: Line, page: Page, title: str) -> bool:
    """Whether a line is the page's headline: a first heading, or what the page calls itself."""
    return page.nodes[line.node].tag == "h1" or _in_title(line, title)


def _in_title(line: Line, title: str) -> bool:
    """Whether a line is the beginning of the page's title, or a good part of it."""
    if line.length > len(title) + 8:
        return False
    bare, whole = _bare(line.text), _bare(title)
    if len(bare) < 5 or len(bare) < 0.3 * len(whole):
        return False
    return whole.startswith(bare) or (len(bare) >= 8 and bare in whole)


def _bare(text: str) -> str:
    return "".join(text.split())


def _take_title(weighed: Weighed, keep: list[bool], title: str) -> None:
    """An official document's own title, just above the body, belongs to it."""
    lines = weighed.page.lines
    first = keep.index(True)
    for at in range(first - 1, max(first - 25, -1), -1):
        line = lines[at]
        if weighed.prose[at] > 60:
            return
        if line.links or not words.is_official(line.text):
            continue
        if (
            is_headline(line, weighed.page, title)
            or weighed.page.nodes[line.node].tag in ("h2", "h3", "h4")
            or at >= first - 3
        ):
            if not line.says(words.META) and not line.says(words.CRUMB):
                keep[at] = True
                if at and words.is_issuer(lines[at - 1].text) and not lines[at - 1].links:
                    keep[at - 1] = True
                return
