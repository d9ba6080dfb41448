"""Somebody narrows the list to a region, a year, a level: by typing, by the menu, with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.services.describing import Describer
from annotator.services.filtering import Condition
from tests.ui.conftest import Desk, Open


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    session = desk.window.controller.session
    assert session is not None
    describer = Describer(session)
    first, second, third = session.store.reports.ids()
    describer.correct_all([first, second], "province", "广东省")
    describer.correct_all([third], "province", "湖北省")
    describer.correct_all([first], "栏目", "要闻 一")
    return desk


def titles(desk: Desk) -> list[str]:
    model = desk.window.report_list.model
    return [model.index(row).data() for row in range(model.rowCount())]


def chips(desk: Desk) -> list[str]:
    return [chip.condition.words() for chip in desk.window.report_list.filter_bar.chips.chips()]


def type_in(desk: Desk, words: str) -> None:
    """As an input method commits: QTest cannot type Chinese."""
    desk.do("edit.find_report")
    field = desk.window.report_list.filter
    field.setText(words)
    field.textEdited.emit(words)


def test_a_condition_narrows_while_it_is_typed_and_becomes_a_chip(desk: Desk) -> None:
    type_in(desk, "省:湖北")
    desk.qtbot.waitUntil(lambda: len(titles(desk)) == 1)
    assert chips(desk) == []
    type_in(desk, "省:湖北 ")
    assert chips(desk) == ["Province: 湖北"]
    assert desk.window.report_list.filter.text() == ""
    assert len(titles(desk)) == 1
    assert "1 of 3" in desk.window.report_list.numbers.text()


def test_words_and_conditions_combine_and_enter_opens_the_first(desk: Desk) -> None:
    type_in(desk, "法治 省=广东省")
    field = desk.window.report_list.filter
    QTest.keyClick(field, Qt.Key.Key_Return)  # the condition becomes a chip
    assert chips(desk) == ["Province: 广东省"]
    assert len(titles(desk)) == 2
    type_in(desk, field.text() + "年:2022 ")
    assert len(titles(desk)) == 1
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.text.startswith("白石街道")


def test_values_are_offered_and_picked_with_the_arrows(desk: Desk) -> None:
    bar = desk.window.report_list.filter_bar
    type_in(desk, "广东")
    assert [(offer.field, offer.value, offer.n) for offer in bar.offered()] == [("province", "广东省", 2)]
    popup = bar._completing.popup()  # type: ignore[union-attr]
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chips(desk) == ["Province: 广东省"]
    assert bar.field.text() == ""
    assert len(titles(desk)) == 2


def test_a_field_is_offered_by_the_beginning_of_its_name(desk: Desk) -> None:
    bar = desk.window.report_list.filter_bar
    type_in(desk, "Prov")
    assert bar.offered()[0].value is None
    bar._take_offer(bar.offered()[0])
    assert bar.field.text() == "Province:"
    assert [offer.value for offer in bar.offered()] == ["广东省", "湖北省"]


def test_a_further_column_with_a_space_in_its_value(desk: Desk) -> None:
    type_in(desk, '栏目="要闻 一" ')
    assert chips(desk) == ["栏目: 要闻 一"]
    assert len(titles(desk)) == 1


def test_reports_that_do_not_say(desk: Desk) -> None:
    type_in(desk, "栏目= ")
    assert chips(desk) == ["栏目: unknown"]
    assert len(titles(desk)) == 2


def test_backspace_brings_the_last_chip_back_and_escape_takes_all_away(desk: Desk) -> None:
    type_in(desk, "省=广东省 年:2022 ")
    field = desk.window.report_list.filter
    assert len(chips(desk)) == 2
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "Year:2022"
    assert chips(desk) == ["Province: 广东省"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert chips(desk) == []
    assert len(titles(desk)) == 3
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desk.window.report_list.view.hasFocus()


def test_a_chip_goes_with_the_mouse_and_with_the_keyboard(desk: Desk) -> None:
    bar = desk.window.report_list.filter_bar
    type_in(desk, "省=广东省 省=湖北省 ")
    assert len(titles(desk)) == 3  # either of them
    QTest.mouseClick(bar.chips.chips()[1], Qt.MouseButton.LeftButton)
    assert chips(desk) == ["Province: 广东省"]
    chip = bar.chips.chips()[0]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert chips(desk) == []
    assert bar.field.hasFocus()


def test_the_menu_names_values_with_their_numbers(desk: Desk) -> None:
    desk.do("edit.find_report")
    bar = desk.window.report_list.filter_bar
    QTest.keyClick(bar.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    chooser = bar.chooser
    assert chooser is not None
    assert chooser.isVisible()
    menus = {action.text(): action.menu() for action in chooser.actions() if action.menu()}
    assert "Province" in menus
    assert "栏目" in menus
    menus["Province"].aboutToShow.emit()
    listed = [action for action in menus["Province"].actions() if not action.isSeparator()]
    assert [action.text() for action in listed] == ["广东省\t2", "湖北省\t1", "unknown"]
    listed[1].trigger()
    assert bar.conditions == [Condition("province", "湖北省", exact=True)]
    assert len(titles(desk)) == 1
    chooser.hide()
    desk.window.report_list.filter_bar.choose_status("done")
    assert chips(desk) == ["Province: 湖北省", "Status: done"]
    assert titles(desk) == []


def test_another_project_begins_unfiltered(desk: Desk) -> None:
    type_in(desk, "省=湖北省 ")
    desk.window.report_list.show_project()
    assert chips(desk) == []
    assert len(titles(desk)) == 3
