"""What an import came to, file by file; can be kept as JSON. Does not block the window."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.messages import _
from annotator.services.import_result import Entry, ImportResult

#: More lines than this are in the JSON file only.
SHOWN = 2_000


class ImportResultDialog(QDialog):
    """Added, known, left untouched, failed: each with its reason."""

    def __init__(self, result: ImportResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Result of the import"))
        self._result = result
        from annotator.ui.transfers import import_words

        words = QLabel(import_words(result))
        words.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("File"), _("Line"), _("Report"), _("What there is to say")])
        self.tree.setAccessibleName(_("Result of the import"))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self._fill()
        self.problem = QLabel()
        self.problem.setVisible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        save = buttons.addButton(_("Save as JSON…"), QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (words, self.tree, self.problem, buttons):
            layout.addWidget(widget)
        self.resize(820, 420)

    def _fill(self) -> None:
        result = self._result
        groups = (
            (_("Not imported"), result.failed),
            (_("Sets left untouched"), result.kept),
            (_("Changed or doubtful"), result.notes),
            (_("Known already"), result.known),
        )
        for title, entries in groups:
            if entries:
                self._group(f"{title} ({len(entries)})", entries)
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.tree.expandAll()

    def _group(self, title: str, entries: list[Entry]) -> None:
        top = QTreeWidgetItem(self.tree, [title])
        top.setFirstColumnSpanned(True)
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        for entry in entries[:SHOWN]:
            line = "" if entry.line is None else str(entry.line)
            item = QTreeWidgetItem(top, [Path(entry.file).name, line, entry.title[:40], entry.reason])
            item.setToolTip(0, entry.file)
            item.setToolTip(3, entry.reason)
        if len(entries) > SHOWN:
            QTreeWidgetItem(
                top, ["", "", "", _("… and {n} more, all of them in the JSON file", n=len(entries) - SHOWN)]
            )

    def _ask(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as JSON"), "import.json", "JSON (*.json)")
        if path:
            self.save(Path(path))

    def save(self, path: Path) -> None:
        """Write everything to a JSON file."""
        try:
            path.write_text(json.dumps(self._result.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
            words = _("Saved as {file}.", file=str(path))
        except OSError as error:
            words = _("{file} could not be written: {reason}.", file=str(path), reason=error.strerror or str(error))
        self.problem.setText(words)
        self.problem.setVisible(True)
