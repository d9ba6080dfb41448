import errno
import json
import os

import pytest

from annotator.domain.errors import Cancelled, InputError, KnownError
from annotator.formats import jsonl
from annotator.services.exporting import ExportOptions, export
from annotator.services.importing import import_paths
from annotator.services.session import default_schema
from annotator.storage import Store

ME = "6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99"


@pytest.fixture
def store(tmp_path):
    with Store.create(tmp_path / "p.annodb", default_schema()) as made:
        made.people.ensure(ME, "me")
        yield made


@pytest.fixture
def out(tmp_path):
    made = tmp_path / "out"
    made.mkdir()
    return made


def fill(store, tmp_path, *records):
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    result = import_paths(store, ME, [file])
    assert result.failed == []


def record(text, *people, gold=None, **statuses):
    """A report with one span by each of `people`; statuses by name, else done."""
    return {
        "text": text,
        "sets": [{"annotator": p, "status": statuses.get(p, "done"), "gold": p == gold} for p in people],
        "spans": [{"start": 0, "end": 2, "label": "INSTITUTION", "annotator": p} for p in people],
    }


def written(path):
    return [item.report for item in jsonl.read(path)]


def test_an_export_to_a_link_writes_what_it_leads_to(store, tmp_path, out):
    fill(store, tmp_path, record("县府开会。", "me"))
    for name in ("x.jsonl", "x.loss.json"):
        (out / name).write_text("before")
        (tmp_path / name).symlink_to(out / name)
    export(store, ExportOptions("jsonl", tmp_path / "x.jsonl", loss=tmp_path / "x.loss.json"))
    assert (tmp_path / "x.jsonl").is_symlink() and (tmp_path / "x.loss.json").is_symlink()
    assert [report.text for report in written(out / "x.jsonl")] == ["县府开会。"]
    assert json.loads((out / "x.loss.json").read_text("utf-8"))["out"] == "x.jsonl"
    assert sorted(file.name for file in out.iterdir()) == ["x.jsonl", "x.loss.json"]


def test_the_loss_file_is_not_the_export_behind_a_link(store, tmp_path, out):
    fill(store, tmp_path, record("县府开会。", "me"))
    (out / "x.jsonl").write_text("before")
    (out / "loss.json").symlink_to("x.jsonl")
    with pytest.raises(InputError, match="cannot be the same file"):
        export(store, ExportOptions("jsonl", out / "x.jsonl", loss=out / "loss.json"))
    assert (out / "x.jsonl").read_text() == "before"


class TestJsonLines:
    def test_what_came_in_goes_out(self, store, tmp_path, out, shared):
        golds = sorted((shared / "gold").glob("*.jsonl"))
        import_paths(store, ME, golds)
        result = export(store, ExportOptions("jsonl", out / "x.jsonl"))
        assert (result.reports, result.spans) == (2, 425)
        lines = (out / "x.jsonl").read_text(encoding="utf-8").splitlines()

        def plain(row):
            return {**row, "spans": sorted(row["spans"], key=lambda s: s["id"])}

        assert [plain(json.loads(li)) for li in lines] == [
            plain(json.loads(g.read_text(encoding="utf-8"))) for g in golds
        ]

    def test_every_status_and_everybody_unless_asked(self, store, tmp_path, out):
        fill(store, tmp_path, record("甲乙一", "a", "b", b="new"), record("甲乙二"))
        export(store, ExportOptions("jsonl", out / "x.jsonl"))
        assert [[s.annotator for s in r.sets] for r in written(out / "x.jsonl")] == [["a", "b"], []]
        result = export(store, ExportOptions("jsonl", out / "y.jsonl", annotator="b", statuses=["new"]))
        assert [[s.annotator for s in r.sets] for r in written(out / "y.jsonl")] == [["b"]]
        assert result.losses.annotators == {"a": 1}

    def test_labels(self, store, tmp_path, out):
        row = record("甲乙丙", "a")
        row["spans"] = [{"id": n, "start": 0, "end": n, "label": la} for n, la in ((1, "MEASURE"), (2, "INDICATOR"))]
        row["relations"] = [{"head": 2, "child": 1, "label": "RESULT"}]
        fill(store, tmp_path, row)
        result = export(store, ExportOptions("jsonl", out / "x.jsonl", labels=["MEASURE"]))
        (report,) = written(out / "x.jsonl")
        assert [s.label for made in report.sets for s in made.spans] == ["MEASURE"]
        assert result.losses.labels == {"INDICATOR": 1} and result.losses.relations == 1

    def test_the_body_cannot_be_had(self, store, out):
        with pytest.raises(InputError, match="whole text"):
            export(store, ExportOptions("jsonl", out / "x.jsonl", text="body"))


class TestWhichSet:
    """One set a report: gold, else the only one that is done; otherwise the sets are named."""

    @pytest.fixture
    def chosen(self, store, tmp_path, out):
        spacy = pytest.importorskip("spacy", reason="the extra “train” is not installed")
        from spacy.tokens import DocBin

        def run(*records, **options):
            fill(store, tmp_path, *records)
            result = export(store, ExportOptions("spacy", out / "x.spacy", **options))
            docs = DocBin().from_disk(out / "x.spacy").get_docs(spacy.blank("zh").vocab)
            return [doc.user_data["annotator"] for doc in docs], result

        return run

    def test_the_only_one_that_is_done(self, chosen):
        names, result = chosen(
            record("一号", "a"), record("二号", "a", "b", a="new"), record("三号"), record("四号", "a", a="flagged")
        )
        assert names == ["a", "b"]
        assert result.losses.statuses == {"flagged": 1, "none": 1} and result.losses.annotators == {"a": 1}

    def test_gold_before_others(self, chosen):
        names, _result = chosen(record("一号", "a", "b", gold="b"), record("二号", "a", "b", gold="a", a="in_progress"))
        assert names == ["b", "a"]

    def test_by_name_and_status(self, chosen):
        names, _result = chosen(record("一号", "a", "b", a="new"), annotator="a", statuses=["new", "done"])
        assert names == ["a"]

    def test_several_are_named(self, chosen, out):
        with pytest.raises(InputError, match=r"“一号”.*a, b"):
            chosen(record("一号", "a", "b"))
        assert os.listdir(out) == []

    def test_a_done_report_without_spans_is_in_it(self, chosen):
        names, result = chosen({"text": "一号", "sets": [{"annotator": "a", "status": "done"}]})
        assert names == ["a"] and not result.losses

    def test_none_at_all_is_an_error_that_counts(self, chosen, out):
        with pytest.raises(InputError, match="in progress 1"):
            chosen(record("一号", "a", a="in_progress"))
        assert os.listdir(out) == []


class TestPlaces:
    @pytest.fixture(autouse=True)
    def _one_report(self, store, tmp_path):
        fill(store, tmp_path, record("一号", "a"))

    def test_a_loss_file_is_always_written(self, store, out):
        export(store, ExportOptions("jsonl", out / "x.jsonl"))
        data = json.loads((out / "x.jsonl.loss.json").read_text(encoding="utf-8"))
        assert data["written"] == {"reports": 1, "spans": 1} and data["not_in_file"] == [] and data["not_in_ents"] == {}
        export(store, ExportOptions("jsonl", out / "y.jsonl", loss=out / "named.json"))
        assert sorted(os.listdir(out)) == ["named.json", "x.jsonl", "x.jsonl.loss.json", "y.jsonl"]

    def test_a_folder_keeps_what_is_not_of_an_export(self, store, out):
        pytest.importorskip("spacy", reason="the extra “train” is not installed")
        target = out / "data"
        target.mkdir()
        for name in ("notes.txt", "part-0007.spacy"):
            (target / name).write_text("x", encoding="utf-8")
        export(store, ExportOptions("spacy", target))
        assert sorted(os.listdir(target)) == ["notes.txt", "part-0001.spacy"]

    @pytest.mark.parametrize(
        ("where", "words"),
        [("missing/x.jsonl", "no folder"), (".", "is a folder"), ("../p.annodb", "is the project itself")],
    )
    def test_places_that_cannot_be(self, store, out, where, words):
        with pytest.raises(InputError, match=words):
            export(store, ExportOptions("jsonl", out / where))

    def test_names_the_project_does_not_know(self, store, out):
        for wrong in (
            {"annotator": "nobody"},
            {"labels": ["NO"]},
            {"ents": ["NO"]},
            {"statuses": ["ready"]},
            {"overlap": "best"},
        ):
            with pytest.raises(InputError, match="There is no"):
                export(store, ExportOptions("spacy", out / "x", **wrong))
        with pytest.raises(InputError, match="There is no export format"):
            export(store, ExportOptions("docx", out / "x"))


class TestFailing:
    @pytest.fixture(autouse=True)
    def _old_export(self, store, tmp_path, out):
        fill(store, tmp_path, record("一号", "a"), record("二号", "a"))
        (out / "x.jsonl").write_text("old", encoding="utf-8")

    def unchanged(self, out):
        return os.listdir(out) == ["x.jsonl"] and (out / "x.jsonl").read_text(encoding="utf-8") == "old"

    def test_cancelled_leaves_nothing_behind(self, store, out):
        def stop(done, total, words):
            raise Cancelled

        with pytest.raises(Cancelled):
            export(store, ExportOptions("jsonl", out / "x.jsonl"), stop)
        assert self.unchanged(out)

    @pytest.mark.parametrize(
        ("number", "words"),
        [(errno.ENOSPC, "disk is full"), (errno.EACCES, "another place"), (errno.EIO, "could not be")],
    )
    def test_what_the_disk_refuses_is_a_sentence(self, store, out, monkeypatch, number, words):
        def refuse(handle):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(KnownError, match=words):
            export(store, ExportOptions("jsonl", out / "x.jsonl"))
        assert self.unchanged(out)

    def test_a_mismatch_leaves_the_target(self, store, out, monkeypatch):
        monkeypatch.setattr(jsonl, "same", lambda written, read: False)
        with pytest.raises(KnownError, match="reads back differently"):
            export(store, ExportOptions("jsonl", out / "x.jsonl"))
        assert self.unchanged(out)
