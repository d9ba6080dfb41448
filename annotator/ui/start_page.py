"""What stands in the middle where there is nothing to read yet: no project, or a project without reports."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.messages import _
from annotator.ui.translation import Worded
from annotator.ui.widgets import ElidedLabel, MainButton, half_bold

#: (action, words) of the buttons: without a project, and in a project without reports.
_NO_PROJECT = ("project.new", "project.open", "project.sample")
_NO_REPORTS = ("project.import_files", "project.import_folder", "project.sample")
_SHOWN = 6


class StartPage(Worded, QWidget):
    """Says what to do first. `chosen` names an action of the table, `opened` a project file."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = False
        self._writable = True
        self._recent: list[str] = []
        self._title, self._words = QLabel(), QLabel()
        font = half_bold(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.6)
        self._title.setFont(font)
        self._words.setWordWrap(True)
        self.buttons: dict[str, QWidget] = {}
        self._body = QVBoxLayout()
        self._body.setSpacing(12)
        row = QHBoxLayout()
        row.addStretch(1)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addLayout(self._body)
        column.addStretch(3)
        row.addLayout(column, 3)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addLayout(row)
        self._body.addWidget(self._title)
        self._body.addWidget(self._words)
        self._rest = QFrame()
        self._body.addWidget(self._rest)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)

    def show_state(self, project: bool, writable: bool, recent: list[str]) -> None:
        """Speak of no project, or of a project without reports; `recent` are project files opened lately."""
        self._project, self._writable, self._recent = project, writable, recent
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        rest = QFrame()
        layout = QVBoxLayout(rest)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(10)
        if self._project:
            self._title.setText(_("This project has no reports yet"))
            self._words.setText(
                _(
                    "Drag files or folders here, or choose them. Web pages, Word, PDF, tables, ZIP, text files in any "
                    "Chinese encoding and JSON Lines are read."
                )
            )
        else:
            self._title.setText(_("Report Annotator"))
            self._words.setText(
                _("Label measures, institutions and indicators in government reports. Nothing leaves this computer.")
            )
        layout.addLayout(self._button_row())
        if not self._project:
            self._add_recent(layout)
        old, self._rest = self._rest, rest
        self._body.replaceWidget(old, rest)
        old.hide()
        old.deleteLater()

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons = {}
        words = {
            "project.new": _("New project…"),
            "project.open": _("Open project…"),
            "project.sample": _("Open the sample project"),
            "project.import_files": _("Import files…"),
            "project.import_folder": _("Import a folder…"),
        }
        for name in _NO_REPORTS if self._project else _NO_PROJECT:
            button = MainButton() if not self.buttons else QPushButton()
            button.setText(words[name])
            button.clicked.connect(lambda _on=False, action=name: self.chosen.emit(action))
            button.setEnabled(self._writable or not name.startswith("project.import"))
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _add_recent(self, layout: QVBoxLayout) -> None:
        there = [path for path in self._recent if Path(path).is_file()][:_SHOWN]
        if not there:
            return
        title = QLabel(_("Recent projects"))
        title.setFont(half_bold(self.font()))
        layout.addSpacing(10)
        layout.addWidget(title)
        for path in there:
            layout.addLayout(self._recent_row(path))

    def _recent_row(self, path: str) -> QHBoxLayout:
        row = QHBoxLayout()
        button = QPushButton(Path(path).stem)
        button.setFlat(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.opened.emit(path))
        folder = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        folder.set_full(str(Path(path).parent))
        folder.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        row.addWidget(button)
        row.addWidget(folder, 1)
        return row
