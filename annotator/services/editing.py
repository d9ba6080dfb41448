"""Every edit a person makes in the window: validated, committed through the session, put in words.

A method returns an `Outcome`; its words are what the status line says, also when nothing happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from annotator.domain import changes
from annotator.domain.changes import Edit
from annotator.domain.errors import ValidationError
from annotator.domain.report import Status
from annotator.domain.schema import Attribute, Label
from annotator.domain.selection import trim
from annotator.domain.span import Span, new_uid
from annotator.domain.validation import check_attribute, check_span
from annotator.messages import N_, _
from annotator.services.open_report import OpenReport
from annotator.services.session import Announcement, Session
from annotator.services.wording import label_title, step_words


class Outcome(NamedTuple):
    """What an edit came to: the announcement (None: nothing changed), the span to show, words for the status line."""

    announcement: Announcement | None
    span: Span | None
    words: str


class Editor:
    """The edits of a session's person."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
        attributes = self._label(label).defaults()
        return Span(new_uid(), start, end, label, attributes=attributes, text_version=report.text_version)

    def _same(self, report: OpenReport, start: int, end: int, label: str) -> Span | None:
        return next((span for span in report.spans.with_range(start, end) if span.label == label), None)

    def _already(self, span: Span, report: OpenReport) -> str:
        return _("“{text}” is tagged {label} already.", text=_short(report, span), label=self.title(span.label))

    # ---- changing -------------------------------------------------------------------------------

    def relabel(self, report: OpenReport, uids: Sequence[str], label: str) -> Outcome:
        """Give spans another label; values of attributes that both labels have stay, the others go."""
        spans = self._spans(report, uids)
        to_change = [s for s in spans if s.label != label and not self._same(report, *s.range, label)]
        if not to_change:
            return Outcome(None, spans[0] if spans else None, self._already(spans[0], report) if spans else "")
        kept = {s.uid: self._attributes_under(s, self._label(label)) for s in to_change}
        edit = changes.relabel_spans(report.id, to_change, label, kept, report.text)
        return self._apply(report, edit, to_change[-1])

    def _attributes_under(self, span: Span, label: Label) -> dict[str, Any]:
        """The attributes of `span` under another label: shared ones keep their value, unknown ones stay as they came."""
        old = self._session.schema.label(span.label)
        ours = {a.name for a in old.attributes} if old else set()
        kept = {k: v for k, v in span.attributes.items() if k not in ours or self._fits(label.attribute(k), v)}
        return {**label.defaults(), **kept}

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
        """Move a span's edges to `[start, end)`."""
        (span,) = self._spans(report, [uid])
        check_span(span._replace(start=start, end=end), len(report.text), self._session.schema)
        return self._apply(report, changes.move_span(report.id, span, start, end, report.text), span)

    def set_attribute(self, report: OpenReport, uids: Sequence[str], name: str, value: Any) -> Outcome:
        """Set attribute `name` of spans; None takes the value away. Raises ValidationError where it does not fit."""
        spans = self._spans(report, uids)
        if value is not None:
            for span in spans:
                value = check_attribute(self._attribute(span, name), value)
        return self._apply(report, changes.set_attribute(report.id, spans, name, value), spans[-1] if spans else None)

    def set_note(self, report: OpenReport, uid: str, note: str) -> Outcome:
        """Write a span's note."""
        (span,) = self._spans(report, [uid])
        return self._apply(report, changes.set_note(report.id, span, note), span)

    def set_certain(self, report: OpenReport, uids: Sequence[str], certain: bool) -> Outcome:
        """Mark spans as uncertain, or certain again."""
        spans = self._spans(report, uids)
        return self._apply(report, changes.set_certain(report.id, spans, certain), spans[-1] if spans else None)

    def set_status(self, report: OpenReport, status: str) -> Outcome:
        """Change the status of the person's set on this report."""
        return self._apply(report, changes.set_status(report.id, report.set, Status(status).value), None)

    # ---- shared ---------------------------------------------------------------------------------

    def title(self, label: str) -> str:
        """What the label is called in the language of the moment."""
        return label_title(self._session.schema, label)

    def _apply(self, report: OpenReport, edit: Edit | None, span: Span | None) -> Outcome:
        """Commit `edit`; the span returned is the one with that uid afterwards."""
        if edit is None:
            return Outcome(None, span, _("Nothing changed."))
        if edit.kind.startswith("span."):
            self._check_open(report)
        announcement = self._session.apply(edit)
        shown = report.spans.get(span.uid) if span else None
        return Outcome(announcement, shown, self.words(announcement))

    def words(self, announcement: Announcement) -> str:
        """What a step did, with labels by their titles."""
        return step_words(announcement.step.wording, self._session.schema)

    @staticmethod
    def _check_open(report: OpenReport) -> None:
        if report.status == Status.DONE:
            raise ValidationError(N_("The report is marked as done; nothing was changed. Reopen it to go on."))

    def _spans(self, report: OpenReport, uids: Sequence[str]) -> list[Span]:
        return [span for uid in uids if (span := report.spans.get(uid))]

    def _label(self, name: str) -> Label:
        label = self._session.schema.label(name)
        if label is None:
            raise ValidationError(N_("The label {label} is not in the project's label schema."), label=name)
        return label

    def _attribute(self, span: Span, name: str) -> Attribute:
        attribute = self._label(span.label).attribute(name)
        if attribute is None:
            raise ValidationError(
                N_("The label {label} has no attribute {attribute}."), label=self.title(span.label), attribute=name
            )
        return attribute


def _short(report: OpenReport, span: Span) -> str:
    text = " ".join(report.text[span.start : span.end].split())
    return text if len(text) <= 20 else text[:19] + "…"
