"""Spans, their ids and exact numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span, exact_number, is_uuid, new_uid, reading_order


def test_containment_and_overlap_are_half_open() -> None:
    span = Span("a", 2, 5, "A")
    assert span.covers(2)
    assert not span.covers(5)
    assert span.overlaps(4, 9)
    assert not span.overlaps(5, 9)
    assert not span.overlaps(0, 2)
    assert span.contains(Span("b", 2, 5, "B"))
    assert not span.contains(Span("b", 1, 5, "B"))


def test_the_outer_span_is_read_first() -> None:
    spans = [Span("c", 3, 4, "A"), Span("b", 1, 3, "A"), Span("a", 1, 9, "A")]
    assert [s.uid for s in sorted(spans, key=reading_order)] == ["a", "b", "c"]


def test_uids_are_uuids_in_lower_case_only() -> None:
    assert is_uuid(new_uid())
    assert not is_uuid(new_uid().upper())
    assert not is_uuid("T1")
    assert not is_uuid(7)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_an_exact_number_keeps_its_value(number: Decimal) -> None:
    text = exact_number(str(number))
    assert text is not None
    assert Decimal(text) == number
    assert "E" not in text


@pytest.mark.parametrize("value", ["", "x", None, True, float("nan"), float("inf"), [], "1,000"])
def test_what_is_no_number(value: object) -> None:
    assert exact_number(value) is None
