"""What is known about a report: each field with where it was read, to correct as a step; the rest to read."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from annotator.domain.errors import KnownError
from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.describing import FIXED, Describer, Facts
from annotator.services.fields import field_title, where_words
from annotator.services.open_report import OpenReport
from annotator.services.wording import status_name
from annotator.services.work_time import duration
from annotator.ui import look
from annotator.ui.controller import Controller
from annotator.ui.dialogs.property_rows import Choice, Line, PropertyRows


class PropertiesDialog(QDialog):
    """The facts about the report that was open when it was asked for; it follows undo and redo."""

    def __init__(self, controller: Controller, report: OpenReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Properties of the report"))
        self._controller, self._report = controller, report
        self.rows = PropertyRows()
        self.fields: dict[str, Line | Choice] = self.rows.editors
        self.values: dict[str, QLabel] = {}
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        layout = QVBoxLayout(self)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self._build()
        self._say("")
        self.load()
        controller.historyChanged.connect(self.load)
        controller.projectChanged.connect(self.reject)
        self.resize(680, 640)

    def _build(self) -> None:
        session = self._controller.session
        known = Describer(session).facts(self._report).known() if session else []
        for one in known:
            editor = self.rows.add_editor(one.field, writable=self._controller.writable and one.field not in FIXED)
            editor.kept.connect(lambda f=one.field: self._keep(f))
            editor.given_up.connect(self._give_up)
        self.rows.add_gap()
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
            self.values[name] = self.rows.add_value(words)

    # ---- showing --------------------------------------------------------------------------------

    def load(self) -> None:
        """Show what is known now."""
        session = self._controller.session
        if session is None or self._report.gone:
            return
        facts = Describer(session).facts(self._report)
        known = {one.field: one for one in facts.known()}
        for field, editor in self.fields.items():
            one = known.get(field)
            if not editor.is_being_written:
                editor.show_value(one.value if one else "")
            self.rows.say_where(field, where_words(one.where) if one and one.where else "")
        for name, words in _facts(facts, self._report).items():
            self.values[name].setText(words)

    # ---- correcting -----------------------------------------------------------------------------

    def _keep(self, field: str) -> None:
        """Take what was written as a step; what does not fit is said below and changes nothing."""
        editor, session = self.fields[field], self._controller.session
        if session is None or not editor.isModified():
            return
        try:
            outcome = Describer(session).correct(self._report, field, editor.value())
        except KnownError as error:
            self._say(f"{field_title(field)}: {error}")
            return
        self._say("")
        editor.setModified(False)
        self.load()
        if outcome.announcement is not None:
            self._controller.said.emit(outcome.words)

    def _give_up(self) -> None:
        """Esc puts back what stood there; where nothing was written, it closes."""
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
