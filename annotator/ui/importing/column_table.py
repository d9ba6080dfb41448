"""The columns of a table: what each holds, chosen above its first rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.messages import _
from annotator.services.import_preview import ROLES, Columns

#: A column that keeps its own name among the metadata.
KEEP = None
_ROWS = 6
#: Of more columns than these those that have a role are shown, and the first others.
_MOST = 30


class ColumnTable(QTableWidget):
    """`chosen` comes when a person has changed what a column is."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What the columns hold"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setWordWrap(False)
        self.combos: dict[str, QComboBox] = {}

    def show_columns(self, columns: Columns, chosen: dict[str, str]) -> None:
        """Show a table; `chosen` are the roles a person gave, else those proposed are shown."""
        roles = chosen or columns.proposal
        self.clear()
        self.combos = {}
        places = _shown(columns, roles)
        names = [columns.names[place] for place in places]
        more = len(columns.names) - len(places)
        heads = [*names, _("… and {n} more, kept as they are called", n=f"{more:,}")] if more else names
        rows = columns.rows[:_ROWS]
        self.setColumnCount(len(heads))
        self.setRowCount(1 + len(rows))
        self.setHorizontalHeaderLabels(heads)
        for at, (place, name) in enumerate(zip(places, names, strict=True)):
            self.setCellWidget(0, at, self._combo(name, roles))
            for row, cells in enumerate(rows, 1):
                words = " ".join(cells[place][:80].split()) if place < len(cells) else ""
                item = QTableWidgetItem(words)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(row, at, item)
            self.setColumnWidth(at, 150)
        if more:
            self.resizeColumnToContents(len(names))

    def roles(self) -> dict[str, str]:
        """What is chosen for each column; those that keep their name are left out."""
        return {name: box.currentData() for name, box in self.combos.items() if box.currentData() is not KEEP}

    def _combo(self, name: str, roles: dict[str, str]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("What column {name} holds", name=name))
        box.addItem(_("Kept as “{name}”", name=name), KEEP)
        for role, words in ROLES.items():
            box.addItem(_(words), role)
        box.addItem(_("Left out"), "")
        box.setCurrentIndex(max(0, box.findData(roles[name])) if name in roles else 0)
        box.activated.connect(lambda _index: self.chosen.emit())
        self.combos[name] = box
        return box


def _shown(columns: Columns, roles: dict[str, str]) -> list[int]:
    """The places of the columns that are shown, in their order."""
    places = range(len(columns.names))
    if len(places) <= _MOST:
        return list(places)
    held = [place for place in places if columns.names[place] in roles]
    return sorted({*held, *places[:_MOST]})
