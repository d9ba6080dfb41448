"""Near duplicates on their way in: noted with the known report, added, or only listed; and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.services.importing import ImportOptions, ImportResult, import_paths
from annotator.services.session import default_schema
from annotator.storage import Store

ME = "6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99"


def body(changed: str = "") -> str:
    lines = [f"{n}、全镇共举办普法讲座{n + 3}场，受理案件{n * 7 + 1}件，群众满意度达到{80 + n}%。" for n in range(40)]
    return "\n".join(lines) + changed


@pytest.fixture
def store(tmp_path: Path):
    with Store.create(tmp_path / "p.annodb", default_schema()) as made:
        made.people.ensure(ME, "me")
        yield made


@pytest.fixture
def files(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("云溪镇报告\n" + body(), encoding="utf-8")
    return folder


def run(store: Store, *paths: Path, **options: object) -> ImportResult:
    return import_paths(store, ME, paths, ImportOptions(**options))  # type: ignore[arg-type]


def also(store: Store) -> list[dict[str, str]]:
    return list(store.reports.detail(store.reports.ids()[0]).meta.get("also", []))


def test_a_near_duplicate_is_noted_with_the_known_report(store, files):
    run(store, files)
    (files / "b.txt").write_text("云溪镇报告\n" + body("\n联系电话改了。"), encoding="utf-8")
    result = run(store, files / "b.txt")
    assert (result.added, result.linked, len(result.near), result.known) == (0, 1, 1, [])
    (entry,) = result.near
    assert entry.report == 1 and not entry.spans and "further source" in entry.reason
    assert [source["file_name"] for source in also(store)] == ["b.txt"]
    assert result.step is not None and "1 further source" in result.step.text()
    again = run(store, files / "b.txt")
    assert (again.linked, again.step, len(again.near)) == (0, None, 1)
    assert len(also(store)) == 1
    store.undo(ME)
    assert also(store) == []
    store.redo(ME)
    assert len(also(store)) == 1


def test_the_same_body_in_one_import(store, files):
    (files / "b.txt").write_text("云溪镇报告\n\n" + body().replace("\n", "\n　　"), encoding="utf-8")
    result = run(store, files)
    assert (result.added, result.linked) == (1, 1)
    store.undo(ME)
    assert store.totals.reports() == 0
    store.redo(ME)
    assert store.totals.reports() == 1 and len(also(store)) == 1


@pytest.mark.parametrize(("near", "reports"), [("add", 2), ("skip", 1)])
def test_other_choices(store, files, near, reports):
    (files / "b.txt").write_text(body("\n联系电话改了。"), encoding="utf-8")
    result = run(store, files, near=near)
    assert store.totals.reports() == reports and also(store) == []
    assert len(result.near) == (near == "skip")
    assert [note.report for note in result.notes] == ([1] if near == "add" else [])


def test_records_of_a_data_set_are_meant_as_they_are(store, files):
    run(store, files)
    lines = [{"text": body("\n一。")}, {"text": body("\n二。"), "spans": [{"start": 0, "end": 2, "label": "MEASURE"}]}]
    (files / "b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run(store, files / "b.jsonl").added == 2


def test_reports_that_came_without_a_fingerprint_are_compared_too(store, files):
    (files / "b.jsonl").write_text(json.dumps({"text": body("\n一。")}) + "\n", encoding="utf-8")
    run(store, files / "b.jsonl")
    assert store.bodies.missing() == [1]
    result = run(store, files / "a.txt")
    assert store.bodies.missing() == []
    assert (result.added, result.linked) == (0, 1)


def test_a_known_report_with_spans_is_told_of(store, files):
    line = {"text": body("\n一。"), "spans": [{"start": 0, "end": 2, "label": "MEASURE"}]}
    (files / "b.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    run(store, files / "b.jsonl")
    assert run(store, files / "a.txt").near[0].spans


def test_a_removed_report_is_near_to_nothing(store, files):
    run(store, files)
    store.undo(ME)
    (files / "b.txt").write_text(body("\n二。"), encoding="utf-8")
    assert run(store, files / "b.txt").added == 1


def test_other_reports_are_not_near(store, files):
    (files / "c.txt").write_text(body().replace("普法讲座", "文艺演出").replace("案件", "申请"), encoding="utf-8")
    result = run(store, files)
    assert (result.added, result.near) == (2, [])
