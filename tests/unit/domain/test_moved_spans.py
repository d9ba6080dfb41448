"""Spans under an edit: whatever is asked, the answer is that of an index of spans that were all moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.moved_spans import MovedSpans
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.domain.text_edit import TextEdit, moved_words

TEXTS = st.text("甲乙 \n", min_size=1, max_size=40)
PLACES = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12)), max_size=12)
EDITS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8), st.text("丙丁 \n", max_size=6)), max_size=5)


def made(text: str, places: list[tuple[int, int]], changes: list[tuple[int, int, str]]) -> tuple[MovedSpans, SpanIndex]:
    found = [(start, min(start + length, len(text))) for start, length in places]
    spans = [Span(str(n), start, end, "A") for n, (start, end) in enumerate(found) if start < end]
    edit, now = TextEdit(), text
    for start, length, words in changes:  # as somebody types: one after the other
        low = min(start, len(now))
        step = TextEdit([(low, min(low + length, len(now)), words)])
        edit, now = edit.then(step), step.apply(now)
    moved = [(span, moved_words(edit, span.start, span.end, now)) for span in spans]
    plain = SpanIndex(now, [span._replace(start=to.start, end=to.end) for span, to in moved if to])
    return MovedSpans(SpanIndex(text, spans), edit, text, now), plain


@given(TEXTS, PLACES, EDITS)
def test_every_answer_is_that_of_spans_moved_one_by_one(
    text: str, places: list[tuple[int, int]], changes: list[tuple[int, int, str]]
) -> None:
    moved, plain = made(text, places, changes)
    assert sorted(moved) == sorted(plain)
    assert moved.paragraph_starts == plain.paragraph_starts
    for uid in map(str, range(len(places))):
        assert moved.get(uid) == plain.get(uid)
        assert (uid in moved) == (uid in plain)
    length = sum(len(words) for _start, _length, words in changes) + len(text)
    for start in range(length):
        assert moved.at(start) == plain.at(start)
        assert moved.next_after(start) == plain.next_after(start)
        for end in range(start, length, 3):
            assert moved.touching(start, end) == plain.touching(start, end)
            assert moved.with_range(start, end) == plain.with_range(start, end)
    for n, span in enumerate(plain):
        assert moved[n] == span
        assert moved.position(span) == n


def test_nothing_is_put_in_or_taken_out() -> None:
    moved, _plain = made("甲乙甲乙", [(0, 2)], [(0, 0, "丙")])
    with pytest.raises(TypeError):
        moved.remove("0")
    with pytest.raises(TypeError):
        moved.add(Span("1", 0, 1, "A"))
