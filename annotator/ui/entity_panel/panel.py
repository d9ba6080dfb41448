"""The right pane: tabs, the list of spans with its filter and the editor below; other pages when their tab is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
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
from annotator.ui.entity_panel.arrange_bar import ArrangeBar
from annotator.ui.entity_panel.delegate import SpanDelegate
from annotator.ui.entity_panel.editor import SpanEditor
from annotator.ui.entity_panel.model import SpanListModel
from annotator.ui.entity_panel.span_filter import SpanFilter
from annotator.ui.entity_panel.span_rows import SpanRows
from annotator.ui.late import Late
from annotator.ui.translation import Worded
from annotator.ui.widgets import Field, Line, TabButton

if TYPE_CHECKING:
    from annotator.ui.entity_panel.outline import Outline


class EntityPanel(Worded, QWidget):
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
        tabs.addStretch(1)
        self._tab_buttons: list[TabButton] = []
        self._pages: list[Late[Any]] = []
        self._shown = 0
        self._stack = QStackedWidget()
        self.add_page(self.span_tab, Late(self._span_page))
        self._outline = Late(self._make_outline)
        self._outline_number = self.add_page(self.outline_tab, self._outline)
        self._stack.addWidget(self._pages[0]())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(tabs)
        layout.addWidget(Line())
        layout.addWidget(self._stack, 1)
        self.span_tab.setChecked(True)

    def _make_outline(self) -> Outline:
        from annotator.ui.entity_panel.outline import Outline

        outline = Outline(self._controller)
        outline.left.connect(self.left)
        outline.retranslate()
        return outline

    @property
    def outline(self) -> Outline:
        """The page of the outline."""
        return self._outline()

    def _span_page(self) -> QWidget:
        self.filter = Field()
        self.filter.setClearButtonEnabled(True)
        self.notice = _Notice()
        self.arrange_bar = ArrangeBar()
        self.view = SpanRows(self.model)
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
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.filter)
        layout.addLayout(row)
        layout.addWidget(self.arrange_bar)
        layout.addWidget(self.notice)
        layout.addWidget(self._empty, 1)
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
        self.filter.textChanged.connect(lambda _words: self._filter())
        self.arrange_bar.narrowed.connect(lambda _only: self._filter())
        self.arrange_bar.arranged.connect(self._arranged)
        self.filter.given_up.connect(self._leave_filter)
        self.filter.returnPressed.connect(self._select_first)
        self.view.selectionModel().selectionChanged.connect(self._row_selected)
        self.view.left.connect(self.left)
        self.view.deleted.connect(self._delete)
        self.view.edited.connect(self.focus_editor)
        self.view.jumped.connect(self._jump)
        self.view.wants_key = lambda key: controller.schema.label_for_key(key) is not None
        self.view.key_pressed.connect(self._relabel)
        self.editor.left.connect(self.left)
        self.notice.button.clicked.connect(lambda: controller.set_status(Status.IN_PROGRESS))
        controller.projectChanged.connect(self.show_report)
        controller.reportChanged.connect(self.show_report)
        controller.outlined.connect(self._show_outline)
        controller.spansChanged.connect(self._spans_changed)
        controller.selectedChanged.connect(self._show_selected)
        controller.statusChanged.connect(self.refresh)
        controller.hiddenChanged.connect(self._filter)
        controller.relatedChanged.connect(lambda _changes: self._related_changed())
        get = controller.settings.get
        self.arrange_bar.arrange(get("panel.group"), get("panel.sort"))
        controller.textSelectionChanged.connect(self._follow_caret)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Span panel"))
        self.outline_tab.setText(_("Outline"))
        if self._outline.made is not None:
            self._outline.made.retranslate()
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
        self._following = True
        self.model.filter = self._wanted()
        self.model.show(report, schema)
        self._following = False
        self._show_selected()
        self._show_outline()
        self.refresh()

    def _show_outline(self) -> None:
        if self._shown == self._outline_number:
            self.outline.show_report()

    def show_tab(self, number: int) -> None:
        """Spans (0), or the page that `add_page` gave this number; it is made when it first shows."""
        page = self._pages[number]()
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._tab_buttons[number].setChecked(True)
        self._shown = number
        self._stack.setCurrentWidget(page)
        self._show_outline()

    def add_page(self, tab: TabButton, page: Late[Any], at: int | None = None) -> int:
        """Put in a page; its tab stands at place `at`, else behind those that are there. Returns the page's number."""
        number = len(self._pages)
        self._pages.append(page)
        self._tabs.insertWidget(number if at is None else at, tab)
        self._tab_buttons.append(tab)
        tab.clicked.connect(lambda: self.show_tab(number))
        return number

    def shown_tab(self) -> int:
        """The number of the page that shows."""
        return self._shown

    def refresh(self) -> None:
        """Bring count, hints and notices in step with the report."""
        report = self._controller.report
        count = len(report.spans) if report else 0
        self.span_tab.setText(_("Spans {n}", n=count))
        self.span_tab.updateGeometry()
        listed = self.model.count
        self._empty.setVisible(listed == 0)
        self.view.setVisible(listed > 0)
        self._empty.setText(self._hint(count))
        done = report is not None and report.status == Status.DONE and self._controller.writable
        self.notice.setVisible(done)

    def _hint(self, count: int) -> str:
        if self._controller.report is None:
            return ""
        if count and self._controller.hidden and not self.model.filter.is_narrow:
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
        spans = [span for row in self.view.chosen_rows() if (span := self.model.span_at(row)) is not None]
        self._following = True  # what was chosen here is shown here already
        self._controller.select((span.uid for span in spans), reveal=True)
        self._following = False

    def _show_selected(self) -> None:
        """Select the rows of the selected spans; the last of them in view."""
        if self._following:
            return
        spans = self._controller.selected_spans()
        rows = self.model.positions(spans)
        self._following = True
        model = self.view.selectionModel()
        model.select(self._ranges(sorted(rows)), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            index = self.model.index(rows[-1])
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(index)
        self._following = False

    def _ranges(self, rows: list[int]) -> QItemSelection:
        """Rows as a selection; rows that follow each other are one part of it."""
        chosen, begin = QItemSelection(), 0
        for n, row in enumerate(rows, 1):
            if n == len(rows) or rows[n] != row + 1:
                chosen.select(self.model.index(rows[begin]), self.model.index(row))
                begin = n
        return chosen

    # ---- what the keys of the list do -----------------------------------------------------------

    def _jump(self) -> None:
        """Go to the text of the span one stands on."""
        span = self.model.span_at(self.view.currentIndex().row()) if self.view.currentIndex().isValid() else None
        if span is None:
            return
        if span.uid not in self._controller.selected:
            self._controller.select((span.uid,))
        self._controller.revealed.emit(span.start, span.end, span.end)
        self.left.emit()

    def _delete(self) -> None:
        """Delete what is selected, as one step, and stand on what comes next."""
        rows = self.view.chosen_rows()
        self._controller.delete_selected()
        following = self.model.first_from(min(rows)) if rows else None
        if following is None and rows:
            following = self.model.first_from(self.model.rowCount() - 1, -1)
        if following is not None and not self._controller.selected:
            self.view.setCurrentIndex(self.model.index(following))

    def _relabel(self, key: str) -> None:
        """A label's key gives the selected spans that label, as one step."""
        label = self._controller.schema.label_for_key(key)
        if label is not None and self._controller.selected:
            self._controller.relabel(self._controller.selected, label.name)

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

    def _wanted(self) -> SpanFilter:
        return SpanFilter(self.filter.text(), self.arrange_bar.only, self._controller.hidden)

    def _filter(self) -> None:
        self._refill(lambda: self.model.set_filter(self._wanted()))

    def _related_changed(self) -> None:
        """Links and questions are something that the filter asks about."""
        if self.model.filter.is_narrow:
            self._refill(self.model.refill)

    def arrange(self, group: str | None = None, sort: str | None = None) -> None:
        """Group or sort the list otherwise."""
        self.show_tab(0)
        self.arrange_bar.arrange(group or self.arrange_bar.group, sort or self.arrange_bar.sort)

    def _arranged(self, group: str, sort: str) -> None:
        self._controller.settings.set("panel.group", group)
        self._controller.settings.set("panel.sort", sort)
        self._refill(lambda: self.model.arrange(group, sort))

    def _refill(self, do: Callable[[], None]) -> None:
        """List anew, what is selected stays selected."""
        self._following = True
        do()
        self._following = False
        self._show_selected()
        self.refresh()

    def _follow_caret(self) -> None:
        if self._shown == self._outline_number and self.isVisible():
            self.outline.follow()

    def _leave_filter(self) -> None:
        if self.filter.text():
            self.filter.clear()
        elif self.arrange_bar.only:
            self.arrange_bar.narrow(frozenset())
        else:
            self.left.emit()

    def _select_first(self) -> None:
        first = self.model.first_from(0)
        if first is not None:
            self.view.setFocus()
            self.view.setCurrentIndex(self.model.index(first))


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
