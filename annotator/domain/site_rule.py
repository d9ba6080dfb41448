"""Rules about the furniture of one site, learned from a person's correction and kept with the project.

A rule speaks of lines as they are compared here: white space left out and every run of digits taken as one, so that a
date or a view counter of another page is the same line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from annotator.domain.patterns import late

_SPACE = late(r"\s+")
_DIGITS = late(r"\d+")
_SAME = str.maketrans("：，（）", ":,()")
#: A block from its first line to its last one is at most so many lines long: one that is not closed takes no page along.
LONGEST_BLOCK = 200


class RuleKind(StrEnum):
    """What a rule compares: a whole line, how a line begins, the lines from one to another, or words inside a line."""

    LINE = "line"
    PREFIX = "prefix"
    BETWEEN = "between"
    WORDS = "words"


class SiteRule(NamedTuple):
    """One rule. `site` is a host or a fingerprint (`reading.furniture.sites`).

    `pattern` is as `normal_line` writes it (of WORDS: the words with one space for any white space); BETWEEN goes from a
    line that equals `pattern` to the next that equals `until`, both included. `furniture` False means: never mark this.
    """

    uid: str
    site: str
    kind: str
    pattern: str
    until: str = ""
    furniture: bool = True


class Line(NamedTuple):
    """A line of a text: [start, end) without its line break, and what it is compared by."""

    start: int
    end: int
    normal: str


def normal_line(line: str) -> str:
    """A line as rules compare it: no white space, lower case, each run of digits a `0`, one kind of colons and brackets."""
    return _DIGITS.sub("0", _SPACE.sub("", line)).casefold().translate(_SAME)


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold more than white space."""
    lines, start = [], 0
    for part in text.split("\n"):
        normal = normal_line(part)
        if normal:
            lines.append(Line(start, start + len(part), normal))
        start += len(part) + 1
    return lines


def rule_ranges(rule: SiteRule, text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The ranges of `text` a rule speaks of, in order; `lines` are those of `lines_of`."""
    if rule.kind == RuleKind.WORDS:
        yield from ((found.start(), found.end()) for found in _words(rule.pattern).finditer(text))
    elif rule.kind == RuleKind.BETWEEN:
        yield from _blocks(rule, lines)
    elif rule.kind == RuleKind.PREFIX:
        yield from ((line.start, line.end) for line in lines if line.normal.startswith(rule.pattern))
    else:
        yield from ((line.start, line.end) for line in lines if line.normal == rule.pattern)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in pattern.split()) or r"(?!)")


def _blocks(rule: SiteRule, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(lines):
        if lines[index].normal == rule.pattern:
            last = next((n for n in range(index, min(index + LONGEST_BLOCK, len(lines))) if _ends(rule, lines, n)), -1)
            if last >= 0:
                yield lines[index].start, lines[last].end
                index = last
        index += 1


def _ends(rule: SiteRule, lines: Sequence[Line], index: int) -> bool:
    return lines[index].normal == rule.until
