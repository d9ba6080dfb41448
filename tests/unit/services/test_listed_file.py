"""Lists written to files: whole or not at all, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from annotator.domain.errors import Cancelled, InputError
from annotator.services.listed_file import write


class Line(NamedTuple):
    text: str
    n: int = 1

    def cells(self) -> dict[str, Any]:
        return {"text": self.text, "n": self.n}

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "n": self.n, "more": ["whole"]}


ROWS = [Line("=1+1"), Line('带"引号",逗号\n换行', 2), Line("普通", -3)]


def test_a_table_opens_in_a_spreadsheet_with_its_words_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert write(path, ("n", "text", "none"), ROWS) == 3
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "else a spreadsheet takes it for another encoding"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [["n", "text", "none"], ["1", "'=1+1", ""], ["2", '带"引号",逗号\n换行', ""], ["-3", "普通", ""]]


def test_json_lines_hold_the_whole_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    write(path, ("n",), ROWS)
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == [row.as_json() for row in ROWS]


def test_a_list_saved_to_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("before", "utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to("list.csv")
    write(link, ("n",), ROWS)
    assert link.is_symlink() and (tmp_path / "list.csv").read_text("utf-8-sig").startswith("n")


def test_what_was_there_stays_when_it_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("before", "utf-8")

    def stop(_done: int, _total: int, _words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write(path, ("n",), ROWS, stop)
    assert [file.name for file in tmp_path.iterdir()] == ["list.csv"] and path.read_text("utf-8") == "before"


def test_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "none" / "list.csv", ("n",), ROWS)
