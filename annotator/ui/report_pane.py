"""The middle pane: label bar, section path, undo and redo, “done, next report”, and the report view.

It ties the view to the controller: what the view reports goes in, what the controller announces is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from annotator.domain.changes import Change
from annotator.domain.report import Status
from annotator.domain.schema import Label
from annotator.messages import _
from annotator.reading.outline import section_path
from annotator.services.open_report import OpenReport
from annotator.ui import look
from annotator.ui.action_set import ActionSet
from annotator.ui.controller import Controller
from annotator.ui.label_bar import LabelBar
from annotator.ui.late import Late
from annotator.ui.overview_strip import OverviewStrip
from annotator.ui.report_view import ReportView
from annotator.ui.translation import Worded
from annotator.ui.widgets import ElidedLabel, Line, MainButton

if TYPE_CHECKING:
    from annotator.ui.find_bar import FindBar

_SHIFT, _ALT = "Shift+", "Alt+"


class ReportPane(Worded, QWidget):
    """The report and what stands above it."""

    zoomed = Signal(int)
    done_next = Signal()
    acted = Signal(str)
    labelled = Signal(str, bool)  # a label's key or button was pressed; whether to add a second span

    def __init__(self, controller: Controller, actions_: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._actions = actions_
        self.view = ReportView()
        #: Whether caret and selection of the view count in the report's text: not while that is edited.
        self.follows_view = True
        self.view.set_theme(look.theme())
        self.strip = OverviewStrip(self.view)
        self.late_find_bar = Late(self._make_find_bar)
        self.labels = LabelBar()
        self.path = ElidedLabel(Qt.TextElideMode.ElideLeft)
        self.done_button = MainButton()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 7, 14, 7)
        bar.setSpacing(10)
        bar.addWidget(self.labels)
        bar.addWidget(self.path, 1)
        for name in ("edit.undo", "edit.redo"):
            bar.addWidget(self._tool(name))
        bar.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(Line())
        beside = QHBoxLayout()
        beside.addWidget(self.view, 1)
        beside.addWidget(self.strip)
        layout.addLayout(beside, 1)
        self._beside = beside

    def _make_find_bar(self) -> FindBar:
        from annotator.ui.find_bar import FindBar

        bar, layout = FindBar(), self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self._beside) + 1, bar)
        return bar

    @property
    def find_bar(self) -> FindBar:
        """The bar below the report in which one says what is to be found."""
        return self.late_find_bar()

    def add_above(self, widget: QWidget) -> None:
        """Let a widget stand above the report, where it shows."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self._beside), widget)

    def add_below(self, widget: QWidget) -> None:
        """Let a widget stand below the report, where it shows."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(widget)

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self) -> None:
        controller, view = self._controller, self.view
        view.key_handler = self._key
        view.wants_key = self._wants
        view.caretMoved.connect(self._caret_moved)
        view.selectionChanged.connect(self._text_selected)
        view.spanClicked.connect(self._span_clicked)
        view.zoomRequested.connect(self.zoomed)
        view.contextMenuRequestedAt.connect(self._pop_menu)
        self.labels.pressed.connect(self._label_pressed)
        self.done_button.clicked.connect(lambda: self.done_next.emit())
        controller.scroll = view.scroll_place
        controller.projectChanged.connect(lambda: self.labels.show_schema(controller.schema))
        controller.reportChanged.connect(self.show_report)
        controller.outlined.connect(self._show_headings)
        controller.spansChanged.connect(self._spans_changed)
        controller.selectedChanged.connect(self._show_selected)
        controller.revealed.connect(self._reveal)
        controller.statusChanged.connect(self.refresh)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.done_button.setText(_("Done, next report"))
        self.done_button.setToolTip(self._actions.tip("report.done_next"))
        self.view.setAccessibleName(_("Report"))
        self.refresh()

    def dress(self) -> None:
        """Take the theme of the moment."""
        self.view.set_theme(look.theme())

    # ---- the report -----------------------------------------------------------------------------

    def show_report(self) -> None:
        """Show the open report, or nothing."""
        report = self._controller.report
        if report is None:
            from annotator.domain.span_index import SpanIndex

            self.view.set_report("", SpanIndex(""), self._controller.schema)
        else:
            caret, scroll = self._controller.place
            length = len(report.text)
            self.view.set_report(
                report.text,
                report.spans,
                self._controller.schema,
                furniture=report.furniture,
                headings=_headings(report),
                caret=min(caret, length),
                scroll=scroll,
            )
        self.refresh()

    def _show_headings(self) -> None:
        """Of a long report they come when it has been painted."""
        report = self._controller.report
        if report is not None:
            self.view.set_headings(_headings(report))
            self._show_path()

    def refresh(self) -> None:
        """Bring what stands above the report in step with it."""
        report = self._controller.report
        able = report is not None and self._controller.writable
        self.done_button.setEnabled(able)
        open_set = able and report is not None and report.status != Status.DONE
        for button in self.labels.buttons:
            button.setEnabled(open_set)
        self.labels.mark({span.label for span in self._controller.selected_spans()})
        self._show_path()

    def _show_path(self) -> None:
        report = self._controller.report
        if report is None:
            self.path.set_full("")
            return
        sections = section_path(report.shown_sections, self._controller.caret)
        self.path.set_full(" › ".join(heading(report.text, s.start, s.heading_end) for s in sections))

    def _spans_changed(self, changes: list[Change]) -> None:
        report = self._controller.report
        if report is None:
            return
        ranges = []
        for change in changes:
            now = report.spans.get(change.uid)
            if now is not None:
                ranges.append(now.range)
            before = change.before or {}
            start, end = before.get("start", now and now.start), before.get("end", now and now.end)
            if start is not None and end is not None:
                ranges.append((start, end))
        self.view.spans_changed(ranges)
        self.refresh()

    # ---- selection ------------------------------------------------------------------------------

    def _caret_moved(self, offset: int) -> None:
        if not self.follows_view:
            return
        self._controller.move_caret(offset)
        self._show_path()

    def _text_selected(self, start: int, end: int) -> None:
        if not self.follows_view:
            return
        self._controller.select_text(start, end)

    def _span_clicked(self, uid: str) -> None:
        if not self.follows_view:
            return
        self._controller.select((uid,) if uid else ())

    def _show_selected(self) -> None:
        span = self._controller.selected_span()
        uid = span.uid if span else None
        if self.view.selected_span() != uid:
            self.view.set_selected_span(uid, reveal=False)
        self.labels.mark({s.label for s in self._controller.selected_spans()})

    def _reveal(self, start: int, end: int, caret: int) -> None:
        self.view.set_caret(caret)
        self.view.reveal(start, end)
        span = self._controller.selected_span()
        self.view.set_selected_span(span.uid if span else None, reveal=False)

    # ---- keys and the label bar -----------------------------------------------------------------

    def _wants(self, key: str) -> bool:
        """Whether a single key is ours before any shortcut."""
        bare = key.replace(_SHIFT, "")
        if not self.follows_view:
            return False
        return key == "Esc" or self._actions.keys.report_action(key) is not None or self._label(bare) is not None

    def _label(self, key: str) -> Label | None:
        schema = self._controller.schema
        return schema.label_for_key(key) or schema.label_for_key(key.lower())

    def _nothing_marked(self) -> bool:
        start, end = self.view.selection()
        return start == end

    def _key(self, key: str, auto_repeat: bool) -> bool:
        """A single key in the report: a label's, or one of the table of actions."""
        if not self.follows_view:
            return False
        add, keep = _SHIFT in key, _ALT in key
        bare = key.replace(_SHIFT, "").replace(_ALT, "")
        label = self._label(bare)
        if label is not None:
            self._press(label.name, add, keep, auto_repeat)
            return True
        if key == "Esc" and self._controller.selected and self._nothing_marked():
            self._controller.select(())
            return True
        found = self.late_find_bar.made
        if key == "Esc" and found is not None and found.isVisible() and self._nothing_marked():
            found.dismissed.emit()
            return True
        action = self._actions.keys.report_action(key)
        if action is None:
            return False
        if self._actions[action.id].isEnabled():
            self.acted.emit(action.id)
        elif action.id.startswith("span."):
            self._controller.said.emit(_("Select a span first."))
        return True

    def _press(self, label: str, add: bool, keep: bool, auto_repeat: bool) -> None:
        if auto_repeat:
            self._controller.said.emit(_("The key was held down: it counts once."))
        else:
            self._controller.press_label(label, add=add, keep_edges=keep)
            self.labelled.emit(label, add)

    def press(self, label: str) -> None:
        """Do what a label's key does."""
        self._label_pressed(label, False, False)

    def _label_pressed(self, label: str, add: bool, keep: bool) -> None:
        self._controller.press_label(label, add=add, keep_edges=keep)
        self.labelled.emit(label, add)
        self.labels.mark({span.label for span in self._controller.selected_spans()})

    def _pop_menu(self, where: QPoint, offset: int) -> None:
        """The menu of the span at `offset`, the innermost one unless one that lies there is selected already."""
        if not self.follows_view:
            return
        report = self._controller.report
        there = [span.uid for span in report.spans.at(offset)] if report else []
        if there and not set(there) & set(self._controller.selected) and self._nothing_marked():
            self._controller.select((there[-1],))
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(self._actions.menu("label").actions())
        menu.addSeparator()
        menu.addAction(self._actions["edit.copy"])
        menu.addActions([self._actions["edit.undo"], self._actions["edit.redo"]])
        menu.popup(where)


def _headings(report: OpenReport) -> list[tuple[int, int]]:
    return [(section.start, section.heading_end) for section in report.shown_sections]


def heading(text: str, start: int, end: int, longest: int = 24) -> str:
    """The words of a heading on one line."""
    words = " ".join(text[start:end].split())
    return words if len(words) <= longest else words[: longest - 1] + "…"
