"""What an export leaves behind, span by span: nothing is lost in silence.

Two lists matter: what is in the file but not in `doc.ents` (a count a label), and what is not in
the file at all (each span with its reason). Beside them stand the reports that were left out and
the spans whose text is shorter because furniture inside them was left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.report import Report
from annotator.domain.span import Span
from annotator.messages import N_, translate

IN_FURNITURE = N_("an edge lies in page furniture")
IN_WHITE_SPACE = N_("an edge lies inside a white-space token")
NOT_LOOKED_AT = N_("accepted with many others, and nobody has looked at it")
FURNITURE_INSIDE = N_("page furniture inside it was left out")


@dataclass(frozen=True, slots=True)
class LostSpan:
    """A span that is not in the file. Offsets count in the whole text; `reason` is a message id."""

    report: str | int
    title: str
    span: str | int
    label: str
    start: int
    end: int
    text: str
    reason: str

    def row(self) -> dict[str, Any]:
        """The span as the loss file lists it, the reason in the language of the moment."""
        return {
            "report": self.report,
            "title": self.title,
            "span": self.span,
            "label": self.label,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "reason": translate(self.reason),
        }


def lost_span(report: Report, span: Span, reason: str) -> LostSpan:
    """The entry for a span of `report`; ids are those of the file it came from, where it had some."""
    return LostSpan(
        report=report.uid if report.foreign_id is None else report.foreign_id,
        title=report.title,
        span=span.uid if span.foreign_id is None else span.foreign_id,
        label=span.label,
        start=span.start,
        end=span.end,
        text=report.text[span.start : span.end],
        reason=reason,
    )


@dataclass(slots=True)
class Losses:
    """The loss report of one export.

    `overlapping` counts, by label, the spans kept out of `doc.ents` by the flat choice; `unlisted`
    those whose label is not one of the entity labels. `labels` counts spans left out because their
    label was not asked for, `statuses` the annotation sets left out by status (as "none": reports
    without a set), `empty` the reports whose body is empty, `unseen` lists the
    spans left out because nobody has looked at them, `relations` the relations that lost an end, `questions` those
    that the format has no place for.
    """

    overlapping: Counter[str] = field(default_factory=Counter)
    unlisted: Counter[str] = field(default_factory=Counter)
    lost: list[LostSpan] = field(default_factory=list)
    shortened: list[LostSpan] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    annotators: Counter[str] = field(default_factory=Counter)
    empty: list[str] = field(default_factory=list)
    unseen: list[LostSpan] = field(default_factory=list)
    relations: int = 0
    questions: int = 0

    def __bool__(self) -> bool:
        """Whether anything at all was left behind."""
        return bool(
            self.not_in_ents
            or self.lost
            or self.shortened
            or self.labels
            or self.statuses
            or self.annotators
            or self.empty
            or self.unseen
            or self.relations
            or self.questions
        )

    @property
    def not_in_ents(self) -> Counter[str]:
        """Spans that are in the file but not in `doc.ents`, by label."""
        return self.overlapping + self.unlisted

    def as_dict(self) -> dict[str, Any]:
        """The loss file's content, in plain JSON types."""
        return {
            "not_in_ents": dict(sorted(self.not_in_ents.items())),
            "not_in_file": [entry.row() for entry in self.lost],
            "not_in_ents_because_overlapping": dict(sorted((+self.overlapping).items())),
            "shortened": [entry.row() for entry in self.shortened],
            "left_out": {
                "sets_by_status": dict(sorted(self.statuses.items())),
                "sets_by_annotator": dict(sorted(self.annotators.items())),
                "spans_by_label": dict(sorted(self.labels.items())),
                **({"spans_not_looked_at": [entry.row() for entry in self.unseen]} if self.unseen else {}),
                "relations": self.relations,
                **({"questions": self.questions} if self.questions else {}),
                "empty_reports": self.empty,
            },
        }
