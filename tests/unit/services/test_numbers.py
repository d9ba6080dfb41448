"""The numbers of a report: found by pieces, the same as at once; which of them nobody has tagged."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from annotator.domain.quantity import find_quantities
from annotator.domain.report import Furniture
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.services import numbers
from annotator.services.numbers import Numbers
from annotator.services.session import default_schema

TEXT = "2023年情况\n镇司法所梳理事项587项,投入约45亿元,覆盖99.7%的村。\n访问量120次\n举办活动21场。\n"


def report(*spans: Span, furniture: tuple[Furniture, ...] = ()) -> SimpleNamespace:
    return SimpleNamespace(text=TEXT, numbers=Numbers(TEXT), spans=SpanIndex(TEXT, spans), furniture=furniture)


def words(quantities: list) -> list[str]:
    return [q.text for q in quantities]


def test_dates_are_passed_over_and_whole_quantities_found() -> None:
    assert words(numbers.untouched(report(), default_schema())) == ["587项", "约45亿元", "99.7%", "120次", "21场"]


def test_a_span_with_a_value_makes_a_number_touched_and_another_does_not() -> None:
    at = TEXT.index("45亿")
    indicator = Span("a", at, at + 4, "INDICATOR")
    measure = Span("b", TEXT.index("梳理"), TEXT.index("。"), "MEASURE")
    assert words(numbers.untouched(report(indicator, measure), default_schema())) == ["587项", "99.7%", "120次", "21场"]


def test_furniture_is_left_out() -> None:
    start = TEXT.index("访问")
    furniture = Furniture("f", start, start + 7)
    assert "120次" not in words(numbers.untouched(report(furniture=(furniture,)), default_schema()))


def test_next_and_previous_are_counted_from_the_place() -> None:
    here, schema = report(), default_schema()
    first = numbers.next_untouched(here, schema, 0)
    second = numbers.next_untouched(here, schema, first.end)
    assert (first.text, second.text) == ("587项", "约45亿元")
    assert numbers.previous_untouched(here, schema, second.start) == first
    assert numbers.previous_untouched(here, schema, first.start) is None
    last = numbers.next_untouched(here, schema, TEXT.index("举办"))
    assert numbers.next_untouched(here, schema, last.end) is None


def test_the_number_at_a_place_is_whole() -> None:
    at = TEXT.index("5亿")
    assert Numbers(TEXT).at(at, at + 1).text == "约45亿元"
    assert Numbers(TEXT).at(0, 1) is None


def test_idle_slices_find_everything_and_end() -> None:
    found = Numbers(TEXT * 50)
    slices = 0
    while found.find_more(0.0):
        slices += 1
    assert slices >= 100
    assert not found.find_more(0.0)


def test_a_line_without_end_is_cut_behind_a_stop() -> None:
    text = "投入约45亿元，办理21件。" * 500
    assert [q.start for q in Numbers(text).after(0)] == [q.start for q in find_quantities(text) if q.is_indicator]


def test_pieces_find_what_the_whole_text_does_on_real_reports(shared: Path) -> None:
    paths = sorted((shared / "reports").glob("*.txt"))
    if not paths:
        pytest.skip("no reports")
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert list(Numbers(text).after(0)) == [q for q in find_quantities(text) if q.is_indicator]
