"""The right pane: tabs, the list of spans with its filter and the editor below, the outline."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.changes import Change
from annotator.domain.report import Status
from annotator.messages import _
from annotator.ui.controller import Controller
from annotator.ui.entity_panel.delegate import SpanDelegate
from annotator.ui.entity_panel.editor import SpanEditor
from annotator.ui.entity_panel.model import SpanListModel
from annotator.ui.entity_panel.outline import Outline
from annotator.ui.rows_view import RowsView
from annotator.ui.widgets import Field, Line, TabButton


class EntityPanel(QWidget):
    """Spans and outline of the open report."""

    left = Signal()  # back to the report

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._following = False
        self.model = SpanListModel(self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.span_tab, self.outline_tab = TabButton(), TabButton()
        self._tabs = tabs = QHBoxLayout()
        tabs.setContentsMargins(8, 4, 8, 0)
        self._tab_buttons = [self.span_tab, self.outline_tab]
        for tab in self._tab_buttons:
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._span_page())
        self.outline = Outline(self._controller)
        self._stack.addWidget(self.outline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(tabs)
        layout.addWidget(Line())
        layout.addWidget(self._stack, 1)
        self.span_tab.setChecked(True)

    def _span_page(self) -> QWidget:
        self.filter = Field()
        self.filter.setClearButtonEnabled(True)
        self.notice = _Notice()
        self.view = _List()
        self.view.setModel(self.model)
        self._delegate = SpanDelegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(14, 10, 14, 0)
        self.editor = SpanEditor(self._controller)
        above = QWidget()
        layout = QVBoxLayout(above)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.filter)
        layout.addLayout(row)
        layout.addWidget(self.notice)
        layout.addWidget(self._empty)
        layout.addWidget(self.view, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(above)
        self.splitter.addWidget(self.editor)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        return self.splitter

    def _connect(self) -> None:
        controller = self._controller
        self.span_tab.clicked.connect(lambda: self.show_tab(0))
        self.outline_tab.clicked.connect(lambda: self.show_tab(1))
        self.filter.textChanged.connect(self._filter)
        self.filter.given_up.connect(self._leave_filter)
        self.filter.returnPressed.connect(self._select_first)
        self.view.selectionModel().selectionChanged.connect(self._row_selected)
        self.view.left.connect(self.left)
        self.view.deleted.connect(controller.delete_selected)
        self.view.entered_row.connect(self.focus_editor)
        self.editor.left.connect(self.left)
        self.outline.left.connect(self.left)
        self.notice.button.clicked.connect(lambda: controller.set_status(Status.IN_PROGRESS))
        controller.projectChanged.connect(self.show_report)
        controller.reportChanged.connect(self.show_report)
        controller.spansChanged.connect(self._spans_changed)
        controller.selectedChanged.connect(self._show_selected)
        controller.statusChanged.connect(self.refresh)
        controller.hiddenChanged.connect(self._hide_labels)
        controller.textSelectionChanged.connect(self._follow_caret)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Span panel"))
        self.outline_tab.setText(_("Outline"))
        self.outline.retranslate()
        self.filter.setPlaceholderText(_("Filter by text, attribute, note…"))
        self.filter.setAccessibleName(_("Filter spans"))
        self.view.setAccessibleName(_("Spans"))
        self.notice.retranslate()
        self.refresh()
        self.view.viewport().update()

    # ---- showing --------------------------------------------------------------------------------

    def show_report(self) -> None:
        """List the spans and sections of the open report."""
        report, schema = self._controller.report, self._controller.schema
        self._delegate.schema = schema
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self.model.set_filter("")
        self.model.show(report, schema)
        if self._stack.currentIndex() == 1:
            self.outline.show_report()
        self.refresh()

    def show_tab(self, number: int) -> None:
        """Spans (0), outline (1), or the page that `add_page` gave this number."""
        self._tab_buttons[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        if number == 1:
            self.outline.show_report()

    def add_page(self, tab: TabButton, page: QWidget) -> int:
        """Put in a page with its tab, behind those that are there; returns its number."""
        number = self._stack.addWidget(page)
        self._tabs.insertWidget(len(self._tab_buttons), tab)
        self._tab_buttons.append(tab)
        tab.clicked.connect(lambda: self.show_tab(number))
        return number

    def shown_tab(self) -> int:
        """The number of the page that shows."""
        return self._stack.currentIndex()

    def refresh(self) -> None:
        """Bring count, hints and notices in step with the report."""
        report = self._controller.report
        count = len(report.spans) if report else 0
        self.span_tab.setText(_("Spans {n}", n=count))
        self.span_tab.updateGeometry()
        listed = self.model.rowCount()
        self._empty.setVisible(listed == 0)
        self.view.setVisible(listed > 0)
        self._empty.setText(self._hint(count))
        done = report is not None and report.status == Status.DONE and self._controller.writable
        self.notice.setVisible(done)

    def _hint(self, count: int) -> str:
        if self._controller.report is None:
            return ""
        if count and self._controller.hidden and not self.filter.text():
            return _("All spans here are of hidden labels.")
        if count:
            return _("No span matches the filter.")
        labels = [label for label in self._controller.schema.labels if label.key]
        if not self._controller.writable or not labels:
            return _("No spans yet.")
        from annotator.messages import language

        keys = "\n".join(f"{label.key}   {label.title.text(language()) or label.name}" for label in labels)
        return _("No spans yet. Select words in the report and press a key:") + "\n\n" + keys

    def _spans_changed(self, changes: list[Change]) -> None:
        self._following = True  # rows that go take the view's selection with them; that is nobody's choice
        self.model.apply(changes)
        self._following = False
        self._show_selected()
        self.refresh()
        self.view.viewport().update()

    # ---- selection ------------------------------------------------------------------------------

    def _row_selected(self) -> None:
        if self._following:
            return
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        current = self.view.currentIndex().row()
        rows.sort(key=lambda row: row == current)  # the one chosen last stands last
        self._controller.select((self.model.span_at(row).uid for row in rows), reveal=True)

    def _show_selected(self) -> None:
        """Select the rows of the selected spans; the last of them in view."""
        spans = self._controller.selected_spans()
        rows = [row for span in spans if (row := self.model.position(span)) is not None]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.model.index(row), self.model.index(row))
        self._following = True
        model = self.view.selectionModel()
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            index = self.model.index(rows[-1])
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(index)
        self._following = False

    def focus_editor(self) -> None:
        """Put the cursor into the editor of the selected span."""
        if self._controller.selected:
            self.show_tab(0)
            self.editor.focus_first()

    # ---- filter ---------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.show_tab(0)
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _filter(self, words: str) -> None:
        self._following = True
        self.model.set_filter(words)
        self._following = False
        self._show_selected()
        self.refresh()

    def _hide_labels(self) -> None:
        self._following = True
        self.model.set_hidden(self._controller.hidden)
        self._following = False
        self._show_selected()
        self.refresh()

    def _follow_caret(self) -> None:
        if self._stack.currentIndex() == 1 and self.isVisible():
            self.outline.follow()

    def _leave_filter(self) -> None:
        if self.filter.text():
            self.filter.clear()
        else:
            self.left.emit()

    def _select_first(self) -> None:
        if self.model.rowCount():
            self.view.setFocus()
            self.view.setCurrentIndex(self.model.index(0))


class _Notice(QFrame):
    """Says why nothing can be edited, and offers to go on."""

    def __init__(self) -> None:
        super().__init__()
        self._words = QLabel()
        self.button = QPushButton()
        self.button.setFlat(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 2, 10, 2)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.button)
        self.setVisible(False)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self._words.setText(_("This report is done."))
        self.button.setText(_("Reopen"))


class _List(RowsView):
    """Rows that can be selected one, several or many; Delete and Enter act on them."""

    left = Signal()
    deleted = Signal()
    entered_row = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(self._double_clicked)

    def _double_clicked(self, _index: QModelIndex) -> None:
        self.entered_row.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
