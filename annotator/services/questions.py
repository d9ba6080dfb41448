"""Questions at any place of a report: asked, answered, settled and opened again, each a step with who and when.

A question belongs to the report, not to anybody's annotation set: it can be asked about text that is not tagged, and
also where a set is done.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain import question_changes
from annotator.domain.changes import Edit
from annotator.domain.errors import ConflictError, ValidationError
from annotator.domain.question import Question, QuestionState
from annotator.domain.span import Span, new_uid
from annotator.messages import N_, _
from annotator.services.edits import Edits, Outcome
from annotator.services.open_report import OpenReport
from annotator.storage import QuestionRow
from annotator.storage.people import now

STATE_NAMES = {
    QuestionState.OPEN.value: N_("open"),
    QuestionState.ANSWERED.value: N_("answered"),
    QuestionState.DECIDED.value: N_("settled"),
}
#: What stands for a state where there is no room for its name.
STATE_SIGNS = {
    QuestionState.OPEN.value: "?",
    QuestionState.ANSWERED.value: "!",
    QuestionState.DECIDED.value: "✓",
}


def state_name(state: str) -> str:
    """What a question's state is called."""
    return _(STATE_NAMES.get(state, state))


def counts_of(report: OpenReport | None) -> dict[str, int]:
    """How many questions of the open report stand in each state, as it stands in memory."""
    found = dict.fromkeys(STATE_NAMES, 0)
    for question in report.questions.values() if report else ():
        found[question.state] = found.get(question.state, 0) + 1
    return found


class Questions(Edits):
    """The questions of a project, as a session's person asks and answers them."""

    # ---- looking --------------------------------------------------------------------------------

    def listed(
        self, states: Iterable[str] = tuple(QuestionState), limit: int = 1000, offset: int = 0
    ) -> list[QuestionRow]:
        """The project's questions in these states, in file and text order, with people by name."""
        return self._session.store.questions.listed(states, limit, offset)

    def counts(self, report: OpenReport | None = None) -> dict[str, int]:
        """How many questions stand in each state, in the project or in one report."""
        return self._session.store.questions.counts(report.id if report else None)

    def person_name(self, uid: str | None) -> str:
        """The name behind a uid of `OpenReport.questions`."""
        person = self._session.store.people.get(uid) if uid else None
        return person.name if person else ""

    # ---- asking and answering -------------------------------------------------------------------

    def ask(self, report: OpenReport, start: int, end: int, text: str, span_uid: str | None = None) -> Outcome:
        """Ask at `[start, end)`, also an empty range; `span_uid` where it is about a span of the report."""
        start, end = min(start, end), max(start, end)
        self._check_place(report, start, end)
        words = self._checked(text)
        question = Question(
            new_uid(), start, end, words, self._session.person.uid, now(), span_uid, text_version=report.text_version
        )
        return self._apply(report, question_changes.ask_question(report.id, question), self._span(report, question))

    def reword(self, report: OpenReport, uid: str, text: str) -> Outcome:
        """Ask it in other words."""
        question = self._question(report, uid)
        return self._done(report, question_changes.reword_question(report.id, question, self._checked(text)), question)

    def answer(self, report: OpenReport, uid: str, text: str) -> Outcome:
        """Answer a question, or answer it otherwise; a settled one must be opened first."""
        question = self._question(report, uid)
        if question.state == QuestionState.DECIDED:
            raise ValidationError(N_("The question is settled; nothing was changed. Open it again to answer."))
        edit = question_changes.answer_question(
            report.id, question, self._session.person.uid, now(), self._checked(text)
        )
        return self._done(report, edit, question)

    def decide(self, report: OpenReport, uid: str) -> Outcome:
        """Settle a question, answered or not."""
        question = self._question(report, uid)
        edit = question_changes.decide_question(report.id, question, self._session.person.uid, now())
        return self._done(report, edit, question)

    def reopen(self, report: OpenReport, uid: str) -> Outcome:
        """Open a question again; its answer stays readable."""
        question = self._question(report, uid)
        return self._done(report, question_changes.reopen_question(report.id, question), question)

    def withdraw(self, report: OpenReport, uid: str) -> Outcome:
        """Take a question away."""
        question = self._question(report, uid)
        return self._done(report, question_changes.withdraw_question(report.id, question), question)

    # ---- shared ---------------------------------------------------------------------------------

    def _done(self, report: OpenReport, edit: Edit | None, question: Question) -> Outcome:
        return self._apply(report, edit, self._span(report, question))

    @staticmethod
    def _span(report: OpenReport, question: Question) -> Span | None:
        return report.spans.get(question.span_uid) if question.span_uid else None

    @staticmethod
    def _question(report: OpenReport, uid: str) -> Question:
        question = report.questions.get(uid)
        if question is None:
            raise ConflictError(N_("The question is no longer there. Nothing was written; look at the report again."))
        return question

    @staticmethod
    def _checked(text: str) -> str:
        words = text.strip()
        if not words:
            raise ValidationError(N_("A question and its answer need words. Nothing was written."))
        return words

    @staticmethod
    def _check_place(report: OpenReport, start: int, end: int) -> None:
        if not 0 <= start <= end <= len(report.text):
            raise ValidationError(
                N_("A question from {start} to {end} does not lie in a text of {length} characters."),
                start=start,
                end=end,
                length=len(report.text),
            )
