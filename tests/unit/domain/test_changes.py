"""Changes know their inverse and their words."""

from annotator.domain import changes
from annotator.domain.changes import Change, SetRef
from annotator.domain.span import Relation, Span

TEXT = "镇政府共举办8场对接会"
SET = SetRef("s", "p", "in_progress")
A, B = Span("a", 0, 3, "INSTITUTION"), Span("b", 3, 11, "MEASURE", attributes={"status": "done"})


def test_an_inverse_taken_twice_is_the_change() -> None:
    change = Change("span", 1, "a", {"start": 0}, {"start": 1})
    assert change.inverse() == Change("span", 1, "a", {"start": 1}, {"start": 0})
    assert change.inverse().inverse() == change


def test_the_first_span_makes_the_set_or_starts_it() -> None:
    made = changes.add_spans(1, SetRef("s", "p", None), [A], TEXT)
    assert [c.table for c in made.changes] == ["annotation_set", "span"]
    assert made.changes[0].before is None
    started = changes.add_spans(1, SetRef("s", "p", "new"), [A], TEXT)
    assert started.changes[0].after == {"status": "in_progress"}
    assert [c.table for c in changes.add_spans(1, SET, [A], TEXT).changes] == ["span"]


def test_the_inverse_of_deleting_brings_spans_back_before_their_relations() -> None:
    link = Relation("r", "a", "b", "AGENT")
    edit = changes.delete_spans(1, "s", [A], [link, Relation("q", "x", "y", "AGENT")], TEXT)
    assert [c.uid for c in edit.changes] == ["r", "a"]
    assert [(c.uid, c.before) for c in edit.inverse()] == [("a", None), ("r", None)]


def test_an_update_names_only_what_differs() -> None:
    edit = changes.move_span(1, A, 0, 2, TEXT)
    assert edit is not None
    assert edit.changes == (Change("span", 1, "a", {"end": 3}, {"end": 2}),)
    assert changes.move_span(1, A, 0, 3, TEXT) is None


def test_attributes_are_set_and_taken_away() -> None:
    edit = changes.set_attribute(1, [A, B], "status", "planned")
    assert edit is not None
    assert [c.after for c in edit.changes] == [{"attributes": {"status": "planned"}}] * 2
    back = changes.set_attribute(1, [B], "status", None)
    assert back is not None
    assert back.changes[0].after == {"attributes": {}}


def test_relabelling_several_is_one_step() -> None:
    edit = changes.relabel_spans(1, [A, B], "INDICATOR", {}, TEXT)
    assert edit is not None
    assert len(edit.changes) == 2
    assert edit.wording.params == {"n": 2, "label": "INDICATOR"}


def test_words_cut_long_texts_and_line_breaks() -> None:
    text = "一二三四五\n六七八九十一二三四五六七八九十末尾"
    edit = changes.add_spans(1, SET, [Span("a", 0, len(text), "MEASURE")], text)
    shown = edit.wording.params["text"]
    assert len(shown) == 20
    assert shown.endswith("…")
    assert "\n" not in shown


def test_a_status_that_is_the_same_is_no_edit() -> None:
    assert changes.set_status(1, SET, "in_progress") is None
    made = changes.set_status(1, SetRef("s", "p", None), "done")
    assert made is not None
    assert made.changes[0].before is None
