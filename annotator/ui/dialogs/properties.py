"""What is known about a report: title, place and year to correct, each as a step; the rest to read."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.errors import KnownError
from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.describing import PLACE, TITLE, YEAR, Describer, Facts
from annotator.services.open_report import OpenReport
from annotator.services.wording import status_name
from annotator.services.work_time import duration
from annotator.ui import look
from annotator.ui.controller import Controller
from annotator.ui.widgets import Field


class PropertiesDialog(QDialog):
    """The facts about the report that was open when it was asked for; it follows undo and redo."""

    def __init__(self, controller: Controller, report: OpenReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Properties of the report"))
        self._controller, self._report = controller, report
        self.fields: dict[str, Field] = {}
        self.values: dict[str, QLabel] = {}
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setVerticalSpacing(8)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self._build()
        self._say("")
        self.load()
        controller.historyChanged.connect(self.load)
        controller.projectChanged.connect(self.reject)
        self.resize(540, 0)

    def _build(self) -> None:
        for field, words in ((TITLE, _("Title")), (PLACE, _("Place")), (YEAR, _("Year"))):
            line = self.fields[field] = Field()
            line.setAccessibleName(words)
            line.setReadOnly(not self._controller.writable)
            line.kept.connect(lambda f=field: self._keep(f))
            line.given_up.connect(self._give_up)
            self._form.addRow(words, line)
        self._form.addRow(self.problem)
        for name, words in (
            ("file", _("File")),
            ("encoding", _("Encoding")),
            ("imported", _("Imported")),
            ("characters", _("Characters")),
            ("hash", _("SHA-256 of the text")),
            ("sets", _("Annotation sets")),
            ("note", _("Note")),
            ("time", _("Time")),
        ):
            value = self.values[name] = QLabel()
            value.setWordWrap(name == "note")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            value.setAccessibleName(words)
            self._form.addRow(words, value)

    # ---- showing --------------------------------------------------------------------------------

    def load(self) -> None:
        """Show what is known now."""
        session = self._controller.session
        if session is None or self._report.gone:
            return
        facts = Describer(session).facts(self._report)
        for field, line in self.fields.items():
            if not (line.hasFocus() and line.isModified()):
                self._load_field(field, facts)
        for name, words in _facts(facts, self._report).items():
            self.values[name].setText(words)

    def _load_field(self, field: str, facts: Facts) -> None:
        value = getattr(facts.row, field)
        self.fields[field].setText("" if value is None else str(value))
        self.fields[field].setModified(False)
        self.fields[field].setCursorPosition(0)

    # ---- correcting -----------------------------------------------------------------------------

    def _keep(self, field: str) -> None:
        """Take what was written as a step; what does not fit is said below and changes nothing."""
        line, session = self.fields[field], self._controller.session
        if session is None or not line.isModified():
            return
        try:
            outcome = Describer(session).correct(self._report, field, line.text())
        except KnownError as error:
            self._say(str(error))
            return
        self._say("")
        line.setModified(False)
        self.load()
        if outcome.announcement is not None:
            self._controller.said.emit(outcome.words)

    def _give_up(self) -> None:
        """Esc puts back what stood there; where nothing was written, it closes."""
        written = [line for line in self.fields.values() if line.isModified()]
        for line in written:
            line.setModified(False)
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


def _facts(facts: Facts, report: OpenReport) -> dict[str, str]:
    detail, none = facts.detail, _("none")
    at = datetime.fromisoformat(detail.imported).astimezone()
    kept = "" if detail.original_size is None else " · " + _("the file's own bytes are kept")
    sets = [
        _("{name}: {status}, {n} spans", name=made.annotator, status=status_name(Status(made.status)), n=made.spans)
        for made in facts.sets
    ]
    return {
        "file": detail.file_name or none,
        "encoding": (detail.encoding or _("unknown")) + kept,
        "imported": f"{at:%Y-%m-%d %H:%M}",
        "characters": f"{facts.row.characters:,}",
        "hash": f"{detail.text_hash[:32]}\n{detail.text_hash[32:]}",
        "sets": "\n".join(sets) or none,
        "note": report.note or none,
        "time": "\n".join(f"{name}: {duration(s)}" for name, s in facts.seconds.items()) or none,
    }
