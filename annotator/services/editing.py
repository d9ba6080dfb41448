"""Every edit a person makes in the window: validated, committed through the session, put in words.

A method returns an `Outcome`; its words are what the status line says, also when nothing happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotator.domain import changes
from annotator.domain.deciding import UNSEEN
from annotator.domain.errors import ValidationError
from annotator.domain.report import Status
from annotator.domain.schema import Attribute, Label
from annotator.domain.selection import trim
from annotator.domain.span import Span, new_uid
from annotator.domain.validation import check_attribute, check_span
from annotator.messages import _
from annotator.reading.planned import is_planned
from annotator.services.edits import Outcome, short
from annotator.services.open_report import OpenReport
from annotator.services.relating import RelationEdits
from annotator.services.understanding import Understood, attributes_for

__all__ = ["Editor", "Outcome"]


class Editor(RelationEdits):
    """The edits of a session's person."""

    # ---- tagging --------------------------------------------------------------------------------

    def press_label(
        self,
        report: OpenReport,
        label: str,
        selection: tuple[int, int] | None,
        selected: Sequence[str],
        *,
        add: bool = False,
        keep_edges: bool = False,
    ) -> Outcome:
        """What a label's key or button means just now.

        On a text selection it makes a span; on selected spans (`selected`: uids) it relabels them, or
        with `add` puts a second span on the same range. With neither it says what to do.
        """
        if selection and selection[0] < selection[1]:
            return self.tag(report, *selection, label, keep_edges=keep_edges)
        spans = [span for uid in selected if (span := report.spans.get(uid))]
        if not spans:
            return Outcome(None, None, _("Select some text first, then press a label's key."))
        if add:
            return self._add_second(report, spans, label)
        return self.relabel(report, [span.uid for span in spans], label)

    def tag(self, report: OpenReport, start: int, end: int, label: str, *, keep_edges: bool = False) -> Outcome:
        """Make a span of `label` over `[start, end)`, trimmed at its edges unless `keep_edges`."""
        start, end = min(start, end), max(start, end)
        if not keep_edges:
            start, end = trim(report.text, start, end)
        if start >= end:
            return Outcome(None, None, _("Nothing is left of the selection without its edge punctuation and spaces."))
        there = self._same(report, start, end, label)
        if there:
            return Outcome(None, there, self._already(there, report))
        return self._add(report, [self._new_span(report, start, end, label)])

    def _add_second(self, report: OpenReport, spans: Sequence[Span], label: str) -> Outcome:
        ranges = dict.fromkeys(span.range for span in spans)
        missing = [r for r in ranges if not self._same(report, *r, label)]
        if not missing:
            return Outcome(
                None, spans[0], self._already(self._same(report, *spans[0].range, label) or spans[0], report)
            )
        return self._add(report, [self._new_span(report, start, end, label) for start, end in missing])

    def _add(self, report: OpenReport, spans: list[Span]) -> Outcome:
        self._check_open(report)
        for span in spans:
            check_span(span, len(report.text), self._session.schema)
        return self._apply(report, changes.add_spans(report.id, report.set, spans, report.text), spans[-1])

    def _new_span(self, report: OpenReport, start: int, end: int, label: str) -> Span:
        attributes, proposed = self._understood(report, start, end, self._label(label).name)
        return Span(new_uid(), start, end, label, attributes, text_version=report.text_version, proposed=proposed)

    def _same(self, report: OpenReport, start: int, end: int, label: str) -> Span | None:
        return next((span for span in report.spans.with_range(start, end) if span.label == label), None)

    def _already(self, span: Span, report: OpenReport) -> str:
        return _("“{text}” is tagged {label} already.", text=short(report, span), label=self.title(span.label))

    # ---- changing -------------------------------------------------------------------------------

    def relabel(self, report: OpenReport, uids: Sequence[str], label: str) -> Outcome:
        """Give spans another label; values of attributes that both labels have stay, the others go."""
        spans = self._spans(report, uids)
        to_change = [s for s in spans if s.label != label and not self._same(report, *s.range, label)]
        if not to_change:
            there = [self._same(report, *s.range, label) or s for s in spans]
            return Outcome(None, spans[0] if spans else None, self._already(there[0], report) if spans else "")
        under = {s.uid: self._under(report, s, self._label(label)) for s in to_change}
        attributes = {uid: understood.attributes for uid, understood in under.items()}
        proposed = {uid: understood.proposed for uid, understood in under.items()}
        edit = changes.relabel_spans(report.id, to_change, label, attributes, report.text, proposed)
        return self._apply(report, edit, to_change[-1])

    def _under(self, report: OpenReport, span: Span, label: Label) -> Understood:
        """The attributes of `span` under another label: shared ones keep their value, unknown ones stay as they came.

        What else the label has is read out of the text, as for a new span.
        """
        old = self._session.schema.label(span.label)
        ours = {a.name for a in old.attributes} if old else set()
        kept = {k: v for k, v in span.attributes.items() if k not in ours or self._fits(label.attribute(k), v)}
        understood, proposed = self._understood(report, *span.range, label.name)
        return Understood({**understood, **kept}, tuple(name for name in proposed if name not in kept))

    @staticmethod
    def _fits(attribute: Attribute | None, value: Any) -> bool:
        if attribute is None:
            return False
        try:
            check_attribute(attribute, value)
        except ValidationError:
            return False
        return True

    def delete(self, report: OpenReport, uids: Sequence[str]) -> Outcome:
        """Delete spans, with the relations that hang on them."""
        spans = self._spans(report, uids)
        if not spans:
            return Outcome(None, None, _("Select a span first."))
        self._check_open(report)
        edit = changes.delete_spans(report.id, report.set.uid, spans, report.relations.values(), report.text)
        return self._apply(report, edit, None)

    def move(self, report: OpenReport, uid: str, start: int, end: int) -> Outcome:
        """Move a span's edges to `[start, end)`; what its words said and nobody changed follows the new words."""
        (span,) = self._spans(report, [uid])
        check_span(span._replace(start=start, end=end), len(report.text), self._session.schema)
        attributes = self._after_move(report, span, start, end)
        return self._apply(report, changes.move_span(report.id, span, start, end, report.text, attributes), span)

    def _after_move(self, report: OpenReport, span: Span, start: int, end: int) -> dict[str, Any]:
        before, _proposed = self._understood(report, *span.range, span.label)
        after, _proposed = self._understood(report, start, end, span.label)
        stale = {name for name in {*before, *after} if span.attributes.get(name) == before.get(name)}
        kept = {name: value for name, value in span.attributes.items() if name not in stale}
        return {**kept, **{name: value for name, value in after.items() if name in stale}}

    def set_attribute(self, report: OpenReport, uids: Sequence[str], name: str, value: Any) -> Outcome:
        """Set attribute `name` of spans; None takes the value away. Raises ValidationError where it does not fit."""
        spans = self._spans(report, uids)
        if value is not None:
            for span in spans:
                value = check_attribute(self._attribute(span, name), value)
        return self._apply(report, changes.set_attribute(report.id, spans, name, value), spans[-1] if spans else None)

    def check_value(self, report: OpenReport, uids: Sequence[str], name: str, value: Any) -> None:
        """Raise ValidationError where attribute `name` of one of these spans cannot be `value`."""
        labels = {span.label: span for span in self._spans(report, uids)}
        for span in labels.values():
            check_attribute(self._attribute(span, name), value)

    def set_note(self, report: OpenReport, uid: str, note: str) -> Outcome:
        """Write a span's note."""
        (span,) = self._spans(report, [uid])
        return self._apply(report, changes.set_note(report.id, span, note), span)

    def set_report_note(self, report: OpenReport, note: str) -> Outcome:
        """Write the note on the person's work on this report."""
        return self._apply(report, changes.set_set_note(report.id, report.set, report.note, note), None)

    def mark_seen(self, report: OpenReport, uids: Sequence[str]) -> list[Span]:
        """The person has looked at these spans: what was proposed is theirs now. Returns those that changed.

        Looking is no edit: there is no step, nothing to undo, and a done or read-only report is left as it is.
        """
        seen = [span._replace(proposed=()) for span in self._spans(report, uids) if span.proposed]
        if not seen or self._session.read_only or report.status == Status.DONE:
            return []
        self._session.store.sets.mark_seen(report.id, [span.uid for span in seen])
        for span in seen:
            report.spans.add(span)
        return seen

    def mark_passed(self, report: OpenReport, uids: Sequence[str]) -> list[Span]:
        """The person has passed over these spans: they are looked at, what was filled into them is not yet. No edit."""
        spans = [span for span in self._spans(report, uids) if UNSEEN in span.proposed]
        passed = [s._replace(proposed=tuple(name for name in s.proposed if name != UNSEEN)) for s in spans]
        if not passed or self._session.read_only or report.status == Status.DONE:
            return []
        self._session.store.sets.mark_passed(report.id, passed)
        for span in passed:
            report.spans.add(span)
        return passed

    def set_certain(self, report: OpenReport, uids: Sequence[str], certain: bool) -> Outcome:
        """Mark spans as uncertain, or certain again."""
        spans = self._spans(report, uids)
        return self._apply(report, changes.set_certain(report.id, spans, certain), spans[-1] if spans else None)

    def set_status(self, report: OpenReport, status: str) -> Outcome:
        """Change the status of the person's set on this report."""
        return self._apply(report, changes.set_status(report.id, report.set, Status(status).value), None)

    # ---- what the text says ---------------------------------------------------------------------

    def _understood(self, report: OpenReport, start: int, end: int, label: str) -> Understood:
        planned = is_planned(report.section_path(start), report.row.year)
        year, numbers = report.row.year, report.numbers.at
        return attributes_for(
            label, self._session.schema, report.text, start, end, planned=planned, year=year, touching=numbers
        )
