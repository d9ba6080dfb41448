"""Which annotation sets of a report an export takes, and which of their spans.

A format that holds every set takes all of them; one that holds a single set takes the gold, else the
only one that is left. Where that is not clear nobody guesses: the sets are named.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from annotator.domain.deciding import UNSEEN
from annotator.domain.errors import InputError
from annotator.domain.report import AnnotationSet, Report, Status
from annotator.formats.losses import NOT_LOOKED_AT, Losses, lost_span
from annotator.messages import N_

NO_SET = "none"


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for: one annotator or all, statuses (None: the format's own rule), labels (None: all).

    `looked_at` leaves out spans that came with many others and that nobody has looked at.
    """

    annotator: str | None = None
    statuses: Collection[str] | None = None
    labels: Collection[str] | None = None
    looked_at: bool = False


def every_set(report: Report, selection: Selection, losses: Losses) -> Report | None:
    """The report with all sets that were asked for; None where sets were asked for and it has none of them."""
    sets = []
    for made in report.sets:
        if selection.annotator is not None and made.annotator != selection.annotator:
            losses.annotators[made.annotator] += 1
        elif selection.statuses is not None and made.status not in selection.statuses:
            losses.statuses[str(made.status)] += 1
        else:
            sets.append(_with_labels(report, made, selection, losses))
    if not sets and (selection.annotator is not None or selection.statuses is not None):
        if not report.sets:
            losses.statuses[NO_SET] += 1
        return None
    return replace(report, sets=sets)


def single_set(report: Report, selection: Selection, losses: Losses) -> Report | None:
    """The report with the one set that counts; None where it has none. Raises InputError where several could."""
    chosen = _chosen(report, selection)
    for made in report.sets:
        if made is chosen:
            continue
        if chosen is None and (selection.annotator is None or made.annotator == selection.annotator):
            losses.statuses[str(made.status)] += 1
        else:
            losses.annotators[made.annotator] += 1
    if chosen is None:
        if not report.sets:
            losses.statuses[NO_SET] += 1
        return None
    return replace(report, sets=[_with_labels(report, chosen, selection, losses)])


def _chosen(report: Report, selection: Selection) -> AnnotationSet | None:
    statuses = {Status.DONE.value} if selection.statuses is None else set(selection.statuses)
    if selection.annotator is not None:
        sets = [made for made in report.sets if made.annotator == selection.annotator and made.status in statuses]
        return sets[0] if sets else None
    gold = next((made for made in report.sets if made.gold), None)
    if gold is not None and (selection.statuses is None or gold.status in statuses):
        return gold
    sets = [made for made in report.sets if made.status in statuses]
    if len(sets) > 1:
        raise InputError(
            N_(
                "“{title}” has annotation sets of {names} and no gold among them; name one annotator. Nothing was written."
            ),
            title=report.title,
            names=", ".join(made.annotator for made in sets),
        )
    return sets[0] if sets else None


def _with_labels(report: Report, made: AnnotationSet, selection: Selection, losses: Losses) -> AnnotationSet:
    """The set with the labels asked for, without what nobody looked at; relations whose both ends stay."""
    if selection.labels is None and not selection.looked_at:
        return made
    spans = [span for span in made.spans if selection.labels is None or span.label in selection.labels]
    kept = {span.uid for span in spans}
    losses.labels.update(span.label for span in made.spans if span.uid not in kept)
    if selection.looked_at:
        unseen = [span for span in spans if UNSEEN in span.proposed]
        losses.unseen += [lost_span(report, span, NOT_LOOKED_AT) for span in unseen]
        kept -= {span.uid for span in unseen}
        spans = [span for span in spans if span.uid in kept]
    relations = [r for r in made.relations if r.head in kept and r.child in kept]
    losses.relations += len(made.relations) - len(relations)
    return replace(made, spans=spans, relations=relations)
