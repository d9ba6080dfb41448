"""Suggestions for one report: what goes to the process that suggests, and what comes back.

`propose` is that process's task. It segments, asks every source chosen, puts their proposals together and fills in what
the words say (value, unit, status …), so that a proposal is what accepting it would make. It opens no project: the text
and what the project taught travel with the request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.schema import LabelSchema, schema_from_dict, schema_to_dict
from annotator.domain.suggestion import Proposal
from annotator.services.understanding import attributes_for
from annotator.suggest.merge import merged
from annotator.suggest.reading import Range, Reading
from annotator.suggest.registry import SOURCES, suggest
from annotator.suggest.segmenter import segmenter

#: The sources that need nothing but the text.
RULES: tuple[str, ...] = tuple(source.name for source in SOURCES if not source.learns)


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


def propose(ask: Sequence[Any], pulse: Callable[[], None]) -> list[tuple[Any, ...]]:
    """The task: `ask` is an `Ask` as a tuple; the answer a list of proposals as tuples (`read` makes them proposals)."""
    return [tuple(p) for p in proposals(Ask(*ask), pulse)]


def read(answer: Sequence[Sequence[Any]]) -> list[Proposal]:
    """The proposals of an answer."""
    return [_read(*row) for row in answer]


def _read(start: int, end: int, label: str, source: str, score: float, reason: Any, attributes: Any) -> Proposal:
    return Proposal(start, end, label, source, score, Wording(*reason), attributes)


def proposals(ask: Ask, pulse: Callable[[], None]) -> list[Proposal]:
    """What the sources propose for a text, in text order; only labels that the schema has."""
    schema = schema_from_dict(ask.schema)
    edges = segmenter().edges(ask.text, pulse)
    reading = Reading(ask.text, edges, [(a, b) for a, b in ask.furniture], ask.year, ask.place, ask.taught, pulse)
    found = [p for p in suggest(reading, ask.sources) if schema.label(p.label) is not None]
    return [_understood(reading, schema, proposal) for proposal in merged(found)]


def _understood(reading: Reading, schema: LabelSchema, proposal: Proposal) -> Proposal:
    """The proposal with the attributes that its words tell; what its source knows better stays."""
    reading.pulse()
    understood = attributes_for(
        proposal.label,
        schema,
        reading.text,
        proposal.start,
        proposal.end,
        planned=reading.planned(proposal.start),
        words=reading.words,
        year=reading.year,
    )
    return proposal._replace(attributes={**understood.attributes, **proposal.attributes})
