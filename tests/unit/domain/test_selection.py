"""Trimming a selection before it becomes a span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.selection import trim


@pytest.mark.parametrize(
    ("selected", "left"),
    [
        ("  约45亿元。", "约45亿元"),
        ("，梳理事项；", "梳理事项"),
        (",梳理事项;", "梳理事项"),
        ("\u3000\u00a0镇政府\n", "镇政府"),
        ("《青枫街道办法》，", "《青枫街道办法》"),
        ("“一件事”", "“一件事”"),
        ("“一件事", "一件事"),
        ("一件事”、", "一件事"),
        ("（试行）", "（试行）"),
        ("(试行", "试行"),
        ("办法（试行）。", "办法（试行）"),
        ("99.7%", "99.7%"),
        ("、：！？", ""),
        ("   ", ""),
        ("𠮷田镇！", "𠮷田镇"),
    ],
)
def test_edges_that_go_and_edges_that_stay(selected: str, left: str) -> None:
    text = f"前{selected}后"
    start, end = trim(text, 1, 1 + len(selected))
    assert text[start:end] == left


@given(st.text(alphabet="甲乙 ，。（）“”\n\u3000.9", max_size=12), st.data())
def test_trimming_stays_inside_and_is_stable(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = trim(text, start, end)
    assert start <= low <= high <= end
    assert trim(text, low, high) == (low, high)
    if low < high:
        assert not text[low].isspace()
        assert not text[high - 1].isspace()
