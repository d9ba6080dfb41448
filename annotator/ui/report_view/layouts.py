"""One piece of the report laid out: its rows, and where every offset stands in them.

Offsets in and out are code points of the report; x counts from the column's left edge, y from
the piece's top. Converts through `offset_map`, so that no other module meets a Qt position.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.ui.report_view.metrics import Metrics
from annotator.ui.report_view.offset_map import OffsetMap, shown
from annotator.ui.report_view.paragraphs import FOLDED, HEADER, Piece


class Row(NamedTuple):
    """One row of text. `[start, end]` are its caret places; a wrapped row's end is the next row's start."""

    line: QTextLine
    start: int
    end: int
    wraps: bool


class Setting(NamedTuple):
    """What a layout depends on besides the text."""

    font: QFont
    metrics: Metrics
    width: int


class Block:
    """A laid-out piece. `tops` are the rows' upper edges and, last, the lower edge of the lowest one."""

    def __init__(self, piece: Piece, text: str, setting: Setting, headings: Sequence[tuple[int, int]] = ()) -> None:
        self.piece = piece
        self.metrics = setting.metrics
        self.stands_for_all = piece.kind in (FOLDED, HEADER)
        self._map = OffsetMap(text)
        self._layout = QTextLayout(shown(text), setting.font)
        self._layout.setCacheEnabled(True)
        self._layout.setTextOption(_option(setting.metrics, self.stands_for_all))
        if headings:
            self._layout.setFormats(self._heading_formats(headings))
        self.rows = self._lay_out(setting.width)
        self._is_blank = not text or text.isspace()
        self.shapes: object | None = None
        self.tops: list[int] = []
        self.height = 0
        self.make_room([0] * len(self.rows))

    def make_room(self, needed: Sequence[int]) -> None:
        """Make each row at least as high as its shapes need."""
        lengths = self.metrics
        self.is_low = self._is_blank and len(self.rows) == 1 and not any(needed)
        least = lengths.blank if self.is_low else lengths.pitch
        self.tops = [*accumulate((max(least, height) for height in needed), initial=0)]
        self.height = self.tops[-1] + (0 if self.is_low else lengths.gap)

    def row_height(self, row: int) -> int:
        """The height of a row."""
        return self.tops[row + 1] - self.tops[row]

    # ---- places ----------------------------------------------------------------------------------

    def row_at_y(self, y: float) -> int:
        """The number of the row at `y`; the nearest one outside."""
        return min(max(bisect_right(self.tops, y) - 1, 0), len(self.rows) - 1)

    def row_of(self, offset: int, at_row_end: bool = False) -> int:
        """The number of the row that shows the caret place `offset`: at a wrap the later one, unless `at_row_end`."""
        if self.stands_for_all:
            return 0
        number = max(0, bisect_right(self.rows, offset, key=lambda row: row.start) - 1)
        if at_row_end and number and self.rows[number].start == offset and self.rows[number - 1].wraps:
            return number - 1
        return number

    def x_of(self, offset: int, row: int) -> float:
        """Where the caret place `offset` stands in a row."""
        line = self.rows[row].line
        if self.stands_for_all:
            return 0.0 if offset <= self.piece.start else line.naturalTextWidth()
        offset = min(max(offset, self.rows[row].start), self.rows[row].end)
        return _x(line.cursorToX(self._map.to_qt(offset - self.piece.start)))

    def place_at(self, x: float, row: int) -> tuple[int, bool]:
        """The caret place nearest to `x` in a row, and whether it is the end of a wrapped row."""
        found = self.rows[row]
        if self.stands_for_all:
            middle = found.line.naturalTextWidth() / 2
            return (self.piece.end if x > middle else self.piece.start), False
        offset = self._offset(found.line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters))
        offset = min(max(offset, found.start), found.end)
        return offset, found.wraps and offset == found.end

    def character_at(self, x: float, row: int) -> int | None:
        """The offset of the character drawn at `x` in a row; None beside the text."""
        line, start, end, _ = self.rows[row]
        if self.stands_for_all or not 0 <= x < line.naturalTextWidth() or start == end:
            return None
        found = self._offset(line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))
        hits = []
        for offset in (found, found + 1, found - 1):  # right to left, Qt answers with the neighbour
            if start <= offset < end:
                left, right = self.extent(offset, offset + 1, row)
                if left <= x < right:
                    hits.append((right - left, offset))
        if hits:
            return min(hits)[1]
        return min(max(found, start), end - 1)

    def extent(self, start: int, end: int, row: int) -> tuple[float, float]:
        """Left and right edge of what a row shows of `[start, end)`."""
        if self.stands_for_all:
            return 0.0, self.rows[row].line.naturalTextWidth()
        left, right = self.x_of(start, row), self.x_of(end, row)
        return (left, right) if left <= right else (right, left)

    def next_place(self, offset: int) -> int:
        """The caret place behind the character, with its combining marks, that starts at `offset`."""
        if self.stands_for_all:
            return self.piece.end
        return self._offset(self._layout.nextCursorPosition(self._map.to_qt(offset - self.piece.start)))

    def previous_place(self, offset: int) -> int:
        """The caret place before the character, with its combining marks, that ends at `offset`."""
        if self.stands_for_all:
            return self.piece.start
        return self._offset(self._layout.previousCursorPosition(self._map.to_qt(offset - self.piece.start)))

    def draw_row(self, painter: QPainter, row: int, x: float, y: float) -> None:
        """Draw a row's text in the painter's pen; `y` is the row's top."""
        line = self.rows[row].line
        line.draw(painter, QPointF(x, y + self._baseline() - line.ascent()))

    def _baseline(self) -> int:
        return self.metrics.blank if self.is_low else self.metrics.baseline

    def _offset(self, position: int) -> int:
        return self.piece.start + self._map.to_offset(position)

    # ---- laying out ------------------------------------------------------------------------------

    def _lay_out(self, width: int) -> list[Row]:
        rows: list[Row] = []
        layout = self._layout
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            rows.append(Row(line, self._offset(start), self._offset(start + line.textLength()), True))
        layout.endLayout()
        if self.stands_for_all:
            return [Row(rows[0].line, self.piece.start, self.piece.end, False)]
        rows[-1] = rows[-1]._replace(wraps=False)
        return rows

    def _heading_formats(self, headings: Iterable[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
        formats = []
        for start, end in headings:
            first = self._map.to_qt(max(start, self.piece.start) - self.piece.start)
            last = self._map.to_qt(min(end, self.piece.end) - self.piece.start)
            item = QTextLayout.FormatRange()
            item.start, item.length, item.format = first, last - first, _half_bold()
            formats.append(item)
        return formats


def _x(answer: Any) -> float:
    """The x of `cursorToX`, which answers with a pair; the stubs say an object."""
    return float(answer[0])


def _half_bold() -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold)
    return form


def _option(metrics: Metrics, one_row: bool) -> QTextOption:
    option = QTextOption()
    modes = QTextOption.WrapMode
    option.setWrapMode(modes.NoWrap if one_row else modes.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(metrics.em * 4)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    return option
