"""The shapes that mark spans: one entry a shape, each painter drawing one row's fragment.

A new shape is one `Shape` in `SHAPES`. Straight lines are filled rectangles on whole pixels, so
they stay crisp at every scale; nothing here knows a report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.domain.span import Span


class Fragment(NamedTuple):
    """What one row shows of a span. x from the column's left, top and bottom from the row's top, whole pixels.

    `open_left` and `open_right` say that the span goes on in another row; `line`, `ground` and `words`
    are the colours of its shape, its soft ground, and its name; `paper` is that of the page.
    `is_offer` tells a suggestion.
    """

    span: Span
    left: int
    right: int
    top: int
    bottom: int
    open_left: bool
    open_right: bool
    line: QColor
    ground: QColor
    words: QColor
    shape: Shape
    thin: int
    thick: int
    tick: int
    paper: QColor
    is_offer: bool = False


Painter = Callable[[QPainter, Fragment, float, float], None]


class Shape(NamedTuple):
    """How a shape is drawn: `under` below the text, `over` above it; `first_lane` is the highest lane it may take.

    `offered` draws a suggestion, which has no ground: the same shape in dashes.
    """

    first_lane: int
    under: Painter
    over: Painter
    offered: Painter


def _nothing(painter: QPainter, fragment: Fragment, x: float, y: float) -> None:
    """Draw nothing: the shape has no ground."""


def _ground(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    """A soft ground with corners rounded where the span ends."""
    rect = QRectF(x + f.left, y + f.top, f.right - f.left, f.bottom - f.top)
    if f.open_left or f.open_right:
        painter.fillRect(rect, f.ground)
    else:
        painter.setPen(QPen(f.ground, 0))
        painter.setBrush(f.ground)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _bracket(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    """A line below, its ends rising where the span begins and ends."""
    left = int(x) + f.left + (0 if f.open_left else 1)
    right = int(x) + f.right - (0 if f.open_right else 1)
    bottom = int(y) + f.bottom
    painter.fillRect(left, bottom - f.thick, right - left, f.thick, f.line)
    if not f.open_left:
        painter.fillRect(left, bottom - f.tick, f.thick, f.tick, f.line)
    if not f.open_right:
        painter.fillRect(right - f.thick, bottom - f.tick, f.thick, f.tick, f.line)


def _box(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    """A thin box, open where the span goes on."""
    outline(painter, f, x, y, QPen(f.line, f.thin), 0)


def _double(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    """Two lines along the lower edge."""
    left, width, bottom = int(x) + f.left + 1, f.right - f.left - 2, int(y) + f.bottom
    painter.fillRect(left, bottom - f.thin, width, f.thin, f.line)
    painter.fillRect(left, bottom - 3 * f.thin - 1, width, f.thin, f.line)


def _dashed_line(painter: QPainter, f: Fragment, left: int, right: int, top: int, thick: int) -> None:
    """Dashes of whole pixels, the last one ending where the line does."""
    dash, gap = max(4, f.tick), max(3, f.tick * 3 // 5)
    x = left
    while x < right:
        painter.fillRect(x, top, min(dash, right - x), thick, f.line)
        x += dash + gap


def _dashed_bracket(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    left = int(x) + f.left + (0 if f.open_left else 1)
    right = int(x) + f.right - (0 if f.open_right else 1)
    bottom = int(y) + f.bottom
    _dashed_line(painter, f, left, right, bottom - f.thick, f.thick)
    if not f.open_right:
        painter.fillRect(right - f.thin, bottom - f.tick, f.thin, f.tick, f.line)
    if not f.open_left:
        painter.fillRect(left, bottom - f.tick, f.thin, f.tick, f.line)
        _hollow(painter, f, left + f.thin / 2, bottom - f.tick)


def _dashed_box(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    pen = QPen(f.line, f.thin)
    pen.setDashPattern([3.5, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    outline(painter, f, x, y, pen, 0)
    if not f.open_left:
        _hollow(painter, f, x + f.left, y + f.top + 1)


def _dashed_double(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    left, right, bottom = int(x) + f.left + 1, int(x) + f.right - 1, int(y) + f.bottom
    _dashed_line(painter, f, left, right, bottom - f.thin, f.thin)
    _dashed_line(painter, f, left, right, bottom - 3 * f.thin - 1, f.thin)
    if not f.open_left:
        _hollow(painter, f, left, bottom - 2 * f.thin - 0.5)


def _hollow(painter: QPainter, f: Fragment, x: float, y: float) -> None:
    """The small hollow mark at the start of a suggestion."""
    radius = max(2.5, f.tick * 0.6)
    painter.setPen(QPen(f.line, max(1.2, f.thin * 1.2)))
    painter.setBrush(f.paper)
    painter.drawEllipse(QPointF(x, y), radius, radius)


def outline(painter: QPainter, f: Fragment, x: float, y: float, pen: QPen, grow: float) -> None:
    """A rounded frame `grow` pixels around a fragment, open where the span goes on."""
    half = pen.widthF() / 2
    rect = QRectF(x + f.left, y + f.top, f.right - f.left, f.bottom - f.top).adjusted(-grow, -grow, grow, grow)
    rect = rect.adjusted(half, half, -half, -half)
    painter.setPen(pen)
    painter.setBrush(QColor(0, 0, 0, 0))
    if not (f.open_left or f.open_right):
        painter.drawRoundedRect(rect, 3, 3)
    else:
        painter.drawPath(_open_frame(rect, f.open_left, f.open_right))


def _open_frame(rect: QRectF, open_left: bool, open_right: bool) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(rect.topLeft())
    path.lineTo(rect.topRight())
    (path.moveTo if open_right else path.lineTo)(rect.bottomRight())
    path.lineTo(rect.bottomLeft())
    if not open_left:
        path.lineTo(rect.topLeft())
    return path


SHAPES = {
    "bracket": Shape(first_lane=1, under=_nothing, over=_bracket, offered=_dashed_bracket),
    "box": Shape(first_lane=0, under=_ground, over=_box, offered=_dashed_box),
    "double": Shape(first_lane=0, under=_ground, over=_double, offered=_dashed_double),
}


def shape_named(name: str) -> Shape:
    """The shape called `name`; an unknown one is a box."""
    return SHAPES.get(name, SHAPES["box"])
