from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.formats import jsonl, text
from annotator.formats.items import AS_FOUND
from annotator.formats.registry import formats, reader_of

DOCS = Path(__file__).resolve().parents[3] / "docs" / "formats.md"


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.jsonl", "", jsonl.read),
        ("a.NDJSON", "", jsonl.read),
        ("a.txt", "甲", text.read),
        ("a.txt", '{"text": "甲"}\n', jsonl.read),
        ("a.json", '{"text": "甲"}\n', jsonl.read),
        ("a", "甲", text.read),
    ],
)
def test_the_ending_decides_then_the_content(tmp_path, name, content, reader):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert reader_of(path) is reader


def test_a_name_overrides(tmp_path):
    assert reader_of(tmp_path / "a.jsonl", "text") is text.read
    for name in ("spacy", "docx"):
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
