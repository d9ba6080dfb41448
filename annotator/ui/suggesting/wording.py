"""A suggestion in words: its label, what it says, who proposes it, how sure, why, and what speaks against it."""

from __future__ import annotations

from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.messages import _
from annotator.services.deciding import Offer
from annotator.services.open_report import OpenReport
from annotator.services.wording import label_title, step_words
from annotator.suggest.registry import SOURCES, source
from annotator.ui.entity_panel.values import details

_NAMES = frozenset(known.name for known in SOURCES)


def source_title(name: str) -> str:
    """What a source is called; its name where it is none of ours."""
    return _(source(name).title) if name in _NAMES else name


def score_words(score: float) -> str:
    """How sure a source is, in percent."""
    return f"{round(score * 100)} %"


def words_of(report: OpenReport, span: Span) -> str:
    """The text of a suggestion, on one line."""
    return " ".join(report.text[span.start : span.end].split())


def reason(offer: Offer, schema: LabelSchema) -> str:
    """Why it was proposed, in the source's words; "" where it gives none."""
    wording = offer.proposal.reason
    return step_words(wording, schema) if wording.message else ""


def conflict(report: OpenReport, offer: Offer) -> str:
    """Which spans of the same label it overlaps; "" for none."""
    spans = [span for uid in offer.conflicts if (span := report.spans.get(uid)) is not None]
    listed = _(", ").join(f"“{words_of(report, span)}”" for span in spans)
    return _("Overlaps what is tagged already: {spans}", spans=listed) if spans else ""


def why(report: OpenReport, offer: Offer, span: Span, schema: LabelSchema) -> list[str]:
    """Everything that is known of a suggestion, a line each."""
    about = f"{source_title(offer.proposal.source)}, {score_words(offer.proposal.score)}"
    told = reason(offer, schema)
    lines = [
        f"{about}: {told}" if told else about,
        " · ".join(details(span, schema).splitlines()),
        conflict(report, offer),
    ]
    return [line for line in lines if line]


def whole(report: OpenReport, offer: Offer, span: Span, schema: LabelSchema) -> str:
    """The same with label and text, for a tooltip and for screen readers."""
    head = f"{_('Suggestion')} {label_title(schema, span.label)}: {words_of(report, span)}"
    return "\n".join([head, *why(report, offer, span, schema)])
