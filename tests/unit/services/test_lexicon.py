import pytest

from annotator.domain.report import AnnotationSet, Report, Status
from annotator.domain.span import Span, new_uid
from annotator.domain.suggestion import Proposal
from annotator.services.deciding import Decider
from annotator.services.editing import Editor
from annotator.services.lexicon import Lexicon, taught_labels
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.session import default_schema
from tests.unit.services.conftest import add_report

TEXT = "一、主要举措\n云溪服务队上门30件,云溪服务队回访。\n"


def span(words, label="INSTITUTION", text=TEXT, at=0):
    start = text.index(words, at)
    return Span(new_uid(), start, start + len(words), label)


def report(*sets, text=TEXT):
    return Report(new_uid(), text, sets=list(sets))


def counted(*reports, person=""):
    lexicon = Lexicon()
    for one in reports:
        lexicon.count(one, taught_labels(default_schema()), person)
    return lexicon.entries()


def test_own_and_finished_sets_count_and_blind_ones_do_not():
    mine = AnnotationSet("甲", spans=[span("云溪服务队")])
    others = AnnotationSet("乙", spans=[span("云溪服务队", at=15)])
    assert counted(report(mine, others), person="甲") == [("云溪服务队", "INSTITUTION", 1, 0)]
    others.status = Status.DONE
    assert counted(report(mine, others), person="甲") == [("云溪服务队", "INSTITUTION", 2, 0)]
    others.extra = {"blind": True}
    assert counted(report(mine, others), person="甲") == [("云溪服务队", "INSTITUTION", 1, 0)]


def test_what_nobody_looked_at_and_what_was_done_blind_teaches_nothing(session, known):
    project, opened = known
    start = TEXT.index("云溪服务队")
    proposal = Proposal(start, start + 5, "INSTITUTION", "institutions", 0.9)
    Decider(session).accept_all(opened, [proposal])
    assert project.lexicon.entries() == []
    with session.store.second() as store:
        assert project.collect(store).entries() == []
    (span,) = opened.spans
    Editor(session).mark_passed(opened, [span.uid])
    with session.store.second() as store:
        assert project.collect(store).entries() == [("云溪服务队", "INSTITUTION", 1, 0)]


def test_refusals_in_a_report_that_is_blind_now_do_not_count(session, known):
    project, opened = known
    start = TEXT.index("云溪服务队")
    Decider(session).reject(opened, [Proposal(start, start + 5, "INSTITUTION", "institutions", 0.9)])
    assert session.store.suggestions.refused_words() == [("云溪服务队", "INSTITUTION", 1)]
    project.set_blind("report", opened.row.uid, on=True)
    assert session.store.suggestions.refused_words() == []


def test_a_place_that_two_people_tagged_counts_once_and_numbers_never():
    both = [AnnotationSet(name, spans=[span("云溪服务队"), span("30件", "INDICATOR")]) for name in "甲乙"]
    assert counted(report(*both)) == [("云溪服务队", "INSTITUTION", 1, 0)]


def test_clauses_count_when_they_are_long():
    text = (
        "深入村居开展普法宣传教育活动。深入村居开展普法宣传教育活动。组织法治文艺汇演下乡进校园进社区进企业。加强领导。"
    )
    found = counted(
        report(
            AnnotationSet(
                "甲",
                spans=[
                    span("深入村居开展普法宣传教育活动", "MEASURE", text),
                    span("深入村居开展普法宣传教育活动", "MEASURE", text, 5),
                    span("组织法治文艺汇演下乡进校园进社区进企业", "MEASURE", text),
                    span("加强领导", "MEASURE", text),
                ],
            ),
            text=text,
        )
    )
    assert found == [
        ("深入村居开展普法宣传教育活动", "MEASURE", 2, 0),
        ("组织法治文艺汇演下乡进校园进社区进企业", "MEASURE", 1, 0),
    ]


def test_only_strings_of_the_text_travel():
    lexicon = Lexicon()
    for words in ("云溪服务队", "白石公司", "云海中心"):
        lexicon.tagged(words, "INSTITUTION")
    assert lexicon.entries(TEXT) == [("云溪服务队", "INSTITUTION", 1, 0)]
    before = lexicon.fingerprint(TEXT)
    lexicon.tagged("白石公司", "INSTITUTION")
    assert lexicon.fingerprint(TEXT) == before
    lexicon.refused("云溪服务队", "INSTITUTION")
    assert lexicon.fingerprint(TEXT) != before


def test_strings_are_found_in_long_texts_and_short_ones_and_when_they_are_new():
    lexicon, long = Lexicon(), "云溪" * 4000 + TEXT
    assert lexicon.entries(long) == lexicon.refusals(long, frozenset({"INSTITUTION"})) == []
    lexicon.tagged("云溪服务队", "INSTITUTION")
    lexicon.tagged("白石公司", "INSTITUTION")
    for text in (long, TEXT, long):
        assert lexicon.entries(text) == [("云溪服务队", "INSTITUTION", 1, 0)]
    lexicon.refused("服务队", "INSTITUTION")
    assert lexicon.refusals(long, frozenset({"INSTITUTION"})) == [("服务队", "INSTITUTION", 0, 1)]
    assert lexicon.refusals(long, frozenset()) == []
    other = Lexicon()
    other.tagged("回访", "INSTITUTION")
    lexicon.add(other)
    assert [words for words, *_rest in lexicon.entries(long)] == ["云溪服务队", "回访"]


@pytest.fixture
def known(session):
    project = ProjectSuggestions(session)
    opened = session.open_report(add_report(session, TEXT))
    session.subscribe(lambda announcement: project.update(announcement, opened))
    return project, opened


def words_of(project):
    return [(words, n) for words, _label, n, _no in project.lexicon.entries()]


def test_it_follows_what_a_person_does_and_takes_back(session, known):
    project, opened = known
    editor, place = Editor(session), span("云溪服务队").range
    made = editor.tag(opened, *place, "INSTITUTION").span
    assert words_of(project) == [("云溪服务队", 1)]
    session.undo()
    assert words_of(project) == []
    session.redo()
    editor.relabel(opened, [made.uid], "INDICATOR")
    assert words_of(project) == []
    session.undo()
    editor.delete(opened, [made.uid])
    assert words_of(project) == []


def test_other_edges_are_another_string(session, known):
    project, opened = known
    start, end = span("云溪服务队").range
    editor = Editor(session)
    made = editor.tag(opened, start, end - 1, "INSTITUTION").span
    editor.move(opened, made.uid, start, end)
    assert words_of(project) == [("云溪服务队", 1)]


def test_a_refusal_lowers_what_is_offered(session, known):
    project, opened = known
    Editor(session).tag(opened, *span("云溪服务队").range, "INSTITUTION")
    (before,) = project.lexicon.entries()
    from annotator.domain.suggestion import Proposal

    Decider(session).reject(opened, [Proposal(*span("云溪服务队", at=15).range, "INSTITUTION", "lexicon", 0.5)])
    (after,) = project.lexicon.entries()
    assert (before[3], after[3]) == (0, 1)
    session.undo()
    assert project.lexicon.entries() == [before]


def test_what_a_job_collected_stands_beside_what_was_done_meanwhile(session, known):
    project, opened = known
    Editor(session).tag(opened, *span("云溪服务队").range, "INSTITUTION")
    fresh = ProjectSuggestions(session)
    with session.store.second() as store:
        found = fresh.collect(store)
    fresh.lexicon.tagged("云溪服务队", "INSTITUTION")
    fresh.collected(found)
    assert words_of(fresh) == [("云溪服务队", 2)]


def test_nothing_is_collected_from_what_is_blind(session, known):
    project, opened = known
    Editor(session).tag(opened, *span("云溪服务队").range, "INSTITUTION")
    project.set_blind("report", opened.row.uid, on=True)
    with session.store.second() as store:
        assert project.collect(store).entries() == []
    project.set_blind("report", opened.row.uid, on=False)
    with session.store.second() as store:
        assert len(project.collect(store).entries()) == 1
