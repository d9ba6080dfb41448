"""Somebody asks about a place of the report; somebody answers, settles it, opens it again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.question import Question
from annotator.services.exporting import ExportOptions, export
from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.ui.entity_panel.question_model import ROW_ROLE
from annotator.ui.entity_panel.question_page import QuestionPage
from tests.ui.conftest import PERSON, Desk, Open

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


def questions(desk: Desk) -> list[Question]:
    report = desk.window.controller.report
    assert report is not None
    return list(report.questions.values())


def page(desk: Desk) -> QuestionPage:
    return desk.window.tagging.questions


def ask(desk: Desk, words: str) -> None:
    desk.view.setFocus()
    desk.key(Qt.Key.Key_Q)
    field = desk.window.tagging.ask_bar.field
    assert field.hasFocus()
    field.setText(words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def listed(desk: Desk) -> list[str]:
    model = page(desk).model
    return [model.index(n).data(ROW_ROLE).question.text for n in range(model.rowCount())]


def test_a_question_about_words_that_nobody_tagged(desk: Desk) -> None:
    desk.select("约45亿元")
    caret = desk.view.caret()
    ask(desk, "含贷款吗？")
    (question,) = questions(desk)
    assert (question.start, question.end) == desk.find("约45亿元")
    assert (question.text, question.state, question.asked_by) == ("含贷款吗？", "open", PERSON.uid)
    assert question.span_uid is None
    assert desk.view.hasFocus()
    assert desk.view.caret() == caret
    assert desk.window.tagging.question_tab.isVisible()
    assert "1" in desk.window.tagging.question_tab.text()
    desk.do("edit.undo")
    assert questions(desk) == []
    assert not desk.window.tagging.question_tab.isVisible()
    desk.do("edit.redo")
    assert len(questions(desk)) == 1


def test_a_question_about_a_span_and_one_about_a_mere_place(desk: Desk) -> None:
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    ask(desk, "one")
    assert questions(desk)[0].span_uid == desk.spans[0].uid
    desk.window.controller.select(())
    desk.view.set_caret(5)
    ask(desk, "two")
    assert [(q.start, q.end) for q in questions(desk) if q.text == "two"] == [(5, 5)]


def test_escape_asks_nothing_and_an_empty_question_is_explained(desk: Desk) -> None:
    desk.select("587项")
    desk.key(Qt.Key.Key_Q)
    bar = desk.window.tagging.ask_bar
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.problem.isVisible()
    assert questions(desk) == []
    QTest.keyClicks(bar.field, "x")
    assert not bar.problem.isVisible()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert questions(desk) == []
    assert desk.view.hasFocus()


def test_a_question_composed_with_an_input_method(desk: Desk) -> None:
    desk.select("587项")
    desk.key(Qt.Key.Key_Q)
    field = desk.window.tagging.ask_bar.field
    QApplication.sendEvent(field, QInputMethodEvent("han shui", []))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
    assert questions(desk) == []
    assert field.isVisible()
    commit = QInputMethodEvent()
    commit.setCommitString("含税吗")
    QApplication.sendEvent(field, commit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert questions(desk)[0].text == "含税吗"


def test_answered_settled_and_opened_again_with_the_keyboard(desk: Desk) -> None:
    desk.select("587项")
    ask(desk, "one")
    desk.key(Qt.Key.Key_Q, SHIFT)
    assert page(desk).view.hasFocus()
    QTest.keyClick(page(desk).view, Qt.Key.Key_Return)
    field = page(desk).card.field
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page(desk).card.problem.isVisible()
    QTest.keyClicks(field, "yes")
    QTest.keyClick(field, Qt.Key.Key_Return)
    (question,) = questions(desk)
    assert (question.state, question.answer, question.answered_by) == ("answered", "yes", PERSON.uid)
    assert question.answered
    page(desk).decide()
    assert questions(desk)[0].state == "decided"
    assert questions(desk)[0].decided_by == PERSON.uid
    assert "甲" in page(desk).card.who.text()
    assert not page(desk).card.field.isVisible()
    page(desk).reopen()
    assert questions(desk)[0].state == "open"
    assert questions(desk)[0].answer == "yes"
    for state in ("decided", "answered", "open"):
        desk.do("edit.undo")
        assert questions(desk)[0].state == state


def test_the_list_is_filtered_by_state_with_counts(desk: Desk) -> None:
    for words, text in (("587项", "one"), ("约45亿元", "two"), ("99.7%", "three")):
        desk.select(words)
        ask(desk, text)
    desk.key(Qt.Key.Key_Q, SHIFT)
    assert listed(desk) == ["one", "two", "three"]
    QTest.keyClick(page(desk).view, Qt.Key.Key_Down)
    page(desk).decide()
    states = page(desk).states
    assert [states.itemText(n).split()[-1] for n in range(states.count())] == ["3", "2", "0", "1"]
    states.setCurrentIndex(3)
    states.activated.emit(3)
    assert listed(desk) == ["two"]
    states.setCurrentIndex(1)
    states.activated.emit(1)
    assert listed(desk) == ["one", "three"]
    assert "2" in desk.window.tagging.question_tab.text()


def test_a_click_in_the_list_goes_to_the_place(desk: Desk) -> None:
    desk.select("约45亿元")
    ask(desk, "one")
    desk.view.set_caret(0)
    desk.do("view.questions")
    view = page(desk).view
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(page(desk).model.index(0)).center()
    )
    assert desk.view.caret() == desk.find("约45亿元")[1]


def test_questions_of_the_whole_project_and_the_way_to_their_report(desk: Desk) -> None:
    desk.select("587项")
    ask(desk, "one")
    desk.do("report.next")
    desk.select("12次")
    ask(desk, "two")
    desk.do("report.next")
    desk.do("view.questions")
    assert listed(desk) == []
    page(desk).scope.setCurrentIndex(1)
    page(desk).scope.activated.emit(1)
    assert listed(desk) == ["one", "two"]
    QTest.keyClick(page(desk).view, Qt.Key.Key_Up)
    row = page(desk).model.index(0)
    QTest.mouseClick(
        page(desk).view.viewport(), Qt.MouseButton.LeftButton, pos=page(desk).view.visualRect(row).center()
    )
    assert "587项" in desk.text
    page(desk).card.field.setText("an answer")
    page(desk).answer()
    assert questions(desk)[0].answer == "an answer"


def test_a_mark_in_the_margin_leads_to_the_question(desk: Desk) -> None:
    desk.select("587项")
    ask(desk, "one")
    marks = desk.window.tagging.question_marks
    desk.view.grab()
    ((box, question),) = marks._shown
    point = QPoint(round(box.center().x()), round(box.center().y()))
    assert marks.tip(point) == "open: one"
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert page(desk).isVisible()
    current = page(desk).current()
    assert current is not None
    assert current.question.uid == question.uid


def test_a_question_can_be_withdrawn(desk: Desk) -> None:
    desk.select("587项")
    ask(desk, "one")
    desk.do("view.questions")
    QTest.mouseClick(page(desk).card.withdraw, Qt.MouseButton.LeftButton)
    assert questions(desk) == []
    assert page(desk).model.rowCount() == 0


def test_a_done_report_can_still_be_asked_about(desk: Desk) -> None:
    desk.do("report.done")
    desk.select("587项")
    ask(desk, "one")
    assert len(questions(desk)) == 1


def test_a_note_on_the_report(desk: Desk) -> None:
    desk.key(Qt.Key.Key_R, SHIFT)
    note = desk.window.tagging.note_bar.note
    assert note.hasFocus()
    QTest.keyClicks(note, "scan")
    QTest.keyClick(note, Qt.Key.Key_Return)
    report = desk.window.controller.report
    assert report is not None
    assert report.note == "scan"
    assert desk.view.hasFocus()
    desk.do("edit.undo")
    assert report.note == ""
    desk.do("report.note")
    QTest.keyClicks(note, "x")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert report.note == ""


def test_all_that_was_said_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    """JSON Lines out, into a new project, out again: questions, links, notes and what is proposed."""
    for words, key in (("梳理服务事项", Qt.Key.Key_1), ("587项", Qt.Key.Key_3), ("99.7%", Qt.Key.Key_3)):
        desk.select(words)
        desk.key(key)
    desk.key(Qt.Key.Key_R)
    desk.key(Qt.Key.Key_Return)
    desk.window.controller.set_note(desk.spans[0].uid, "a note")
    ask(desk, "one")
    desk.do("view.questions")
    page(desk).card.field.setText("yes")
    page(desk).answer()
    assert desk.spans[1].proposed
    session = desk.window.controller.session
    assert session is not None
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    export(session.store, ExportOptions("jsonl", first))
    other = Session.create(tmp_path / "other.annodb", PERSON)
    import_paths(other.store, other.person.uid, [first])
    export(other.store, ExportOptions("jsonl", second))
    other.close()
    line = json.loads(first.read_text("utf-8").splitlines()[0])
    assert len(line["relations"]) == 1
    assert line["questions"][0]["answer"] == "yes"
    assert first.read_text("utf-8") == second.read_text("utf-8")
