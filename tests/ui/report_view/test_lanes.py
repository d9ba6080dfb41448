from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span
from annotator.ui.report_view.lanes import MOST, assign


def span(start: int, end: int, uid: str = "", label: str = "MEASURE") -> Span:
    return Span(uid or f"{start}-{end}", start, end, label)


def first_lane(s: Span) -> int:
    return 1 if s.label == "MEASURE" else 0


def test_neighbours_share_a_lane_and_nested_ones_stack_outwards():
    lanes = assign([span(0, 10), span(10, 20), span(2, 8), span(3, 5)], first_lane)
    assert lanes == {"3-5": 1, "2-8": 2, "0-10": 3, "10-20": 1}


def test_a_box_around_a_bracket_lies_below_it_and_alone_next_to_the_text():
    lanes = assign([span(0, 10, label="BOX"), span(2, 8), span(20, 22, label="BOX")], first_lane)
    assert lanes["0-10"] == 2
    assert lanes["20-22"] == 0


pairs = st.tuples(st.integers(0, 60), st.integers(1, 30))


@given(st.lists(pairs, max_size=8))
def test_spans_that_share_a_character_never_share_a_lane(found):
    spans = [span(start, start + length, uid=str(i)) for i, (start, length) in enumerate(found)]
    lanes = assign(spans, first_lane)
    for one in spans:
        assert lanes[one.uid] >= 1
        for other in spans:
            if one is not other and one.overlaps(*other.range):
                assert lanes[one.uid] != lanes[other.uid]
            if one.contains(other) and one.range != other.range:
                assert lanes[one.uid] > lanes[other.uid]


def test_a_hundred_equal_spans_leave_the_text_readable():
    lanes = assign([span(0, 10, uid=str(i)) for i in range(100)], first_lane)
    assert max(lanes.values()) == MOST - 1
