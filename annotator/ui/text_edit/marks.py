"""What shows in the text while it is edited: what was put in, where something was taken out, what is being composed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.ui.report_view.layers import Layer, boxes
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed
from annotator.ui.text_edit.draft import Draft


class EditMarks(Layer):
    """A line under what was put in, a wedge where something was taken out, dashes under what is composed."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        composed = self._draft.composed
        for start, end in self._draft.changed_ranges():
            if start == end:
                _wedges(painter, placed, start, look)
            else:
                _underline(painter, placed, start, end, look, Qt.PenStyle.SolidLine)
        if composed[0] < composed[1]:
            _underline(painter, placed, *composed, look, Qt.PenStyle.DashLine)


def _underline(
    painter: QPainter, placed: Sequence[Placed], start: int, end: int, look: Look, style: Qt.PenStyle
) -> None:
    for box in boxes(placed, start, end, look):
        if style == Qt.PenStyle.SolidLine:
            ground = QColor(look.accent)
            ground.setAlpha(36)
            painter.fillRect(QRectF(box.left(), box.top() - 2, max(box.width(), 2), box.height() + 4), ground)
        painter.setPen(QPen(look.accent, 2, style))
        y = box.bottom() + 2
        painter.drawLine(QLineF(box.left(), y, box.right(), y))


def _wedges(painter: QPainter, placed: Sequence[Placed], at: int, look: Look) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.accent)
    for box in boxes(placed, at, at, look):
        x, y = box.left(), box.bottom() + 1
        painter.drawPolygon([QPointF(x, y), QPointF(x - 4, y + 5), QPointF(x + 4, y + 5)])
