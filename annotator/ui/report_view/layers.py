"""What is painted over the report without being a span: links, questions, words that are being chosen.

A layer is hung into `Surface.layers` by whoever knows what it shows; the view knows none of them. It works with
code points and with what is laid out; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter

from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed


class Layer:
    """Paints after text, shapes and frames, in the order in which layers were hung in."""

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        """Paint what concerns the pieces that show."""

    def click(self, point: QPoint) -> bool:
        """A click at a point of the viewport; whether it was meant for this layer."""
        return False

    def tip(self, point: QPoint) -> str:
        """What a tooltip at a point of the viewport says; "" for nothing."""
        return ""


def boxes(placed: Sequence[Placed], start: int, end: int, look: Look) -> Iterator[QRectF]:
    """The boxes of `[start, end)` in the rows that are laid out, the em box high, in the viewport's pixels.

    An empty range is a box without width where its place shows.
    """
    lengths = look.metrics
    for block, x, y in placed:
        if block.stands_for_all or end < block.piece.start or start > block.piece.end:
            continue
        for number, row in enumerate(block.rows):
            low, high = max(start, row.start), min(end, row.end)
            if low > high or (low == high and (start < end or (row.wraps and low == row.end))):
                continue
            left, right = block.extent(low, high, number)
            yield QRectF(x + left, y + block.tops[number] + lengths.em_top, right - left, lengths.em)
