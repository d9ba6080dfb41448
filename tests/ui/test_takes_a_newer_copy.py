"""Somebody has a newer copy of a report that has spans, and takes it as an edit of the text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.services.import_result import Entry, ImportResult
from annotator.services.newer_copy import Place
from annotator.storage import verify
from annotator.ui.dialogs.files import Chooser
from annotator.ui.dialogs.import_result import ImportResultDialog
from annotator.ui.text_edit.newer_copy import CopyDialog
from tests.ui.conftest import REPORTS, Desk, Open

Key = Qt.Key


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    desk.select("镇司法所")
    desk.key(Key.Key_2)
    desk.select("21场")
    desk.key(Key.Key_3)
    return desk


def _offered(desk: Desk) -> CopyDialog:
    found: list[CopyDialog] = []

    def there() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, CopyDialog) and w.isVisible()]
        return bool(found)

    desk.qtbot.waitUntil(there, timeout=30_000)
    return found[0]


def test_what_differs_is_shown_then_taken_as_one_step_and_taken_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.text
    file = tmp_path / "newer.txt"
    file.write_bytes(REPORTS["a.txt"].replace("镇司法所", "镇基层司法所").replace("45亿", "46亿").encode("gb18030"))
    monkeypatch.setattr(Chooser, "newer_copy", lambda _self: file)
    desk.window.commands.do("text.copy")
    dialog = _offered(desk)
    groups = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
    assert [group.childCount() for group in groups] == [1, 2]
    assert "镇基层司法所" in groups[0].child(0).text(0)
    assert "[5]" in groups[1].child(1).text(0) and "[6]" in groups[1].child(1).text(1)
    assert desk.text == before
    dialog.take.click()
    assert "镇基层司法所" in desk.text and "46亿" in desk.text
    assert [words for _label, words in desk.words()] == ["镇基层司法所", "21场"]
    desk.window.commands.do("edit.undo")
    assert desk.text == before and [words for _label, words in desk.words()] == ["镇司法所", "21场"]
    assert verify(desk.window.controller.session.store) == []


def test_a_file_without_a_report_and_the_same_text_are_said(desk: Desk, tmp_path: Path) -> None:
    said: list[str] = []
    desk.window.controller.presenter.shown.connect(lambda words, _bug: said.append(words))
    same = tmp_path / "same.txt"
    same.write_text(desk.text, encoding="utf-8")
    report = desk.window.controller.report.id
    desk.window.text_editing.offer_copy(report, Place(same))
    desk.qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    assert "same text" in said[0]
    desk.qtbot.waitUntil(lambda: desk.window.tasks.current is None)
    desk.window.text_editing.offer_copy(report, Place(tmp_path / "absent.txt"))
    desk.qtbot.waitUntil(lambda: len(said) > 1, timeout=30_000)


def test_a_near_duplicate_of_an_import_is_offered_as_a_newer_copy(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "newer.txt"
    file.write_text(desk.text.replace("45亿", "46亿"), encoding="utf-8")
    report = desk.window.controller.report.id
    entry = Entry("newer.txt", None, "a", "nearly the same", str(file), report, spans=True)
    transfers = desk.window.commands.project.transfers
    transfers.last_import = ImportResult(near=[entry])
    transfers.show_import_result()
    (result,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, ImportResultDialog)]
    assert result.copy.isEnabled()
    result.copy.click()
    _offered(desk).take.click()
    result.close()
    assert "46亿" in desk.text and [words for _label, words in desk.words()] == ["镇司法所", "21场"]


def test_a_near_duplicate_in_an_archive_is_found_there(desk: Desk, tmp_path: Path) -> None:
    report = desk.window.controller.report.id
    archive = tmp_path / "two.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", REPORTS["b.txt"])
        packed.writestr("b.txt", desk.text.replace("45亿", "46亿"))
    entry = Entry(f"{archive}/b.txt", None, "a", "nearly the same", str(archive), report, spans=True)
    transfers = desk.window.commands.project.transfers
    transfers.last_import = ImportResult(near=[entry])
    transfers.show_import_result()
    (result,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, ImportResultDialog)]
    result.copy.click()
    _offered(desk).take.click()
    result.close()
    assert "46亿" in desk.text
