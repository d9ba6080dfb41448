"""The sheet of keys, built from the table of actions and the label schema."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.domain.schema import LabelSchema
from annotator.messages import _, language
from annotator.ui.actions import OWN_KEYS, by_menu
from annotator.ui.keyboard.keymap import KeyMap, key_words


class KeysDialog(QDialog):
    """All keys in force, menu by menu."""

    change = Signal()  # the person wants other keys

    def __init__(self, keys: KeyMap, schema: LabelSchema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._schema = schema
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setAccessibleName(_("Keys"))
        self._fill()
        keys.changed.connect(self._fill)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        change = buttons.addButton(_("Change keys…"), QDialogButtonBox.ButtonRole.ActionRole)
        change.clicked.connect(self.change)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tree)
        layout.addWidget(buttons)
        self.resize(560, 640)
        self.resize(self._wanted(), self.height())

    def _fill(self) -> None:
        self.tree.clear()
        own = self._heading(_("In the report"))
        for label in self._schema.labels:
            if label.key:
                QTreeWidgetItem(own, [label.title.text(language()) or label.name, label.key])
        for keys, words in OWN_KEYS:
            QTreeWidgetItem(own, [_(words), _(keys)])
        for title, rows in by_menu():
            with_keys = [row for row in rows if self._keys.keys(row.id)]
            if not with_keys:
                continue
            heading = self._heading(_(title).split("(&")[0].replace("&", "")) if with_keys[0].menu else own
            for row in with_keys:
                keys = "  ".join(dict.fromkeys(map(key_words, self._keys.keys(row.id))))
                QTreeWidgetItem(heading, [_(row.words), keys])
        self.tree.expandAll()
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)

    def _wanted(self) -> int:
        """A width in which no line is cut off, as far as the screen has it."""
        columns = sum(self.tree.sizeHintForColumn(column) for column in (0, 1))
        room = self.screen().availableGeometry().width()
        return max(self.width(), min(columns + 80, room - 40))

    def _heading(self, words: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [words])
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        return item
