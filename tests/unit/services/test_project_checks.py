"""A look through a project: the same findings for the list in the window and for the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.errors import Cancelled, KnownError
from annotator.messages import N_
from annotator.services.editing import Editor
from annotator.services.findings import Dismissing
from annotator.services.importing import import_paths
from annotator.services.project_checks import Checked, Lookthrough, Remembered, here
from annotator.services.rows import Person, ReportFilter
from annotator.services.session import Session

PERSON = Person("11111111-1111-4111-8111-111111111111", "甲")
CUT_OFF = "受理纠纷499宗,调解成功498宗,调解成功率达99.7%。"


def report(year: int, body: str = "", place: str = "青溪县", **more: object) -> dict[str, object]:
    head = f"{place}{year}年法治政府建设年度报告\n一、主要举措\n"
    return {"text": head + body + "\n", "meta": {"place": place, "year": year}, **more}


@pytest.fixture
def session(tmp_path: Path):
    made = Session.create(tmp_path / "p.annodb", PERSON)
    yield made
    made.close()


def fill(session: Session, tmp_path: Path, *rows: dict[str, object]) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    import_paths(session.store, session.person.uid, [path])


def found(looked: Lookthrough) -> list[Checked]:
    return [one for page in looked.findings() for one in page]


def test_a_jump_comes_with_both_reports_as_soon_as_its_body_has_been_seen(session, tmp_path):
    fill(
        session,
        tmp_path,
        report(2020, "全年受理矛盾纠纷案件100件。"),
        report(2021, "全年受理矛盾纠纷案件900件。"),
        report(2021, "全年受理矛盾纠纷案件900件。", "南屏县"),
        report(2019, "全年受理矛盾纠纷案件2件。", "南屏县"),
    )
    pages = list(Lookthrough(session.store).findings())
    assert [[one.kind for one in page] for page in pages] == [[], [], ["jump"], [], []]
    (jump,) = pages[2]
    texts = {row: session.store.reports.text(row) for row in (1, 2)}
    assert jump.row == 2 and jump.earlier is not None and jump.earlier.row == 1
    for row, place in ((2, jump.spans[0]), (1, jump.earlier.place)):
        assert texts[row][place.start : place.end] == place.text
    assert (jump.stated, jump.computed) == ("900件", "100件")
    assert jump.as_json()["earlier"]["span"]["text"] == "100件"


def test_only_what_the_filter_shows_is_looked_at(session, tmp_path):
    fill(session, tmp_path, report(2020, CUT_OFF), report(2021, CUT_OFF), report(2021, CUT_OFF, "南屏县"))
    looked = Lookthrough(session.store, filter=ReportFilter(year=2021))
    assert [one.row for one in found(looked)] == [2, 3]
    assert (looked.done, looked.total) == (2, 2)


def test_lint_is_said_of_each_annotators_set_and_dismissed_by_its_own(session, tmp_path):
    text = report(2021, "镇司法所,组织培训。")
    start = str(text["text"]).index("镇司法所")
    span = {"start": start, "end": start + 5, "label": "INSTITUTION"}
    spans = [span | {"annotator": "甲"}, span | {"annotator": "乙"}]
    fill(session, tmp_path, text | {"sets": [{"annotator": "甲"}, {"annotator": "乙"}], "spans": spans})
    lint = found(Lookthrough(session.store))
    assert [(one.kind, one.annotator) for one in lint] == [("lint.edges", "甲"), ("lint.edges", "乙")]
    Dismissing(session).dismiss(session.open_report(1), lint[0].found(), "as printed")
    assert [one.dismissed for one in found(Lookthrough(session.store))] == ["as printed", None]


def test_a_jump_can_be_dismissed(session, tmp_path):
    fill(session, tmp_path, report(2020, "全年受理矛盾纠纷案件100件。"), report(2021, "全年受理矛盾纠纷案件900件。"))
    (jump,) = found(Lookthrough(session.store))
    Dismissing(session).dismiss(session.open_report(jump.row), jump.found(), "a new counting")
    (again,) = found(Lookthrough(session.store))
    assert again.dismissed == "a new counting"


def test_a_report_that_cannot_be_checked_is_named_and_the_others_are(session, tmp_path):
    fill(session, tmp_path, report(2020, CUT_OFF), report(2021, CUT_OFF))

    def ask(question):
        if question.year == 2020:
            raise KnownError(N_("There was no answer."))
        return here(question)

    looked = Lookthrough(session.store, ask)
    assert [one.row for one in found(looked)] == [2]
    assert len(looked.failed) == 1 and "2020" in looked.failed[0]


def test_what_is_as_it_was_is_not_asked_about_again_and_found_all_the_same(session, tmp_path):
    text = report(2021, "镇司法所组织培训3场。")
    fill(session, tmp_path, text, report(2020, CUT_OFF), report(2021, CUT_OFF, "南屏县"))
    asked, remembered = [], Remembered()

    def look():
        asked.clear()
        return found(Lookthrough(session.store, remembered.through(lambda q: asked.append(q) or here(q))))

    first = look()
    assert len(asked) == 3 and len(first) == 2
    assert look() == first and asked == []
    opened, start = session.open_report(1), str(text["text"]).index("组织培训")
    editor = Editor(session)
    editor.tag(opened, start, start + 4, "INDICATOR")
    assert [one.kind for one in look()] == ["lint.no_numeral", "rate", "rate"] and len(asked) == 1
    editor.set_status(opened, "done")
    assert "lint.untagged_quantity" in [one.kind for one in look()] and len(asked) == 1
    session.undo()
    session.undo()
    assert look() == first and asked == []  # as it was the first time


def test_only_so_many_are_remembered_the_latest(session, tmp_path, monkeypatch):
    monkeypatch.setattr(Remembered, "MOST", 1)
    fill(session, tmp_path, report(2020, CUT_OFF), report(2021, CUT_OFF))
    asked, remembered = [], Remembered()
    for _look in range(2):
        found(Lookthrough(session.store, remembered.through(lambda q: asked.append(q.year) or here(q))))
    assert asked == [2020, 2021, 2020, 2021]


def test_it_can_be_stopped_and_what_was_found_until_then_is_there(session, tmp_path):
    fill(session, tmp_path, *[report(year, CUT_OFF) for year in range(2001, 2020, 2)])
    looked, pages = Lookthrough(session.store), []

    def progress(done: int, _total: int, _words: str) -> None:
        if pages:
            raise Cancelled

    with pytest.raises(Cancelled):
        for page in looked.findings(progress):
            pages.append(page)
            import time

            time.sleep(0.06)  # longer than the pace at which progress is told
    assert 1 <= len(pages) < 10
