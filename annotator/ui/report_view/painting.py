"""Paints laid-out pieces: grounds, selection, text, shapes, frames, marks, names, caret, in this order.

A `Scene` says what to paint; nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.domain.deciding import UNSEEN
from annotator.domain.find import Matches
from annotator.ui.report_view.fragments import Shapes
from annotator.ui.report_view.layouts import Block
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.paragraphs import TEXT
from annotator.ui.report_view.shapes import Fragment, outline

#: More matches than this in a row stand side by side.
_CLOSE: Final = 12


class Scene(NamedTuple):
    """What is special at the moment: the selection, the selected and the pointed span, whose names show, what was
    found, with the number of the match one stands at, and the suggestion one stands at.
    """

    look: Look
    selection: tuple[int, int]
    selected: str | None
    hovered: str | None
    chips: bool
    matches: Matches | None = None
    match: int | None = None
    offer: str | None = None


class Placed(NamedTuple):
    """A laid-out piece at its place in the viewport."""

    block: Block
    x: int
    y: int


def paint_block(painter: QPainter, placed: Placed, scene: Scene, clip: QRect) -> None:
    """Paint the rows of one piece that `clip` touches."""
    block, _x, y = placed
    overhang = scene.look.metrics.em
    first, last = block.row_at_y(clip.top() - overhang - y), block.row_at_y(clip.bottom() + overhang - y)
    for row in range(first, last + 1):
        _paint_row(painter, placed, row, scene)


def _paint_row(painter: QPainter, placed: Placed, row: int, scene: Scene) -> None:
    block, x, y = placed[0], placed[1], placed[2] + placed[0].tops[row]
    fragments = _shapes(block).rows[row] if block.shapes else ()
    for fragment in fragments:
        if not fragment.is_offer:
            fragment.shape.under(painter, fragment, x, y)
    if scene.matches:
        _paint_matches(painter, placed, row, scene, scene.matches)
    _paint_selection(painter, placed, row, scene)
    painter.setPen(scene.look.text if block.piece.kind == TEXT else scene.look.furniture)
    block.draw_row(painter, row, x, y)
    for fragment in fragments:
        (fragment.shape.offered if fragment.is_offer else fragment.shape.over)(painter, fragment, x, y)


def _shapes(block: Block) -> Shapes:
    assert isinstance(block.shapes, Shapes)
    return block.shapes


def _paint_selection(painter: QPainter, placed: Placed, row: int, scene: Scene) -> None:
    block = placed.block
    start, end = scene.selection
    bounds = block.rows[row]
    if start >= end or end <= bounds.start or start > bounds.end or (start == bounds.end and bounds.wraps):
        return
    left, right = block.extent(max(start, bounds.start), min(end, bounds.end), row)
    if end > bounds.end and not bounds.wraps:
        right += scene.look.metrics.em * 0.4  # the line break is selected too
    lengths = scene.look.metrics
    top, bottom = (0, block.height) if block.is_low else (lengths.em_top - 4, lengths.lane(0) + 1)
    y = placed.y + block.tops[row]
    painter.fillRect(QRectF(placed.x + left, y + top, right - left, bottom - top), scene.look.selection)


def _paint_matches(painter: QPainter, placed: Placed, row: int, scene: Scene, matches: Matches) -> None:
    """A ground with an edge under what was found; a strong edge around the match one stands at."""
    look, current = scene.look, None
    others: list[QRectF] = []
    for number, area in _match_areas(placed, row, look, matches):
        if number == scene.match:
            current = area
        else:
            others.append(area)
    painter.setBrush(look.match)
    painter.setPen(QPen(look.match_edge, 1))
    if len(others) > _CLOSE:  # so close that nobody sees corners: drawn together, in a tenth of the time
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRects(others)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    else:
        for area in others:
            painter.drawRoundedRect(area, 2, 2)
    if current is not None:
        painter.setPen(QPen(look.text, 2))
        painter.drawRoundedRect(current, 2, 2)


def _match_areas(placed: Placed, row: int, look: Look, matches: Matches) -> Iterator[tuple[int, QRectF]]:
    """Where in a row matches stand, with their numbers; one that begins where another ends is measured once."""
    block = placed.block
    bounds = block.rows[row]
    top, height = placed.y + block.tops[row] + look.metrics.em_top - 2, look.metrics.em + 4
    reached, edge = -1, 0.0
    for number in matches.touching(bounds.start, max(bounds.end, bounds.start + 1)):
        start, end = max(matches[number][0], bounds.start), min(matches[number][1], bounds.end)
        left = edge if start == reached else block.extent(start, start, row)[0]
        right = block.extent(end, end, row)[1]
        reached, edge = end, right
        left, right = min(left, right), max(left, right)
        yield number, QRectF(placed.x + left, top, max(right - left, 3), height)


def _paint_sign(painter: QPainter, f: Fragment, x: float, y: float, look: Look, sign: str) -> None:
    """A small sign at the upper right corner of a span's end: it is uncertain, or in conflict."""
    disc = _corner(painter, f, x, y, look)
    painter.setFont(look.badge)
    painter.setPen(f.words)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, sign)


def _paint_unseen(painter: QPainter, f: Fragment, x: float, y: float, look: Look) -> None:
    """A small ring at the upper right corner of a span that nobody has looked at."""
    disc = _corner(painter, f, x, y, look)
    painter.setPen(QPen(f.words, 1.3))
    painter.setBrush(look.ground)
    painter.drawEllipse(disc.adjusted(1.5, 1.5, -1.5, -1.5))


def _corner(painter: QPainter, f: Fragment, x: float, y: float, look: Look) -> QRectF:
    """Room for a sign where a span ends."""
    size = look.metrics.small
    disc = QRectF(x + f.right - size * 0.45, y + f.top - size * 0.5, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.ground)
    painter.drawEllipse(disc)
    return disc


# ---- what lies over all rows ---------------------------------------------------------------------


def paint_overlays(painter: QPainter, placed: Placed, scene: Scene) -> None:
    """Paint marks, the frame of the selected span, and label names: after all pieces, for they reach into other rows."""
    block = placed.block
    if not block.shapes:
        return
    shapes = _shapes(block)
    for row, fragments in enumerate(shapes.rows):
        for fragment in fragments:
            _paint_overlay(painter, fragment, placed, row, scene)
    _paint_names(painter, placed, shapes, scene.look)


def _paint_overlay(painter: QPainter, f: Fragment, placed: Placed, row: int, scene: Scene) -> None:
    x, y = placed.x, placed.y + placed.block.tops[row]
    is_current = f.span.uid == scene.offer
    if f.span.uid == scene.selected:
        outline(painter, f, x, y, QPen(scene.look.accent, 2), 2)
    elif is_current:
        outline(painter, f, x, y, QPen(scene.look.accent, 2, Qt.PenStyle.DashLine), 3)
    if not f.open_right:
        if not f.span.certain:
            _paint_sign(painter, f, x, y, scene.look, "!" if f.is_offer else "?")
        elif UNSEEN in f.span.proposed:
            _paint_unseen(painter, f, x, y, scene.look)
    if scene.chips and not f.open_left and (is_current or f.span.uid in (scene.selected, scene.hovered)):
        _paint_chip(painter, f, x, y, placed.block.row_height(row), scene)


def _paint_chip(painter: QPainter, f: Fragment, x: float, y: float, height: int, scene: Scene) -> None:
    """The label's name under a span that is selected or pointed at; over other shapes, never over the next row's text."""
    look = scene.look
    label, size = look.label(f.span.label), look.metrics.small
    wanted = f.bottom + (3 if f.span.uid in (scene.selected, scene.offer) else 1)
    top = min(wanted, height + look.metrics.em_top + 1 - size)
    rect = QRectF(x + f.left + 1, y + top, label.title_width + 4, size)
    painter.fillRect(rect, look.ground)
    _paint_name(painter, label.title, f.words, rect.x() + 2, rect.y(), look)


def _paint_names(painter: QPainter, placed: Placed, shapes: Shapes, look: Look) -> None:
    for row, names in enumerate(shapes.names):
        y = placed.y + placed.block.tops[row]
        for fragment, left, top in names:
            title = look.label(fragment.span.label).title
            _paint_name(painter, title, fragment.words, placed.x + left, y + top, look)


def _paint_name(painter: QPainter, title: str, colour: QColor, x: float, y: float, look: Look) -> None:
    painter.setFont(look.small)
    painter.setPen(colour)
    painter.drawText(QPointF(x, y + round(look.metrics.small * 0.88)), title)


def paint_caret(painter: QPainter, rect: QRect, look: Look) -> None:
    """Paint the caret."""
    painter.fillRect(rect, look.text)
