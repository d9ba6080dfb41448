"""Somebody brings reports in, by dialog and by dropping them, and takes a dataset out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.services.exporting import ExportOptions
from annotator.services.session import Session
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.import_result import ImportResultDialog
from annotator.ui.main_window import MainWindow
from tests.ui.conftest import PERSON, Desk, Open


@pytest.fixture
def empty(open_window: Open, tmp_path: Path) -> Desk:
    """A window on a project without reports."""
    Session.create(tmp_path / "empty.annodb", PERSON).close()
    return open_window(tmp_path / "empty.annodb")


def drop(window: MainWindow, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, event)


def test_an_empty_project_says_what_to_do(empty: Desk) -> None:
    assert empty.window.middle.currentWidget() is empty.window.start
    assert {"project.import_files", "project.import_folder", "project.sample"} == set(empty.window.start.buttons)


def test_files_chosen_in_the_dialog(empty: Desk, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(f) for f in files], ""))
    empty.do("project.import_files")
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 3
    assert empty.text.startswith("云岭镇")
    assert "3 reports imported" in empty.said()
    assert not empty.window.bar.isVisible(), "nothing went wrong, so the status line is enough"


def test_a_folder_chosen_in_the_dialog(empty: Desk, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(files[0].parent))
    empty.do("project.import_folder")
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 3


def test_files_dropped_on_the_window(empty: Desk, files: list[Path]) -> None:
    drop(empty.window, [files[0].parent])
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 3
    empty.do("edit.undo")
    assert empty.window.report_list.model.rowCount() == 0


def test_bad_files_are_listed_and_the_good_ones_come_in(empty: Desk, files: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "picture.txt"
    bad.write_bytes(bytes(range(256)) * 20)
    drop(empty.window, [bad, files[0], files[0]])
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 1
    assert empty.window.bar.isVisible()
    empty.window.bar.buttons[0].click()
    dialog = next(d for d in empty.window.findChildren(ImportResultDialog))
    shown = [dialog.tree.topLevelItem(n).text(0) for n in range(dialog.tree.topLevelItemCount())]
    assert any(title.startswith("Not imported") for title in shown)
    dialog.save(tmp_path / "result.json")
    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert result["added"] == 1
    assert [entry["file"] for entry in result["failed"]] == [str(bad)]
    path = empty.window.controller.session.path
    before = path.read_bytes()
    for wrong in (path, path.with_name(path.name + "-wal"), tmp_path / "none" / "x.json"):
        dialog.save(wrong)
        assert "Nothing was written" in dialog.problem.text()
    assert path.read_bytes() == before
    dialog.close()


def test_known_reports_are_not_added_again(open_window: Open, project: Path, files: list[Path]) -> None:
    desk = open_window(project)
    drop(desk.window, files)
    desk.wait_for_job()
    assert desk.window.report_list.model.rowCount() == 3
    assert "3 known already" in desk.said()


def test_reports_dropped_without_a_project(open_window: Open, files: list[Path]) -> None:
    desk = open_window()
    drop(desk.window, files)
    assert desk.window.bar.isVisible()
    assert len(desk.window.bar.buttons) == 2


def test_a_project_dropped_on_the_window_is_opened(open_window: Open, project: Path) -> None:
    desk = open_window()
    drop(desk.window, [project])
    assert desk.text.startswith("云岭镇")


def test_editing_goes_on_while_an_import_runs(open_window: Open, project: Path, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "报告第{n}份。{"字" * 500}"}}\n' for n in range(3_000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    desk = open_window(project)
    drop(desk.window, [tmp_path / "many.jsonl"])
    assert desk.window.tasks.current is not None
    assert desk.window.status.progress.isVisible()
    assert not desk.window.actions_["project.export"].isEnabled()
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    assert desk.words() == [("INDICATOR", "587项")]
    desk.wait_for_job()
    desk.qtbot.waitUntil(lambda: desk.window.report_list.model.complete)
    assert desk.window.report_list.model.rowCount() == 3_003
    assert desk.words() == [("INDICATOR", "587项")]
    assert not desk.window.status.progress.isVisible()


def test_a_cancelled_import_keeps_whole_reports_and_says_how_many(empty: Desk, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "报告第{n}份。{"字" * 500}"}}\n' for n in range(20_000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    drop(empty.window, [tmp_path / "many.jsonl"])
    task = empty.window.tasks.current
    assert task is not None
    empty.qtbot.waitSignal(task.progressed, timeout=10_000).wait()
    empty.window.status.progress.cancel.click()
    empty.wait_for_job()
    empty.qtbot.waitUntil(lambda: empty.window.report_list.model.complete)
    kept = empty.window.report_list.model.rowCount()
    assert kept < 20_000
    if kept:
        assert f"{kept} report" in empty.said()
    assert "cancelled" in empty.said()


def test_export_as_json_lines(open_window: Open, project: Path, tmp_path: Path) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    desk.do("project.export")
    dialog = next(iter(desk.window.findChildren(ExportDialog)))
    dialog.format.setCurrentIndex(dialog.format.findData("jsonl"))
    dialog.path.setText(str(tmp_path / "out.jsonl"))
    dialog.go.click()
    desk.wait_for_job()
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) == 3
    assert [span["text"] for record in records for span in record.get("spans", [])] == ["587项"]
    assert (tmp_path / "out.jsonl.loss.json").is_file()
    assert "3 reports with 1 span" in desk.said() + desk.window.bar.words.text()


def test_the_export_dialog_asks_for_what_the_format_takes(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    dialog = ExportDialog(desk.window.controller.session, desk.window.settings, desk.window)
    dialog.format.setCurrentIndex(dialog.format.findData("spacy"))
    dialog.path.setText("/nowhere/set.spacy")
    dialog.labels.boxes["MEASURE"].setChecked(False)
    dialog.statuses.boxes["flagged"].setChecked(True)
    assert dialog.options() == ExportOptions(
        format="spacy",
        out=Path("/nowhere/set.spacy"),
        statuses=["done", "flagged"],
        labels=["INSTITUTION", "INDICATOR"],
        ents=["INSTITUTION", "INDICATOR"],
        overlap="longest",
        text="body",
    )
    dialog.format.setCurrentIndex(dialog.format.findData("jsonl"))
    assert dialog.options().text is None
    assert dialog.options().statuses is None
    dialog.close()


def test_an_export_that_fails_is_one_sentence(open_window: Open, project: Path, tmp_path: Path) -> None:
    desk = open_window(project)
    desk.window.commands.project.transfers.run_export(ExportOptions(format="spacy", out=tmp_path / "set.spacy"))
    desk.wait_for_job()
    assert not (tmp_path / "set.spacy").exists()
    assert desk.window.bar.isVisible() or "No report" in desk.said()


def test_save_a_copy(open_window: Open, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_window(project)
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "copy"), ""))
    desk.do("project.copy")
    desk.wait_for_job()
    copy = Session.open(tmp_path / "copy.annodb", PERSON)
    try:
        report = copy.open_report(copy.store.reports.ids()[0])
        assert [report.text[s.start : s.end] for s in report.spans] == ["587项"]
    finally:
        copy.close()


def test_closing_the_window_ends_the_job(empty: Desk, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "报告第{n}份。{"字" * 500}"}}\n' for n in range(20_000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    drop(empty.window, [tmp_path / "many.jsonl"])
    empty.window.close()
    assert empty.window.tasks.current is None or empty.window.tasks.current.done.is_set()
    Session.open(tmp_path / "empty.annodb", PERSON).close()
    assert not (tmp_path / "empty.annodb-wal").exists()


def test_opening_another_project_stops_the_import(empty: Desk, project: Path, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "报告第{n}份。{"字" * 500}"}}\n' for n in range(20_000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    drop(empty.window, [tmp_path / "many.jsonl"])
    empty.window.commands.project.open_path(project)
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 3
    assert empty.text.startswith("云岭镇")
    other = Session.open(tmp_path / "empty.annodb", PERSON)
    try:
        assert other.store.totals.reports() < 20_000
        assert not other.store.history.running(), "what came in is one step with an end"
    finally:
        other.close()
