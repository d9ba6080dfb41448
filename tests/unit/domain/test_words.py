"""Words as strides, with the segmenter's edges and without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import words

TEXTS = st.text(
    st.one_of(
        st.sampled_from("中山人民〇々 \u3000\xa0\n\u20282０5.．%％,，。aＡéя\u0301\u200d\U0002000b\U000e0100"),
        st.characters(),
    ),
    max_size=60,
)


def runs(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        start, end = words.script_runs(text, at)
        assert start == at < end
        found.append(text[start:end])
        at = end
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约45亿元,增长8.5%。", ["约", "45", "亿元", ",", "增长", "8.5%", "。"]),
        ("ＧＤＰ１２．５％", ["ＧＤＰ", "１２．５％"]),
        ("第3.节", ["第", "3", ".", "节"]),
        ("a\u0301b中", ["a\u0301b", "中"]),
        ("葛\U000e0100城\U0002000b", ["葛\U000e0100城\U0002000b"]),
        ("二〇二一年々", ["二〇二一年々"]),
        ("\u3000\u3000 \xa0字", ["\u3000\u3000 \xa0", "字"]),
        ("字\n字\u2028字\r字", ["字", "\n", "字", "\u2028", "字", "\r", "字"]),
        ("abcяд", ["abc", "яд"]),
        ("——《》", ["—", "—", "《", "》"]),
        ("50%%", ["50%", "%"]),
        ("👩\u200d👧好", ["👩\u200d👧", "好"]),
        ("\u0301字", ["\u0301", "字"]),
    ],
)
def test_a_run_is_of_one_script(text: str, expected: list[str]):
    assert runs(text) == expected


@given(TEXTS)
def test_runs_part_the_text_and_are_the_same_from_everywhere_inside(text: str):
    assert "".join(runs(text)) == text
    at = 0
    for run in runs(text):
        assert {words.script_runs(text, place) for place in range(at, at + len(run))} == {(at, at + len(run))}
        at += len(run)


@given(TEXTS)
def test_no_run_crosses_a_line_break(text: str):
    assert all(len(run) == 1 for run in runs(text) if "\n" in run or "\u2028" in run)


def test_places_outside_the_text_are_its_ends():
    assert words.script_runs("", 3) == (0, 0)
    assert words.script_runs("中a", 9) == (1, 2)
    assert words.script_runs("中a", -4) == (0, 1)


def test_word_bounds_finds_the_word_by_its_edges():
    edges = words.to_edges([(0, 2), (2, 3), (3, 7)])
    assert [words.word_bounds(edges, at) for at in range(9)] == [(0, 2)] * 2 + [(2, 3)] + [(3, 7)] * 6
    assert words.word_bounds(edges, -1) == (0, 2)
    assert words.word_bounds([0], 0) == words.word_bounds([], 4) == (0, 0)


def test_edges_of_another_text_are_not_used():
    text = "中山市政府"
    assert words.word_at([0, 3, 5], text, 1) == (0, 3)
    assert words.word_at([0, 3, 6], text, 1) == words.word_at(None, text, 1) == (0, 5)


def test_strides_skip_white_space_and_stop_at_punctuation():
    text = "　　全面 落实，\n好"
    edges = [0, 2, 4, 5, 7, 8, 9, 10]
    forward, at = [], 0
    while at < len(text):
        at = words.next_word(edges, text, at)
        forward.append(at)
    assert forward == [2, 5, 7, 9, 10]
    back = []
    while at > 0:
        at = words.previous_word(edges, text, at)
        back.append(at)
    assert back == [9, 7, 5, 2, 0]


def test_a_stride_back_from_inside_a_word_goes_to_its_beginning():
    assert words.previous_word([0, 3, 5], "中山市政府", 2) == 0
    assert words.previous_word([0, 3, 5], "中山市政府", 4) == 3
    assert words.next_word([0, 3, 5], "中山市政府", 4) == 5


@given(TEXTS, st.integers(-3, 70))
def test_strides_always_advance_or_stand_at_the_end(text: str, offset: int):
    inside = min(max(offset, 0), len(text))
    after, before = words.next_word(None, text, offset), words.previous_word(None, text, offset)
    assert after > inside or after == len(text)
    assert before < inside or before == 0


@given(st.lists(st.integers(1, 5)))
def test_edges_and_ranges_are_the_same(lengths: list[int]):
    ranges, at = [], 0
    for length in lengths:
        ranges.append((at, at + length))
        at += length
    edges = words.to_edges(ranges)
    assert words.to_ranges(edges) == ranges
    assert words.unpacked(edges.tobytes()) == edges
