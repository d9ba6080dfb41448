"""The edges of the selected span: their handles, and a span that is shown as it would be while one of them moves.

Nothing is changed here: `moved` says what a person dragged an edge to, and whoever listens changes the span.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.domain.edge_move import END, START, EdgeMove, moved_to
from annotator.domain.span import Span
from annotator.ui.report_view.caret import Caret
from annotator.ui.report_view.layers import Layer
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed

if TYPE_CHECKING:
    from annotator.ui.report_view.view import ReportView

#: How near the pointer must come to a handle, in pixels. The text above it stays free for clicks.
REACH = 7
_BELOW = 4


class Edges(QObject):
    """Handles, and the span on its way."""

    moved = Signal(str, int, int)  # uid and the new range: an edge was dragged
    offer_moved = Signal(str, int, int)  # the same of a suggestion

    def __init__(self, view: ReportView) -> None:
        super().__init__(view)
        self._view = view
        self._move: EdgeMove | None = None
        self._dragging: Span | None = None
        self._grip = QPoint()
        #: Why edges cannot be moved, as a sentence; "" where they can.
        self.blocked: Callable[[], str] = lambda: ""
        view.layers.append(_Handles(self))

    # ---- shown as it would be ---------------------------------------------------------------------

    def show(self, uid: str, start: int, end: int, edge: str) -> None:
        """Show the span as if it had this range, with the handle of `edge` marked."""
        span = self._view.page().known(uid)
        if span is None:
            self.clear()
            return
        self._set(span._replace(start=start, end=end), EdgeMove(start, end, edge))

    def clear(self) -> None:
        """Show the span as it is."""
        if self._move is not None:
            self._set(None, None)

    def _set(self, shown: Span | None, move: EdgeMove | None) -> None:
        old = self._view.page().pending
        ranges = [span.range for span in (old, shown) if span is not None]
        for moved in (shown, old):
            if moved is not None and (now := self._view.page().known(moved.uid)):
                ranges.append(now.range)
        self._move = move
        self._view.page().pending = shown
        self._view.spans_changed(ranges)

    # ---- handles ----------------------------------------------------------------------------------

    def span(self) -> Span | None:
        """The span whose handles show, as it would be: the suggestion one stands on, else the selected one."""
        uid = self._view.offer() or self._view.selected_span()
        pending = self._view.page().pending
        if pending is not None and pending.uid == uid:
            return pending
        span = self._view.page().known(uid)
        return span if span and span.label not in self._view.page().hidden else None

    def handle_at(self, point: QPoint) -> str:
        """The edge whose handle is at a point of the viewport; "" for none."""
        span = self.span()
        if span is None or self.blocked():
            return ""
        edges = [edge for edge in (END, START) if self._shows(span, edge)]
        near = [((point - self.knob(span, edge)).manhattanLength(), edge) for edge in edges]
        distance, edge = min(near, default=(REACH + 1, ""))
        return edge if distance <= REACH else ""

    def _shows(self, span: Span, edge: str) -> bool:
        """Whether the edge stands in a piece that shows: nothing may be laid out for a handle while others paint."""
        place = span.end if edge == END else span.start
        return any(block.piece.start <= place <= block.piece.end for _n, block, _y in self._view.page().visible())

    def _bar(self, span: Span, edge: str) -> QRectF:
        """Where the edge stands in the viewport: an upright line beside the text."""
        caret = Caret(span.end, at_row_end=True) if edge == END else Caret(span.start)
        return QRectF(self._view.rect_of(caret))

    def knob(self, span: Span, edge: str) -> QPoint:
        """The middle of a handle in the viewport."""
        bar = self._bar(span, edge)
        return QPoint(round(bar.center().x()), round(bar.bottom()) + _BELOW)

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint both handles; the one that moves filled, with its edge."""
        span = self.span()
        if span is None or self.blocked():
            return
        for edge in (START, END):
            if self._shows(span, edge):
                moving = self._move is not None and self._move.edge == edge
                self._paint_handle(painter, look, span, edge, moving)

    def _paint_handle(self, painter: QPainter, look: Look, span: Span, edge: str, moving: bool) -> None:
        knob, radius = QPointF(self.knob(span, edge)), 4.5 if moving else 3.0
        if moving:
            painter.fillRect(self._bar(span, edge).adjusted(-0.5, -2, 0.5, 3), look.accent)
        painter.setPen(QPen(look.accent, 1.5))
        painter.setBrush(look.accent if moving else QColor(look.ground))
        painter.drawEllipse(knob, radius, radius)

    # ---- dragging ---------------------------------------------------------------------------------

    @property
    def is_dragging(self) -> bool:
        """Whether an edge hangs on the pointer."""
        return self._dragging is not None

    def begin(self, edge: str, point: QPoint) -> None:
        """The handle of `edge` was pressed at a point of the viewport."""
        span = self.span()
        if span is not None:
            self._grip = point - self._bar(span, edge).center().toPoint()
            self._dragging = self._view.spans().get(span.uid) or span
            self.show(span.uid, span.start, span.end, edge)

    def drag(self, point: QPoint) -> None:
        """The pointer is at a point of the viewport."""
        if self._dragging is not None and self._move is not None:
            place = self._view.place_at(point - self._grip).offset
            move = moved_to(self._move, place, len(self._view.text()))
            if move != self._move:
                self.show(self._dragging.uid, *move.range, move.edge)

    def drop(self) -> None:
        """The handle was let go of; an edge that is where it was has not been moved."""
        span, move = self._dragging, self._move
        self._dragging = None
        is_offer = span is not None and span.uid == self._view.offer()
        if not is_offer:
            self.clear()
        if span is not None and move is not None and move.range != span.range:
            (self.offer_moved if is_offer else self.moved).emit(span.uid, *move.range)

    def cancel(self) -> bool:
        """Put an edge that hangs on the pointer back; whether there was one."""
        was_dragging, before = self.is_dragging, self._dragging
        if before is not None:
            self._dragging = None
            self.clear()
            if before.uid == self._view.offer():
                self.offer_moved.emit(before.uid, *before.range)
        return was_dragging

    def cursor(self, point: QPoint) -> Qt.CursorShape | None:
        """The pointer's shape over a handle."""
        return Qt.CursorShape.SizeHorCursor if self.is_dragging or self.handle_at(point) else None


class _Handles(Layer):
    """Paints the handles over the report."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        self._edges.paint(painter, look)
