"""Somebody looks at what an import would bring, changes how a file is read, and goes on with what it came to."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain import furniture_changes
from annotator.domain.site_rule import RuleKind, SiteRule, normal_line
from annotator.formats.columns import Columns
from annotator.services.import_options import ADD, FileOptions, ImportOptions
from annotator.services.session import Session
from annotator.ui import look
from annotator.ui.dialogs.import_result import ImportResultDialog
from annotator.ui.importing.column_table import ColumnTable
from annotator.ui.importing.dialog import ImportDialog
from annotator.ui.theme import furniture_colour
from tests.ui.conftest import PERSON, Desk, Open
from tests.ui.test_imports_and_exports import drop

PAGE = """<html><head><meta charset="gb2312"><title>云溪镇2024年法治政府建设报告</title></head><body>
<div class="nav"><a href="/">首页</a> | <a href="/a">政务公开</a> | <a href="/b">办事服务</a></div>
<h1>云溪镇2024年法治政府建设报告</h1><div class="content">{body}</div>
<div class="footer">版权所有：云溪镇人民政府 备案号：京ICP备00000000号</div></body></html>"""


def body(words: str = "", paragraphs: int = 12) -> str:
    lines = (
        f"<p>{n}、全镇共举办普法讲座{n + 3}场，受理案件{n * 7 + 1}件，办结率稳步提高{words}，群众满意。</p>"
        for n in range(paragraphs)
    )
    return "".join(lines)


@pytest.fixture
def empty(open_window: Open, tmp_path: Path) -> Desk:
    """A window on a project without reports."""
    Session.create(tmp_path / "empty.annodb", PERSON).close()
    return open_window(tmp_path / "empty.annodb")


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format(body=body()), encoding="gb18030")
    (folder / "b.txt").write_text("二号报告。\n区司法局新建80个站点。", encoding="utf-8")
    (folder / "c.csv").write_text(
        "标题,正文,部门\n报告一,区司法局新建81个站点。,司法局\n报告二,市法院受理案件90件。,法院\n", encoding="utf-8"
    )
    (folder / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10)
    return folder


def dialog_of(desk: Desk) -> ImportDialog:
    dialog = next(d for d in desk.window.findChildren(ImportDialog) if d.isVisible())
    desk.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=10_000)
    return dialog


def choose(desk: Desk, dialog: ImportDialog, name: str) -> None:
    row = next(n for n, file in enumerate(dialog.model.files) if file.path.name == name)
    dialog.list.setCurrentIndex(dialog.model.index(row, 0))
    shown(desk, dialog)


def shown(desk: Desk, dialog: ImportDialog) -> None:
    desk.qtbot.waitUntil(lambda: bool(dialog.preview._samples), timeout=20_000)


def test_a_mixed_folder_is_looked_at_before_it_comes_in(empty: Desk, mixed: Path) -> None:
    drop(empty.window, [mixed])
    assert empty.window.tasks.current is None, "nothing comes in before a person has said so"
    dialog = dialog_of(empty)
    assert "4 files" in dialog.summary.text()
    assert "1 that cannot be read" in dialog.summary.text()
    choose(empty, dialog, "a.html")
    text = dialog.preview.text.toPlainText()
    assert "政务公开" in text and "办结率稳步提高" in text, "everything visible is shown"
    grey = furniture_colour(look.theme())
    assert colour_at(dialog, "政务公开") == grey
    assert colour_at(dialog, "办结率稳步提高") != grey
    assert "gb18030" in dialog.preview.encoding.itemText(0)
    dialog.go.click()
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 4
    assert "1 could not be read" in empty.said() + empty.window.bar.words.text()


def test_the_preview_goes_by_the_rules_of_the_site_and_says_where_facts_were_read(empty: Desk, tmp_path: Path) -> None:
    address = '<link rel="canonical" href="https://www.yunxi.example/a/1.html">'
    words = "<p>本年度报告由镇各站所共同起草。</p>"
    page = PAGE.format(body=words + body()).replace("</head>", address + "</head>")
    (tmp_path / "a.html").write_text(page, encoding="gb18030")
    session = empty.window.controller.session
    assert session is not None
    line = normal_line("本年度报告由镇各站所共同起草。")
    rule = SiteRule(str(uuid.uuid4()), "yunxi.example", RuleKind.LINE, line)
    grey = furniture_colour(look.theme())
    seen = []
    for taught in (False, True):
        if taught:
            session.apply(furniture_changes.add_site_rules([rule]))
        empty.window.commands.project.transfers.look([tmp_path / "a.html"])
        dialog = dialog_of(empty)
        shown(empty, dialog)
        seen.append(colour_at(dialog, "共同起草") == grey)
        facts = dialog.preview.facts.text()
        dialog.reject()
    assert seen == [False, True]
    assert "Year: 2024 (the title)" in facts
    assert "(the page's canonical link)" in facts


def colour_at(dialog: ImportDialog, words: str) -> str:
    found = dialog.preview.text.document().find(words)
    brush = found.charFormat().foreground()
    return "" if brush.style() == Qt.BrushStyle.NoBrush else brush.color().name()


def test_another_encoding_is_read_at_once_and_holds_for_the_import(empty: Desk, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("区司法局新建80个站点。".encode("big5", "replace"))
    empty.window.commands.project.project_import_look()
    dialog = next(iter(empty.window.findChildren(ImportDialog)))
    dialog.add([tmp_path / "x.txt"])
    dialog = dialog_of(empty)
    shown(empty, dialog)
    before = dialog.preview.text.toPlainText()
    dialog.preview.encoding.setCurrentIndex(dialog.preview.encoding.findData("latin-1"))
    dialog.preview.encoding.activated.emit(dialog.preview.encoding.currentIndex())
    shown(empty, dialog)
    assert dialog.preview.text.toPlainText() != before
    assert dialog.options().files == {tmp_path / "x.txt": FileOptions(encoding="latin-1")}
    dialog.preview.encoding.setCurrentIndex(0)
    dialog.preview.encoding.activated.emit(0)
    assert dialog.options().files == {}
    dialog.reject()


def test_columns_are_chosen_with_the_rows_below_them(empty: Desk, mixed: Path) -> None:
    empty.window.commands.project.transfers.look([mixed / "c.csv"])
    dialog = dialog_of(empty)
    shown(empty, dialog)
    table = dialog.preview.columns
    assert table.isVisible()
    assert {name: box.currentData() for name, box in table.combos.items()} == {
        "标题": "title",
        "正文": "text",
        "部门": "issuer",
    }
    box = table.combos["部门"]
    box.setCurrentIndex(box.findData(""))
    box.activated.emit(box.currentIndex())
    dialog.go.click()
    empty.wait_for_job()
    session = empty.window.controller.session
    assert session is not None
    metas = [report.meta for report in session.store.reports.stream()]
    assert [meta.get("title") for meta in metas] == ["报告一", "报告二"]
    assert all("司法局" not in str(meta.get("issuer", "")) and "部门" not in meta for meta in metas)


def test_settings_hold_for_all_of_a_kind(empty: Desk, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"第{n}份报告。", encoding="utf-8")
    empty.window.commands.project.transfers.look(sorted(tmp_path.glob("*.txt")))
    dialog = dialog_of(empty)
    shown(empty, dialog)
    dialog.preview.encoding.setCurrentIndex(dialog.preview.encoding.findData("gb18030"))
    dialog.preview.encoding.activated.emit(dialog.preview.encoding.currentIndex())
    shown(empty, dialog)
    dialog.preview.all.click()
    assert list(dialog.options().files.values()) == [FileOptions(encoding="gb18030")] * 3
    dialog.list.selectAll()
    dialog.remove_selected()
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_a_near_duplicate_is_linked_and_can_come_in_after_all(empty: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.html").write_text(PAGE.format(body=body()), encoding="utf-8")
    (folder / "two.html").write_text(
        PAGE.format(body=body()).replace("首页", "网站首页").replace("gb2312", "utf-8"), encoding="utf-8"
    )
    transfers = empty.window.commands.project.transfers
    transfers.import_paths([folder])
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 1
    assert "nearly the same" in empty.window.bar.words.text()
    empty.window.bar.buttons[0].click()
    dialog = next(d for d in empty.window.findChildren(ImportResultDialog) if d.isVisible())
    assert dialog.tree.topLevelItem(0).text(0) == "Near duplicates (1)"
    dialog.bring.click()
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 2


def test_a_near_duplicate_of_a_table_comes_in_alone_and_read_as_it_was(empty: Desk, tmp_path: Path) -> None:
    said = "，".join(f"全镇第{n}季度受理案件{n * 7 + 1}件" for n in range(60))
    rows = "".join(f"{n},{said}{n}。\n" for n in range(3))
    (tmp_path / "t.csv").write_text("甲栏,乙栏\n" + rows, encoding="gb18030")
    transfers = empty.window.commands.project.transfers
    chosen = FileOptions(encoding="gb18030", columns={"甲栏": "title", "乙栏": "text"})
    transfers.import_paths([tmp_path / "t.csv"], ImportOptions(files={tmp_path / "t.csv": chosen}))
    empty.wait_for_job()
    transfers.show_import_result()
    dialog = next(d for d in empty.window.findChildren(ImportResultDialog) if d.isVisible())
    near = dialog.tree.topLevelItem(0)
    assert near.childCount() == 2
    near.child(1).setSelected(True)
    dialog.bring.click()
    empty.wait_for_job()
    titles = [empty.window.report_list.model.index(n, 0).data() for n in range(2)]
    assert empty.window.report_list.model.rowCount() == 2
    assert "2" in str(titles[1])
    transfers._look_again([tmp_path / "t.csv"])
    again = dialog_of(empty)
    assert again.options().files == {tmp_path / "t.csv": chosen}
    again.reject()


def test_of_a_very_wide_table_the_columns_that_matter_are_shown(qtbot: QtBot) -> None:
    names = ("标题", *(f"c{n}" for n in range(16_000)), "正文")
    table = ColumnTable()
    qtbot.addWidget(table)
    table.show_columns(Columns(names, (names,), {"标题": "title", "正文": "text"}), {})
    assert list(table.combos)[:2] == ["标题", "c0"] and list(table.combos)[-1] == "正文"
    assert table.columnCount() == 32 and "15,971" in table.horizontalHeaderItem(31).text()
    assert table.item(1, 30).text() == "正文"
    assert table.roles() == {"标题": "title", "正文": "text"}


def test_what_is_said_of_one_workbook_names_no_sheet_of_it(empty: Desk, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        book = openpyxl.Workbook()
        book.active.title = f"{name}表"
        book.active.append(["标题", "正文"])
        book.active.append([f"{name}报告", f"{name}区司法局新建80个站点。"])
        book.save(tmp_path / f"{name}.xlsx")
    empty.window.commands.project.transfers.look([tmp_path])
    dialog = dialog_of(empty)
    choose(empty, dialog, "甲.xlsx")
    box = dialog.preview.columns.combos["标题"]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    shown(empty, dialog)
    dialog.preview.all.click()
    chosen = dialog.options().files.values()
    assert [(dict(options.columns), options.sheet) for options in chosen] == [({"正文": "text"}, None)] * 2
    dialog.reject()


def test_what_failed_is_read_again_with_other_settings(empty: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "notes.jsonl"
    bad.write_text("这不是一行一份的报告，而是普通的文本。" * 3, encoding="utf-8")
    drop(empty.window, [bad])
    empty.wait_for_job()
    result = empty.window.commands.project.transfers.last_import
    assert result is not None
    if not result.failed:
        pytest.skip("the content of the file has said that it is text")
    empty.window.commands.project.transfers.show_import_result()
    shown_result = next(d for d in empty.window.findChildren(ImportResultDialog) if d.isVisible())
    shown_result.retry.click()
    dialog = dialog_of(empty)
    dialog.preview.format.setCurrentIndex(dialog.preview.format.findData("text"))
    dialog.preview.format.activated.emit(dialog.preview.format.currentIndex())
    shown(empty, dialog)
    dialog.go.click()
    empty.wait_for_job()
    assert empty.window.report_list.model.rowCount() == 1


def test_the_result_is_filtered_and_saved(empty: Desk, mixed: Path, tmp_path: Path) -> None:
    transfers = empty.window.commands.project.transfers
    transfers.import_paths([mixed, mixed / "gone.txt"])
    empty.wait_for_job()
    transfers.show_import_result()
    dialog = next(d for d in empty.window.findChildren(ImportResultDialog) if d.isVisible())
    dialog.filter.setText("gone")
    assert [dialog.tree.topLevelItem(n).childCount() for n in range(dialog.tree.topLevelItemCount())] == [1]
    dialog.filter.setText("")
    dialog.list.setCurrentIndex(dialog.list.findData("read"))
    assert dialog.tree.topLevelItem(0).childCount() == 4
    dialog.save(tmp_path / "list.csv")
    rows = (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 4 + 2
    dialog.save(tmp_path / "list.json")
    assert len(json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))["read"]) == 4
    dialog.close()


def test_an_import_is_held_up_and_goes_on(empty: Desk, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "报告第{n}份。{"字" * 300}"}}\n' for n in range(6_000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    drop(empty.window, [tmp_path / "many.jsonl"])
    progress = empty.window.status.progress
    assert progress.pause.isVisible()
    progress.pause.click()
    empty.qtbot.waitUntil(lambda: progress.words.text().startswith("Paused"), timeout=10_000)
    session = empty.window.controller.session
    assert session is not None
    held = session.store.totals.reports()
    empty.qtbot.wait(300)
    assert session.store.totals.reports() == held < 6_000
    progress.pause.click()
    empty.wait_for_job()
    assert session.store.totals.reports() == 6_000


def test_a_held_up_import_can_be_stopped(empty: Desk, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "报告第{n}份。{"字" * 300}"}}\n' for n in range(6_000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    drop(empty.window, [tmp_path / "many.jsonl"])
    empty.window.status.progress.pause.click()
    empty.qtbot.waitUntil(lambda: empty.window.status.progress.words.text().startswith("Paused"), timeout=10_000)
    empty.window.status.progress.cancel.click()
    empty.wait_for_job()
    assert "cancelled" in empty.said()


def test_near_duplicates_may_be_asked_for_as_reports(empty: Desk, mixed: Path) -> None:
    empty.window.commands.project.transfers.look([mixed])
    dialog = dialog_of(empty)
    dialog.near.setCurrentIndex(dialog.near.findData(ADD))
    dialog.replace.setChecked(True)
    dialog.annotator.setText("乙")
    options = dialog.options()
    assert (options.near, options.replace, options.annotator) == (ADD, True, "乙")
    dialog.reject()
