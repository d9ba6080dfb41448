"""What the second migration brought: proposed attributes, rejected places; and questions on a real project file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator import locations
from annotator.domain.changes import Change, Edit, Wording
from annotator.domain.question import Question
from annotator.domain.report import AnnotationSet, Report
from annotator.domain.span import Span, new_uid
from annotator.services.session import default_schema
from annotator.storage import ReportFilter, Store, creation, migrations

ME = "11111111-1111-4111-8111-111111111111"
TEXT = "镇司法所受理案件120件。\n镇司法所调解纠纷30件。"


@pytest.fixture
def store(tmp_path: Path):
    store = Store.create(tmp_path / "p.annodb", default_schema())
    store.people.ensure(ME, "甲")
    yield store
    store.close()


def add(store: Store, text: str = TEXT, sets=(), questions=()) -> int:
    step = store.history.begin_bulk("import", Wording("Import"), ME)
    number = store.reports.add(Report(new_uid(), text, sets=list(sets), questions=list(questions)), step)
    store.history.end_bulk(step)
    return number


def span(proposed: tuple[str, ...] = ("value",)) -> Span:
    return Span(new_uid(), 8, 12, "INDICATOR", {"value": "120"}, proposed=proposed)


def own(store: Store, report: int) -> list[Span]:
    loaded = store.sets.load(report, ME)
    return loaded.spans if loaded else []


def test_what_was_proposed_comes_back(store: Store) -> None:
    one, other = span(("value", "unit")), span(())._replace(start=0, end=4, label="INSTITUTION", attributes={})
    report = add(store, sets=[AnnotationSet("", spans=[one, other])])
    assert own(store, report) == [other, one]
    assert next(iter(store.reports.stream())).sets[0].spans == [other, one]


def test_seen_is_no_step_and_stands_in_no_ones_way(store: Store) -> None:
    report = add(store)
    made, set_uid = span(), new_uid()
    row = {**made._asdict(), "set": set_uid}
    del row["uid"]
    set_row = {"person": ME, "status": "in_progress"}
    changes = (Change("annotation_set", report, set_uid, None, set_row), Change("span", report, made.uid, None, row))
    store.apply(Edit("span.add", Wording("Tag"), changes, report), ME)
    assert own(store, report) == [made]
    steps = len(store.history.steps())
    store.sets.mark_seen(report, [made.uid])
    assert own(store, report) == [made._replace(proposed=())]
    assert len(store.history.steps()) == steps
    update = Change(
        "span",
        report,
        made.uid,
        {"attributes": {"value": "120"}, "proposed": ("value",)},
        {"attributes": {"value": "121"}, "proposed": ()},
    )
    store.apply(Edit("span.attributes", Wording("Set"), (update,), report), ME)
    store.undo(ME)
    store.undo(ME)
    assert own(store, report) == []
    store.redo(ME)
    assert own(store, report) == [made]


def test_a_project_of_the_first_version_is_brought_up_with_all_it_holds(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    old = sorted(locations.migrations().glob("0001_*.sql"))
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "files", lambda: old)
        creation.create(tmp_path / "old.annodb", default_schema(), "old", "test")
    conn = sqlite3.connect(tmp_path / "old.annodb")
    assert "proposed" not in {row[1] for row in conn.execute("PRAGMA table_info(span)")}
    conn.close()
    with Store.open(tmp_path / "old.annodb") as store:
        store.people.ensure(ME, "甲")
        report = add(store, sets=[AnnotationSet("", spans=[span()])])
        assert own(store, report)[0].proposed == ("value",)
        assert store.repeats.rejected([report], "INDICATOR") == set()


def test_questions_of_a_file_come_in_by_name_and_go_out_by_name(store: Store) -> None:
    asked = Question(
        new_uid(), 0, 4, "算机构吗？", "乙", "2024-01-01T00:00:00Z", state="answered",
        answered_by="甲", answered="2024-01-02T00:00:00Z", answer="算",
    )  # fmt: skip
    report = add(store, questions=[asked])
    assert next(iter(store.reports.stream())).questions == [asked]
    (loaded,) = store.questions.of_report(report)
    assert loaded.asked_by == store.people.named("乙").uid
    assert loaded.answered_by == ME
    (row,) = store.questions.listed(["answered"])
    assert (row.report, row.words, row.question) == (report, "镇司法所", asked)
    assert store.questions.listed(["open"]) == []


def test_questions_are_counted_by_state_over_live_reports(store: Store) -> None:
    assert store.questions.counts() == {"open": 0, "answered": 0, "decided": 0}
    one = Question(new_uid(), 0, 4, "？", "", "2024-01-01T00:00:00Z")
    report = add(store, questions=[one, one._replace(uid=new_uid(), start=14, end=18)])
    other = add(store, TEXT + "。", questions=[one._replace(uid=new_uid(), state="decided", decided_by="")])
    assert store.questions.counts() == {"open": 2, "answered": 0, "decided": 1}
    assert store.questions.counts(other) == {"open": 0, "answered": 0, "decided": 1}
    store.undo(ME)
    assert store.questions.counts() == {"open": 2, "answered": 0, "decided": 0}
    assert {row.report for row in store.questions.listed()} == {report}


def test_an_unknown_state_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="maybe"):
        store.questions.listed(["maybe"])


def test_reports_that_hold_words_are_found_page_by_page(store: Store) -> None:
    store.repeats.PAGE = 2
    here = [add(store), add(store, "别的内容"), add(store, TEXT + "尾")]
    assert store.repeats.last_report() == here[-1]
    assert store.repeats.ids("镇司法所", 0) == [here[0]]
    assert store.repeats.ids("镇司法所", here[1]) == [here[2]]
    assert store.repeats.ids("没有", 0) == []


def test_a_report_says_whose_it_is(store: Store) -> None:
    mine = add(store, sets=[AnnotationSet("", "done", spans=[span()])])
    others = add(store, TEXT + "尾", sets=[AnnotationSet("乙", "in_progress", spans=[span()._replace(uid=new_uid())])])
    first, second = store.repeats.containing([mine, others], ME)
    assert (first.id, first.status, first.others, first.text) == (mine, "done", False, TEXT)
    assert (second.id, second.status, second.set_uid, second.others) == (others, None, None, True)
    assert list(store.repeats.longer([mine, others], "INDICATOR", 3)) == [(mine, 8, 12), (others, 8, 12)]
    assert list(store.repeats.longer([mine, others], "INDICATOR", 4)) == []
    assert list(store.repeats.longer([mine, others], "MEASURE", 0)) == []
    assert store.repeats.own([mine, others], "INDICATOR", ME) == [(mine, 8, 12)]


def test_a_rejection_is_a_row_of_a_step(store: Store) -> None:
    report = add(store)
    row = {"label": "INSTITUTION", "hash": "h", "person": ME, "at": "2024-01-01T00:00:00Z"}
    change = Change("rejected_repeat", report, new_uid(), None, row)
    store.apply(Edit("repeats", Wording("Tag all"), (change,)), ME)
    assert store.repeats.rejected([report], "INSTITUTION") == {(report, "h")}
    assert store.repeats.rejected([report], "MEASURE") == set()
    step, changes = store.undo(ME)
    assert step is not None
    assert changes[0].before == row
    assert store.repeats.rejected([report], "INSTITUTION") == set()


def test_reports_are_filtered_by_questions_notes_and_uncertain_spans(store: Store) -> None:
    plain = add(store)
    asked = add(store, TEXT + "1", questions=[Question(new_uid(), 0, 4, "？", "", "2024-01-01T00:00:00Z")])
    noted = add(store, TEXT + "2", sets=[AnnotationSet("", note="见附件")])
    span_noted = add(store, TEXT + "3", sets=[AnnotationSet("", spans=[span()._replace(note="？")])])
    unsure = add(store, TEXT + "4", sets=[AnnotationSet("", spans=[span()._replace(certain=False)])])
    add(store, TEXT + "5", sets=[AnnotationSet("乙", note="x", spans=[span()._replace(certain=False)])])
    ids = store.reports.ids
    assert plain not in ids(ReportFilter(question="open"))
    assert ids(ReportFilter(question="open")) == [asked]
    assert ids(ReportFilter(question="decided")) == []
    assert ids(ReportFilter(note=True, person=ME)) == [noted, span_noted]
    assert ids(ReportFilter(uncertain=True, person=ME)) == [unsure]
