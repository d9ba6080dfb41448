"""Text edits in the project: a new version in one step, everything moved along, and exactly back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.bookmark import Bookmark
from annotator.domain.changes import (
    Change,
    Wording,
    delete_spans,
    move_span,
    relabel_spans,
    set_bookmark,
)
from annotator.domain.errors import ConflictError
from annotator.domain.link_changes import add_relations
from annotator.domain.question import Question
from annotator.domain.question_changes import ask_question
from annotator.domain.report import AnnotationSet, Furniture, text_hash
from annotator.domain.span import Relation, Span, new_uid
from annotator.domain.text_edit import TextEdit
from annotator.storage import Person, Place, Step, Store, verify
from tests.unit.storage.building import TEXT, dump, make_report, set_ref, span, spans_of, tag

Importer = Callable[..., list[int]]
WORDS = Wording("Edit the text")


def edit_text(store: Store, report: int, person: Person, *replacements: tuple[int, int, str]) -> Step:
    version = store.reports.detail(report).text_version
    return store.texts.apply(report, TextEdit(replacements), person.uid, WORDS, version=version)


def words(store: Store, report: int, spans: list[Span]) -> list[str]:
    text = store.reports.text(report)
    return [text[s.start : s.end] for s in spans]


@pytest.fixture
def report(bring: Importer) -> int:
    return bring(make_report(text=TEXT, furniture=[Furniture(new_uid(), 24, len(TEXT), "page.footer")]))[0]


def _there(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All there is but the texts that are kept."""
    state = dump(store)
    del state["text"]
    return state


def test_everything_moves_with_the_text_and_undo_brings_it_back(
    store: Store, zhang: Person, li: Person, report: int
) -> None:
    subject = {"subject": {"start": 18, "end": 20, "text": "案件"}}
    tag(store, report, zhang, span(0, 11), span(8, 11, "INDICATOR", attributes=subject))
    tag(store, report, li, span(12, 16, "INSTITUTION"))
    store.apply(ask_question(report, Question(new_uid(), 12, 14, "哪里？", li.uid, "2026-01-01")), li.uid)
    store.apply(set_bookmark(report, Bookmark(new_uid(), 24, 24, zhang.uid, "2026-01-01"), TEXT), zhang.uid)
    store.places.put(li.uid, report, Place(20, 0))
    before = _there(store)

    step = edit_text(store, report, zhang, (0, 0, "二〇二四年"), (13, 13, "级"))

    assert store.reports.text(report).startswith("二〇二四年全区")
    assert words(store, report, spans_of(store, report, zhang)) == [TEXT[0:11], TEXT[8:11]]
    assert words(store, report, spans_of(store, report, li)) == ["区级司法局"]
    (question,), (mark,) = store.questions.of_report(report), store.bookmarks.of_report(report, zhang.uid)
    assert (question.start, question.end, mark.start) == (17, 20, 30)
    assert store.reports.furniture(report)[0][1:3] == (30, len(TEXT) + 6)
    assert store.places.get(li.uid, report) == Place(26, 0)
    assert spans_of(store, report, zhang)[1].attributes["subject"] == {"start": 24, "end": 26, "text": "案件"}
    detail = store.reports.detail(report)
    assert (detail.text_version, detail.text_hash) == (2, text_hash(store.reports.text(report)))
    assert store.totals.stats().characters == len(TEXT) + 6
    assert store.texts.text(report, 1) == TEXT and [v.base for v in store.texts.versions(report)] == [None, 1]
    assert verify(store) == []
    assert step.kind == "text.edit"

    after = _there(store)
    store.undo(zhang.uid)
    assert _there(store) == before and store.reports.text(report) == TEXT
    assert store.places.get(li.uid, report) == Place(20, 0)
    store.redo(zhang.uid)
    assert _there(store) == after
    assert verify(store) == []


def test_a_span_without_words_goes_with_its_links_and_comes_back_with_undo(
    store: Store, zhang: Person, report: int
) -> None:
    spans = [span(0, 11), span(8, 11, "INDICATOR")]
    tag(store, report, zhang, *spans)
    ref = set_ref(store, report, zhang)
    link = Relation(new_uid(), spans[0].uid, spans[1].uid, "RESULT")
    store.apply(add_relations(report, ref, [link], {s.uid: s for s in spans}, TEXT), zhang.uid)
    before = _there(store)
    edit_text(store, report, zhang, (8, 11, ""))
    assert words(store, report, spans_of(store, report, zhang)) == [TEXT[:8]]
    assert store.reports.row(report, zhang.uid).spans == 1 and verify(store) == []
    store.undo(zhang.uid)
    assert _there(store) == before and verify(store) == []


def test_what_somebody_marked_meanwhile_moves_back_with_the_text(
    store: Store, zhang: Person, li: Person, report: int
) -> None:
    edit_text(store, report, zhang, (0, 0, "今年"))
    late = span(14, 18, "INSTITUTION", text_version=2)
    tag(store, report, li, late)
    store.undo(zhang.uid)
    assert words(store, report, spans_of(store, report, li)) == ["区司法局"]
    assert verify(store) == []
    store.redo(zhang.uid)
    assert [s.range for s in spans_of(store, report, li)] == [(14, 18)]
    assert verify(store) == []


def test_an_edit_whose_new_words_somebody_marked_is_not_taken_back(
    store: Store, zhang: Person, li: Person, report: int
) -> None:
    edit_text(store, report, zhang, (0, 0, "今年"))
    tag(store, report, li, span(0, 2, text_version=2))
    state = dump(store, history=True)
    with pytest.raises(ConflictError, match="今年"):
        store.undo(zhang.uid)
    assert dump(store, history=True) == state


@pytest.mark.parametrize("kind", ["add", "delete", "move", "relabel", "furniture"])
def test_an_earlier_step_of_another_person_is_taken_back_across_an_edit(
    store: Store, zhang: Person, li: Person, report: int, kind: str
) -> None:
    made = span(12, 16, "INSTITUTION")
    if kind != "add":
        tag(store, report, li, made)
    ref = set_ref(store, report, li)
    if kind == "add":
        tag(store, report, li, made)
    elif kind == "delete":
        store.apply(delete_spans(report, ref.uid, [made], [], TEXT), li.uid)
    elif kind == "move":
        edit = move_span(report, made, 13, 16, TEXT)
        assert edit is not None
        store.apply(edit, li.uid)
    elif kind == "relabel":
        edit = relabel_spans(report, [made], "MEASURE", {}, TEXT)
        assert edit is not None
        store.apply(edit, li.uid)
    else:
        (old,) = store.reports.furniture(report)
        row = {"start": old.start, "end": old.end, "rule": old.rule, "text_version": 1}
        change = Change("furniture", report, old.uid, row, None)
        store.apply(delete_spans(report, ref.uid, [], [], TEXT)._replace(changes=(change,)), li.uid)
    edit_text(store, report, zhang, (0, 0, "今年"))
    done = _there(store)
    store.undo(li.uid)
    found = words(store, report, spans_of(store, report, li))
    assert found == ([] if kind == "add" else ["区司法局"])
    assert [f.start for f in store.reports.furniture(report)] == [26]
    assert verify(store) == []
    store.redo(li.uid)
    assert _there(store) == done and verify(store) == []


def test_bringing_back_a_span_whose_words_are_gone_is_refused(
    store: Store, zhang: Person, li: Person, report: int
) -> None:
    made = span(12, 16, "INSTITUTION")
    tag(store, report, li, made)
    store.apply(delete_spans(report, set_ref(store, report, li).uid, [made], [], TEXT), li.uid)
    edit_text(store, report, zhang, (11, 18, ""))
    with pytest.raises(ConflictError, match="no longer in the report"):
        store.undo(li.uid)
    store.undo(zhang.uid)
    store.undo(li.uid)
    assert words(store, report, spans_of(store, report, li)) == ["区司法局"]


def test_an_edit_on_top_of_anothers_is_taken_back_first(store: Store, zhang: Person, li: Person, report: int) -> None:
    edit_text(store, report, zhang, (0, 0, "今年"))
    edit_text(store, report, li, (0, 0, "啊"))
    with pytest.raises(ConflictError, match="李四"):
        store.undo(zhang.uid)
    store.undo(li.uid)
    store.undo(zhang.uid)
    assert store.reports.text(report) == TEXT and verify(store) == []


def test_an_edit_after_an_undone_one_grows_from_the_version_it_was_made_in(
    store: Store, zhang: Person, li: Person, report: int
) -> None:
    tag(store, report, li, span(12, 16, "INSTITUTION"))
    edit_text(store, report, zhang, (0, 0, "今年"))
    store.undo(zhang.uid)
    edit_text(store, report, zhang, (0, 2, ""))
    assert [v.base for v in store.texts.versions(report)] == [None, 1, 1]
    assert words(store, report, spans_of(store, report, li)) == ["区司法局"]
    assert verify(store) == []
    store.undo(li.uid)
    assert spans_of(store, report, li) == [] and verify(store) == []


def test_restoring_passes_over_text_edits(store: Store, zhang: Person, li: Person, report: int) -> None:
    point = tag(store, report, zhang, span(0, 11))
    tag(store, report, zhang, span(12, 16, "INSTITUTION"))
    edit_text(store, report, zhang, (0, 0, "今年"))
    tag(store, report, zhang, span(20, 22, text_version=2))
    tag(store, report, li, span(14, 18, text_version=2))
    store.restore(report, point.uid, zhang.uid)
    assert store.reports.text(report) == TEXT
    assert [s.range for s in spans_of(store, report, zhang)] == [(0, 11)]
    assert words(store, report, spans_of(store, report, li)) == ["区司法局"]
    assert verify(store) == []
    store.undo(zhang.uid)
    assert store.reports.text(report) == "今年" + TEXT
    assert [s.range for s in spans_of(store, report, zhang)] == [(2, 13), (14, 18), (20, 22)]
    assert verify(store) == []


def test_restoring_works_after_somebody_elses_edit(store: Store, zhang: Person, li: Person, report: int) -> None:
    point = tag(store, report, zhang, span(0, 11))
    tag(store, report, zhang, span(12, 16, "INSTITUTION"))
    edit_text(store, report, li, (0, 0, "今年"))
    store.restore(report, point.uid, zhang.uid)
    assert [s.range for s in spans_of(store, report, zhang)] == [(2, 13)]
    assert store.reports.text(report) == "今年" + TEXT and verify(store) == []


def test_a_text_that_another_report_has_is_refused_also_by_undo(store: Store, zhang: Person, bring: Importer) -> None:
    first, _second = bring(make_report(text=TEXT), make_report(text="今年" + TEXT))
    state = dump(store, history=True)
    with pytest.raises(ConflictError, match="Another report has this text"):
        edit_text(store, first, zhang, (0, 0, "今年"))
    assert dump(store, history=True) == state
    edit_text(store, first, zhang, (0, 2, ""))
    li = store.people.ensure(new_uid(), "李四")
    bring(make_report(text=TEXT), person=li)
    with pytest.raises(ConflictError, match="Another report has this text"):
        store.undo(zhang.uid)
    assert store.reports.text(first) == TEXT[2:] and verify(store) == []


def test_an_edit_of_a_text_that_has_changed_meanwhile_is_refused(store: Store, zhang: Person, report: int) -> None:
    edit_text(store, report, zhang, (0, 0, "今年"))
    with pytest.raises(ConflictError, match="edited since"):
        store.texts.apply(report, TextEdit([(0, 1, "")]), zhang.uid, WORDS, version=1)
    with pytest.raises(ConflictError, match="nothing was changed"):
        edit_text(store, report, zhang, (0, 1, "今"))
    with pytest.raises(ConflictError, match="edited meanwhile"):
        tag(store, report, zhang, span(3, 5))
    assert verify(store) == []


def test_an_older_text_is_known_again_while_the_edit_stands(store: Store, zhang: Person, report: int) -> None:
    assert store.texts.known(text_hash(TEXT)) is None
    edit_text(store, report, zhang, (0, 0, "今年"))
    edit_text(store, report, zhang, (0, 0, "啊"))
    assert store.texts.known(text_hash(TEXT)) == (report, 1)
    assert store.texts.known(text_hash("今年" + TEXT)) == (report, 2)
    store.undo(zhang.uid)
    assert store.texts.known(text_hash("今年" + TEXT)) is None
    (leg,) = store.texts.way(report, 1)
    assert leg.edit.place(13) == 15


def test_a_set_that_comes_back_is_carried_into_the_text_of_now(store: Store, zhang: Person, li: Person) -> None:
    step = store.history.begin_bulk("import", Wording("x"), zhang.uid)
    report = store.reports.add(make_report(span(12, 16, "INSTITUTION"), text=TEXT), step)
    store.history.end_bulk(step)
    step = store.history.begin_bulk("import", Wording("x"), zhang.uid)
    store.sets.replace(report, AnnotationSet(""), step)
    store.history.end_bulk(step)
    edit_text(store, report, li, (0, 0, "今年"))
    assert verify(store) == []
    store.undo(zhang.uid)
    assert words(store, report, spans_of(store, report, zhang)) == ["区司法局"]
    assert verify(store) == []


def test_a_set_that_is_imported_later_counts_in_the_text_of_now(store: Store, zhang: Person, report: int) -> None:
    edit_text(store, report, zhang, (0, 0, "今年"))
    step = store.history.begin_bulk("import", Wording("x"), zhang.uid)
    store.sets.add(report, AnnotationSet("王五", spans=[span(14, 18)]), step)
    store.history.end_bulk(step)
    assert verify(store) == []


def test_verify_names_an_edit_that_does_not_lead_to_its_text(store: Store, zhang: Person, report: int) -> None:
    edit_text(store, report, zhang, (0, 0, "今年"))
    store.connection.execute("UPDATE text_edit SET edit = '[[0,0,\"去年\"]]'")
    assert [f.kind for f in verify(store)] == ["text"]


EDIT = st.tuples(st.integers(0, 30), st.integers(0, 6), st.text("改新 ", max_size=4))


@given(
    st.lists(st.tuples(st.integers(0, 28), st.integers(1, 9), st.booleans()), max_size=6), st.lists(EDIT, max_size=3)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_edits_keep_the_project_right_and_come_back_exactly(
    store: Store,
    zhang: Person,
    li: Person,
    bring: Importer,
    places: list[tuple[int, int, bool]],
    edits: list[tuple[int, int, str]],
) -> None:
    (report,) = bring(make_report(text=f"{new_uid()}{TEXT}"))
    text = store.reports.text(report)
    for start, length, ours in places:
        tag(store, report, zhang if ours else li, span(start, start + length))
    states, kept = [_there(store)], []
    for at, taken, put in edits:
        now = store.reports.text(report)
        edit = TextEdit([(at, min(at + taken, len(now)), put)])
        if edit.apply(now) == now:
            continue
        edit_text(store, report, zhang, *edit.replacements)
        states.append(_there(store))
        kept.append(edit)
    assert verify(store) == []
    for state in reversed(states[:-1]):
        store.undo(zhang.uid)
        assert _there(store) == state
    assert store.reports.text(report) == text
    for state in states[1:]:
        store.redo(zhang.uid)
        assert _there(store) == state
    assert verify(store) == []
