"""Learning from finished reports: which ones, when, and what is kept."""

import os
import re
import time

import pytest

from annotator.domain.changes import Wording
from annotator.domain.deciding import UNSEEN
from annotator.domain.errors import Cancelled
from annotator.domain.report import AnnotationSet, Status
from annotator.domain.span import new_uid
from annotator.services import learning, lessons
from annotator.services.describing import Describer
from annotator.services.editing import Editor
from annotator.services.helper import Answer, Helper
from annotator.services.learning import Outcome
from annotator.services.lexicon import Lexicon
from annotator.services.project_suggestions import PART, ProjectSuggestions
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


def test_reports_of_a_blind_part_and_sets_of_blind_people_are_never_due(session, project):
    report = finish(session)
    Describer(session).correct(report, PART, "第一批")
    assert project.learning_is_due
    project.set_blind("part", "第一批", on=True)
    assert not project.learning_is_due
    project.set_blind("part", "第一批", on=False)
    project.set_blind("person", session.person.uid, on=True)
    assert not project.learning_is_due
    with session.store.second() as store:
        assert project.learn(store, here).learned is None
        assert project.collect(store).entries() == []


def test_models_that_learned_from_what_is_blind_now_are_forgotten(session, project):
    first, second = finish(session), finish(session, 1)
    with session.store.second() as store:
        project.learn(store, here)
    other = session.open_report(add_report(session, "别的"))
    project.set_blind("report", other.row.uid, on=True)
    assert session.store.suggestions.learned("learned") is not None
    project.set_blind("report", second.row.uid, on=True)
    assert session.store.suggestions.learned("learned") is None
    assert project.learning_is_due
    with session.store.second() as store:
        assert project.learn(store, here).learned.notes["sets"] == [(first.set.uid, 16)]


def test_what_is_made_blind_while_it_is_learned_from_leaves_nothing(session, project):
    report = finish(session)

    def meanwhile(task, payload):
        answer = here(task, payload)
        project.set_blind("report", report.row.uid, on=True)
        return answer

    with session.store.second() as store, pytest.raises(Cancelled):
        project.learn(store, meanwhile)
    assert session.store.suggestions.learned("learned") is None


def test_a_second_set_of_a_report_is_no_reason_to_learn_again(session, project, tmp_path):
    report = finish(session)
    other = AnnotationSet("乙", Status.DONE, spans=list(report.spans))
    step = session.store.history.begin_bulk("import", Wording("Import"), session.person.uid)
    with session.store.transaction():
        spans = [span._replace(uid=new_uid()) for span in other.spans]
        session.store.sets.add(report.id, AnnotationSet("乙", Status.DONE, spans=spans), step)
    session.store.history.end_bulk(step)
    assert project.learning_is_due
    with session.store.second() as store:
        assert project.learn(store, here).learned.reports == 1
    assert not project.learning_is_due


def test_sentences_with_what_nobody_looked_at_teach_nothing(session, project):
    report = finish(session)
    first, *_rest = report.spans
    session.store.sets.mark_passed(report.id, [first._replace(proposed=(UNSEEN,))])
    with session.store.second() as store:
        ((lecture, _uid, n),) = learning.lectures(store)
    assert n == 16
    assert lecture.unsure == [first.range]
    taught = lessons.lesson(lecture, lambda: None)
    places = learning_lines(taught)
    assert places and not [a for a, b in places for low, high in lecture.unsure if low < b and a < high]


def learning_lines(lesson):
    from annotator.suggest import learning as suggest_learning

    return [(line.start, line.end) for line in suggest_learning._lines([lesson], ["INSTITUTION"], lambda: None)]


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


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the system tells no priorities")
def test_the_process_that_learns_lets_others_go_first():
    with Helper() as helper:
        helper.ask("memory", None, 60)
        before = os.getpriority(os.PRIO_PROCESS, helper.pid)
        helper.ask("step back", None, 60)
        assert os.getpriority(os.PRIO_PROCESS, helper.pid) == min(before + 5, 19)


def test_it_steps_back_before_it_learns(session, project, monkeypatch):
    finish(session)
    asked = []

    class Quick(Helper):
        def submit(self, task, payload, *, key, priority=0):
            asked.append(task)
            value = here(task, payload) if task == "learn" else None
            self._on_answer(Answer(task, key, len(asked), value, None))
            return len(asked)

    monkeypatch.setattr("annotator.services.helper.Helper", Quick)
    told = []
    teaching = Teaching(session, project, told.append)
    assert teaching.learn()
    _until(lambda: told)
    teaching.close()
    assert asked == ["step back", "learn"]
    assert isinstance(told[0], Outcome)
