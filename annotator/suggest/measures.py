"""Measures as suggestions: clauses that say what the body did or will do, from the first action verb to their end.

Clause by clause, after the annotation guideline: what stands before the action (time, place, subject, means, connectives)
stays outside, its adverbs and the phrases with 对, 把, 为 stay inside. Headings, opening summaries and shortcomings hold
no measures; clauses of purpose, outcome and guiding thought are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.selection import trim
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest import measure_patterns as patterns
from annotator.suggest import measure_refusals as refusals
from annotator.suggest import measure_words as words
from annotator.suggest.measure_clauses import ACTION, measure_clauses
from annotator.suggest.reading import Range, Reading
from annotator.suggest.registry import suggest as asked

LABEL: Final = "MEASURE"
SOURCE: Final = "measures"

_REASON: Final = N_("begins with an action: {verb}")

_MOST_TOPIC: Final = 14
_MOST_SUBJECT: Final = 40
_MOST_PLACE: Final = 40
_LEAST: Final = 4


def suggest(reading: Reading) -> Iterator[Proposal]:
    """Every measure of the body, in text order."""
    search = _Search(reading)
    for start, end, verb, score in search.measures():
        attributes = {"status": "planned"} if reading.planned(start) else {}
        yield Proposal(start, end, LABEL, SOURCE, score, Wording(_REASON, {"verb": verb}), attributes)


class _Search:
    """One report being searched."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._edges = frozenset(reading.edges)
        self._bodies = {p.start: p.end for p in asked(reading, ("institutions",))}
        self._quoted = [found.span() for found in patterns.QUOTED.finditer(self._text)]

    def measures(self) -> Iterator[tuple[int, int, str, float]]:
        """Start, end, verb and score of each."""
        for start, end in measure_clauses(self._reading):
            found = self._measure(start, end)
            if found is None:
                continue
            begin, verb, score = found
            for low, high in self._parts(begin, self._before_means(begin, end)):
                low, high = trim(self._text, low, high)
                if high - low >= _LEAST:
                    yield low, high, verb, score

    # ---- where the measure begins --------------------------------------------------------------------

    def _measure(self, start: int, end: int) -> tuple[int, str, float] | None:
        """Where the measure of a clause begins, its verb, and how sure it is."""
        at = self._past_the_front(start, end)
        at = _back_to_future(self._text, at, end)
        for _turn in range(3):
            found = self._action_at(at, end)
            if found is not None:
                return found
            if self._is_none(at, end) and not patterns.OUTSIDE.match(self._text, at):
                return None
            further = self._behind_subject(at, end)
            if further is None:
                return None
            at = further
        return None

    def _past_the_front(self, at: int, end: int) -> int:
        """Behind numbers, connectives, times and the reporting body's own name."""
        while at < end:
            before = at
            if self._text[at] in "我本" and at + 1 in self._bodies:
                at += 1
            for pattern in (patterns.NUMBER, patterns.TIME, patterns.CONNECTIVE, patterns.OWN, patterns.FRONT):
                found = pattern.match(self._text, at, end)
                if found and pattern is patterns.FRONT and not ACTION.match(self._text, found.end(), end):
                    continue
                if found and not (
                    pattern is patterns.CONNECTIVE and ACTION.match(self._text, at) and self._verb_is_long(at)
                ):
                    at = found.end()
            body = self._behind_bodies(at, end)
            at = at if body is None else body
            while at < end and (self._text[at].isspace() or self._text[at] in "，,、：:"):
                at += 1
            if at == before:
                return at
        return at

    def _behind_bodies(self, at: int, end: int) -> int | None:
        """Behind the bodies that act, where bodies are named at `at` and an action or its time stands behind them."""
        behind = self._bodies.get(at)
        if behind is None:
            return None
        while (joint := patterns.TOGETHER_WITH.match(self._text, behind, end)) and joint.end() in self._bodies:
            behind = self._bodies[joint.end()]
        others = patterns.AND_OTHERS.match(self._text, behind, end)
        behind = others.end() if others else behind
        front = patterns.FRONT.match(self._text, behind, end)
        behind = front.end() if front and ACTION.match(self._text, front.end(), end) else behind
        goes_on = patterns.TIME.match(self._text, behind, end) or patterns.OUTSIDE.match(self._text, behind, end)
        return behind if goes_on or self._action_at(behind, end) is not None else None

    def _verb_is_long(self, at: int) -> bool:
        found = ACTION.match(self._text, at)
        return found is not None and len(found["verb"]) > 1 and found.start("verb") == at

    def _action_at(self, at: int, end: int) -> tuple[int, str, float] | None:
        """The action that begins right here, with its adverbs and what it is done to."""
        text = self._text
        if text.startswith("通过", at):
            if patterns.MEANS.search(text, at, end) and len(self._parts(at + 2, end)) == 1 and "、" not in text[at:end]:
                return None
            inner = self._action_at(at + 2, end) or self._further_means(at + 2, end)
            return inner if inner is not None and len(inner[1]) > 1 else None
        if patterns.KEEPS_UP.match(text, at) and patterns.KEPT_UP.search(text, at, end):
            return at, "坚持", 0.6
        partner = patterns.PARTNER.match(text, at, end)
        if partner:
            found = self._with_partner(at, partner, end)
            if found is not None:
                return found
        action = self._verb(at, end)
        if action is None or self._is_none(at, end) or end - action.end() < 2:
            return None
        if (
            refusals.RESULT.search(text, action.end(), end)
            or self._is_figure(action, end)
            or refusals.HOLLOW.match(text[at:end])
        ):
            return None
        if refusals.SERVES.search(text, at, end):
            return None
        return at, action["verb"], 0.85 if len(action["verb"]) > 1 else 0.6

    def _further_means(self, at: int, end: int) -> tuple[int, str, float] | None:
        """The first of the means that is an action, behind others that are none: 通过集中学习、组织培训等方式."""
        if not patterns.MEANS.search(self._text, at, end):
            return None
        marks = (mark for mark in range(at, end) if self._text[mark] == "、" and not self._is_quoted(mark))
        return next((found for mark in marks if (found := self._action_at(mark + 1, end)) is not None), None)

    def _is_figure(self, action: re.Match[str], end: int) -> bool:
        """Whether the clause states a figure; what a verb counts behind its object (治理面积560亩) is an action."""
        found = refusals.RATE.match(self._text[action.start() : end])
        return found is not None and not patterns.AREA_OF.match(self._text, action.end(), end)

    def _verb(self, at: int, end: int) -> re.Match[str] | None:
        action = ACTION.match(self._text, at, end)
        if action is None:
            return None
        verb = action["verb"]
        if len(verb) == 1 and not self._is_word(action.start("verb"), action.end()):
            return None
        if patterns.COMPOUND.match(self._text, action.end(), end):
            return None
        if verb in words.NOUNS_TOO and self._text.startswith("全部", at):
            return None  # 全部复议决定 are things, 全部配齐 is done
        return action

    def _has_edge(self, start: int, end: int) -> bool:
        """Whether a verb is a word, or half of one with what stands before it (人员配备)."""
        return start in self._edges or end in self._edges

    def _is_word(self, start: int, end: int) -> bool:
        return start in self._edges and end in self._edges

    def _with_partner(self, at: int, partner: re.Match[str], end: int) -> tuple[int, str, float] | None:
        """`对…开展…`: the verb stands later in the clause."""
        text, word = self._text, partner["with"]
        begins = word in ("向", "为") and text[partner.end() : partner.end() + 1] in patterns.PARTNER_BEGINS
        if len(word) == 1 and partner.end() not in self._edges and word not in "把将对" and not begins:
            return None
        if refusals.SERVES.search(text, partner.end(), end) or refusals.FORBIDDEN.search(text, partner.end(), end):
            return None
        if patterns.NO_ACTION.match(text, partner.end()) and not text.startswith("存在的", partner.end()):
            return None
        if word in "把将" and refusals.IN_SPIRIT.search(text, partner.end(), end):
            return None
        if word in ("与", "同", "和") and not patterns.TOGETHER.search(text, partner.end(), end):
            return None
        for found in patterns.PARTNER_VERB.finditer(text, partner.end() + 1, end):
            if (
                self._has_edge(*found.span())
                and (
                    len(found.group()) > 1
                    or word in "把将"
                    or (found.group() in "送发赠" and self._is_word(*found.span()))
                )
                and (self._follows_whom(word, partner.end(), found) or not self._is_noun(found, end))
            ):
                inside = word not in ("从", "和", "同", "就")
                if not inside:
                    return self._action_at(found.start(), end)
                return at, found.group(), 0.8
        return (at, word, 0.6) if word in "把将" and end - at > 8 else None

    def _follows_whom(self, word: str, at: int, verb: re.Match[str]) -> bool:
        """Whether between 向 and the verb stands whom it is done to and no more: 向社会公开预算."""
        whom = self._text[at : verb.start()]
        return (
            word in ("向", "面向") and whom in patterns.WHOM and not patterns.NOUN_BEHIND.match(self._text, verb.end())
        )

    def _is_noun(self, verb: re.Match[str], end: int) -> bool:
        """Whether a verb inside a phrase is only the first half of a noun there: 行政执法案件, 监督机制."""
        if self._text.startswith("的", verb.end()):
            return True
        return (
            verb.group() in words.NOUNS_TOO
            and verb.end() != end
            and not patterns.HAS_OBJECT.match(self._text, verb.end(), end)
        )

    def _is_none(self, at: int, end: int) -> bool:
        """Whether the clause says what shall come of it, in which spirit, or how."""
        text = self._text
        found = patterns.NO_ACTION.match(text, at, end)
        action = ACTION.match(text, at, end)
        if action is not None and action["verb"] not in words.VERBS:  # one that what stands behind it makes an action
            found = None
        if found is None or (len(found["word"]) == 1 and not self._is_word(found.start("word"), found.end())):
            return refusals.SLOGAN.fullmatch(text, at, end) is not None
        if found["word"] == "坚持":
            behind = found.end()
            return not (
                patterns.KEPT_UP.search(text, behind, end)
                or patterns.PARTNER.match(text, behind, end)
                or text.startswith(("追责", "运用"), behind)
            )
        if action is not None and action.start("verb") == found.start("word"):
            return len(action["verb"]) <= len(found["word"])
        return action is None or action.start("verb") > found.start("word")

    def _behind_subject(self, at: int, end: int) -> int | None:
        """Where the action begins behind a subject, or behind the words for a place."""
        outside = patterns.OUTSIDE.match(self._text, at)
        reach = min(end, at + (_MOST_PLACE if outside else _MOST_SUBJECT))
        for offset in range(at + 2, reach):
            if not self._starts_action(offset, end, sure=patterns.CHANNEL.search(self._text, at, offset) is not None):
                continue
            if refusals.ALLOWED.search(self._text, at, offset):
                return None
            if outside is None:
                if self._counts_a_topic(at, offset, end):
                    return offset
                if patterns.SUBJECT.search(self._text, at, offset) or self._says_all(at, offset):
                    return offset
            elif outside["word"] in ("在", "由", "经"):
                if not self._inside_place(at, offset, end):
                    return offset
            elif patterns.MEANS_END.search(self._text, at, offset):
                return offset
        return None

    def _counts_a_topic(self, at: int, offset: int, end: int) -> bool:
        """Whether the verb at `offset` says with how many of what stands before it something was done."""
        action = self._verb(offset, end)
        if action is None or offset - at > _MOST_TOPIC or self._text[offset - 2 : offset] in patterns.KINDS_OF_ACTS:
            return False
        if not patterns.COUNT_BEHIND.match(self._text, action.end(), end):
            return False
        verb = action["verb"]
        return self._is_word(*action.span("verb")) and verb not in words.NOUNS_TOO and verb not in patterns.NO_ACT

    def _says_all(self, at: int, offset: int) -> bool:
        """Whether 均 or 已 at `offset` shows that a short subject ends there: 全年案件均按要求办理."""
        return (
            (self._text[offset] in "均已共都" or self._text.startswith("全部", offset))
            and offset in self._edges
            and offset - at <= 10
        )

    def _inside_place(self, at: int, offset: int, end: int) -> bool:
        """Whether an action that begins at `offset` is still part of the words for a place: 在推进执法工作中."""
        close = patterns.PLACE_CLOSE.search(self._text, offset, end)
        return close is not None and close.end() in self._edges and end - close.end() > _LEAST

    def _is_quoted(self, at: int) -> bool:
        found = bisect_right(self._quoted, (at, 0)) - 1
        return found >= 0 and self._quoted[found][0] < at < self._quoted[found][1]

    def _starts_action(self, at: int, end: int, sure: bool = False) -> bool:
        """Whether an action begins at `at`; where that is `sure`, verbs that are nouns as often are verbs."""
        if self._text[at] not in patterns.FIRST or self._is_quoted(at):
            return False
        action = self._verb(at, end)
        if action is not None and len(action["verb"]) > 1 and end - action.end() >= 2:
            if sure and not patterns.NOUN_BEHIND.match(self._text, action.end()):
                return self._is_word(at, action.end())
            return self._has_edge(at, action.end()) and not self._is_noun(action, end)
        if at not in self._edges:
            return False
        partner = patterns.PARTNER.match(self._text, at, end)
        return (
            partner is not None
            and partner["with"] in ("对", "把", "将", "向", "为")
            and self._with_partner(at, partner, end) is not None
        )

    # ---- where it ends -------------------------------------------------------------------------------

    def _parts(self, start: int, end: int) -> list[Range]:
        """The measure, or several where 、 joins actions that each have an object of their own."""
        for further in patterns.AND_FURTHER.finditer(self._text, start + _LEAST, end):
            if self._action_at(further.end(), end) is not None:
                return [*self._parts(start, further.start()), *self._parts(further.end(), end)]
        marks = [at for at in range(start, end) if self._text[at] == "、" and not self._is_quoted(at)]
        if not marks:
            return [(start, end)]
        pieces = list(zip([start, *(at + 1 for at in marks)], [*marks, end], strict=True))
        pieces = [pieces[0], *((self._behind_bodies(low, high) or low, high) for low, high in pieces[1:])]
        actions = [piece for piece in pieces if self._whole_action(*piece)]
        if 2 * len(actions) > len(pieces):  # among so many actions a verb that is a noun as often is one more
            actions = [piece for piece in pieces if piece in actions or self._verb_with_object(*piece)]
        if patterns.BEHIND_MEANS.search(self._text, max(0, start - _MOST_PLACE), start):
            return self._means(pieces, actions) or [(start, end)]
        if all(piece in actions or patterns.OUTSIDE.match(self._text, piece[0]) for piece in pieces):
            return actions
        return [(start, end)]

    def _before_means(self, start: int, end: int) -> int:
        """`end`, or where 等方式 begins that closes 通过…: 通过修订公约、组织培训等方式."""
        behind = patterns.BEHIND_MEANS.search(self._text, max(0, start - _MOST_PLACE), start)
        tail = patterns.MEANS.search(self._text, start, end) if behind else None
        return tail.start() if tail and tail.start() > start else end

    def _means(self, pieces: list[Range], actions: list[Range]) -> list[Range]:
        """The actions among what 通过 lists; what begins with a quotation is one more object of the one before."""
        kept: list[Range] = []
        for low, high in pieces:
            if kept and kept[-1][1] == low - 1 and self._text[low] in "“《":
                kept[-1] = kept[-1][0], high
            elif (low, high) in actions or self._text.startswith("坚持", low):
                kept.append((low, high))
        return kept

    def _verb_with_object(self, start: int, end: int) -> bool:
        action = self._verb(start, end)
        return action is not None and len(action["verb"]) > 1 and end - action.end() > 2

    def _whole_action(self, start: int, end: int) -> bool:
        text = self._text
        action = self._verb(start, end)
        if action is None or len(action["verb"]) < 2 or text.startswith("等", action.end()):
            return False
        if action["verb"] in words.NOUNS_TOO and patterns.CLOSES_LIST.search(text, action.end(), end):
            return False
        if end - action.end() < 3 and not text[action.end() : action.end() + 1].isdigit():
            return False
        return action["verb"] in patterns.TAKES_OBJECT or not self._is_noun(action, end)


def _back_to_future(text: str, at: int, end: int) -> int:
    """`at`, or one before, where a 将 taken for "will" says what is made of something: 将学习作为任务."""
    return at - 1 if at and text[at - 1] == "将" and patterns.MADE.search(text, at, end) else at
