import json

import pytest

from annotator.domain.errors import Cancelled, DiskError, InputError
from annotator.domain.report import Status
from annotator.services.importing import ImportOptions, import_paths
from annotator.services.session import default_schema
from annotator.storage import Store, verify

ME = "6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99"
TEXT = "区司法局新建80个站点。"


@pytest.fixture
def store(tmp_path):
    with Store.create(tmp_path / "p.annodb", default_schema()) as made:
        made.people.ensure(ME, "me")
        yield made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


def line(text=TEXT, **more) -> str:
    return json.dumps({"text": text, **more}, ensure_ascii=False) + "\n"


def span(start=0, end=4, label="INSTITUTION", **more):
    return {"start": start, "end": end, "label": label, **more}


def run(store, *paths, progress=None, **options):
    extra = {} if progress is None else {"progress": progress}
    return import_paths(store, ME, paths, ImportOptions(**options), **extra)


def sets(store, number=0):
    return {s.annotator: s for s in list(store.reports.stream())[number].sets}


def test_files_and_folders_come_in_as_one_step(store, folder):
    (folder / "b.txt").write_text("二号报告。", encoding="gb18030")
    (folder / "deep").mkdir()
    (folder / "deep" / "a.jsonl").write_text(line(spans=[span(annotator="甲")]), encoding="utf-8")
    (folder / "deep" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / ".hidden").write_text("不算", encoding="utf-8")
    alone = folder.parent / "alone.txt"
    alone.write_text("一号报告。", encoding="utf-8")
    result = run(store, alone, folder, str(alone))
    assert (result.added, result.spans, result.failed, result.known) == (3, 1, [], [])
    assert [r.text for r in store.reports.stream()] == ["一号报告。", "二号报告。", TEXT]
    assert store.reports.detail(2).encoding == "gb18030"
    assert store.history.next_undo(ME).uid == result.step.uid
    store.undo(ME)
    assert list(store.reports.stream()) == [] and store.totals.stats().spans == 0
    store.redo(ME)
    assert len(list(store.reports.stream())) == 3


def test_good_ones_come_in_and_bad_ones_are_listed(store, folder):
    (folder / "a.jsonl").write_text(
        line() + "{broken\n" + line("乙", spans=[span(0, 9)]) + line("丙"), encoding="utf-8"
    )
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    result = run(store, folder, folder / "missing.txt")
    assert result.added == 2
    found = [(e.file.rsplit("/", 1)[-1], e.line) for e in result.failed]
    assert found == [("a.jsonl", 2), ("a.jsonl", 3), ("empty.txt", None), ("picture.png", None), ("missing.txt", None)]
    assert all(e.reason for e in result.failed)
    assert json.loads(json.dumps(result.as_dict()))["added"] == 2


class TestKnownTexts:
    @pytest.fixture
    def file(self, folder):
        return folder / "a.jsonl"

    def test_a_known_text_is_named_and_skipped(self, store, file):
        file.write_text(line() + line("\ufeff" + TEXT), encoding="utf-8")
        result = run(store, file)
        assert result.added == 1 and [(e.line, e.title) for e in result.known] == [(2, TEXT)]
        again = run(store, file)
        assert again.added == 0 and len(again.known) == 2 and again.step is None

    def test_spans_of_somebody_new_become_a_set(self, store, file):
        file.write_text(line(), encoding="utf-8")
        run(store, file)
        file.write_text(
            line(spans=[span(annotator="甲")], sets=[{"annotator": "甲", "status": "done"}]), encoding="utf-8"
        )
        result = run(store, file)
        assert (result.added, result.sets_added, result.kept, len(result.known)) == (0, 1, [], 1)
        assert sets(store)["甲"].status == Status.DONE
        store.undo(ME)
        assert sets(store) == {}

    def test_an_existing_set_is_kept_unless_replace(self, store, file):
        file.write_text(line(spans=[span(annotator="甲")]), encoding="utf-8")
        run(store, file)
        file.write_text(line(spans=[span(4, 6, "MEASURE", annotator="甲"), span(annotator="乙")]), encoding="utf-8")
        result = run(store, file)
        assert [(e.line, "甲" in e.reason) for e in result.kept] == [(1, True)]
        assert result.sets_added == 1
        assert [s.label for s in sets(store)["甲"].spans] == ["INSTITUTION"]
        replaced = run(store, file, replace=True)
        assert replaced.sets_replaced == 2 and replaced.kept == []
        assert [s.label for s in sets(store)["甲"].spans] == ["MEASURE"]
        store.undo(ME)
        assert [s.label for s in sets(store)["甲"].spans] == ["INSTITUTION"]

    def test_replacing_a_set_by_itself_keeps_the_ids_of_the_file(self, store, file):
        uid = "6f0e4f0b-9a54-4c5f-8f3c-7a0152d16b0c"
        other = "6f0e4f0b-9a54-4c5f-8f3c-7a0152d16b0d"
        relation = {"id": "6f0e4f0b-9a54-4c5f-8f3c-7a0152d16b0e", "head": uid, "child": other, "label": "RESULT"}
        file.write_text(line(spans=[span(id=uid), span(4, 6, id=other)], relations=[relation]), encoding="utf-8")
        run(store, file)
        assert run(store, file, replace=True).sets_replaced == 1
        (found,) = sets(store).values()
        assert [s.foreign_id for s in found.spans] == [uid, other]
        (link,) = found.relations
        assert (link.head, link.child) == tuple(s.uid for s in found.spans)

    def test_gold_stays_with_who_has_it(self, store, file):
        file.write_text(line(sets=[{"annotator": "甲", "gold": True}]), encoding="utf-8")
        run(store, file)
        file.write_text(line(sets=[{"annotator": "乙", "gold": True}]), encoding="utf-8")
        result = run(store, file)
        assert {name: s.gold for name, s in sets(store).items()} == {"甲": True, "乙": False}
        assert "甲" in result.notes[0].reason

    def test_after_an_undone_import_the_same_file_comes_in_again(self, store, file):
        file.write_text(line(id="6f0e4f0b-9a54-4c5f-8f3c-7a0152d16b0c", spans=[span()]), encoding="utf-8")
        run(store, file)
        store.undo(ME)
        result = run(store, file)
        assert result.added == 1 and result.failed == []
        (report,) = store.reports.stream()
        assert report.foreign_id == "6f0e4f0b-9a54-4c5f-8f3c-7a0152d16b0c"


class TestPeople:
    def test_whoever_is_unnamed_is_the_person_or_the_name_given(self, store, folder):
        file = folder / "a.jsonl"
        file.write_text(line(spans=[span()]), encoding="utf-8")
        run(store, file)
        assert store.sets.of_report(1)[0].person == ME
        file.write_text(line("乙", spans=[span(0, 1)]), encoding="utf-8")
        run(store, file, annotator="老王")
        assert [s.annotator for s in store.sets.of_report(2)] == ["老王"]

    def test_unnamed_spans_join_those_that_name_the_same_person(self, store, folder):
        file = folder / "a.jsonl"
        file.write_text(line(spans=[span(annotator="me"), span(4, 6)]), encoding="utf-8")
        assert run(store, file).failed == []
        (found,) = sets(store).values()
        assert len(found.spans) == 2


class TestSchema:
    def test_unknown_labels_and_relations_are_added_and_said(self, store, folder):
        file = folder / "a.jsonl"
        spans = [span(id="a", label="新标签"), span(4, 6, id="b")]
        file.write_text(line(spans=spans, relations=[{"head": "a", "child": "b", "label": "新关系"}]), encoding="utf-8")
        result = run(store, file)
        assert (result.labels, result.relations) == (["新标签"], ["新关系"])
        assert store.schema.label("新标签") and store.schema.relation("新关系")

    def test_values_that_do_not_fit_are_kept_and_noted(self, store, folder):
        file = folder / "a.jsonl"
        values = {"value": "80.0", "qualifier": "perhaps", "more": [1]}
        bad = {"value": "八十"}
        file.write_text(
            line(spans=[span(6, 9, "INDICATOR", attributes=values), span(6, 8, "INDICATOR", attributes=bad)]),
            encoding="utf-8",
        )
        result = run(store, file)
        kept = {s.end: s.attributes for s in sets(store)["me"].spans}
        assert kept == {9: {"value": "80", "qualifier": "perhaps", "more": [1]}, 8: {"value": "八十"}}
        assert len(result.notes) == 2 and all("does not fit" in e.reason for e in result.notes)


class TestCancelling:
    def test_whole_reports_are_kept(self, store, folder):
        for n in range(5):
            (folder / f"{n}.txt").write_text(f"{n}号报告。", encoding="utf-8")
        calls = []

        def stop_at_the_third(done, total, words):
            calls.append((done, total, words))
            if len(calls) > 3:
                raise Cancelled

        result = run(store, folder, progress=stop_at_the_third)
        assert result.cancelled and 0 < result.added < 5
        assert len(list(store.reports.stream())) == result.added
        assert store.history.running() == [] and store.history.next_undo(ME).uid == result.step.uid
        assert calls[0][:2] == (0, sum(f.stat().st_size for f in folder.iterdir()))

    def test_nothing_in_is_no_step(self, store, folder):
        def stop(done, total, words):
            raise Cancelled

        (folder / "a.txt").write_text("报告。", encoding="utf-8")
        assert run(store, folder, progress=stop).step is None
        assert store.history.steps() == []

    def test_an_interrupt_is_a_cancel(self, store, folder):
        def interrupt(done, total, words):
            raise KeyboardInterrupt

        (folder / "a.txt").write_text("报告。", encoding="utf-8")
        assert run(store, folder, progress=interrupt).cancelled


def test_unusable_options_are_refused_before_anything_happens(store, folder):
    with pytest.raises(InputError, match="papyrus"):
        run(store, folder, format="papyrus")


def test_a_format_by_name(store, folder):
    file = folder / "a.txt"
    file.write_text(line(), encoding="utf-8")
    assert run(store, file, format="text").added == 1
    assert next(iter(store.reports.stream())).text.startswith("{")


def test_a_file_name_in_another_encoding_does_no_harm(store, folder):
    import os

    (folder / os.fsdecode("报告".encode("gbk") + b".txt")).write_text("一号报告。", encoding="utf-8")
    result = run(store, folder)
    assert result.added == 1
    json.dumps(result.as_dict(), ensure_ascii=False).encode()


def test_the_gold_files_and_reports(store, shared):
    result = run(store, shared / "gold", shared / "reports")
    assert (result.added, result.failed) == (5, [])
    assert result.spans == 425


@pytest.mark.parametrize("batch_ms", [0, 10_000])
def test_on_a_full_disk_the_step_says_what_came_in(store, folder, batch_ms):
    (folder / "a.jsonl").write_text("".join(line(f"{number}" + TEXT * 200) for number in range(100)), encoding="utf-8")
    conn = store.connection
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages + 40}")
    with pytest.raises(DiskError):
        import_paths(store, ME, [folder], batch_ms=batch_ms)
    conn.execute("PRAGMA max_page_count = 1000000000")
    steps = store.history.steps()
    there = len(store.reports.ids())
    assert (there > 3) == (batch_ms == 0)
    if there:
        assert steps[0].wording.params == {"n": there}
        assert store.undo(ME) is not None and store.reports.ids() == []
    else:
        assert [step.state for step in steps] == ["closed"] and store.history.next_undo(ME) is None
    assert list(verify(store)) == []


def test_spans_without_a_name_join_the_set_of_the_person_who_imports(store, folder):
    both = line(spans=[span(annotator="me", id="a"), span(5, 7, id="b")], sets=[{"annotator": "me", "status": "done"}])
    (folder / "a.jsonl").write_text(both, encoding="utf-8")
    assert run(store, folder).failed == []
    made = sets(store)["me"]
    assert (made.status, [s.foreign_id for s in made.spans]) == ("done", ["a", "b"])


@pytest.mark.parametrize(
    "more",
    [
        {"spans": [span(annotator="me", id="x"), span(5, 7, id="x")]},
        {
            "spans": [span(annotator=name, id=f"{name}{n}") for name in ("me", "") for n in (1, 2)],
            "relations": [
                {"id": "r", "head": f"{name}1", "child": f"{name}2", "label": "部分", "annotator": name}
                for name in ("me", "")
            ],
        },
        {"sets": [{"annotator": "me", "status": "done"}, {"status": "flagged"}]},
        {"sets": [{"annotator": "me", "status": "done"}, {"status": "in_progress", "note": "x"}]},
    ],
    ids=["one span id", "one relation id", "two statuses", "a note"],
)
def test_two_sets_of_one_person_that_cannot_be_one_are_refused_with_their_line(store, folder, more):
    (folder / "a.jsonl").write_text(line(**more) + line("另一份报告。"), encoding="utf-8")
    result = run(store, folder)
    assert [entry.line for entry in result.failed] == [1]
    assert (result.added, result.labels, result.relations) == (1, [], [])
