"""Somebody links an indicator to the measure it reports on, and a body to what it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.domain.span import Relation, Span
from annotator.ui.entity_panel.links import LINK_ROLE
from tests.ui.conftest import Desk, Open


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    """Two measures, a body, a number inside the first measure and one behind the second."""
    desk = open_window(project)
    for words, key in (
        ("梳理服务事项587项", Qt.Key.Key_1),
        ("投入约45亿元", Qt.Key.Key_1),
        ("镇司法所", Qt.Key.Key_2),
        ("587项", Qt.Key.Key_3),
        ("99.7%", Qt.Key.Key_3),
    ):
        desk.select(words)
        desk.key(key)
    desk.view.clear_selection()
    return desk


def span(desk: Desk, words: str) -> Span:
    return next(s for s in desk.spans if desk.text[s.start : s.end] == words)


def take(desk: Desk, words: str) -> Span:
    desk.window.controller.select([span(desk, words).uid])
    desk.view.setFocus()
    return span(desk, words)


def relations(desk: Desk) -> list[Relation]:
    report = desk.window.controller.report
    assert report is not None
    return list(report.relations.values())


def target(desk: Desk) -> str:
    report = desk.window.controller.report
    found = report.spans.get(desk.window.tagging.relation.target) if report else None
    return desk.text[found.start : found.end] if found else ""


def rows(desk: Desk) -> list[str]:
    model = desk.window.entity_panel.editor.links.model
    return [model.index(n).data(LINK_ROLE).words for n in range(model.rowCount())]


def test_r_proposes_the_nearest_measure_before_and_enter_takes_it(desk: Desk) -> None:
    head = take(desk, "99.7%")
    caret = desk.view.caret()
    desk.key(Qt.Key.Key_R)
    assert target(desk) == "投入约45亿元"
    assert relations(desk) == []
    desk.key(Qt.Key.Key_Return)
    (relation,) = relations(desk)
    assert (relation.head, relation.child, relation.label) == (head.uid, span(desk, "投入约45亿元").uid, "RESULT")
    assert rows(desk) == ["→ Result · Measure “投入约45亿元”"]
    assert desk.view.caret() == caret
    assert desk.view.mode is None
    desk.do("edit.undo")
    assert relations(desk) == []
    assert rows(desk) == []
    desk.do("edit.redo")
    assert len(relations(desk)) == 1
    assert desk.window.controller.selected == (head.uid,)


def test_escape_links_nothing(desk: Desk) -> None:
    take(desk, "99.7%")
    step = desk.window.controller.next_undo()
    desk.key(Qt.Key.Key_R)
    desk.key(Qt.Key.Key_Escape)
    assert relations(desk) == []
    assert desk.window.controller.next_undo() == step
    assert not desk.window.tagging.foot.isVisible()


@pytest.mark.parametrize(("back", "on"), [(Qt.Key.Key_K, Qt.Key.Key_J), (Qt.Key.Key_Left, Qt.Key.Key_Right)])
def test_another_measure_is_a_key_away(desk: Desk, back: Qt.Key, on: Qt.Key) -> None:
    take(desk, "99.7%")
    desk.key(Qt.Key.Key_R)
    desk.key(back)
    assert target(desk) == "梳理服务事项587项"
    desk.key(back)
    assert target(desk) == "梳理服务事项587项"
    assert "no further" in desk.said()
    desk.key(on)
    assert target(desk) == "投入约45亿元"
    desk.key(back)
    desk.key(Qt.Key.Key_Return)
    assert relations(desk)[0].child == span(desk, "梳理服务事项587项").uid


def test_a_body_is_linked_to_what_it_does(desk: Desk) -> None:
    head = take(desk, "镇司法所")
    desk.key(Qt.Key.Key_R)
    assert target(desk) == "梳理服务事项587项"
    desk.key(Qt.Key.Key_Return)
    (relation,) = relations(desk)
    assert (relation.head, relation.label) == (head.uid, "AGENT")
    take(desk, "梳理服务事项587项")
    assert rows(desk) == ["← Agent · Institution “镇司法所”"]


def test_lying_inside_is_itself_a_link_and_said_so(desk: Desk) -> None:
    take(desk, "587项")
    assert rows(desk) == ["in Measure “梳理服务事项587项”"]
    desk.key(Qt.Key.Key_R)
    assert target(desk) == ""
    assert "lies inside" in desk.window.tagging.foot.words.full()
    desk.key(Qt.Key.Key_Return)
    assert desk.window.tagging.foot.problem.isVisible()
    assert relations(desk) == []


def test_what_the_schema_forbids_is_a_sentence_and_changes_nothing(desk: Desk) -> None:
    take(desk, "梳理服务事项587项")
    desk.key(Qt.Key.Key_R)
    assert desk.view.mode is None
    assert "Measure" in desk.said()
    take(desk, "99.7%")
    desk.key(Qt.Key.Key_R)
    desk.click(span(desk, "镇司法所").start)
    problem = desk.window.tagging.foot.problem
    assert problem.isVisible()
    assert "Institution" in problem.text()
    assert "Result" in problem.text()
    assert target(desk) == "投入约45亿元"
    assert relations(desk) == []


def test_with_the_mouse_only(desk: Desk) -> None:
    desk.click(span(desk, "99.7%").start)
    QTest.mouseClick(desk.window.entity_panel.editor.links.add, Qt.MouseButton.LeftButton)
    desk.click(span(desk, "梳理服务事项587项").start)
    assert target(desk) == "梳理服务事项587项"
    QTest.mouseClick(desk.window.tagging.foot.take, Qt.MouseButton.LeftButton)
    assert relations(desk)[0].child == span(desk, "梳理服务事项587项").uid
    view = desk.window.entity_panel.editor.links.view
    cross = QPoint(view.viewport().width() - 10, view.visualRect(view.model().index(0, 0)).center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cross)
    assert relations(desk) == []


def test_a_link_is_followed_and_deleted_from_the_list(desk: Desk) -> None:
    take(desk, "99.7%")
    desk.key(Qt.Key.Key_R)
    desk.key(Qt.Key.Key_Return)
    view = desk.window.entity_panel.editor.links.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert desk.window.controller.selected == (span(desk, "投入约45亿元").uid,)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert relations(desk) == []
    desk.do("edit.undo")
    assert len(relations(desk)) == 1


def test_lying_inside_cannot_be_deleted(desk: Desk) -> None:
    take(desk, "587项")
    view = desk.window.entity_panel.editor.links.view
    view.setFocus()
    before = desk.spans
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert desk.spans == before
    assert "inside" in desk.said()


def test_only_the_selected_span_shows_its_links(desk: Desk) -> None:
    take(desk, "99.7%")
    desk.key(Qt.Key.Key_R)
    desk.key(Qt.Key.Key_Return)
    marks = desk.window.tagging.marks
    assert [link.title for link in marks.links()] == ["Result"]
    take(desk, "镇司法所")
    assert marks.links() == []
    desk.window.controller.select(())
    assert marks.links() == []


def test_links_show_in_the_picture(desk: Desk) -> None:
    take(desk, "99.7%")
    before = desk.view.grab().toImage()
    desk.key(Qt.Key.Key_R)
    desk.key(Qt.Key.Key_Return)
    assert desk.view.grab().toImage() != before


def test_the_filter_finds_linked_spans(desk: Desk) -> None:
    take(desk, "镇司法所")
    desk.key(Qt.Key.Key_R)
    desk.key(Qt.Key.Key_Return)
    desk.window.entity_panel.filter.setText("agent")
    model = desk.window.entity_panel.model
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == ["镇司法所", "梳理服务事项587项"]
