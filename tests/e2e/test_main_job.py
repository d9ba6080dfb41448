"""Reports in, a dataset out: the job the program is for, with the real program and no network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "examples" / "sample.jsonl"

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


class Source:
    """What is imported, and what must come out again."""

    def __init__(self, paths: list[Path], annotated: list[Path], reports: int) -> None:
        self.paths = paths
        self.reports = reports
        self.records = [json.loads(line) for path in annotated for line in path.read_text("utf-8").splitlines()]

    @property
    def done(self) -> list[dict[str, Any]]:
        return [record for record in self.records if any(s["status"] == "done" for s in record["sets"])]


@pytest.fixture(params=["invented", "real"])
def source(request: pytest.FixtureRequest) -> Source:
    if request.param == "invented":
        return Source([SAMPLE], [SAMPLE], 4)
    shared: Path = request.getfixturevalue("shared")
    reports, gold = sorted((shared / "reports").glob("*.txt")), sorted((shared / "gold").glob("*.jsonl"))
    return Source([shared / "reports", shared / "gold"], gold, len(reports))


@pytest.fixture
def filled(source: Source, run, tmp_path: Path, sockets_blocked: Path) -> Path:
    project = tmp_path / "main job.annodb"
    run("new", project, first=str(sockets_blocked))
    run("import", project, *source.paths, first=str(sockets_blocked))
    return project


def read_docbin(path: Path) -> list[Any]:
    import spacy
    from spacy.tokens import DocBin

    return list(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab))


def of_record(record: dict[str, Any]) -> list[tuple[int, int, str]]:
    return sorted((span["start"], span["end"], span["label"]) for span in record["spans"])


def of_doc(doc: Any) -> list[tuple[int, int, str]]:
    return sorted((span.start_char, span.end_char, span.label_) for span in doc.spans["sc"])


def test_docbin_holds_every_span(filled, source, run, tmp_path, sockets_blocked) -> None:
    import spacy

    out = tmp_path / "train.spacy"
    run("export", filled, "--format", "spacy", "--out", out, "--text", "whole", first=str(sockets_blocked))
    docs = read_docbin(out)
    loss = json.loads((tmp_path / "train.spacy.loss.json").read_text("utf-8"))
    tokenise = spacy.blank("zh").make_doc

    assert source.done, "nothing to compare"
    assert loss["not_in_file"] == []
    assert sorted(doc.text for doc in docs) == sorted(record["text"] for record in source.done)
    by_text = {record["text"]: record for record in source.done}
    for doc in docs:
        record = by_text[doc.text]
        assert of_doc(doc) == of_record(record)
        assert [(t.text, t.whitespace_) for t in doc] == [(t.text, t.whitespace_) for t in tokenise(doc.text)]
        assert doc.ents
        assert {ent.label_ for ent in doc.ents} <= {"INSTITUTION", "INDICATOR"}
        assert {(e.start_char, e.end_char, e.label_) for e in doc.ents} <= set(of_record(record))
        given = {span["id"]: span.get("attributes", {}) for span in record["spans"]}
        assert {span["id"]: span["attributes"] for span in doc.user_data["spans"]} == given


def ids(data: dict[str, Any]) -> frozenset[str]:
    """What tells reports apart here: where a text was there before its spans, its own id is the older one."""
    return frozenset(span["id"] for span in data["spans"])


def test_docbin_of_the_body_leaves_the_furniture_out(filled, source, run, tmp_path) -> None:
    out = tmp_path / "train.spacy"
    run("export", filled, "--format", "spacy", "--out", out)
    by_spans = {ids(record): record for record in source.done}

    docs = read_docbin(out)
    assert len(docs) == len(source.done)
    for doc in docs:
        record = by_spans[ids(doc.user_data)]
        kept = doc.user_data["kept"]
        assert doc.text == "".join(record["text"][start:end] for start, end in kept)
        for start, end, *_rule in record.get("furniture", []):
            assert all(end <= first or behind <= start for first, behind in kept)
        words = sorted((span["label"], record["text"][span["start"] : span["end"]]) for span in record["spans"])
        assert sorted((span.label_, span.text) for span in doc.spans["sc"]) == words


def test_json_lines_bring_everything_back(filled, source, run, tmp_path, sockets_blocked) -> None:
    out = tmp_path / "out.jsonl"
    run("export", filled, "--format", "jsonl", "--out", out, first=str(sockets_blocked))
    by_text = {line["text"]: line for line in map(json.loads, out.read_text("utf-8").splitlines())}

    assert len(by_text) == source.reports
    for record in source.records:
        line = by_text[record["text"]]
        if not record.get("furniture"):
            line.pop("furniture", None)  # found in the text when it came in, before the line with its spans
        assert plain(line) == plain(record)
    assert (tmp_path / "out.jsonl.loss.json").is_file()


def plain(record: dict[str, Any]) -> dict[str, Any]:
    """A line without what may differ: order, keys at their default, and what belongs to the text it met."""
    defaults = {"attributes": {}, "origin": "hand", "note": "", "certain": True}

    def item(data: dict[str, Any]) -> str:
        return json.dumps({k: v for k, v in data.items() if defaults.get(k) != v}, sort_keys=True, ensure_ascii=False)

    return {
        "text": record["text"],
        "furniture": sorted(range_[:2] for range_ in record.get("furniture", [])),
        **{key: sorted(map(item, record.get(key, []))) for key in ("sets", "spans", "relations")},
    }


def test_a_second_project_from_the_export_is_the_same(filled, run, tmp_path) -> None:
    first, second, again = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "again.annodb"
    run("export", filled, "--format", "jsonl", "--out", first)
    run("new", again)
    run("import", again, first)
    run("export", again, "--format", "jsonl", "--out", second)

    assert second.read_text("utf-8") == first.read_text("utf-8")


def test_known_reports_are_named_and_not_added_again(filled, source, run) -> None:
    before = json.loads(run("stats", filled, "--json").stdout)
    again = run("import", filled, *source.paths)

    assert json.loads(run("stats", filled, "--json").stdout) == before
    assert again.stdout.strip() or again.stderr.strip()


def test_numbers_history_undo_backup_and_check_agree(filled, source, run, tmp_path) -> None:
    stats = run("stats", filled, "--json").stdout
    counted = json.loads(stats)
    labels = Counter(label for record in source.records for _start, _end, label in of_record(record))
    assert counted["reports"] == source.reports
    assert {label: n for label, n in counted["labels"].items() if n} == labels
    assert counted["statuses"]["done"] == len(source.done)
    steps = json.loads(run("history", filled, "--json").stdout)
    assert len(steps) == 1

    copy = tmp_path / "copy.annodb"
    run("backup", filled, copy)
    run("undo", filled)
    assert len(json.loads(run("history", filled, "--json").stdout)) == 2
    assert json.loads(run("stats", filled, "--json").stdout)["reports"] == 0
    run("export", filled, "--format", "jsonl", "--out", tmp_path / "empty.jsonl", code=1)
    assert not (tmp_path / "empty.jsonl").exists()
    for path in (filled, copy):
        run("verify", path)
    assert run("stats", copy, "--json").stdout == stats


def test_closed_projects_are_one_file(filled) -> None:
    assert [path.name for path in filled.parent.glob("main job.annodb*")] == ["main job.annodb"]


def test_the_block_on_sockets_holds(sockets_blocked: Path) -> None:
    code = "import socket; socket.socket()"
    result = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(sockets_blocked)}, capture_output=True, check=False
    )
    assert b"the network was asked for" in result.stderr
