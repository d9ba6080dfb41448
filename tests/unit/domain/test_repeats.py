"""Every identical string, each with the reason that speaks against it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.repeats import (
    FINE,
    FURNITURE,
    INSIDE,
    NAME,
    OVERLAPS,
    REASONS,
    TAGGED,
    TITLE,
    Hit,
    find_repeats,
)
from annotator.domain.report import Furniture
from annotator.domain.span import Span, new_uid
from annotator.domain.span_index import SpanIndex


def span(text: str, words: str, label: str = "INSTITUTION", nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(new_uid(), at, at + len(words), label)


def hits(text: str, words: str, spans=(), furniture=(), names=()) -> list[tuple[int, str]]:
    found = find_repeats(text, words, SpanIndex(text, spans), "INSTITUTION", furniture, names)
    assert all(text[h.start : h.end] == words for h in found)
    return [(h.start, h.reason) for h in found]


def test_every_place_is_found_from_left_to_right():
    assert hits("区司法局和镇司法所，区司法局。\n区司法局", "区司法局") == [(0, FINE), (10, FINE), (16, FINE)]


def test_hits_never_overlap_each_other():
    assert hits("哈哈哈哈哈", "哈哈") == [(0, FINE), (2, FINE)]


def test_no_words_have_no_place():
    assert hits("区司法局", "") == []
    assert hits("", "区司法局") == []


def test_what_is_tagged_already_says_so():
    text = "区司法局和区司法局"
    assert hits(text, "区司法局", [span(text, "区司法局")]) == [(0, TAGGED), (5, FINE)]


def test_a_span_of_another_label_is_no_reason():
    text = "区司法局和区司法局"
    assert hits(text, "区司法局", [span(text, text, "MEASURE")]) == [(0, FINE), (5, FINE)]


def test_inside_and_across_spans_of_the_same_label():
    text = "某市司法局培训，司法局办理；市司法局"
    long = span(text, "某市司法局")
    assert hits(text, "司法局", [long])[0] == (2, INSIDE)
    across = span(text, "局办理")
    assert (8, OVERLAPS) in hits(text, "司法局", [across])
    within = span(text, "司法", nth=2)
    assert (15, OVERLAPS) in hits(text, "司法局", [within])


def test_a_longer_name_tagged_elsewhere_is_known():
    text = "成立区司法局法援中心。区司法局法援中心办理，区司法局通报。"
    assert hits(text, "区司法局", [span(text, "区司法局法援中心")]) == [(2, INSIDE), (11, NAME), (22, FINE)]


def test_longer_names_of_the_project_are_known_wherever_the_words_stand_in_them():
    text = "东市局、市局西所、市局"
    assert hits(text, "市局", names=["东市局", "市局西所", "市局", "无关"]) == [(1, NAME), (4, NAME), (9, FINE)]


def test_a_title_and_page_furniture():
    text = "首页 区司法局\n印发《关于区司法局工作的通知》，区司法局落实。《没有完 区司法局"
    found = hits(text, "区司法局", furniture=[Furniture("f", 0, 7)])
    assert [reason for _, reason in found] == [FURNITURE, TITLE, FINE, FINE]


def test_words_that_are_a_title_with_its_marks_are_inside_nothing_else():
    text = "印发《办法》，落实《办法》。"
    assert hits(text, "《办法》") == [(2, TITLE), (9, TITLE)]


def test_every_reason_has_words():
    assert all(REASONS[reason] for reason in REASONS if reason)
    assert REASONS[FINE] == ""


ALPHABET = "甲乙《》\n"
ranges = st.tuples(st.integers(0, 38), st.integers(1, 5))


@given(
    st.text(alphabet=ALPHABET, min_size=1, max_size=40),
    st.text(alphabet="甲乙《", min_size=1, max_size=3),
    st.lists(st.tuples(ranges, st.sampled_from(["INSTITUTION", "MEASURE"])), max_size=5),
    st.lists(ranges, max_size=3),
)
def test_equal_to_a_naive_search(text, words, made, greyed):
    spans = [
        Span(str(i), start, min(start + length, len(text)), label)
        for i, ((start, length), label) in enumerate(made)
        if start < len(text)
    ]
    furniture = [Furniture(str(i), s, s + n) for i, (s, n) in enumerate(greyed)]
    found = find_repeats(text, words, SpanIndex(text, spans), "INSTITUTION", furniture)
    expected = []
    at = 0
    while at <= len(text) - len(words):
        if text[at : at + len(words)] == words:
            expected.append(at)
            at += len(words)
        else:
            at += 1
    assert [h.start for h in found] == expected
    for hit in found:
        assert hit.reason == naive_reason(text, words, hit, spans, furniture)
    assert found == find_repeats(text, words, SpanIndex(text, spans[::-1]), "INSTITUTION", furniture[::-1])


def naive_reason(text: str, words: str, hit: Hit, spans, furniture) -> str:
    same = [s for s in spans if s.label == "INSTITUTION"]
    here = [s for s in same if s.start < hit.end and hit.start < s.end]
    if any((s.start, s.end) == (hit.start, hit.end) for s in here):
        return TAGGED
    if any(s.start <= hit.start and hit.end <= s.end for s in here):
        return INSIDE
    if here:
        return OVERLAPS
    for start in range(hit.start, -1, -1):
        for end in range(hit.end, len(text) + 1):
            piece = text[start:end]
            inner = piece[1:-1]
            if piece[0] == "《" and piece[-1] == "》" and inner and not any(c in inner for c in "《》\n"):
                return TITLE
    for name in {text[s.start : s.end] for s in same}:
        for at in range(len(text)):
            if name != words and text.startswith(name, at) and at <= hit.start and hit.end <= at + len(name):
                return NAME
    if any(f.start < hit.end and hit.start < f.end for f in furniture):
        return FURNITURE
    return FINE


def test_a_thousand_hits_among_many_spans_and_names_are_quick():
    text = "某某区司法局办理案件若干，" * 5000
    spans = [Span(str(i), i * 13 + 2, i * 13 + 6, "INSTITUTION") for i in range(4000)]
    names = [f"区司法局第{i}科" for i in range(2000)]
    index = SpanIndex(text, spans)
    began = time.perf_counter()
    found = find_repeats(text, "区司法局", index, "INSTITUTION", (), names)
    assert len(found) == 5000
    assert time.perf_counter() - began < 1.0


@pytest.mark.parametrize("text", ["《" * 20_000 + "区司法局", "《" + "甲" * 20_000 + "区司法局" * 10])
def test_hostile_titles_cost_little(text):
    began = time.perf_counter()
    assert find_repeats(text, "区司法局", SpanIndex(text), "INSTITUTION")
    assert time.perf_counter() - began < 1.0
