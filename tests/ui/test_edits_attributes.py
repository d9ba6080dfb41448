"""Somebody corrects what a span says: numbers, choices, words, notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.ui.entity_panel.fields import ChoiceField, ExcerptField, LineField
from tests.ui.conftest import Desk, Open


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    desk.select("约45亿元")
    desk.key(Qt.Key.Key_3)
    return desk


def line(desk: Desk, name: str) -> LineField:
    field = desk.window.entity_panel.editor.fields[name]
    assert isinstance(field, LineField)
    return field


def write(field: LineField, words: str) -> None:
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, words)


def test_a_number_is_kept_exactly_and_shown_in_groups(desk: Desk) -> None:
    field = line(desk, "value")
    write(field, "4500000000.50")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert desk.spans[0].attributes["value"] == "4500000000.5"
    assert field.line.text() == "4,500,000,000.5"


def test_groups_are_read_back(desk: Desk) -> None:
    field = line(desk, "value")
    write(field, "4,500,000,000")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert desk.spans[0].attributes["value"] == "4500000000"


def test_the_panel_shows_the_understood_value(desk: Desk) -> None:
    from annotator.ui.entity_panel.model import VALUE_ROLE

    for name, words in (("value", "4500000000"), ("unit", "")):
        write(line(desk, name), words)
        QTest.keyClick(line(desk, name).line, Qt.Key.Key_Return)
    desk.window.controller.set_attribute([desk.spans[0].uid], "unit", "元")
    desk.window.controller.set_attribute([desk.spans[0].uid], "qualifier", "approx")
    assert desk.window.entity_panel.model.index(0).data(VALUE_ROLE) == "≈ 45 亿元"


def test_a_bad_value_is_explained_at_the_field_and_changes_nothing(desk: Desk) -> None:
    field = line(desk, "value")
    before, step, shown = desk.spans, desk.window.controller.next_undo(), field.line.text()
    write(field, "many")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.problem.isVisible()
    assert "many" in field.problem.text()
    assert "Value" in field.problem.text()
    assert desk.spans == before
    assert desk.window.controller.next_undo() == step
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert not field.problem.isVisible()
    assert field.line.text() == shown


def test_escape_puts_the_old_value_back(desk: Desk) -> None:
    field = line(desk, "period")
    write(field, "2023")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    write(field, "1999")
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.line.text() == "2023"
    assert desk.spans[0].attributes["period"] == "2023"
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert desk.view.hasFocus()


def test_leaving_the_field_keeps_the_value_as_one_step(desk: Desk) -> None:
    write(line(desk, "period"), "2023")
    desk.view.setFocus()
    assert desk.spans[0].attributes["period"] == "2023"
    desk.do("edit.undo")
    assert "period" not in desk.spans[0].attributes
    assert desk.words() == [("INDICATOR", "约45亿元")]


def test_a_value_being_typed_belongs_to_the_report_that_is_left(desk: Desk) -> None:
    uid = desk.spans[0].uid
    write(line(desk, "period"), "2023")
    desk.do("report.next")
    assert desk.spans == []
    desk.do("report.previous")
    assert [s.uid for s in desk.spans] == [uid]
    assert desk.spans[0].attributes["period"] == "2023"


def test_an_emptied_field_takes_the_value_away(desk: Desk) -> None:
    field = line(desk, "period")
    write(field, "2023")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_Delete)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert "period" not in desk.spans[0].attributes


def test_a_choice(desk: Desk) -> None:
    field = desk.window.entity_panel.editor.fields["qualifier"]
    assert isinstance(field, ChoiceField)
    position = field.box.findData("approx")
    field.box.setCurrentIndex(position)
    field.box.activated.emit(position)
    assert desk.spans[0].attributes["qualifier"] == "approx"


def test_words_taken_from_the_report(desk: Desk) -> None:
    uid = desk.spans[0].uid
    desk.drag("服务事项")
    assert desk.window.controller.selected == (uid,)
    field = desk.window.entity_panel.editor.fields["subject"]
    assert isinstance(field, ExcerptField)
    QTest.mouseClick(field.button, Qt.MouseButton.LeftButton)
    start, end = desk.find("服务事项")
    assert desk.spans[-1].attributes["subject"] == {"start": start, "end": end, "text": "服务事项"}


def test_words_cannot_be_taken_without_a_selection(desk: Desk) -> None:
    field = desk.window.entity_panel.editor.fields["subject"]
    assert isinstance(field, ExcerptField)
    before = desk.spans
    QTest.mouseClick(field.button, Qt.MouseButton.LeftButton)
    assert field.problem.isVisible()
    assert desk.spans == before


def test_a_note(desk: Desk) -> None:
    note = desk.window.entity_panel.editor.note
    note.setFocus()
    QTest.keyClicks(note, "check")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(note, "again")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert desk.spans[0].note == "check\nagain"
    QTest.keyClicks(note, "x")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert note.toPlainText() == "check\nagain"


def test_several_spans_at_once(desk: Desk) -> None:
    desk.select("21场")
    desk.key(Qt.Key.Key_3)
    desk.window.controller.select([s.uid for s in desk.spans])
    field = line(desk, "period")
    write(field, "2023")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert [s.attributes["period"] for s in desk.spans] == ["2023", "2023"]
    desk.do("edit.undo")
    assert [s.attributes.get("period") for s in desk.spans] == [None, None]


def test_chinese_composed_in_a_field(desk: Desk) -> None:
    """While an input method composes, Enter and digits are its own; what it commits is text."""
    field = line(desk, "period")
    field.line.setFocus()
    QApplication.sendEvent(field.line, QInputMethodEvent("jia ci", []))
    assert field.line.composing
    for key in (Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
        QTest.keyClick(field.line, key)
    assert field.line.hasFocus()
    assert "period" not in desk.spans[0].attributes
    commit = QInputMethodEvent()
    commit.setCommitString("去年")
    QApplication.sendEvent(field.line, commit)
    assert field.line.text() == "去年"
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert desk.spans[0].attributes["period"] == "去年"


def test_a_done_report_can_be_read_but_not_changed(desk: Desk) -> None:
    desk.do("report.done")
    field = line(desk, "period")
    assert field.line.isReadOnly()
    desk.key(Qt.Key.Key_Delete)
    assert desk.words() == [("INDICATOR", "约45亿元")]
    assert "done" in desk.said()
    QTest.mouseClick(desk.window.entity_panel.notice.button, Qt.MouseButton.LeftButton)
    assert not field.line.isReadOnly()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("１２", "12"), ("45亿", "4500000000"), ("99.7%", "0.997"), ("1,234.50", "1234.5"), ("-3", "-3"), ("0.10", "0.1")],
)
def test_numbers_as_people_type_them(typed: str, kept: str) -> None:
    from annotator.ui.entity_panel.fields import number_from

    assert number_from(typed) == kept


def test_commas_that_group_nothing_are_no_number() -> None:
    from annotator.ui.entity_panel.fields import number_from

    assert number_from("1,23") == "1,23"


def test_a_long_number_is_shown_whole_and_the_field_keeps_the_keyboard(desk: Desk) -> None:
    def is_whole(field: LineField) -> bool:
        return field.line.fontMetrics().horizontalAdvance(field.line.text()) < field.line.width() - 8

    desk.window.resize(1280, 720)
    field, upper = line(desk, "value"), line(desk, "value_max")
    write(field, "12")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert field.y() == upper.y(), "two short ones stand side by side"
    write(field, "123456789012.5")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert field.line.text() == "123,456,789,012.5"
    assert is_whole(field)
    assert upper.y() > field.y()
    assert upper.line.hasFocus(), "Enter went on to the next field"
    write(field, "12")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert field.y() == upper.y()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [780, 860, 1280])
def test_in_a_small_window_no_field_is_cut_off(desk: Desk, language: str, width: int) -> None:
    desk.do(f"view.language_{language}")
    desk.window.resize(width, 480)
    QApplication.processEvents()
    editor = desk.window.entity_panel.editor
    desk.window.controller.select(())
    desk.window.controller.select([desk.spans[0].uid])
    QApplication.processEvents()
    assert editor.fields
    assert editor.widget().minimumSizeHint().width() <= editor.viewport().width()
    assert editor.certain.geometry().right() < editor.viewport().width()


def test_an_editor_of_nothing_has_no_scroll_bar(desk: Desk) -> None:
    desk.window.resize(1280, 480)
    editor = desk.window.entity_panel.editor
    QApplication.processEvents()
    assert editor.verticalScrollBar().isVisible()
    desk.window.controller.select(())
    QApplication.processEvents()
    assert not editor.verticalScrollBar().isVisible()
    desk.window.controller.select([desk.spans[0].uid])
    QApplication.processEvents()
    assert editor.verticalScrollBar().isVisible()
