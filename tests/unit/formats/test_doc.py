import hashlib
import os
import stat
import sys

import docx as python_docx
import openpyxl
import pytest

from annotator.formats import doc
from annotator.formats.items import AS_FOUND, FormatMissingError
from annotator.formats.registry import reader_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
WORD = OLE + "WordDocument".encode("utf-16-le") + b"\0" * 200
EXCEL = OLE + "Workbook".encode("utf-16-le") + b"\0" * 200
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 200

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the converters of these tests are scripts with a first line")


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A PATH on which nothing is but what a test puts there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(doc, "_ELSEWHERE", {})

    def add(name: str, script: str):
        path = folder / name
        path.write_text(f"#!{sys.executable}\nimport sys, pathlib, shutil, time\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return add


def converter(result) -> str:
    """A LibreOffice that makes `result` of whatever it is given, and writes down how it was called."""
    return (
        "args = sys.argv[1:]\n"
        "kind, out = args[args.index('--convert-to') + 1], pathlib.Path(args[args.index('--outdir') + 1])\n"
        "out.mkdir(exist_ok=True)\n"
        f"pathlib.Path({str(result)!r} + '.log').write_text(' '.join(args))\n"
        f"shutil.copy({str(result)!r}, out / (pathlib.Path(args[-1]).stem + '.' + kind))"
    )


def read(path, data):
    path.write_bytes(data)
    return list(reader_of(path)(path, AS_FOUND))


def test_libreoffice_makes_a_document_of_it(tmp_path, programs):
    made = tmp_path / "made.docx"
    document = python_docx.Document()
    document.add_paragraph("望川县2022年工作报告")
    document.add_paragraph("一、新建站点80个。")
    document.save(made)
    programs("soffice", converter(made))
    for name, data in (("a.doc", WORD), ("a.wps", WORD), ("a.rtf", b"{\\rtf1 x}")):
        (item,) = read(tmp_path / name, data)
        assert item.report.text == "望川县2022年工作报告\n一、新建站点80个。"
        assert item.report.original == data and item.report.file_name == name
    called = (tmp_path / "made.docx.log").read_text()
    assert "--headless" in called and "UserInstallation=file://" in called and str(tmp_path / "a.rtf") not in called


def test_old_workbooks_too(tmp_path, programs):
    book = openpyxl.Workbook()
    book.active.append(["标题", "正文"])
    book.active.append(["甲", "一、新建站点80个。"])
    book.save(tmp_path / "made.xlsx")
    programs("soffice", converter(tmp_path / "made.xlsx"))
    (item,) = read(tmp_path / "a.xls", EXCEL)
    assert item.report.text == "一、新建站点80个。" and item.report.file_name == "a.xls" and item.line == 2
    assert item.report.meta["file_hash"] == hashlib.sha256(EXCEL).hexdigest()


def test_antiword_gives_the_words(tmp_path, programs):
    programs("antiword", "sys.stdout.buffer.write('望川县2022年工作报告\\n一、新建站点80个。\\n'.encode())")
    (item,) = read(tmp_path / "a.doc", WORD)
    assert item.report.text == "望川县2022年工作报告\n一、新建站点80个。"
    assert "without LibreOffice" in item.notes[0].text()


def test_where_there_is_none_it_says_so(tmp_path, programs):
    for name, data in (("a.doc", WORD), ("a.rtf", b"{\\rtf1 x}"), ("a.xls", EXCEL)):
        (item,) = read(tmp_path / name, data)
        assert isinstance(item.problem, FormatMissingError) and "LibreOffice" in str(item.problem)


def test_a_converter_that_hangs_is_ended(tmp_path, programs, monkeypatch):
    monkeypatch.setattr(doc, "TIMEOUT", 0.5)
    programs("soffice", "time.sleep(60)")
    (item,) = read(tmp_path / "a.doc", WORD)
    assert "took longer" in str(item.problem)


def test_a_converter_that_makes_nothing(tmp_path, programs):
    programs("soffice", "sys.exit(1)")
    (item,) = read(tmp_path / "a.doc", WORD)
    assert "could not read" in str(item.problem)


def test_a_password_is_said(tmp_path, programs):
    (item,) = read(tmp_path / "a.docx", LOCKED)
    assert "password" in str(item.problem)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<html><body><p>\xe6\x9c\x9b\xe5\xb7\x9d</p></body></html>", "望川"),
        ("望川县报告，只是文字。".encode("gb18030"), "望川县报告，只是文字。"),
    ],
)
def test_what_only_calls_itself_doc_is_read_as_what_it_is(tmp_path, programs, data, text):
    (item,) = read(tmp_path / "a.doc", data)
    assert item.report.text == text and ".doc" in item.notes[0].text()
