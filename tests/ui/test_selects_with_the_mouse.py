"""Somebody selects with the mouse: whole numbers, words, clauses; snapping on and off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Desk, Open

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


def clicks(desk: Desk, words: str, at: int, times: int) -> str:
    """What is selected after so many quick clicks on a character of `words`."""
    viewport, point = desk.view.viewport(), desk.point(desk.find(words)[0] + at)
    QTest.mouseClick(viewport, LEFT, NONE, point)
    if times > 1:
        QTest.mouseDClick(viewport, LEFT, NONE, point)
    if times > 2:
        QTest.mouseClick(viewport, LEFT, NONE, point)
    return desk.view.selected_text()


@pytest.mark.parametrize(
    ("words", "at"), [("约45亿元", 0), ("约45亿元", 1), ("约45亿元", 4), ("99.7%", 3), ("1000余份", 5)]
)
def test_a_double_click_on_a_number_takes_the_whole_quantity(desk: Desk, words: str, at: int) -> None:
    assert clicks(desk, words, at, 2) == words


def test_a_double_click_takes_the_word_of_the_segmenter(desk: Desk) -> None:
    desk.window.keyboard.start_words()
    desk.qtbot.waitSignal(desk.window.keyboard.words.ready, timeout=30_000).wait()
    assert clicks(desk, "梳理服务事项", 3, 2) == "服务"


def test_a_triple_click_takes_the_clause(desk: Desk) -> None:
    assert clicks(desk, "投入约45亿元", 1, 3) == "投入约45亿元"


def test_a_drag_that_cuts_a_number_takes_it_whole_while_snapping_is_on(desk: Desk) -> None:
    assert desk.window.keyboard.snapping.on
    desk.drag("投入约4")
    assert desk.view.selected_text() == "投入约45亿元"
    desk.view.set_caret(0)
    desk.drag("45亿元,覆盖")
    assert desk.view.selected_text() == "约45亿元,覆盖"


def test_a_drag_takes_whole_words_once_they_are_known(desk: Desk) -> None:
    desk.drag("理服")
    assert desk.view.selected_text() == "理服", "a run of one script is no word"
    desk.window.keyboard.start_words()
    desk.qtbot.waitSignal(desk.window.keyboard.words.ready, timeout=30_000).wait()
    desk.view.set_caret(0)
    desk.drag("理服")
    assert desk.view.selected_text() == "梳理服务"


def test_m_switches_snapping_off_and_the_foot_shows_it(desk: Desk) -> None:
    assert "words" in desk.window.keyboard.line.snap.text()
    desk.key(Qt.Key.Key_M)
    assert "off" in desk.window.keyboard.line.snap.text()
    assert not desk.window.actions_["view.snap"].isChecked()
    desk.drag("入约4")
    assert desk.view.selected_text() == "入约4"
    desk.window.keyboard.line.snap.click()
    assert desk.window.keyboard.snapping.on


def test_dragging_back_gives_back_what_snapping_took(desk: Desk) -> None:
    desk.drag("投入约4")
    start = desk.find("投入")[0]
    desk.view.set_caret(0)
    desk.drag("投入")
    assert desk.view.selection() == (start, start + 2)
