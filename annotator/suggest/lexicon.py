"""Known strings as suggestions: what people tagged in this project is offered wherever the same words stand.

What is known comes in `Reading.taught["lexicon"]`: entries (words, label, how often tagged, how often refused).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest.reading import Reading

SOURCE: Final = "lexicon"

_REASON: Final = N_("tagged {n} times in this project: {words}")
_LONG: Final = 4  # so many characters are no word by accident


class Known(NamedTuple):
    """One string: how often it was tagged with a label, and how often that was refused."""

    words: str
    label: str
    tagged: int
    refused: int = 0

    @property
    def score(self) -> float:
        """How often it was right, as if it had been wrong once before anybody looked."""
        return self.tagged / (self.tagged + self.refused + 1)


def suggest(reading: Reading) -> Iterator[Proposal]:
    """Every place of a known string, on word edges or long enough to need none; the longest string of a label wins."""
    by_start = _by_first_two([Known(*entry) for entry in reading.taught.get("lexicon", ())])
    text = reading.text
    reached: dict[str, int] = {}
    for at in range(len(text) - 1) if by_start else ():
        for known in by_start.get(text[at : at + 2], ()):
            end = at + len(known.words)
            if at < reached.get(known.label, 0) or not text.startswith(known.words, at):
                continue
            if len(known.words) >= _LONG or reading.on_edges(at, end):
                reached[known.label] = end
                reason = Wording(_REASON, {"n": known.tagged, "words": known.words})
                yield Proposal(at, end, known.label, SOURCE, known.score, reason)


def _by_first_two(entries: Sequence[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = defaultdict(list)
    for known in sorted(entries, key=lambda k: -len(k.words)):
        if len(known.words) > 1:
            found[known.words[:2]].append(known)
    return found
