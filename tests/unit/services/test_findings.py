"""Findings as the window asks for them, and putting them aside."""

from __future__ import annotations

import pickle

from annotator.domain.dismissal import Dismissal, covering, fingerprint
from annotator.domain.schema import LabelSchema
from annotator.services.checking import check
from annotator.services.editing import Editor
from annotator.services.findings import Asked, Dismissing, Found, ask_for, read
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from tests.unit.services.conftest import add_report

TEXT = "青溪县2021年法治政府建设年度报告\n　　受理诉求200件,办结190件,办结率达99%。\n　　受理复议100件,审结50件,审结率达50%。\n"


def found_in(report: OpenReport, schema: LabelSchema) -> list[Found]:
    asked = pickle.loads(pickle.dumps(tuple(ask_for(report, schema))))  # as it travels to the other process
    return read(pickle.loads(pickle.dumps(check(asked, lambda: None))), report.text)


def test_the_answer_holds_places_verdict_and_working(session: Session) -> None:
    report = session.open_report(add_report(session, TEXT))
    wrong, right = found_in(report, session.schema)
    assert (wrong.verdict, wrong.stated, right.verdict) == ("disagrees", "99%", "agrees")
    assert {report.text[a:b] for a, b in wrong.places} == {"99%", "190件", "200件"}
    assert "95" in wrong.working.text()


def test_of_the_spans_only_place_and_label_travel_and_all_of_lint_is_found(session: Session) -> None:
    report = session.open_report(add_report(session, TEXT))
    editor, start = Editor(session), TEXT.index("受理诉求")
    first = editor.tag(report, start, start + 4, "INDICATOR").span
    editor.tag(report, start, start + 8, "INDICATOR")
    assert first is not None
    editor.set_note(report, first.uid, "长" * 1000)
    asked = ask_for(report, session.schema)
    assert asked.spans == [(start, start + 8, "INDICATOR"), (start, start + 4, "INDICATOR")]
    kinds = [found.kind for found in found_in(report, session.schema) if found.is_lint]
    assert kinds == ["lint.no_numeral", "lint.overlap"]


def test_a_report_without_metadata_is_of_the_year_its_title_says() -> None:
    text = TEXT + "　　2022年共受理矛盾纠纷30件。\n"
    for known in (2021, None):
        kinds = [row[0] for row in check(tuple(Asked(text, (), known, (), LabelSchema(), False)), lambda: None)]
        assert kinds.count("year") == 1, known
    none = [row[0] for row in check(tuple(Asked(text, (), 2022, (), LabelSchema(), False)), lambda: None)]
    assert "year" not in none


def test_nothing_is_said_about_furniture() -> None:
    asked = Asked(TEXT, ((0, len(TEXT)),), 2021, (), LabelSchema(), False)
    assert check(tuple(asked), lambda: None) == []


def test_a_finding_is_put_aside_undone_and_brought_back(session: Session) -> None:
    report, dismissing = session.open_report(add_report(session, TEXT)), Dismissing(session)
    wrong, right = found_in(report, session.schema)
    assert "99%" in dismissing.dismiss(report, wrong, " as in the source ").words
    (row,) = dismissing.of_report(report)
    assert (row.note, row.person) == ("as in the source", session.person.uid)
    assert dismissing.covering([row], wrong) == row
    assert dismissing.covering([row], right) is None
    session.undo()
    assert dismissing.of_report(report) == []
    session.redo()
    dismissing.restore(report, wrong, dismissing.of_report(report)[0])
    assert dismissing.of_report(report) == []
    session.undo()
    assert dismissing.of_report(report) == [row]


def test_it_holds_when_the_text_elsewhere_changes_and_not_when_its_words_do() -> None:
    start = TEXT.index("99%")
    words = fingerprint("rate", TEXT, [(start, start + 3)])
    assert fingerprint("rate", "前言。\n" + TEXT, [(start + 4, start + 7)]) == words
    other = TEXT.replace("99%", "98%")
    assert fingerprint("rate", other, [(start, start + 3)]) != words
    assert fingerprint("sum", TEXT, [(start, start + 3)]) != words


def test_what_was_found_in_spans_is_put_aside_for_one_person_only() -> None:
    numbers, lint = (Dismissal(kind, kind, kind, "", "甲", "") for kind in ("rate", "lint.size"))
    assert covering([numbers], "rate", "rate", "乙") == numbers
    assert covering([lint], "lint.size", "lint.size", "乙") is None
    assert covering([lint], "lint.size", "lint.size", "甲") == lint
