"""Folding furniture, scrolling, zooming: what a person reads stays where it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.report import Furniture
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.ui.report_view.caret import Caret
from annotator.ui.report_view.paragraphs import FOLDED, HEADER

NAVIGATION = "首页 要闻 公开\n您的位置 > 首页\n"
BODY = "一、总体情况\n持续推进政务服务规范化建设。\n"
TEXT = f"{NAVIGATION}{BODY}页脚 主办单位\n备案号"
FURNITURE = [Furniture("top", 0, len(NAVIGATION), "nav"), Furniture("foot", TEXT.index("页脚"), len(TEXT), "footer")]


def kinds(view):
    return [piece.kind for piece in view.page().paragraphs.pieces]


def click_at(view, offset):
    rect = view.rect_of(Caret(offset))
    place = QPoint(rect.right() + 12, rect.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_furniture_is_folded_and_a_click_unfolds_and_folds_it(show):
    view = show(TEXT, furniture=FURNITURE)
    said = []
    view.unfolded.connect(lambda uid: said.append(("unfolded", uid)))
    view.folded.connect(lambda uid: said.append(("folded", uid)))
    assert kinds(view).count(FOLDED) == 2
    click_at(view, 0)
    assert not view.is_folded("top")
    assert HEADER in kinds(view)
    _number, _block, y = next(view.page().visible())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, y + 10))
    assert view.is_folded("top")
    assert said == [("unfolded", "top"), ("folded", "top")]


def test_enter_unfolds_where_the_caret_stands(show):
    view = show(TEXT, furniture=FURNITURE)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert not view.is_folded("top")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.is_folded("top")


def test_a_caret_that_is_folded_away_stands_before_the_fold(show):
    view = show(TEXT, furniture=FURNITURE)
    view.set_caret(4)
    assert not view.is_folded("top")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.is_folded("top")
    assert view.caret() == 0


def test_the_caret_steps_over_what_is_folded_and_offsets_stay_right(show):
    view = show(TEXT, furniture=FURNITURE)
    stops = []
    for _ in range(3):
        stops.append(view.caret())
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert stops == [0, len(NAVIGATION) - 1, len(NAVIGATION)]
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_text() == TEXT[view.selection()[0] : view.selection()[1]] == "、"
    view.set_caret(len(NAVIGATION))
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.caret() == 0


def test_a_selection_across_folded_furniture_holds_all_of_it(show):
    view = show(TEXT, furniture=FURNITURE)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_text() == NAVIGATION


def test_word_and_paragraph_moves_never_end_inside_what_is_folded(show):
    view = show(TEXT, furniture=FURNITURE, caret=len(NAVIGATION) + 2)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, key, control)
        assert not 0 < view.caret() < len(NAVIGATION) - 1


@pytest.mark.parametrize("ask", ["reveal", "caret", "span"])
def test_what_lies_in_folded_furniture_is_unfolded_when_asked_for(show, ask):
    start = TEXT.index("主办")
    view = show(TEXT, [Span("a", start, start + 4, "INSTITUTION")], furniture=FURNITURE)
    if ask == "reveal":
        view.reveal(start, start + 4)
    elif ask == "caret":
        view.set_caret(start + 1)
    else:
        view.set_selected_span("a")
    assert not view.is_folded("foot")
    assert view.is_folded("top")


def test_a_span_in_folded_furniture_is_not_clicked(show):
    view = show(TEXT, [Span("a", 0, 5, "INSTITUTION")], furniture=FURNITURE)
    clicked = []
    view.spanClicked.connect(clicked.append)
    click_at(view, 0)
    assert clicked == []


def test_other_furniture_keeps_what_was_unfolded(show):
    view = show(TEXT, furniture=FURNITURE)
    view.set_folded("top", False)
    view.set_furniture([*FURNITURE, Furniture("new", TEXT.index("一、"), TEXT.index("持续"), "hand")])
    assert [view.is_folded(uid) for uid in ("top", "foot", "new")] == [False, True, True]


# ---- scrolling and zoom --------------------------------------------------------------------------


def long_text():
    """Lines of very different lengths, so that estimated heights are wrong everywhere."""
    return "\n".join("长" * (i * 37 % 400) if i % 3 else "i" * (i * 53 % 300) for i in range(800))


def seen(view):
    """Each visible row's offset and y."""
    return {
        bounds.start: y + block.tops[row]
        for _number, block, y in view.page().visible()
        for row, bounds in enumerate(block.rows)
        if 0 <= y + block.tops[row] < view.viewport().height()
    }


@pytest.mark.parametrize("direction", [1, -1])
def test_nothing_jumps_while_scrolling_into_what_was_never_laid_out(show, direction):
    view = show(long_text())
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    for _ in range(60):
        before = seen(view)
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + direction * 150)
        after = seen(view)
        common = before.keys() & after.keys()
        assert common
        assert {before[o] - after[o] for o in common} == {direction * 150}


def test_both_ends_are_reached_and_show_the_whole_last_row(show):
    view = show(long_text() + "\n末行")
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() == bar.maximum()
    last = view.rect_of(Caret(len(view.text())))
    assert view.viewport().rect().contains(last)
    bar.setValue(0)
    assert view.scroll_place() == 0


def test_spans_that_heighten_rows_above_leave_the_text_in_place(show):
    text = "\n".join(f"第{i}行文字文字文字文字文字文字" for i in range(300))
    view = show(text)
    view.reveal(text.index("第150行"), text.index("第150行") + 3)
    before = seen(view)
    place = text.index("第2行")
    for i in range(8):
        view.spans().add(Span(str(i), place + i, place + 17 - i, "MEASURE"))
    view.spans_changed([(place, place + 17)])
    assert seen(view) == before


def test_zoom_and_width_keep_the_reading_place(show):
    text = long_text()
    view = show(text)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
    place = view.scroll_place()
    for percent in (150, 300, 50, 100):
        view.set_zoom(percent)
        row = view.page().block(view.page().paragraphs.at(place))
        bounds = row.rows[row.row_of(place)]
        top = view.page().row_top(place)[0]
        assert bounds.start <= place <= bounds.end
        assert -64 * percent / 100 <= top <= 64 * percent / 100
    assert view.scroll_place() == place, "several steps of zoom do not drift"
    view.resize(500, 600)
    assert abs(view.page().row_top(place)[0]) < 64


def test_a_report_is_left_and_found_again_at_its_place(show):
    view = show(long_text())
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    place = view.scroll_place()
    view.set_report("别的报告", SpanIndex("别的报告"), view.schema())
    again = show(long_text(), scroll=place, caret=3)
    assert again.scroll_place() == place
    assert again.caret() == 3


def test_ctrl_and_wheel_ask_for_a_zoom_and_the_wheel_alone_scrolls(show):
    view = show(long_text())
    asked = []
    view.zoomRequested.connect(asked.append)

    def wheel(up, modifiers, turn=120):
        event = QWheelEvent(
            QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, turn if up else -turn), Qt.MouseButton.NoButton,
            modifiers, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    wheel(True, Qt.KeyboardModifier.ControlModifier)
    wheel(False, Qt.KeyboardModifier.ControlModifier)
    assert asked == [110, 90]
    for _ in range(4):  # a touch pad sends small pieces
        wheel(True, Qt.KeyboardModifier.ControlModifier, 40)
    assert asked == [110, 90, 110]
    assert view.verticalScrollBar().value() == 0
    wheel(False, Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 20
    assert asked == [110, 90, 110]


def test_a_report_without_line_breaks_opens_as_pieces(show):
    view = show("推进依法行政工作。" * 40000)
    assert len(list(view.page().visible())) == 1
    view.set_caret(len(view.text()))
    assert view.viewport().rect().contains(view.caret_rect())


def test_an_empty_report_can_be_shown(show):
    view = show("")
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(50, 50))
    assert view.selection() == (0, 0)
