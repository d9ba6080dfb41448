import json
import re
import shutil

import pytest
from click.testing import CliRunner

from annotator.cli.main import group, run
from annotator.domain.deciding import UNSEEN
from annotator.services.settings import Settings
from annotator.storage import Store

FIRST = "青枫县2021年法治政府建设年度报告\n一、主要做法\n县司法局受理纠纷约1200件，为群众提供法律援助。\n"
SECOND = "白石镇2021年法治政府建设年度报告\n一、主要做法\n镇司法所举办讲座8场。\n首页|联系我们\n"


@pytest.fixture
def project(tmp_path):
    lines = tmp_path / "texts.jsonl"
    rows = [{"text": FIRST}, {"text": SECOND, "furniture": [[SECOND.index("首页"), len(SECOND)]]}]
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    path = tmp_path / "p.annodb"
    assert run(["new", str(path)]) == run(["import", str(path), str(lines)]) == 0
    return path


def suggest(*arguments):
    result = CliRunner().invoke(group(), ["suggest", *map(str, arguments)])
    assert result.exception is None, result.exception
    return result


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_suggestions_go_into_a_file_as_spans_with_origin_and_score(project, tmp_path):
    out = tmp_path / "out.jsonl"
    found = json.loads(suggest(project, "--out", out, "--json").stdout)
    assert (found["reports"], found["asked"]) == (2, 2)
    first, second = lines_of(out)
    assert first["text"] == FIRST
    assert [s["annotator"] for s in first["sets"]] == ["suggestions"]
    (number,) = [s for s in first["spans"] if s["label"] == "INDICATOR"]
    assert (number["text"], number["origin"]) == ("约1200件", "quantities")
    assert 0 < number["score"] <= 1
    assert number["attributes"]["value"] == "1200"
    assert all(span["end"] <= SECOND.index("首页") for span in second["spans"])
    assert second["furniture"][0][:2] == [SECOND.index("首页"), len(SECOND)]
    assert not [p for p in tmp_path.iterdir() if p.suffix == ".part"]


def test_what_is_kept_is_not_asked_again_and_comes_out_the_same(project, tmp_path):
    suggest(project, "--out", tmp_path / "a.jsonl")
    found = json.loads(suggest(project, "--out", tmp_path / "b.jsonl", "--json").stdout)
    assert (found["reports"], found["asked"]) == (2, 0)

    def without_ids(path):
        return [re.sub(r'"id": "[^"]*"', "", line) for line in path.read_text("utf-8").splitlines()]

    assert without_ids(tmp_path / "a.jsonl") == without_ids(tmp_path / "b.jsonl")


def test_only_some_sources_and_some_reports(project):
    found = json.loads(suggest(project, "--source", "quantities", "--json").stdout)
    assert {row["source"] for row in found["suggestions"]} == {"quantities"}
    assert sum(row["n"] for row in found["suggestions"]) == 2


def test_accepting_is_one_step_that_nobody_has_looked_at(project):
    found = json.loads(suggest(project, "--source", "quantities", "--accept-above", "0.9", "--json").stdout)
    assert found["accepted"] == 2
    with Store.open(project, write=False) as store:
        spans = [s for report in store.reports.stream() for made in report.sets for s in made.spans]
        steps = [step for step in store.history.steps() if step.kind == "suggestion.accept"]
    assert [(s.origin, UNSEEN in s.proposed) for s in spans] == [("quantities", True)] * 2
    assert len(steps) == 1
    again = json.loads(suggest(project, "--source", "quantities", "--accept-above", "0.9", "--json").stdout)
    assert again["accepted"] == 0
    assert run(["undo", str(project)]) == 0
    with Store.open(project, write=False) as store:
        assert not [s for report in store.reports.stream() for made in report.sets for s in made.spans]


def test_how_sources_did_stands_in_the_statistics(project):
    suggest(project, "--source", "quantities", "--accept-above", "0.9")
    unseen = json.loads(CliRunner().invoke(group(), ["stats", str(project), "--json"]).stdout)["suggestions"][0]
    assert (unseen["accepted"], unseen["unseen"], unseen["precision"]) == (0, 2, None)
    assert "(0 accepted, 0 rejected; 2 not looked at)" in CliRunner().invoke(group(), ["stats", str(project)]).stdout
    with Store.open(project) as store:
        for report in store.reports.stream():
            store.sets.mark_seen(
                store.reports.find_uid(report.uid), [s.uid for made in report.sets for s in made.spans]
            )
    result = CliRunner().invoke(group(), ["stats", str(project), "--json"])
    assert json.loads(result.stdout)["suggestions"] == [
        {
            "source": "quantities", "label": "INDICATOR", "accepted": 2, "rejected": 0, "made": 2, "unseen": 0,
            "precision": 1.0, "recall": 1.0,
        }
    ]  # fmt: skip
    assert "quantities" in CliRunner().invoke(group(), ["stats", str(project)]).stdout


@pytest.mark.slow
def test_other_processes_give_the_same_answers(project, tmp_path):
    suggest(project, "--jobs", "2", "--out", tmp_path / "a.jsonl")
    other = tmp_path / "other.annodb"
    assert run(["new", str(other)]) == run(["import", str(other), str(tmp_path / "texts.jsonl")]) == 0
    suggest(other, "--out", tmp_path / "b.jsonl")

    def places(path):
        return [[(s["start"], s["end"], s["label"], s["score"]) for s in row["spans"]] for row in lines_of(path)]

    assert places(tmp_path / "a.jsonl") == places(tmp_path / "b.jsonl")


def test_a_model_that_is_gone_is_said_once_and_the_rest_goes_on(project, tmp_path):
    Settings.load().set("suggest.model", str(tmp_path / "nowhere"))
    try:
        result = suggest(project)
    finally:
        Settings.load().set("suggest.model", "")
    assert result.stderr.count("nowhere") == 1
    assert result.exit_code == 0


def test_learning_without_a_finished_report_says_so(project):
    result = suggest(project, "--train", "--json")
    assert "finished report" in json.loads(result.stdout)["learned"]


def test_a_project_that_a_window_holds_is_read_for_a_file(project, tmp_path):
    with Store.open(project, program="window"):
        found = json.loads(suggest(project, "--out", tmp_path / "o.jsonl", "--json").stdout)
        assert found["reports"] == 2
        assert run(["suggest", str(project), "--accept-above", "0.5"]) == 1


def test_a_place_that_cannot_be_written_is_one_sentence(project, tmp_path):
    assert run(["suggest", str(project), "--out", str(tmp_path)]) == 1
    assert run(["suggest", str(project), "--accept-above", "2"]) == 2
    assert run(["suggest", str(project), "--source", "nobody"]) == 2


def test_a_run_that_was_killed_says_so_and_goes_on(project, tmp_path):
    left = tmp_path / "left.annodb"
    suggest(project)
    with Store.open(project) as store:
        store.people.ensure("11111111-1111-4111-8111-111111111111", "王五")
        for ending in ("", "-wal"):  # as a program leaves it that is killed
            shutil.copyfile(f"{project}{ending}", f"{left}{ending}")
    result = suggest(left, "--json")
    assert "left.annodb was not closed by the program that last wrote it." in result.stderr
    assert json.loads(result.stdout)["asked"] == 0
    assert suggest(left, "--json").stderr == ""
