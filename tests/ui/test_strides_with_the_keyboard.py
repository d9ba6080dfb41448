"""Somebody reads and selects without the mouse: clauses, sentences, sections, numbers, words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.ui.status_line import OWN_MS
from tests.ui.conftest import Desk, Open

Key, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    desk.view.set_caret(0)
    return desk


def selected(desk: Desk, *presses: tuple[Key, Qt.KeyboardModifier]) -> list[str]:
    """What is selected after each key press."""
    seen = []
    for key, modifiers in presses:
        desk.key(key, modifiers)
        seen.append(desk.view.selected_text())
    return seen


def test_j_and_k_go_from_clause_to_clause(desk: Desk) -> None:
    assert selected(desk, *[(Key.Key_J, NONE)] * 4) == [
        "云岭镇2023年法治政府建设情况报告",
        "一、主要举措",
        "(一)推进依法行政",
        "镇司法所共梳理服务事项587项",
    ]
    assert selected(desk, (Key.Key_K, NONE)) == ["(一)推进依法行政"]


def test_a_clause_tagged_with_two_keys(desk: Desk) -> None:
    for key in (Key.Key_J, Key.Key_J, Key.Key_1, Key.Key_J, Key.Key_J, Key.Key_1):
        desk.key(key)
    assert desk.words() == [("MEASURE", "一、主要举措"), ("MEASURE", "镇司法所共梳理服务事项587项")]


def test_shift_j_adds_a_clause_and_shift_k_takes_it_off(desk: Desk) -> None:
    desk.view.set_caret(desk.find("梳理")[0])
    assert selected(desk, (Key.Key_C, NONE), (Key.Key_J, SHIFT), (Key.Key_K, SHIFT)) == [
        "镇司法所共梳理服务事项587项",
        "镇司法所共梳理服务事项587项,投入约45亿元",
        "镇司法所共梳理服务事项587项",
    ]
    desk.key(Key.Key_K, SHIFT)
    assert desk.view.selected_text() == "镇司法所共梳理服务事项587项"
    assert "Nothing would be left" in desk.said()


def test_finer_parts_and_sentences(desk: Desk) -> None:
    assert selected(desk, (Key.Key_X, NONE), (Key.Key_X, NONE), (Key.Key_X, NONE), (Key.Key_Z, NONE)) == [
        "云岭镇2023年法治政府建设情况报告",
        "一",
        "主要举措",
        "一",
    ]
    desk.view.set_caret(desk.find("镇司法所")[0])
    first, both, one = selected(desk, (Key.Key_Period, NONE), (Key.Key_Period, SHIFT), (Key.Key_Comma, SHIFT))
    assert first.startswith("镇司法所")
    assert first.endswith("的村。")
    assert both.startswith(first) and len(both) > len(first)
    assert one == first
    assert selected(desk, (Key.Key_Comma, NONE)) == ["(一)推进依法行政。"]


def test_n_and_b_go_from_number_to_number_and_pass_what_is_tagged(desk: Desk) -> None:
    assert selected(desk, *[(Key.Key_N, NONE)] * 2) == ["587项", "约45亿元"]
    desk.key(Key.Key_3)
    assert desk.words() == [("INDICATOR", "约45亿元")]
    assert selected(desk, (Key.Key_N, NONE), (Key.Key_B, NONE)) == ["99.7%", "587项"]
    desk.view.set_caret(len(desk.text))
    desk.key(Key.Key_N)
    assert "no further untouched number" in desk.said()


def test_l_and_h_go_from_span_to_span(desk: Desk) -> None:
    for words in ("587项", "21场"):
        desk.select(words)
        desk.key(Key.Key_3)
    desk.window.controller.select(())
    desk.view.set_caret(0)
    seen = []
    for key in (Key.Key_L, Key.Key_L, Key.Key_H):
        desk.key(key)
        span = desk.window.controller.selected_span()
        seen.append(desk.text[span.start : span.end] if span else "")
    assert seen == ["587项", "21场", "587项"]


def test_sections_by_alt_and_page_keys(desk: Desk) -> None:
    starts = [section.start for section in desk.window.controller.report.sections]
    seen = []
    for _ in starts:
        desk.key(Key.Key_PageDown, ALT)
        seen.append(desk.view.caret())
    assert seen == starts
    desk.key(Key.Key_PageUp, ALT | SHIFT)
    assert desk.view.selection() == (starts[-2], starts[-1])


def test_strides_pass_over_furniture(desk: Desk) -> None:
    from annotator.domain.report import Furniture

    report = desk.window.controller.report
    start, end = desk.find("投入约45亿元")
    report.furniture = [Furniture("f", start, end)]
    desk.view.set_furniture(report.furniture)
    desk.view.set_caret(desk.find("镇司法所")[0])
    assert selected(desk, (Key.Key_C, NONE), (Key.Key_J, NONE)) == ["镇司法所共梳理服务事项587项", "覆盖99.7%的村"]
    desk.view.set_caret(0)
    assert selected(desk, (Key.Key_N, NONE), (Key.Key_N, NONE)) == ["587项", "99.7%"]
    assert desk.view.is_folded("f")


def test_ctrl_and_arrows_go_by_the_words_of_the_segmenter(desk: Desk) -> None:
    start = desk.find("梳理服务事项")[0]
    desk.view.set_caret(start)
    desk.key(Key.Key_Right, CTRL)
    assert desk.view.caret() == desk.find("587项")[0], "without a segmenter a word is a run of one script"
    desk.window.keyboard.start_words()
    desk.qtbot.waitSignal(desk.window.keyboard.words.ready, timeout=30_000).wait()
    desk.view.set_caret(start)
    desk.key(Key.Key_Right, CTRL)
    assert desk.view.caret() == start + 2
    desk.key(Key.Key_Right, CTRL | SHIFT)
    assert desk.view.selected_text() == "服务"


def test_another_report_gets_its_own_words(desk: Desk) -> None:
    words = desk.window.keyboard.words
    desk.window.keyboard.start_words()
    desk.qtbot.waitSignal(words.ready, timeout=30_000).wait()
    with desk.qtbot.waitSignal(words.ready, timeout=30_000):
        desk.do("report.next")
        assert words.edges is None
    assert words.edges[-1] == len(desk.text)


def test_a_segmenter_that_fails_is_said_once_and_all_goes_on(desk: Desk) -> None:
    from annotator.services.helper_answer import DIED, Answer, sorry

    words, said = desk.window.keyboard.words, []
    desk.window.controller.presenter.shown.connect(lambda sentence, _bug: said.append(sentence))
    report = desk.window.controller.report
    for number in (1, 2):
        words._asked = report, number
        words._take(Answer("tokenize", "words", number, None, sorry("word segmentation", DIED)))
    assert len(said) == 1
    desk.view.set_caret(0)
    desk.key(Key.Key_J)
    assert desk.view.selected_text()


def test_enter_opens_the_attributes_and_escape_comes_back_to_the_caret(desk: Desk) -> None:
    desk.select("587项")
    desk.key(Key.Key_3)
    caret = desk.view.caret()
    desk.key(Key.Key_Return)
    editor = desk.window.entity_panel.editor
    focus = desk.window.focusWidget()
    assert editor.isAncestorOf(focus)
    from PySide6.QtTest import QTest

    QTest.keyClick(focus, Key.Key_Escape)
    if not desk.view.hasFocus():
        QTest.keyClick(desk.window.focusWidget(), Key.Key_Escape)
    assert desk.view.hasFocus()
    assert desk.view.caret() == caret


def test_p_makes_several_spans_planned_and_done_again_in_one_step(desk: Desk) -> None:
    for words in ("推进依法行政", "加强普法宣传"):
        desk.select(words)
        desk.key(Key.Key_1)
    desk.window.controller.select([span.uid for span in desk.spans])
    desk.key(Key.Key_P)
    assert [span.attributes["status"] for span in desk.spans] == ["planned", "planned"]
    desk.do("edit.undo")
    assert [span.attributes["status"] for span in desk.spans] == ["done", "done"]
    desk.window.controller.select([span.uid for span in desk.spans])
    desk.key(Key.Key_P)
    desk.key(Key.Key_P)
    assert [span.attributes["status"] for span in desk.spans] == ["done", "done"]


def test_p_on_a_label_that_knows_no_status_says_so(desk: Desk) -> None:
    desk.select("镇司法所")
    desk.key(Key.Key_2)
    desk.key(Key.Key_P)
    assert "neither planned nor done" in desk.said()


def test_single_keys_do_nothing_outside_the_report(desk: Desk) -> None:
    from PySide6.QtTest import QTest

    field = desk.window.entity_panel.filter
    field.setFocus()
    before = desk.view.selection()
    QTest.keyClicks(field, "jna")
    assert field.text() == "jna"
    assert desk.view.selection() == before
    assert desk.window.keyboard.passes.kind == ""


def test_the_foot_tells_the_selected_text_and_its_offsets(desk: Desk) -> None:
    desk.view.set_caret(0)
    desk.key(Key.Key_N)
    start, end = desk.find("587项")
    assert "587项" in desk.said()
    assert f"[{start}, {end})" in desk.said()


def test_what_is_selected_after_a_message_is_told_at_once(desk: Desk) -> None:
    desk.select("推进依法行政")
    desk.key(Key.Key_1)
    message = desk.said()
    assert "推进依法行政" in message
    assert "[" not in message
    desk.qtbot.wait(OWN_MS + 50)
    assert desk.said() == message
    start, end = desk.find("投入约45亿元")
    desk.view.set_caret(start)
    desk.key(Key.Key_C)
    assert f"[{start}, {end})" in desk.said()


def test_numbers_are_read_in_idle_moments(desk: Desk) -> None:
    numbers = desk.window.controller.report.numbers
    desk.qtbot.waitUntil(lambda: numbers._next >= len(numbers._starts), timeout=5000)
    assert not desk.window.keyboard.numbers._timer.isActive()


def test_numbers_are_not_read_ahead_while_their_patterns_are_compiled(desk: Desk) -> None:
    from annotator.services import understanding

    report = desk.window.controller.report
    assert report is not None
    report.__dict__.pop("numbers", None)
    idle = desk.window.keyboard.numbers
    with understanding._compiling:
        idle._read_on()
        assert report.numbers._found == {}, "the window would wait for the thread that compiles"
    desk.qtbot.waitUntil(lambda: bool(report.numbers._found), timeout=5_000)
