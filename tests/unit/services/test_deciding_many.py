"""Accepting in the whole project: gathered, counted, one step, stopped in the middle; and left out of exports."""

from __future__ import annotations

import json

import pytest

from annotator.domain.deciding import UNSEEN
from annotator.domain.errors import Cancelled
from annotator.domain.suggestion import Proposal
from annotator.services.deciding_many import Choice, accept, count, gather
from annotator.services.editing import Editor
from annotator.services.exporting import ExportOptions, export
from annotator.services.jobs import silent
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.queue import DOUBT, GAIN, WorkQueue
from tests.unit.services.conftest import add_report

TEXTS = [f"{n}镇工作报告\n受理纠纷{n}0件,办结{n}8件。\n" for n in range(1, 5)]


def proposals(text, score=0.9):
    number, office = text.index("0件") - 1, 0
    return [
        Proposal(number, number + 3, "INDICATOR", "quantities", 0.97),
        Proposal(office, office + 2, "INSTITUTION", "institutions", score),
    ]


@pytest.fixture
def reports(session):
    """Four reports; those that were there before are none of our business."""
    for there in session.store.reports.ids():
        Editor(session).set_status(session.open_report(there), "skipped")
    return [add_report(session, text) for text in TEXTS]


def asked(ask):
    return proposals(ask.text)


def test_done_skipped_and_blind_reports_are_left_alone(session, reports):
    project, editor = ProjectSuggestions(session), Editor(session)
    editor.set_status(session.open_report(reports[0]), "done")
    project.set_blind("report", session.open_report(reports[1]).row.uid, True)
    gathered = gather(session, project, asked, silent)
    assert [one.report for one in gathered] == reports[2:]
    assert count(gathered, Choice()) == (4, 2)
    assert count(gathered, Choice("quantities", "", 0.95)) == (2, 2)
    assert count(gathered, Choice("", "MEASURE")) == (0, 0)


def test_what_was_asked_is_kept_and_not_asked_again(session, reports):
    project = ProjectSuggestions(session)
    gather(session, project, asked, silent)
    assert count(gather(session, project, lambda _ask: pytest.fail("asked again"), silent), Choice()) == (8, 4)


def test_one_step_marked_not_looked_at_and_undone_as_one(session, reports):
    gathered = gather(session, ProjectSuggestions(session), asked, silent)
    done = accept(session, gathered, Choice("quantities"), silent)
    assert (done.spans, done.reports) == (4, 4)
    spans = [span for n in reports for span in session.open_report(n).spans]
    assert len(spans) == 4 and all(UNSEEN in span.proposed and span.origin == "quantities" for span in spans)
    assert session.next_undo().wording.params["n"] == 4
    session.undo()
    assert all(len(session.open_report(n).spans) == 0 for n in reports)


def test_stopped_in_the_middle_keeps_what_was_made_as_one_step(session, reports):
    gathered = gather(session, ProjectSuggestions(session), asked, silent)

    def stop(done, _total, _words):
        if done == 2:
            raise Cancelled

    assert accept(session, gathered, Choice(), stop).spans == 4
    assert [len(session.open_report(n).spans) for n in reports] == [2, 2, 0, 0]


def test_until_its_end_the_step_says_what_it_is_to_accept(session, reports):
    gathered = gather(session, ProjectSuggestions(session), asked, silent)
    told = []
    accept(session, gathered, Choice("quantities"), lambda *_far: told.append(session.store.history.steps(limit=1)[0]))
    assert {(step.state, step.wording.params["n"]) for step in told} == {("running", 4)}


def test_nothing_to_accept_is_no_step(session, reports):
    before = session.next_undo()
    assert accept(session, [], Choice(), silent).announcement is None
    assert session.next_undo() == before


def test_exports_leave_out_what_nobody_looked_at_and_list_it(session, reports, tmp_path):
    gathered = gather(session, ProjectSuggestions(session), asked, silent)
    accept(session, gathered[:1], Choice(), silent)
    report = session.open_report(reports[0])
    looked = next(iter(report.spans))
    Editor(session).mark_passed(report, [looked.uid])
    assert session.open_report(reports[0]).spans.get(looked.uid).proposed == tuple(
        name for name in looked.proposed if name != UNSEEN
    )
    out = tmp_path / "out.jsonl"
    result = export(session.store, ExportOptions("jsonl", out, looked_at=True))
    spans = [span for line in out.read_text("utf-8").splitlines() for span in json.loads(line)["spans"]]
    assert [span["id"] for span in spans] == [looked.uid]
    assert len(result.losses.unseen) == 1
    listed = json.loads(result.loss.read_text("utf-8"))["left_out"]["spans_not_looked_at"]
    assert listed[0]["label"] == "INDICATOR"


def test_reports_by_doubt_and_by_gain(session, reports):
    project = ProjectSuggestions(session)
    for number, scores in zip(reports, ((0.9,), (0.55,), (0.7,) * 5), strict=False):
        made = [Proposal(n, n + 1, "MEASURE", "measures", score) for n, score in enumerate(scores)]
        project.keep(session.open_report(number), made)
    queue = WorkQueue(session)
    for order, expected in ((DOUBT, [1, 2, 0, 3]), (GAIN, [2, 1, 0, 3])):  # the last one has none
        queue.choose(order)
        assert sorted(reports, key=queue.rank) == [reports[n] for n in expected]
