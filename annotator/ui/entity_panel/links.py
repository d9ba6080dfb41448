"""The links of the selected span in the editor: the measure it lies in, and what it is linked to, with direction."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.report import Status
from annotator.domain.span import Span
from annotator.messages import _
from annotator.services.edits import short
from annotator.services.open_report import OpenReport
from annotator.services.wording import label_title, relation_title
from annotator.ui import icons, look
from annotator.ui.controller import Controller
from annotator.ui.rows_view import RowsView
from annotator.ui.theme import label_text_colour, readable
from annotator.ui.translation import Worded
from annotator.ui.widgets import paint_focus, small

Index = QModelIndex | QPersistentModelIndex
LINK_ROLE = Qt.ItemDataRole.UserRole + 1
#: More rows than this scroll.
_SHOWN = 5
_CROSS = 22


class LinkRow(NamedTuple):
    """One line: the link's words, the other end, and the relation's uid ("" for containment, which nobody deletes)."""

    words: str
    other: Span
    relation: str = ""


class LinkModel(QAbstractListModel):
    """What one span is linked to."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: list[LinkRow] = []
        self._report: OpenReport | None = None

    def show(self, report: OpenReport | None, rows: list[LinkRow]) -> None:
        """List these links."""
        self.beginResetModel()
        self._report, self.rows = report, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == LINK_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        return None


class LinksBox(Worded, QWidget):
    """The list with its title, and the button that makes a link."""

    left = Signal()
    wanted = Signal()  # a link is to be made

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.model = LinkModel(self)
        self.title = QLabel()
        self.view = _List()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(controller, self.view))
        self.add = QToolButton()
        self.add.setAutoRaise(True)
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.view)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self.wanted)
        self.view.left.connect(self.left)
        self.view.gone_to.connect(self._go)
        self.view.deleted.connect(self.delete)
        controller.selectedChanged.connect(self.load)
        for changed in (controller.spansChanged, controller.relatedChanged):
            changed.connect(lambda _changes: self.load())
        controller.statusChanged.connect(self.load)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.title.setText(_("Links"))
        self.title.setFont(small(self.font()))
        self.view.setAccessibleName(_("Links"))
        self.add.setText(_("＋ Link…"))
        self.add.setToolTip(_("Link the span to another one"))
        self.load()

    def load(self) -> None:
        """Show the links of the selected span as they are now."""
        controller = self._controller
        spans, report = controller.selected_spans(), controller.report
        rows = link_rows(controller, report, spans[0]) if report and len(spans) == 1 else []
        self.model.show(report, rows)
        editable = report is not None and controller.writable and report.status != Status.DONE
        can_add = editable and len(spans) == 1 and _begins(controller, spans[0])
        self.view.editable = editable
        self.view.setVisible(bool(rows))
        self.view.fit(min(len(rows), _SHOWN))
        if rows and self.view.hasFocus():
            self.view.setCurrentIndex(self.model.index(0))  # the keys need a row to stand on
        self.add.setVisible(can_add)
        self.setVisible(bool(rows) or can_add)

    def delete(self, row: LinkRow) -> None:
        """Take a link away."""
        if row.relation:
            self._controller.edit(lambda editor, report: editor.unrelate(report, [row.relation]))
        else:
            self._controller.said.emit(_("The one lies inside the other: no link that could be taken away."))

    def _go(self, row: LinkRow) -> None:
        self._controller.select([row.other.uid], reveal=True)


def _begins(controller: Controller, span: Span) -> bool:
    return any(not kind.heads or span.label in kind.heads for kind in controller.schema.relations)


def link_rows(controller: Controller, report: OpenReport, span: Span) -> list[LinkRow]:
    """What a span lies in, and its links out and in."""
    schema = controller.schema
    rows = []
    parent = report.parent(span)
    if parent is not None:
        label = label_title(schema, parent.label)
        rows.append(LinkRow(_("in {label} “{text}”", label=label, text=short(report, parent)), parent))
    for relation in report.relations.values():
        out = relation.head == span.uid
        other = report.spans.get(relation.child if out else relation.head)
        if other is None or span.uid not in (relation.head, relation.child):
            continue
        arrow, kind = "→" if out else "←", relation_title(schema, relation.label)
        words = f"{arrow} {kind} · {label_title(schema, other.label)} “{short(report, other)}”"
        rows.append(LinkRow(words, other, relation.uid))
    return rows


class _List(RowsView):
    """Enter or a click goes to the other end, Delete or the cross takes the link away, Esc leaves."""

    left = Signal()
    gone_to = Signal(object)
    deleted = Signal(object)
    editable = True

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.viewport().setMouseTracking(True)

    def fit(self, rows: int) -> None:
        """Be as high as so many rows."""
        self.setFixedHeight(max(1, rows) * self.verticalHeader().defaultSectionSize())

    def _row(self, index: QModelIndex) -> LinkRow | None:
        row = index.data(LINK_ROLE) if index.isValid() else None
        return row if isinstance(row, LinkRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._row(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row:
            self.gone_to.emit(row)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row and self.editable:
            self.deleted.emit(row)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        row = self._row(self.indexAt(point))
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.editable and row.relation and self.on_cross(point):
            self.deleted.emit(row)
        else:
            self.gone_to.emit(row)

    def on_cross(self, point: QPoint) -> bool:
        """Whether a point lies on the cross at a row's right."""
        return point.x() >= self.viewport().width() - _CROSS

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


class _Delegate(QStyledItemDelegate):
    """A link's words in the colour of the other end's label, and a cross where it can be taken away."""

    def __init__(self, controller: Controller, view: _List) -> None:
        super().__init__(view)
        self._controller, self._view = controller, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: LinkRow = index.data(LINK_ROLE)
        theme = look.theme()
        painter.save()
        painter.setFont(option.font)
        removable = bool(row.relation) and self._view.editable
        box = option.rect.adjusted(4, 0, -(_CROSS + 2 if removable else 4), 0)
        label = self._controller.schema.label(row.other.label)
        colour = label_text_colour(label, theme, theme.panel) if row.relation else theme.dim
        painter.setPen(QColor(readable(colour, theme.panel, theme.text)))
        words = option.fontMetrics.elidedText(row.words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        if removable:
            size = 14
            at = QPoint(option.rect.right() - _CROSS + 4, option.rect.center().y() - size // 2)
            painter.drawPixmap(at, icons.pixmap("close", theme.dim, size))
        if self._view.hasFocus() and self._view.currentIndex() == index:
            paint_focus(painter, option.rect.toRectF().adjusted(1, 1, -1, -1), theme.accent)
        painter.restore()
