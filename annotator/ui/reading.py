"""Reading: line pitch, column and font of the text, hidden labels, the overview strip and finding, put together.

It brings settings, menus and view in step; what each of them does is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QFontDatabase

from annotator.domain.changes import Change
from annotator.domain.schema import Label
from annotator.messages import _, language
from annotator.services.wording import label_title
from annotator.ui.background import Background
from annotator.ui.controller import Controller
from annotator.ui.finding import Finding
from annotator.ui.overview_strip import Heading
from annotator.ui.report_pane import heading

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_LABEL_KEYS = 9


class Reading(QObject):
    """The part of a window that helps to read."""

    def __init__(self, window: MainWindow, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._controller: Controller = window.controller
        pane = window.report_pane
        self._view, self._strip = pane.view, pane.strip
        self.finding = Finding(window.controller, pane.view, pane.strip, pane.late_find_bar, background, self)
        self._fonts = QActionGroup(self)
        self._connect()
        self._apply()
        self.refresh_labels()

    def _connect(self) -> None:
        controller, actions = self._controller, self._window.actions_
        controller.projectChanged.connect(self.refresh_labels)
        controller.reportChanged.connect(self._show_headings)
        controller.outlined.connect(self._show_headings)
        controller.spansChanged.connect(self._spans_changed)
        controller.hiddenChanged.connect(self._hidden_changed)
        actions.keys.changed.connect(self.refresh_labels)
        actions.menu("shown").aboutToShow.connect(self.refresh_labels)
        actions.menu("reading").aboutToShow.connect(self._check)
        self._font_menu = actions.menu("reading").addMenu("")
        self._font_menu.aboutToShow.connect(self._fill_fonts)

    # ---- the strip ------------------------------------------------------------------------------

    def _show_headings(self) -> None:
        report = self._controller.report
        sections = report.shown_sections if report else []
        text = report.text if report else ""
        self._strip.set_headings(
            [Heading(s.start, s.level, heading(text, s.start, s.heading_end, 40)) for s in sections]
        )

    def _spans_changed(self, changes: list[Change]) -> None:
        self._strip.spans_changed({change.uid for change in changes})

    # ---- actions --------------------------------------------------------------------------------

    def do(self, action: str) -> None:
        """Do an action of finding, reading settings or hidden labels: its id, with underscores."""
        kind, _sep, what = action.partition("_")
        if kind == "find":
            self._find(what)
        elif what.startswith("pitch_"):
            self._set("line_pitch", int(what.removeprefix("pitch_")))
        elif what.startswith("column_"):
            self._set("column", int(what.removeprefix("column_")))
        elif what == "all":
            self.show_all_labels()
        else:
            self.toggle_label(int(what.removeprefix("toggle_")))

    def _find(self, what: str) -> None:
        if what == "next":
            self.finding.step(1)
        elif what == "previous":
            self.finding.step(-1)
        else:
            self.finding.open()

    # ---- line pitch, column, font ---------------------------------------------------------------

    def _set(self, name: str, value: int | str) -> None:
        self._controller.settings.set(f"reading.{name}", value)
        self._apply()
        self._check()

    def _apply(self) -> None:
        get = self._controller.settings.get
        self._view.set_line_pitch(get("reading.line_pitch"))
        self._view.set_column(get("reading.column"))
        self._view.set_family(get("reading.family"))

    def _check(self) -> None:
        """Mark in the menu what holds; a width of the settings file that the menu lacks marks none."""
        get, actions = self._controller.settings.get, self._window.actions_
        self._font_menu.setTitle(_("Font"))
        for name, value in (("pitch", get("reading.line_pitch")), ("column", get("reading.column"))):
            for action in actions.group(name):
                actions.check(action, action == f"reading.{name}_{value}")

    def _fill_fonts(self) -> None:
        """Families that can show simplified Chinese; asked for when the menu opens, for the system may take its time."""
        self._font_menu.clear()
        now = self._controller.settings.get("reading.family")
        self._add_font(_("Font of the window"), "", now)
        self._font_menu.addSeparator()
        for family in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
            if not QFontDatabase.isPrivateFamily(family):
                self._add_font(family, family, now)

    def _add_font(self, words: str, family: str, now: str) -> None:
        action = QAction(words.replace("&", "&&"), self._font_menu)
        action.setCheckable(True)
        action.setChecked(family == now)
        action.triggered.connect(lambda _on=False: self._set("family", family))
        self._fonts.addAction(action)
        self._font_menu.addAction(action)

    # ---- hidden labels --------------------------------------------------------------------------

    def label(self, number: int) -> Label | None:
        """The label that the key Ctrl+`number` shows or hides: the one with that key, else the one at that place."""
        labels = self._controller.schema.labels
        with_key = next((label for label in labels if label.key == str(number)), None)
        if with_key is not None:
            return with_key
        there = labels[number - 1] if number <= len(labels) else None
        return there if there is not None and not there.key.isdecimal() else None

    def toggle_label(self, number: int) -> None:
        """Show or hide a label everywhere."""
        label = self.label(number)
        if label is None:
            self._controller.said.emit(_("There is no label {n}.", n=number))
            return
        hidden = self._controller.hidden ^ {label.name}
        self._controller.set_hidden(hidden)
        told = _("{label} is hidden.") if label.name in hidden else _("{label} is shown again.")
        self._controller.said.emit(told.format(label=label_title(self._controller.schema, label.name)))

    def show_all_labels(self) -> None:
        """Hide nothing."""
        self._controller.set_hidden(frozenset())
        self._controller.said.emit(_("All labels are shown."))

    def _hidden_changed(self) -> None:
        self._view.set_hidden_labels(self._controller.hidden)
        self._strip.labels_hidden()
        self._window.report_pane.labels.set_hidden(self._controller.hidden)
        self.refresh_labels()

    def refresh_labels(self) -> None:
        """Name and check the entries of the menu; those that stand for no label go."""
        actions = self._window.actions_
        for number in range(1, _LABEL_KEYS + 1):
            name, label = f"labels.toggle_{number}", self.label(number)
            if label is not None:
                actions.set_words(name, label.title.text(language()) or label.name)
                actions.check(name, label.name not in self._controller.hidden)
            actions[name].setVisible(label is not None)
