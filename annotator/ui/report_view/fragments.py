"""The spans of one laid-out piece, as fragments by row: made once, painted often.

Where a label name stands is decided here too, since names need room below the shapes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.span import Span
from annotator.ui.report_view import lanes
from annotator.ui.report_view.layouts import Block
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.shapes import Fragment


class Name(NamedTuple):
    """A label name to draw: left from the column's left, top from the row's top."""

    fragment: Fragment
    left: int
    top: int


class Shapes(NamedTuple):
    """The fragments of each row, the outermost first, and the names that stand below each row."""

    rows: list[list[Fragment]]
    names: list[list[Name]]


def arrange(block: Block, spans: Sequence[Span], look: Look, all_names: bool, offers: Sequence[Span] = ()) -> Shapes:
    """Give the block the fragments of `spans` and of suggestions, and its rows the height these need."""
    everything = [*spans, *offers] if offers else spans
    offered = {offer.uid for offer in offers}
    lane_of = lanes.assign(everything, lambda span: look.label(span.label).shape.first_lane)
    rows: list[list[Fragment]] = [[] for _ in block.rows]
    for span in sorted(everything, key=lambda s: s.start - s.end):
        for row in _rows_of(block, span):
            rows[row].append(_fragment(block, span, row, lane_of[span.uid], look, span.uid in offered))
    levels = [1 + max((lane_of[f.span.uid] for f in row), default=-1) for row in rows]
    placed = [_place([f for f in row if not f.is_offer], look) if all_names else [] for row in rows]
    name_rows = [1 + max((place for _, place in row), default=-1) for row in placed]
    if everything:
        block.make_room([look.metrics.row_height(*needs) if any(needs) else 0 for needs in zip(levels, name_rows)])
    names = [[_name(f, place, level, look) for f, place in row] for row, level in zip(placed, levels)]
    return Shapes(rows, names)


def _rows_of(block: Block, span: Span) -> range:
    first = max(0, bisect_right(block.rows, span.start, key=lambda row: row.start) - 1)
    last = bisect_left(block.rows, span.end, key=lambda row: row.start) - 1
    return range(first, max(first, last) + 1)


def _fragment(block: Block, span: Span, row: int, lane: int, look: Look, is_offer: bool) -> Fragment:
    label, lengths = look.label(span.label), look.metrics
    bounds = block.rows[row]
    left, right = block.extent(max(span.start, bounds.start), min(span.end, bounds.end), row)
    inner = lane - label.shape.first_lane
    return Fragment(
        span,
        round(left),
        max(round(right), round(left) + 3),
        lengths.em_top - 2 - 2 * min(inner, 2),
        lengths.lane(lane),
        span.start < bounds.start,
        span.end > bounds.end,
        label.line,
        label.ground,
        label.words,
        label.shape,
        max(1, round(lengths.em / 15)),
        max(2, round(lengths.em / 9)),
        lengths.tick,
        look.ground,
        is_offer,
    )


def _place(row: list[Fragment], look: Look) -> list[tuple[Fragment, int]]:
    """Which row of names each name of a row takes, so that none covers another."""
    ends: list[int] = []
    placed = []
    for fragment in sorted((f for f in row if not f.open_left), key=lambda f: (f.left, f.left - f.right)):
        place = next((i for i, end in enumerate(ends) if end <= fragment.left), len(ends))
        ends[place : place + 1] = [fragment.left + look.label(fragment.span.label).title_width + look.metrics.em // 3]
        placed.append((fragment, place))
    return placed


def _name(fragment: Fragment, place: int, levels: int, look: Look) -> Name:
    lengths = look.metrics
    return Name(fragment, fragment.left + 1, lengths.names_top(levels) + place * (lengths.small + 2))
