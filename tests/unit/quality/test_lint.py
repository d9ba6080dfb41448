import pytest

from annotator.domain.span import Span
from annotator.quality.lint import RULES, spots
from annotator.quality.lint_model import Marked
from annotator.services.session import default_schema

TEXT = "我市司法局受理案件30件,市司法局开展普法宣传活动。市司法局发放宣传册2000份。"


def at(words, label, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(f"{label}{start}-{start + len(words)}", start, start + len(words), label)


def rules(*spans, done=False, furniture=()):
    return [s.rule for s in spots(Marked(TEXT, spans, default_schema(), furniture, done))]


def test_a_clean_set_has_nothing():
    assert rules(at("30件", "INDICATOR"), at("市司法局", "INSTITUTION", 1)) == []


@pytest.mark.parametrize(
    ("span", "rule"),
    [
        (at("案件", "INDICATOR"), "no_numeral"),
        (at("我市司法局", "INSTITUTION"), "edges"),
        (at("开展普法宣传活动。", "MEASURE"), "edges"),
    ],
)
def test_what_looks_wrong_is_told(span, rule):
    assert rules(span) == [rule]


def test_numbers_not_tagged_count_in_finished_sets_only_and_not_in_furniture():
    assert rules(done=False) == []
    assert rules(done=True) == ["untagged_quantity"] * 2
    assert rules(at("30件", "INDICATOR"), done=True, furniture=[(TEXT.index("2000"), len(TEXT))]) == []


def test_one_string_under_two_labels_points_at_the_rarer():
    spans = [at("市司法局", "INSTITUTION", 0), at("市司法局", "INSTITUTION", 1), at("市司法局", "MEASURE", 2)]
    (spot,) = spots(Marked(TEXT, spans, default_schema()))
    assert (spot.rule, spot.spans) == ("two_labels", (spans[2].uid,))


def test_overlap_counts_within_a_label_only():
    outer, inner = at("开展普法宣传", "MEASURE"), at("宣传活动", "MEASURE")
    assert rules(outer, inner) == ["overlap"]
    assert rules(outer, at("宣传活动", "INSTITUTION")) == []


def test_an_edge_unlike_that_of_like_spans():
    spans = [at("市司法局", "INSTITUTION", 0), at("市司法局", "INSTITUTION", 1), at("司法局", "INSTITUTION", 2)]
    assert rules(*spans) == ["uneven"]


def test_white_space_and_very_long_spans():
    text = " \n" + "长" * 400
    spans = [Span("a", 0, 2, "MEASURE"), Span("b", 2, 402, "MEASURE")]
    assert [s.rule for s in spots(Marked(text, spans, default_schema()))] == ["size", "size"]


def test_every_spot_has_words():
    spans = [at("案件", "INDICATOR"), at("我市司法局", "INSTITUTION"), at("司法局", "INSTITUTION")]
    found = spots(Marked(TEXT, spans, default_schema(), done=True))
    assert found
    assert all(spot.reason.text() and spot.rule in {rule.name for rule in RULES} for spot in found)
