"""What the dialogs of properties share: fields that are corrected one by one, each as a step of its own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from annotator.domain.errors import KnownError
from annotator.services.describing import Describer
from annotator.services.edits import Outcome
from annotator.services.fields import field_title
from annotator.ui.controller import Controller
from annotator.ui.dialogs.property_rows import Choice, Line, PropertyRows
from annotator.ui.widgets import Problem


class PropertyDialog(QDialog):
    """Fields, room for a problem, and a button to close; it follows undo and redo.

    Who makes one says what its fields show (`load`) and how one is corrected (`correct`).
    """

    def __init__(self, controller: Controller, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._controller = controller
        self.rows = PropertyRows()
        self.fields: dict[str, Line | Choice] = self.rows.editors
        self.problem = Problem()

    def build(self, fields: Iterable[tuple[str, bool]], said: str = "") -> None:
        """Lay it out with these fields (each with whether it can be written in), below a sentence, and show it filled."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        layout = QVBoxLayout(self)
        if said:
            label = QLabel(said)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        for field, writable in fields:
            editor = self.rows.add_editor(field, writable=writable)
            editor.kept.connect(lambda f=field: self._keep(f))
            editor.given_up.connect(self._give_up)
        self._controller.historyChanged.connect(self.load)
        self._controller.projectChanged.connect(self.reject)

    def load(self) -> None:
        """Show what is known now, but not over what is being written."""
        raise NotImplementedError

    def correct(self, describer: Describer, field: str, value: str) -> Outcome:
        """Take `value` for `field` as a step. Raises KnownError where it does not fit."""
        raise NotImplementedError

    def _keep(self, field: str) -> None:
        """Take what was written as a step; what does not fit is said below and changes nothing."""
        editor, session = self.fields[field], self._controller.session
        if session is None or not editor.isModified():
            return
        editor.setModified(False)  # the step is announced before it returns, and what is modified is not shown anew
        try:
            outcome = self.correct(Describer(session), field, editor.value())
        except KnownError as error:
            editor.setModified(True)
            self.problem.say(f"{field_title(field)}: {error}")
            return
        self.problem.say("")
        self.load()
        if outcome.words:
            self._controller.said.emit(outcome.words)

    def _give_up(self) -> None:
        """Esc puts back what stood there; where nothing was written, it closes."""
        written = [editor for editor in self.fields.values() if editor.isModified()]
        for editor in written:
            editor.setModified(False)
        self.problem.say("")
        if written:
            self.load()
        else:
            self.reject()
