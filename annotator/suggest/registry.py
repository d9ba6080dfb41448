"""Every source of suggestions, in one list. A new one is a file of its own, a line here and a test."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from annotator.domain.errors import KnownError
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest.reading import Reading

Suggest = Callable[[Reading], Iterable[Proposal]]


class Source(NamedTuple):
    """One source: its name as stored, its words, the module whose `suggest(reading)` proposes, the labels it knows.

    `learns` says that it knows nothing before a project has taught it: what it learned comes in `Reading.taught`.
    """

    name: str
    title: str
    module: str
    labels: tuple[str, ...] = ()
    learns: bool = False


SOURCES: Final[tuple[Source, ...]] = (
    Source("quantities", N_("Numbers"), "annotator.suggest.quantities", ("INDICATOR",)),
    Source("institutions", N_("Institutions"), "annotator.suggest.institutions", ("INSTITUTION",)),
    Source("measures", N_("Measures"), "annotator.suggest.measures", ("MEASURE",)),
    Source("lexicon", N_("Known strings"), "annotator.suggest.lexicon", learns=True),
    Source("learned", N_("Learned from your reports"), "annotator.suggest.learned", learns=True),
    Source("model", N_("spaCy model"), "annotator.suggest.model", learns=True),
)


def source(name: str) -> Source:
    """The source of that name; KeyError where there is none."""
    return {known.name: known for known in SOURCES}[name]


#: The sources that need nothing but the text.
RULES: Final = frozenset(source.name for source in SOURCES if not source.learns)


def suggest(reading: Reading, names: Sequence[str]) -> list[Proposal]:
    """What the sources named propose, each in its own order; nothing that touches furniture."""
    found: list[Proposal] = []
    for known in SOURCES:
        if known.name in names and (known.name in reading.taught or not known.learns):
            found += _of(known, reading)
    return found


def by_rules(reading: Reading) -> list[Proposal]:
    """What every source proposes that needs nothing but the text, whether it was chosen or not."""
    return [proposal for known in SOURCES if not known.learns for proposal in _of(known, reading)]


def _of(known: Source, reading: Reading) -> list[Proposal]:
    """What one source proposes; asked once a reading."""
    found: list[Proposal] | None = reading.memo.get(known.name)
    if found is None:
        reading.pulse()
        found = reading.memo[known.name] = _asked(known, reading)
    return found


def _asked(known: Source, reading: Reading) -> list[Proposal]:
    """Ask one source. What keeps one that learns from answering is noted, and the others go on."""
    ask: Suggest = importlib.import_module(known.module).suggest
    try:
        return [p for p in ask(reading) if p.start < p.end and reading.in_body(p.start, p.end)]
    except KnownError as problem:
        if not known.learns:
            raise
        problems(reading).append((known.name, problem))
        return []


def problems(reading: Reading) -> list[tuple[str, KnownError]]:
    """What kept sources from answering, by their names."""
    found: list[tuple[str, KnownError]] = reading.memo.setdefault("problems", [])
    return found
