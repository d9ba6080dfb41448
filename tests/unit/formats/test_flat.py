import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span
from annotator.formats.flat import POLICIES, choose

edges = st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from("AB"))


@given(st.lists(edges, max_size=15), st.sampled_from(POLICIES))
def test_no_two_overlap_and_nothing_more_would_fit(rows, policy):
    spans = [Span(str(n), start, start + length, label) for n, (start, length, label) in enumerate(rows)]
    chosen = choose(spans, policy, ["A", "B"])
    assert all(a.end <= b.start for a, b in itertools.pairwise(chosen))
    for left_out in (s for s in spans if s not in chosen):
        assert any(left_out.overlaps(*s.range) for s in chosen)


def test_policies():
    long, short, first = Span("1", 0, 6, "B"), Span("2", 1, 3, "B"), Span("3", 4, 7, "A")
    spans = [long, short, first]
    assert choose(spans, "longest", ["A", "B"]) == [long]
    assert choose(spans, "shortest", ["A", "B"]) == [short, first]
    assert choose(spans, "schema-order", ["A", "B"]) == [short, first]
    assert choose(spans, "schema-order", ["B", "A"]) == [long]


def test_the_order_of_the_input_does_not_matter():
    spans = [Span(str(n), n % 4, n % 4 + 3, "AB"[n % 2]) for n in range(8)]
    assert choose(spans, "longest", ["A", "B"]) == choose(spans[::-1], "longest", ["A", "B"])
