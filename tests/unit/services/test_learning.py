"""Learning from finished reports: which ones, when, and what is kept."""

import re
import time

import pytest

from annotator.domain.report import Status
from annotator.services import learning, lessons
from annotator.services.editing import Editor
from annotator.services.learning import Outcome
from annotator.services.lexicon import Lexicon
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.teaching import Teaching
from tests.unit.services.conftest import add_report

pytest.importorskip("pycrfsuite")

NAMES = "云溪 白石 长河 南屏 东岭 西桥 北关 中和".split()
TEXT = "".join(f"今年{a}驿站接待群众，{b}驿站没有开放，驿站很多。\n" for a, b in zip(NAMES, NAMES[::-1]))


@pytest.fixture
def project(session):
    return ProjectSuggestions(session)


def finish(session, number=0, spans=16):
    """One more report with so many spans, done."""
    report = session.open_report(add_report(session, f"第{number}份\n{TEXT}"))
    editor = Editor(session)
    for found in [*re.finditer(f"(?:{'|'.join(NAMES)})驿站", report.text)][:spans]:
        editor.tag(report, *found.span(), "INSTITUTION")
    editor.set_status(report, Status.DONE)
    return report


def here(task, payload):
    assert task == "learn"
    return lessons.learn(payload, lambda: None)


def test_it_is_time_when_a_report_is_finished_and_not_again_before_the_next(session, project):
    assert not project.learning_is_due
    finish(session)
    assert project.learning_is_due
    with session.store.second() as store:
        outcome = project.learn(store, here)
    assert outcome.learned.reports == 1
    assert "1" in outcome.words
    assert not project.learning_is_due
    finish(session, 1)
    assert project.learning_is_due


def test_what_was_learned_is_used_for_other_reports(session, project):
    for number in range(3):
        finish(session, number)
    with session.store.second() as store:
        outcome = project.learn(store, here)
    assert outcome.learned.notes["judged"]["INSTITUTION"]["used"]
    other = session.open_report(add_report(session, "三日\n今年青枫驿站接待群众，长河驿站没有开放。\n"))
    from annotator.services import suggesting

    found = suggesting.read(suggesting.propose(tuple(project.ask_for(other)), lambda: None))
    assert "青枫驿站" in {other.text[p.start : p.end] for p in found if p.source == "learned"}


def test_nothing_is_learned_from_what_is_blind_or_unfinished(session, project):
    report = finish(session)
    Editor(session).set_status(report, Status.IN_PROGRESS)
    assert not project.learning_is_due
    Editor(session).set_status(report, Status.DONE)
    project.set_blind("report", report.row.uid, on=True)
    with session.store.second() as store:
        assert project.learn(store, here).learned is None
    project.set_blind("report", report.row.uid, on=False)
    session.store.sets.note_blind(report.set.uid)
    assert not learning.due(session.store)


def test_a_report_with_hardly_a_span_teaches_nothing(session, project):
    finish(session, spans=2)
    assert not project.learning_is_due
    with session.store.second() as store:
        assert project.learn(store, here) == Outcome(None, str(learning.NOTHING))


@pytest.mark.slow
def test_beside_the_window_strings_are_counted_and_models_made_by_another_process(session, project):
    finish(session)
    told = []
    teaching = Teaching(session, project, told.append)
    assert teaching.collect()
    _until(lambda: told)
    assert isinstance(told[0], Lexicon)
    _until(lambda: not teaching.busy)
    assert teaching.learn()
    assert not teaching.collect()
    _until(lambda: len(told) == 2, 60)
    assert isinstance(told[1], Outcome)
    assert session.store.suggestions.learned_about("learned").reports == 1
    teaching.close()
    assert not teaching.collect()


@pytest.mark.slow
def test_closing_the_project_ends_learning_at_once(session, project):
    finish(session)
    told = []
    teaching = Teaching(session, project, told.append)
    assert teaching.learn()
    started = time.monotonic()
    teaching.close()
    assert time.monotonic() - started < 10
    assert told == []


def _until(done, seconds=20):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)
