"""Rows of two lines in a soft box, as lists of questions and findings have them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui import look
from annotator.ui.rows_view import RowsView
from annotator.ui.theme import readable
from annotator.ui.widgets import paint_focus, small

MARGIN = 10


class TwoLineDelegate(QStyledItemDelegate):
    """Paints the box of a row and hands the inside to `paint_inside`; has the two lines painted on request."""

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, option.fontMetrics.height() + QFontMetrics(small(option.font)).height() + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = look.theme()
        ground = theme.row if self._view.currentIndex().row() == index.row() else theme.ground
        box = option.rect.adjusted(MARGIN, 2, -MARGIN, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(box), 3, 3)
        if self._view.stands_on(index):
            paint_focus(painter, QRectF(box).adjusted(1, 1, -1, -1), theme.accent)
        self.paint_inside(painter, option, box, index, ground)
        painter.restore()

    def paint_inside(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        ground: str,
    ) -> None:
        """What stands in the box of a row, whose colour is `ground`: its words alone."""
        self.paint_lines(painter, option, box.adjusted(9, 5, -9, -5), ground, index.data(), "")

    @staticmethod
    def paint_lines(
        painter: QPainter, option: QStyleOptionViewItem, box: QRect, ground: str, first: str, second: str, end: str = ""
    ) -> None:
        """`first` over a dim and smaller `second`, cut where they do not fit; `end` stands at the second one's end."""
        theme, elide = look.theme(), Qt.TextElideMode.ElideRight
        painter.setFont(option.font)
        painter.setPen(QColor(theme.text))
        above = QRect(box.left(), box.top(), box.width(), option.fontMetrics.height())
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, option.fontMetrics.elidedText(first, elide, box.width()))
        font = small(option.font)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(readable(theme.dim, ground, theme.text)))
        below = QRect(box.left(), box.bottom() - metrics.height() + 1, box.width(), metrics.height())
        if end:
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, end)
            below.setWidth(below.width() - metrics.horizontalAdvance(end) - 8)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(second, elide, below.width()))
