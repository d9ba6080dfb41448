"""Lint: what looks wrong in a set of spans. Rules in one list; a new one is a function, a line here and a test."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.quantity import parse_quantity
from annotator.domain.selection import trim
from annotator.domain.span import Span, reading_order
from annotator.messages import N_
from annotator.quality.lint_model import Marked, Spot

#: A longer span is seldom one thing.
LONGEST: Final = 300

_NUMERAL: Final = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两俩半壹贰叁肆伍陆柒捌玖拾佰仟]")
_FRONT: Final = re.compile(
    "^(?:我[省市区县镇乡州局院委办]|我街道|本[省市区县镇乡局]|并|且|还|也|同时|其中|其|了|的|等)"
)
_LOOSE_END: Final = re.compile("(?:等|的|了|并|和|及|与|以及)$")


class Rule(NamedTuple):
    """One rule: the name findings bear after `lint.`, its words, what finds."""

    name: str
    title: str
    find: Callable[[Marked], Iterable[Spot]]


def spots(marked: Marked) -> list[Spot]:
    """What all rules find in one set, in text order."""
    found = [spot for rule in RULES for spot in rule.find(marked)]
    return sorted(found, key=lambda spot: (spot.start, spot.end, spot.rule))


def _no_numeral(marked: Marked) -> Iterator[Spot]:
    numeric = marked.numeric()
    for span in marked.spans:
        words = marked.words(span)
        if span.label in numeric and not _NUMERAL.search(words) and parse_quantity(words) is None:
            yield _at("no_numeral", span, Wording(N_("There is no number in it.")))


def _untagged_quantity(marked: Marked) -> Iterator[Spot]:
    if not marked.done:
        return
    numeric = marked.numeric()
    if not numeric:
        return
    taken = _Covered([(s.start, s.end) for s in marked.spans if s.label in numeric])
    greyed = _Covered(list(marked.furniture))
    for quantity in marked.indicators():
        if not taken.touch(quantity.start, quantity.end):
            if not greyed.touch(quantity.start, quantity.end):
                reason = Wording(N_("The number {text} is not tagged."), {"text": quantity.text})
                yield Spot("untagged_quantity", quantity.start, quantity.end, (), reason)


def _two_labels(marked: Marked) -> Iterator[Spot]:
    by_words: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span in marked.spans:
        by_words[marked.words(span)][span.label].append(span)
    for labels in by_words.values():
        if len(labels) < 2:
            continue
        usual = max(labels, key=lambda name: len(labels[name]))
        for name, spans in labels.items():
            if name != usual:
                params = {"label": name, "other": usual, "n": len(labels[usual])}
                words = N_("Here it is {label}, elsewhere {other} ({n} times).")
                yield from (_at("two_labels", span, Wording(words, params)) for span in spans)


def _overlap(marked: Marked) -> Iterator[Spot]:
    last: dict[str, Span] = {}
    for span in sorted(marked.spans, key=reading_order):
        before = last.get(span.label)
        if before is not None and span.start < before.end:
            reason = Wording(N_("It overlaps another span of the same label."))
            yield Spot("overlap", span.start, min(span.end, before.end), (before.uid, span.uid), reason)
        if before is None or span.end > before.end:
            last[span.label] = span


def _edges(marked: Marked) -> Iterator[Spot]:
    for span in marked.spans:
        words = marked.words(span)
        if not words.strip():
            continue  # an empty one: another rule
        loose = _FRONT.match(words) or _LOOSE_END.search(words)
        if trim(marked.text, span.start, span.end) != (span.start, span.end):
            yield _at("edges", span, Wording(N_("White space or punctuation stands at its edge.")))
        elif loose:
            yield _at(
                "edges", span, Wording(N_("“{words}” at its edge does not belong to it."), {"words": loose.group()})
            )


def _uneven(marked: Marked) -> Iterator[Spot]:
    """The same words tagged elsewhere, in the same surroundings, with one word more or less at the edge."""
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for span in marked.spans:
        seen[span.label, marked.words(span)].add(span.uid)
    part_of_other = _shortened(key for key, uids in seen.items() if len(uids) > 1)
    for span in marked.spans:
        words = marked.words(span)
        if (span.label, words) not in part_of_other:
            continue
        for extra in _extended(marked, span):
            others = seen.get((span.label, extra))
            if others and len(others) > len(seen[span.label, words]):
                params = {"words": extra}
                yield _at("uneven", span, Wording(N_("Elsewhere “{words}” is tagged whole."), params))
                break


def _shortened(keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """What is left of each label's words without one to three characters at either end."""
    return {(label, piece) for label, words in keys for n in (1, 2, 3) for piece in (words[n:], words[:-n])}


def _extended(marked: Marked, span: Span) -> Iterator[str]:
    """The span with one to three characters more on either side, as long as they are letters."""
    text = marked.text
    for more in (1, 2, 3):
        before, after = text[max(0, span.start - more) : span.start], text[span.end : span.end + more]
        if len(before) == more and before.isalpha():
            yield before + marked.words(span)
        if len(after) == more and after.isalpha():
            yield marked.words(span) + after


def _size(marked: Marked) -> Iterator[Spot]:
    for span in marked.spans:
        if not marked.words(span).strip():
            yield _at("size", span, Wording(N_("It holds nothing but white space.")))
        elif span.end - span.start > LONGEST:
            yield _at("size", span, Wording(N_("It is {n} characters long."), {"n": span.end - span.start}))


def _at(rule: str, span: Span, reason: Wording) -> Spot:
    return Spot(rule, span.start, span.end, (span.uid,), reason)


class _Covered:
    """Ranges, asked whether they touch another."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def touch(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._ends[at] > start


RULES: Final[tuple[Rule, ...]] = (
    Rule("no_numeral", N_("A number's label without a number"), _no_numeral),
    Rule("untagged_quantity", N_("Numbers not tagged in a finished report"), _untagged_quantity),
    Rule("two_labels", N_("One string under two labels"), _two_labels),
    Rule("overlap", N_("Overlap within a label"), _overlap),
    Rule("edges", N_("Edges that do not belong"), _edges),
    Rule("uneven", N_("Edges unlike those of like spans"), _uneven),
    Rule("size", N_("Empty or over-long spans"), _size),
)
