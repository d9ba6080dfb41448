"""Asks what to export and where to. What it asks for is checked again by the export itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.report import Status
from annotator.messages import N_, _, language
from annotator.services.exporting import POLICIES, ExportOptions, export_formats
from annotator.services.session import Session
from annotator.services.settings import Settings
from annotator.services.status_names import status_name
from annotator.ui.widgets import Field

#: Formats that hold every set and always the whole text.
_WHOLE = ("jsonl",)
_SUFFIXES = {"jsonl": ".jsonl", "spacy": ".spacy"}
_ENTS = ("INSTITUTION", "INDICATOR")
_POLICIES = {
    "longest": N_("the longest stays"),
    "shortest": N_("the shortest stays"),
    "schema-order": N_("the label that comes first stays"),
}


class ExportDialog(QDialog):
    """Format, whose sets, which of them, which labels, where to. `chosen` carries ExportOptions."""

    chosen = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Export"))
        self._session, self._settings = session, settings
        self._form = QFormLayout()
        self._build()
        self._propose()
        self.format.currentIndexChanged.connect(self._propose)
        self.path.textChanged.connect(self._check)

    def _build(self) -> None:
        self.format = QComboBox()
        for name, title in export_formats().items():
            self.format.addItem(title, name)
        self.annotator = QComboBox()
        self.annotator.addItem(_("Gold, else the only set"), None)
        for person in self._session.store.people.all():
            self.annotator.addItem(person.name, person.name)
        self.statuses = Checks([(s.value, status_name(s.value)) for s in Status])
        labels = [(la.name, la.title.text(language()) or la.name) for la in self._session.schema.labels]
        self.labels = Checks(labels)
        self.ents = Checks(labels)
        self.overlap = QComboBox()
        for policy in POLICIES:
            self.overlap.addItem(_(_POLICIES[policy]), policy)
        self.text = QComboBox()
        self.text.addItem(_("Body, without page furniture"), "body")
        self.text.addItem(_("Whole text"), "whole")
        self.looked_at = QCheckBox(_("Leave out what nobody looked at"))
        self.path = Field()
        browse = QPushButton(_("Browse…"))
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(browse)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        for words, widget in (
            (_("Format"), self.format),
            (_("Annotator"), self.annotator),
            (_("Status"), self.statuses),
            (_("Labels"), self.labels),
            (_("Flat entities (doc.ents)"), self.ents),
            (_("Where they overlap"), self.overlap),
            (_("Text"), self.text),
            (_("Accepted unseen"), self.looked_at),
        ):
            widget.setAccessibleName(words)
            self._form.addRow(words, widget)
        self.path.setAccessibleName(_("File"))
        self._form.addRow(_("File"), where)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = self.buttons.addButton(_("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)
        self.resize(620, 0)

    # ---- what fits the format -------------------------------------------------------------------

    def _propose(self) -> None:
        """Offer what the format takes, and a name that is free."""
        name = self.format.currentData()
        flat = name not in _WHOLE
        for widget in (self.ents, self.overlap, self.text):
            self._form.setRowVisible(widget, flat)
        self.annotator.setItemText(0, _("Gold, else the only set") if flat else _("Everybody"))
        self._default_statuses = [Status.DONE.value] if flat else [s.value for s in Status]
        self.statuses.choose(self._default_statuses)
        self.labels.choose([la.name for la in self._session.schema.labels])
        self.ents.choose(_ENTS)
        folder = Path(self._settings.get("files.folder") or self._session.path.parent)
        self.path.setText(str(free_name(folder, self._session.path.stem, _SUFFIXES.get(name, ""))))
        self._check()

    def _check(self) -> None:
        """Say what will happen to a file that is there already, and what a folder means."""
        path = Path(self.path.text().strip())
        self.go.setEnabled(bool(self.path.text().strip()))
        words = ""
        if path.is_file():
            words = _("{file} exists and will be replaced.", file=path.name)
        elif self.format.currentData() == "spacy" and path.suffix != ".spacy":
            words = _("Without the ending .spacy the export becomes a folder.")
        self.hint.setText(words)

    def _browse(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Export"), self.path.text())
        if path:
            self.path.setText(path)

    # ---- the answer -----------------------------------------------------------------------------

    def options(self) -> ExportOptions:
        """What is asked for."""
        name = self.format.currentData()
        flat = name not in _WHOLE
        statuses, labels = self.statuses.chosen(), self.labels.chosen()
        return ExportOptions(
            format=name,
            out=Path(self.path.text().strip()),
            annotator=self.annotator.currentData(),
            statuses=None if statuses == self._default_statuses else statuses,
            labels=None if len(labels) == len(self._session.schema.labels) else labels,
            ents=self.ents.chosen() if flat else None,
            overlap=self.overlap.currentData(),
            text=self.text.currentData() if flat else None,
            looked_at=self.looked_at.isChecked(),
        )

    def accept(self) -> None:
        options = self.options()
        self._settings.set("files.folder", str(options.out.parent))
        self.chosen.emit(options)
        super().accept()


class Checks(QWidget):
    """Several boxes to tick, side by side."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[str, QCheckBox] = {}
        for value, title in choices:
            self.boxes[value] = QCheckBox(title)
            row.addWidget(self.boxes[value])
        row.addStretch(1)

    def choose(self, values: Sequence[str]) -> None:
        """Tick exactly these."""
        for value, box in self.boxes.items():
            box.setChecked(value in values)

    def chosen(self) -> list[str]:
        """What is ticked, in order."""
        return [value for value, box in self.boxes.items() if box.isChecked()]


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A path in `folder` where nothing is yet."""
    path, number = folder / (stem + suffix), 2
    while path.exists():
        path, number = folder / f"{stem}-{number}{suffix}", number + 1
    return path
