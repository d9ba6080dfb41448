"""What belongs to the selected span and stands elsewhere in the text: its subject, and the spans it is linked to.

Only the selected span's links are drawn, each as one light line through the gaps between the rows, with an arrow at
the span it goes to; where that does not show, the line leaves the page towards it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from annotator.domain.edge_move import START as START_EDGE
from annotator.domain.edge_move import EdgeMove
from annotator.domain.span import Span
from annotator.services.open_report import OpenReport
from annotator.services.wording import relation_title
from annotator.ui.controller import Controller
from annotator.ui.report_view.layers import Layer, boxes
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed
from annotator.ui.report_view.view import ReportView
from annotator.ui.tagging.subject import excerpt_attribute, excerpt_range

Placing = Sequence[Placed]


class Link(NamedTuple):
    """One line to draw: from head to child; `chosen` while it is only being chosen."""

    head: Span
    child: Span
    title: str
    chosen: bool = False


class SpanMarks(Layer):
    """Subject and links of the selected span; what is being chosen comes from `choice` and `preview`."""

    def __init__(self, controller: Controller, view: ReportView) -> None:
        self._controller, self._view = controller, view
        self.choice: Callable[[], EdgeMove | None] = lambda: None
        self.preview: Callable[[], Link | None] = lambda: None
        self._links: list[Link] | None = None
        self._painted: tuple[tuple[int, int] | None, bool] = None, False
        for signal in (controller.selectedChanged, controller.reportChanged):
            signal.connect(self.renew)
        for changes in (controller.spansChanged, controller.relatedChanged):
            changes.connect(lambda _changes: self.renew())

    def renew(self) -> None:
        """Another span is selected, or its links are others: repaint what was drawn for the one before, and for it."""
        self._links = None
        before, now = self._painted, (self._subject(), bool(self.links()))
        self._painted = now
        if before[1] or now[1]:
            self._view.viewport().update()
        elif before[0] != now[0]:
            for place in (before[0], now[0]):
                if place is not None:
                    self._view.update_range(*place)

    def links(self) -> list[Link]:
        """The links of the selected span, and the one being chosen."""
        report, span = self._controller.report, self._controller.selected_span()
        if self._links is None:
            self._links = self._stored(report, span) if report and span else []
        chosen = self.preview()
        return [*self._links, chosen] if chosen else self._links

    def _stored(self, report: OpenReport, span: Span) -> list[Link]:
        schema = self._controller.schema
        links = []
        for relation in report.relations.values():
            if span.uid in (relation.head, relation.child):
                head, child = report.spans.get(relation.head), report.spans.get(relation.child)
                if head is not None and child is not None:
                    links.append(Link(head, child, relation_title(schema, relation.label)))
        return links

    # ---- painting ---------------------------------------------------------------------------------

    def paint(self, painter: QPainter, placed: Placing, look: Look) -> None:
        choice = self.choice()
        if choice is not None:
            _paint_choice(painter, placed, choice, look)
        else:
            self._paint_subject(painter, placed, look)
        for number, link in enumerate(self.links()):
            _paint_link(painter, placed, link, look, self._view, number)

    def _subject(self) -> tuple[int, int] | None:
        """Where the words stand that the selected span's attribute names."""
        report, span = self._controller.report, self._controller.selected_span()
        attribute = excerpt_attribute(self._controller.schema, span.label) if span else None
        if report is None or span is None or attribute is None:
            return None
        return excerpt_range(span.attributes.get(attribute.name), len(report.text))

    def _paint_subject(self, painter: QPainter, placed: Placing, look: Look) -> None:
        span, place = self._controller.selected_span(), self._subject()
        if span is None or place is None:
            return
        pen = QPen(look.label(span.label).words, 1.2, Qt.PenStyle.DashLine)
        for box in boxes(placed, *place, look):
            painter.fillRect(box.adjusted(0, -2, 0, 2), _with(look.accent, 0.07))
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left() + 1, box.bottom() + 1.5), QPointF(box.right() - 1, box.bottom() + 1.5))


def _paint_choice(painter: QPainter, placed: Placing, choice: EdgeMove, look: Look) -> None:
    """The words being chosen: a ground and a dashed frame, and a bar at the edge that moved last."""
    rows = [*boxes(placed, *choice.range, look)]
    painter.setPen(QPen(look.accent, 1.6, Qt.PenStyle.DashLine))
    painter.setBrush(_with(look.accent, 0.18))
    for box in rows:
        painter.drawRoundedRect(box.adjusted(-1, -3, 1, 3), 3, 3)
    for box in rows[:1] if choice.edge == START_EDGE else rows[-1:]:
        x = box.left() if choice.edge == START_EDGE else box.right()
        painter.fillRect(QRectF(x - 1.5, box.top() - 5, 3, box.height() + 10), look.accent)


def _paint_link(painter: QPainter, placed: Placing, link: Link, look: Look, view: ReportView, number: int) -> None:
    head, child = [*boxes(placed, *link.head.range, look)], [*boxes(placed, *link.child.range, look)]
    style = Qt.PenStyle.SolidLine if link.chosen else Qt.PenStyle.DotLine
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.accent, 2.0 if link.chosen else 1.4, style))
    selected = view.selected_span()
    for span, rows in ((link.head, head), (link.child, child)):
        for box in rows if span.uid != selected else ():
            painter.drawRoundedRect(box.adjusted(-2, -4, 2, 4), 3, 3)
    left = view.page().column()[0]
    edges = _Edges(look, left - 10 - 5 * (number % 4), view.viewport().height())
    first = edges.start_of(link.head, head, link.child)
    last = edges.start_of(link.child, child, link.head)
    if not head and not child:
        return
    painter.setPen(QPen(_with(look.accent, 0.9), 1.6 if link.chosen else 1.2))
    painter.drawPath(edges.path(first, last, same_row=bool(head and child) and head[0].top() == child[0].top()))
    if child:
        _paint_arrow(painter, last, look)
    _paint_title(painter, link.title, edges.middle(first, last), look)


class _Edges:
    """Where a link's line runs: up from each end into the gap above its row, and along the margin between rows."""

    def __init__(self, look: Look, margin: float, height: int) -> None:
        self._rise = look.metrics.em * 0.31
        self.margin, self._height = margin, height

    def start_of(self, span: Span, rows: list[QRectF], other: Span) -> QPointF:
        """The point on a span's upper edge; where it does not show, beyond the edge of the page it lies behind."""
        if rows:
            box = rows[0]
            return QPointF(box.left() + min(box.width() / 2, 10), box.top() - 1)
        return QPointF(self.margin, -20.0 if span.start < other.start else self._height + 20.0)

    def path(self, first: QPointF, last: QPointF, *, same_row: bool) -> QPainterPath:
        path = QPainterPath(first)
        if same_row:
            path.lineTo(first.x(), first.y() - self._rise)
            path.lineTo(last.x(), last.y() - self._rise)
        else:
            for point, up in ((first, first.x() > self.margin), (last, last.x() > self.margin)):
                y = point.y() - self._rise if up else point.y()
                if point is first:
                    path.lineTo(first.x(), y)
                    path.lineTo(self.margin, y)
                else:
                    path.lineTo(self.margin, y)
                    path.lineTo(last.x(), y)
        path.lineTo(last)
        return path

    def middle(self, first: QPointF, last: QPointF) -> QPointF:
        """Where the line's name ends: beside the margin line, half way."""
        low, high = sorted(max(0.0, min(p.y(), self._height)) for p in (first, last))
        return QPointF(self.margin - 4, (low + high) / 2)


def _paint_arrow(painter: QPainter, tip: QPointF, look: Look) -> None:
    size = max(3.0, look.metrics.em * 0.22)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.accent)
    up = QPointF(tip.x() - size, tip.y() - size), QPointF(tip.x() + size, tip.y() - size)
    painter.drawPolygon(QPolygonF([tip, *up]))


def _paint_title(painter: QPainter, title: str, right: QPointF, look: Look) -> None:
    """The link's name in the margin, where there is room for it."""
    painter.setFont(look.small)
    width = painter.fontMetrics().horizontalAdvance(title)
    if right.x() - width < 2:
        return
    painter.setPen(look.dim)
    painter.drawText(QPointF(right.x() - width, right.y() + look.metrics.small * 0.35), title)


def _with(colour: QColor, alpha: float) -> QColor:
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result
