"""The foot of the window: what is selected, what was just done, work under way, who annotates, that it is saved."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStackedLayout, QToolButton, QWidget

from annotator.messages import _
from annotator.reading.outline import section_path
from annotator.services.wording import label_title
from annotator.ui import icons
from annotator.ui.controller import Controller
from annotator.ui.report_pane import heading
from annotator.ui.tasks import Tasks
from annotator.ui.translation import Worded
from annotator.ui.widgets import ElidedLabel, Field, small

#: A message stays this long, then the selection is shown again.
MESSAGE_MS = 7_000
#: What is selected within this time of a message may be the doing of the edit that it tells of.
OWN_MS = 300


class StatusLine(Worded, QWidget):
    """One line. Messages stand where the selection is shown, for a while."""

    def __init__(self, controller: Controller, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setFont(small(self.font()))
        self.what = ElidedLabel()
        self.progress = _Progress(tasks)
        self.read_only = QLabel()
        self.annotator = _Annotator(controller)
        self.saved = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 3, 12, 3)
        layout.setSpacing(14)
        layout.addWidget(self.what, 1)
        self.hidden = _Hidden(controller)
        for widget in (self.hidden, self.progress, self.read_only, self.annotator, self.saved):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MESSAGE_MS)
        self._timer.timeout.connect(self.refresh)
        self._said = QElapsedTimer()
        controller.said.connect(self.say)
        controller.textSelectionChanged.connect(self._selection_changed)
        controller.selectedChanged.connect(self._selection_changed)
        controller.projectChanged.connect(self.refresh)
        controller.reportChanged.connect(self.refresh)
        controller.outlined.connect(self._outlined)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Status"))
        self._timer.stop()
        self.refresh()

    def say(self, words: str) -> None:
        """Show a message for a while; a screen reader hears it."""
        if not words:
            return
        self.what.set_full(words)
        self._timer.start()
        self._said.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self.what, QAccessible.Event.Alert))

    def message(self) -> str:
        """What the line says at the left."""
        return self.what.full()

    def add(self, widget: QWidget) -> None:
        """Show a widget behind the words, before work under way."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1, widget)

    def _selection_changed(self) -> None:
        """A message outlives the change of selection that its own edit made; what a person selects then is shown."""
        if not self._timer.isActive() or self._said.elapsed() >= OWN_MS:
            self.refresh()

    def _outlined(self) -> None:
        if not self._timer.isActive():
            self.refresh()

    def refresh(self) -> None:
        """Show selection, section, and whether the project can be written."""
        self._timer.stop()
        self.what.set_full(self._selection_words())
        session = self._controller.session
        self.read_only.setVisible(session is not None and session.read_only)
        self.read_only.setText(_("Read only"))
        self.annotator.setVisible(session is not None)
        self.saved.setVisible(self._controller.writable)
        self.saved.setText(_("Saved"))
        self.saved.setToolTip(_("Every edit is on disk the moment it is shown."))

    def _selection_words(self) -> str:
        report, span = self._controller.report, self._controller.selected_span()
        if report is None:
            return ""
        start, end = self._controller.text_selection
        if start == end and span is not None:
            start, end = span.range
        parts = []
        if start < end:
            parts.append(heading(report.text, start, end, 20))
            parts.append(_("[{start}, {end}) {n} characters", start=start, end=end, n=end - start))
        else:
            parts.append(_("Caret {offset}", offset=self._controller.caret))
        section = section_path(report.shown_sections, start if start < end else self._controller.caret)
        if section:
            parts.append(heading(report.text, section[-1].start, section[-1].heading_end, 20))
        return "   ".join(parts)


class _Progress(QWidget):
    """The job under way: words, a thin line, a button to cancel."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.words = QLabel()
        self.line = QProgressBar()
        self.line.setTextVisible(False)
        self.line.setFixedSize(140, 6)
        self.cancel = QToolButton()
        self.cancel.setAutoRaise(True)
        self.cancel.clicked.connect(tasks.cancel)
        self.pause = QToolButton()
        self.pause.setAutoRaise(True)
        self.pause.clicked.connect(self._hold)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.words, self.line, self.pause, self.cancel):
            layout.addWidget(widget)
        self.setVisible(False)
        tasks.changed.connect(self._changed)

    def _changed(self) -> None:
        task = self._tasks.current
        self.setVisible(task is not None)
        if task is None:
            return
        self.cancel.setIcon(icons.icon("close"))
        self.cancel.setToolTip(_("Cancel"))
        self.cancel.setAccessibleName(_("Cancel"))
        self.pause.setVisible(task.gate is not None)
        self._show_pause()
        self.line.setAccessibleName(task.words)
        self.words.setText(task.words)
        self.line.setRange(0, 0)
        task.progressed.connect(self._progressed)

    def _hold(self) -> None:
        """Let the job wait, or go on."""
        gate = self._tasks.current.gate if self._tasks.current is not None else None
        if gate is not None:
            gate.open() if gate.closed else gate.close()
            self._show_pause()

    def _show_pause(self) -> None:
        gate = self._tasks.current.gate if self._tasks.current is not None else None
        held = gate is not None and gate.closed
        words = _("Go on") if held else _("Pause")
        self.pause.setIcon(icons.icon("go" if held else "pause"))
        self.pause.setToolTip(words)
        self.pause.setAccessibleName(words)

    def _progressed(self, thousandths: int, words: str) -> None:
        self.line.setRange(0, 0 if thousandths < 0 else 1000)
        self.line.setValue(max(0, thousandths))
        if words:
            self.words.setText(words)


class _Hidden(Worded, QToolButton):
    """Names the hidden labels; a click shows them again."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: controller.set_hidden(frozenset()))
        controller.hiddenChanged.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Name them in the words of the moment."""
        schema = self._controller.schema
        names = [label_title(schema, label.name) for label in schema.labels if label.name in self._controller.hidden]
        self.setVisible(bool(names))
        self.setText(_("Hidden: {labels}", labels=", ".join(names)))
        self.setToolTip(_("Click to show all labels again"))


class _Annotator(Worded, QWidget):
    """Who annotates; a click makes the name a field."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.field = Field()
        self.field.setMaxLength(80)
        self._editing = False
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.button)
        self._stack.addWidget(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.button.clicked.connect(self.edit)
        self.field.kept.connect(self._keep)
        self.field.given_up.connect(self._close)
        controller.personChanged.connect(self.retranslate)
        controller.projectChanged.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Show the name in the words of the moment."""
        session = self._controller.session
        name = session.person.name if session else ""
        self.button.setText(_("Annotator: {name}", name=name))
        self.button.setToolTip(_("Click to change the annotator's name"))
        self.button.setEnabled(self._controller.writable)
        self.field.setAccessibleName(_("Annotator's name"))

    def edit(self) -> None:
        """Turn the name into a field."""
        if self._controller.session is None:
            return
        self.field.setText(self._controller.session.person.name)
        self._editing = True
        self._stack.setCurrentWidget(self.field)
        self.field.setFocus()
        self.field.selectAll()

    def _keep(self) -> None:
        if self._editing:
            self._close()
            self._controller.rename_person(self.field.text())

    def _close(self) -> None:
        self._editing = False  # before the field goes: losing the focus would keep what stands in it
        self._stack.setCurrentWidget(self.button)
