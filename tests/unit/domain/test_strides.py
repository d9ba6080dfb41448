"""Strides: forward and back, one more and one less, over the brackets and line ends of real clauses."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import strides
from annotator.domain.strides import CLAUSE, FINE_CLAUSE, SENTENCE, Stride

TEXT = "一、主要举措\n　　梳理事项587项,制定《甲,乙办法》、办法二份；开展培训。再说一句！\n\n二、打算\n"
ALL = (CLAUSE, FINE_CLAUSE, SENTENCE)
texts = st.text(alphabet="甲乙丙12,，。；、：！ \n《》（）“”a\u0301", max_size=60)


def words(stride: Stride, direction: int, at: int) -> list[str]:
    """What one presses through from `at` to the text's end."""
    found, selection = [], (at, at)
    while unit := strides.step(stride, TEXT, selection, direction):
        found.append(TEXT[slice(*unit)])
        selection = unit
    return found


def test_from_the_start_the_first_clause_comes_first() -> None:
    assert words(CLAUSE, 1, 0) == [
        "一、主要举措",
        "梳理事项587项",
        "制定《甲,乙办法》、办法二份",
        "开展培训",
        "再说一句",
        "二、打算",
    ]


def test_back_from_the_end_the_same_clauses_come() -> None:
    assert words(CLAUSE, -1, len(TEXT)) == words(CLAUSE, 1, 0)[::-1]


def test_finer_clauses_stop_at_the_enumeration_comma() -> None:
    assert "制定《甲,乙办法》" in words(FINE_CLAUSE, 1, 0)


def test_behind_a_clause_just_tagged_the_next_one_comes() -> None:
    end = TEXT.index("项,") + 1
    unit = strides.step(CLAUSE, TEXT, (end, end), 1)
    assert unit and TEXT[slice(*unit)].startswith("制定")


def test_a_clause_more_and_a_clause_less() -> None:
    start = TEXT.index("梳理")
    one = strides.grow(CLAUSE, TEXT, (start, start))
    assert one and TEXT[slice(*one)] == "梳理事项587项"
    two = strides.grow(CLAUSE, TEXT, one)
    assert two and TEXT[slice(*two)] == "梳理事项587项,制定《甲,乙办法》、办法二份"
    assert strides.shrink(CLAUSE, TEXT, two) == one
    assert strides.shrink(CLAUSE, TEXT, one) is None


def test_a_part_of_a_clause_grows_to_its_end_first() -> None:
    start = TEXT.index("事项")
    grown = strides.grow(CLAUSE, TEXT, (start, start + 2))
    assert grown and TEXT[slice(*grown)] == "事项587项"


def test_what_is_passed_over_is_never_selected() -> None:
    passed = [(TEXT.index("制定"), TEXT.index("再说"))]
    start = TEXT.index("梳理")
    unit = strides.step(CLAUSE, TEXT, (start, TEXT.index(",")), 1, passed)
    assert unit and TEXT[slice(*unit)] == "再说一句"
    back = strides.step(CLAUSE, TEXT, unit, -1, passed)
    assert back and TEXT[slice(*back)] == "梳理事项587项"
    assert strides.grow(CLAUSE, TEXT, (start, TEXT.index(",")), passed) is None


@pytest.mark.parametrize("stride", ALL)
@given(text=texts, at=st.integers(0, 60))
def test_forward_and_back_returns(stride: Stride, text: str, at: int) -> None:
    offset = min(at, len(text))
    unit = strides.step(stride, text, (offset, offset), 1)
    if unit is None:
        return
    following = strides.step(stride, text, unit, 1)
    if following is not None:
        assert strides.step(stride, text, following, -1) == unit
        assert following[0] >= unit[1]


@pytest.mark.parametrize("stride", ALL)
@given(text=texts, at=st.integers(0, 60))
def test_one_more_and_one_less_returns(stride: Stride, text: str, at: int) -> None:
    unit = strides.step(stride, text, (min(at, len(text)),) * 2, 1)
    grown = strides.grow(stride, text, unit) if unit else None
    if unit and grown:
        assert grown[0] == unit[0]
        assert grown[1] > unit[1]
        assert strides.shrink(stride, text, grown) == unit


@pytest.mark.parametrize("stride", ALL)
@given(text=texts)
def test_every_unit_is_met_once_and_in_order(stride: Stride, text: str) -> None:
    met, selection = [], (0, 0)
    while unit := strides.step(stride, text, selection, 1):
        met.append(unit)
        selection = unit
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(met))


@given(text=texts, at=st.integers(0, 60))
def test_edges_of_units_lie_beyond_the_place_asked_from(text: str, at: int) -> None:
    offset = min(at, len(text))
    for find, beyond in (
        (strides.first_end, 1),
        (strides.first_start, 1),
        (strides.last_end, -1),
        (strides.last_start, -1),
    ):
        place = find(CLAUSE, text, offset)
        assert place is None or (place - offset) * beyond > 0
