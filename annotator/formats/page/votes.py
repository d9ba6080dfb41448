"""Other opinions on a body, asked for only where our own is in doubt: trafilatura and readability.

Their answers are text; here they become lines of the page again, are trimmed like our own, and the candidates are
compared: how much prose each holds, how much that is no prose, how far it agrees with the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from annotator.formats.page.body import Decision
from annotator.formats.page.edges import trimmed
from annotator.formats.page.weighing import Weighed

#: Longer or deeper pages are not handed on: both libraries walk them recursively and several times.
_LONGEST_MARKUP = 1_000_000
_DEEPEST = 120
#: Tags of a page: some of what the libraries do takes time by their square.
_MOST_TAGS = 30_000
#: Opinions as near as this to ours say the same; and ours must be beaten by so much.
_NEAR, _OURS = 0.75, 0.25
# The libraries report what they cannot parse; the page has been parsed, and its report says what it has to.
_TALKATIVE = ("trafilatura", "readability", "htmldate", "courlan")


def settled(weighed: Weighed, decision: Decision, markup: str, title: str) -> list[bool]:
    """The lines that are body after others have been heard; the decision itself where it is not in doubt."""
    if (
        not decision.doubt
        or len(markup) > _LONGEST_MARKUP
        or markup.count("<") > _MOST_TAGS
        or _depth(weighed) > _DEEPEST
    ):
        return decision.keep
    candidates = [decision.keep]
    for ask in (_trafilatura, _readability):
        lines = _lines_in(weighed, ask(markup))
        if lines:
            candidates.append(trimmed(weighed, list(_ranges(lines)), title))
    own = decision.keep
    if len(candidates) > 1 and all(_agreement(weighed, own, other) >= _NEAR for other in candidates):
        return own
    return max(candidates, key=lambda keep: _merit(weighed, keep, candidates) + (_OURS if keep is own else 0.0))


def _merit(weighed: Weighed, keep: list[bool], candidates: list[list[bool]]) -> float:
    """Prose held, less what is not prose; and how far the candidate agrees with the others."""
    lines = weighed.page.lines
    prose = sum(p for p, ok in zip(weighed.prose, keep) if ok)
    length = sum(line.length for line, ok in zip(lines, keep) if ok)
    links = sum(line.links for line, ok in zip(lines, keep) if ok)
    if not length:
        return 0.0
    purity = (prose - links) / length
    total = max(weighed.sums[-1], 1)
    agreed = sum(_agreement(weighed, keep, other) for other in candidates if other is not keep)
    return 0.5 * purity + min(prose / total, 1.0) + agreed / max(len(candidates) - 1, 1)


def _agreement(weighed: Weighed, one: list[bool], other: list[bool]) -> float:
    """F1 of two sets of lines, counted in characters."""
    lines = weighed.page.lines
    both = sum(line.length for line, a, b in zip(lines, one, other) if a and b)
    sizes = sum(line.length * (a + b) for line, a, b in zip(lines, one, other))
    return 2 * both / sizes if sizes else 0.0


def _lines_in(weighed: Weighed, text: str) -> list[int]:
    """The lines of the page that stand in a text, white space aside, in the order of the page."""
    bare = "".join(text.split())
    if len(bare) < 20:
        return []
    found = []
    at = 0
    for index, line in enumerate(weighed.page.lines):
        own = "".join(line.text.split())
        if len(own) < 2:
            continue
        place = bare.find(own, at if len(own) < 12 else 0)
        if place >= 0:
            found.append(index)
            at = place + len(own)
    return found


def _ranges(lines: list[int]) -> Iterator[tuple[int, int]]:
    for at in lines:
        yield at, at + 1


def _depth(weighed: Weighed) -> int:
    depths = [0]
    for node in weighed.page.nodes[1:]:
        depths.append(depths[node.parent] + 1)
    return max(depths)


def _trafilatura(markup: str) -> str:
    def ask() -> str:
        import trafilatura

        return trafilatura.extract(markup, favor_precision=True) or ""

    return _asked(ask)


def _readability(markup: str) -> str:
    def ask() -> str:
        from lxml import html
        from readability import Document

        summary = Document(markup).summary()
        return str(html.fromstring(summary).text_content()) if summary.strip() else ""

    return _asked(ask)


def _asked(ask: Callable[[], str]) -> str:
    """An opinion, or none: where the library is absent, and where a page is more than it can take."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return ask()
    except ImportError:
        return ""
    except Exception:  # noqa: BLE001 - whatever a library stumbles over, its opinion is only one of three
        return ""
