"""Which span a relation most likely goes to: proposals by nearness, for a person to take or refuse.

Standard library only. Containment is itself a relation: a span inside a measure needs no link to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.clauses import sentence_at
from annotator.domain.schema import RelationType
from annotator.domain.span import Span, reading_order
from annotator.domain.span_index import SpanIndex

MEASURE = "MEASURE"


def actor_candidates(text: str, spans: SpanIndex, actor: Span, labels: tuple[str, ...] = (MEASURE,)) -> list[Span]:
    """The measures of its sentence that a body may have taken, the likeliest first; none where it lies inside one.

    A body stands before what it does, so those behind it come first, the nearest before the others.
    """
    if inside(spans, actor, labels):
        return []
    after = [s for s in _of_sentence(text, spans, actor, labels) if s.start >= actor.end]
    return [*sorted(after, key=reading_order), *_earlier(text, spans, actor, labels)]


def candidates(text: str, spans: SpanIndex, head: Span, kind: RelationType) -> list[Span]:
    """The spans that a relation of `kind` from `head` may go to, the likeliest first.

    Those of the sentence come first (earlier ones before later ones, unless the head acts), then what stands in its
    paragraph, by distance.
    """
    if kind.heads and head.label not in kind.heads:
        return []
    labels = kind.children or tuple(dict.fromkeys(s.label for s in spans))
    if head.label == "INSTITUTION":
        near = actor_candidates(text, spans, head, labels)
    else:
        near = [*_earlier(text, spans, head, labels)]
    paragraph = spans.in_paragraph(spans.paragraph_at(head.start))
    rest = [s for s in paragraph if s.label in labels and s.uid != head.uid and s not in near and not s.contains(head)]
    return near + sorted(rest, key=lambda s: (_distance(s, head), reading_order(s)))


def inside(spans: SpanIndex, span: Span, labels: tuple[str, ...] = (MEASURE,)) -> Span | None:
    """The smallest other span of `labels` that holds `span`: to that it is related by lying there."""
    around = [s for s in spans.at(span.start) if s.label in labels and s.uid != span.uid and s.contains(span)]
    return min(around, key=lambda s: s.end - s.start, default=None)


def _earlier(text: str, spans: SpanIndex, span: Span, labels: tuple[str, ...]) -> Iterator[Span]:
    """The spans of `labels` that end before `span` in its sentence, the nearest first."""
    if inside(spans, span, labels):
        return iter(())
    before = [s for s in _of_sentence(text, spans, span, labels) if s.end <= span.start]
    return iter(sorted(before, key=lambda s: (s.end, s.start), reverse=True))


def _of_sentence(text: str, spans: SpanIndex, span: Span, labels: tuple[str, ...]) -> list[Span]:
    sentence = sentence_at(text, span.start)
    if sentence is None:
        return []
    return [s for s in spans.touching(*sentence) if s.label in labels and s.uid != span.uid]


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
