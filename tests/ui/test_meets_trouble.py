"""Things that go wrong: a project that is open elsewhere, a file that is none, a bug, a step that was cut off."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator import locations
from annotator.services.editing import Editor
from annotator.services.session import Session
from annotator.ui.errors import Presenter, write_crash_report
from tests.ui.conftest import PERSON, Open


def test_a_second_window_reads_only_and_says_who_holds_the_project(open_window: Open, project: Path) -> None:
    first = open_window(project)
    second = open_window(project)
    assert not second.window.controller.writable
    assert second.window.bar.isVisible()
    told = second.window.bar.words.text()
    assert "reading only" in told and "process" in told
    assert "read-only" not in told  # it is open so already: nobody need be told to
    assert second.window.status.read_only.isVisible()
    second.select("587项")
    second.key(Qt.Key.Key_3)
    assert second.words() == []
    assert not second.window.actions_["edit.undo"].isEnabled()
    assert not second.window.actions_["project.import_files"].isEnabled()
    first.select("587项")
    first.key(Qt.Key.Key_3)
    assert first.words() == [("INDICATOR", "587项")]


def test_a_project_that_was_left_open_says_so_and_has_everything(open_window: Open, project: Path) -> None:
    with Session.open(project, PERSON).store as store:
        (report,) = store.reports.ids(limit=1)
        left = store.second()  # keeps the log beside the file
        Editor(Session(store, PERSON)).set_status(Session(store, PERSON).open_report(report), "flagged")
        log = project.with_name(project.name + "-wal").read_bytes()
        body = project.read_bytes()
        left.close()
    project.write_bytes(body)
    project.with_name(project.name + "-wal").write_bytes(log)
    desk = open_window(project)
    assert desk.window.bar.isVisible() and "was not closed" in desk.window.bar.words.text()
    assert desk.window.controller.report.status == "flagged"
    desk.window.close()
    assert not open_window(project).window.bar.isVisible()


def test_a_file_that_is_no_project(open_window: Open, tmp_path: Path) -> None:
    (tmp_path / "letter.annodb").write_text("这不是项目", encoding="utf-8")
    desk = open_window()
    assert not desk.window.commands.project.open_path(tmp_path / "letter.annodb")
    assert desk.window.bar.isVisible()
    assert "letter.annodb" in desk.window.bar.words.text()
    assert desk.window.middle.currentWidget() is desk.window.start


def test_a_project_that_cannot_be_opened_leaves_the_open_one(open_window: Open, project: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.annodb").write_text("这不是项目", encoding="utf-8")
    desk = open_window(project)
    desk.window.commands.project.open_path(tmp_path / "letter.annodb")
    assert desk.text.startswith("云岭镇")
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    assert desk.words() == [("INDICATOR", "587项")]


def test_a_bug_goes_to_a_crash_report_and_the_window_goes_on(
    open_window: Open, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_window(project)
    presenter = desk.window.controller.presenter
    monkeypatch.setattr(sys, "excepthook", presenter._hook)

    secret = desk.text[:12]
    try:
        raise ZeroDivisionError(secret)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (file,) = locations.crash_folder().iterdir()
    written = file.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "test_meets_trouble.py" in written
    assert secret not in written
    assert str(file) in desk.window.bar.words.text()
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    assert desk.words() == [("INDICATOR", "587项")]


def test_old_crash_reports_go(home: Path) -> None:
    for _ in range(25):
        write_crash_report(ValueError())
    assert len(list(locations.crash_folder().iterdir())) == 20


def test_an_interrupt_is_no_crash(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[str] = []
    presenter = Presenter()
    presenter.shown.connect(lambda words, _bug: shown.append(words))
    presenter._hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not shown
    assert not locations.crash_folder().exists()


@pytest.mark.parametrize("keep", [True, False])
def test_a_step_that_was_cut_off_is_kept_or_taken_back(
    open_window: Open, project: Path, tmp_path: Path, keep: bool
) -> None:
    from annotator.services.importing import import_paths

    session = Session.open(project, PERSON)
    (tmp_path / "more.txt").write_text("横岭县2020年报告\n内容。", encoding="utf-8")
    result = import_paths(session.store, session.person.uid, [tmp_path / "more.txt"])
    assert result.step is not None
    with session.store.transaction():  # as a crash in the middle leaves it
        session.store.history.set_state(result.step.id, "running")
    session.close()

    desk = open_window(project)
    assert desk.window.bar.isVisible()
    assert len(desk.window.bar.buttons) == 2
    desk.window.bar.buttons[1 if keep else 0].click()
    assert not desk.window.bar.isVisible()
    assert desk.window.report_list.model.rowCount() == (4 if keep else 3)
    desk.window.close()
    desk = open_window(project)
    assert not desk.window.bar.isVisible()


def test_who_annotates_is_changed_by_a_click(open_window: Open, project: Path) -> None:
    from annotator.services.settings import Settings

    desk = open_window(project)
    annotator = desk.window.status.annotator
    assert "甲" in annotator.button.text()
    QTest.mouseClick(annotator.button, Qt.MouseButton.LeftButton)
    assert annotator.field.hasFocus()
    annotator.field.setText("乙")
    QTest.keyClick(annotator.field, Qt.Key.Key_Return)
    assert "乙" in annotator.button.text()
    assert Settings.load().get("person.name") == "乙"
    desk.do("edit.undo")
    assert "甲" in annotator.button.text()
    desk.do("edit.redo")
    desk.window.close()
    desk = open_window(project)
    assert "乙" in desk.window.status.annotator.button.text()


def test_escape_leaves_the_name_as_it_was(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    annotator = desk.window.status.annotator
    annotator.edit()
    annotator.field.setText("丙")
    QTest.keyClick(annotator.field, Qt.Key.Key_Escape)
    assert "甲" in annotator.button.text()
    assert desk.window.controller.session.person.name == "甲"  # type: ignore[union-attr]


def test_new_open_recent_and_close(
    open_window: Open, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    desk = open_window(project)
    desk.qtbot.waitUntil(lambda: bool(desk.window.settings.get("projects.recent")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "fresh"), ""))
    desk.do("project.new")
    assert desk.window.controller.session.path == tmp_path / "fresh.annodb"  # type: ignore[union-attr]
    desk.window.actions_.recent.aboutToShow.emit()
    recent = [action.text() for action in desk.window.actions_.recent.actions()]
    assert str(project) in recent
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(project), ""))
    desk.do("project.open")
    assert desk.text.startswith("云岭镇")
    desk.do("project.close")
    assert desk.window.middle.currentWidget() is desk.window.start
    Session.open(project, PERSON).close()


def test_the_sample_project(open_window: Open) -> None:
    desk = open_window()
    desk.do("project.sample")
    assert desk.window.report_list.model.rowCount() >= 3
    assert desk.spans
    assert desk.window.windowTitle().startswith("Sample project")
