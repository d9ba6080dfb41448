"""The arithmetic of the overview strip, checked against counting."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.find import PlainSearch, Query
from annotator.domain.span import Span
from annotator.ui.overview_rows import ROWS, Marks, Ruler, Stretch, match_runs

LENGTHS = st.lists(st.tuples(st.integers(0, 300), st.booleans()), min_size=1, max_size=12)
PLACES = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 200), st.sampled_from("AB")), max_size=12)


def stretches(lengths: list[tuple[int, bool]]) -> list[Stretch]:
    made, start = [], 0
    for length, folded in lengths:
        made.append(Stretch(start, start + length, folded and length > 0))
        start += length + 1
    return made


def spans(places: list[tuple[int, int, str]]) -> list[Span]:
    return [Span(str(n), start, start + length, label) for n, (start, length, label) in enumerate(places)]


@given(LENGTHS)
def test_rows_follow_the_text(lengths: list[tuple[int, bool]]) -> None:
    pieces = stretches(lengths)
    ruler = Ruler(pieces)
    assert len(ruler.starts) == ROWS
    assert ruler.starts == sorted(ruler.starts)
    end = pieces[-1].end
    rows = [ruler.row(offset) for offset in range(end + 1)]
    assert rows == sorted(rows)
    assert rows[0] == 0
    assert all(0 <= row < ROWS for row in rows)
    assert ruler.offset(0) == 0
    assert 0 <= ruler.offset(1.0) <= end


def test_folded_furniture_takes_one_line() -> None:
    long = Ruler([Stretch(0, 450, False), Stretch(451, 4951, True), Stretch(4952, 5402, False)])
    assert len(long.rows(0, 450)) == len(long.rows(4952, 5402)) == round(10 * ROWS / 21)
    assert len(long.rows(451, 4951)) <= round(ROWS / 21) + 1


@given(LENGTHS, PLACES, st.integers(1, 700))
@settings(max_examples=40)
def test_edits_end_where_a_fresh_count_does(
    lengths: list[tuple[int, bool]], places: list[tuple[int, int, str]], height: int
) -> None:
    ruler, all_spans = Ruler(stretches(lengths)), spans(places)
    marks = Marks(ruler, all_spans[::2])
    for span in all_spans[1::2]:
        assert marks.change(span.uid, span) == {span.label}
    for span in all_spans[::3]:
        assert marks.change(span.uid, None) == {span.label}
        assert marks.change(span.uid, None) == set()
    left = [span for n, span in enumerate(all_spans) if n % 3]
    for span in left[:2]:
        marks.change(span.uid, span._replace(label="A"))
    fresh = Marks(ruler, [s._replace(label="A") if n < 2 else s for n, s in enumerate(left)])
    assert len(marks) == len(fresh)
    for label in "AB":
        assert marks.runs(label, height) == fresh.runs(label, height)


@given(LENGTHS, PLACES, PLACES, st.sampled_from((1, 7, 400, 2500)))
@settings(max_examples=25)
def test_an_edit_says_between_which_pixels_it_looks_different(
    lengths: list[tuple[int, bool]],
    places: list[tuple[int, int, str]],
    others: list[tuple[int, int, str]],
    height: int,
) -> None:
    ruler = Ruler(stretches(lengths))
    marks = Marks(ruler, spans(places))
    drawn = {label: _pixels(marks, label, height) for label in "AB"}
    more = [span._replace(uid=f"more {span.uid}") for span in spans(others)]
    for uid, new in [*((span.uid, span) for span in more), *((span.uid, None) for span in spans(places))]:
        for label in marks.change(uid, new):
            run = marks.renew(label, height)
            now = _pixels(marks, label, height)
            differing = drawn[label] ^ now
            assert (run is not None) == bool(differing)
            assert all(run[0] <= y < run[1] for y in differing) if run else True
            drawn[label] = now
    fresh = Marks(ruler, more)
    assert drawn == {label: _pixels(fresh, label, height) for label in "AB"}


def _pixels(marks: Marks, label: str, height: int) -> set[int]:
    return {y for top, bottom in marks.runs(label, height) for y in range(top, bottom)}


def test_where_spans_stand_already_one_more_changes_no_pixel() -> None:
    ruler = Ruler([Stretch(0, 100 * ROWS, False)])
    marks = Marks(ruler, [Span(str(n), 100 * n, 100 * n + 40, "A") for n in range(ROWS)])
    marks.runs("A", 700)
    assert marks.change("more", Span("more", 5000, 5020, "A")) == {"A"}
    assert marks.renew("A", 700) is None


@given(PLACES, st.integers(20, 900))
@settings(max_examples=40)
def test_runs_cover_what_holds_spans(places: list[tuple[int, int, str]], height: int) -> None:
    ruler = Ruler([Stretch(0, 1200, False)])
    marks = Marks(ruler, [s._replace(label="A") for s in spans(places)])
    runs = marks.runs("A", height)
    assert all(0 <= top < bottom <= height for top, bottom in runs)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(runs))
    drawn = {y for top, bottom in runs for y in range(top, bottom)}
    for start, length, _label in places:
        pixels = {row * height // ROWS for row in ruler.rows(start, start + length)}
        near = pixels | {y + 1 for y in pixels} | {y - 1 for y in pixels}
        assert near & drawn  # a pixel beside it where neighbours are parted
    assert bool(runs) == bool(places)


def test_neighbours_are_parted() -> None:
    ruler = Ruler([Stretch(0, 4500, False)])
    marks = Marks(ruler, [Span("a", 0, 450, "A"), Span("b", 450, 900, "A")])
    (first, second) = marks.runs("A", 400)
    assert second[0] == first[1] + 1


def test_matches_are_where_the_words_are() -> None:
    text = "。" * 2000 + "办理" + "。" * 2500
    ruler = Ruler([Stretch(0, len(text), False)])
    search = PlainSearch(text, Query("办理"), [(0, len(text))])
    search.run()
    runs = match_runs(ruler, search.matches, 500)
    assert len(runs) == 1
    assert abs(runs[0][0] - ruler.row(2000) * 500 // ROWS) <= 1
