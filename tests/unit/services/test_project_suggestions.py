import os

import pytest

from annotator.domain.packed_proposals import doubt
from annotator.domain.suggestion import Proposal
from annotator.services import suggesting
from annotator.services.deciding import Decider
from annotator.services.editing import Editor
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.storage.suggestions import Learned
from tests.unit.services.conftest import add_report

TEXT = "一、主要举措\n青枫县司法局受理纠纷30件,办结28件。云溪服务队到场。\n"


@pytest.fixture
def project(session):
    return ProjectSuggestions(session)


@pytest.fixture
def opened(session):
    return session.open_report(add_report(session, TEXT))


def answered(project, report):
    return suggesting.read(suggesting.propose(tuple(project.ask_for(report)), lambda: None))


def test_what_was_answered_is_kept_until_something_it_rests_on_changes(session, project, opened):
    assert project.kept(opened) is None
    project.keep(opened, found := answered(project, opened))
    assert project.kept(opened) == found
    assert project.kept(session.open_report(opened.id)) == found
    project.lexicon.tagged("没有出现", "INSTITUTION")
    assert project.kept(opened) == found
    project.lexicon.tagged("云溪服务队", "INSTITUTION")
    assert project.kept(opened) is None
    assert ProjectSuggestions(session, sources=["quantities"]).kept(opened) is None


def test_a_model_trained_anew_in_its_folder_is_asked_again(session, opened, tmp_path):
    config = tmp_path / "config.cfg"
    config.write_text("one")
    project = ProjectSuggestions(session, model=str(tmp_path))
    project.keep(opened, found := [Proposal(0, 2, "MEASURE", "model", 0.7)])
    assert project.kept(opened) == found
    os.utime(config, ns=(1, 1))
    assert project.kept(opened) is None
    project.keep(opened, found)
    config.unlink()
    assert project.kept(opened) is None
    assert ProjectSuggestions(session, sources=["quantities"], model="other").fingerprint(opened) == ProjectSuggestions(
        session, sources=["quantities"]
    ).fingerprint(opened)


def test_a_string_tagged_once_is_offered_at_once_elsewhere(session, project, opened):
    other = session.open_report(add_report(session, "二、其他\n昨天云溪服务队又来。\n"))
    session.subscribe(lambda announcement: project.update(announcement, opened))
    start = TEXT.index("云溪服务队")
    assert not [p for p in answered(project, other) if p.source == "lexicon"]
    Editor(session).tag(opened, start, start + 5, "INSTITUTION")
    (found,) = [p for p in answered(project, other) if p.source == "lexicon"]
    assert other.text[found.start : found.end] == "云溪服务队"


def test_models_travel_only_where_they_are_used(session, project, opened):
    def learned(made, used, data=b"models"):
        return Learned("learned", made, 3, {"judged": {"INSTITUTION": {"used": used}}}, data)

    assert "learned" not in project.taught(TEXT)
    session.store.suggestions.learn(learned("1", used=False))
    assert "learned" not in project.taught(TEXT)
    before = project.fingerprint(opened)
    session.store.suggestions.learn(learned("2", used=True))
    assert project.taught(TEXT)["learned"] == b"models"
    assert project.fingerprint(opened) != before


def test_scores_say_precision_and_recall(session, project, opened):
    numbers = [p for p in answered(project, opened) if p.source == "quantities"]
    first, second = numbers
    Decider(session).accept(opened, first)
    Decider(session).reject(opened, [second])
    start = TEXT.index("28件")
    Editor(session).tag(opened, start, start + 3, "INDICATOR")
    (score,) = project.scores()
    assert (score.source, score.label, score.accepted, score.rejected) == ("quantities", "INDICATOR", 1, 1)
    assert (score.precision, score.recall) == (0.5, 0.5)


def test_a_span_taken_away_was_not_right_and_one_that_nobody_looked_at_says_nothing(session, project, opened):
    first, second = (p for p in answered(project, opened) if p.source == "quantities")
    Decider(session).accept_all(opened, [first, second])
    (score,) = project.scores()
    assert (score.accepted, score.rejected, score.unseen, score.made) == (0, 0, 2, 0)
    assert (score.precision, score.recall) == (None, None)
    editor, (one, other) = Editor(session), list(opened.spans)
    editor.mark_passed(opened, [one.uid, other.uid])
    (score,) = project.scores()
    assert (score.accepted, score.rejected, score.unseen, score.precision) == (2, 0, 0, 1.0)
    editor.delete(opened, [one.uid])
    editor.relabel(opened, [other.uid], "MEASURE")
    (score,) = project.scores()
    assert (score.accepted, score.rejected, score.precision) == (0, 2, 0.0)
    session.undo()
    session.undo()
    (score,) = project.scores()
    assert (score.accepted, score.rejected, score.precision, score.recall) == (2, 0, 1.0, 1.0)


def test_scores_go_by_what_stands_now_for_every_way_of_deciding(session, project, opened):
    first, second = (p for p in answered(project, opened) if p.source == "quantities")
    decider, editor = Decider(session), Editor(session)

    def told():
        return [(s.source, s.accepted, s.rejected, s.made, s.unseen) for s in project.scores()]

    adjusted = decider.accept(opened, first, place=(first.start, first.end - 1)).span
    assert told() == [("quantities", 1, 0, 1, 0)]
    decider.accept(opened, second, label="MEASURE")
    assert told() == [("quantities", 1, 1, 1, 0)]  # it had said 指标
    session.undo()
    assert told() == [("quantities", 1, 0, 1, 0)]
    editor.set_certain(opened, [adjusted.uid], False)
    assert told() == [("quantities", 0, 0, 0, 0)]  # whoever is not sure says neither
    session.undo()
    session.undo()
    assert told() == []


def test_what_was_refused_is_less_sure_where_the_same_words_stand(session, project, opened):
    other = session.open_report(add_report(session, TEXT.replace("30件", "31件")))
    session.subscribe(lambda announcement: project.update(announcement, opened))
    start = TEXT.index("青枫县司法局")
    (office,) = (p for p in answered(project, opened) if p.label == "INSTITUTION")
    assert (office.start, office.end) == (start, start + 6)
    (before,) = (p for p in answered(project, other) if p.label == "INSTITUTION")
    project.keep(other, answered(project, other))
    Decider(session).reject(opened, [office])
    assert project.kept(other) is None
    (after,) = (p for p in answered(project, other) if p.label == "INSTITUTION")
    assert after.score == pytest.approx(before.score / 2, abs=0.001)
    assert after._replace(score=0) == before._replace(score=0)
    number = next(p for p in answered(project, opened) if p.label == "INDICATOR")
    Decider(session).reject(opened, [number])
    assert len(project.taught(TEXT)["refused"]) == 1  # the same figure elsewhere is another figure
    session.undo()
    session.undo()
    assert project.kept(other) is not None


def test_doubt_is_the_share_of_wrong_decisions_to_expect():
    def sure(*scores):
        return [Proposal(0, 1, "A", "x", score) for score in scores]

    assert doubt([]) == 0
    assert doubt(sure(1.0, 1.0)) == 0
    assert doubt(sure(0.5, 0.5)) == 0.5
    assert doubt(sure(0.9, 0.1)) == pytest.approx(0.1)


def test_nobody_is_asked_about_furniture(session, project, opened):
    assert project.ask_for(opened).furniture == []
