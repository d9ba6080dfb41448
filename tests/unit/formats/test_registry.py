from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.formats.items import AS_FOUND
from annotator.formats.registry import columns_of, format_of, formats, reader_of

DOCS = Path(__file__).resolve().parents[3] / "docs" / "formats.md"


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("a.jsonl", "\n", "jsonl"),
        ("a.NDJSON", "\n", "jsonl"),
        ("a.txt", "甲", "text"),
        ("a.txt", '{"text": "甲"}\n', "jsonl"),
        ("a.json", '{"text": "甲"}\n', "jsonl"),
        ("a", "甲", "text"),
        ("a.csv", "标题,正文\n", "csv"),
        ("a.html", "甲 < 乙\n\n一、丙", "text"),
        ("a.mht", "甲\n乙", "text"),
        ("a.html", "甲<br>乙", "html"),
    ],
)
def test_the_content_decides_then_the_ending(tmp_path, name, content, format_name):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert format_of(path).format.name == format_name


def test_a_name_overrides(tmp_path):
    assert format_of(tmp_path / "a.jsonl", "text").format.name == "text"
    for name in ("spacy", "pages"):
        with pytest.raises(InputError):
            reader_of(tmp_path / "a", name)


def test_every_format_is_described():
    page = DOCS.read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in formats())


def test_json_of_another_kind_is_one_problem_and_no_text(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{\n "text": "甲"\n}\n', encoding="utf-8")
    (item,) = reader_of(path)(path, AS_FOUND)
    assert item.report is None and "JSON Lines" in str(item.problem)


def test_a_file_without_columns(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("甲")
    with pytest.raises(InputError, match="no columns"):
        columns_of(path)


@pytest.mark.parametrize("suffix", sorted({suffix for form in formats().values() for suffix in form.suffixes}))
def test_an_empty_file_of_any_kind_says_so(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.touch()
    (item,) = reader_of(path)(path, AS_FOUND)
    assert item.report is None and str(item.problem) == str(InputError("The file is empty."))


def test_plain_text_that_is_called_a_page_keeps_its_lines(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("某县工作报告\n\n一、发展\n二、民生\n", encoding="utf-8")
    (item,) = reader_of(path)(path, AS_FOUND)
    assert item.report.text == "某县工作报告\n\n一、发展\n二、民生\n"
    assert "read as" in item.notes[0].text()


@pytest.mark.parametrize(("name", "content"), [("a.jsonl", "\n\n"), ("a.csv", "标题,正文\n"), ("a.txt", " \n")])
def test_a_file_in_which_nothing_is_found_says_so(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (item,) = reader_of(path)(path, AS_FOUND)
    assert item.report is None and item.problem is not None
