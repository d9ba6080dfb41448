"""The commands as they are typed, in process."""

import json
import os
import shutil
from pathlib import Path

import pytest

from annotator.cli import COMMANDS
from annotator.cli.main import group, run
from annotator.domain.changes import Wording
from annotator.messages import set_language
from annotator.services.settings import Settings
from annotator.storage import Store

TEXT = "区司法局新建80个站点。"


@pytest.fixture
def project(tmp_path, capsys):
    path = tmp_path / "p.annodb"
    assert run(["new", str(path)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(
        json.dumps(
            {
                "id": "one",
                "text": TEXT,
                "sets": [{"annotator": "甲", "status": "done"}],
                "spans": [
                    {"start": 0, "end": 4, "label": "INSTITUTION", "annotator": "甲"},
                    {"start": 4, "end": 11, "label": "MEASURE", "annotator": "甲"},
                    {"start": 6, "end": 9, "label": "INDICATOR", "annotator": "甲", "attributes": {"value": 80}},
                ],
            },
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def call(capsys):
    def run_it(*arguments):
        code = run([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run_it


def test_every_command_has_help_in_both_languages(call, monkeypatch):
    for language in ("en", "zh_CN"):
        monkeypatch.setenv("ANNOTATOR_LANG", language)
        set_language(language)
        code, out, _err = call("--help")
        assert code == 0 and all(name in out for name in COMMANDS)
        chinese = any("\u4e00" <= c <= "\u9fff" for c in out)
        assert chinese is (language == "zh_CN")
        for name in COMMANDS:
            code, out, _err = call(name, "--help")
            assert code == 0 and f"annotator {name}" in out
            assert any("\u4e00" <= c <= "\u9fff" for c in out) is (language == "zh_CN"), name


def test_the_options_of_the_manual_are_there():
    wanted = {
        "new": {"--schema"},
        "import": {"--format", "--encoding", "--annotator", "--replace", "--report"},
        "export": {
            "--format",
            "--out",
            "--annotator",
            "--status",
            "--labels",
            "--ents",
            "--overlap",
            "--text",
            "--loss",
        },
        "stats": {"--json"},
        "history": {"--report", "--json"},
        "undo": {"--step"},
        "backup": set(),
        "verify": set(),
    }
    commands = group()
    for name, options in wanted.items():
        command = commands.get_command(None, name)
        assert options <= {option for p in command.params for option in p.opts}, name


def test_new_refuses_what_is_there(call, project):
    code, out, err = call("new", project)
    assert (code, out) == (1, "") and "exists already" in err and err.count("\n") == 1


def test_new_with_a_schema(call, tmp_path):
    schema = tmp_path / "s.json"
    schema.write_text('{"labels": [{"name": "X"}]}', encoding="utf-8")
    code, out, _err = call("new", tmp_path / "q.annodb", "--schema", schema)
    assert code == 0 and "1 label" in out
    schema.write_text("[", encoding="utf-8")
    code, _out, err = call("new", tmp_path / "r.annodb", "--schema", schema)
    assert code == 1 and "not JSON" in err and not (tmp_path / "r.annodb").exists()


def test_a_day_of_work(call, project, file, tmp_path):
    code, out, _err = call("import", project, file)
    assert code == 0 and "1 report imported with 3 spans" in out
    code, out, _err = call("stats", project, "--json")
    figures = json.loads(out)
    assert figures["reports"] == 1 and figures["labels"] == {"MEASURE": 1, "INSTITUTION": 1, "INDICATOR": 1}
    assert figures["annotators"]["甲"]["statuses"]["done"] == 1
    code, out, _err = call("stats", project)
    assert code == 0 and "举措" not in out and "Measure MEASURE" in out
    code, out, _err = call("export", project, "--format", "jsonl", "--out", tmp_path / "x.jsonl")
    assert code == 0 and (tmp_path / "x.jsonl.loss.json").exists()
    assert json.loads((tmp_path / "x.jsonl").read_text(encoding="utf-8"))["id"] == "one"
    code, out, _err = call("history", project, "--json")
    (step,) = json.loads(out)
    assert step["words"] == "Import 1 report" and step["state"] == "done"
    code, out, _err = call("verify", project)
    assert (code, out) == (0, "Everything is in order.\n")
    code, out, _err = call("undo", project, "--step", step["id"][:8])
    assert code == 0 and "Import 1 report" in out
    code, out, _err = call("stats", project, "--json")
    assert json.loads(out)["reports"] == 0
    code, out, _err = call("history", project)
    assert code == 0 and out.count("\n") == 2 and "[undone]" in out


def test_import_ends_with_1_when_a_line_failed_and_says_which(call, project, file, tmp_path):
    with file.open("a", encoding="utf-8") as stream:
        stream.write("{broken\n" + json.dumps({"text": "乙", "spans": [{"start": 0, "end": 5, "label": "A"}]}) + "\n")
    report = tmp_path / "r.json"
    code, out, err = call("import", project, file, "--report", report)
    assert code == 1 and "1 report imported" in out
    assert f"{file}:2" in err and f"{file}:3" in err
    assert [row["line"] for row in json.loads(report.read_text(encoding="utf-8"))["failed"]] == [2, 3]


def test_an_import_writes_its_report_over_nothing_of_the_project(call, project, file, tmp_path):
    call("import", project, file)
    before = project.read_bytes()
    for report in (project, tmp_path / "none" / "r.json"):
        code, out, err = call("import", project, file, "--report", report)
        assert (code, out) == (1, "") and "Nothing was written" in err
        assert project.read_bytes() == before
    code, _out, err = call("suggest", project, "--out", project)
    assert code == 1 and "is the project itself" in err
    assert call("verify", project)[0] == 0


def test_a_known_text_is_no_failure(call, project, file):
    call("import", project, file)
    code, out, err = call("import", project, file)
    assert code == 0 and "0 reports" in out and "Known already (1)" in err and "Left untouched (1)" in err
    assert call("import", project, file, "--replace")[0] == 0


def test_import_for_an_annotator_and_in_an_encoding(call, project, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("一号报告。".encode("gb18030"))
    assert call("import", project, path, "--encoding", "gbk", "--annotator", "老王")[0] == 0
    assert call("import", project, path, "--encoding", "no-such")[0] == 1


def test_export_names_the_sets_it_cannot_choose_from(call, project, file, tmp_path):
    call("import", project, file)
    file.write_text(file.read_text(encoding="utf-8").replace("甲", "乙"), encoding="utf-8")
    call("import", project, file)
    code, out, err = call("export", project, "--format", "spacy", "--out", tmp_path / "x.spacy")
    assert (code, out) == (1, "") and "甲, 乙" in err and not (tmp_path / "x.spacy").exists()
    assert call("export", project, "--format", "spacy", "--out", tmp_path / "x.spacy", "--annotator", "乙")[0] == 0


def test_export_to_spacy_says_what_stays_behind(call, project, file, tmp_path):
    pytest.importorskip("spacy", reason="the extra “train” is not installed")
    call("import", project, file)
    code, out, _err = call(
        "export", project, "--format", "spacy", "--out", tmp_path / "x.spacy", "--ents", "INDICATOR，MEASURE",
        "--overlap", "shortest", "--text", "whole", "--status", "done,flagged", "--loss", tmp_path / "l.json",
    )  # fmt: skip
    assert code == 0 and "INSTITUTION 1, MEASURE 1" in out
    assert json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))["not_in_ents"] == {
        "INSTITUTION": 1,
        "MEASURE": 1,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "P", "--format", "jsonl"],
        ["export", "P", "--format", "docx", "--out", "x"],
        ["export", "P", "--format", "jsonl", "--out", "x", "--text", "body"],
        ["export", "P", "--format", "jsonl", "--out", "x", "--ents", "A"],
        ["export", "P", "--format", "jsonl", "--out", "x", "--overlap", "longest"],
        ["export", "P", "--format", "spacy", "--out", "x", "--status", "ready"],
        ["export", "P", "--format", "spacy", "--out", "x", "--overlap", "best"],
        ["import", "P"],
        ["import"],
        ["import", "P", "a", "--format", "spacy"],
        ["stats"],
        ["stats", "P", "--frob"],
        ["new", "P", "Q"],
        ["undo", "P", "--step"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_2_and_no_traceback(call, arguments):
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert "Error" in err and "Traceback" not in err


@pytest.mark.parametrize(
    "command",
    [
        ["stats"],
        ["history"],
        ["verify"],
        ["undo"],
        ["backup"],
        ["import", "+a"],
        ["export", "--format", "jsonl", "--out", "+x"],
    ],
)
@pytest.mark.parametrize("content", [None, b"", b"not a project", b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_project_is_one_sentence(call, tmp_path, command, content):
    path = tmp_path / "bad.annodb"
    if content is not None:
        path.write_bytes(content)
    name, *rest = command
    code, out, err = call(name, path, *(str(tmp_path / a[1:]) if a.startswith("+") else a for a in rest))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1 and "Traceback" not in err
    assert (path.read_bytes() if content is not None else None) == content
    assert sorted(os.listdir(tmp_path)) == (["bad.annodb"] if content is not None else [])


def test_history_of_a_report_and_unknown_ones(call, project, file):
    call("import", project, file)
    code, out, _err = call("history", project, "--report", "1")
    assert code == 0 and "Import" in out
    assert call("history", project, "--report", "99")[0] == 1
    assert call("undo", project, "--step", "ffffffff")[0] == 1


def test_nothing_to_undo(call, project):
    code, _out, err = call("undo", project)
    assert code == 1 and "no step" in err


def test_backup_beside_the_project_or_where_named(call, project, tmp_path):
    code, out, _err = call("backup", project, tmp_path / "copy.annodb")
    assert code == 0 and (tmp_path / "copy.annodb").exists()
    code, out, _err = call("backup", project)
    assert code == 0 and len(list(tmp_path.glob("p-*.annodb"))) == 1
    assert call("backup", project, project)[0] == 1


def test_verify_ends_with_1_and_a_list(call, project, file):
    call("import", project, file)
    import sqlite3

    with sqlite3.connect(project) as conn:
        conn.execute("UPDATE total SET n = 9")
    conn.close()
    code, out, _err = call("verify", project)
    assert code == 1 and "9" in out and "problems found" in out
    assert isinstance(json.loads(call("verify", project, "--json")[1]), list)


def test_a_bug_leaves_a_report_without_words_of_the_project(call, project, home, monkeypatch):
    from annotator.cli import stats_command

    monkeypatch.setattr(stats_command, "_show", lambda store: 1 / len(TEXT[:0]))
    code, _out, err = call("stats", project)
    assert code == 1 and err.count("\n") == 1 and "Traceback" not in err
    (crash,) = Path(home).rglob("crashes/*.txt")
    report = crash.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in report and "stats_command.py" in report and TEXT not in report


def test_an_interrupt_is_a_clean_end(call, project, file, monkeypatch):
    from annotator.services import exporting

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    call("import", project, file)
    monkeypatch.setattr(exporting._Export, "_write_one", interrupt)
    out = file.parent / "x.jsonl"
    code, _out, err = call("export", project, "--format", "jsonl", "--out", out)
    assert code == 1 and err.strip() == "Stopped."
    assert [p.name for p in file.parent.glob("*x.jsonl*")] == []


def test_history_marks_what_was_undone_and_what_a_restore_took_back(call, project, file):
    from annotator.domain.changes import SetRef, set_status
    from annotator.domain.span import new_uid
    from annotator.services.settings import Settings
    from annotator.storage import Store

    call("import", project, file)
    me = Settings.load().person()
    with Store.open(project) as store:
        own = SetRef(new_uid(), me.uid, None)
        point = store.apply(set_status(1, own, "in_progress"), me.uid)
        store.apply(set_status(1, own._replace(status="in_progress"), "flagged"), me.uid)
        store.restore(1, point.uid, me.uid)
        store.undo(me.uid)
        store.redo(me.uid)
        store.work.add(me.uid, 1, 75)
    code, out, _err = call("history", project, "--report", "1", "--json")
    assert code == 0
    assert [(row["kind"], row["stands"]) for row in json.loads(out)] == [
        ("redo", True), ("undo", True), ("restore", True), ("set.status", False), ("set.status", True), ("import", True),
    ]  # fmt: skip
    _code, out, _err = call("history", project, "--report", "1")
    assert "Restore to “Set status to in progress”, 1 step back" in out
    assert out.count("[undone]") == 1


def test_stats_tell_the_time_at_the_reports(call, project, file):
    from annotator.storage import Store

    call("import", project, file)
    with Store.open(project) as store:
        who = store.people.named("甲")
        store.work.add(who.uid, 1, 3900.4)
    _code, out, _err = call("stats", project, "--json")
    figures = json.loads(out)
    assert figures["seconds"] == 3900
    assert figures["annotators"]["甲"]["seconds"] == 3900
    _code, out, _err = call("stats", project)
    assert "1 h 05 min" in out


def test_commands_work_where_no_settings_can_be_kept(call, project, file, tmp_path, monkeypatch):
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    assert call("import", project, file)[0] == 0
    assert call("undo", project)[0] == 0
    monkeypatch.setenv("ANNOTATOR_HOME", os.devnull)
    assert call("import", project, file)[0] == 0
    code, out, _err = call("stats", project, "--json")
    assert code == 0 and not any("(2)" in name for name in json.loads(out)["annotators"])  # the same person each time


def test_a_step_that_was_cut_off_is_named_instead_of_an_older_one(call, project, file):
    call("import", project, file)
    with Store.open(project) as store:
        me = store.people.ensure(*Settings.load().person()[:2])
        cut = store.history.begin_bulk("import", Wording("Import"), me.uid)
    code, out, err = call("undo", project)
    assert (code, out) == (1, "") and "was cut off" in err and cut.uid[:8] in err
    assert call("undo", project, "--step", cut.uid[:8])[0] == 0
    code, out, _err = call("undo", project)
    assert code == 0 and "Import 1 report" in out


@pytest.mark.parametrize("number", ["9" * 30, "0", "-1", "²"])
def test_a_number_that_is_no_reports_is_said(call, project, file, number):
    call("import", project, file)
    code, _out, err = call("history", project, "--report", number)
    assert code == 1 and "There is no report" in err


@pytest.mark.parametrize("name", ["base64", "rot13", "nothing"])
def test_an_encoding_that_is_none_is_said_for_json_lines_too(call, project, file, name):
    code, _out, err = call("import", project, file, "--encoding", name)
    assert code == 1 and f"The encoding “{name}” is not known" in err


def test_a_project_that_was_left_open_is_said_and_worked_on(project, tmp_path, file, capsys):
    left = tmp_path / "left.annodb"
    with Store.open(project) as store:
        store.people.ensure("11111111-1111-4111-8111-111111111111", "王五")
        for ending in ("", "-wal"):  # as a program leaves it that is killed
            shutil.copyfile(f"{project}{ending}", f"{left}{ending}")
    assert run(["import", str(left), str(file)]) == 0
    assert "left.annodb was not closed by the program that last wrote it." in capsys.readouterr().err
    assert run(["import", str(left), str(file)]) == 0
    assert "was not closed" not in capsys.readouterr().err
    with Store.open(left, write=False) as store:
        assert "王五" in {person.name for person in store.people.all()}
