"""Questions: asked anywhere, answered, settled, opened again; listed and counted."""

from __future__ import annotations

import re

import pytest

from annotator.domain.errors import ConflictError, ValidationError
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.questions import Questions, state_name
from annotator.services.session import Session
from annotator.storage import Person

from .conftest import TEXT  # noqa: TID252 - tests are no package


@pytest.fixture
def questions(session: Session) -> Questions:
    return Questions(session)


def ask(questions: Questions, report: OpenReport, words: str = "镇司法所", text: str = "算机构吗？") -> str:
    start = TEXT.index(words)
    questions.ask(report, start, start + len(words), text)
    return next(uid for uid, q in report.questions.items() if q.text == text)


def test_a_question_keeps_who_when_and_where(session: Session, report: OpenReport, questions: Questions) -> None:
    uid = ask(questions, report)
    asked = session.open_report(report.id).questions[uid]
    assert asked == report.questions[uid]
    assert report.text[asked.start : asked.end] == "镇司法所"
    assert questions.person_name(asked.asked_by) == session.person.name
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", asked.asked)
    assert asked.state == "open"
    assert len(report.spans) == 0


def test_it_is_answered_settled_and_opened_again(session: Session, report: OpenReport, questions: Questions) -> None:
    uid = ask(questions, report)
    other = session.store.people.ensure("22222222-2222-4222-8222-222222222222", "乙")
    second = Questions(Session(session.store, Person(other.uid, other.name)))
    questions.answer(report, uid, "算")
    assert (report.questions[uid].state, report.questions[uid].answer) == ("answered", "算")
    questions.decide(report, uid)
    assert report.questions[uid].decided_by == session.person.uid
    with pytest.raises(ValidationError):
        questions.answer(report, uid, "不算")
    questions.reopen(report, uid)
    now = report.questions[uid]
    assert (now.state, now.answer, now.decided) == ("open", "算", None)
    second.answer(session.open_report(report.id), uid, "不算")
    assert session.open_report(report.id).questions[uid].answered_by == other.uid


def test_every_turn_is_a_step(session: Session, report: OpenReport, questions: Questions) -> None:
    uid = ask(questions, report)
    questions.reword(report, uid, "是机构吗？")
    questions.answer(report, uid, "是")
    questions.decide(report, uid)
    questions.withdraw(report, uid)
    states = []
    for _ in range(5):
        states.append(report.questions[uid].state if uid in report.questions else None)
        session.undo()
    assert states == [None, "decided", "answered", "open", "open"]
    assert report.questions == {}
    for _ in range(4):
        session.redo()
    assert report.questions[uid].state == "decided"
    assert session.open_report(report.id).questions == report.questions


def test_nothing_new_is_no_step(report: OpenReport, questions: Questions) -> None:
    uid = ask(questions, report)
    assert questions.reword(report, uid, "算机构吗？").announcement is None
    assert questions.reopen(report, uid).announcement is None
    questions.answer(report, uid, "算")
    assert questions.answer(report, uid, "算").announcement is None
    questions.decide(report, uid)
    assert questions.decide(report, uid).announcement is None


def test_bad_input_is_a_sentence_and_changes_nothing(report: OpenReport, questions: Questions) -> None:
    with pytest.raises(ValidationError):
        questions.ask(report, 0, 2, " \n")
    with pytest.raises(ValidationError):
        questions.ask(report, 0, len(TEXT) + 1, "？")
    with pytest.raises(ConflictError):
        questions.answer(report, "gone", "算")
    assert report.questions == {}


def test_a_place_without_length_and_a_span_can_be_asked_about(
    report: OpenReport, questions: Questions, editor: Editor
) -> None:
    questions.ask(report, 3, 3, "这里缺字？")
    start = TEXT.index("120件")
    span = editor.tag(report, start, start + 4, "INDICATOR").span
    assert span is not None
    outcome = questions.ask(report, span.end, span.start, "含‘件’吗？", span.uid)
    assert outcome.span == span
    assert {(q.start, q.end, q.span_uid) for q in report.questions.values()} == {(3, 3, None), (*span.range, span.uid)}


def test_a_done_report_can_still_be_asked_about(report: OpenReport, questions: Questions, editor: Editor) -> None:
    editor.set_status(report, "done")
    assert ask(questions, report) in report.questions


def test_they_are_listed_and_counted_by_state(report: OpenReport, questions: Questions) -> None:
    first, second = ask(questions, report), ask(questions, report, "受理案件", "算举措吗？")
    questions.decide(report, second)
    assert questions.counts() == questions.counts(report) == {"open": 1, "answered": 0, "decided": 1}
    assert [row.question.uid for row in questions.listed()] == [first, second]
    (row,) = questions.listed(["decided"])
    assert (row.words, row.question.decided_by) == ("受理案件", "甲")
    assert state_name("open")
