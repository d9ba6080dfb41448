"""Title, place and year are corrected as steps; what does not fit changes nothing."""

from __future__ import annotations

import json

import pytest

from annotator.domain.errors import ValidationError
from annotator.services.describing import PLACE, TITLE, YEAR, Describer
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from tests.unit.services.conftest import add_report


def test_a_correction_is_in_lists_exports_and_undo(session: Session, report: OpenReport) -> None:
    describer = Describer(session)
    old = report.row.title
    assert describer.correct(report, TITLE, "  新的 标题 ").announcement is not None
    assert describer.correct(report, PLACE, "云溪镇").announcement is not None
    assert describer.correct(report, YEAR, "2023").announcement is not None
    assert (report.row.title, report.row.place, report.row.year) == ("新的 标题", "云溪镇", 2023)
    whole = session.store.reports.load(report.id)
    assert (whole.title, whole.place, whole.year) == ("新的 标题", "云溪镇", 2023)
    assert report.detail.meta["year"] == 2023
    for _ in range(3):
        session.undo()
    assert (report.row.title, report.row.place, report.row.year) == (old, "", None)
    assert session.store.reports.load(report.id).meta == {}
    session.redo()
    assert report.row.title == "新的 标题"


def test_a_year_that_came_as_text_stays_text(session: Session, report: OpenReport) -> None:
    describer = Describer(session)
    describer.correct(report, YEAR, "2021")
    session.store.connection.execute("""UPDATE report_detail SET meta = '{"year": "2021"}'""")
    describer.correct(report, YEAR, "2022")
    by_hand = {"year": "by hand"}
    assert session.store.reports.detail(report.id).meta == {"year": "2022", "from": by_hand}
    describer.correct(report, YEAR, "")
    assert (report.row.year, session.store.reports.detail(report.id).meta) == (None, {"from": by_hand})


def test_every_field_can_be_corrected_and_says_that_it_was(session: Session, report: OpenReport) -> None:
    describer = Describer(session)
    for field, value in (("issuer", "云溪镇人民政府"), ("level", "township"), ("date", "2024-03-28"), ("栏目", "要闻")):
        assert describer.correct(report, field, value).announcement is not None
    known = {one.field: one for one in describer.facts(report).known()}
    assert known["issuer"][1:] == ("云溪镇人民政府", "by hand")
    assert known["栏目"][1:] == ("要闻", "by hand")
    assert known["city"][1:] == ("", "")
    assert session.store.facts.values("level") == [("township", 1)]
    session.undo()
    assert session.store.facts.values("栏目") == []


def test_what_a_file_brought_as_a_list_is_read_and_not_changed(session: Session, report: OpenReport) -> None:
    also = [
        {"title": "题", "url": "http://a.cn/1.html", "source": "本网", "date": "2024-01-02"},
        {"file_name": "b.txt"},
    ]
    meta = json.dumps({"关键词": ["甲", "乙"], "also": also}, ensure_ascii=False)
    session.store.connection.execute("UPDATE report_detail SET meta = ?", (meta,))
    describer = Describer(session)
    facts = describer.facts(report)
    known = {one.field: one.value for one in facts.known()}
    assert known["关键词"] == '["甲", "乙"]' and "also" not in known
    assert facts.is_fixed("关键词") and facts.is_fixed("file_hash") and not facts.is_fixed("title")
    assert facts.sources() == ["http://a.cn/1.html · 本网 · 2024-01-02", "b.txt"]
    with pytest.raises(ValidationError, match="several values"):
        describer.correct(report, "关键词", "丙")
    assert session.store.reports.detail(report.id).meta == json.loads(meta)


def test_several_reports_at_once_are_one_step(session: Session, report: OpenReport) -> None:
    describer = Describer(session)
    add_report(session, "另一篇报告\n　　正文。\n")
    ids = session.store.reports.ids()
    assert len(ids) == 2
    outcome = describer.correct_all(ids, YEAR, "2020")
    assert outcome.announcement is not None
    assert [row.year for row in session.store.reports.rows(ids, session.person.uid)] == [2020] * len(ids)
    assert describer.shared(ids, [YEAR, TITLE]) == {YEAR: "2020", TITLE: ""}
    assert describer.correct_all(ids, YEAR, "2020").announcement is None
    session.undo()
    assert {row.year for row in session.store.reports.rows(ids, session.person.uid)} == {None}
    with pytest.raises(ValidationError, match="value of its own"):
        describer.correct_all(ids, TITLE, "x")


@pytest.mark.parametrize(
    ("field", "value"),
    [(TITLE, "  "), (YEAR, "二〇二三"), (YEAR, "23"), (PLACE, "长" * 501), ("date", "2024-13-01"), ("file_hash", "0")],
)
def test_what_does_not_fit_changes_nothing(session: Session, report: OpenReport, field: str, value: str) -> None:
    before = session.store.history.steps(limit=1)
    with pytest.raises(ValidationError, match=r"nothing was changed|is no year|cannot be changed"):
        Describer(session).correct(report, field, value)
    assert session.store.history.steps(limit=1) == before


def test_the_same_again_is_no_step(session: Session, report: OpenReport) -> None:
    assert Describer(session).correct(report, TITLE, report.row.title).announcement is None


def test_the_facts_name_everybody_and_their_time(session: Session, report: OpenReport, editor) -> None:
    editor.tag(report, 0, 3, "INSTITUTION")
    session.store.work.add(session.person.uid, report.id, 95)
    facts = Describer(session).facts(report)
    assert [(made.annotator, made.status, made.spans) for made in facts.sets] == [("甲", "in_progress", 1)]
    assert facts.seconds == {"甲": 95}
    assert len(facts.detail.text_hash) == 64
