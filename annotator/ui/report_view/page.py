"""The report as laid out so far, and which part of it shows.

Only what shows is laid out; the heights of all other pieces are estimates. The truth about the
scroll position is the *anchor* (a piece, and how far the viewport's top lies below the piece's
top), so that a corrected height never moves the text a person is looking at. y is measured from
the viewport's top here; `value` is what the scroll bar shows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.messages import _
from annotator.ui.report_view.folding import Folding
from annotator.ui.report_view.fragments import arrange
from annotator.ui.report_view.heights import Heights
from annotator.ui.report_view.layouts import Block, Setting
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.paragraphs import FOLDED, HEADER, Paragraphs, Piece

#: Laid-out pieces that are kept; the oldest go first.
_KEPT = 600

#: So many changed ranges are dealt with by looking at everything that is laid out.
_MANY = 200


class Place(NamedTuple):
    """What a person is reading: the offset that starts a row, and where that row's top is, in ems from the top."""

    offset: int
    ems: float


def _rule_words(rule: str) -> str:
    if not rule:
        return _("Page furniture")
    from annotator.reading.furniture.names import rule_name  # late: what finds furniture costs a start too much

    return _("Page furniture ({rule})", rule=rule_name(rule))


class Page:
    """The pieces, their heights, and the part that shows in a viewport of `width` × `height` pixels."""

    def __init__(self, look: Look) -> None:
        self.text = ""
        self.spans = SpanIndex("")
        self.folding = Folding()
        self.headings: list[tuple[int, int]] = []
        self.hidden: frozenset[str] = frozenset()
        self.all_names = False
        #: Suggestions, as spans that are not made; None for none.
        self.offers: SpanIndex | None = None
        #: A span or a suggestion that is shown as it would be, in place of the one with its uid.
        self.pending: Span | None = None
        self.width, self.height = 640, 480
        self._look = look
        self._blocks: dict[Piece, Block] = {}
        self.cut()

    # ---- what is laid out ------------------------------------------------------------------------

    def load(self, text: str, spans: SpanIndex, folding: Folding, headings: Sequence[tuple[int, int]]) -> None:
        """Show another report, from its top."""
        self.text, self.spans, self.folding = text, spans, folding
        self.pending = self.offers = None
        self.headings = sorted(headings)
        self._blocks.clear()
        self.cut()

    def cut(self) -> None:
        """Cut the text into pieces again: another text, or something folded. Shows the top; laid-out pieces stay."""
        self.paragraphs = Paragraphs(self.text, self.spans.paragraph_starts, self.folding)
        self._heights = self._estimated()
        self._anchor, self._below = 0, -self._look.metrics.top
        #: The place restored last, and where the viewport stood then.
        self._restored = Place(0, 0.0), (-1, 0)

    def dress(self, look: Look) -> None:
        """Take another look: everything is laid out anew."""
        self._look = look
        self.forget()

    def forget(self) -> None:
        """Lay out everything anew, keeping the reading place."""
        place = self.reading_place()
        self._blocks.clear()
        self._heights = self._estimated()
        self.restore(place)

    def set_headings(self, headings: Sequence[tuple[int, int]]) -> None:
        """Take other headings, keeping the reading place: pieces with old or new ones are laid out anew."""
        place = self.reading_place()
        old, self.headings = {piece: self._headings_in(piece) for piece in self._blocks}, sorted(headings)
        for piece, before in old.items():
            if before != self._headings_in(piece):
                del self._blocks[piece]
        self.restore(place)

    def respan(self, ranges: Sequence[tuple[int, int]] | None = None) -> None:
        """Let the pieces that touch `ranges` (all: None) draw their spans anew; their text stays laid out."""
        place = self.place()
        if ranges is not None and len(ranges) > _MANY:
            ranges = None
        for piece, block in self._blocks.items():
            if ranges is None or any(start <= piece.end and piece.start <= end for start, end in ranges):
                block.shapes = None
        self.restore(place)

    def column(self) -> tuple[int, int]:
        """Left edge and width of the text column."""
        lengths = self._look.metrics
        width = max(lengths.em * 4, min(lengths.column, self.width - 2 * lengths.side))
        return max(lengths.side // 2, (self.width - width) // 2), width

    def block(self, number: int) -> Block:
        """The laid-out piece; lays it out, and corrects its height, where that has not been done."""
        piece = self.paragraphs[number]
        block = self._blocks.get(piece)
        if block is None:
            block = self._blocks[piece] = self._lay_out(piece)
            if len(self._blocks) > _KEPT:
                del self._blocks[next(iter(self._blocks))]
        if block.shapes is None:
            block.shapes = arrange(
                block, self._shown_of(piece, self.spans), self._look, self.all_names, self._offers_of(piece)
            )
        self._heights.set(number, block.height)
        return block

    def _lay_out(self, piece: Piece) -> Block:
        look = self._look
        setting = Setting(look.font, look.metrics, self.column()[1])
        if piece.kind in (FOLDED, HEADER):
            return Block(piece, look.elided(self._fold_line(piece), setting.width), setting)
        return Block(piece, self.text[piece.start : piece.end], setting, self._headings_in(piece))

    def _fold_line(self, piece: Piece) -> str:
        assert piece.fold is not None
        start, end, _uid, rule = piece.fold
        what = _rule_words(rule)
        if piece.kind == HEADER:
            return "▾ " + _("{what}, {n} characters", what=what, n=end - start)
        words = " ".join(self.text[start : min(end, start + 200)].split())
        return "▸ " + _("{what}, {n} characters: {words}", what=what, n=end - start, words=words)

    def _headings_in(self, piece: Piece) -> list[tuple[int, int]]:
        first = bisect_left(self.headings, (piece.start,))
        if first and self.headings[first - 1][1] > piece.start:
            first -= 1
        last = bisect_right(self.headings, (piece.end,))
        return [h for h in self.headings[first:last] if h[1] > piece.start]

    def known(self, uid: str | None) -> Span | None:
        """The span or the suggestion of that uid."""
        found = self.spans.get(uid) if uid else None
        return self.offers.get(uid) if found is None and uid and self.offers is not None else found

    def _offers_of(self, piece: Piece) -> list[Span]:
        return self._shown_of(piece, self.offers) if self.offers is not None else []

    def _shown_of(self, piece: Piece, index: SpanIndex) -> list[Span]:
        """What shows of these spans in a piece."""
        if piece.kind in (FOLDED, HEADER) or piece.start == piece.end:
            return []
        found = self._with_pending(index.touching(piece.start, piece.end), piece, index)
        return [span for span in found if span.label not in self.hidden] if self.hidden else found

    def _with_pending(self, found: list[Span], piece: Piece, index: SpanIndex) -> list[Span]:
        pending = self.pending
        if pending is None or pending.uid not in index:
            return found
        found = [span for span in found if span.uid != pending.uid]
        return [*found, pending] if pending.overlaps(piece.start, piece.end) else found

    def _estimated(self) -> Heights:
        lengths = self._look.metrics
        per_row = max(1, self.column()[1] // lengths.em)
        pitch, gap, blank = lengths.row_height(2), lengths.gap, lengths.blank
        return Heights(
            pitch * ((end - start + per_row - 1) // per_row) + gap if end > start else blank
            for start, end, _kind, _fold in self.paragraphs.pieces
        )

    # ---- what shows ------------------------------------------------------------------------------

    @property
    def value(self) -> int:
        """How far the viewport's top lies below the page's top, by the heights known so far."""
        return self._heights.top(self._anchor) + self._below + self._look.metrics.top

    @property
    def maximum(self) -> int:
        """The largest `value`."""
        return max(0, self._heights.total + 2 * self._look.metrics.top - self.height)

    @property
    def screen(self) -> int:
        """How many pixels a screen further is: a row stays in sight."""
        return max(1, self.height - self._look.metrics.pitch)

    def settle(self) -> None:
        """Lay out what shows; call before `visible`, `value` and `maximum` are used."""
        self._normalise()
        y, number, count = -self._below, self._anchor, len(self.paragraphs)
        while y < self.height and number < count:
            y += self.block(number).height
            number += 1
        if number == count and y + self._look.metrics.top < self.height:
            self._below -= self.height - y - self._look.metrics.top
            self._normalise()

    def visible(self) -> Iterator[tuple[int, Block, int]]:
        """The pieces that show: number, block, y."""
        number, y = self._anchor, -self._below
        while y < self.height and number < len(self.paragraphs):
            block = self.block(number)
            yield number, block, y
            y += block.height
            number += 1

    def scroll_by(self, pixels: int) -> None:
        """Move the viewport down by so many pixels, exactly."""
        self._below += pixels
        self.settle()

    def scroll_to(self, value: int) -> None:
        """Put the viewport where the scroll bar says: exactly where that is near, by estimate where it is far."""
        distance = value - self.value
        if value >= self.maximum:
            self._anchor, self._below = len(self.paragraphs) - 1, self._heights[len(self.paragraphs) - 1]
        elif value <= 0:
            self._anchor, self._below = 0, -self._look.metrics.top
        elif abs(distance) <= 2 * self.height:
            self._below += distance
        else:
            self._jump(value - self._look.metrics.top)
        self.settle()

    def _jump(self, y: int) -> None:
        number = self._heights.at(max(0, y))
        share = (y - self._heights.top(number)) / max(1, self._heights[number])
        self._anchor = number
        self._below = int(share * self.block(number).height)

    def _normalise(self) -> None:
        """Let the anchor be the piece at the viewport's top, laying out what lies between."""
        count = len(self.paragraphs)
        while self._below < 0 and self._anchor > 0:
            self._anchor -= 1
            self._below += self.block(self._anchor).height
        while self._anchor < count - 1 and self._below >= (height := self.block(self._anchor).height):
            self._below -= height
            self._anchor += 1
        if self._anchor == 0:
            self._below = max(self._below, -self._look.metrics.top)

    # ---- the reading place -----------------------------------------------------------------------

    def place(self) -> Place:
        """What is being read: the first row that shows whole."""
        row_y = 0
        for _number, block, y in self.visible():
            for row, bounds in enumerate(block.rows):
                row_y = y + block.tops[row]
                if row_y >= 0:
                    return Place(bounds.start, row_y / self._look.metrics.em)
        number = self._anchor
        return Place(self.paragraphs[number].start, -self._below / self._look.metrics.em)

    def reading_place(self) -> Place:
        """The place restored last, while nothing has moved since: several changes of size in turn do not drift."""
        place, state = self._restored
        return place if state == (self._anchor, self._below) else self.place()

    def restore(self, place: Place) -> None:
        """Show `place` where it was."""
        self._anchor = self.paragraphs.at(place.offset)
        block = self.block(self._anchor)
        row_top = block.tops[block.row_of(place.offset)]
        self._below = row_top - round(place.ems * self._look.metrics.em)
        self.settle()
        self._restored = place, (self._anchor, self._below)

    def centre(self, offset: int) -> None:
        """Show the row of `offset` in the middle."""
        self._anchor = self.paragraphs.at(offset)
        block = self.block(self._anchor)
        row = block.row_of(offset)
        self._below = block.tops[row] + block.row_height(row) // 2 - self.height // 2
        self.settle()

    def visible_range(self) -> tuple[int, int]:
        """Where the first row that shows starts, and where the last one ends."""
        start = end = self.paragraphs[self._anchor].start
        for number, (_number, block, y) in enumerate(self.visible()):
            if number == 0:
                start = block.rows[block.row_at_y(-y)].start
            end = block.rows[block.row_at_y(self.height - 1 - y)].end
        return start, max(start, end)

    # ---- where things are ------------------------------------------------------------------------

    def y_of(self, number: int) -> int:
        """The top of a piece."""
        return self._heights.top(number) - self._heights.top(self._anchor) - self._below

    def at_y(self, y: float) -> tuple[int, Block, int]:
        """The piece at `y` (the nearest one outside the text), laid out, and its top."""
        last = (0, self.block(0), 0)
        for number, block, top in self.visible():
            last = number, block, top
            if y < top + block.height:
                break
        return last

    def row_top(self, offset: int, at_row_end: bool = False) -> tuple[int, int]:
        """Top and height of the row that shows `offset`, which may be far outside the viewport."""
        number = self.paragraphs.at(offset)
        block = self.block(number)
        row = block.row_of(offset, at_row_end)
        return self.y_of(number) + block.tops[row], block.row_height(row)

    def show_row(self, offset: int, at_row_end: bool = False, margin: int = 0) -> bool:
        """Scroll until the row of `offset` shows; a far one comes to the upper third. Returns whether it scrolled."""
        self.settle()
        top, height = self.row_top(offset, at_row_end)
        low, high = margin, self.height - height - margin
        if low <= top <= high:
            return False
        if -self.height < top < 2 * self.height:
            self.scroll_by(top - (low if top < low else max(low, high)))
        else:
            self._anchor = self.paragraphs.at(offset)
            block = self.block(self._anchor)
            self._below = block.tops[block.row_of(offset, at_row_end)] - self.height // 3
            self.settle()
        return True
