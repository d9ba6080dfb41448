"""A folder that is watched: what is put into it comes in by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.services.session import Session
from annotator.ui.importing import watcher
from tests.ui.conftest import PERSON, Desk, Open


@pytest.fixture
def empty(open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(watcher, "SOON_MS", 50)
    monkeypatch.setattr(watcher, "LOOK_MS", 100)
    (tmp_path / "in").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(tmp_path / "in"))
    Session.create(tmp_path / "empty.annodb", PERSON).close()
    return open_window(tmp_path / "empty.annodb")


def reports(desk: Desk) -> int:
    return desk.window.report_list.model.rowCount()


def test_no_folder_is_watched_unless_asked_for(empty: Desk, tmp_path: Path) -> None:
    (tmp_path / "in" / "a.txt").write_text("一号报告。", encoding="utf-8")
    empty.qtbot.wait(300)
    assert reports(empty) == 0
    assert not empty.window.actions_["project.watch"].isChecked()


def test_new_files_come_in_as_steps_and_bad_ones_fail_once(empty: Desk, tmp_path: Path) -> None:
    empty.do("project.watch")
    assert empty.window.actions_["project.watch"].isChecked()
    assert "Watching" in empty.said()
    (tmp_path / "in" / "a.txt").write_text("一号报告。", encoding="utf-8")
    empty.qtbot.waitUntil(lambda: reports(empty) == 1, timeout=10_000)
    (tmp_path / "in" / "bad.txt").write_bytes(bytes(range(256)) * 20)
    transfers = empty.window.commands.project.transfers
    empty.qtbot.waitUntil(lambda: bool(transfers.last_import and transfers.last_import.failed), timeout=10_000)
    failed = transfers.last_import
    empty.qtbot.wait(500)
    assert transfers.last_import is failed, "a file that cannot be read is tried once"
    empty.wait_for_job()
    empty.do("edit.undo")
    assert reports(empty) == 0
    empty.do("project.watch")
    assert not empty.window.actions_["project.watch"].isChecked()
    (tmp_path / "in" / "b.txt").write_text("二号报告。", encoding="utf-8")
    empty.qtbot.wait(400)
    assert reports(empty) == 0


def test_watching_goes_on_when_the_project_is_opened_again(empty: Desk, tmp_path: Path, open_window: Open) -> None:
    empty.do("project.watch")
    (tmp_path / "in" / "a.txt").write_text("一号报告。", encoding="utf-8")
    empty.qtbot.waitUntil(lambda: reports(empty) == 1, timeout=10_000)
    empty.wait_for_job()
    empty.do("project.close")
    assert empty.window.commands.project.watcher.folder is None
    (tmp_path / "in" / "b.txt").write_text("二号报告。", encoding="utf-8")
    empty.window.commands.project.open_path(tmp_path / "empty.annodb")
    empty.qtbot.waitUntil(lambda: reports(empty) == 2, timeout=10_000)
    empty.wait_for_job()
    last = empty.window.commands.project.transfers.last_import
    assert last is not None and not last.known, "what came in before is not read again"
