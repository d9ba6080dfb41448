"""A report in the list, painted in two lines: the title; place, year, count and status."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.rows import ReportRow
from annotator.services.status_names import status_name
from annotator.ui import look
from annotator.ui.report_list.model import ROW_ROLE
from annotator.ui.rows_view import RowsView
from annotator.ui.theme import Theme, readable
from annotator.ui.widgets import paint_focus, small

_MARGIN = 10
_PAD = 7


class ReportDelegate(QStyledItemDelegate):
    """Paints rows of equal height. `current` is the id of the open report; `several` are selected where that is set."""

    current: int | None = None
    several = False

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        below = QFontMetrics(small(option.font))
        return QSize(100, option.fontMetrics.height() + below.height() + 2 * _PAD + 6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        theme = look.theme()
        box = option.rect.adjusted(_MARGIN, 2, -_MARGIN, -2)
        open_now = row.id == self.current
        one_of_several = self.several and self._view.selectionModel().isSelected(index)
        ground = theme.row if open_now or one_of_several else theme.panel
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if open_now or one_of_several:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(box), 5, 5)
        if self._view.stands_on(index):
            paint_focus(painter, QRectF(box).adjusted(1, 1, -1, -1), theme.accent)
        inner = box.adjusted(9, _PAD - 2, -9, -(_PAD - 2))
        self._first_line(painter, option, inner, row.title, theme)
        self._second_line(painter, option, inner, row, theme, ground)
        painter.restore()

    @staticmethod
    def _first_line(painter: QPainter, option: QStyleOptionViewItem, box: QRect, title: str, theme: Theme) -> None:
        painter.setFont(option.font)
        painter.setPen(QColor(theme.text))
        line = QRect(box.left(), box.top(), box.width(), option.fontMetrics.height())
        cut = option.fontMetrics.elidedText(" ".join(title.split()), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, cut)

    @staticmethod
    def _second_line(
        painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: ReportRow, theme: Theme, ground: str
    ) -> None:
        font = small(option.font)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        line = QRect(box.left(), box.bottom() - metrics.height() + 1, box.width(), metrics.height())
        state = status_name(row.status)
        painter.setPen(QColor(readable(status_colour(row.status, theme), ground, theme.text)))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, state)
        dim = QColor(readable(theme.dim, ground, theme.text))
        painter.setPen(dim)
        right = line.adjusted(0, 0, -metrics.horizontalAdvance(state) - 5, 0)
        count = _("{n} spans", n=row.spans)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        left = right.adjusted(0, 0, -metrics.horizontalAdvance(count) - 8, 0)
        known = " · ".join(part for part in (row.place, str(row.year or "")) if part)
        cut = metrics.elidedText(known, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, cut)


def status_colour(status: str, theme: Theme) -> str:
    """The colour a status is written in; its words say the same."""
    if status == Status.DONE:
        return theme.success
    if status == Status.FLAGGED:
        return theme.warning
    return theme.dim if status == Status.SKIPPED else theme.accent
