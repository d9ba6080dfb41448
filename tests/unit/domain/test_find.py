"""Finding: the same places as Python's own search, whatever the slices; sentences for what is no expression."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain import find
from annotator.domain.errors import InputError
from annotator.domain.find import Matches, PlainSearch, Query, body, find_expression, unpacked

FEW = st.text("aAbß办理,\n", max_size=40)
WORDS = st.text("aAbß办理,", min_size=1, max_size=4)


def spans(matches: Matches) -> list[tuple[int, int]]:
    return [matches[n] for n in range(len(matches))]


def find_words(text: str, query: Query, ranges: list[tuple[int, int]]) -> Matches:
    """All places of the words of `query`, found at once."""
    search = PlainSearch(text, query, ranges)
    search.run()
    return search.matches


def everything(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


@pytest.fixture(params=[1, 3, 100_000], ids=lambda n: f"slices of {n}")
def _slices(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "_SLICE", request.param)


@pytest.mark.usefixtures("_slices")
class TestWords:
    @given(FEW, WORDS, st.booleans())
    @settings(max_examples=40)
    def test_are_where_python_finds_them(self, text: str, words: str, case: bool) -> None:
        flags = re.NOFLAG if case else re.IGNORECASE
        expected = [m.span() for m in re.finditer(re.escape(words), text, flags)]
        assert spans(find_words(text, Query(words, case=case), everything(text))) == expected

    @given(FEW, WORDS)
    @settings(max_examples=40)
    def test_step_by_step_as_at_once(self, text: str, words: str) -> None:
        search = PlainSearch(text, Query(words), everything(text))
        steps = 0
        while not search.run(0.0):
            steps += 1
            assert steps < 1000
        assert spans(search.matches) == spans(find_words(text, Query(words), everything(text)))

    @given(FEW, WORDS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3))
    @settings(max_examples=40)
    def test_outside_furniture_only(self, text: str, words: str, pairs: list[tuple[int, int]]) -> None:
        furniture = [(min(p), max(p)) for p in pairs]
        hidden = {n for start, end in furniture for n in range(start, end)}
        found = spans(find_words(text, Query(words, case=True), body(len(text), furniture)))
        for start, end in found:
            assert text[start:end] == words
            assert not hidden & set(range(start, end))
        assert found == sorted(found)


@given(st.integers(0, 50), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_body_is_what_the_ranges_leave(length: int, pairs: list[tuple[int, int]]) -> None:
    ranges = [(min(p), max(p)) for p in pairs]
    left = {n for start, end in body(length, ranges) for n in range(start, end)}
    assert left == set(range(length)) - {n for start, end in ranges for n in range(start, end)}


@pytest.mark.parametrize("pattern", ["a+", "办理|理", "^.", "a*", "(?<=a)b", ".$", "[^,]+,", r"\n"])
@given(text=FEW)
@settings(max_examples=25)
def test_an_expression_is_where_python_finds_it(pattern: str, text: str) -> None:
    expected = [m.span() for m in re.finditer(pattern, text, re.MULTILINE | re.IGNORECASE) if m.end() > m.start()]
    assert spans(find_expression(text, Query(pattern, expression=True), everything(text))) == expected


def test_an_expression_does_not_reach_into_furniture() -> None:
    text = "政务公开 首页 政务公开"
    found = find_expression(text, Query("[^x]+", expression=True), body(len(text), [(5, 7)]))
    assert spans(found) == [(0, 5), (7, 12)]


@pytest.mark.parametrize(
    ("pattern", "words", "place"),
    [
        ("(办理", "bracket ) is missing", 1),
        ("办理)", "no opening one", 3),
        ("[办理", "bracket ] is missing", 1),
        ("*办", "nothing to repeat", 1),
        ("办理\\", "backslash stands at the end", 3),
        ("a**", "repetition follows a repetition", 3),
        ("[z-a]", "range of characters", 2),
        ("(?<=a+)b", "fixed length", None),
        ("a{3,1}", "least repetition", 3),
        (r"(a)\2", "not there", 5),
    ],
)
def test_what_is_no_expression_is_said(pattern: str, words: str, place: int | None) -> None:
    with pytest.raises(InputError) as caught:
        find_expression("办理", Query(pattern, expression=True), [(0, 2)])
    assert words in str(caught.value)
    assert (f"at character {place})" in str(caught.value)) == (place is not None)


def test_the_reason_survives_the_way_between_processes() -> None:
    with pytest.raises(InputError) as caught:
        find_expression("", Query("(", expression=True), [])
    params = pickle.loads(pickle.dumps(caught.value.params))
    assert str(InputError(caught.value.message, **params)) == str(caught.value)


def test_too_large_an_expression_is_a_sentence_too() -> None:
    for pattern in ("a{99999999999999999999}", "(" * 5000 + ")" * 5000):
        with pytest.raises(InputError, match="no regular expression"):
            find_expression("", Query(pattern, expression=True), [])


def test_no_more_than_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "MOST", 10)
    for matches in (
        find_words("a" * 50, Query("a"), [(0, 50)]),
        find_expression("a" * 50, Query("a", expression=True), [(0, 50)]),
    ):
        assert len(matches) == 10
        assert matches.more
    assert not find_words("a" * 10, Query("a"), [(0, 10)]).more


def test_next_and_previous_and_what_shows() -> None:
    matches = find_words("xaxaxaa", Query("a"), [(0, 7)])
    assert spans(matches) == [(1, 2), (3, 4), (5, 6), (6, 7)]
    assert matches.from_offset(0) == 0
    assert matches.from_offset(2) == 1
    assert matches.from_offset(7) == 4
    assert matches.up_to(4) == 1
    assert matches.up_to(1) == -1
    assert list(matches.touching(3, 6)) == [1, 2]
    assert list(matches.touching(4, 5)) == []
    assert matches.number(5, 6) == 2
    assert matches.number(5, 7) is None
    assert spans(unpacked(matches.packed())) == spans(matches)
