"""Offsets survive normalising: whatever a span covered in the raw text it covers afterwards."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.reading.normalise import normalise

# Heavy in what moves offsets or looks as if it should.
PIECES = st.sampled_from(
    [
        "\r\n",
        "\r",
        "\n",
        "\0",
        "\ud800",
        "\udfff",
        "\ufeff",
        "\u2028",
        "\u2029",
        "\x85",
        "\xa0",
        "\u3000",
        "𠮷",
        "😊",
        "e\u0301",
        "镇",
        "1",
        "，",
    ]
)
RAW = st.lists(PIECES, max_size=40).map("".join)


@st.composite
def raw_with_span(draw: st.DrawFn) -> tuple[str, int, int]:
    raw = draw(RAW)
    start = draw(st.integers(0, len(raw)))
    return raw, start, draw(st.integers(start, len(raw)))


def plain(raw: str) -> str:
    """What normalising means, said in the simplest way, for a piece out of a text's middle."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


@settings(deadline=None)
@given(RAW)
def test_text_is_what_the_rule_says_and_normalising_again_changes_nothing(raw: str) -> None:
    done = normalise(raw)
    assert done.text == plain(raw.lstrip("\ufeff"))
    assert normalise(done.text).text == done.text
    assert done.map_offset(0) == 0
    assert done.map_offset(len(raw)) == len(done.text)


@settings(deadline=None)
@given(raw_with_span())
def test_slices_survive(case: tuple[str, int, int]) -> None:
    raw, start, end = case
    done = normalise(raw)
    marks = len(raw) - len(raw.lstrip("\ufeff"))
    mapped_start, mapped_end = done.map_span(start, end)
    assert done.text[mapped_start:mapped_end] == plain(raw[max(start, marks) : end])
    assert 0 <= mapped_start <= mapped_end <= len(done.text)


@settings(deadline=None)
@given(raw_with_span())
def test_mapping_keeps_order(case: tuple[str, int, int]) -> None:
    raw, start, end = case
    done = normalise(raw)
    assert done.map_offset(start) <= done.map_offset(end)


@settings(deadline=None)
@given(RAW)
def test_replaced_places_are_listed(raw: str) -> None:
    done = normalise(raw)
    assert all(done.text[offset] == "\ufffd" for offset in done.replaced)
    assert len(done.replaced) == sum(c == "\0" or "\ud800" <= c <= "\udfff" for c in raw)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(2, 4, "\n乙"), (1, 2, "\n"), (2, 3, "\n"), (1, 3, "\n"), (0, 2, "甲\n"), (0, 1, "甲"), (3, 4, "乙"), (2, 2, "")],
)
def test_an_edge_inside_crlf_moves_outwards(start: int, end: int, expected: str) -> None:
    done = normalise("甲\r\n乙")
    mapped_start, mapped_end = done.map_span(start, end)
    assert done.text[mapped_start:mapped_end] == expected


def test_a_span_between_two_crlf_keeps_its_edges() -> None:
    raw = "\ufeff一\r\n\xa0修缮村道\u2028😊\r\n二"
    done = normalise(raw)
    start = raw.index("\xa0")
    end = raw.index("😊") + 1
    mapped_start, mapped_end = done.map_span(start, end)
    assert done.text[mapped_start:mapped_end] == "\xa0修缮村道\u2028😊"


def test_a_clean_text_is_the_same_object_and_quick() -> None:
    raw = "新建垃圾分类亭房36座。\u2028\xa0\n" * 100_000
    before = time.perf_counter()
    done = normalise(raw)
    assert time.perf_counter() - before < 0.5
    assert done.text is raw
    assert (done.replaced, done.folded, done.map_span(7, 9)) == ([], [], (7, 9))
