"""Tagging the same words wherever they stand, on a real project file."""

from __future__ import annotations

import time

import pytest

from annotator.domain.changes import Wording
from annotator.domain.errors import Cancelled, ReadOnlyError, ValidationError
from annotator.domain.repeats import DONE_SET, FINE, FURNITURE, INSIDE, NAME, OTHER_SET, REJECTED, TAGGED, TITLE
from annotator.domain.report import AnnotationSet, Furniture, Report
from annotator.domain.span import Span, new_uid
from annotator.services import repeats as service
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.repeats import Hit, Repeats
from annotator.services.session import Session

from .conftest import TEXT, add_report  # noqa: TID252 - tests are no package


def add(session: Session, text: str, sets=(), furniture=()) -> int:
    step = session.store.history.begin_bulk("import", Wording("Import"), session.person.uid)
    number = session.store.reports.add(Report(new_uid(), text, sets=list(sets), furniture=list(furniture)), step)
    session.store.history.end_bulk(step)
    return number


def ticked(hits: list[Hit], *reasons: str) -> list[Hit]:
    return [hit._replace(ticked=hit.reason in (reasons or (FINE,))) for hit in hits]


def tag(editor: Editor, report: OpenReport, words: str, label: str) -> Span:
    start = report.text.index(words)
    span = editor.tag(report, start, start + len(words), label).span
    assert span is not None
    return span


def own(session: Session, report: int) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.label) for s in session.open_report(report).spans]


@pytest.fixture
def repeats(session: Session) -> Repeats:
    return Repeats(session)


def test_every_place_is_listed_with_its_surroundings_and_unticked(session: Session, repeats: Repeats) -> None:
    other = add_report(session, "别处的镇司法所\n也有。镇司法所")
    hits = repeats.find("镇司法所", "INSTITUTION")
    assert [(h.report, h.start) for h in hits] == [(1, TEXT.index("镇司法所")), (other, 3), (other, 11)]
    assert not any(h.ticked or h.reason for h in hits)
    assert (hits[1].before, hits[1].words, hits[1].after) == ("别处的", "镇司法所", "⏎也有。镇司法所")
    assert [h.start for h in repeats.find("镇司法所", "INSTITUTION", other)] == [3, 11]


def test_a_longer_name_of_another_report_is_known(session: Session, repeats: Repeats) -> None:
    add(session, "东云镇司法所通报", sets=[AnnotationSet("", spans=[Span(new_uid(), 0, 6, "INSTITUTION")])])
    mine = add(session, "东云镇司法所走访，镇司法所调解")
    assert [h.reason for h in repeats.find("镇司法所", "INSTITUTION", mine)] == [NAME, FINE]


def test_nothing_to_look_for_is_said(repeats: Repeats) -> None:
    with pytest.raises(ValidationError):
        repeats.find(" \n", "INSTITUTION")


def test_reasons(session: Session, repeats: Repeats, editor: Editor, report: OpenReport) -> None:
    tag(editor, report, "镇司法所", "INSTITUTION")
    words = "镇司法所"
    mine = add(session, "印发《镇司法所办法》。本镇司法所。东云镇司法所，镇司法所", furniture=[Furniture("f", 23, 27)])
    far = session.open_report(mine)
    tag(editor, far, "本镇司法所", "INSTITUTION")
    add(session, "东云镇司法所通报", sets=[AnnotationSet("", spans=[Span(new_uid(), 0, 6, "INSTITUTION")])])
    theirs = add(session, "他人在看的镇司法所", sets=[AnnotationSet("乙", "in_progress")])
    done = add(session, "已完成的镇司法所", sets=[AnnotationSet("", "done")])
    both = add(
        session, "两人都看的镇司法所", sets=[AnnotationSet("乙", "in_progress"), AnnotationSet("", "in_progress")]
    )
    found = {(h.report, h.start): h.reason for h in repeats.find(words, "INSTITUTION")}
    assert found == {
        (1, TEXT.index(words)): TAGGED,
        (mine, 3): TITLE,
        (mine, 12): INSIDE,
        (mine, 19): NAME,
        (mine, 24): FURNITURE,
        (mine + 1, 2): INSIDE,
        (theirs, 5): OTHER_SET,
        (done, 4): DONE_SET,
        (both, 5): FINE,
    }


def test_what_is_ticked_is_one_step_over_all_reports(session: Session, repeats: Repeats, report: OpenReport) -> None:
    other = add_report(session, "镇司法所，又见镇司法所")
    heard = []
    session.subscribe(heard.append)
    steps = len(session.store.history.steps())
    applied = repeats.apply(ticked(repeats.find("镇司法所", "INSTITUTION")), "INSTITUTION")
    assert (applied.tagged, applied.left_out) == (3, 0)
    assert applied.announcement is heard[0]
    assert len(session.store.history.steps()) == steps + 1
    assert own(session, other) == [(0, 4, "INSTITUTION"), (7, 11, "INSTITUTION")]
    assert [s.label for s in report.spans] == ["INSTITUTION"]
    session.undo()
    assert own(session, other) == []
    assert len(report.spans) == 0
    session.redo()
    assert len(own(session, other)) == 2


def test_only_what_is_ticked_is_tagged(session: Session, repeats: Repeats) -> None:
    other = add_report(session, "镇司法所，又见镇司法所")
    hits = repeats.find("镇司法所", "INSTITUTION", other)
    assert repeats.apply(hits, "INSTITUTION").announcement is None
    repeats.apply([hits[0], hits[1]._replace(ticked=True)], "INSTITUTION")
    assert own(session, other) == [(7, 11, "INSTITUTION")]


def test_choices_are_copied_never_value_or_subject(session: Session, repeats: Repeats, editor: Editor) -> None:
    number = add_report(session, "一、打算\n受理案件8件，办结事项8件。")
    report = session.open_report(number)
    first = tag(editor, report, "8件", "INDICATOR")
    editor.set_attribute(report, [first.uid], "role", "target")
    editor.set_attribute(report, [first.uid], "value", "9")
    first = report.spans.get(first.uid)
    assert first is not None
    repeats.apply(ticked(repeats.find("8件", "INDICATOR", number)), "INDICATOR", like=first)
    second = next(s for s in report.spans if s.uid != first.uid)
    assert second.attributes["role"] == "target"
    assert second.attributes["value"] == "8"
    assert second.attributes["subject"]["text"] == "办结事项"
    assert "role" not in second.proposed
    assert "value" in second.proposed


def test_without_a_span_to_copy_from_each_place_says_its_own_status(session: Session, repeats: Repeats) -> None:
    number = add_report(session, "一、工作情况\n开展宣传活动。\n二、下一年打算\n开展宣传活动。")
    repeats.apply(ticked(repeats.find("开展宣传活动", "MEASURE", number)), "MEASURE")
    assert [s.attributes["status"] for s in session.open_report(number).spans] == ["done", "planned"]


def test_what_was_turned_down_is_remembered_and_undo_forgets_it(session: Session, repeats: Repeats) -> None:
    number = add_report(session, "镇司法所，又见镇司法所")
    hits = repeats.find("镇司法所", "INSTITUTION", number)
    repeats.apply([hits[0]._replace(ticked=True)], "INSTITUTION", rejected=[hits[1]])
    assert [h.reason for h in repeats.find("镇司法所", "INSTITUTION", number)] == [TAGGED, REJECTED]
    assert [h.reason for h in repeats.find("镇司法所", "MEASURE", number)] == [FINE, FINE]
    repeats.apply([], "INSTITUTION", rejected=[hits[1]])
    assert session.next_undo().kind == "span.repeat"  # type: ignore[union-attr]
    session.undo()
    assert [h.reason for h in repeats.find("镇司法所", "INSTITUTION", number)] == [FINE, FINE]


def test_what_changed_since_the_search_is_left_out_and_counted(
    session: Session, repeats: Repeats, editor: Editor
) -> None:
    one, other = add_report(session, "镇司法所甲"), add_report(session, "镇司法所乙")
    third = add_report(session, "镇司法所丙")
    hits = [h for h in repeats.find("镇司法所", "INSTITUTION") if h.report in (one, other, third)]
    tag(editor, session.open_report(one), "镇司法所", "INSTITUTION")
    editor.set_status(session.open_report(other), "done")
    moved = hits[2]._replace(start=1, end=5)
    applied = repeats.apply(ticked([hits[0], hits[1], moved]), "INSTITUTION")
    assert (applied.tagged, applied.left_out, applied.announcement) == (0, 3, None)
    assert "3" in applied.words
    assert own(session, other) == []


def test_a_read_only_project_is_searched_but_not_written(session: Session, person) -> None:
    path = session.path
    session.close()
    reader = Session.open(path, person, write=False)
    hits = Repeats(reader).find("镇司法所", "INSTITUTION")
    assert hits
    with pytest.raises(ReadOnlyError):
        Repeats(reader).apply(ticked(hits), "INSTITUTION")
    reader.close()


def test_many_places_go_in_short_transactions_and_stay_one_step(
    session: Session, repeats: Repeats, monkeypatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 100)
    number = add_report(session, "镇司法所，" * 1200)
    calls = []
    hits = ticked(repeats.find("镇司法所", "INSTITUTION", number))
    applied = repeats.apply(hits, "INSTITUTION", progress=lambda *at: calls.append(at))
    assert applied.tagged == len(own(session, number)) == 1200
    assert [done for done, _total, _words in calls] == [500, 1000, 1201]
    session.undo()
    assert own(session, number) == []


def test_stopping_keeps_what_is_tagged_as_one_step(session: Session, repeats: Repeats, monkeypatch) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 100)
    number = add_report(session, "镇司法所，" * 1200)

    def stop(done: int, total: int, words: str) -> None:
        raise Cancelled

    repeats.apply(ticked(repeats.find("镇司法所", "INSTITUTION", number)), "INSTITUTION", progress=stop)
    assert len(own(session, number)) == 499
    assert session.next_undo().wording.params["n"] == 499  # type: ignore[union-attr]
    session.undo()
    assert own(session, number) == []


def test_a_thousand_hits_in_the_project_take_less_than_a_second(session: Session, repeats: Repeats) -> None:
    filler = "全年各项工作有序推进，成效明显。" * 150
    step = session.store.history.begin_bulk("import", Wording("Import"), session.person.uid)
    with session.store.transaction():
        for n in range(400):
            words = "镇司法所受理案件。" * 5 if n % 2 else ""
            session.store.reports.add(Report(new_uid(), f"{n}{filler}{words}"), step)
    session.store.history.end_bulk(step)
    began = time.perf_counter()
    hits = ticked(repeats.find("镇司法所", "INSTITUTION"))
    assert len(hits) == 1001
    applied = repeats.apply(hits, "INSTITUTION")
    assert applied.tagged == 1001
    assert time.perf_counter() - began < 1.0
