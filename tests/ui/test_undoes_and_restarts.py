"""Somebody takes things back, also tomorrow, also in another report."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QRunnable, Qt

from tests.ui.conftest import Open


def test_delete_undo_and_redo_survive_a_restart(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_Delete)
    assert desk.words() == []
    desk.window.close()

    desk = open_window(project)
    assert "Delete" in desk.window.actions_["edit.undo"].text()
    assert "587项" in desk.window.actions_["edit.undo"].text()
    desk.do("edit.undo")
    assert desk.words() == [("INDICATOR", "587项")]
    assert desk.window.controller.selected == (desk.spans[0].uid,)
    desk.window.close()

    desk = open_window(project)
    assert desk.words() == [("INDICATOR", "587项")]
    desk.do("edit.redo")
    assert desk.words() == []


def test_undo_opens_the_report_it_concerns(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    first = desk.window.controller.report
    assert first is not None
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    desk.do("report.next")
    assert desk.window.controller.report is not first
    desk.do("edit.undo")
    assert desk.window.controller.report is not None
    assert desk.window.controller.report.id == first.id
    assert desk.words() == []


def test_undo_is_named_in_menu_and_tooltip(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    action = desk.window.actions_["edit.undo"]
    assert "587项" in action.text()
    assert "587项" in action.toolTip()
    desk.do("edit.undo")
    assert "587项" in desk.window.actions_["edit.redo"].text()
    assert "Undone" in desk.said()


def test_undo_of_the_import_takes_the_reports_back_and_redo_returns_them(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.do("edit.undo")
    assert desk.window.controller.report is None
    assert desk.window.middle.currentWidget() is desk.window.start
    assert desk.window.report_list.model.rowCount() == 0
    desk.do("edit.redo")
    assert desk.window.report_list.model.rowCount() == 3
    assert desk.window.middle.currentWidget() is desk.window.report_pane


def test_what_is_shown_is_on_disk(open_window: Open, project: Path) -> None:
    from annotator.services.session import Session
    from tests.ui.conftest import PERSON

    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    other = Session.open(project, PERSON, write=False)  # while the window is open and has closed nothing
    try:
        report = other.open_report(desk.window.controller.report.id)  # type: ignore[union-attr]
        assert [(s.label, report.text[s.start : s.end]) for s in report.spans] == [("INDICATOR", "587项")]
    finally:
        other.close()


def test_the_caret_stands_where_it_was_left(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    offset = desk.find("21场")[0]
    desk.view.set_caret(offset)
    desk.do("report.next")
    desk.do("report.previous")
    assert desk.view.caret() == offset
    desk.do("report.next")
    report = desk.window.controller.report
    desk.window.close()
    desk = open_window(project)
    assert desk.window.controller.report is not None
    assert report is not None
    assert desk.window.controller.report.id == report.id


def test_a_large_import_is_taken_back_beside_the_window(open_window: Open, project: Path, tmp_path: Path) -> None:
    from annotator.ui.commands import LONG

    lines = "".join(f'{{"text": "报告第{n}份。"}}\n' for n in range(LONG + 100))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    desk = open_window(project)
    desk.window.commands.project.transfers.import_paths([str(tmp_path / "many.jsonl")])
    desk.wait_for_job()
    model = desk.window.report_list.model
    desk.qtbot.waitUntil(lambda: model.complete)
    assert model.rowCount() == LONG + 103
    desk.do("edit.undo")
    desk.window.status.progress.cancel.click()
    desk.wait_for_job()
    desk.qtbot.waitUntil(lambda: "Cancelled" in desk.said() or "Undone" in desk.said())
    session = desk.window.controller.session
    assert session is not None
    assert not session.store.history.running()
    if "Cancelled" in desk.said():
        assert session.store.totals.reports() == LONG + 103
    else:  # it was quicker than the click
        desk.do("edit.redo")
        desk.wait_for_job()
    transfers = desk.window.commands.project.transfers
    for action, left in (("edit.undo", 3), ("edit.redo", LONG + 103)):
        desk.qtbot.waitUntil(lambda: not transfers.travelling)
        desk.do(action)
        assert desk.window.tasks.current is not None
        desk.do(action)
        assert "wait" in desk.said()
        desk.wait_for_job()
        desk.qtbot.waitUntil(lambda: model.complete)
        assert model.rowCount() == left
    desk.qtbot.waitUntil(lambda: not transfers.travelling)


class AtOnce:
    """A pool whose jobs are over before `start` returns."""

    def start(self, runner: QRunnable) -> None:
        thread = threading.Thread(target=runner.run)
        thread.start()
        thread.join()

    def waitForDone(self) -> bool:
        return True


def test_an_import_that_is_taken_back_at_once_leaves_undo_free(
    open_window: Open, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.ui.commands import LONG

    lines = "".join(f'{{"text": "报告第{n}份。"}}\n' for n in range(LONG + 1))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    desk = open_window(project)
    monkeypatch.setattr(desk.window.tasks, "_pool", AtOnce())
    desk.window.commands.project.transfers.import_paths([str(tmp_path / "many.jsonl")])
    model = desk.window.report_list.model
    for action, left in (("edit.undo", 3), ("edit.redo", LONG + 4), ("edit.undo", 3)):
        desk.wait_for_job()
        desk.do(action)
        desk.wait_for_job()
        desk.qtbot.waitUntil(lambda count=left: model.complete and model.rowCount() == count)
