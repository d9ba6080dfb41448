"""What an import came to, file by file: filtered, kept as JSON or CSV, and gone on with. Does not block the window.

What failed can be read again with other settings, what was left out as nearly the same can come in as reports of
their own. Both are asked for by signals; the dialog imports nothing itself.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import KnownError
from annotator.messages import _
from annotator.services.import_result import LISTS, Entry, ImportResult
from annotator.services.replacing import check_target, write_text
from annotator.ui.widgets import Field

#: More lines than this of one list are in the saved file only.
SHOWN = 2_000
_ENTRY = Qt.ItemDataRole.UserRole
#: Shown from the start; what simply came in is there for who asks.
_AT_FIRST = ("failed", "near", "kept", "notes", "known")


class ImportResultDialog(QDialog):
    """Each list with its reasons. `again` carries paths to read otherwise, `add` near duplicates to bring in."""

    again = Signal(object)
    add = Signal(object)
    #: A near duplicate that is to be looked at as a newer copy of the report it is like.
    newer = Signal(object)

    def __init__(self, result: ImportResult, project: Path, parent: QWidget | None = None) -> None:
        """`project` is the file that a list is never saved over."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Result of the import"))
        self._result, self._project = result, project
        from annotator.ui.transfers import import_words

        self.words = QLabel(import_words(result))
        self.words.setWordWrap(True)
        self._make_filter()
        self._make_tree()
        self.problem = QLabel()
        self.problem.setVisible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addLayout(self._filters)
        for widget in (self.tree, self.problem, self._buttons()):
            layout.addWidget(widget)
        self.resize(900, 480)
        self._fill()

    def _make_filter(self) -> None:
        self.list = QComboBox()
        self.list.setAccessibleName(_("Which of them"))
        self.list.addItem(_("All that needs a look"), None)
        for name, entries in self._result.lists().items():
            if entries:
                self.list.addItem(f"{_(LISTS[name])} ({len(entries):,})", name)
        self.list.currentIndexChanged.connect(self._fill)
        self.filter = Field()
        self.filter.setPlaceholderText(_("Words in the file's name, the title or the reason"))
        self.filter.setAccessibleName(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._fill)
        self._filters = QHBoxLayout()
        self._filters.addWidget(self.list)
        self._filters.addWidget(self.filter, 1)

    def _make_tree(self) -> None:
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("File"), _("Line"), _("Report"), _("What there is to say")])
        self.tree.setAccessibleName(_("Result of the import"))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for section, width in enumerate((230, 50, 180)):
            header.resizeSection(section, width)
        self.tree.itemSelectionChanged.connect(self._enable)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.retry: QPushButton = buttons.addButton(_("Read again with other settings…"), role)
        self.retry.setToolTip(_("Opens the failed files, or those selected, in the import dialog."))
        self.retry.clicked.connect(self._again)
        self.bring: QPushButton = buttons.addButton(_("Add near duplicates as reports"), role)
        self.bring.setToolTip(
            _("Brings those listed as near duplicates, or those selected, in as reports of their own.")
        )
        self.bring.clicked.connect(self._bring)
        self.copy: QPushButton = buttons.addButton(_("Take as a newer copy…"), role)
        self.copy.setToolTip(_("Shows what the selected near duplicate would change in the report it is like."))
        self.copy.clicked.connect(lambda: self.newer.emit(self._copy()))
        self.keep: QPushButton = buttons.addButton(_("Save the list…"), role)
        self.keep.clicked.connect(self._ask)
        return buttons

    # ---- the lists ------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Show what the filter lets through."""
        self.tree.clear()
        only = self.list.currentData()
        words = self.filter.text().casefold().split()
        for name, entries in self._result.lists().items():
            shown = [entry for entry in entries if _has(entry, words)]
            if shown and (name == only if only else name in _AT_FIRST):
                self._group(f"{_(LISTS[name])} ({len(shown):,})", name, shown)
        self.tree.expandAll()
        self._enable()

    def _group(self, title: str, name: str, entries: list[Entry]) -> None:
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
            item.setData(0, _ENTRY, (name, entry))
        if len(entries) > SHOWN:
            words = _("… and {n} more, all of them in the saved list", n=len(entries) - SHOWN)
            QTreeWidgetItem(top, ["", "", "", words])

    def chosen(self, name: str) -> list[Entry]:
        """The selected entries of one list; all of it where none is selected."""
        data = [item.data(0, _ENTRY) for item in self.tree.selectedItems()]
        entries = [each[1] for each in data if each is not None and each[0] == name]
        return entries or list(self._result.lists()[name])

    def _enable(self) -> None:
        self.retry.setVisible(bool(self._result.failed))
        self.bring.setVisible(bool(self._result.near))
        self.copy.setVisible(bool(self._result.near))
        self.copy.setEnabled(self._copy() is not None)

    def _copy(self) -> Entry | None:
        """The one near duplicate that is selected, or the only one."""
        entries = self.chosen("near")
        return entries[0] if len(entries) == 1 and entries[0].report is not None else None

    # ---- going on -------------------------------------------------------------------------------

    def _again(self) -> None:
        self.again.emit(_paths(self.chosen("failed")))
        self.close()

    def _bring(self) -> None:
        self.add.emit(self.chosen("near"))
        self.close()

    def _ask(self) -> None:
        kinds = "JSON (*.json);;CSV (*.csv)"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save the list"), "import.json", kinds)
        if path:
            self.save(Path(path))

    def save(self, path: Path) -> None:
        """Write everything to a file: CSV where its name ends so, else JSON."""
        table = path.suffix.lower() == ".csv"
        content = self._result.as_csv() if table else json.dumps(self._result.as_dict(), ensure_ascii=False, indent=1)
        try:
            check_target(path, folder=False, project=self._project)
            write_text(path, content)
            words = _("Saved as {file}.", file=str(path))
        except KnownError as error:
            words = str(error)
        self.problem.setText(words)
        self.problem.setVisible(True)


def _has(entry: Entry, words: list[str]) -> bool:
    text = f"{entry.file} {entry.title} {entry.reason}".casefold()
    return all(word in text for word in words)


def _paths(entries: list[Entry]) -> list[Path]:
    return list(dict.fromkeys(entry.on_disk for entry in entries))
