"""`--where FIELD=VALUE`: some of the reports, in exports and in figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli.main import run


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, source = tmp_path / "p.annodb", tmp_path / "in.jsonl"
    lines = [
        {
            "text": f"第{n}篇报告。",
            "meta": {"title": f"第{n}篇", "year": 2020 + n, "栏目": column, "from": {"year": "title"}},
        }
        for n, column in enumerate(("要闻", "通知", "要闻"), 1)
    ]
    source.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    assert run(["new", str(path)]) == 0
    assert run(["import", str(path), str(source)]) == 0
    capsys.readouterr()
    return path


def test_an_export_of_some(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    given = ["--where", "栏目=要闻", "--where", "year=2023"]
    assert run(["export", str(project), "--format", "jsonl", "--out", str(out), *given]) == 0
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["meta"] == {"title": "第3篇", "year": 2023, "栏目": "要闻", "from": {"year": "title"}}
    assert "2 reports" in capsys.readouterr().out


def test_figures_of_some(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", str(project), "--json", "--where", "栏目=要闻"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["reports"], found["where"], found["statuses"]["done"]) == (2, ["栏目=要闻"], 0)
    assert run(["stats", str(project), "--where", "栏目=要闻", "--where", "栏目=通知"]) == 0
    assert "栏目=要闻, 栏目=通知" in capsys.readouterr().out


def test_a_field_that_there_is_not(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", str(project), "--where", "nonsense=1"]) == 1
    assert "栏目" in capsys.readouterr().err
