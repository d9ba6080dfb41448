import pytest

from annotator.formats import text as plain
from annotator.formats.items import ReadOptions

REPORT = "望川县2022年工作报告\n一、受理128件，办结率99.7%。\n二、新建站点80个。\n"


def one(tmp_path, data: bytes, encoding=None, name="a.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    (item,) = plain.read(path, ReadOptions(encoding=encoding))
    return item


@pytest.mark.parametrize(
    ("codec", "kept"),
    [("utf-8", False), ("utf-8-sig", True), ("gb18030", True), ("utf-16", True), ("utf-16-le", True), ("big5", True)],
)
def test_encodings_and_original_bytes(tmp_path, codec, kept):
    text = REPORT.replace("个", "") if codec == "big5" else REPORT
    text = text.translate(str.maketrans("县报办结", "縣報辦結")) if codec == "big5" else text
    text = text.translate(str.maketrans("点", "點")) if codec == "big5" else text
    data = text.encode(codec)
    report = one(tmp_path, data).report
    assert report.text == text
    assert report.encoding
    assert report.original == (data if kept else None)
    assert report.file_name == "a.txt"


def test_line_ends_make_the_original_worth_keeping(tmp_path):
    data = REPORT.replace("\n", "\r\n").encode()
    report = one(tmp_path, data).report
    assert report.text == REPORT and report.original == data


def test_an_encoding_by_name(tmp_path):
    assert one(tmp_path, REPORT.encode("gb18030"), "gbk").report.text == REPORT
    assert "not known" in str(one(tmp_path, b"a", "no-such").problem)


def test_damaged_bytes_come_in_and_are_noted(tmp_path):
    data = REPORT.encode("gb18030")
    item = one(tmp_path, data[:40] + b"\xff" + data[40:])
    assert item.report is not None and "�" in item.report.text
    assert any("could not be read" in note.text() for note in item.notes)


def test_title_place_and_year_come_from_the_text(tmp_path):
    meta = one(tmp_path, REPORT.encode()).report.meta
    assert meta["title"] == "望川县2022年工作报告" and meta["year"] == "2022"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n \xe3\x80\x80\n", "empty"),
        (b"%PDF-1.4\n\x00", "not text"),
        (b"SQLite format 3\0" + b"\0" * 99, "not text"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(tmp_path, data, words):
    item = one(tmp_path, data)
    assert item.report is None and words in str(item.problem)


def test_a_file_that_is_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(plain, "MAX_TEXT_BYTES", 1024**2)
    item = one(tmp_path, b"a" * (1024**2 + 1))
    assert "longer than 1 MB" in str(item.problem)


def test_a_file_that_cannot_be_read(tmp_path):
    (item,) = plain.read(tmp_path / "none.txt")
    assert "cannot be read" in str(item.problem)
