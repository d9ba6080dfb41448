"""Institutions as suggestions: names of bodies by their endings, and what stands before those.

A name is read from its end: an ending (局, 委员会, 中心), before it what the body is for (市场监督管理), before that the level
or place it is of (区, 青枫县). Ordinary short names (镇党委, 区食药局) come out of the same grammar. What is generic (各部门), a
person's title (镇党委书记) or an ordinary meeting (党委会议) is no name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest import institution_short as short
from annotator.suggest import institution_words as words
from annotator.suggest.institution_edges import Edges
from annotator.suggest.institution_heads import UNIQUE, Found, Heads, level_and_body
from annotator.suggest.institution_parts import end_with_part, end_with_study_group
from annotator.suggest.institution_places import Places
from annotator.suggest.institution_refusals import Cover, Refusals
from annotator.suggest.reading import Range, Reading
from annotator.suggest.word_lists import longest_first

LABEL: Final = "INSTITUTION"
SOURCE: Final = "institutions"

_UNSURE: Final = 0.55
_ENDS_LIKE: Final = N_("ends like the name of an institution: {ending}")
_SHORT: Final = N_("short name of an institution: {name}")

_BARE: Final = re.compile(f"(?:{longest_first(words.BARE)})")
#: The first characters are looked at by themselves: most places of a text are passed over at once.
_HEAD: Final = re.compile(
    f"(?=[{''.join(sorted({head[0] for head in words.HEADS}))}])(?=(?P<head>{longest_first(words.HEADS)}))"
)
_PART: Final = re.compile(
    "(?:集团公司|集团|总公司|公司|厅|局|学校|学院|医院|中心|总队|支队|大队|校|院|委|部|署|社|台|行|所|站)"
    "(?:(?P<part>党组|党委|党总支|党支部|机关党委|机关纪委|纪委|纪检监察组|纪检组|工会|团委|团总支|妇委会|(?<=[局厅])办公室)"
    "|(?P<matters>[一-鿿]{2,8}?)(?:处(?![置理罚分])|科(?![学技研员])))"
)


def suggest(reading: Reading) -> Iterator[Proposal]:
    """Every name of an institution in the body, each once, in text order."""
    search = _Search(reading)
    for found in _apart(search.candidates()):
        reason = _SHORT if found.ending == reading.text[found.start : found.end] else _ENDS_LIKE
        yield Proposal(
            found.start,
            found.end,
            LABEL,
            SOURCE,
            found.score,
            Wording(reason, {"ending": found.ending, "name": found.ending}),
        )


def _apart(candidates: Iterator[Found]) -> list[Found]:
    """Of candidates that overlap the longest, then the surest."""
    kept: list[Found] = []
    for found in sorted(candidates, key=lambda f: (f.start - f.end, -f.score, f.start)):
        at = bisect_left(kept, found)
        if (at == 0 or kept[at - 1].end <= found.start) and (at == len(kept) or found.end <= kept[at].start):
            kept.insert(at, found)
    return kept


class _Search:
    """One report being searched."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._edges = frozenset(reading.edges)
        self._by_words = Edges(reading)
        self._places = Places(reading, self._by_words)
        self._heads = Heads(reading, self._by_words, self._places)
        self._refusals = Refusals(reading)

    def candidates(self) -> Iterator[Found]:
        """Every name by every rule; they overlap. What lies in the name of a meeting is none."""
        found = [self._with_part(one) for rule in self._rules() for one in rule]
        meetings = Cover(one[:2] for one in found if self._refusals.names_a_meeting(one.end))
        kept = [one for one in found if self._stands(one) and not meetings.holds(one.start, one.end)]
        yield from kept
        for start, end in short.beside(self._text, (one[:2] for one in kept)):
            one = Found(start, end, 0.7, self._text[start:end])
            if self._stands(one) and self._places.begins_name(start):
                yield one

    def _stands(self, found: Found) -> bool:
        return self._refusals.stands(found.start, found.end)

    def _with_part(self, found: Found) -> Found:
        """`found` with the part that stands behind it, and with what says where it is stationed: 驻厅纪检监察组."""
        end = end_with_part(self._text, found.start, found.end, self._by_words, self._places)
        group = end_with_study_group(self._text, found.start, end)
        if group > end:  # people part over whether it is a body: it is proposed, and not surely
            return found._replace(end=group, score=min(found.score, _UNSURE))
        stationed = self._text.startswith("驻", found.start - 1) and self._text.endswith("组", found.start, end)
        return found._replace(start=found.start - stationed, end=end)

    def _rules(self) -> tuple[Iterator[Found], ...]:
        return (
            self._unique(),
            self._of_levels(),
            self._bare(),
            self._short(),
            self._by_heads(),
            self._parts_of_bodies(),
        )

    def _unique(self) -> Iterator[Found]:
        for match in UNIQUE.finditer(self._text):
            yield Found(*match.span(), 0.95, match.group())

    def _of_levels(self) -> Iterator[Found]:
        for match in level_and_body(self._text).finditer(self._text):
            start = self._places.with_places(match.start(), level=match["level"])
            if start is not None:
                yield Found(start, match.end(), 0.92, self._text[start : match.end()])

    def _bare(self) -> Iterator[Found]:
        for match in _BARE.finditer(self._text):
            yield Found(*match.span(), 0.7, match.group())

    def _short(self) -> Iterator[Found]:
        for ranges, score in (
            (short.defined(self._text), 0.85),
            (short.quoted(self._text), 0.8),
            (short.of_the_same_place(self._text), 0.75),
            (short.of_the_town(self._text), 0.7),
            (short.media(self._text, self._by_words), 0.75),
            (short.pairs(self._text), 0.6),
        ):
            for start, end in ranges:
                if self._places.begins_name(start):
                    yield Found(start, end, score, self._text[start:end])

    def _parts_of_bodies(self) -> Iterator[Found]:
        """What belongs to a body that is named by its kind alone: 厅党组, 集团工会, 局政策法规科."""
        for match in _PART.finditer(self._text):
            if self._places.begins_name(match.start()) and (
                match["part"] or self._heads.all_matters(*match.span("matters"))
            ):
                yield Found(*match.span(), 0.8, match.group())

    def _by_heads(self) -> Iterator[Found]:
        for match in _HEAD.finditer(self._text):
            head, at = match["head"], match.start()
            if self._refusals.ends_a_word(at + len(head), head):
                found = self._heads.name(at, head)
                if found is not None and (
                    len(head) > 1 or head not in "局厅" or found.score > 0.9 or found.end in self._edges
                ):
                    yield found


__all__ = ["LABEL", "SOURCE", "Range", "suggest"]
