import io
import zipfile

import pytest

from annotator.formats.registry import format_of, formats
from annotator.formats.sniff import REASONS, kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MHTML = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.cn/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return out.getvalue()


CASES = [
    (b"%PDF-1.7\n", "pdf"),
    (b"\r\n\r\n%PDF-1.4\n", "pdf"),
    (archive("[Content_Types].xml", "word/document.xml"), "docx"),
    (archive("[Content_Types].xml", "word/document.xml")[:90], "docx"),
    (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    (archive("[Content_Types].xml", "ppt/presentation.xml"), "slides"),
    (archive("mimetype", "content.xml"), "doc"),
    (archive("a.txt"), "zip"),
    (archive("word/notes.txt"), "zip"),
    (OLE + "WordDocument".encode("utf-16-le") + b"\0\0", "doc"),
    (OLE + "Workbook".encode("utf-16-le") + b"\0\0", "xls"),
    (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "encrypted"),
    (OLE, "compound"),
    (b"{\\rtf1\\ansi", "doc"),
    (b"<!DOCTYPE html><html>", "html"),
    (b"\xef\xbb\xbf\r\n<html lang=zh>", "html"),
    ("<html><body>望川".encode("utf-16"), "html"),
    (b"<!-- saved from url=(0020)http://a.cn/ -->\n<HTML>", "html"),
    (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', "html"),
    (MHTML, "mhtml"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"Rar!\x1a\x07\x00", "archive"),
    (b"SQLite format 3\0", "database"),
    ('{"text": "甲"}\n'.encode(), "jsonl"),
    ("望川县2022年工作报告\n一、<p>只是文字</p>\n".encode(), ""),
    ("日期：2022年\n内容".encode(), ""),
    (b"", "empty"),
]


@pytest.mark.parametrize(("data", "kind"), CASES, ids=[f"{n}-{kind}" for n, (_data, kind) in enumerate(CASES)])
def test_the_kind_is_seen_in_the_bytes(tmp_path, data, kind):
    path = tmp_path / "a"
    path.write_bytes(data)
    assert kind_of(path) == kind
    assert kind == "" or kind == "xls" or kind in REASONS or kind in formats()


@pytest.mark.parametrize(
    ("name", "data", "form", "noted"),
    [
        ("a.docx", b"<html><body>x</body></html>", "html", True),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "html", True),
        ("a.doc", MHTML, "mhtml", True),
        ("a.doc", b"{\\rtf1 x}", "doc", False),
        ("a.html", b"%PDF-1.4", "pdf", True),
        ("a.pdf", "只是文字".encode(), "text", True),
        ("a.html", "只是文字".encode(), "text", True),
        ("a.html", "只是<b>文字".encode(), "html", False),
        ("a.xls", "标题\t正文".encode("gb18030"), "csv", True),
        ("a.csv", "甲,乙".encode(), "csv", False),
        ("a.txt", "甲,乙".encode(), "text", False),
        ("a.weird", "甲".encode(), "text", False),
    ],
)
def test_a_wrong_ending_gives_way_and_is_said(tmp_path, name, data, form, noted):
    path = tmp_path / name
    path.write_bytes(data)
    found = format_of(path)
    assert (found.format.name, bool(found.notes)) == (form, noted)
