"""Somebody says what a number counts: the words are proposed in the text, and keys or the mouse change them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.ui.entity_panel.fields import ExcerptField
from annotator.ui.report_view.caret import Caret
from tests.ui.conftest import Desk, Open

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    """587项 is tagged and selected, its subject taken away."""
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    desk.window.controller.set_attribute([desk.spans[0].uid], "subject", None)
    return desk


def chosen(desk: Desk) -> str:
    move = desk.window.tagging.subject.move
    return desk.text[move.start : move.end] if move else ""


def subject(desk: Desk) -> object:
    return desk.spans[0].attributes.get("subject")


def test_the_words_beside_the_number_are_proposed_and_enter_stores_them(desk: Desk) -> None:
    caret = desk.view.caret()
    desk.key(Qt.Key.Key_O)
    assert chosen(desk) == "梳理服务事项"
    assert desk.window.tagging.foot.isVisible()
    assert "梳理服务事项" in desk.window.tagging.foot.words.full()
    assert subject(desk) is None
    desk.key(Qt.Key.Key_Return)
    start, end = desk.find("梳理服务事项")
    assert subject(desk) == {"start": start, "end": end, "text": "梳理服务事项"}
    assert not desk.window.tagging.foot.isVisible()
    assert desk.view.caret() == caret
    assert desk.view.hasFocus()
    desk.do("edit.undo")
    assert subject(desk) is None


def test_escape_leaves_it_as_it_was(desk: Desk) -> None:
    step = desk.window.controller.next_undo()
    desk.key(Qt.Key.Key_O)
    desk.key(Qt.Key.Key_Left)
    desk.key(Qt.Key.Key_Escape)
    assert subject(desk) is None
    assert desk.window.controller.next_undo() == step
    assert desk.window.controller.selected == (desk.spans[0].uid,)
    assert chosen(desk) == ""


def test_arrows_move_either_edge(desk: Desk) -> None:
    desk.key(Qt.Key.Key_O)
    desk.key(Qt.Key.Key_Left, CTRL)
    assert chosen(desk) == "梳理服务事"
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.key(Qt.Key.Key_Right, SHIFT | CTRL)
    assert chosen(desk) == "理服务事项"
    desk.key(Qt.Key.Key_Right)
    assert chosen(desk) == "理服务事项587"
    desk.key(Qt.Key.Key_Left)
    assert chosen(desk) == "理服务事项"
    desk.key(Qt.Key.Key_Return)
    assert subject(desk) == {"start": desk.find("理服务")[0], "end": desk.find("587")[0], "text": "理服务事项"}


def test_other_keys_do_nothing_meanwhile(desk: Desk) -> None:
    before = desk.spans
    desk.key(Qt.Key.Key_O)
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Delete)
    assert desk.spans == before
    assert chosen(desk) == "梳理服务事项"
    assert "Enter" in desk.said()


def test_the_mouse_chooses_other_words(desk: Desk) -> None:
    desk.do("span.subject")
    start, end = desk.find("司法所")
    desk.view.reveal(start, end)
    a, b = desk.view.rect_of(Caret(start)).center(), desk.view.rect_of(Caret(end)).center()
    for kind, point in (
        (QEvent.Type.MouseButtonPress, a),
        (QEvent.Type.MouseMove, b),
        (QEvent.Type.MouseButtonRelease, b),
    ):
        send(desk, kind, point)
    assert chosen(desk) == "司法所"
    assert desk.window.controller.selected == (desk.spans[0].uid,)
    QTest.mouseClick(desk.window.tagging.foot.take, Qt.MouseButton.LeftButton)
    assert subject(desk) == {"start": start, "end": end, "text": "司法所"}


def send(desk: Desk, kind: QEvent.Type, point: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    where, plain = point.toPointF(), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, where, desk.view.viewport().mapToGlobal(where), button, held, plain)
    QApplication.sendEvent(desk.view.viewport(), event)


def test_the_text_stands_still_under_the_mouse_also_in_the_last_row(desk: Desk) -> None:
    desk.window.commands.set_zoom(300)  # few rows, so that the report goes on below
    QApplication.processEvents()
    desk.view.go_to(0)
    desk.key(Qt.Key.Key_O)
    desk.view.go_to(0)
    QApplication.processEvents()
    viewport = desk.view.viewport()
    bottom = viewport.height() - 3
    from_, to = QPoint(130, bottom), QPoint(220, bottom)
    start, end = desk.view.place_at(from_).offset, desk.view.place_at(to).offset
    assert start < end < len(desk.text) - 20
    scrolled = desk.view.scroll_place(), desk.view.verticalScrollBar().value()
    send(desk, QEvent.Type.MouseButtonPress, from_)
    send(desk, QEvent.Type.MouseMove, to)
    assert (desk.view.scroll_place(), desk.view.verticalScrollBar().value()) == scrolled
    assert chosen(desk) == desk.text[start:end].strip("　 ,。")
    send(desk, QEvent.Type.MouseMove, QPoint(220, viewport.height() + 40))  # held outside, it scrolls
    assert desk.view.verticalScrollBar().value() > scrolled[1]
    send(desk, QEvent.Type.MouseButtonRelease, to)


def test_what_is_stored_is_where_choosing_begins(desk: Desk) -> None:
    start, end = desk.find("司法所")
    value = {"start": start, "end": end, "text": "司法所"}
    desk.window.controller.set_attribute([desk.spans[0].uid], "subject", value)
    desk.key(Qt.Key.Key_O)
    assert chosen(desk) == "司法所"


def test_words_typed_without_a_place_are_found_beside_the_number(desk: Desk) -> None:
    field = desk.window.entity_panel.editor.fields["subject"]
    assert isinstance(field, ExcerptField)
    field.line.setFocus()
    field.line.setText("司法所")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert subject(desk) == "司法所"
    desk.view.setFocus()
    desk.key(Qt.Key.Key_O)
    assert chosen(desk) == "司法所"


def test_selecting_another_span_leaves(desk: Desk) -> None:
    desk.key(Qt.Key.Key_O)
    desk.window.controller.select(())
    assert chosen(desk) == ""
    assert desk.view.mode is None


def test_an_action_from_the_menu_leaves_first(desk: Desk) -> None:
    desk.key(Qt.Key.Key_O)
    desk.do("edit.undo")
    assert chosen(desk) == ""
    assert desk.view.mode is None


def test_a_label_without_such_an_attribute_says_so(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("镇司法所")
    desk.key(Qt.Key.Key_2)
    desk.key(Qt.Key.Key_O)
    assert desk.view.mode is None
    assert "no attribute" in desk.said()


def test_a_done_report_is_left_alone(desk: Desk) -> None:
    desk.do("report.done")
    desk.key(Qt.Key.Key_O)
    assert desk.view.mode is None
    assert "done" in desk.said()
