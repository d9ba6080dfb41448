import datetime
import zipfile

import openpyxl
import pytest

from annotator.formats import xlsx
from annotator.formats.items import FormatMissingError, ReadOptions
from annotator.formats.registry import columns_of

BODY = "一、新建站点80个，受理128件。\n二、办结率99.7%。"


def workbook(path, rows, title="报告", **sheets):
    book = openpyxl.Workbook()
    book.active.title = title
    for sheet, content in {title: rows, **sheets}.items():
        target = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
        for row in content:
            target.append(row)
    book.save(path)
    return path


def repacked(path, change):
    """The archive with parts changed: `change(name, data)` gives the new bytes, or None for a part left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            new = change(name, data)
            if new is not None:
                archive.writestr(name, new)
    return path


def read(path, **options):
    return list(xlsx.read(path, ReadOptions(**options)))


def test_one_report_a_row_with_dates_and_numbers_as_people_read_them(tmp_path):
    rows = [
        ["标题", "正文", "发布日期", "年份", "比例"],
        ["望川县报告", BODY, datetime.datetime(2023, 4, 5), 2022.0, 0.5],
        [None] * 5,
        ["云溪镇报告", "第二份。", datetime.datetime(2023, 4, 5, 10, 9), "2021年度", True],
    ]
    first, second = read(workbook(tmp_path / "a.xlsx", rows))
    assert first.report.text == BODY and first.line == 2 and second.line == 4
    assert first.report.meta["date"] == "2023-04-05" and first.report.meta["year"] == "2022"
    assert first.report.meta["比例"] == "0.5" and second.report.meta["比例"] == "TRUE"
    assert second.report.year == 2021 and second.report.meta["date"] == "2023-04-05"


def test_a_sheet_by_name_or_number_and_the_others_said(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]], 其他=[["标题", "正文"], ["乙", "另一份。"]])
    (item,) = read(path)
    assert item.report.text == BODY and "其他" in item.notes[0].text()
    for name in ("其他", "2"):
        (item,) = read(path, sheet=name)
        assert item.report.text == "另一份。" and not item.notes
    (item,) = read(path, sheet="无")
    assert "“无”" in str(item.problem)


def test_an_empty_first_sheet_is_passed_over(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [], 数据=[["标题", "正文"], ["乙", "另一份。"]])
    assert read(path)[0].report.text == "另一份。"


def test_formulas_count_as_what_the_workbook_shows_of_them(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["=1+1", BODY]])
    (item,) = read(path)
    assert "=1+1" not in str(item.report.meta)


def test_the_dialog_sees_sheets(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]], 其他=[["x"]])
    found = columns_of(path)
    assert found.sheets == ("报告", "其他") and found.sheet == "报告" and found.proposal["正文"] == "text"


def test_a_claimed_width_is_not_believed(tmp_path):
    def lie(name, data):
        return data.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"') if "sheet1" in name else data

    path = repacked(workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]]), lie)
    assert read(path)[0].report.text == BODY


@pytest.mark.parametrize("part", ["sheet1", "styles", "workbook.xml"])
def test_entities_are_refused_unread(tmp_path, part):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    bomb = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'.encode()

    def arm(name, data):
        head, mark, rest = data.partition(b"?>")
        if part not in name:
            return data
        return head + mark + bomb + rest if mark else bomb + data

    path = repacked(workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]]), arm)
    (item,) = read(path)
    assert item.report is None and "entities" in str(item.problem)


def test_cut_off_anywhere_it_is_one_sentence(tmp_path):
    data = workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]]).read_bytes()
    for cut in range(1, len(data), 97):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(data[:cut])
        (item,) = read(path)
        assert item.report is None and "damaged" in str(item.problem)


def test_missing_parts_are_one_sentence(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]])
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    for gone in names:
        path.write_bytes(data)
        items = read(repacked(path, lambda name, data, gone=gone: None if name == gone else data))
        assert all(item.report or item.problem for item in items)


def test_a_bomb_is_not_opened(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * (16 * 1024 * 1024))
    (item,) = read(path)
    assert "unpack" in str(item.problem)


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    path = workbook(tmp_path / "a.xlsx", [["标题", "正文"], ["甲", BODY]])
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    (item,) = read(path)
    assert isinstance(item.problem, FormatMissingError) and "office" in str(item.problem)
