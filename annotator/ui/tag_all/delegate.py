"""One hit in one line: its tick, the words in their context with the hit in the middle, and why not, or where."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.schema import Label
from annotator.services.repeats import Hit
from annotator.ui import look
from annotator.ui.rows_view import RowsView
from annotator.ui.tag_all.model import HIT_ROLE, PLACE_ROLE
from annotator.ui.theme import Theme, label_colour, label_text_colour, mix, readable, soft
from annotator.ui.widgets import half_bold, paint_focus, small

_MARGIN = 8
_TICK = 14
#: Of the width, what the words in their context take.
_CONTEXT = 0.62


class HitDelegate(QStyledItemDelegate):
    """Paints hits; `label` is what they would become."""

    label: Label | None = None

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, max(26, option.fontMetrics.height() + 8))

    def tick_box(self, rect: QRect) -> QRect:
        """Where the tick stands in a row."""
        return QRect(rect.left() + _MARGIN + 4, rect.center().y() - _TICK // 2, _TICK, _TICK)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(HIT_ROLE)
        theme = look.theme()
        chosen = self._view.selectionModel().isSelected(index)
        ground = theme.row if chosen else theme.ground
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, QColor(ground))
        _paint_tick(painter, QRectF(self.tick_box(option.rect)), hit, theme, ground)
        inner = option.rect.adjusted(_MARGIN + _TICK + 14, 0, -_MARGIN, 0)
        context = QRect(inner.left(), inner.top(), round(inner.width() * _CONTEXT), inner.height())
        self._context(painter, option, context, hit, theme, ground)
        about = QRect(context.right() + 12, inner.top(), inner.right() - context.right() - 12, inner.height())
        _about(painter, option, about, hit, index.data(PLACE_ROLE), theme, ground)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            paint_focus(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), theme.accent)
        painter.restore()

    def _context(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, hit: Hit, theme: Theme, ground: str
    ) -> None:
        """Words before, the hit, words after: all hits stand in one column."""
        bold = half_bold(option.font)
        strong, plain = QFontMetrics(bold), option.fontMetrics
        words = strong.elidedText(hit.words, Qt.TextElideMode.ElideMiddle, box.width() // 2)
        width = strong.horizontalAdvance(words)
        left = box.left() + max(0, round(box.width() * 0.45) - width // 2)
        middle = QRect(left, box.top(), width, box.height())
        before = QRect(box.left(), box.top(), left - box.left() - 3, box.height())
        after = QRect(middle.right() + 4, box.top(), box.right() - middle.right() - 4, box.height())
        painter.setFont(option.font)
        painter.setPen(QColor(readable(theme.dim, ground, theme.text)))
        cut = plain.elidedText(hit.before, Qt.TextElideMode.ElideLeft, before.width())
        painter.drawText(before, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cut)
        cut = plain.elidedText(hit.after, Qt.TextElideMode.ElideRight, after.width())
        painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, cut)
        under = soft(label_colour(self.label, theme), theme)
        painter.fillRect(middle.adjusted(-2, 4, 2, -4), QColor(under))
        painter.setFont(bold)
        painter.setPen(QColor(label_text_colour(self.label, theme, under)))
        painter.drawText(middle, Qt.AlignmentFlag.AlignVCenter, words)


def _about(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, hit: Hit, place: str, theme: Theme, ground: str
) -> None:
    """What speaks against the hit, and where it stands."""
    font = small(option.font)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    reason = hit.reason_words()
    if reason:
        painter.setPen(QColor(readable(theme.warning, ground, theme.text)))
        cut = metrics.elidedText(f"⚠ {reason}", Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)
        box = box.adjusted(metrics.horizontalAdvance(cut) + 8, 0, 0, 0)
    painter.setPen(QColor(readable(theme.dim, ground, theme.text)))
    cut = metrics.elidedText(place, Qt.TextElideMode.ElideRight, max(0, box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cut)


def _paint_tick(painter: QPainter, box: QRectF, hit: Hit, theme: Theme, ground: str) -> None:
    """A box with a tick, an empty one, or a dash where nothing can be tagged."""
    able = hit.can_be_tagged
    edge = readable(theme.dim, ground, theme.text) if able else mix(theme.dim, ground, 0.5)
    painter.setPen(QPen(QColor(theme.accent if hit.ticked else edge), 1.3))
    painter.setBrush(QColor(theme.accent) if hit.ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
    if hit.ticked:
        painter.setPen(QPen(QColor(theme.on_accent), 2))
        points = ((0.22, 0.52), (0.43, 0.74), (0.80, 0.28))
        painter.drawPolyline(QPolygonF([QPointF(box.x() + x * _TICK, box.y() + y * _TICK) for x, y in points]))
    elif not able:
        painter.drawLine(QPointF(box.left() + 4, box.center().y()), QPointF(box.right() - 4, box.center().y()))
