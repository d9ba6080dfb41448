"""`annotator import`: columns, near duplicates, and a report that lists everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli.main import run
from annotator.storage import Store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert run(["new", str(tmp_path / "p.annodb")]) == 0
    return tmp_path / "p.annodb"


def body() -> str:
    return "\n".join(
        f"{n}、全镇共举办普法讲座{n + 3}场，受理案件{n * 7 + 1}件，群众满意度{80 + n}%。" for n in range(30)
    )


@pytest.mark.parametrize(("near", "reports"), [(None, 1), ("link", 1), ("skip", 1), ("add", 2)])
def test_near_duplicates(project: Path, tmp_path: Path, near: str | None, reports: int) -> None:
    (tmp_path / "a.txt").write_text("甲镇报告\n" + body(), encoding="utf-8")
    (tmp_path / "b.txt").write_text("甲镇报告\n" + body() + "\n打印本页。", encoding="utf-8")
    options = ["--near-duplicates", near] if near else []
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert run(["import", str(project), *files, *options, "--report", str(tmp_path / "r.json")]) == 0
    with Store.open(project, write=False) as store:
        assert store.totals.reports() == reports
    result = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (result["files"], len(result["read"]), len(result["near"])) == (2, reports, 2 - reports)
    assert result["linked"] == (1 if near in (None, "link") else 0)


def test_columns_by_name(project: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("标题,正文,备注\n标题一,区司法局新建80个站点。,内部\n", encoding="utf-8")
    columns = ["--column", "text=正文", "--column", "title=标题", "--column", "=备注"]
    assert run(["import", str(project), str(tmp_path / "t.csv"), *columns]) == 0
    with Store.open(project, write=False) as store:
        (report,) = store.reports.stream()
    assert report.meta["title"] == "标题一" and "备注" not in report.meta
    assert report.text.strip() == "区司法局新建80个站点。"


def test_a_column_without_a_role_is_refused(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(project), str(tmp_path), "--column", "正文"]) == 2
    assert "正文" in capsys.readouterr().err


def test_a_folder_that_loops_and_an_empty_one_are_said(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    assert run(["import", str(project), str(folder)]) == 0
    assert "No files were found" in capsys.readouterr().err
    (folder / "self").symlink_to(".")
    (folder / "a.txt").write_text("甲镇报告", encoding="utf-8")
    assert run(["import", str(project), str(folder)]) == 0
    shown = capsys.readouterr()
    assert "self: The link leads to a folder" in shown.err and shown.out.startswith("1 report imported")
