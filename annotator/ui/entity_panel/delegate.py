"""A span in the panel: one line with the label's edge, its text, its understood value."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.deciding import UNSEEN
from annotator.domain.schema import Label, LabelSchema
from annotator.domain.span import Span
from annotator.ui import look
from annotator.ui.entity_panel.grouping import PATH
from annotator.ui.entity_panel.model import COUNT_ROLE, DEPTH_ROLE, SPAN_ROLE, VALUE_ROLE
from annotator.ui.rows_view import RowsView
from annotator.ui.theme import label_colour, readable
from annotator.ui.widgets import half_bold, paint_focus, small

_MARGIN = 10
_INDENT = 16
#: The row's height in pixels, unless the font needs more.
ROW = 26


class SpanDelegate(QStyledItemDelegate):
    """Paints rows of equal height."""

    schema = LabelSchema()
    #: The sign of a span that is not certain.
    doubt = "?"

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, max(ROW, option.fontMetrics.height() + 8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        span: Span | None = index.data(SPAN_ROLE)
        if span is None:
            self._line(painter, option, index)
            return
        theme = look.theme()
        selected = self._view.selectionModel().isSelected(index)
        ground = theme.row if selected else theme.ground
        box = option.rect.adjusted(_MARGIN, 1, -_MARGIN, -1)
        label = self.schema.label(span.label)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 1.5) if selected else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
        inner = box.adjusted(13 + _INDENT * index.data(DEPTH_ROLE), 0, -9, 0)
        colour = label_colour(label, theme)
        paint_edge(painter, QRectF(inner.left() - 10, box.top() + 3, 5, box.height() - 6), label, colour)
        value = index.data(VALUE_ROLE)
        if UNSEEN in span.proposed or (value and span.proposed):
            value = f"{'◎' if UNSEEN in span.proposed else '○'} {value}".rstrip()
        taken = self._value(painter, option, inner, value, label, ground, unseen=bool(span.proposed))
        self._text(painter, option, inner.adjusted(0, 0, -taken, 0), span, index, ground)
        if not selected and self._view.stands_on(index):
            paint_focus(painter, QRectF(box).adjusted(1, 1, -1, -1), theme.accent)
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """A group's line: its title, its number at the right, on no ground."""
        theme = look.theme()
        box = option.rect.adjusted(_MARGIN + 2, 2, -_MARGIN - 9, 0)
        painter.save()
        painter.setFont(small(half_bold(option.font), 0.5))
        painter.setPen(QColor(readable(theme.dim, theme.panel, theme.text)))
        count = str(index.data(COUNT_ROLE))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(count) - 10)
        words, metrics = index.data(), painter.fontMetrics()
        if metrics.horizontalAdvance(words) > box.width():  # of a path, the innermost heading says most
            words = words.rsplit(PATH, 1)[-1]
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()

    def _value(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        value: str,
        label: Label | None,
        ground: str,
        *,
        unseen: bool,
    ) -> int:
        """Paint the value at the right, italic while nobody has seen it; returns the width it takes."""
        if not value:
            return 0
        theme = look.theme()
        font = small(option.font, 1.0)
        font.setItalic(unseen)
        painter.setFont(font)
        strong = label is not None and label.attribute("value") is not None
        colour = label_colour(label, theme) if strong else theme.dim
        painter.setPen(QColor(readable(colour, ground, theme.text)))
        cut = painter.fontMetrics().elidedText(value, Qt.TextElideMode.ElideRight, box.width() // 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cut)
        return painter.fontMetrics().horizontalAdvance(cut) + 10

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        span: Span,
        index: QModelIndex | QPersistentModelIndex,
        ground: str,
    ) -> None:
        theme = look.theme()
        painter.setFont(option.font)
        marks = (self.doubt if not span.certain else "") + ("✎" if span.note else "")
        if marks:
            painter.setPen(QColor(readable(theme.warning, ground, theme.text)))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, marks)
            box = box.adjusted(0, 0, -option.fontMetrics.horizontalAdvance(marks) - 6, 0)
        painter.setPen(QColor(theme.text))
        cut = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)


def paint_edge(painter: QPainter, box: QRectF, label: Label | None, colour: str) -> None:
    """The label at the edge of its row: its shape stood on end, so that colour is not alone."""
    shape = label.shape if label else "box"
    painter.setPen(QPen(QColor(colour), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape == "bracket":
        painter.drawPolyline(
            [
                QPointF(box.right(), box.top() + 1),
                QPointF(box.left() + 1, box.top() + 1),
                QPointF(box.left() + 1, box.bottom() - 1),
                QPointF(box.right(), box.bottom() - 1),
            ]
        )
    elif shape == "double":
        painter.setPen(QPen(QColor(colour), 1.5))
        for x in (box.left() + 0.75, box.left() + 4.25):
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box, 2, 2)
