import json

import pytest
from click.testing import CliRunner

from annotator.cli.main import group, run


def evaluate(*arguments):
    return CliRunner().invoke(group(), ["evaluate", *map(str, arguments)])


@pytest.fixture
def files(tmp_path):
    def made(name, *spans, text="区司法局受理30件", id="r1"):
        path = tmp_path / name
        rows = [{"start": a, "end": b, "label": label} for a, b, label in spans]
        path.write_text(json.dumps({"id": id, "text": text, "spans": rows}, ensure_ascii=False) + "\n", "utf-8")
        return path

    return made


def test_scores_of_two_files(files):
    gold = files("gold.jsonl", (0, 4, "INSTITUTION"), (6, 9, "INDICATOR"))
    result = evaluate(gold, files("p.jsonl", (1, 4, "INSTITUTION"), (6, 9, "INDICATOR")), "--json")
    found = json.loads(result.stdout)
    assert found["labels"]["INDICATOR"]["exact"]["f1"] == 1.0
    assert found["labels"]["INSTITUTION"]["exact"]["f1"] == 0.0
    assert found["labels"]["INSTITUTION"]["overlap"]["f1"] == 1.0
    (difference,) = found["differences"]
    assert (difference["kind"], difference["gold"]["text"], difference["predicted"]["text"]) == (
        "edges",
        "区司法局",
        "司法局",
    )


def test_reports_of_other_ids_meet_by_their_text(files):
    gold, other = files("gold.jsonl", (6, 9, "INDICATOR")), files("p.jsonl", (6, 9, "INDICATOR"), id="other")
    assert json.loads(evaluate(gold, other, "--json").stdout)["reports"] == 1


def test_what_cannot_be_compared_is_named(files):
    result = evaluate(files("gold.jsonl"), files("p.jsonl", text="别的报告", id="x"))
    assert result.exit_code == 0
    assert result.stderr.count("区司法局受理30件") == 1


def test_two_annotators_of_a_project(tmp_path):
    project, lines = tmp_path / "p.annodb", tmp_path / "a.jsonl"
    spans = [
        {"start": 0, "end": 4, "label": "INSTITUTION", "annotator": "甲"},
        {"start": 0, "end": 4, "label": "INSTITUTION", "annotator": "乙"},
    ]
    row = {"text": "区司法局受理30件", "sets": [{"annotator": "甲"}, {"annotator": "乙"}], "spans": spans}
    lines.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert run(["new", str(project)]) == run(["import", str(project), str(lines)]) == 0
    found = json.loads(evaluate(project, "--annotators", "甲,乙", "--json").stdout)
    assert found["labels"]["INSTITUTION"]["exact"]["f1"] == 1.0
    assert run(["evaluate", str(project), "--annotators", "甲,丙"]) == 1


def test_uncertain_spans_are_said_to_be_left_out(tmp_path, files):
    path = tmp_path / "gold.jsonl"
    span = {"start": 0, "end": 4, "label": "INSTITUTION", "certain": False}
    path.write_text(json.dumps({"id": "r1", "text": "区司法局受理30件", "spans": [span]}) + "\n", "utf-8")
    other = files("p.jsonl", (0, 4, "INSTITUTION"))
    assert json.loads(evaluate(path, other, "--json").stdout)["uncertain"] == 2
    assert "2 uncertain spans were scored neither way" in evaluate(path, other).stdout


def test_what_two_annotators_of_a_file_tagged_alike_counts_once(tmp_path, files):
    path = tmp_path / "gold.jsonl"
    spans = [{"start": 0, "end": 4, "label": "INSTITUTION", "annotator": name} for name in "甲乙"]
    row = {"id": "r1", "text": "区司法局受理30件", "sets": [{"annotator": name} for name in "甲乙"], "spans": spans}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    found = json.loads(evaluate(path, files("p.jsonl", (0, 4, "INSTITUTION")), "--json").stdout)
    assert found["labels"]["INSTITUTION"]["exact"]["gold"] == 1
    assert found["differences"] == []


def test_wrong_usage(files):
    assert evaluate(files("a.jsonl")).exit_code == 2
    assert run(["evaluate", "none.jsonl", "none.jsonl"]) == 1


def test_where_nothing_was_compared_the_scores_are_not_taken_for_good_ones(files, capsys):
    gold, empty = files("gold.jsonl", (0, 4, "INSTITUTION")), files("p.jsonl", text="别的报告", id="x")
    empty.write_bytes(b"")
    assert run(["evaluate", str(gold), str(empty), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["reports"] == 0 and "nothing was compared" in told.err
    assert run(["evaluate", str(gold), str(gold)]) == 0
    assert "Gold → predicted" not in capsys.readouterr().out  # there is nothing below such a heading


def test_a_project_in_place_of_a_file_is_said(tmp_path, files):
    project = tmp_path / "p.annodb"
    assert run(["new", str(project)]) == 0
    for paths in ((project, files("a.jsonl")), (files("a.jsonl"), project)):
        result = evaluate(*paths)
        assert result.exit_code == 2 and "p.annodb is a project" in result.stderr
