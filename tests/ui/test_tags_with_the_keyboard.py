"""Somebody labels without the mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Open

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_select_with_shift_and_press_a_key(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    assert desk.words() == [("INDICATOR", "587项")]
    assert desk.view.caret() == desk.spans[0].end
    assert "587项" in desk.said()


def test_a_full_width_digit_is_the_same_key(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    event = QKeyEvent(QEvent.Type.KeyPress, 0xFF13, Qt.KeyboardModifier.NoModifier, "３")
    QApplication.sendEvent(desk.view, event)
    assert desk.words() == [("INDICATOR", "587项")]


def test_another_key_relabels_the_selected_span(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("镇司法所")
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_2)
    assert desk.words() == [("INSTITUTION", "镇司法所")]
    assert desk.window.controller.selected == (desk.spans[0].uid,)


def test_shift_adds_a_second_span_on_the_same_range(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_1, SHIFT)
    assert sorted(desk.words()) == [("INDICATOR", "587项"), ("MEASURE", "587项")]


def test_the_same_key_again_does_nothing_and_says_so(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    before = desk.spans
    desk.key(Qt.Key.Key_3)
    assert desk.spans == before
    assert "already" in desk.said()


def test_a_key_held_down_counts_once(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True)
    QApplication.sendEvent(desk.view, repeat)
    assert desk.words() == [("INDICATOR", "587项")]
    assert "held down" in desk.said()


def test_a_key_without_selection_says_what_to_do(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.key(Qt.Key.Key_1)
    assert desk.words() == []
    assert "Select" in desk.said()


def test_alt_keeps_the_edges(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select(",覆盖99.7%")
    desk.key(Qt.Key.Key_1, ALT)
    assert desk.words() == [("MEASURE", ",覆盖99.7%")]


def test_brackets_walk_from_span_to_span(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    for words in ("587项", "约45亿元", "21场"):
        desk.select(words)
        desk.key(Qt.Key.Key_3)
    desk.window.controller.select(())
    desk.view.set_caret(0)
    seen = []
    for _ in range(3):
        desk.key(Qt.Key.Key_BracketRight)
        span = desk.window.controller.selected_span()
        seen.append(desk.text[span.start : span.end] if span else "")
    assert seen == ["587项", "约45亿元", "21场"]
    desk.key(Qt.Key.Key_BracketRight)
    assert "no further" in desk.said()
    desk.key(Qt.Key.Key_BracketLeft)
    span = desk.window.controller.selected_span()
    assert span and desk.text[span.start : span.end] == "约45亿元"


def test_escape_lets_go_of_the_span(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.controller.selected == ()
    assert desk.view.selected_span() is None


def test_u_marks_a_span_as_uncertain(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_U)
    assert not desk.spans[0].certain
    desk.key(Qt.Key.Key_U)
    assert desk.spans[0].certain


def test_f6_goes_from_pane_to_pane(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    seen = []
    for _ in range(4):
        desk.do("view.next_pane")
        seen.append(QApplication.focusWidget())
    assert desk.window.report_list.view in seen
    assert desk.view in seen
    assert desk.window.entity_panel.filter in seen
