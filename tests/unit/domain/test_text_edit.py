"""Text edits: applied, taken back, one after the other, and where ranges stand afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import ValidationError
from annotator.domain.text_edit import Moved, TextEdit, moved_attributes, moved_words

TEXT = st.text("全区办结 \n", max_size=30)


@st.composite
def edits(draw: st.DrawFn, text: str) -> TextEdit:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    return TextEdit((start, end, draw(st.text("甲乙 \n", max_size=3))) for start, end in pairs)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, TextEdit]:
    text = draw(TEXT)
    return text, draw(edits(text))


@given(edited())
def test_an_edit_and_its_inverse_give_the_text_back(case: tuple[str, TextEdit]) -> None:
    text, edit = case
    assert edit.inverse(text).apply(edit.apply(text)) == text
    assert edit.inverse(text).inverse(edit.apply(text)).apply(text) == edit.apply(text)
    assert len(edit.apply(text)) == len(text) + edit.growth


@given(st.data())
def test_two_edits_in_turn_are_one(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    first = data.draw(edits(text))
    then = data.draw(edits(first.apply(text)))
    assert first.then(then).apply(text) == then.apply(first.apply(text))


@given(st.data())
def test_a_range_that_is_not_touched_stays_on_its_words_and_comes_back(data: st.DataObject) -> None:
    text, edit = data.draw(edited())
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    new, moved = edit.apply(text), edit.moved(start, end)
    overlaps = any(r.start < end and start < r.end for r in edit.replacements)
    inside = any(start < r.start < end for r in edit.replacements)
    if start == end:
        assert moved is not None and moved.start == moved.end <= len(new)
    elif not overlaps and not inside:
        assert moved == Moved(moved.start, moved.end, False) if moved else False
        assert new[moved.start : moved.end] == text[start:end]
        assert edit.inverse(text).moved(moved.start, moved.end) == Moved(start, end, False)
    elif moved is not None:
        assert moved.touched and 0 <= moved.start < moved.end <= len(new)


@given(st.data())
def test_ranges_keep_their_order_and_their_nesting(data: st.DataObject) -> None:
    text, edit = data.draw(edited())
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    outer, inner = edit.moved(places[0], places[3]), edit.moved(places[1], places[2])
    left, right = edit.moved(places[0], places[1]), edit.moved(places[2], places[3])
    if outer and inner and places[1] < places[2]:
        assert outer.start <= inner.start and inner.end <= outer.end
    if left and right and places[0] < places[1] <= places[2] < places[3]:
        assert left.end <= right.start


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        ((0, 0, "新"), Moved(5, 9, False)),  # before
        ((4, 4, "新"), Moved(5, 9, False)),  # at the start: outside
        ((8, 8, "新"), Moved(4, 8, False)),  # at the end: outside
        ((6, 6, "新"), Moved(4, 9, True)),  # inside
        ((5, 6, ""), Moved(4, 7, True)),
        ((4, 8, "新的"), Moved(4, 6, True)),  # all its words replaced, and none beside them
        ((4, 6, "新的词"), Moved(4, 9, True)),  # the words at its start
        ((2, 6, "新"), Moved(3, 5, True)),  # across its start: what is left
        ((6, 10, "新"), Moved(4, 6, True)),  # across its end
        ((4, 8, ""), None),
        ((3, 8, "新"), None),
        ((4, 9, "新"), None),
    ],
)
def test_where_a_span_stands_after_an_edit(replacement: tuple[int, int, str], expected: Moved | None) -> None:
    assert TextEdit([replacement]).moved(4, 8) == expected


def test_a_touched_span_has_no_white_space_at_its_edges() -> None:
    text = "全区 办结案件"
    edit = TextEdit([(0, 2, "")])  # what is left of the span [0, 5) begins with a space
    assert moved_words(edit, 0, 5, edit.apply(text)) == Moved(1, 3, True)
    assert moved_words(TextEdit([(0, 2, ""), (3, 5, "")]), 0, 5, " 案件") is None


def test_what_an_attribute_quotes_moves_and_says_what_stands_there_now() -> None:
    text = "办结案件36件，回访案件"
    edit = TextEdit([(0, 0, "共"), (2, 3, "事"), (8, 11, "")])
    values = {
        "subject": {"start": 2, "end": 4, "text": "案件"},
        "unit": "件",
        "gone": {"start": 8, "end": 10, "text": "回访"},
    }
    kept, touched = moved_attributes(values, edit, edit.apply(text))
    assert kept == {"subject": {"start": 3, "end": 5, "text": "事件"}, "unit": "件"}
    assert touched == ["subject", "gone"]


def test_replacements_must_not_overlap_nor_leave_the_text() -> None:
    with pytest.raises(ValueError, match="overlap"):
        TextEdit([(0, 3, ""), (2, 4, "")])
    with pytest.raises(ValidationError):
        TextEdit([(2, 9, "")]).apply("短")
    assert TextEdit([(3, 4, "b"), (1, 3, "a"), (5, 5, "")]).replacements == ((1, 4, "ab"),)
