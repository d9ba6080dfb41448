"""Suggestions for one report: what goes to the process that suggests, and what comes back.

`propose` is that process's task. It segments, asks every source chosen, puts their proposals together and fills in what
the words say (value, unit, status …), so that a proposal is what accepting it would make. It opens no project: the text
and what the project taught travel with the request.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from annotator.domain.errors import KnownError
from annotator.domain.packed_proposals import Packed, pack
from annotator.domain.schema import LabelSchema, schema_from_dict, schema_to_dict
from annotator.domain.suggestion import Proposal
from annotator.services.understanding import attributes_for
from annotator.suggest import learned, lexicon, registry
from annotator.suggest.merge import merged
from annotator.suggest.reading import Range, Reading
from annotator.suggest.registry import SOURCES, suggest
from annotator.suggest.segmenter import segmenter

#: The sources that need nothing but the text.
RULES: tuple[str, ...] = tuple(source.name for source in SOURCES if not source.learns)
#: In `Ask.taught`: the words of this report that people refused, as entries of the lexicon.
REFUSED: Final = "refused"
#: Sources that take several times as long as all rules together.
_SLOW = frozenset({"learned", "model"})
#: What words tell of places, as a reading keeps it.
_UNDERSTOOD: Final = "understood"
#: A beginning that is a larger part of the text is not asked about by itself.
_WORTH = 0.6
#: A sentence that every source has something to say about.
_WARMING = "一、工作情况\n今年，县司法局组织培训3场，受理案件约120件，同比增长5%。\n"


class Ask(NamedTuple):
    """What a report is asked about with; all of it plain, so that it travels. `schema` is `schema_to_dict`'s."""

    text: str
    schema: dict[str, Any]
    furniture: Sequence[Range] = ()
    year: int | None = None
    place: str = ""
    sources: Sequence[str] = RULES
    taught: Mapping[str, Any] = {}

    @classmethod
    def of(cls, text: str, schema: LabelSchema, **known: Any) -> Ask:
        """The same from a schema as it is."""
        return cls(text, schema_to_dict(schema), **known)

    def soonest(self, end: int) -> Ask | None:
        """What is answered soonest: what the rules say of the lines up to the one at `end`; None where that is all of it.

        The answer is the beginning of the whole one, but for what later lines or a model say otherwise.
        """
        quick = {name: known for name, known in self.taught.items() if name not in _SLOW}
        stop = self.text.find("\n", end) + 1
        if not 0 < stop <= len(self.text) * _WORTH:
            stop = len(self.text)
        if stop == len(self.text) and len(quick) == len(self.taught):
            return None
        furniture = [(low, min(high, stop)) for low, high in self.furniture if low < stop]
        return self._replace(text=self.text[:stop], furniture=furniture, taught=quick)


class Reply(NamedTuple):
    """What comes back: the proposals, packed, and what kept sources from answering, as messages with their parameters."""

    packed: Packed
    problems: Sequence[tuple[str, dict[str, Any]]] = ()


def propose(ask: Sequence[Any], pulse: Callable[[], None]) -> tuple[tuple[Any, ...], list[tuple[str, dict[str, Any]]]]:
    """The task: `ask` is an `Ask` as a tuple; the answer a `Reply` (see `reply`), plain."""
    found, trouble = answered(Ask(*ask), pulse)
    return tuple(pack(found)), [(error.message, error.params) for _name, error in trouble]


def reply(answer: Sequence[Any]) -> Reply:
    """The answer as it is read."""
    packed, trouble = answer
    return Reply(Packed(*packed), trouble)


def get_ready() -> None:
    """Import the sources and let their patterns compile, so that the first report need not wait for it."""
    reading = Reading(_WARMING, segmenter().edges(_WARMING), year=2021)
    for proposal in suggest(reading, RULES):
        attributes_for(proposal.label, LabelSchema(), _WARMING, proposal.start, proposal.end, planned=False)


def read(answer: Sequence[Any]) -> list[Proposal]:
    """All proposals of an answer."""
    return reply(answer).packed.read()


def problems(answer: Sequence[Any]) -> list[KnownError]:
    """What kept sources from answering: one sentence each; the others' proposals are there all the same."""
    return [KnownError(message, **params) for message, params in reply(answer).problems]


def proposals(ask: Ask, pulse: Callable[[], None]) -> list[Proposal]:
    """What the sources propose for a text, in text order; only labels that the schema has."""
    return answered(ask, pulse)[0]


def answered(ask: Ask, pulse: Callable[[], None]) -> tuple[list[Proposal], list[tuple[str, KnownError]]]:
    """The same, and what kept sources from answering, by their names."""
    schema = _schema(json.dumps(ask.schema, sort_keys=True))
    reading = _recent.reading(ask, pulse)
    found = [p for p in _found(reading, ask.sources) if schema.label(p.label) is not None]
    proposals = [_understood(reading, schema, proposal) for proposal in _doubted(reading, merged(found))]
    _recent.remember(reading)
    return proposals, registry.problems(reading)


class _Recent:
    """The reports read last, with all that does not depend on what a project taught: asked again, they cost little."""

    #: So many reports, and together so many characters.
    MOST, CHARACTERS = 4, 200_000

    def __init__(self) -> None:
        self._readings: list[Reading] = []

    def reading(self, ask: Ask, pulse: Callable[[], None]) -> Reading:
        """The report that is asked about; read anew where it is not known."""
        made_of = (ask.text, [(a, b) for a, b in ask.furniture], ask.year, ask.place)
        for known in self._readings:
            if (known.text, known.furniture, known.year, known.place) == made_of:
                return known.again(ask.taught, pulse, partial(_still_holds, known, ask.taught))
        text, furniture, year, place = made_of
        return Reading(text, segmenter().edges(text, pulse), furniture, year, place, ask.taught, pulse)

    def remember(self, reading: Reading) -> None:
        """This one was asked about last."""
        text, room = reading.text, self.CHARACTERS
        kept = []
        for known in [reading, *(known for known in self._readings if known.text != text)][: self.MOST]:
            if len(known.text) <= room:
                room -= len(known.text)
                kept.append(known)
        self._readings = kept

    def forget(self) -> None:
        """Read everything anew: for whoever measures."""
        self._readings = []


_recent: Final = _Recent()
forget = _recent.forget


def _still_holds(known: Reading, taught: Mapping[str, Any], name: str) -> bool:
    """Whether what was worked out under a name holds for a project that taught this."""
    if name == learned.ANSWERS:
        return known.taught.get(learned.SOURCE) == taught.get(learned.SOURCE)
    return name in registry.RULES or name in (learned.SEQUENCES, _UNDERSTOOD)


@functools.lru_cache(maxsize=4)
def _schema(written: str) -> LabelSchema:
    """The schema of a request: mostly that of the request before."""
    return schema_from_dict(json.loads(written))


def _found(reading: Reading, sources: Sequence[str]) -> list[Proposal]:
    """What the sources propose; what the project learned has a say about the rules' proposals too."""
    found = suggest(reading, sources)
    if learned.SOURCE not in sources or not reading.taught.get(learned.SOURCE):
        return found
    return learned.corrected(reading, found)


def _doubted(reading: Reading, proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """The proposals, those whose words people refused elsewhere with a lower score; what is known counts that itself."""
    refused = {(words, label): (no + 1, yes + 1) for words, label, yes, no in reading.taught.get(REFUSED, ())}
    for proposal in proposals:
        no, yes = refused.get((reading.text[proposal.start : proposal.end], proposal.label), (1, 1))
        if no > 1 and proposal.source != lexicon.SOURCE:
            proposal = proposal._replace(score=round(proposal.score * yes / (yes + no - 1), 4))
        yield proposal


def _understood(reading: Reading, schema: LabelSchema, proposal: Proposal) -> Proposal:
    """The proposal with the attributes that its words tell; what its source knows better stays."""
    known: tuple[LabelSchema, dict[Any, dict[str, Any]]] = reading.memo.setdefault(_UNDERSTOOD, (schema, {}))
    if known[0] is not schema:
        known = reading.memo[_UNDERSTOOD] = (schema, {})
    place = (proposal.label, proposal.start, proposal.end)
    if place not in known[1]:
        known[1][place] = _attributes(reading, schema, *place)
    return proposal._replace(attributes={**known[1][place], **proposal.attributes})


def _attributes(reading: Reading, schema: LabelSchema, label: str, start: int, end: int) -> dict[str, Any]:
    """What the words of a place tell."""
    reading.pulse()
    return attributes_for(
        label,
        schema,
        reading.text,
        start,
        end,
        planned=reading.planned(start),
        words=reading.words,
        year=reading.year,
        quantity=reading.quantity_at(start, end),
    ).attributes
