"""The spans of the open report by reading order and by paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span, reading_order
from annotator.domain.span_index import SpanIndex

TEXT = "第一段有字\n第二段也有字\n\n第四段"


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        found.append(Span(str(number), start, end, draw(st.sampled_from("AB"))))
    return found


@given(spans(), st.integers(0, len(TEXT) - 1), st.integers(1, 9))
def test_touching_is_what_a_scan_finds(all_spans: list[Span], start: int, length: int) -> None:
    index = SpanIndex(TEXT, all_spans)
    end = min(len(TEXT), start + length)
    expected = sorted((s for s in all_spans if s.overlaps(start, end)), key=reading_order)
    assert index.touching(start, end) == expected
    assert index.at(start) == sorted((s for s in all_spans if s.covers(start)), key=reading_order)


@given(spans(), st.data())
def test_adding_and_removing_equals_building_anew(all_spans: list[Span], data: st.DataObject) -> None:
    index = SpanIndex(TEXT)
    for span in all_spans:
        assert index[index.add(span)] == span
    assert list(index) == list(SpanIndex(TEXT, all_spans))
    for span in data.draw(st.permutations(all_spans)):
        position = index.position(span)
        assert index.remove(span.uid) == position
        assert span.uid not in index
        assert not index.touching(span.start, span.end) or all(s.uid != span.uid for s in index)
    assert len(index) == 0
    assert index.remove("0") is None


def test_a_span_put_in_again_replaces_itself() -> None:
    index = SpanIndex(TEXT, [Span("a", 0, 2, "A")])
    index.add(Span("a", 7, 9, "B"))
    assert [(s.start, s.label) for s in index] == [(7, "B")]
    assert index.touching(0, 3) == []


def test_same_range_and_neighbours() -> None:
    outer, inner, twin = Span("o", 0, 5, "A"), Span("i", 1, 3, "A"), Span("t", 1, 3, "B")
    index = SpanIndex(TEXT, [twin, inner, outer])
    assert index.with_range(1, 3) == [inner, twin]
    assert index.with_range(1, 4) == []
    assert index.next_after(1) == inner
    assert index.next_after(2) is None
    assert [index.paragraph_at(o) for o in (0, 5, 6, 13, 14)] == [0, 0, 1, 2, 3]


@given(spans(), spans())
def test_renewed_it_is_as_if_built_anew(before: list[Span], after: list[Span]) -> None:
    index = SpanIndex(TEXT, before)
    index.renew(after)
    fresh = SpanIndex(TEXT, after)
    assert list(index) == list(fresh)
    assert [index.in_paragraph(n) for n in range(4)] == [fresh.in_paragraph(n) for n in range(4)]
    assert all(index.get(span.uid) == fresh.get(span.uid) for span in [*before, *after])
