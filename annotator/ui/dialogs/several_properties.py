"""What several reports have in common: a field set here is set for all of them, as one step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from annotator.domain.errors import KnownError
from annotator.domain.facts import FIELDS
from annotator.messages import _
from annotator.services.describing import SINGLE, Describer
from annotator.services.fields import field_title
from annotator.ui import look
from annotator.ui.controller import Controller
from annotator.ui.dialogs.property_rows import Line, PropertyRows


class SeveralPropertiesDialog(QDialog):
    """The fields that several reports can share; it follows undo and redo."""

    def __init__(self, controller: Controller, reports: list[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Properties of {n} reports", n=len(reports)))
        self._controller, self._reports = controller, reports
        self.rows = PropertyRows()
        self.fields = self.rows.editors
        said = QLabel(_("What is written here is set for all {n} reports, in one step.", n=len(reports)))
        said.setWordWrap(True)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        layout = QVBoxLayout(self)
        for widget in (said, self.rows, self.problem, buttons):
            layout.addWidget(widget, int(widget is self.rows))
        for field in FIELDS:
            if field not in SINGLE:
                editor = self.rows.add_editor(field, writable=controller.writable)
                editor.kept.connect(lambda f=field: self._keep(f))
                editor.given_up.connect(self._give_up)
        self._say("")
        self.load()
        controller.historyChanged.connect(self.load)
        controller.projectChanged.connect(self.reject)
        self.resize(560, 480)

    def load(self) -> None:
        """Show what they have in common now."""
        session = self._controller.session
        if session is None:
            return
        common = Describer(session).shared(self._reports, list(self.fields))
        for field, editor in self.fields.items():
            value = common[field]
            if editor.is_being_written:
                continue
            editor.show_value(value or "")
            differ = _("they differ") if value is None else ""
            if isinstance(editor, Line):
                editor.setPlaceholderText(differ)
            else:
                self.rows.say_where(field, differ)

    def _keep(self, field: str) -> None:
        editor, session = self.fields[field], self._controller.session
        if session is None or not editor.isModified():
            return
        editor.setModified(False)
        try:
            outcome = Describer(session).correct_all(self._reports, field, editor.value())
        except KnownError as error:
            editor.setModified(True)
            self._say(f"{field_title(field)}: {error}")
            return
        self._say("")
        self.load()
        self._controller.said.emit(outcome.words)

    def _give_up(self) -> None:
        written = [editor for editor in self.fields.values() if editor.isModified()]
        for editor in written:
            editor.setModified(False)
        self._say("")
        if written:
            self.load()
        else:
            self.reject()

    def _say(self, sentence: str) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(look.theme().error))
        self.problem.setPalette(palette)
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
