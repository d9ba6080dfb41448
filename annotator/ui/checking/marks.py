"""Findings in the report: a mark beside the row where one begins, frames around all places of the one somebody stands on.

Marks differ by their sign: ≠ disagrees, ≈ cut off, ! a span that looks wrong. Only the rows that show are drawn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.services.findings import DISAGREES, Found
from annotator.ui.checking import wording
from annotator.ui.checking.findings import Findings
from annotator.ui.report_view.layers import Layer, boxes
from annotator.ui.report_view.layouts import Block
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed
from annotator.ui.report_view.view import ReportView


class FindingMarks(Layer):
    """The marks of the open report's findings; `shown` tells whether they are wanted, `picked` is told of clicks."""

    def __init__(
        self, view: ReportView, findings: Findings, shown: Callable[[], bool], picked: Callable[[Found], None]
    ) -> None:
        self._view, self._findings, self._wanted, self._picked = view, findings, shown, picked
        self._listed: list[Found] = []
        self.shown: list[tuple[QRectF, list[Found]]] = []
        findings.changed.connect(self.renew)
        findings.moved.connect(view.viewport().update)

    def renew(self) -> None:
        """Other findings, or marks are wanted or not."""
        self._listed = self._findings.open() if self._wanted() else []
        self._view.viewport().update()

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        self.shown = [mark for block, x, y in placed for mark in self._marks(block, x, y, look)]
        for box, found in self.shown:
            _paint_mark(painter, box, found, look)
        if self._findings.current is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for number, (start, end) in enumerate(self._findings.current.places):
                line = Qt.PenStyle.DashLine if number else Qt.PenStyle.SolidLine
                painter.setPen(QPen(_colour(look, self._findings.current), 1.6, line))
                for box in boxes(placed, start, end, look):
                    painter.drawRoundedRect(box.adjusted(-2.5, -3, 2.5, 3), 3, 3)

    def _marks(self, block: Block, x: int, y: int, look: Look) -> list[tuple[QRectF, list[Found]]]:
        """One mark a row: those of a row stand together. Left of where questions have theirs."""
        if not self._listed or block.stands_for_all:
            return []
        first = bisect_left(self._listed, block.piece.start, key=lambda one: one.start)
        last = bisect_right(self._listed, block.piece.end, key=lambda one: one.start)
        rows: dict[int, list[Found]] = {}
        for one in self._listed[first:last]:
            rows.setdefault(block.row_of(one.start), []).append(one)
        size = look.metrics.small + 4.0
        left = max(2.0, x - 12 - 2 * size)
        middle = look.metrics.em_top + (look.metrics.em - size) / 2
        return [(QRectF(left, y + block.tops[row] + middle, size, size), found) for row, found in rows.items()]

    # ---- the mouse --------------------------------------------------------------------------------

    def click(self, point: QPoint) -> bool:
        found = self._at(point)
        if found:
            following = found.index(self._findings.current) + 1 if self._findings.current in found else 0
            self._picked(found[following % len(found)])
        return bool(found)

    def tip(self, point: QPoint) -> str:
        return "\n\n".join(wording.whole(one, None, self._findings.schema) for one in self._at(point))

    def _at(self, point: QPoint) -> list[Found]:
        near = QPointF(point)
        return next((found for box, found in self.shown if box.adjusted(-2, -3, 2, 3).contains(near)), [])


def _colour(look: Look, found: Found) -> QColor:
    wrong = found.verdict == DISAGREES and not found.is_lint and found.kind != wording.JUMP
    return QColor(look.theme.error if wrong else look.theme.warning)


def _paint_mark(painter: QPainter, box: QRectF, found: Sequence[Found], look: Look) -> None:
    """The gravest of a row gives sign and colour: a number that disagrees, one that was cut off, a span."""
    gravest = min(found, key=lambda one: (one.is_lint, one.verdict != DISAGREES))
    colour = _colour(look, gravest)
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(look.ground)
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(look.badge)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, wording.sign(gravest))
