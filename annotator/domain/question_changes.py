"""The edits of questions; as with `domain.changes`, whoever calls hands in the rows as they are."""

from __future__ import annotations

from annotator.domain.changes import Change, Edit, Row, Wording, excerpt
from annotator.domain.question import Question, QuestionState
from annotator.messages import N_


def ask_question(report: int, question: Question) -> Edit:
    """Ask a question."""
    row = question._asdict()
    del row["uid"]
    wording = Wording(N_("Ask “{text}”"), {"text": excerpt(question.text)})
    return Edit("question.ask", wording, (Change("question", report, question.uid, None, row),), report)


def withdraw_question(report: int, question: Question) -> Edit:
    """Take a question away."""
    row = question._asdict()
    del row["uid"]
    wording = Wording(N_("Withdraw the question “{text}”"), {"text": excerpt(question.text)})
    return Edit("question.withdraw", wording, (Change("question", report, question.uid, row, None),), report)


def reword_question(report: int, question: Question, text: str) -> Edit | None:
    """Ask it in other words."""
    return _update_question(report, question, "question.reword", N_("Reword the question “{text}”"), {"text": text})


def answer_question(report: int, question: Question, person: str, at: str, answer: str) -> Edit | None:
    """Answer a question, or answer it otherwise."""
    after = {"answer": answer, "answered_by": person, "answered": at, "state": QuestionState.ANSWERED.value}
    if question.state == QuestionState.ANSWERED and question.answer == answer:
        return None
    return _update_question(report, question, "question.answer", N_("Answer the question “{text}”"), after)


def decide_question(report: int, question: Question, person: str, at: str) -> Edit | None:
    """Settle a question."""
    if question.state == QuestionState.DECIDED:
        return None
    after = {"decided_by": person, "decided": at, "state": QuestionState.DECIDED.value}
    return _update_question(report, question, "question.decide", N_("Settle the question “{text}”"), after)


def reopen_question(report: int, question: Question) -> Edit | None:
    """Open a question again; its answer stays readable."""
    after = {"decided_by": None, "decided": None, "state": QuestionState.OPEN.value}
    return _update_question(report, question, "question.reopen", N_("Open the question “{text}” again"), after)


def _update_question(report: int, question: Question, kind: str, message: str, after: Row) -> Edit | None:
    before = {name: getattr(question, name) for name in after}
    differing = [name for name in after if after[name] != before[name]]
    if not differing:
        return None
    change = Change(
        "question", report, question.uid, {n: before[n] for n in differing}, {n: after[n] for n in differing}
    )
    return Edit(kind, Wording(message, {"text": excerpt(question.text)}), (change,), report)
