"""Suggestions of the open report, and what a person decides about them.

A suggestion is a proposal that the person has not decided on and that stands in no span of theirs already. It gets no
row until it is decided; then the row holds where it stood, so that it is not offered again, and undo takes the row away.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from annotator.domain import deciding
from annotator.domain.changes import Edit
from annotator.domain.deciding import UNSEEN, Accepted
from annotator.domain.errors import ValidationError
from annotator.domain.report import Status
from annotator.domain.selection import trim
from annotator.domain.span import Span, new_uid
from annotator.domain.suggestion import Proposal, Suggestion
from annotator.domain.validation import check_span
from annotator.messages import N_, _
from annotator.reading.planned import is_planned
from annotator.services.edits import Edits, Outcome
from annotator.services.open_report import OpenReport
from annotator.services.understanding import attributes_for
from annotator.storage.people import now

Key = tuple[str, int, int]


class Offer(NamedTuple):
    """One undecided suggestion; `conflicts` are the person's spans of its label that it overlaps without being one."""

    proposal: Proposal
    conflicts: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What tells it from the others of its report."""
        return key_of(self.proposal)


def key_of(one: Proposal | Suggestion) -> Key:
    """Label and range: what a suggestion is known by, whoever proposes it."""
    return one.label, one.start, one.end


def offers(report: OpenReport, proposals: Iterable[Proposal]) -> list[Offer]:
    """The proposals that are undecided, in text order, each with the spans it conflicts with."""
    decided = decided_keys(report)
    return [offer for proposal in proposals if (offer := offered(report, proposal, decided)) is not None]


def decided_keys(report: OpenReport) -> set[Key]:
    """What the person has decided on in a report."""
    return {key_of(decision) for decision in report.decisions.values()}


def offered(report: OpenReport, proposal: Proposal, decided: Container[Key]) -> Offer | None:
    """The proposal as it is offered now; None where it is decided, or stands there as a span already."""
    if key_of(proposal) in decided:
        return None
    if not report.spans:
        return Offer(proposal)
    touching = [s for s in report.spans.touching(proposal.start, proposal.end) if s.label == proposal.label]
    if any(span.range == (proposal.start, proposal.end) for span in touching):
        return None
    return Offer(proposal, tuple(span.uid for span in touching))


class Decider(Edits):
    """Accepting and rejecting, as a session's person."""

    def accept(
        self,
        report: OpenReport,
        proposal: Proposal,
        *,
        label: str | None = None,
        place: tuple[int, int] | None = None,
    ) -> Outcome:
        """Make a span of a proposal, under another label or with other edges where they are given."""
        one = self._accepted(report, proposal, label or proposal.label, place or (proposal.start, proposal.end))
        self._check_open(report)
        return self._apply(report, deciding.accept(report.id, report.set, [one], report.text), one.span)

    def accept_all(self, report: OpenReport, proposals: Sequence[Proposal]) -> Outcome:
        """Make spans of all these, as one step; each is marked as not looked at until the person passes over it."""
        self._check_open(report)
        if not proposals:
            return Outcome(None, None, _("There is nothing to accept."))
        return self._apply(report, self.edit_of_all(report, proposals), None)

    def edit_of_all(self, report: OpenReport, proposals: Sequence[Proposal]) -> Edit:
        """The same as an edit that is yet to be applied: a part of a step over many reports."""
        found = [self._accepted(report, p, p.label, (p.start, p.end), unseen=True) for p in proposals]
        return deciding.accept(report.id, report.set, found, report.text)

    def reject(self, report: OpenReport, proposals: Sequence[Proposal]) -> Outcome:
        """Say no: these are not offered to the person again."""
        self._check_open(report)
        if not proposals:
            return Outcome(None, None, _("There is nothing to reject."))
        rows = [self.suggestion(report, proposal) for proposal in proposals]
        return self._apply(report, deciding.reject(report.id, rows, report.text), None)

    def suggestion(self, report: OpenReport, proposal: Proposal) -> Suggestion:
        """The proposal as this person decides about it now."""
        person, version = self._session.person.uid, report.text_version
        return Suggestion(new_uid(), *proposal, person=person, decided=now(), text_version=version)

    def _accepted(
        self, report: OpenReport, proposal: Proposal, label: str, place: tuple[int, int], *, unseen: bool = False
    ) -> Accepted:
        start, end = trim(report.text, *place)
        if start >= end:
            raise ValidationError(N_("Nothing is left of the selection without its edge punctuation and spaces."))
        span = self._span(report, proposal, self._label(label).name, start, end)
        if unseen:
            span = span._replace(proposed=(UNSEEN, *span.proposed))
        check_span(span, len(report.text), self._session.schema)
        return Accepted(self.suggestion(report, proposal), span)

    def _span(self, report: OpenReport, proposal: Proposal, label: str, start: int, end: int) -> Span:
        """The span with what its words tell; where label and edges are the proposal's own, with what that says."""
        planned = is_planned(report.section_path(start), report.row.year)
        known = attributes_for(
            label, self._session.schema, report.text, start, end, planned=planned, year=report.row.year
        )
        attributes, proposed = known
        if (label, start, end) == key_of(proposal):
            attributes = {**attributes, **proposal.attributes}
            proposed = tuple(dict.fromkeys((*proposed, *self._told(label, proposal))))
        return Span(
            new_uid(),
            start,
            end,
            label,
            attributes,
            origin=proposal.source,
            score=proposal.score,
            text_version=report.text_version,
            proposed=proposed,
        )

    def _told(self, label: str, proposal: Proposal) -> tuple[str, ...]:
        """The attributes that the source filled in, other than with the label's defaults."""
        defaults = self._label(label).defaults()
        return tuple(name for name, value in proposal.attributes.items() if defaults.get(name) != value)


def can_decide(report: OpenReport, *, read_only: bool) -> bool:
    """Whether suggestions of this report can be decided now."""
    return not read_only and report.status != Status.DONE
