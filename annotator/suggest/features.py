"""What a character shows to whoever learns from it: the characters and words around it, its section, what rules say.

One sequence is a sentence. The features are the same for every label, so that a sequence is made once
and learned from for all of them; what the rules propose, for any label, is among them, which lets a learner correct the
rules rather than begin at nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from annotator.domain.clauses import sentences
from annotator.domain.suggestion import Proposal
from annotator.suggest.reading import Range, Reading
from annotator.suggest.segmenter import pieces

#: Grows when features change: what was learned with others is of no use.
FEATURES_VERSION: Final = 3

_SHORTCOMINGS: Final = re.compile("不足|问题(?!解决|整改|导向)|困难|短板|薄弱|差距")
_CLASSES: Final = (
    ("0123456789０１２３４５６７８９", "9"),
    ("一二三四五六七八九十百千万亿两零〇", "N"),
    ("，,；;。！？!?、：:", "S"),
    ("（()）《》“”‘’〔〕[]", "Q"),
    (" \t\u3000\xa0", "_"),
    ("%％‰.．", "P"),
)
_CLASS_OF: Final = {ord(char): name for chars, name in _CLASSES for char in chars}


def sequences(reading: Reading) -> Iterator[Range]:
    """The ranges that are learned from and asked about: the sentences of the body, very long ones in parts."""
    for piece in pieces(reading.text):
        for start, end in sentences(reading.text, *piece):
            if reading.in_body(start, end):
                yield start, end


class Features:
    """The features of one report; `rules` are what the rules propose in it."""

    def __init__(self, reading: Reading, rules: Iterable[Proposal]) -> None:
        self._reading = reading
        found = list(rules)
        names = sorted({proposal.label for proposal in found})
        self._hints = [tags(len(reading.text), [(p.start, p.end) for p in found if p.label == name]) for name in names]
        self._names = [f"{name}=" for name in names]

    def of(self, start: int, end: int) -> list[list[str]]:
        """The features of the characters of `[start, end)`, one list each; made column by column, which is quicker."""
        text = self._reading.text[start:end]
        before, after = "\x02" + text, text + "\x03"
        classes = "".join([_CLASS_OF.get(ord(c)) or _kind(c) for c in f"\x02{text}\x03"])
        columns = [
            ["b" + c for c in before],
            ["c" + c for c in text],
            ["d" + c for c in after[1:]],
            [f"f{a}{b}" for a, b in zip(before, text)],
            [f"g{a}{b}" for a, b in zip(text, after[1:])],
            [f"t{a}{b}{c}" for a, b, c in zip(classes, classes[1:], classes[2:])],
            self._sections(start, end),
            *self._words(start, end),
        ]
        for name, tagged in zip(self._names, self._hints):
            hint = f"O{tagged[start:end]}O"
            columns.append([f"{name}{a}{b}{c}" for a, b, c in zip(hint, hint[1:], hint[2:])])
        return list(map(list, zip(*columns)))

    def _words(self, start: int, end: int) -> list[list[str]]:
        """For each character its word, the words around it, and where in the word it stands: a column each."""
        text, edges = self._reading.text, self._reading.edges
        low, high = max(0, bisect_right(edges, start) - 1), bisect_left(edges, end)
        inner = [start, *edges[low + 1 : high], end]
        words = ["", *[text[a:b] for a, b in pairwise(inner)], ""]
        ours: list[str] = []
        previous: list[str] = []
        following: list[str] = []
        places: list[str] = []
        for before, word, after in zip(words, words[1:], words[2:]):
            n = len(word)
            ours += ["w" + word] * n
            previous += ["p" + before] * n
            following += ["n" + after] * n
            places += ["kS"] if n == 1 else ["kB", *["kM"] * (n - 2), "kE"]
        return [ours, previous, following, places]

    def _sections(self, start: int, end: int) -> list[str]:
        """For each character what its section speaks of, and whether it stands in a heading."""
        sections = self._reading.sections
        kind = self._kind(start)
        found = [kind] * (end - start)
        at = bisect_left(sections, start, key=lambda section: section.start)
        while at < len(sections) and sections[at].start < end:
            section = sections[at]
            low, kind = section.start - start, self._kind(section.start)
            heading = min(section.heading_end, end) - start
            found[low:] = [kind] * (len(found) - low)
            found[low:heading] = [kind + "h"] * (heading - low)
            at += 1
        return found

    def _kind(self, offset: int) -> str:
        path = self._reading.path(offset)
        if not path:
            return "s-"
        if any(_SHORTCOMINGS.search(section.title) for section in path):
            return "sw"
        return "sp" if self._reading.planned(offset) else "s+"


def tags(length: int, ranges: Sequence[Range]) -> str:
    """B, I or O for each of `length` characters; of ranges that overlap the first counts."""
    found = ["O"] * length
    reached = 0
    for start, end in sorted(ranges):
        if start >= reached and start < end:
            found[start:end] = ["B"] + ["I"] * (end - start - 1)
            reached = end
    return "".join(found)


def ranges(tagged: Sequence[str], offset: int = 0) -> list[Range]:
    """The ranges that tags say; an I behind nothing begins one."""
    found: list[Range] = []
    start = -1
    for at, tag in enumerate([*tagged, "O"]):
        if tag != "I" and start >= 0:
            found.append((offset + start, offset + at))
            start = -1
        if tag == "B" or (tag == "I" and start < 0):
            start = at
    return found


def _kind(char: str) -> str:
    if "一" <= char <= "鿿":
        return "H"
    return "A" if char.isalpha() else "O"
