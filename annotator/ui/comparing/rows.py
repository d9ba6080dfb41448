"""A difference in two lines: what it is and where; its words, the first side's range above them, the other's below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.services.evaluating import Row
from annotator.ui import look
from annotator.ui.comparing import wording
from annotator.ui.comparing.marks import colours
from annotator.ui.comparing.model import ROW_ROLE, Differences
from annotator.ui.rows_view import RowsView
from annotator.ui.theme import readable
from annotator.ui.widgets import half_bold, paint_focus, small

_MARGIN, _SIGN = 8, 16


class DifferenceDelegate(QStyledItemDelegate):
    """Paints rows of `Differences`."""

    def __init__(self, view: RowsView, model: Differences) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, option.fontMetrics.height() + QFontMetrics(small(option.font)).height() + 18)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(ROW_ROLE)
        theme = look.theme()
        ground = theme.row if self._view.selectionModel().isSelected(index) else theme.ground
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, QColor(ground))
        box = option.rect.adjusted(_MARGIN, 3, -_MARGIN, -3)
        self._sign(painter, option, box, row, ground)
        inner = box.adjusted(_SIGN + 10, 0, 0, 0)
        self._head(painter, option, inner, row, ground)
        self._words(painter, option, inner, row)
        if self._view.stands_on(index):
            paint_focus(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), theme.accent)
        painter.restore()

    @staticmethod
    def _sign(painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: Row, ground: str) -> None:
        theme = look.theme()
        place = QRectF(box.left(), box.top() + 2, _SIGN, _SIGN)
        painter.setPen(QPen(QColor(readable(theme.warning, ground, theme.text)), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 3, 3)
        painter.setFont(half_bold(small(option.font, 1.5)))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, wording.SIGNS[row.difference.kind])

    def _head(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: Row, ground: str) -> None:
        theme, elide = look.theme(), Qt.TextElideMode.ElideRight
        font, metrics = small(option.font), QFontMetrics(small(option.font))
        words = f"{wording.kind_title(row.difference.kind)} · {wording.about(row, self._model.schema)}"
        left = QRect(box.left(), box.top(), box.width() * 6 // 10, metrics.height())
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(words, elide, left.width() - 8))
        right = QRect(left.right(), box.top(), box.width() - left.width(), metrics.height())
        painter.setPen(QColor(readable(theme.dim, ground, theme.text)))
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(row.title, elide, right.width()))

    @staticmethod
    def _words(painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: Row) -> None:
        theme, drawn = look.theme(), wording.picture(row)
        metrics = option.fontMetrics
        line = QRect(box.left(), box.bottom() - metrics.height() - 3, box.width(), metrics.height())
        painter.setFont(option.font)
        painter.setPen(QColor(theme.text))
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(drawn.text, Qt.TextElideMode.ElideRight, line.width()),
        )
        for found, y, colour, style in zip(
            (drawn.gold, drawn.predicted),
            (line.top() - 0.5, line.bottom() + 2.5),
            colours(theme),
            (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine),
            strict=True,
        ):
            if found is None:
                continue
            a, b = (line.left() + metrics.horizontalAdvance(drawn.text[:at]) for at in found)
            a, b = min(a, line.right()), min(b, line.right())
            painter.setPen(QPen(QColor(colour), 2, style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(a, y), QPointF(b, y))
            painter.setPen(QPen(QColor(colour), 1.5))
            for x in (a, b):
                painter.drawLine(QPointF(x, y), QPointF(x, y + (4 if y < line.center().y() else -4)))
