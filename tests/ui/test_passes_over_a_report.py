"""Somebody goes through a report clause by clause, or number by number, one key each."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import Desk, Open

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    desk.view.set_caret(desk.find("(一)")[0])
    return desk


def keys(desk: Desk, *pressed: Key) -> str:
    """What is selected after these keys."""
    for key in pressed:
        desk.key(key)
    return desk.view.selected_text()


def test_a_clause_pass_tags_leaves_and_goes_on(desk: Desk) -> None:
    assert keys(desk, Key.Key_A) == "(一)推进依法行政"
    assert "Clause pass" in desk.window.keyboard.line.chip.text()
    assert keys(desk, Key.Key_J) == "镇司法所共梳理服务事项587项"
    assert keys(desk, Key.Key_1) == "投入约45亿元"
    assert keys(desk, Key.Key_1, Key.Key_K) == "投入约45亿元"
    assert [text for _label, text in desk.words()] == ["镇司法所共梳理服务事项587项", "投入约45亿元"]


def test_the_span_just_tagged_is_in_reach_of_the_keys_for_spans(desk: Desk) -> None:
    keys(desk, Key.Key_A, Key.Key_1, Key.Key_P, Key.Key_U)
    (span,) = desk.spans
    assert span.attributes["status"] == "planned"
    assert not span.certain
    assert desk.view.selected_text() == "镇司法所共梳理服务事项587项", "and the next clause waits"


def test_a_clause_can_be_widened_before_it_is_tagged(desk: Desk) -> None:
    keys(desk, Key.Key_A, Key.Key_J)
    desk.key(Key.Key_J, SHIFT)
    assert keys(desk, Key.Key_1) == "覆盖99.7%的村"
    assert desk.words() == [("MEASURE", "镇司法所共梳理服务事项587项,投入约45亿元")]


def test_shift_and_a_label_key_stay_for_a_second_label(desk: Desk) -> None:
    keys(desk, Key.Key_A)
    desk.key(Key.Key_1, SHIFT)
    assert desk.view.selected_text() == "(一)推进依法行政" or "推进依法行政" in desk.view.selected_text()
    desk.key(Key.Key_2)
    assert sorted(label for label, _text in desk.words()) == ["INSTITUTION", "MEASURE"]
    assert desk.view.selected_text() == "镇司法所共梳理服务事项587项"


def test_a_number_pass_takes_only_what_nobody_has_tagged(desk: Desk) -> None:
    assert keys(desk, Key.Key_D) == "587项"
    assert keys(desk, Key.Key_3) == "约45亿元"
    assert keys(desk, Key.Key_J) == "99.7%"
    assert keys(desk, Key.Key_3) == "21场"
    assert keys(desk, Key.Key_K) == "约45亿元"
    assert [text for _label, text in desk.words()] == ["587项", "99.7%"]


def test_the_last_number_ends_the_pass(desk: Desk) -> None:
    keys(desk, Key.Key_D, *[Key.Key_3] * 5)
    assert [text for _label, text in desk.words()] == ["587项", "约45亿元", "99.7%", "21场", "1000余份"]
    assert desk.window.keyboard.passes.kind == ""
    assert "no further untouched number" in desk.said()
    assert not desk.window.keyboard.line.chip.isVisible()


def test_the_same_key_ends_a_pass_and_goes_on_where_it_was(desk: Desk) -> None:
    keys(desk, Key.Key_A, Key.Key_J, Key.Key_J)
    assert keys(desk, Key.Key_A) == ""
    desk.view.set_caret(0)
    assert keys(desk, Key.Key_A) == "投入约45亿元"
    assert keys(desk, Key.Key_Escape) == ""
    assert desk.window.keyboard.passes.kind == ""


def test_each_report_has_a_place_of_its_own(desk: Desk) -> None:
    keys(desk, Key.Key_A, Key.Key_J, Key.Key_J)
    desk.do("report.next")
    assert desk.window.keyboard.passes.kind == ""
    desk.view.set_caret(0)
    assert keys(desk, Key.Key_A) == "白石街道2022年法治政府建设情况报告"
    desk.do("report.previous")
    desk.view.set_caret(0)
    assert keys(desk, Key.Key_A) == "投入约45亿元"


def test_a_pass_goes_on_after_a_restart_where_the_caret_was_left(desk: Desk, open_window: Open, project: Path) -> None:
    keys(desk, Key.Key_A, Key.Key_J, Key.Key_J)
    desk.window.close()
    again = open_window(project)
    assert keys(again, Key.Key_A) == "投入约45亿元"


def test_each_pass_keeps_its_place_across_a_restart_wherever_the_caret_went(
    desk: Desk, open_window: Open, project: Path
) -> None:
    keys(desk, Key.Key_A, Key.Key_J, Key.Key_J, Key.Key_A)
    numbers = [keys(desk, Key.Key_D), keys(desk, Key.Key_J)]
    keys(desk, Key.Key_Escape)
    desk.view.set_caret(0)
    desk.window.close()
    again = open_window(project)
    again.view.set_caret(0)
    assert keys(again, Key.Key_A) == "投入约45亿元"
    keys(again, Key.Key_A)
    again.view.set_caret(0)
    assert keys(again, Key.Key_D) == numbers[1] != numbers[0]


def test_a_selection_made_on_purpose_is_where_a_pass_begins(desk: Desk) -> None:
    keys(desk, Key.Key_A, Key.Key_A)
    desk.select("加强普法宣传")
    assert keys(desk, Key.Key_A) == "(二)加强普法宣传"


def test_one_pass_takes_over_from_the_other(desk: Desk) -> None:
    keys(desk, Key.Key_A)
    keys(desk, Key.Key_D)
    assert desk.window.keyboard.passes.kind == "numbers"
    assert desk.window.actions_["pass.numbers"].isChecked()
    assert not desk.window.actions_["pass.clauses"].isChecked()


def test_the_label_bar_does_the_same_as_the_key(desk: Desk) -> None:
    keys(desk, Key.Key_D)
    button = next(b for b in desk.window.report_pane.labels.buttons if b.label.name == "INDICATOR")
    button.click()
    assert desk.view.selected_text() == "约45亿元"


def test_an_edge_can_be_moved_in_the_middle_of_a_pass(desk: Desk) -> None:
    keys(desk, Key.Key_A, Key.Key_J, Key.Key_1)
    keys(desk, Key.Key_E, Key.Key_Left, Key.Key_Return)
    assert desk.words() == [("MEASURE", "镇司法所共梳理服务事项587")]
    desk.qtbot.waitUntil(lambda: desk.view.selected_text() == "投入约45亿元")
    keys(desk, Key.Key_Escape)
    assert desk.window.keyboard.passes.kind == "", "Esc is the pass's again"


def test_undo_in_a_pass_selects_again_what_was_tagged(desk: Desk) -> None:
    keys(desk, Key.Key_A, Key.Key_J, Key.Key_1)
    desk.do("edit.undo")
    desk.qtbot.waitUntil(lambda: desk.view.selected_text() == "镇司法所共梳理服务事项587项")
    assert keys(desk, Key.Key_1) == "投入约45亿元"


def test_a_done_report_says_why_there_is_no_pass_and_which_key_reopens_it(desk: Desk) -> None:
    desk.do("report.done")
    for action in ("pass.clauses", "pass.numbers"):
        desk.do(action)
        assert "done" in desk.said() and "Ctrl+Shift+Return" in desk.said().replace("Enter", "Return")
        assert desk.window.keyboard.passes.kind == ""
        assert not desk.window.actions_[action].isChecked()


@pytest.mark.parametrize(
    ("key", "actions"),
    [(Qt.Key.Key_3, ("span.edge", "span.subject", "span.uncertain", "span.delete")), (Qt.Key.Key_1, ("span.planned",))],
)
def test_in_a_done_report_each_key_for_spans_names_the_key_that_reopens_it(
    desk: Desk, key: Qt.Key, actions: tuple[str, ...]
) -> None:
    desk.select("587项")
    desk.key(key)
    desk.do("report.done")
    desk.window.controller.select((desk.spans[0].uid,))
    for action in actions:
        desk.window.controller.said.emit("")
        desk.do(action)
        assert "Ctrl+Shift+Return" in desk.said().replace("Enter", "Return"), action
    assert len(desk.spans) == 1
