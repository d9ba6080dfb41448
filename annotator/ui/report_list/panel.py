"""The left pane: project, filter, reports, numbers. Asks the controller to open what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QVBoxLayout, QWidget

from annotator.domain.errors import KnownError
from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.queue import WorkQueue
from annotator.ui.controller import Controller, project_title
from annotator.ui.report_list.delegate import ReportDelegate
from annotator.ui.report_list.filter_bar import FilterBar
from annotator.ui.report_list.model import ReportListModel
from annotator.ui.report_list.queue_bar import QueueBar
from annotator.ui.rows_view import RowsView
from annotator.ui.translation import Worded
from annotator.ui.widgets import ElidedLabel, half_bold, small


class ReportListPanel(Worded, QWidget):
    """The reports of the project."""

    ordered = Signal()  # they come in another order

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.queue: WorkQueue | None = None
        self._chosen = 0
        self.model = ReportListModel(self)
        self._build()
        self._connect()
        #: The key that goes to the filter, as the filter names it.
        self.filter_key = ""
        self.retranslate()

    def _build(self) -> None:
        self._title = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self._title.setFont(half_bold(self.font()))
        self.filter_bar = FilterBar(self._controller)
        self.filter = self.filter_bar.field
        self.view = _List()
        self.view.setModel(self.model)
        self._delegate = ReportDelegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(14, 8, 14, 0)
        self.numbers = QLabel()
        self.numbers.setFont(small(self.font()))
        self.numbers.setContentsMargins(12, 4, 12, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self.filter_bar)
        layout.addLayout(head)
        layout.addWidget(self._empty, 1)  # one of the two is shown, and takes the room
        layout.addWidget(self.view, 1)
        self.queue_bar = QueueBar()
        layout.addWidget(self.queue_bar)
        layout.addWidget(self.numbers)
        self.setTabOrder(self.filter, self.view)

    def _connect(self) -> None:
        self.filter_bar.changed.connect(self.apply_filter)
        self.filter_bar.entered.connect(self._open_first)
        self.filter_bar.left.connect(self.view.setFocus)
        self.queue_bar.chosen.connect(self.choose_order)
        self.view.clicked.connect(self._open_index)
        self.view.activated.connect(self._open_index)
        self.view.selectionModel().selectionChanged.connect(self._select)
        self.model.grown.connect(self._show_numbers)
        self.model.grown.connect(self._mark_current)
        controller = self._controller
        controller.projectChanged.connect(self.show_project)
        controller.reportChanged.connect(self._mark_current)
        controller.rowsChanged.connect(self._rows_changed)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Reports"))
        self.filter_bar.retranslate(self.filter_key)
        self.view.setAccessibleName(_("Reports"))
        self._show_numbers()
        self.view.viewport().update()

    # ---- filter ---------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def apply_filter(self) -> None:
        """List what the filter lets through."""
        self.filter_bar.settle()
        by_rank = self.queue is not None and not self.queue.in_file_order
        wanted = self.filter_bar.wanted()
        self.model.show(self._controller.session, wanted, self.queue.rank if self.queue and by_rank else None)

    # ---- reports --------------------------------------------------------------------------------

    def show_project(self) -> None:
        """List the reports of the project that is open now."""
        session = self._controller.session
        self._title.set_full(project_title(session.path) if session else "")
        self.queue = WorkQueue(session) if session else None
        self._show_order()
        self.filter_bar.reset()

    def neighbour(self, direction: int) -> int | None:
        """The report before (-1) or after (1) the open one in the list as it is filtered."""
        report = self._controller.report
        return self.model.neighbour(report.id if report else None, direction)

    def next_unfinished(self, after: int | None = None) -> int | None:
        """The next report that is neither done nor skipped, behind the open one or `after`; after the last the first."""
        if after is None and self._controller.report is not None:
            after = self._controller.report.id
        return self.queue.first_unfinished(self.model.from_here(after)) if self.queue else None

    # ---- order ----------------------------------------------------------------------------------

    def choose_order(self, order: str, seed: int = -1) -> None:
        """Let the reports come in another order; a random one without a seed (-1) draws a new one."""
        if self.queue is None:
            return
        try:
            self.queue.choose(order, None if seed < 0 else seed)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        self._show_order()
        self.apply_filter()
        self.ordered.emit()

    def _show_order(self) -> None:
        self.queue_bar.setVisible(self.queue is not None)
        if self.queue is not None:
            self.queue_bar.show_queue(*self.queue.queue)

    def _open_first(self) -> None:
        self.apply_filter()
        if self.model.rowCount():
            self._controller.open_report(self.model.id_at(0))

    def selected(self) -> list[int]:
        """The reports selected in the list: with Shift and Ctrl, or all of them with Ctrl+A."""
        rows = (row for part in self._ranges() for row in range(part.top(), part.bottom() + 1))
        return [self.model.id_at(row) for row in rows]

    def _ranges(self) -> list[QItemSelectionRange]:
        return self.view.selectionModel().selection().toList()

    def _select(self) -> None:
        """Several selected rows are shown as such; one alone is only where the keyboard stands."""
        self._chosen = sum(part.height() for part in self._ranges())
        self._delegate.several = self._chosen > 1
        self.view.viewport().update()
        self._show_numbers()

    def _open_index(self, index: QModelIndex) -> None:
        if QApplication.keyboardModifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            return  # several are being selected
        self._controller.open_report(self.model.id_at(index.row()))

    def _mark_current(self) -> None:
        report = self._controller.report
        self._delegate.current = report.id if report else None
        position = self.model.position(report.id) if report else None
        if position is not None and self.view.currentIndex().row() != position:
            index = self.model.index(position)
            # Not the view's own setCurrentIndex: under a key with Ctrl it would add the row to those selected.
            one = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, one)
            self.view.scrollTo(index)
        self.view.viewport().update()

    def _rows_changed(self, reports: frozenset[int] | None) -> None:
        if reports is None:
            if self.queue is not None:
                self.queue.refresh()
            self.apply_filter()
        else:
            self.model.refresh(reports)
            self._show_numbers()

    def _show_numbers(self) -> None:
        session = self._controller.session
        listed = self.model.rowCount()
        self._empty.setVisible(session is not None and listed == 0)
        self.view.setVisible(listed > 0 or session is None)
        if session is None:
            self.numbers.clear()
            return
        totals = session.store.totals.stats(session.person.uid)
        filtered = self.filter_bar.is_narrow
        self._empty.setText(_("No report matches the filter.") if filtered else _("There are no reports yet."))
        words = _("{n} reports · {done} done", n=totals.reports, done=totals.statuses.get(Status.DONE.value, 0))
        if filtered:
            more = "" if self.model.complete else "+"
            words = _("{listed} of {n} reports", listed=f"{listed}{more}", n=totals.reports)
        chosen = self._chosen
        self.numbers.setText(words + (" · " + _("{n} selected", n=chosen) if chosen > 1 else ""))


class _List(RowsView):
    """A list whose Enter opens, and whose arrow keys move without opening."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
