"""Import: which files, what becomes of each, and what to do with near duplicates. Decides nothing by itself.

`chosen` carries the files and the `ImportOptions`; the import then runs behind the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.site_rule import SiteRule
from annotator.messages import N_, _
from annotator.services.import_options import ADD, LINK, SKIP, FileOptions, ImportOptions
from annotator.services.import_preview import Listed, format_title
from annotator.services.settings import Settings
from annotator.ui.importing.file_list import FileList
from annotator.ui.importing.looker import Looker
from annotator.ui.importing.preview import Preview
from annotator.ui.widgets import Field

NEAR_WORDS = {
    LINK: N_("note them as further sources of the known reports"),
    ADD: N_("bring them in as reports of their own"),
    SKIP: N_("leave them out and list them"),
}


class ImportDialog(QDialog):
    """Files on the left, what an import makes of the one chosen on the right, choices for all below.

    `rules` are those of the project's sites: the preview marks furniture as the import will.
    """

    chosen = Signal(object, object)

    def __init__(
        self,
        settings: Settings,
        annotator: str,
        parent: QWidget | None = None,
        rules: tuple[SiteRule, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import"))
        self.setAcceptDrops(True)
        self._settings = settings
        self._read_as: dict[Path, FileOptions] = {}
        self._number = 0
        self._shown: Listed | None = None
        self.looker = Looker(self, rules)
        self.model = FileList(self)
        self._build(annotator)
        self.looker.found.connect(self._found)
        self.looker.all_found.connect(self._all_found)
        self.looker.read.connect(self._read)
        self._looking = False
        self._tell()
        self.resize(1080, 620)

    def _build(self, annotator: str) -> None:
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.add_files, self.add_folder = QPushButton(_("Add files…")), QPushButton(_("Add a folder…"))
        for button in (self.add_files, self.add_folder):
            button.setAutoDefault(False)
        self.add_files.clicked.connect(self._ask_files)
        self.add_folder.clicked.connect(self._ask_folder)
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.add_files)
        top.addWidget(self.add_folder)
        self.list = QTreeView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(_("Files to import"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in ((1, 130), (2, 70)):
            header.resizeSection(section, width)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self._remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        self._remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._remove.activated.connect(self.remove_selected)
        self.preview = Preview()
        self.preview.changed.connect(self._changed)
        self.preview.for_all.connect(self._for_all)
        self.panes = QSplitter()
        self.panes.addWidget(self.list)
        self.panes.addWidget(self.preview)
        self.panes.setSizes([400, 660])
        self.panes.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.panes, 1)
        layout.addLayout(self._choices(annotator))
        layout.addWidget(self._buttons())

    def _choices(self, annotator: str) -> QHBoxLayout:
        self.near = QComboBox()
        for value, words in NEAR_WORDS.items():
            self.near.addItem(_(words), value)
        self.near.setAccessibleName(_("Near duplicates"))
        self.near.setToolTip(_("Reports whose body the project has with other furniture, or nearly."))
        self.annotator = Field()
        self.annotator.setPlaceholderText(annotator)
        self.annotator.setAccessibleName(_("Annotator of spans that name nobody"))
        self.annotator.setToolTip(_("Whose the spans are that name nobody; empty: yours."))
        self.annotator.setMaximumWidth(160)
        self.replace = QCheckBox(_("Replace annotation sets that are there"))
        row = QHBoxLayout()
        row.addWidget(QLabel(_("Near duplicates:")))
        row.addWidget(self.near)
        row.addSpacing(16)
        row.addWidget(QLabel(_("Unnamed spans belong to:")))
        row.addWidget(self.annotator)
        row.addSpacing(16)
        row.addWidget(self.replace)
        row.addStretch(1)
        return row

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    # ---- files ----------------------------------------------------------------------------------

    def add(self, paths: Sequence[Path | str], files: dict[Path, FileOptions] | None = None) -> None:
        """List files and folders; `files` says how some of them are read."""
        for path, options in (files or {}).items():
            if options != FileOptions():
                self._read_as[path] = options
                self.model.changed.add(path)
        self._looking = True
        self._tell()
        self.looker.look_for([Path(path) for path in paths])

    def remove_selected(self) -> None:
        """Take the selected files out of the list."""
        rows = [index.row() for index in self.list.selectionModel().selectedRows()]
        self.model.remove(rows)
        self._tell()

    def _ask_files(self) -> None:
        from annotator.ui.dialogs.files import Chooser

        self.add(Chooser(self._settings, self).files())

    def _ask_folder(self) -> None:
        from annotator.ui.dialogs.files import Chooser

        folder = Chooser(self._settings, self).folder_to_import()
        if folder is not None:
            self.add([folder])

    def _found(self, files: list[Listed]) -> None:
        first = not self.model.files
        self.model.add(files)
        if first and self.model.files:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.setFocus()  # so that Enter imports
        self._tell()

    def _all_found(self) -> None:
        self._looking = False
        self._tell()

    def _tell(self) -> None:
        """How many files there are of each kind."""
        counts = self.model.counts()
        kinds = [f"{format_title(name)} {n:,}" for name, n in counts if name]
        bad = next((n for name, n in counts if not name), 0)
        if bad:
            kinds.append(_("{n} that cannot be read", n=f"{bad:,}"))
        if counts:
            words = _("{n} files", n=f"{len(self.model.files):,}") + _(": ") + _(", ").join(kinds)
        elif self._looking:
            words = _("Looking for files …")
        else:
            words = _("Drop files or folders here, or add them: texts, web pages, Word, PDF, spreadsheets, ZIP.")
        self.summary.setText(words)
        self.go.setEnabled(not self._looking and any(name for name, _n in counts))

    # ---- the preview ----------------------------------------------------------------------------

    def _selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        index = self.list.selectionModel().currentIndex()
        self._shown = self.model.files[index.row()] if index.isValid() else None
        if self._shown is None:
            self.preview.clear()
        else:
            self._look()

    def _look(self) -> None:
        file = self._shown
        if file is None:
            return
        options = self._read_as.get(file.path, FileOptions())
        self.preview.begin(file, options)
        table = file.table or options.format in ("csv", "xlsx")
        self._number = self.looker.preview(file.path, options, table=table)

    def _read(self, number: int, samples: object, columns: object, problem: str) -> None:
        if number != self._number or self._shown is None:
            return
        self.preview.show_samples(samples, columns, self._read_as.get(self._shown.path, FileOptions()))  # type: ignore[arg-type]
        if problem:
            self.preview.show_problem(problem)

    def _changed(self) -> None:
        """The file shown is to be read otherwise: it is read again at once."""
        if self._shown is None:
            return
        options = self.preview.options()
        if options == FileOptions():
            self._read_as.pop(self._shown.path, None)
            self.model.changed.discard(self._shown.path)
        else:
            self._read_as[self._shown.path] = options
            self.model.mark(self._shown.path)
        self._look()

    def _for_all(self) -> None:
        if self._shown is None:
            return
        options = self.preview.options()
        for file in self.model.files:
            if file.format == self._shown.format:
                self._read_as[file.path] = options
                self.model.changed.add(file.path)
        if self.model.files:
            last = self.model.index(len(self.model.files) - 1, 2)
            self.model.dataChanged.emit(self.model.index(0, 0), last)

    # ---- the answer -----------------------------------------------------------------------------

    def options(self) -> ImportOptions:
        """What is asked for."""
        listed = {file.path for file in self.model.files}
        return ImportOptions(
            annotator=self.annotator.text().strip() or None,
            replace=self.replace.isChecked(),
            near=self.near.currentData(),
            files={path: options for path, options in self._read_as.items() if path in listed},
        )

    def accept(self) -> None:
        self.chosen.emit([file.path for file in self.model.files], self.options())
        super().accept()

    def done(self, result: int) -> None:
        self.looker.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.looker.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.add(paths)
