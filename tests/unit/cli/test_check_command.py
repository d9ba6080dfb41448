import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from annotator.cli.main import group

TEXT = "青溪县2021年法治政府建设年度报告\n一、主要举措\n受理纠纷499宗,调解成功498宗,调解成功率达99.7%。\n"


def run(*arguments):
    return CliRunner().invoke(group(), [*map(str, arguments)])


def returned(*arguments):
    """As `run`, with what the program makes its exit code of."""
    return CliRunner().invoke(group(), [*map(str, arguments)], standalone_mode=False)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_text_file_gives_a_list_with_places_and_working(file):
    (finding,) = json.loads(run("check", file, "--json").stdout)
    assert {key: finding[key] for key in ("report", "kind", "stated", "computed", "verdict")} == {
        "report": str(file),
        "kind": "rate",
        "stated": "99.7%",
        "computed": "99.8%",
        "verdict": "rounding",
    }
    assert [TEXT[s["start"] : s["end"]] for s in finding["spans"]] == [s["text"] for s in finding["spans"]]
    assert "498" in finding["working"]


def test_a_project_is_checked_with_its_spans(tmp_path):
    project, lines = tmp_path / "p.annodb", tmp_path / "a.jsonl"
    span = {"start": TEXT.index("受理"), "end": TEXT.index("受理") + 4, "label": "INDICATOR"}
    lines.write_text(json.dumps({"text": TEXT, "spans": [span]}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert run("new", project).exit_code == run("import", project, lines).exit_code == 0
    found = json.loads(run("check", project, "--json").stdout)
    assert {f["kind"] for f in found} == {"rate", "lint.no_numeral"}
    (lint,) = (f for f in found if f["kind"].startswith("lint."))
    assert lint["annotator"]


def lines_of(folder, *rows):
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def span_of(words, label, annotator=None):
    start = TEXT.index(words)
    span = {"start": start, "end": start + len(words), "label": label}
    return span if annotator is None else span | {"annotator": annotator}


SETS = [{"annotator": "甲", "status": "done"}, {"annotator": "乙", "status": "in_progress"}]


def test_the_spans_of_json_lines_are_looked_at_by_annotator_as_in_a_project(tmp_path):
    spans = [span_of("受理", "INDICATOR", "甲"), span_of("调解成功", "INDICATOR", "乙")]
    lines, project = lines_of(tmp_path, {"text": TEXT, "sets": SETS, "spans": spans}), tmp_path / "p.annodb"
    found = json.loads(run("check", lines, "--json").stdout)
    assert {f["report"] for f in found} == {f"{lines}:1"}
    lint = [(f["annotator"], f["kind"], f["spans"][0]["text"]) for f in found if f["kind"].startswith("lint.")]
    assert lint == [
        ("甲", "lint.no_numeral", "受理"),
        ("甲", "lint.untagged_quantity", "499宗"),
        ("甲", "lint.untagged_quantity", "498宗"),
        ("甲", "lint.untagged_quantity", "99.7%"),
        ("乙", "lint.no_numeral", "调解成功"),
    ]
    assert run("new", project).exit_code == run("import", project, lines).exit_code == 0
    in_project = json.loads(run("check", project, "--json").stdout)
    assert [f | {"report": ""} for f in in_project] == [f | {"report": ""} for f in found]


def test_spans_of_nobody_are_looked_at_too(tmp_path):
    found = json.loads(
        run("check", lines_of(tmp_path, {"text": TEXT, "spans": [span_of("受理", "INDICATOR")]}), "--json").stdout
    )
    assert [f["kind"] for f in found] == ["rate", "lint.no_numeral"]
    assert "annotator" not in found[1]


def test_a_file_of_other_labels_is_not_asked_for_those_of_the_default_schema(tmp_path):
    row = {"text": TEXT, "sets": SETS[:1], "spans": [span_of("受理", "ACT", "甲"), span_of("499宗", "FIGURE", "甲")]}
    lines, schema = lines_of(tmp_path, row), tmp_path / "s.json"
    assert [f["kind"] for f in json.loads(run("check", lines, "--json").stdout)] == ["rate"]
    figure = {"name": "FIGURE", "attributes": [{"name": "value", "type": "number"}]}
    schema.write_text(json.dumps({"labels": [{"name": "ACT"}, figure]}), encoding="utf-8")
    found = json.loads(run("check", lines, "--schema", schema, "--json").stdout)
    assert [f["spans"][0]["text"] for f in found if f["kind"] == "lint.untagged_quantity"] == ["498宗", "99.7%"]


def test_a_project_keeps_its_own_schema(tmp_path):
    project = tmp_path / "p.annodb"
    assert run("new", project).exit_code == 0
    assert run("check", project, "--schema", tmp_path / "s.json").exit_code == 2


def test_a_line_that_is_no_report_is_named_and_the_others_are_checked(tmp_path):
    lines = lines_of(tmp_path, {"text": TEXT}, {"words": 1}, {"text": TEXT})
    result = returned("check", lines, "--json")
    assert [f["report"] for f in json.loads(result.stdout)] == [f"{lines}:1", f"{lines}:3"]
    assert f"{lines}:2" in result.stderr
    assert result.return_value == 1


def test_where_nothing_can_be_read_no_list_is_written(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    result = returned("check", tmp_path / "empty.txt", "--json")
    assert (result.stdout, result.return_value) == ("", 1)
    assert "empty.txt" in result.stderr


def test_for_people_lint_names_whose_spans_they_are(tmp_path):
    row = {"text": TEXT, "sets": SETS, "spans": [span_of("受理", "INDICATOR", "乙")]}
    told = next(line for line in run("check", lines_of(tmp_path, row)).stdout.splitlines() if "no_numeral" in line)
    assert told.endswith("lint.no_numeral  乙")


def test_for_people_a_line_and_its_working(file):
    result = run("check", file)
    assert result.exit_code == 0
    assert "498" in result.stdout


def test_what_cannot_be_read_is_one_sentence(tmp_path):
    from annotator.cli.main import run as program

    assert program(["check", str(tmp_path / "none.txt")]) == 1


def test_what_was_dismissed_is_left_out_unless_asked_for(tmp_path):
    from annotator.services.checking import check
    from annotator.services.findings import Dismissing, ask_for, read
    from annotator.services.importing import import_paths
    from annotator.services.rows import Person
    from annotator.services.session import Session

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    project = tmp_path / "p.annodb"
    session = Session.create(project, Person("11111111-1111-4111-8111-111111111111", "甲"))
    import_paths(session.store, session.person.uid, [tmp_path / "a.txt"])
    report = session.open_report(session.store.reports.ids()[0])
    (found,) = read(check(ask_for(report, session.schema), lambda: None), report.text)
    Dismissing(session).dismiss(report, found, "as in the source")
    session.close()
    assert json.loads(run("check", project, "--json").stdout) == []
    (dismissed,) = json.loads(run("check", project, "--json", "--all").stdout)
    assert dismissed["dismissed"] == "as in the source"
    assert "as in the source" in run("check", project, "--all").stdout


def test_a_jump_names_both_reports_and_is_no_disagreement(tmp_path):
    project, lines = tmp_path / "p.annodb", tmp_path / "a.jsonl"
    texts = {
        year: f"青溪县{year}年法治政府建设年度报告\n全年受理矛盾纠纷案件{n}件。\n"
        for year, n in ((2020, 100), (2021, 900))
    }
    rows = [{"text": text, "meta": {"place": "青溪县", "year": year}} for year, text in texts.items()]
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert run("new", project).exit_code == run("import", project, lines).exit_code == 0
    (jump,) = json.loads(run("check", project, "--json").stdout)
    (span,), before = jump["spans"], jump["earlier"]["span"]
    assert (texts[2021][span["start"] : span["end"]], texts[2020][before["start"] : before["end"]]) == (
        "900件",
        "100件",
    )
    assert "worth a look" in run("check", project).stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "annotator", "check", str(pipe)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=60, env={**os.environ, "ANNOTATOR_LANG": "en"}
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "device, a pipe" in done.stderr
