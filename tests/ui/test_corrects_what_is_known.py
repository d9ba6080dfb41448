"""Somebody looks at what is known about reports, sees where it was read, and corrects it, for one and for several."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.ui.dialogs.properties import PropertiesDialog
from annotator.ui.dialogs.property_rows import Choice
from annotator.ui.dialogs.several_properties import SeveralPropertiesDialog
from tests.ui.conftest import Desk, Open


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


def properties(desk: Desk) -> PropertiesDialog:
    desk.do("report.properties")
    return next(w for w in desk.window.findChildren(PropertiesDialog) if w.isVisible())


def write(dialog: PropertiesDialog | SeveralPropertiesDialog, field: str, words: str) -> None:
    line = dialog.fields[field]
    line.setFocus()
    line.selectAll()  # type: ignore[union-attr]
    line.insert(words)  # type: ignore[union-attr]
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_every_field_says_where_it_was_read(desk: Desk) -> None:
    dialog = properties(desk)
    assert dialog.fields["title"].value() == "云岭镇2023年法治政府建设情况报告"
    assert dialog.rows.where("title") == "the title line"
    assert dialog.rows.where("year") == "the title"
    assert len(dialog.fields["file_hash"].value()) == 64
    assert dialog.fields["issuer"].value() == ""
    assert dialog.rows.where("issuer") == ""


def test_a_correction_is_by_hand_and_can_be_undone(desk: Desk) -> None:
    dialog = properties(desk)
    write(dialog, "issuer", "云岭镇人民政府")
    assert dialog.rows.where("issuer") == "by hand"
    assert "issuing body" in desk.said()
    desk.do("edit.undo")
    assert dialog.fields["issuer"].value() == ""
    assert dialog.rows.where("issuer") == ""


def test_what_does_not_fit_is_said_and_changes_nothing(desk: Desk) -> None:
    dialog = properties(desk)
    write(dialog, "date", "tomorrow")
    assert "is no date" in dialog.problem.text()
    assert "Date of publication" in dialog.problem.text()
    QTest.keyClick(dialog.fields["date"], Qt.Key.Key_Escape)
    assert dialog.fields["date"].value() == ""
    assert dialog.isVisible()


def test_the_level_is_chosen(desk: Desk) -> None:
    dialog = properties(desk)
    level = dialog.fields["level"]
    assert isinstance(level, Choice)
    assert level.currentText() == "township level"
    level.setCurrentIndex(level.findData("county"))
    level.activated.emit(level.currentIndex())
    assert dialog.rows.where("level") == "by hand"
    report = desk.window.controller.report
    assert report is not None
    assert report.detail.meta["level"] == "county"


def test_the_file_s_own_facts_are_only_read(desk: Desk) -> None:
    dialog = properties(desk)
    assert dialog.fields["file_hash"].isReadOnly()  # type: ignore[union-attr]


def test_tab_goes_through_the_fields_and_keeps_them_in_sight(desk: Desk) -> None:
    dialog = properties(desk)
    dialog.resize(500, 260)
    dialog.fields["title"].setFocus()
    for _ in range(9):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    focused = dialog.focusWidget()
    assert focused is dialog.fields["year"]
    viewport = dialog.rows.viewport()
    assert viewport.rect().contains(focused.mapTo(viewport, focused.rect().center()))


def test_several_reports_at_once_are_one_step(desk: Desk) -> None:
    panel = desk.window.report_list
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.selected()) == 3
    assert "3 selected" in panel.numbers.text()
    desk.do("report.properties")
    dialog = next(w for w in desk.window.findChildren(SeveralPropertiesDialog) if w.isVisible())
    assert "title" not in dialog.fields
    assert dialog.fields["year"].placeholderText() == "they differ"  # type: ignore[union-attr]
    assert dialog.rows.where("level") == "they differ"
    write(dialog, "province", "广东省")
    session = desk.window.controller.session
    assert session is not None
    assert session.store.facts.values("province") == [("广东省", 3)]
    assert dialog.fields["province"].placeholderText() == ""  # type: ignore[union-attr]
    desk.do("edit.undo")
    assert session.store.facts.values("province") == [("安徽省", 1)]  # the one 云岭镇 there is
    assert dialog.fields["province"].value() == ""
    assert dialog.fields["province"].placeholderText() == "they differ"  # type: ignore[union-attr]


def test_opening_a_report_ends_the_selection(desk: Desk) -> None:
    panel = desk.window.report_list
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    index = panel.model.index(2)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(index).center())
    assert desk.text.startswith("青禾县")
    assert panel.selected() == [panel.model.id_at(2)]
    assert isinstance(properties(desk), PropertiesDialog)
