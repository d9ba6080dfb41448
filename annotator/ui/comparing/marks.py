"""The difference one stands on, in the report: both sides' ranges one over the other, each with its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.domain.span import Span
from annotator.services.evaluating import Row
from annotator.ui.report_view.layers import Layer, boxes
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed
from annotator.ui.report_view.view import ReportView
from annotator.ui.theme import Theme, readable
from annotator.ui.widgets import half_bold, small


def colours(theme: Theme) -> tuple[str, str]:
    """The colours of both sides; the lines differ too, so that colour is never alone."""
    return theme.accent, theme.warning


class DifferenceMarks(Layer):
    """Frames of the difference that is shown: the first side's solid and above, the other's dashed and below."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self.row: Row | None = None
        self.names = ("", "")
        #: What was framed when it was last painted: for each side its boxes.
        self.framed: tuple[list[QRectF], list[QRectF]] = ([], [])

    def show(self, row: Row | None, names: tuple[str, str] = ("", "")) -> None:
        """Frame another difference, or none."""
        self.row, self.names = row, names
        self._view.viewport().update()

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        self.framed = ([], [])
        if self.row is None:
            return
        found = self.row.difference
        for side, span in enumerate((found.gold, found.predicted)):
            if span is not None:
                self._side(painter, placed, look, side, span)

    def _side(self, painter: QPainter, placed: Sequence[Placed], look: Look, side: int, span: Span) -> None:
        colour = QColor(colours(look.theme)[side])
        up, down = ((-6.0, 0.0), (0.0, 6.0))[side]
        found = [box.adjusted(-2, up, 2, down) for box in boxes(placed, span.start, span.end, look)]
        self.framed[side].extend(found)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.8, (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)[side]))
        for box in found:
            painter.drawRoundedRect(box, 3, 3)
        if found:
            self._name(painter, look, side, found[0])

    def _name(self, painter: QPainter, look: Look, side: int, box: QRectF) -> None:
        """The side's name at the first box: above it, or below."""
        font = half_bold(small(self._view.font(), 2))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        words = metrics.elidedText(self.names[side], Qt.TextElideMode.ElideRight, 120)
        width, height = metrics.horizontalAdvance(words) + 8.0, metrics.height() - 1.0
        top = box.top() - height if side == 0 else box.bottom()
        tag = QRectF(box.left(), top, width, height)
        theme = look.theme
        painter.fillRect(tag, QColor(theme.panel))
        painter.setPen(QColor(readable(colours(theme)[side], theme.panel, theme.text)))
        painter.drawText(tag.topLeft() + QPointF(4.0, metrics.ascent() - 0.5), words)
