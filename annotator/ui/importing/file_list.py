"""The files about to be imported, as a table: name, kind, length. Knows how many there are of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor

from annotator.messages import _
from annotator.services.import_preview import Listed, format_title
from annotator.ui import look

Index = QModelIndex | QPersistentModelIndex
_ROW = 24
_NO_INDEX = QModelIndex()


class FileList(QAbstractTableModel):
    """Each file once, in the order in which they were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: list[Listed] = []
        self._known: set[Path] = set()
        #: Files that a person has said something about: shown with a mark.
        self.changed: set[Path] = set()

    def add(self, files: Iterable[Listed]) -> None:
        """Append files that are not there yet."""
        new = [file for file in files if file.path not in self._known]
        if not new:
            return
        self.beginInsertRows(QModelIndex(), len(self.files), len(self.files) + len(new) - 1)
        self.files += new
        self._known |= {file.path for file in new}
        self.endInsertRows()

    def remove(self, rows: Sequence[int]) -> None:
        """Take files out of the list; they are not touched."""
        for row in sorted(rows, reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            self._known.discard(self.files.pop(row).path)
            self.endRemoveRows()

    def counts(self) -> list[tuple[str, int]]:
        """How many files there are of each format, the most frequent first; "" are those that cannot be read."""
        return Counter(file.format for file in self.files).most_common()

    def mark(self, path: Path) -> None:
        """Show that this file is read otherwise than the others."""
        self.changed.add(path)
        row = next((row for row, file in enumerate(self.files) if file.path == path), None)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 2))

    # ---- the model ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, _parent: Index = _NO_INDEX) -> int:
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("File"), _("Kind"), _("Length"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        file = self.files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            mark = " *" if file.path in self.changed and index.column() == 1 else ""
            return (Path(file.shown).name, format_title(file.format), length(file.size))[index.column()] + mark
        if role == Qt.ItemDataRole.ToolTipRole:
            return file.problem or file.shown
        if role == Qt.ItemDataRole.ForegroundRole and not file.format:
            return QColor(look.theme().error)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, _ROW)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def length(size: int) -> str:
    """Bytes in words."""
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if size >= 10 or unit == "B" else f"{size:.1f} {unit}"
        size = size / 1024  # type: ignore[assignment]
    return f"{size:.1f} GB"
