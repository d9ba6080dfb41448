"""Somebody finds commands by typing, and gives actions other keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services.settings import Settings
from annotator.ui import translation
from annotator.ui.keyboard.keys import KeysDialog
from annotator.ui.keyboard.palette import Palette
from annotator.ui.keyboard.shortcuts import ShortcutsDialog
from tests.ui.conftest import Desk, Open

Key, CTRL, ALT, SHIFT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    desk.view.set_caret(0)
    return desk


# ---- the palette ---------------------------------------------------------------------------------


def palette(desk: Desk) -> Palette:
    """The palette, opened as a person does."""
    desk.key(Key.Key_K, CTRL)
    (dialog,) = desk.window.findChildren(Palette)
    assert dialog.focusWidget() is dialog.field
    return dialog


def shown(dialog: Palette) -> list[str]:
    return [dialog.model.command(row).words for row in range(dialog.model.rowCount())]


def test_ctrl_k_finds_a_command_and_enter_runs_it(desk: Desk) -> None:
    dialog = palette(desk)
    QTest.keyClicks(dialog.field, "next untou")
    assert shown(dialog)[0] == "Next untouched number"
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert desk.view.selected_text() == "587项"


def test_the_palette_shows_keys_and_what_cannot_be_done_now(desk: Desk) -> None:
    dialog = palette(desk)
    QTest.keyClicks(dialog.field, "delete the span")
    command = dialog.model.command(0)
    assert (command.words, command.key, command.enabled) == ("Delete the span", "Del", False)
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert dialog.isVisible(), "Enter on what cannot be done leaves the palette open"
    QTest.keyClick(dialog.field, Key.Key_Escape)
    assert not dialog.isVisible()


def test_arrows_choose_in_the_palette(desk: Desk) -> None:
    dialog = palette(desk)
    QTest.keyClicks(dialog.field, "clause")
    words = shown(dialog)
    QTest.keyClick(dialog.field, Key.Key_Down)
    assert dialog.list.currentIndex().data() == words[1]
    QTest.keyClick(dialog.field, Key.Key_Up)
    QTest.keyClick(dialog.field, Key.Key_Up)
    assert dialog.list.currentIndex().data() == words[0]


def test_the_palette_finds_chinese_words_english_and_pinyin_initials(desk: Desk) -> None:
    translation.set_language("zh_CN")
    desk.qtbot.waitUntil(lambda: desk.window.actions_.words("sentence.next") == "下一句")
    dialog = palette(desk)
    for typed in ("下一句", "xyj", "next sentence"):
        dialog.field.setText(typed)
        assert dialog.model.command(0).key == ".", typed


def test_the_palette_tags(desk: Desk) -> None:
    desk.key(Key.Key_N)
    dialog = palette(desk)
    QTest.keyClicks(dialog.field, "indicator")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert desk.words() == [("INDICATOR", "587项")]


def test_typing_what_nothing_is_called_says_so(desk: Desk) -> None:
    dialog = palette(desk)
    QTest.keyClicks(dialog.field, "zzqq")
    assert dialog.nothing.isVisible()
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert dialog.isVisible()


# ---- the editor of keys --------------------------------------------------------------------------


def editor(desk: Desk, action: str) -> ShortcutsDialog:
    desk.do("help.change_keys")
    (dialog,) = desk.window.findChildren(ShortcutsDialog)
    dialog.choose(action)
    dialog.fields[0].setFocus()
    return dialog


def test_another_key_works_at_once_and_after_a_restart(desk: Desk, open_window: Open, project: Path) -> None:
    dialog = editor(desk, "number.next")
    QTest.keyClick(dialog.fields[0], Key.Key_Y)
    assert dialog.fields[0].text() == "Y"
    assert dialog.problem.text() == ""
    dialog.reject()
    desk.key(Key.Key_N)
    assert desk.view.selected_text() == ""
    desk.key(Key.Key_Y)
    assert desk.view.selected_text() == "587项"
    assert "\tY" in desk.window.actions_["number.next"].text()
    desk.window.close()
    again = open_window(project)
    again.view.set_caret(0)
    again.key(Key.Key_Y)
    assert again.view.selected_text() == "587项"
    assert Settings.load().table("keys") == {"number.next": ["Y"]}


def test_a_shortcut_of_the_window_can_be_changed(desk: Desk) -> None:
    dialog = editor(desk, "view.left")
    QTest.keyClick(dialog.fields[0], Key.Key_D, CTRL)
    assert [s.toString() for s in desk.window.actions_["view.left"].shortcuts()] == ["Ctrl+D"]
    QTest.keyClick(dialog.fields[0], Key.Key_Escape)
    assert desk.window.actions_.keys.keys("view.left") == ("Ctrl+D",)


@pytest.mark.parametrize(
    ("action", "key", "modifiers", "words"),
    [
        ("clause.next", Key.Key_N, Qt.KeyboardModifier.NoModifier, "Next untouched number"),
        ("clause.next", Key.Key_1, Qt.KeyboardModifier.NoModifier, "label"),
        ("clause.next", Key.Key_1, SHIFT, "label"),
        ("clause.next", Key.Key_Left, CTRL, "moves, selects or edits"),
        ("clause.next", Key.Key_C, CTRL, "moves, selects or edits"),
        ("clause.next", Key.Key_F10, Qt.KeyboardModifier.NoModifier, "system"),
        ("clause.next", Key.Key_Space, CTRL, "system"),
        ("clause.next", Key.Key_P, CTRL, "system"),
        ("clause.next", Key.Key_F, CTRL | SHIFT, "system"),
        ("clause.next", Key.Key_P, ALT, "menu"),
        ("view.left", Key.Key_Y, Qt.KeyboardModifier.NoModifier, "typed into fields"),
    ],
)
def test_a_key_that_clashes_is_explained_and_changes_nothing(
    desk: Desk, action: str, key: Key, modifiers: Qt.KeyboardModifier, words: str
) -> None:
    before = desk.window.actions_.keys.keys(action)
    dialog = editor(desk, action)
    QTest.keyClick(dialog.fields[0], key, modifiers)
    assert words in dialog.problem.text()
    assert desk.window.actions_.keys.keys(action) == before
    assert Settings.load().table("keys") == {}


def test_a_key_is_switched_off_and_put_back(desk: Desk) -> None:
    dialog = editor(desk, "clause.next")
    dialog.off_buttons[0].click()
    desk.key(Key.Key_J)
    assert desk.view.selected_text() == ""
    assert dialog.fields[0].text() == ""
    dialog.reset_button.click()
    desk.key(Key.Key_J)
    assert desk.view.selected_text()
    assert Settings.load().table("keys") == {}


def test_a_second_key_and_all_put_back(desk: Desk) -> None:
    dialog = editor(desk, "clause.next")
    QTest.keyClick(dialog.fields[1], Key.Key_Y)
    assert desk.window.actions_.keys.keys("clause.next") == ("J", "Y")
    QTest.keyClick(dialog.fields[1], Key.Key_J)
    assert "already" in dialog.problem.text()
    dialog.reset_all.click()
    assert desk.window.actions_.keys.keys("clause.next") == ("J",)


def test_a_key_taken_away_can_be_given_to_another(desk: Desk) -> None:
    dialog = editor(desk, "number.next")
    dialog.off_buttons[0].click()
    dialog.choose("clause.next")
    QTest.keyClick(dialog.fields[0], Key.Key_N)
    assert dialog.problem.text() == ""
    desk.key(Key.Key_N)
    assert desk.view.selected_text() == "云岭镇2023年法治政府建设情况报告"


def test_finding_an_action_by_its_key(desk: Desk) -> None:
    dialog = editor(desk, "clause.next")
    dialog.filter.setText("shift+j")
    assert [item.text(0) for item in dialog.items() if not item.isHidden()] == ["One clause more"]


def test_an_edge_is_moved_by_the_keys_a_person_has_chosen(desk: Desk) -> None:
    dialog = editor(desk, "clause.next")
    QTest.keyClick(dialog.fields[0], Key.Key_Y)
    dialog.reject()
    desk.select("梳理服务事项587项")
    desk.key(Key.Key_1)
    for key in (Key.Key_E, Key.Key_Y, Key.Key_Return):
        desk.key(key)
    assert desk.words() == [("MEASURE", "梳理服务事项587项,投入约45亿元")]


def test_the_sheet_of_keys_shows_the_keys_in_force(desk: Desk) -> None:
    desk.window.actions_.keys.set_keys("clause.next", ["Y"])
    QTest.keyClick(desk.view, Key.Key_F1)
    (dialog,) = desk.window.findChildren(KeysDialog)
    tree = dialog.tree
    tops = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    keys = {top.child(n).text(0): top.child(n).text(1) for top in tops for n in range(top.childCount())}
    assert keys["Next clause"] == "Y"
    desk.window.actions_.keys.reset(["clause.next"])
    tops = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    keys = {top.child(n).text(0): top.child(n).text(1) for top in tops for n in range(top.childCount())}
    assert keys["Next clause"] == "J"


def test_the_sheet_of_keys_is_as_wide_as_its_longest_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeysDialog, "screen", lambda _dialog: _Wide())
    QTest.keyClick(desk.view, Key.Key_F1)
    (dialog,) = desk.window.findChildren(KeysDialog)
    QApplication.processEvents()
    for column in (0, 1):
        assert dialog.tree.columnWidth(column) >= dialog.tree.sizeHintForColumn(column)


class _Wide:
    """A screen with room."""

    def availableGeometry(self) -> QRect:
        return QRect(0, 0, 1920, 1080)


def test_hints_name_the_key_in_force(desk: Desk) -> None:
    assert "Ctrl+J" in desk.window.report_list.filter.placeholderText()
    desk.window.actions_.keys.set_keys("edit.find_report", ["Ctrl+D"])
    assert "Ctrl+D" in desk.window.report_list.filter.placeholderText()
    desk.key(Key.Key_A)
    desk.window.actions_.keys.set_keys("clause.next", ["Y"])
    assert "Y leaves" in desk.window.keyboard.line.chip.text()


def test_every_key_of_the_table_can_be_changed_and_stands_in_the_sheet(desk: Desk) -> None:
    from annotator.ui.actions import ACTIONS

    dialog = editor(desk, "clause.next")
    listed = {item.data(0, Qt.ItemDataRole.UserRole) for item in dialog.items()}
    assert listed == {row.id for row in ACTIONS if row.where != "field" and row.id != "project.recent"}
    desk.do("help.keys")
    (sheet,) = desk.window.findChildren(KeysDialog)
    tops = [sheet.tree.topLevelItem(n) for n in range(sheet.tree.topLevelItemCount())]
    words = {top.child(n).text(0) for top in tops for n in range(top.childCount())}
    assert {row.words for row in ACTIONS if row.keys} <= words
