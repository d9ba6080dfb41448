"""Somebody labels with the mouse: drag over words, click on the label bar, click on spans."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotator.ui.label_bar import LabelButton
from tests.ui.conftest import Desk, Open


def press(desk: Desk, label: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    button = button_of(desk, label)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, modifiers, QPoint(8, 8))


def button_of(desk: Desk, label: str) -> LabelButton:
    return next(b for b in desk.window.report_pane.labels.buttons if b.label.name == label)


def test_drag_over_words_and_click_a_label(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.drag("镇司法所")
    assert desk.view.selected_text() == "镇司法所"
    press(desk, "INSTITUTION")
    assert desk.words() == [("INSTITUTION", "镇司法所")]
    (span,) = desk.spans
    assert desk.view.selected_span() == span.uid
    assert desk.view.caret() == span.end
    assert desk.view.selection() == (span.end, span.end)
    assert desk.window.entity_panel.model.rowCount() == 1
    assert desk.window.entity_panel.view.currentIndex().row() == 0


def test_the_label_bar_leaves_the_focus_in_the_report(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.drag("镇司法所")
    press(desk, "INSTITUTION")
    assert desk.view.hasFocus()
    desk.key(Qt.Key.Key_Delete)
    assert desk.words() == []


def test_edge_punctuation_is_trimmed_unless_alt_is_held(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.drag(",投入约45亿元,")
    press(desk, "MEASURE")
    assert desk.words() == [("MEASURE", "投入约45亿元")]
    desk.do("edit.undo")
    desk.drag(",投入约45亿元,")
    press(desk, "MEASURE", Qt.KeyboardModifier.AltModifier)
    assert desk.words() == [("MEASURE", ",投入约45亿元,")]


def test_a_click_on_a_span_selects_it_in_text_and_panel(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    for words, label in (("镇司法所", "INSTITUTION"), ("587项", "INDICATOR")):
        desk.drag(words)
        press(desk, label)
    desk.click(desk.find("镇司法所")[0] + 1)
    (institution, _indicator) = desk.spans
    assert desk.window.controller.selected == (institution.uid,)
    assert desk.window.entity_panel.view.currentIndex().row() == 0
    assert button_of(desk, "INSTITUTION").isChecked()


def test_clicks_on_nested_spans_go_inwards(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    for words, label in (("共梳理服务事项587项", "MEASURE"), ("587项", "INDICATOR")):
        desk.drag(words)
        press(desk, label)
    desk.window.controller.select(())
    seen = []
    for _ in range(2):
        desk.click(desk.find("587项")[0])
        seen.append(desk.window.controller.selected_span())
    assert [span.label for span in seen if span] == ["MEASURE", "INDICATOR"]


def test_a_click_on_a_row_shows_the_span_in_the_text(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.drag("587项")
    press(desk, "INDICATOR")
    desk.view.set_caret(0)
    desk.window.controller.select(())
    rows = desk.window.entity_panel.view
    QTest.mouseClick(
        rows.viewport(),
        Qt.MouseButton.LeftButton,
        pos=rows.visualRect(desk.window.entity_panel.model.index(0)).center(),
    )
    (span,) = desk.spans
    assert desk.view.selected_span() == span.uid
    assert desk.view.caret() == span.end


def test_nested_rows_are_indented(open_window: Open, project: Path) -> None:
    from annotator.ui.entity_panel.model import DEPTH_ROLE

    desk = open_window(project)
    for words, label in (("共梳理服务事项587项", "MEASURE"), ("587项", "INDICATOR"), ("镇政务服务中心", "INSTITUTION")):
        desk.drag(words)
        press(desk, label)
    model = desk.window.entity_panel.model
    assert [model.index(row).data(DEPTH_ROLE) for row in range(3)] == [0, 1, 0]


def test_the_menu_key_and_the_right_button_open_the_menu_of_the_span(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.drag("587项")
    press(desk, "INDICATOR")
    desk.window.controller.select(())
    desk.view.set_caret(desk.find("587项")[0] + 1)
    where = desk.point(desk.find("587项")[0])
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        event = QContextMenuEvent(reason, where, desk.view.viewport().mapToGlobal(where))
        QApplication.sendEvent(desk.view.viewport() if reason == QContextMenuEvent.Reason.Mouse else desk.view, event)
        (menu,) = [m for m in desk.window.report_pane.findChildren(QMenu) if m.isVisible()]
        assert desk.window.controller.selected == (desk.spans[0].uid,)
        delete = next(a for a in menu.actions() if a is desk.window.actions_["span.delete"])
        menu.close()
        QApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)
        if reason == QContextMenuEvent.Reason.Mouse:
            delete.trigger()
            assert desk.words() == []
        desk.window.controller.select(())
