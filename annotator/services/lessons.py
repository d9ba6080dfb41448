"""Finished reports as they travel to the process that learns, and its task. Opens no project and imports nothing of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from annotator.suggest.learning import Lesson

Pulse = Callable[[], None]


class Lecture(NamedTuple):
    """One finished report as it travels: text, furniture, year, place, and the spans that people made.

    At `unsure` ranges nobody has looked yet: their sentences teach nothing.
    """

    text: str
    furniture: Sequence[tuple[int, int]]
    year: int | None
    place: str
    spans: Sequence[tuple[int, int, str]]
    unsure: Sequence[tuple[int, int]] = ()


def learn(payload: Sequence[Sequence[Any]], pulse: Pulse) -> tuple[bytes, dict[str, dict[str, Any]]]:
    """The task: lectures as tuples in; out the models as bytes, and by label how they did where they had not learned."""
    from annotator.suggest.learning import learn as learn_models

    taught = learn_models([lesson(Lecture(*each), pulse) for each in payload], pulse)
    judged = {name: {**found._asdict(), "used": found.is_used} for name, found in taught.judged.items()}
    return taught.packed(), judged


def lesson(given: Lecture, pulse: Pulse) -> Lesson:
    """A lecture taken apart into words."""
    from annotator.suggest.learning import Lesson
    from annotator.suggest.reading import Reading
    from annotator.suggest.segmenter import segmenter

    edges = segmenter().edges(given.text, pulse)
    furniture = [(start, end) for start, end in given.furniture]
    reading = Reading(given.text, edges, furniture, given.year, given.place, pulse=pulse)
    spans = [(start, end, label) for start, end, label in given.spans]
    return Lesson(reading, spans, [(start, end) for start, end in given.unsure])
