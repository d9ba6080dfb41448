"""Deciding about suggestions as edits: accepting makes a span, rejecting remembers a no; undo brings the suggestion back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain.changes import Change, Edit, Row, SetRef, Wording, add_spans, excerpt
from annotator.domain.span import Span
from annotator.domain.suggestion import Suggestion, SuggestionState
from annotator.messages import N_

#: In `Span.proposed`: nobody has looked at the span itself yet.
UNSEEN = "*"


class Accepted(NamedTuple):
    """A suggestion and the span it becomes."""

    suggestion: Suggestion
    span: Span


def suggestion_row(suggestion: Suggestion) -> Row:
    """The row of a decided suggestion; its reason as a message with its parameters."""
    row = suggestion._asdict()
    del row["uid"]
    row["span_uid"] = row.pop("span")
    row["reason"] = json.dumps([suggestion.reason.message, suggestion.reason.params], ensure_ascii=False)
    return row


def accept(report: int, ref: SetRef, accepted: Sequence[Accepted], text: str) -> Edit:
    """Suggestions of one report become spans."""
    spans = [one.span for one in accepted]
    tagging = add_spans(report, ref, spans, text)
    decisions = (_decision(report, one.suggestion, SuggestionState.ACCEPTED, one.span.uid) for one in accepted)
    if len(spans) == 1:
        params = {"label": spans[0].label, "text": excerpt(text[spans[0].start : spans[0].end])}
        wording = Wording(N_("Accept {label} “{text}”"), params)
    else:
        wording = Wording(N_("Accept {n} suggestions"), {"n": len(spans)})
    return Edit("suggestion.accept", wording, (*tagging.changes, *decisions), report)


def reject(report: int, suggestions: Iterable[Suggestion], text: str) -> Edit:
    """Suggestions that are none: they are not offered again, and sources learn from it."""
    found = list(suggestions)
    if len(found) == 1:
        params = {"label": found[0].label, "text": excerpt(text[found[0].start : found[0].end])}
        wording = Wording(N_("Reject {label} “{text}”"), params)
    else:
        wording = Wording(N_("Reject {n} suggestions"), {"n": len(found)})
    changes = tuple(_decision(report, one, SuggestionState.REJECTED, None) for one in found)
    return Edit("suggestion.reject", wording, changes, report)


def _decision(report: int, suggestion: Suggestion, state: str, span: str | None) -> Change:
    decided = suggestion._replace(state=str(state), span=span)
    return Change("suggestion", report, suggestion.uid, None, suggestion_row(decided))
