"""What a person does with caret and selection, by mouse and by keyboard."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.span_index import SpanIndex
from annotator.ui.report_view import caret as carets
from annotator.ui.report_view.caret import Caret

LINE = "持续推进政务服务规范化建设，组织全镇二十三个部门开展自查自纠，" * 3 + "成效明显。"
TEXT = f"一、总体情况\n\n{LINE}\n{LINE}\n结束。"

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def point(view, offset, at_row_end=False):
    """The middle of the caret's height just right of a caret place."""
    rect = view.rect_of(Caret(offset, at_row_end))
    return QPoint(rect.center().x() + 1, rect.center().y())


def inside(view, offset):
    """The middle of the character at an offset."""
    left, right = view.rect_of(Caret(offset)), view.rect_of(Caret(offset + 1, True))
    return QPoint((left.center().x() + right.center().x()) // 2, left.center().y())


def drag(view, start, end, *between):
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for place in (*between, end):
        move(port, place)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def move(port, place):
    """A move with the button held, which QTest.mouseMove does not send."""
    left = Qt.MouseButton.LeftButton
    where, outside = QPointF(place), QPointF(port.mapToGlobal(place))
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(port, QMouseEvent(QEvent.Type.MouseMove, where, outside, left, left, none))


def keys(view, *pressed):
    for key in pressed:
        key, modifiers = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(view, key, modifiers)


def test_a_drag_over_two_lines_selects_exactly_what_lies_between(show, qtbot):
    view = show(TEXT)
    start, end = TEXT.index(LINE) + 3, TEXT.rindex(LINE) + 7
    with qtbot.waitSignal(view.selectionChanged):
        drag(view, point(view, start), point(view, end))
    assert view.selection() == (start, end)
    assert view.caret() == end
    assert view.selected_text() == TEXT[start:end]


def test_a_drag_backwards_leaves_the_caret_at_its_start(show):
    view = show(TEXT)
    drag(view, point(view, 30), point(view, 12))
    assert view.selection() == (12, 30)
    assert view.caret() == 12


def test_a_twitch_of_the_hand_selects_nothing(show):
    view = show(TEXT)
    drag(view, point(view, 20), point(view, 20) + QPoint(3, 1))
    assert view.selection() == (20, 20)


def test_shift_click_extends_and_a_click_ends_the_selection(show):
    view = show(TEXT)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point(view, 15))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, point(view, 25))
    assert view.selection() == (15, 25)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point(view, 40))
    assert view.selection() == (40, 40)


def test_a_click_into_the_selection_ends_it_too(show):
    view = show(TEXT)
    view.set_selection(15, 25)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point(view, 20))
    assert view.selection() == (20, 20)


def test_selected_text_can_be_dragged_out_as_it_is_stored(show, monkeypatch):
    view = show("甲\u00a0乙丙丁戊己庚辛壬癸")
    dragged = []
    monkeypatch.setattr(
        "annotator.ui.report_view.mouse.QDrag",
        lambda source: type(
            "Drag", (), {"setMimeData": lambda _, data: dragged.append(data.text()), "exec": lambda _, action: action}
        )(),
    )
    view.set_selection(0, 4)
    drag(view, inside(view, 2), inside(view, 8))
    assert dragged == ["甲\u00a0乙丙"]
    assert view.selection() == (0, 4)


def test_a_double_click_takes_the_word_and_a_third_the_clause(show):
    view = show("标题\n全镇共办理2021件行政案件。\n结束")
    place = inside(view, 9)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), left, none, place)
    QTest.mouseDClick(view.viewport(), left, none, place)
    assert view.selected_text() == "2021"
    QTest.mouseClick(view.viewport(), left, none, place)
    assert view.selected_text() == "全镇共办理2021件行政案件"


def test_words_come_from_whoever_knows_them(show):
    view = show("全镇共办理案件")
    view.word_at = lambda text, offset: (2, 5)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside(view, 3))
    assert view.selected_text() == "共办理"


def test_the_middle_button_does_nothing(show):
    view = show(TEXT, caret=5)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, point(view, 20))
    assert view.selection() == (5, 5)


def test_holding_the_button_below_the_window_scrolls_and_selects_on(show, qtbot):
    view = show("\n".join(f"第{i}行" for i in range(200)), size=(500, 300))
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point(view, 0))
    move(port, QPoint(60, port.height() + 60))
    qtbot.waitUntil(lambda: view.caret() > 200, timeout=5000)
    assert view.verticalScrollBar().value() > 300
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 100))
    value = view.verticalScrollBar().value()
    qtbot.wait(100)
    assert view.verticalScrollBar().value() == value


# ---- keyboard ------------------------------------------------------------------------------------


def test_shift_arrows_select_by_character_and_arrows_end_it(show):
    view = show(TEXT, caret=10)
    keys(
        view, (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Left, SHIFT)
    )
    assert view.selection() == (10, 12)
    keys(view, Qt.Key.Key_Right)
    assert view.selection() == (13, 13)


def test_the_caret_steps_over_combining_marks_and_astral_characters_as_one(show):
    text = "a𠮷e\u0301b"
    view = show(text)
    stops = []
    for _ in range(6):
        stops.append(view.caret())
        keys(view, Qt.Key.Key_Right)
    assert stops == [0, 1, 2, 4, 5, 5]
    stops = []
    for _ in range(5):
        stops.append(view.caret())
        keys(view, Qt.Key.Key_Left)
    assert stops == [5, 4, 2, 1, 0]


def test_up_and_down_keep_to_the_column(show):
    view = show("甲乙丙丁戊己庚辛\n短\n甲乙丙丁戊己庚辛", caret=6)
    keys(view, Qt.Key.Key_Down)
    assert view.caret() == 10
    keys(view, Qt.Key.Key_Down)
    assert view.caret() == 17
    keys(view, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert view.caret() == 6


def test_home_and_end_go_to_the_edges_of_the_row_that_shows(show):
    view = show(LINE * 2, caret=60)
    keys(view, Qt.Key.Key_End)
    end, rect = view.caret(), view.caret_rect()
    keys(view, Qt.Key.Key_End)
    assert view.caret() == end
    keys(view, Qt.Key.Key_Home)
    start = view.caret()
    assert start <= 60 < end
    assert end - start in range(40, 47)
    assert view.caret_rect().y() == rect.y()
    keys(view, (Qt.Key.Key_End, SHIFT))
    assert view.selection() == (start, end)


def test_words_lines_and_the_whole_text(show):
    view = show("办理 2021件\n\n下一段\n末段", caret=0)
    keys(view, (Qt.Key.Key_Right, CTRL))
    assert view.caret() == 3
    keys(view, (Qt.Key.Key_Right, CTRL | SHIFT))
    assert view.selected_text() == "2021"
    keys(view, (Qt.Key.Key_Left, CTRL), (Qt.Key.Key_Left, CTRL))
    assert view.caret() == 0
    keys(view, (Qt.Key.Key_Down, CTRL))
    assert view.caret() == view.text().index("下一段")
    keys(view, Qt.Key.Key_Right, (Qt.Key.Key_Up, CTRL))
    assert view.caret() == view.text().index("下一段")
    keys(view, (Qt.Key.Key_Up, CTRL | SHIFT))
    assert view.selection() == (0, view.text().index("下一段"))
    keys(view, (Qt.Key.Key_End, CTRL))
    assert view.caret() == len(view.text())
    keys(view, (Qt.Key.Key_Home, CTRL | SHIFT))
    assert view.selection() == (0, len(view.text()))


def test_page_keys_move_by_a_screen_and_back(show):
    view = show("\n".join(f"第{i}行文字" for i in range(300)), size=(500, 400))
    keys(view, Qt.Key.Key_PageDown)
    first = view.caret()
    assert first > 40
    assert view.verticalScrollBar().value() > 300
    keys(view, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    assert view.caret() == first
    keys(view, *[Qt.Key.Key_PageDown] * 60)
    assert view.caret() == len(view.text())


def test_the_caret_is_always_brought_into_view(show):
    view = show("\n".join(f"第{i}行文字" for i in range(300)), size=(500, 400))
    for _ in range(40):
        keys(view, Qt.Key.Key_Down)
        assert view.viewport().rect().contains(view.caret_rect())
    keys(view, (Qt.Key.Key_End, CTRL))
    assert view.viewport().rect().contains(view.caret_rect())


COPYING = """
from types import SimpleNamespace
from PySide6.QtGui import QGuiApplication
from annotator.ui.report_view.keyboard import copy

app = QGuiApplication([])
copy(SimpleNamespace(selected_text=lambda: "县\u2028政\u00a0府"))
assert app.clipboard().text() == "县\u2028政\u00a0府"
"""


def test_the_program_ends_well_with_its_words_in_the_clipboard():
    done = subprocess.run([sys.executable, "-c", COPYING], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_select_all_copy_and_escape(show):
    text = "甲\u00a0乙\u2028丙\u3000\t丁\ufeff戊𠮷"
    view = show(f"{text}\n末")
    keys(view, (Qt.Key.Key_A, CTRL))
    assert view.selection() == (0, len(text) + 2)
    view.set_selection(0, len(text))
    keys(view, (Qt.Key.Key_C, CTRL))
    assert QGuiApplication.clipboard().text() == text
    keys(view, Qt.Key.Key_Escape)
    assert view.selection() == (len(text), len(text))
    keys(view, (Qt.Key.Key_C, CTRL))
    assert QGuiApplication.clipboard().text() == text


@pytest.mark.parametrize(
    "start", ["\ufeff甲乙", "\u2028甲乙", "\u2029甲乙", "\u00a0甲乙", "\u3000甲乙", "\u202e甲乙", "𠮷甲乙"]
)
def test_whatever_a_line_starts_with_its_characters_stay_where_they_are(show, start):
    text = f"上一行\n{start}丙丁"
    view = show(text)
    offset = text.index("乙")
    assert view.character_at(inside(view, offset)) == offset


odd = st.text(alphabet="政府工作a1 \u00a0\u3000，。𠮷😀\t\n", min_size=1, max_size=120)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=odd)
def test_every_caret_place_is_found_again_where_it_is_shown(view, schema, text):
    view.set_report(text, SpanIndex(text), schema)
    caret, following = Caret(-1), Caret(0)
    while following != caret:
        caret = following
        rect = view.rect_of(caret)
        found = view.place_at(rect.center())
        if found.offset != caret.offset:  # a tab may end less than a pixel behind its start: there both are right
            there = view.rect_of(found)
            assert "\t" in text[min(found.offset, caret.offset) : max(found.offset, caret.offset)]
            assert (there.y(), abs(there.x() - rect.x()) <= 1) == (rect.y(), True)
        following = carets.right(view.page(), caret)
    assert caret.offset == len(text)


@pytest.fixture
def view(show):
    return show("", size=(420, 4000))


def test_controls_of_the_writing_direction_are_shown_and_turn_nothing_round(show):
    text = "完成\u202e固定\u202c\u2066投资\u2069100亿\u200f元"
    view = show(text)
    places = [view.rect_of(Caret(offset)).x() for offset in range(len(text) + 1)]
    assert all(left < right for left, right in pairwise(places)), "each takes room, in its order"
    view.set_selection(0, len(text))
    assert view.selected_text() == text
