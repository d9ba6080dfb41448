"""Counters before the captions of pictures: found where they count on, never where a report writes a fraction."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.furniture import find_furniture
from annotator.reading.furniture.counters import counters

CAPTIONS = [
    "县委召开全县法治工作会议。",
    "干部走访群众，解决实际困难。",
    "青枫街道开展普法宣传活动。",
    "志愿者在社区清点物资。",
]


@pytest.mark.parametrize("form", ["{n}/{of} ", "{n} / {of} ", "（{n}/{of}）", "[{n}/{of}]　", "　　{n}／{of} "])
def test_counters_before_captions_are_furniture_and_the_captions_are_not(form: str) -> None:
    text = "\n".join(form.format(n=n, of=4) + words for n, words in enumerate(CAPTIONS, 1))
    found = find_furniture(text)
    assert {each.rule for each in found} == {"counter"}
    kept, at = "", 0
    for each in found:
        kept, at = kept + text[at : each.start], each.end
    assert [line.strip() for line in (kept + text[at:]).split("\n")] == CAPTIONS


def test_several_galleries_and_lines_between() -> None:
    lines = ["甲组图片", "1/3 一", "说明一句。", "2/3 二", "3/3 三", "乙组图片", "1/3 四", "2/3 五", "3/3 六"]
    assert len(counters("\n".join(lines))) == 6


@pytest.mark.parametrize(
    "text",
    [
        "1/3的村完成改造。\n2/3的村通了公路。",
        "1/2 甲\n2/2 乙",
        "1/12 甲\n1/12 乙\n1/12 丙",
        "3/5 甲\n2/5 乙\n1/5 丙",
        "2021/3/1 甲\n2021/3/2 乙\n2021/3/3 丙",
        "1/3/2021 甲\n2/3/2021 乙\n3/3/2021 丙",
        "1/3.5 甲\n2/3.5 乙\n3/3.5 丙",
        "完成1/3，其中2/3为新建，3/3达标。",
    ],
)
def test_fractions_and_days_are_none(text: str) -> None:
    assert counters(text) == []


@given(st.text(alphabet="0123456789/／（） \n甲乙。", max_size=300))
def test_what_is_found_is_in_order_and_stands_at_the_beginning_of_lines(text: str) -> None:
    found = counters(text)
    assert found == sorted(found)
    for (_start, end), (after, _end) in itertools.pairwise(found):
        assert end <= after
    for start, end in found:
        assert start < end
        assert not text[text.rfind("\n", 0, start) + 1 : start].strip()
