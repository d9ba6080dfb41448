"""Text edits and newer copies as services: what they would touch, one step, the open report in step with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.changes import Wording
from annotator.domain.errors import ConflictError, ReadOnlyError, ValidationError
from annotator.domain.report import AnnotationSet, Furniture, Report
from annotator.domain.span import Span, new_uid
from annotator.domain.text_edit import TextEdit
from annotator.formats.items import ReadOptions
from annotator.formats.registry import reader_of
from annotator.services.editing import Editor
from annotator.services.exporting import ExportOptions, export
from annotator.services.import_options import ImportOptions
from annotator.services.importing import import_paths
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from annotator.services.text_edits import (
    TextEdits,
    apply_newer_copy,
    as_typed,
    offer_newer_copy,
    summary,
)
from annotator.storage import Person, verify
from tests.unit.services.conftest import TEXT, add_report

LECTURES = TEXT.index("8场")
OFFICE = TEXT.index("镇司法所")


@pytest.fixture
def texts(session: Session) -> TextEdits:
    return TextEdits(session)


def _set_of(session: Session, report: OpenReport, name: str, status: str, *spans: Span) -> None:
    step = session.store.history.begin_bulk("import", Wording("Import"), session.person.uid)
    session.store.sets.add(report.id, AnnotationSet(name, status=status, spans=list(spans)), step)
    session.store.history.end_bulk(step)


def test_a_preview_says_whose_spans_get_other_words_and_changes_nothing(
    session: Session, editor: Editor, report: OpenReport, texts: TextEdits
) -> None:
    editor.tag(report, OFFICE, OFFICE + 4, "INSTITUTION")
    editor.tag(report, LECTURES, LECTURES + 2, "INDICATOR")
    _set_of(session, report, "乙", "done", Span(new_uid(), OFFICE, OFFICE + 4, "INSTITUTION"))
    shown = texts.preview(
        report, TextEdit([(0, 0, "新"), (OFFICE + 1, OFFICE + 1, "级"), (LECTURES, LECTURES + 2, "")])
    )
    assert {(t.annotator, t.before, t.after, t.lost) for t in shown.touched} == {
        ("甲", "镇司法所", "镇级司法所", False),
        ("乙", "镇司法所", "镇级司法所", False),
        ("甲", "8场", "", True),
    }
    assert (shown.spans, shown.changed, shown.lost) == (3, 2, 1)
    assert shown.others == ("乙",) and shown.done == ("乙",)
    assert "2" in summary(shown) and "1" in summary(shown)
    assert report.text == TEXT and session.store.reports.text(report.id) == TEXT


def test_an_edit_is_one_step_and_the_open_report_follows_it_both_ways(
    session: Session, editor: Editor, report: OpenReport, texts: TextEdits
) -> None:
    editor.tag(report, OFFICE, OFFICE + 4, "INSTITUTION")
    before = session.store.history.steps()
    announcement = texts.apply(report, TextEdit([(0, 0, "新"), (9, 10, "")]))
    assert announcement is not None and announcement.step.kind == "text.edit"
    assert len(session.store.history.steps()) == len(before) + 1
    assert report.text == "新" + TEXT[:9] + TEXT[10:] and report.text_version == 2
    assert [report.text[s.start : s.end] for s in report.spans] == ["镇司法所"]
    assert report.sections and report.text[report.sections[0].start :].startswith("一、")
    session.undo()
    assert report.text == TEXT and [s.range for s in report.spans] == [(OFFICE, OFFICE + 4)]
    editor.tag(report, LECTURES, LECTURES + 2, "INDICATOR")  # offsets count in the text that is there again
    assert verify(session.store) == []


def test_nothing_and_everything_are_no_text_edits(report: OpenReport, texts: TextEdits) -> None:
    assert texts.apply(report, TextEdit()) is None
    with pytest.raises(ValidationError, match="needs some text"):
        texts.apply(report, TextEdit([(0, len(TEXT), " \n")]))
    assert report.text == TEXT


def test_another_reports_text_is_refused(session: Session, report: OpenReport, texts: TextEdits) -> None:
    add_report(session, "新" + TEXT)
    with pytest.raises(ConflictError, match="has this text"):
        texts.apply(report, TextEdit([(0, 0, "新")]))
    assert report.text == TEXT


def test_a_read_only_project_is_not_edited(session: Session, person: Person, texts: TextEdits) -> None:
    reader = Session.open(session.path, person, write=False)
    with pytest.raises(ReadOnlyError):
        TextEdits(reader).apply(reader.open_report(1), TextEdit([(0, 0, "新")]))
    reader.close()


def test_a_newer_copy_is_an_edit_that_keeps_the_spans(
    session: Session, editor: Editor, report: OpenReport, texts: TextEdits
) -> None:
    editor.tag(report, OFFICE, OFFICE + 4, "INSTITUTION")
    editor.tag(report, LECTURES, LECTURES + 2, "INDICATOR")
    newer = "首页 > 政务公开\n" + TEXT.replace("120件", "126件").replace("新建1个", "新建2个") + "打印本页\n"
    end = len(newer)
    copy = Report(
        new_uid(),
        newer,
        furniture=[Furniture(new_uid(), 0, 10, "page.nav"), Furniture(new_uid(), end - 5, end, "page.share")],
        original=newer.encode("gbk"),
    )
    offer = texts.offer(report, copy)
    assert offer.places == 4 and offer.preview.spans == 2 and not offer.preview.changed
    texts.take(offer)
    assert report.text == newer
    assert [report.text[s.start : s.end] for s in report.spans] == ["镇司法所", "8场"]
    assert [(f.start, f.end, f.rule) for f in report.furniture] == [(0, 10, "page.nav"), (end - 5, end, "page.share")]
    assert session.store.reports.original(report.id) == newer.encode("gbk")
    assert verify(session.store) == []
    session.undo()
    assert report.text == TEXT and report.furniture == [] and verify(session.store) == []
    session.redo()
    assert report.text == newer and len(report.furniture) == 2 and verify(session.store) == []


def test_furniture_that_is_there_moves_along_and_is_not_marked_twice(
    session: Session, report: OpenReport, texts: TextEdits
) -> None:
    copy = Report(new_uid(), "首页\n" + TEXT, furniture=[Furniture(new_uid(), 0, 3, "page.nav")])
    texts.take(texts.offer(report, copy))
    again = Report(new_uid(), "首页 > 公开\n" + TEXT, furniture=[Furniture(new_uid(), 0, 8, "page.nav")])
    texts.take(texts.offer(report, again))
    assert [report.text[f.start : f.end] for f in report.furniture] == ["首页 > 公开\n"]


def test_a_job_takes_a_newer_copy_on_its_own_store(session: Session, report: OpenReport) -> None:
    with session.store.second() as store:
        offer = offer_newer_copy(store, report.id, Report(new_uid(), TEXT + "附则\n"))
        step = apply_newer_copy(store, session.person.uid, offer)
    session.announce(step, step.changes)
    assert report.text == TEXT + "附则\n"
    with pytest.raises(ConflictError, match="edited since"):
        apply_newer_copy(session.store, session.person.uid, offer)


def test_the_same_text_is_no_newer_copy(session: Session, report: OpenReport) -> None:
    with pytest.raises(ValidationError, match="same text"):
        offer_newer_copy(session.store, report.id, Report(new_uid(), TEXT))


def test_an_edited_report_leaves_and_comes_back_whole(
    session: Session, editor: Editor, report: OpenReport, texts: TextEdits, tmp_path: Path, person: Person
) -> None:
    editor.tag(report, OFFICE, OFFICE + 4, "INSTITUTION")
    texts.apply(report, TextEdit([(0, 0, "新")]))
    editor.tag(report, LECTURES + 1, LECTURES + 3, "INDICATOR")
    out = tmp_path / "out.jsonl"
    export(session.store, ExportOptions("jsonl", out))
    other = Session.create(tmp_path / "other.annodb", person)
    step = other.store.history.begin_bulk("import", Wording("Import"), person.uid)
    (item,) = reader_of(out, "jsonl")(out, ReadOptions())
    other.store.reports.add(item.report, step)
    other.store.history.end_bulk(step)
    there = other.open_report(other.store.reports.ids()[0])
    assert there.text == report.text
    assert [(s.range, s.label) for s in there.spans] == [(s.range, s.label) for s in report.spans]
    assert verify(other.store) == []
    other.close()


def test_what_is_typed_is_normalised_as_at_import() -> None:
    assert as_typed("一\r\n二\x00三\ud800") == "一\n二\ufffd三\ufffd"


def test_spans_that_come_with_the_text_as_it_was_are_carried_into_the_text_as_it_is(
    session: Session, editor: Editor, report: OpenReport, texts: TextEdits, tmp_path: Path
) -> None:
    out = tmp_path / "theirs.jsonl"
    row = {
        "text": TEXT,
        "meta": {"annotator": "乙"},
        "spans": [
            {"start": OFFICE, "end": OFFICE + 4, "label": "INSTITUTION"},
            {"start": LECTURES, "end": LECTURES + 2, "label": "INDICATOR"},
        ],
    }
    out.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    texts.apply(report, TextEdit([(0, 0, "新"), (LECTURES, LECTURES + 2, "")]))
    result = import_paths(session.store, session.person.uid, [out], ImportOptions(annotator="乙"))
    assert (result.added, result.sets_added) == (0, 1) and [entry.report for entry in result.known] == [report.id]
    assert any("1 span" in entry.reason for entry in result.notes)
    text = session.store.reports.text(report.id)
    (theirs,) = [made for made in session.store.reports.load(report.id).sets if made.annotator == "乙"]
    assert [text[s.start : s.end] for s in theirs.spans] == ["镇司法所"]
    assert verify(session.store) == []
