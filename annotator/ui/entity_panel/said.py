"""What is said about spans beside their attributes, in words that the filter finds: links and questions."""

from __future__ import annotations

from annotator.domain.question import Question
from annotator.domain.schema import LabelSchema
from annotator.messages import _
from annotator.services.open_report import OpenReport
from annotator.services.questions import state_name
from annotator.services.wording import relation_title


def said_about(report: OpenReport, schema: LabelSchema) -> dict[str, list[str]]:
    """Words by the uid of the span they are about: kinds of links at both ends, questions with answer and state."""
    found: dict[str, list[str]] = {}
    for relation in report.relations.values():
        title = relation_title(schema, relation.label)
        for uid in (relation.head, relation.child):
            found.setdefault(uid, []).extend((title, relation.note))
    for question in report.questions.values():
        words = [_("Question"), question.text, question.answer, state_name(question.state)]
        for uid in _concerned(report, question):
            found.setdefault(uid, []).extend(words)
    return found


def asked_about(report: OpenReport) -> frozenset[str]:
    """The uids of the spans that questions are about, settled or not."""
    return frozenset(uid for question in report.questions.values() for uid in _concerned(report, question))


def _concerned(report: OpenReport, question: Question) -> set[str]:
    """The spans that share a character with a question, and the one that it names."""
    about = report.spans.touching(question.start, question.end) if question.start < question.end else []
    found = {span.uid for span in about}
    return found | {question.span_uid} if question.span_uid else found
