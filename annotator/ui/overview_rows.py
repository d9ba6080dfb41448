"""The arithmetic of the overview strip: a report squeezed into so many rows, and which of them hold which label.

Built once for a report; an edit costs what it changes, be there twenty spans or twenty thousand. Offsets are code points;
no Qt here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from annotator.domain.find import Matches
from annotator.domain.span import Span

#: A report is squeezed into so many rows, whatever the height in pixels: more than most screens have.
ROWS: Final = 2048

_PER_LINE: Final = 45  # characters that count as one line
_BLANK: Final = 0.3  # what an empty line counts

Run = tuple[int, int]


class Stretch(NamedTuple):
    """A piece of the text; `folded` ones take one line, however long."""

    start: int
    end: int
    folded: bool


class Ruler:
    """Where in the strip each offset stands: `starts[row]` is the offset with which a row begins."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self.starts: list[int] = []
        pieces = [*stretches]
        if not pieces:
            self.starts = [0] * ROWS
            return
        weights = [_weight(piece) for piece in pieces]
        total, above = sum(weights), 0.0
        for piece, weight in zip(pieces, weights, strict=True):
            last = round((above + weight) * ROWS / total)
            while len(self.starts) < last:
                share = (len(self.starts) * total / ROWS - above) / weight
                self.starts.append(piece.start + int(max(0.0, share) * (piece.end - piece.start)))
            above += weight
        while len(self.starts) < ROWS:
            self.starts.append(pieces[-1].end)

    def row(self, offset: int) -> int:
        """The row that holds an offset."""
        first = bisect_left(self.starts, offset)
        return first if first < ROWS and self.starts[first] == offset else max(0, first - 1)

    def rows(self, start: int, end: int) -> range:
        """The rows that `[start, end)` touches; always one at least."""
        first = self.row(start)
        return range(first, max(bisect_left(self.starts, end), first + 1))

    def each_row(self, offsets: Iterable[int]) -> set[int]:
        """The rows of some offsets, each once."""
        return {self.row(offset) for offset in offsets}

    def offset(self, share: float) -> int:
        """The offset that stands at `share` (0 to 1) of the strip's height."""
        return self.starts[min(max(int(share * ROWS), 0), ROWS - 1)]


def _weight(piece: Stretch) -> float:
    if piece.folded:
        return 1.0
    length = piece.end - piece.start
    return float((length + _PER_LINE - 1) // _PER_LINE) if length else _BLANK


class _Column:
    """How many spans of one label each row holds, whether it holds any, and whether one begins there.

    Besides, what is drawn of that: which pixels are inked in a strip of the height asked for last, and between which
    rows that may differ by now.
    """

    def __init__(self) -> None:
        self.counts = array("I", bytes(4 * ROWS))
        self.begun = array("I", bytes(4 * ROWS))
        self.filled = bytearray(ROWS)
        self.begins = bytearray(ROWS)
        self._ink = bytearray()
        self._low, self._high = ROWS, 0

    def change(self, rows: range, by: int) -> None:
        counts, filled = self.counts, self.filled
        for row in rows:
            counts[row] += by
            if filled[row] != (counts[row] > 0):
                filled[row] = not filled[row]
                self._differs(row)
        first = rows.start
        self.begun[first] += by
        if self.begins[first] != (self.begun[first] > 0):
            self.begins[first] = not self.begins[first]
            self._differs(first)

    def _differs(self, row: int) -> None:
        self._low, self._high = min(self._low, row), max(self._high, row + 1)

    def ink(self, height: int) -> bytearray:
        """By pixel, whether it is inked."""
        self.renew(height)
        return self._ink

    def renew(self, height: int) -> Run | None:
        """Bring the ink up to date; the pixels between which it is another now. Costs what has changed."""
        if height != len(self._ink):
            self._ink = _inked(self.filled, self.begins, height)
            self._low, self._high = ROWS, 0
            return 0, height
        if self._low >= self._high:
            return None
        low, high = max(pixel(self._low, height) - 1, 0), pixel(self._high, height) + 2
        self._low, self._high = ROWS, 0
        return self._renew(low, high)

    def _renew(self, low: int, high: int) -> Run | None:
        """Ink from pixel `low` to `high`, and on as long as that makes a difference."""
        ink, differing = self._ink, None
        before = ink[low - 1] if low else 0
        for y in range(low, len(ink)):
            now = _is_inked(self.filled, self.begins, len(ink), y, before)
            if now != ink[y]:
                ink[y] = now
                differing = (y if differing is None else differing[0]), y + 1
            elif y >= high:
                break
            before = now
        return differing


class Marks:
    """The spans of a report by label and row. Adding or taking away one costs the rows it covers."""

    def __init__(self, ruler: Ruler, spans: Iterable[Span] = ()) -> None:
        self._ruler = ruler
        self._columns: dict[str, _Column] = {}
        self._where: dict[str, tuple[str, range]] = {}
        for span in spans:
            self.add(span)

    def __len__(self) -> int:
        return len(self._where)

    def change(self, uid: str, span: Span | None) -> set[str]:
        """Bring one span up to date (None: it is gone); returns the labels that look different."""
        changed = set()
        old = self._where.pop(uid, None)
        if old is not None:
            self._columns[old[0]].change(old[1], -1)
            changed.add(old[0])
        if span is not None:
            self.add(span)
            changed.add(span.label)
        return changed

    def add(self, span: Span) -> None:
        """Put in a span that is not there yet."""
        column = self._columns.get(span.label)
        if column is None:
            column = self._columns[span.label] = _Column()
        rows = self._ruler.rows(span.start, span.end)
        self._where[span.uid] = span.label, rows
        column.change(rows, 1)

    def labels(self) -> list[str]:
        """The labels that spans have had here."""
        return [*self._columns]

    def runs(self, label: str, height: int, between: Run | None = None) -> list[Run]:
        """Top and bottom of what to draw for a label in a strip of `height` pixels; a pixel parts two neighbours.

        Cut to the pixels `between` which they are asked for.
        """
        column = self._columns.get(label)
        if column is None:
            return []
        low, high = between or (0, height)
        return [*_runs(column.ink(height), max(low, 0), min(high, height))]

    def renew(self, label: str, height: int) -> Run | None:
        """The pixels between which a label looks different since this, or `runs`, was asked last; None: nowhere."""
        column = self._columns.get(label)
        return None if column is None else column.renew(height)


def match_runs(ruler: Ruler, matches: Matches, height: int) -> list[Run]:
    """Top and bottom of what to draw for what was found; costs the rows, not the matches."""
    filled = bytearray(ROWS)
    ends = [*ruler.starts[1:], 1 << 31]
    for row, (start, end) in enumerate(zip(ruler.starts, ends, strict=True)):
        if end > start and matches.touching(start, end):
            filled[row] = 1
    return [*_runs(_inked(filled, bytes(ROWS), height), 0, height)]


def pixel(row: int, height: int) -> int:
    """The pixel in which a row begins."""
    return row * height // ROWS


Bits = bytes | bytearray


def _inked(filled: Bits, begins: Bits, height: int) -> bytearray:
    """By pixel, whether it is inked."""
    ink, before = bytearray(height), 0
    for y in range(height):
        ink[y] = before = _is_inked(filled, begins, height, y, before)
    return ink


def _is_inked(filled: Bits, begins: Bits, height: int, y: int, before: int) -> int:
    """A pixel is inked where one of its rows holds something; but where something new begins below ink, it parts."""
    low = y * ROWS // height
    high = max((y + 1) * ROWS // height, low + 1)
    return int(filled.find(1, low, high) >= 0 and not (before and begins.find(1, low, high) >= 0))


def _runs(ink: bytearray, low: int, high: int) -> Iterator[Run]:
    """Runs of inked pixels in `[low, high)`."""
    top = ink.find(1, low, high)
    while top >= 0:
        bottom = ink.find(0, top, high)
        if bottom < 0:
            bottom = high
        yield top, bottom
        top = ink.find(1, bottom, high)
