"""The page of the history: what was done, by whom, when; to go there, and to make the report what it was."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.domain.errors import KnownError
from annotator.messages import _
from annotator.services import history
from annotator.services.history import Entry, Mark
from annotator.services.wording import step_words
from annotator.ui import look
from annotator.ui.choices import Choices
from annotator.ui.controller import Controller
from annotator.ui.history.model import DETAIL_ROLE, ENTRY_ROLE, HistoryModel
from annotator.ui.list_page import ListPage
from annotator.ui.rows_view import RowsView
from annotator.ui.theme import readable
from annotator.ui.two_lines import MARGIN
from annotator.ui.widgets import half_bold, paint_focus, small


class HistoryPage(ListPage):
    """The steps of the report or of the project."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._stale = True
        self.model = HistoryModel(self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.scope = Choices()
        self.restore_button = QPushButton()
        below = QWidget()
        foot = QHBoxLayout(below)
        foot.setContentsMargins(MARGIN, 0, MARGIN, 8)
        foot.addWidget(self.restore_button, 1)
        self.lay_out(self.model, _Delegate, (self.scope,), below)

    def _connect(self) -> None:
        controller = self._controller
        self.scope.activated.connect(lambda _position: self.reload())
        self.view.doubleClicked.connect(self._go)
        self.view.entered_row.connect(lambda index, _shift: self._go(index))
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self.restore_button.clicked.connect(self.restore)
        for signal in (controller.historyChanged, controller.reportChanged, controller.projectChanged):
            signal.connect(self._changed)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("History"))
        self.view.setAccessibleName(_("History"))
        self.scope.setAccessibleName(_("History of"))
        chosen = max(0, self.scope.currentIndex())
        self.scope.clear()
        self.scope.addItems([_("This report"), _("The whole project")])
        self.scope.setCurrentIndex(chosen)
        self.restore_button.setText(_("Restore to this point"))
        self.restore_button.setToolTip(
            _("Takes back all you did on this report after the step, as one step that can be undone itself.")
        )
        self._changed()

    # ---- showing --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _changed(self) -> None:
        """What nobody looks at is read when somebody does."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the newest steps; one stays where one was."""
        self._stale = False
        current, report = self.current(), self._controller.report
        is_of_one = self.scope.currentIndex() == 0
        session = self._controller.session if not is_of_one or report is not None else None
        self.model.show(session, report.id if is_of_one and report else None)
        row = self.model.row_of(current.step.uid) if current else None
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))
        self.show_list(_("Nothing was done here yet."))
        self._enable()

    def current(self) -> Entry | None:
        """The step one stands on."""
        index = self.view.currentIndex()
        return self.model.entry(index.row()) if index.isValid() else None

    def _enable(self) -> None:
        entry = self.current()
        able = entry is not None and self._controller.writable and self._controller.report is not None
        self.restore_button.setEnabled(able)

    # ---- going there, and back in time ----------------------------------------------------------

    def _go(self, index: QModelIndex) -> None:
        """Show the place of a step, in its report."""
        entry, session = self.model.entry(index.row()), self._controller.session
        if entry is None or session is None:
            return
        try:
            if entry.step.report is not None:
                self._controller.open_report(entry.step.report)
            self._controller.show_changes(session.store.history.changes(entry.step))
        except KnownError as error:
            self._controller.presenter.show(error)

    def restore(self) -> None:
        """Make the report what it was right after the step one stands on."""
        entry, session, report = self.current(), self._controller.session, self._controller.report
        if entry is None or session is None or report is None:
            return
        try:
            target = history.report_of(entry.step, report.id)
            self._controller.open_report(target)
            done = history.restore(session, target, entry.step.uid)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        words = _("The report is as it was then already.")
        self._controller.said.emit(step_words(done.step.wording, session.schema) if done else words)


class _Delegate(QStyledItemDelegate):
    """A step in two lines: what, struck through where it was taken back; when, by whom. A day in one."""

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, option.fontMetrics.height() + QFontMetrics(small(option.font)).height() + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry | None = index.data(ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(MARGIN, 1, -MARGIN, -1)
        if entry is None:
            self._day(painter, option, box, index.data())
        else:
            self._step(painter, option, box, entry, index)
        painter.restore()

    @staticmethod
    def _day(painter: QPainter, option: QStyleOptionViewItem, box: QRect, words: str) -> None:
        theme = look.theme()
        painter.setFont(small(half_bold(option.font), 0.5))
        painter.setPen(QColor(readable(theme.dim, theme.panel, theme.text)))
        painter.drawText(box.adjusted(2, 0, 0, -5), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)

    def _step(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        entry: Entry,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = look.theme()
        selected = self._view.selectionModel().isSelected(index)
        ground = theme.row if selected else theme.ground
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(box), 3, 3)
        inner = box.adjusted(9, 3, -9, -3)
        taken_back = entry.mark == Mark.UNDONE
        font = option.font
        font.setStrikeOut(taken_back)
        painter.setFont(font)
        dim = readable(theme.dim, ground, theme.text)
        painter.setPen(QColor(dim if taken_back or entry.step.undoes else theme.text))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, words)
        font.setStrikeOut(False)
        painter.setFont(small(font))
        painter.setPen(QColor(dim))
        cut = painter.fontMetrics().elidedText(index.data(DETAIL_ROLE), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, cut)
        if self._view.stands_on(index):
            paint_focus(painter, QRectF(box).adjusted(1, 1, -1, -1), theme.accent)
