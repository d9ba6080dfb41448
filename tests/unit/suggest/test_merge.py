from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.suggestion import Proposal
from annotator.suggest.merge import merged


def p(start, end, label="A", source="rules", score=0.5, **attributes):
    return Proposal(start, end, label, source, score, attributes=attributes)


def test_sources_that_agree_are_one_proposal_and_surer():
    (one,) = merged([p(0, 4, score=0.6, x=1), p(0, 4, source="lexicon", score=0.7, y=2)])
    assert (one.source, one.attributes) == ("lexicon", {"x": 1, "y": 2})
    assert 0.7 < one.score <= 1


def test_of_overlapping_ones_the_surest_stays():
    assert [(q.start, q.end) for q in merged([p(0, 4, score=0.5), p(2, 8, score=0.9), p(8, 9, score=0.1)])] == [
        (2, 8),
        (8, 9),
    ]


def test_labels_nest():
    assert len(merged([p(0, 9, "M"), p(2, 4, "I")])) == 2


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from("AB"), st.floats(0, 1)), max_size=30))
def test_nothing_overlaps_within_a_label_and_all_is_in_order(rows):
    found = merged([p(start, start + length, label, score=score) for start, length, label, score in rows])
    for label in "AB":
        own = [q for q in found if q.label == label]
        assert all(a.end <= b.start for a, b in pairwise(own))
    assert [q.start for q in found] == sorted(q.start for q in found)
