"""Somebody sets up the window: theme, language, text size, panes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from annotator.services.settings import Settings
from annotator.ui import look
from annotator.ui.actions import ACTIONS, BY_ID, MENUS
from annotator.ui.commands import Commands
from annotator.ui.project_commands import ProjectCommands
from tests.ui.conftest import Desk, Open


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


def test_dark_and_light(desk: Desk) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk.do("view.theme_dark")
    assert look.theme().name == "dark"
    assert desk.window.palette().window().color().name() == look.theme().panel
    assert desk.view.viewport().grab().toImage().pixelColor(3, 3).name() == look.theme().ground
    assert Settings.load().get("window.theme") == "dark"
    desk.do("view.theme_light")
    assert desk.view.viewport().grab().toImage().pixelColor(3, 3).name() == look.theme().ground == "#ffffff"


def test_chinese_and_english_while_running(desk: Desk) -> None:
    button = desk.window.report_pane.labels.buttons[0]
    assert button.text() == "Measure"
    desk.do("view.language_zh_CN")
    desk.qtbot.waitUntil(lambda: button.text() == "举措")
    assert Settings.load().get("window.language") == "zh_CN"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text() == "取消"
    desk.do("view.language_en")
    desk.qtbot.waitUntil(lambda: button.text() == "Measure")
    assert desk.window.actions_["edit.undo"].text().startswith("Undo")


def test_text_size(desk: Desk) -> None:
    before = desk.view.zoom()
    QTest.keyClick(desk.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.view.zoom() > before
    desk.do("view.zoom_out")
    desk.do("view.zoom_out")
    assert desk.view.zoom() < before
    desk.do("view.zoom_reset")
    assert desk.view.zoom() == 100
    desk.view.zoomRequested.emit(130)
    assert desk.view.zoom() == Settings.load().get("window.zoom") == 130


def test_panes_are_hidden_and_come_back(desk: Desk) -> None:
    desk.do("view.left")
    assert not desk.window.report_list.isVisible()
    assert desk.window.entity_panel.isVisible()
    desk.do("edit.find_report")
    assert desk.window.report_list.isVisible(), "asking for the filter brings its pane back"
    desk.do("view.right")
    assert not desk.window.entity_panel.isVisible()
    assert Settings.load().get("window.right") is False


def test_size_and_panes_are_remembered(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.window.resize(1000, 640)
    desk.window.splitter.setSizes([200, 500, 300])
    sizes = desk.window.splitter.sizes()
    desk.window.close()
    desk = open_window()
    desk.window.close()
    again = Settings.load().get("window.panes").split(",")
    assert [int(part) for part in again[:3]] == sizes
    assert Settings.load().get("window.geometry")


def test_everything_fits_into_1280_by_720(desk: Desk) -> None:
    desk.window.resize(1280, 720)
    assert (desk.window.width(), desk.window.height()) == (1280, 720)
    assert desk.window.minimumSizeHint().width() <= 1280
    assert desk.window.minimumSizeHint().height() <= 720
    bar = desk.window.report_pane.labels
    assert all(button.isVisible() for button in bar.buttons)


def test_labels_that_do_not_fit_stand_in_a_menu(desk: Desk) -> None:
    bar = desk.window.report_pane.labels
    bar.setFixedWidth(bar.buttons[0].sizeHint().width() + 60)
    assert [button.isVisible() for button in bar.buttons] == [True, False, False]
    assert [action.text().split("\t")[1] for action in bar.overflow()] == ["2", "3"]
    desk.select("镇司法所")
    bar.overflow()[0].trigger()
    assert desk.words() == [("INSTITUTION", "镇司法所")]


def test_every_action_of_the_table_has_a_handler(desk: Desk) -> None:
    by_prefix = ("view.names_", "view.theme_", "view.language_", "find.", "reading.", "labels.")
    for row in ACTIONS:
        name = row.id.replace(".", "_")
        known = hasattr(Commands, name) or hasattr(ProjectCommands, name) or row.id.startswith(by_prefix)
        assert known or row.id in desk.window.commands.more or row.id == "project.recent", row.id


def test_no_key_stands_twice_and_none_is_the_systems() -> None:
    keys = [(key, row.where == "report") for row in ACTIONS for key in row.keys]
    assert len(keys) == len(set(keys))
    foreign = {
        "F10",
        "Shift+F10",
        "Alt+F4",
        "Ctrl+Space",
        "Shift+Space",
        "Meta+Space",
        "Ctrl+.",
        "Ctrl+;",
        "Ctrl+Shift+F",
        "Ctrl+Shift+U",
        "Ctrl+P",
    }
    assert not foreign & {key for key, _ in keys}
    assert not [key for key, _ in keys if re.fullmatch(r"Alt\+[A-Z]", key)], "letters with Alt are the menus'"
    assert {row.menu for row in ACTIONS} <= {"", *(name for name, _ in MENUS)}
    assert len(BY_ID) == len(ACTIONS)


def test_every_widget_that_takes_the_focus_has_a_name(desk: Desk) -> None:
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    from PySide6.QtWidgets import QAbstractButton, QWidget

    nameless = []
    for widget in desk.window.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not words and not widget.toolTip():
            nameless.append(widget)
    assert not nameless


def test_tab_goes_round_the_whole_window(desk: Desk) -> None:
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    seen = set()
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    window = desk.window
    for widget in (
        window.report_list.filter,
        window.report_list.view,
        desk.view,
        window.entity_panel.view,
        window.entity_panel.editor.note,
    ):
        assert widget in seen


def test_the_sheet_of_keys_lists_labels_and_actions(desk: Desk) -> None:
    from annotator.ui.keyboard.keys import KeysDialog

    desk.do("help.keys")
    (dialog,) = desk.window.findChildren(KeysDialog)
    shown = []
    for n in range(dialog.tree.topLevelItemCount()):
        top = dialog.tree.topLevelItem(n)
        shown += [(top.child(m).text(0), top.child(m).text(1)) for m in range(top.childCount())]
    assert ("Measure", "1") in shown
    assert any(words == "Undo" and "Ctrl+Z" in keys for words, keys in shown)
    dialog.close()


def test_about(desk: Desk) -> None:
    from annotator.ui.dialogs.about import AboutDialog

    desk.do("help.about")
    (dialog,) = desk.window.findChildren(AboutDialog)
    dialog.close()
