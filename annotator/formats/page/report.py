"""From markup to a report: everything visible as its text, what is not the body as furniture, what the page states.

Used by every reader that meets a page: saved files, mail-like archives, pages inside other containers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError
from annotator.domain.report import Furniture, Report
from annotator.domain.site_rule import SiteRule, rule_ranges
from annotator.domain.site_rule import lines_of as lines_in
from annotator.domain.span import new_uid
from annotator.formats.making import MAX_ORIGINAL_BYTES, Made, Mark, between, decoding_notes, original_notes
from annotator.formats.page import words
from annotator.formats.page.body import decide, weigh
from annotator.formats.page.charset import Markup
from annotator.formats.page.facts import facts_of
from annotator.formats.page.lines import Page, lines_of
from annotator.formats.page.naming import rules_of
from annotator.formats.page.tree import parse, strip_unseen
from annotator.formats.page.votes import settled
from annotator.messages import N_
from annotator.reading.furniture import find_furniture, site_of
from annotator.reading.furniture.names import SITE
from annotator.reading.metadata import describe
from annotator.reading.normalise import normalise
from annotator.reading.page_facts import PageFacts

# Less visible text than this, and much more that is hidden: the page shows its text only when its script has run.
_BARE = 200


class Seen(NamedTuple):
    """A page as a reader sees it: `marks` are ranges of `text` with the rule of each, in order and disjoint."""

    text: str
    marks: list[Mark]
    facts: PageFacts
    notes: list[Wording]


def report_of(
    data: bytes,
    markup: Markup,
    file_name: str,
    *,
    url: str = "",
    saved_at: str = "",
    site_rules: Sequence[SiteRule] = (),
) -> Made:
    """The report of a page and what is to be said about it. `data` are the bytes of the whole file.

    Raises InputError where nothing can be read, FormatMissingError where a library is absent.
    """
    seen = see(markup, url=url, saved_at=saved_at, site_rules=site_rules)
    ranges = [(start, end) for start, end, _rule in seen.marks]
    found = describe(
        seen.text, file_name, page=seen.facts, furniture=ranges, file_hash=hashlib.sha256(data).hexdigest()
    )
    report = Report(
        uid=new_uid(),
        text=seen.text,
        meta=found.as_meta(),
        furniture=[Furniture(new_uid(), start, end, rule) for start, end, rule in seen.marks],
        encoding=markup.encoding,
        file_name=file_name,
        original=data if len(data) <= MAX_ORIGINAL_BYTES else None,
    )
    return report, (*_notes(markup), *seen.notes, *original_notes(data))


def see(markup: Markup, *, url: str = "", saved_at: str = "", site_rules: Sequence[SiteRule] = ()) -> Seen:
    """What a page shows and which of it is furniture."""
    root = parse(markup.text)
    facts = facts_of(root, markup.text, url=url, saved_at=saved_at, declared=markup.declared)
    hidden = strip_unseen(root)
    page = lines_of(root)
    notes = []
    if hidden and (sum(line.length for line in page.lines) < _BARE or (hidden > _BARE and _is_folded(page))):
        with_hidden = _with_hidden(markup)
        if sum(line.length for line in with_hidden.lines) > 2 * _BARE:
            page = with_hidden
            notes.append(Wording(N_("The page hides its text until its script runs; what it hides was read too."), {}))
    if not page.lines:
        raise _nothing(markup)
    title = facts.title_tag or facts.h1
    weighed = weigh(page, title)
    decision = decide(weighed, title)
    keep = settled(weighed, decision, markup.text, title)
    text = normalise("\n".join([line.text for line in page.lines])).text
    marks = _marks(page, rules_of(weighed, keep, title), len(text))
    site = site_of(text, _address(facts)) if site_rules else ""
    return Seen(text, _with_lines_inside(text, marks, site, site_rules), facts, notes)


def _is_folded(page: Page) -> bool:
    """Whether the page offers to show the rest of its text."""
    return any(line.length <= 20 and line.says(words.UNFOLD) for line in page.lines)


def _with_hidden(markup: Markup) -> Page:
    root = parse(markup.text)
    strip_unseen(root, hidden=False)
    return lines_of(root)


def _marks(page: Page, rules: list[str], length: int) -> list[Mark]:
    """Ranges of whole lines, line ends included; lines that follow each other under one rule are one range."""
    starts = [0, *accumulate(line.length + 1 for line in page.lines)]
    marks: list[Mark] = []
    for at, rule in enumerate(rules):
        start, end = starts[at], min(starts[at + 1], length)
        if not rule:
            continue
        if marks and marks[-1][1] == start and marks[-1][2] == rule:
            marks[-1] = (marks[-1][0], end, rule)
        else:
            marks.append((start, end, rule))
    return marks


def _with_lines_inside(text: str, marks: list[Mark], site: str, rules: Sequence[SiteRule]) -> list[Mark]:
    """The marks, with what the text itself shows to be furniture inside the body, and with what a person taught."""
    body = list(between(marks, len(text)))
    marks = sorted([*marks, *((f.start, f.end, f.rule) for f in find_furniture(text, body=body))])
    taught = [rule for rule in rules if rule.site == site]
    lines = lines_in(text) if taught else []
    for rule in taught:
        for start, end in rule_ranges(rule, text, lines):
            end += text[end : end + 1] == "\n" and (not start or text[start - 1] == "\n")
            marks = _without(marks, start, end)
            if rule.furniture:
                marks = sorted([*marks, (start, end, SITE + rule.uid)])
    return marks


def _without(marks: list[Mark], start: int, end: int) -> list[Mark]:
    """The marks without [start, end); one that holds it is cut in two."""
    kept: list[Mark] = []
    for first, last, rule in marks:
        pieces = ((first, min(last, start), rule), (max(first, end), last, rule))
        kept += [piece for piece in pieces if piece[0] < piece[1]]
    return kept


def _address(facts: PageFacts) -> str:
    """The address a page comes from, where it says so."""
    return facts.url or facts.saved_comment or facts.canonical or facts.meta.get("og:url", "")


def _nothing(markup: Markup) -> InputError:
    """Why a page shows nothing."""
    lower = markup.text.lower()
    if "<frame" in lower:
        return InputError(N_("The page shows only frames: other pages that were saved apart; import those."))
    if "<script" in lower:
        return InputError(
            N_(
                "The page has no readable text: a script puts it there, and no script is run. Save it anew from a browser."
            )
        )
    return InputError(N_("The page is empty."))


def _notes(markup: Markup) -> Iterator[Wording]:
    if markup.contradicted:
        words = N_("The page says it is written in {declared}, but it is {encoding}; it was read as that.")
        yield Wording(words, {"declared": markup.declared, "encoding": markup.encoding})
    yield from decoding_notes(markup.encoding, markup.replaced, sure=markup.sure)
    if markup.unstorable:
        yield Wording(N_("{n} characters that cannot be stored show as �."), {"n": markup.unstorable})
