from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span
from annotator.quality.evaluation import Evaluation, same_value


def span(start, end, label="A", certain=True, **attributes):
    return Span(f"{label}{start}-{end}-{certain}", start, end, label, attributes, certain=certain)


def evaluated(gold, predicted):
    found = Evaluation()
    found.add("r", gold, predicted)
    return found


def test_exact_and_overlap():
    found = evaluated([span(0, 4), span(6, 9)], [span(0, 4), span(7, 9), span(20, 22)])
    assert found.exact["A"] == (1, 3, 2)
    assert found.overlap["A"] == (2, 3, 2)
    assert sorted(d.kind for d in found.differences) == ["edges", "extra"]


def test_one_prediction_over_two_gold_spans_hits_one():
    assert evaluated([span(0, 4), span(5, 9)], [span(0, 9)]).overlap["A"] == (1, 1, 2)


def test_uncertain_spans_count_neither_way():
    found = evaluated([span(0, 4, certain=False), span(6, 9)], [span(1, 4), span(6, 9), span(30, 31, certain=False)])
    assert found.exact["A"] == (1, 1, 1)
    assert found.differences == []


def test_a_span_over_one_the_other_side_is_unsure_of_counts_neither_way():
    found = evaluated([span(0, 4), span(6, 9)], [span(0, 4, certain=False), span(6, 9)])
    assert found.exact["A"] == found.overlap["A"] == (1, 1, 1)
    assert found.differences == []
    assert found.unsure == 2


def test_of_two_equal_spans_one_prediction_hits_one():
    twice = [span(0, 4), span(0, 4)._replace(uid="other")]
    found = evaluated(twice, [span(0, 4)])
    assert found.exact["A"] == found.overlap["A"] == (1, 1, 2)
    assert [d.kind for d in found.differences] == ["missed"]


def test_a_prediction_over_certain_and_uncertain_gold_is_judged():
    assert evaluated([span(0, 4, certain=False), span(4, 9)], [span(0, 9)]).exact["A"] == (0, 1, 1)


def test_attributes_are_compared_where_gold_fills_them_in():
    found = evaluated([span(0, 4, value="1200", unit="件")], [span(0, 4, value="1200.0", unit="份", role="result")])
    assert found.attributes["A", "value"] == (1, 1, 1)
    assert found.attributes["A", "unit"] == (0, 1, 1)
    assert ("A", "role") not in found.attributes
    assert [(d.kind, d.attribute) for d in found.differences] == [("attribute", "unit")]


def test_another_label_on_the_same_range_is_a_confusion():
    found = evaluated([span(0, 4, "A")], [span(0, 4, "B")])
    assert dict(found.confusion) == {("A", "B"): 1}
    assert [d.kind for d in found.differences] == ["label"]


def test_values_say_the_same_by_number_range_or_words():
    assert same_value("0.50", "0.5")
    assert same_value({"start": 1, "end": 3, "text": "案件"}, "案件")
    assert not same_value({"start": 1, "end": 3, "text": "案件"}, {"start": 5, "end": 7, "text": "案件"})
    assert not same_value("件", None)


_SPANS = st.lists(
    st.builds(lambda a, n, label: span(a, a + n, label), st.integers(0, 60), st.integers(1, 9), st.sampled_from("AB")),
    max_size=20,
    unique_by=lambda s: (s.start, s.end, s.label),
)


@given(_SPANS, _SPANS)
def test_scores_and_confusions_add_up(gold, predicted):
    found = evaluated(gold, predicted)
    assert found.total(found.exact).right <= found.total(found.overlap).right
    assert found.total(found.exact).gold == len(gold)
    assert sum(n for (a, _b), n in found.confusion.items() if a) == len(gold)
    assert sum(n for (_a, b), n in found.confusion.items() if b) == len(predicted)


_DOUBTED = st.tuples(_SPANS, st.lists(st.booleans(), min_size=20, max_size=20)).map(
    lambda drawn: [one._replace(certain=sure) for one, sure in zip(drawn[0], drawn[1], strict=False)]
)


@given(_DOUBTED, _DOUBTED)
def test_both_sides_can_change_places(one, other):
    forth, back = evaluated(one, other), evaluated(other, one)
    for label in forth.exact:
        right, predicted, gold = forth.exact[label]
        assert back.exact[label] == (right, gold, predicted)
    assert forth.unsure == back.unsure
    assert forth.total(forth.exact).right == back.total(back.exact).right


@given(_SPANS)
def test_gold_against_itself_is_perfect(gold):
    found = evaluated(gold, gold)
    assert found.total(found.exact).f1 == found.total(found.overlap).f1 == 1.0
    assert found.differences == []
