"""Title, place and year are corrected as steps; what does not fit changes nothing."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ValidationError
from annotator.services.describing import PLACE, TITLE, YEAR, Describer
from annotator.services.open_report import OpenReport
from annotator.services.session import Session


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
    assert session.store.reports.detail(report.id).meta == {"year": "2022"}
    describer.correct(report, YEAR, "")
    assert (report.row.year, session.store.reports.detail(report.id).meta) == (None, {})


@pytest.mark.parametrize(("field", "value"), [(TITLE, "  "), (YEAR, "二〇二三"), (YEAR, "23"), (PLACE, "长" * 501)])
def test_what_does_not_fit_changes_nothing(session: Session, report: OpenReport, field: str, value: str) -> None:
    before = session.store.history.steps(limit=1)
    with pytest.raises(ValidationError, match=r"nothing was changed|is no year"):
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
