"""The subject of an indicator: which words beside a number say what was counted.

Standard library only. `propose_subject` reads one sentence around the number: the counted noun that
follows it (587个服务事项), else the words before it in its clause (受理矛盾纠纷案件499宗), else what the
number before it counted (受理100件,同比增长5%). Words that say when, how much or in which order stay
outside. It proposes, and a person decides: where it is not sure it stays close to the number.

The words it knows stand in `domain.subject_words`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from annotator.domain import subject_words as lexicon
from annotator.domain.clauses import clause_at, sentence_at
from annotator.domain.quantity import Quantity, find_quantities
from annotator.domain.selection import trim

Range = tuple[int, int]
Figures = Callable[[int, int], list[Quantity]]

# A subject longer than this is cut where its first part ends; nobody reads more as "what was counted".
_LONG = 20
_SHORTEST_PART = 4
# How far back the words between subject and number reach: 与上年同期相比下降了.
_CLOSING_REACH = 24
# How many numbers back a subject may be shared: 98%、97%和95% take the words before the first.
_SHARED_BACK = 6
# No clause of a report is longer; the bound keeps the cost on a text without any stop.
_REACH = 300


def propose_subject(
    text: str, start: int, end: int, words: Sequence[Range] | None = None, figures: Figures | None = None
) -> Range | None:
    """The words that say what the number at `[start, end)` counts, as a range of `text`; None where none stand near.

    `words` are the word ranges of a segmenter, in order, at least those of the number's sentence; with them a counted
    noun is not cut inside a word. `figures` gives the numbers between two offsets that may be indicators, in order, where
    somebody has read the text for them already. The range never touches the number.
    """
    found = _Search(text, words, figures).subject(start, end, _SHARED_BACK)
    return None if found is None or (found[0] < end and start < found[1]) else found


class _Search:
    """One question about one text."""

    def __init__(self, text: str, words: Sequence[Range] | None, figures: Figures | None = None) -> None:
        self.text = text
        self._figures = figures or partial(_figures, text)
        self._words = words or ()

    def subject(self, start: int, end: int, back: int) -> Range | None:
        """What the number at `[start, end)` counts, looking at most `back` numbers back."""
        low, high = self._clause(start, end)
        numbers = self._figures(low, high)
        after = self._after(start, end, min([high, *(q.start for q in numbers if q.start >= end)]), high)
        if after:
            return after
        previous = [q for q in numbers if q.end <= start]
        if previous and lexicon.JOINED.fullmatch(self.text, previous[-1].end, start):
            return self._shared(low, previous, back)
        return self._before(low, start, previous) or self._of_another(low, start, previous, back)

    # ---- where to look --------------------------------------------------------------------------

    def _clause(self, start: int, end: int) -> Range:
        """The clause of the number; inside brackets, the part of it between stops there."""
        low, high = clause_at(self.text, start) or (start, end)
        low, high = max(min(low, start), start - _REACH), min(max(high, end), end + _REACH)
        opened = max(self.text.rfind(mark, low, start) for mark in "(（")
        if opened < 0 or any(mark in self.text[opened:start] for mark in ")）"):
            return low, high
        closed = [at for mark in ")）" if (at := self.text.find(mark, end, high)) >= 0]
        low, high = opened + 1, min(closed, default=high)
        stops = [found.end() for found in lexicon.BRACKET_STOP.finditer(self.text, low, start)]
        stop = lexicon.BRACKET_STOP.search(self.text, end, high)
        return max([low, *stops]), stop.start() if stop else high

    # ---- behind the number ----------------------------------------------------------------------

    def _after(self, start: int, end: int, stop: int, high: int) -> Range | None:
        """The counted noun: 587个服务事项, 98%的企业."""
        of = lexicon.OF.match(self.text, end, stop)
        low = of.end() if of else end
        if low >= stop or lexicon.NOT_COUNTED.match(self.text, low, stop):
            return None
        if low == end and lexicon.SHARE.search(self.text, max(0, start - 8), start):
            return None
        noun_end = self._noun_end(low, stop)
        acts = lexicon.ACTION.match(self.text, low, stop) and "的" not in self.text[low:noun_end]
        if acts and not (stop == high and stop - low <= _SHORTEST_PART):
            return None  # 约600人次观看。: only a short act that closes the clause says what was counted
        return self._trimmed(low, noun_end - (self.text[noun_end - 1] == "的"))

    def _noun_end(self, low: int, stop: int) -> int:
        for found in lexicon.NOUN_END.finditer(self.text, low + 1, stop):
            if self._is_edge(found.start()) and not self._in_quotes(low, found.start()):
                return found.start()
        return stop

    def _in_quotes(self, low: int, at: int) -> bool:
        piece = self.text[low:at]
        return any(piece.count(opening) > piece.count(closing) for opening, closing in lexicon.PAIRS)

    # ---- before the number ----------------------------------------------------------------------

    def _before(self, low: int, start: int, previous: list[Quantity]) -> Range | None:
        """What stands before the number in its clause, behind the number before it."""
        low = self._behind(low, previous)
        share = self._share(low, start, 0)
        if share:
            return share
        low = self._stripped_start(self._predicate(low, self._stripped_end(low, start)), start)
        return self._trimmed(*self._cut_long(low, self._stripped_end(low, start)))

    def _behind(self, low: int, previous: list[Quantity]) -> int:
        """Behind the last number before this one, with the word that joins them."""
        low = max([low, *(q.end for q in previous)])
        joint = lexicon.JOINED.match(self.text, low) if previous else None
        return joint.end() if joint else low

    def _predicate(self, low: int, high: int) -> int:
        """Behind the last 累计, 共, 先后 … of the clause, where the predicate begins, and behind a colon."""
        for found in lexicon.PREDICATE.finditer(self.text, low, high):
            if found.end() < high and not self._in_quotes(low, found.start()):
                low = found.end()
        return low

    def _stripped_start(self, low: int, high: int) -> int:
        while (found := lexicon.OPENING.match(self.text, low, high)) and low < found.end():
            low = found.end()
        return low

    def _stripped_end(self, low: int, high: int) -> int:
        while low < high and (found := lexicon.CLOSING.search(self.text, max(low, high - _CLOSING_REACH), high)):
            high = found.start()
        return max(low, high)

    def _cut_long(self, low: int, high: int) -> Range:
        """Of a long piece, what was done without for whom, else its first part."""
        if high - low <= _LONG:
            return low, high
        if found := lexicon.FOR_WHOM.match(self.text, low, high):
            return found.end(), high
        for found in lexicon.PART_END.finditer(self.text, low + _SHORTEST_PART, high):
            if self._is_edge(found.start()) and not self._in_quotes(low, found.start()):
                return low, found.start()
        return low, high

    # ---- what other numbers count ---------------------------------------------------------------

    def _shared(self, low: int, previous: list[Quantity], back: int) -> Range | None:
        """The second of 98%和97%: its own share of 甲率和乙率分别为…, else the words of the first."""
        run = [previous[-1]]
        for earlier in reversed(previous[:-1]):
            if not lexicon.JOINED.fullmatch(self.text, earlier.end, run[-1].start):
                break
            run.append(earlier)
        first = run[-1]
        low = max([low, *(q.end for q in previous if q.end <= first.start)])
        own = self._share(low, first.start, len(run))
        return own or (self.subject(first.start, first.end, back - 1) if back else None)

    def _share(self, low: int, start: int, number: int) -> Range | None:
        """Part `number` of what stands before 分别."""
        each = lexicon.RESPECTIVELY.search(self.text, low, start)
        parts = self._parts(self._stripped_start(low, each.start()), each.start()) if each else []
        return parts[number] if 1 < len(parts) > number else None

    def _parts(self, low: int, high: int) -> list[Range]:
        edges = [low]
        for found in lexicon.PART_END.finditer(self.text, low, high):
            edges += found.span()
        edges.append(high)
        pieces = (trim(self.text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
        return [piece for piece in pieces if piece[0] < piece[1]]

    def _of_another(self, low: int, start: int, previous: list[Quantity], back: int) -> Range | None:
        """Nothing stands before it: what the number before it counted, or what the clause before it speaks of."""
        sentence = sentence_at(self.text, start)
        if not back or sentence is None:
            return None
        begin = max(sentence[0], start - _REACH)
        earlier = previous or self._figures(begin, low)
        if earlier and (previous or lexicon.FOLLOWS.search(self.text, low, start)):
            return self.subject(earlier[-1].start, earlier[-1].end, back - 1)
        before = clause_at(self.text, max(begin, low - 2))
        if before is None or before[1] > low or low - before[0] > _REACH:
            return None
        return self._before(*before, [q for q in earlier if q.start >= before[0]])

    # ---- words ----------------------------------------------------------------------------------

    def _is_edge(self, at: int) -> bool:
        """Whether no word of the segmenter runs across `at`."""
        index = bisect_left(self._words, at, key=_start) - 1
        return index < 0 or self._words[index][1] <= at

    def _trimmed(self, low: int, high: int) -> Range | None:
        low, high = trim(self.text, low, max(low, high))
        return (low, high) if low < high else None


def _start(word: Range) -> int:
    return word[0]


@lru_cache(maxsize=16)
def _figures(text: str, low: int, high: int) -> list[Quantity]:
    """The figures of a clause, in order: who asks about one number of it mostly asks about the next as well."""
    return [q for q in find_quantities(text, low, high) if q.is_indicator]
