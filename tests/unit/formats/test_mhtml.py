"""Web archives: parts, transfer encodings, headers, damage."""

import base64
import quopri

import pytest

from annotator.formats import mhtml
from annotator.formats.body import body_text
from annotator.formats.items import AS_FOUND
from annotator.formats.registry import reader_of

BODY = "全年召开会议12次，研究解决问题35个，推动各项工作有序开展。\n受理事项1280件，办结率99.7%，群众满意度持续提高。\n望川县人民政府"
PAGE = f"<html><head><meta charset='gb2312'><title>工作总结</title></head><body><div class='nav'><a href='/'>首页</a></div><div id='zoom'>{BODY.replace(chr(10), '<br>')}</div></body></html>"
OTHER = "<html><body><p>框架里的广告，不是正文，也不该读。</p></body></html>"


def archive(
    page=PAGE, codec="gb18030", transfer="quoted-printable", charset="", headers="", first="", start=""
) -> bytes:
    raw = page.encode(codec)
    coded = quopri.encodestring(raw) if transfer == "quoted-printable" else base64.encodebytes(raw)
    part = f"Content-Type: text/html{charset}\r\nContent-ID: <main@x>\r\nContent-Transfer-Encoding: {transfer}\r\nContent-Location: http://www.example.cn/zw/\r\n 2023/a.html\r\n\r\n"
    return (
        (
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.cn/a.html\r\n"
            f"Subject: =?utf-8?B?5bel?=\r\nDate: Tue, 14 Mar 2023 09:30:00 +0800\r\nMIME-Version: 1.0\r\n{headers}"
            f'Content-Type: multipart/related; type="text/html"; {start}boundary="----b"\r\n\r\n{first}------b\r\n{part}'
        ).encode()
        + coded
        + (
            "\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: a.png\r\n\r\niVBORw0KGgo=\r\n"
            "------b\r\nContent-Type: text/html\r\nContent-Location: frame.html\r\n\r\n" + OTHER + "\r\n------b--\r\n"
        ).encode()
    )


def one(tmp_path, data: bytes, name="a.mhtml"):
    path = tmp_path / name
    path.write_bytes(data)
    (item,) = mhtml.read(path, AS_FOUND)
    return item


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize(
    ("codec", "charset"), [("gb18030", ""), ("gb18030", "; charset=gb2312"), ("utf-8", "; charset=utf-8")]
)
def test_the_page_in_the_archive(tmp_path, transfer, codec, charset):
    item = one(tmp_path, archive(transfer=transfer, codec=codec, charset=charset))
    assert body_text(item.report).text.rstrip("\n") == BODY
    assert "广告" not in item.report.text
    assert item.report.meta["url"] == "https://www.example.cn/a.html"
    assert item.report.meta["saved"].startswith("2023-03-14")


def test_the_part_that_start_names_is_the_page(tmp_path):
    first = "------b\r\nContent-Type: text/html\r\nContent-Location: x.html\r\n\r\n" + OTHER + "\r\n"
    item = one(tmp_path, archive(first=first, start='start="<main@x>"; '))
    assert "广告" not in item.report.text


def test_the_location_of_the_part_where_the_archive_has_none(tmp_path):
    data = archive().replace(b"Snapshot-Content-Location: https://www.example.cn/a.html\r\n", b"")
    assert one(tmp_path, data).report.meta["url"].startswith("http://www.example.cn/zw/")


def test_truncated_archives_come_in_as_far_as_they_go(tmp_path):
    data = archive(page=PAGE.replace(BODY.replace("\n", "<br>"), BODY.replace("\n", "<br>") * 20))
    item = one(tmp_path, data[: len(data) // 2])
    assert item.report is not None and BODY[:20] in item.report.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n",
            "none of its parts",
        ),
        (archive(page=" "), "empty"),
        (b"", "none of its parts"),
    ],
)
def test_why_an_archive_is_no_report(tmp_path, data, words):
    item = one(tmp_path, data)
    assert item.report is None and words in str(item.problem)


def test_an_archive_is_known_by_its_content(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(archive())
    (item,) = reader_of(path)(path, AS_FOUND)
    assert BODY[:20] in item.report.text and len(item.notes) == 1
