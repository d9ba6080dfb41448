"""What a person can get wrong: one sentence on stderr, never a traceback, and nothing harmed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def complaint(result: Any) -> str:
    """The one sentence on stderr."""
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_a_project_that_is_not_there(run, tmp_path) -> None:
    for command in ("stats", "verify", "history", "undo", "backup"):
        result = run(command, tmp_path / "missing.annodb", code=1)
        assert "missing.annodb" in complaint(result)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"just a text\n" * 100, b"PK\x03\x04" + bytes(5000)], ids=["empty", "text", "zip"]
)
def test_a_file_that_is_no_project(run, tmp_path, content: bytes) -> None:
    path = tmp_path / "other.annodb"
    path.write_bytes(content)

    assert "other.annodb" in complaint(run("stats", path, code=1))
    assert path.read_bytes() == content


def test_a_database_of_another_program(run, tmp_path) -> None:
    path = tmp_path / "other.annodb"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE notes(id INTEGER)")
    db.close()
    before = path.read_bytes()

    assert "other.annodb" in complaint(run("import", path, path, code=1))
    assert path.read_bytes() == before


def test_a_folder_as_a_project(run, tmp_path) -> None:
    complaint(run("stats", tmp_path, code=1))


def test_a_project_made_by_a_newer_version(run, project: Path) -> None:
    db = sqlite3.connect(project)
    db.execute(
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('annotator', '9999_later', '2099-01-01')"
    )
    db.commit()
    db.close()
    before = project.read_bytes()

    assert "newer" in complaint(run("stats", project, code=1))
    assert project.read_bytes() == before


def test_a_project_is_not_made_over_a_file(run, project: Path) -> None:
    before = project.read_bytes()

    complaint(run("new", project, code=1))
    assert project.read_bytes() == before


TEXT = "全年办理事项12件。"
BAD_LINES = {
    "no JSON": "{",
    "no object": "[1, 2]",
    "no text": '{"id": 1}',
    "a span outside": json.dumps({"text": TEXT, "spans": [{"start": 0, "end": 99, "label": "MEASURE"}]}),
    "an empty span": json.dumps({"text": TEXT, "spans": [{"start": 3, "end": 3, "label": "MEASURE"}]}),
    "another text": json.dumps({"text": TEXT, "spans": [{"start": 0, "end": 2, "label": "MEASURE", "text": "办理"}]}),
    "no number": json.dumps({"text": TEXT, "label": [["a", 2, "MEASURE"]]}),
}


@pytest.fixture
def new_project(run, tmp_path: Path) -> Path:
    path = tmp_path / "new.annodb"
    run("new", path)
    return path


@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_is_refused_by_number_and_the_good_ones_come_in(run, new_project, tmp_path, kind: str) -> None:
    lines = tmp_path / "lines.jsonl"
    good = [json.dumps({"text": f"{TEXT}第{n}份。", "label": [[0, 2, "MEASURE"]]}) for n in range(2)]
    lines.write_text("\n".join([good[0], BAD_LINES[kind], good[1]]) + "\n", "utf-8")

    result = run("import", new_project, lines, code=1)

    assert "lines.jsonl" in result.stdout + result.stderr
    assert "2" in result.stderr + result.stdout
    out = tmp_path / "out.jsonl"
    run("export", new_project, "--format", "jsonl", "--out", out)
    assert len(out.read_text("utf-8").splitlines()) == 2


def test_files_that_are_no_reports_are_listed_and_the_good_one_comes_in(run, new_project, tmp_path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "good.txt").write_text(TEXT, "gb18030")

    result = run("import", new_project, folder, tmp_path / "nowhere.txt", code=1)

    said = result.stdout + result.stderr
    assert all(name in said for name in ("empty.txt", "binary.txt", "nowhere.txt"))
    assert "Traceback" not in said
    assert json.loads(run("stats", new_project, "--json").stdout)["reports"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats", "PROJECT", "--no-such-option"),
        ("export", "PROJECT"),
        ("export", "PROJECT", "--format", "no-such", "--out", "x"),
        ("new",),
        ("import", "PROJECT"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(run, project: Path, arguments: tuple[str, ...]) -> None:
    result = run(*(project if a == "PROJECT" else a for a in arguments), code=2)
    assert result.stderr.strip()


def test_an_export_into_a_folder_that_is_not_there(run, project: Path, tmp_path) -> None:
    complaint(run("export", project, "--format", "jsonl", "--out", tmp_path / "no" / "out.jsonl", code=1))
    assert not (tmp_path / "no").exists()


def test_an_export_of_two_sets_names_them(run, project: Path, tmp_path) -> None:
    """Where a report has several sets and none is gold, somebody must choose."""
    lines = tmp_path / "second.jsonl"
    sample = Path(__file__).resolve().parents[2] / "resources" / "examples" / "sample.jsonl"
    first = json.loads(sample.read_text("utf-8").splitlines()[0])
    span = {**first["spans"][0], "id": "00000000-0000-4000-8000-000000000001", "annotator": "第二人"}
    other = {"text": first["text"], "sets": [{"annotator": "第二人", "status": "done"}], "spans": [span]}
    lines.write_text(json.dumps(other, ensure_ascii=False) + "\n", "utf-8")
    run("import", project, lines)

    result = run("export", project, "--format", "spacy", "--out", tmp_path / "out.spacy", code=1)
    assert "第二人" in result.stderr
    assert "示例" in result.stderr
    assert not (tmp_path / "out.spacy").exists()
    run("export", project, "--format", "spacy", "--out", tmp_path / "out.spacy", "--annotator", "第二人")
