"""The note on the whole report: what its annotator has to say about it, in a bar at its foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from annotator.messages import _
from annotator.ui.controller import Controller
from annotator.ui.entity_panel.editor import NoteEdit
from annotator.ui.foot import FootFrame
from annotator.ui.report_view import ReportView
from annotator.ui.widgets import half_bold, small


class NoteBar(FootFrame):
    """A field of two lines. Enter keeps, Shift+Enter breaks the line, Esc puts the old words back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setFont(half_bold(self.font()))
        self.note = NoteEdit()
        self.keys = QLabel()
        self.keys.setFont(small(self.font()))
        for widget, share in ((self.title, 0), (self.note, 1), (self.keys, 0)):
            self.row.addWidget(widget, share)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.title.setText(_("Note on the report"))
        self.note.setAccessibleName(_("Note on the report"))
        self.keys.setText(_("Enter keeps, Esc puts back"))


class ReportNote(QObject):
    """Opens the bar with the note of the open report, and keeps what was written."""

    def __init__(self, controller: Controller, view: ReportView, bar: NoteBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._view, self.bar = controller, view, bar
        bar.note.kept.connect(self._keep)
        bar.note.entered.connect(self.close)
        bar.note.given_up.connect(self._give_up)
        controller.leaving.connect(self._leave)
        controller.statusChanged.connect(self._refresh)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"report.note": self.open}

    def open(self) -> None:
        """Show the note, the cursor in it."""
        if self._controller.report is None:
            return
        self._refresh()
        self.bar.note.setReadOnly(not self._controller.writable)
        self.bar.setVisible(True)
        self.bar.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _refresh(self) -> None:
        report = self._controller.report
        if report is not None and not (self.bar.note.hasFocus() and self.bar.note.changed()):
            self.bar.note.load(report.note)

    def _keep(self) -> None:
        note = self.bar.note
        if self.bar.isVisible() and note.changed() and not note.isReadOnly():
            note.kept_text = note.toPlainText().strip()
            self._controller.edit(lambda editor, report: editor.set_report_note(report, note.kept_text))

    def _give_up(self) -> None:
        self.bar.note.load(self.bar.note.kept_text)
        self.close()

    def close(self) -> None:
        """Take the bar away, and go back to the report."""
        self.bar.setVisible(False)
        self._view.setFocus()

    def _leave(self) -> None:
        self._keep()
        self.bar.setVisible(False)
