"""What is still open in a report: what *Done and next* lists before it lets go.

Everything is said once, in text order; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain.deciding import UNSEEN
from annotator.domain.quantity import Quantity, find_quantities
from annotator.domain.question import QuestionState
from annotator.domain.report import Furniture
from annotator.domain.schema import AttributeType, LabelSchema
from annotator.domain.span import Span
from annotator.messages import N_, _
from annotator.services.open_report import OpenReport

SUGGESTION = "suggestion"
NUMBER = "number"
ATTRIBUTE = "attribute"
QUESTION = "question"
UNCERTAIN = "uncertain"
UNSEEN_SPAN = "unseen"

#: What each kind of open thing is called.
KINDS = {
    SUGGESTION: N_("undecided suggestion"),
    NUMBER: N_("untouched number"),
    ATTRIBUTE: N_("missing attribute"),
    QUESTION: N_("open question"),
    UNCERTAIN: N_("uncertain span"),
    UNSEEN_SPAN: N_("span nobody has looked at"),
}


class OpenItem(NamedTuple):
    """One open thing at `[start, end)`; `uid` names the span, question or suggestion, None for a number.

    `detail` is the attribute that is missing, or the question's words.
    """

    kind: str
    start: int
    end: int
    uid: str | None
    detail: str = ""

    def words(self) -> str:
        """What is open, in the language of the moment."""
        return _(KINDS[self.kind])


class Range(NamedTuple):
    """A suggestion nobody has decided on: where it stands and its uid."""

    start: int
    end: int
    uid: str


def open_items(
    report: OpenReport,
    schema: LabelSchema,
    quantities: Iterable[Quantity] | None = None,
    suggestions: Iterable[Range] = (),
) -> list[OpenItem]:
    """All that is open in a report, in text order.

    `quantities` are those of the text, where the caller has them; `suggestions` those nobody has decided on.
    """
    found = [OpenItem(SUGGESTION, s.start, s.end, s.uid) for s in suggestions]
    numbers = find_quantities(report.text) if quantities is None else quantities
    found += [OpenItem(NUMBER, q.start, q.end, None) for q in untouched(report, schema, numbers)]
    found += [item for span in report.spans for item in _of_span(span, schema)]
    found += [
        OpenItem(QUESTION, q.start, q.end, q.uid, q.text)
        for q in report.questions.values()
        if q.state != QuestionState.DECIDED
    ]
    return sorted(found, key=lambda item: (item.start, item.end, item.kind, item.detail))


def counts(items: Iterable[OpenItem]) -> dict[str, int]:
    """How many there are of each kind; kinds without any are left out."""
    found = dict.fromkeys(KINDS, 0)
    for item in items:
        found[item.kind] += 1
    return {kind: n for kind, n in found.items() if n}


def summary(items: Iterable[OpenItem]) -> str:
    """One sentence for the status line; empty where nothing is open."""
    parts = [f"{_(KINDS[kind])} {n}" for kind, n in counts(items).items()]
    return _("Still open: {items}. Press again to go on all the same.", items=_(", ").join(parts)) if parts else ""


def untouched(report: OpenReport, schema: LabelSchema, quantities: Iterable[Quantity]) -> list[Quantity]:
    """The quantities that are figures of the report and lie neither in a numeric span nor in furniture.

    A number that a span of another label holds as part of a name (第十二中学) is a name's, not a figure's: only a
    label with numeric attributes touches a number.
    """
    numeric = {label.name for label in schema.labels if any(a.type is AttributeType.NUMBER for a in label.attributes)}
    greyed = _Covered(report.furniture)
    return [
        q
        for q in quantities
        if q.is_indicator
        and not greyed.touches(q.start, q.end)
        and not any(s.label in numeric for s in report.spans.touching(q.start, q.end))
    ]


def _of_span(span: Span, schema: LabelSchema) -> list[OpenItem]:
    label = schema.label(span.label)
    missing = [
        a.name
        for a in (label.attributes if label else ())
        if a.required and a.default is None and span.attributes.get(a.name) in (None, "")
    ]
    items = [OpenItem(ATTRIBUTE, span.start, span.end, span.uid, name) for name in missing]
    if not span.certain:
        items.append(OpenItem(UNCERTAIN, span.start, span.end, span.uid))
    if UNSEEN in span.proposed:
        items.append(OpenItem(UNSEEN_SPAN, span.start, span.end, span.uid))
    return items


class _Covered:
    """Ranges asked about from left to right; each is looked at once."""

    def __init__(self, ranges: Sequence[Furniture]) -> None:
        self._coming = sorted((r.start, r.end) for r in ranges)
        self._at = 0
        self._reach = -1

    def touches(self, start: int, end: int) -> bool:
        """Whether `[start, end)` shares a character with a range; `start` never falls from call to call."""
        while self._at < len(self._coming) and self._coming[self._at][0] < end:
            self._reach = max(self._reach, self._coming[self._at][1])
            self._at += 1
        return start < self._reach
