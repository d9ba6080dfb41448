"""Which span a relation is proposed to."""

from __future__ import annotations

import pytest

from annotator.domain.linking import actor_candidates, candidates, inside
from annotator.domain.schema import RelationType
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex

RESULT = RelationType("RESULT", heads=("INDICATOR",), children=("MEASURE",))
AGENT = RelationType("AGENT", heads=("INSTITUTION",), children=("MEASURE",))

TEXT = "区司法局受理案件，组织调解，成功率98%。\n发放传单，满意度99%。\n95%"


@pytest.fixture
def spans():
    def at(words: str, label: str) -> Span:
        start = TEXT.index(words)
        return Span(words, start, start + len(words), label)

    return SpanIndex(
        TEXT,
        [
            at("区司法局", "INSTITUTION"),
            at("受理案件", "MEASURE"),
            at("组织调解", "MEASURE"),
            at("98%", "INDICATOR"),
            at("发放传单", "MEASURE"),
            at("99%", "INDICATOR"),
            at("95%", "INDICATOR"),
        ],
    )


def test_an_indicator_reports_on_the_nearest_earlier_measure_of_its_sentence(spans):
    assert candidates(TEXT, spans, spans.get("98%"), RESULT)[0].uid == "组织调解"
    assert candidates(TEXT, spans, spans.get("99%"), RESULT)[0].uid == "发放传单"


def test_no_measure_of_another_paragraph_is_taken(spans):
    assert candidates(TEXT, spans, spans.get("95%"), RESULT) == []
    spans.remove("发放传单")
    assert candidates(TEXT, spans, spans.get("99%"), RESULT) == []


def test_a_measure_behind_the_indicator_comes_after_all_before_it(spans):
    late = TEXT.index("率98%") + 4
    spans.add(Span("late", late, late + 1, "MEASURE"))
    assert [s.uid for s in candidates(TEXT, spans, spans.get("98%"), RESULT)] == ["组织调解", "受理案件", "late"]


def test_inside_a_measure_no_link_is_needed(spans):
    whole = Span("whole", TEXT.index("组织"), TEXT.index("98%") + 3, "MEASURE")
    spans.add(whole)
    assert inside(spans, spans.get("98%")) == whole
    assert candidates(TEXT, spans, spans.get("98%"), RESULT)[0].uid != "whole"


def test_a_body_acts_in_the_measures_behind_it(spans):
    assert [s.uid for s in actor_candidates(TEXT, spans, spans.get("区司法局"))] == ["受理案件", "组织调解"]
    end = TEXT.index("。")
    passive = Span("passive", end - 4, end, "INSTITUTION")
    spans.add(passive)
    assert [s.uid for s in actor_candidates(TEXT, spans, passive)] == ["组织调解", "受理案件"]


def test_candidates_keep_to_the_schema_and_to_the_paragraph(spans):
    assert candidates(TEXT, spans, spans.get("区司法局"), RESULT) == []
    assert [s.uid for s in candidates(TEXT, spans, spans.get("98%"), RESULT)] == ["组织调解", "受理案件"]
    anything = RelationType("ANY")
    assert [s.uid for s in candidates(TEXT, spans, spans.get("99%"), anything)] == ["发放传单"]


def test_a_body_is_linked_as_the_schema_says(spans):
    assert candidates(TEXT, spans, spans.get("区司法局"), AGENT)[0].uid == "受理案件"
    assert candidates(TEXT, spans, spans.get("发放传单"), AGENT) == []
