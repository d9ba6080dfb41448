"""What all edits of a person have in common: they are checked, committed through the session, and put in words.

`Edits` is the base of `services.editing.Editor` and `services.questions.Questions`; it knows no particular edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.changes import Edit
from annotator.domain.errors import ValidationError
from annotator.domain.report import Status
from annotator.domain.schema import Attribute, Label
from annotator.domain.span import Span
from annotator.messages import N_, _
from annotator.services.open_report import OpenReport
from annotator.services.session import Announcement, Session
from annotator.services.wording import label_title, step_words


class SetIsDone(ValidationError):
    """The person's set on the report is done, so it is read-only until it is reopened."""


class Outcome(NamedTuple):
    """What an edit came to: the announcement (None: nothing changed), the span to show, words for the status line."""

    announcement: Announcement | None
    span: Span | None
    words: str


class Edits:
    """Edits of a session's person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def title(self, label: str) -> str:
        """What the label is called in the language of the moment."""
        return label_title(self._session.schema, label)

    def _apply(self, report: OpenReport, edit: Edit | None, span: Span | None) -> Outcome:
        """Commit `edit`; the span returned is the one with that uid afterwards."""
        if edit is None:
            return Outcome(None, span, _("Nothing changed."))
        if edit.kind.startswith(("span.", "relation.", "set.note")):
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
            raise SetIsDone(N_("The report is marked as done; nothing was changed. Reopen it to go on."))

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


def short(report: OpenReport, span: Span) -> str:
    """The span's words, for a sentence."""
    text = " ".join(report.text[span.start : span.end].split())
    return text if len(text) <= 20 else text[:19] + "…"
