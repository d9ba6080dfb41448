"""The editor of keys: every action's keys can be changed, switched off and put back.

A key that clashes changes nothing; the sentence under the field says with what.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.schema import LabelSchema
from annotator.messages import _
from annotator.ui import look
from annotator.ui.actions import BY_ID, by_menu
from annotator.ui.keyboard import clashes
from annotator.ui.keyboard.keymap import KeyMap, key_words
from annotator.ui.keyboard.matching import initials, score
from annotator.ui.report_view.keys import key_name
from annotator.ui.theme import readable
from annotator.ui.widgets import Field, half_bold

_ID = Qt.ItemDataRole.UserRole
_FIELDS = 2


class ShortcutsDialog(QDialog):
    """All actions with their keys, and two fields for the keys of the chosen one."""

    def __init__(self, keys: KeyMap, schema: LabelSchema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys, self._schema = keys, schema
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Change keys"))
        self.filter = Field()
        self.filter.setPlaceholderText(_("Find by name or key…"))
        self.filter.setAccessibleName(_("Find by name or key…"))
        self.filter.setClearButtonEnabled(True)
        self.tree = _tree()
        self.fields = [KeyField() for _n in range(_FIELDS)]
        self.off_buttons = [QPushButton(_("Switch off")) for _n in range(_FIELDS)]
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setMinimumHeight(2 * self.problem.fontMetrics().lineSpacing())
        self.problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reset_button = QPushButton(_("Put back this one"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset_all = self._buttons.addButton(_("Put all back"), QDialogButtonBox.ButtonRole.ResetRole)
        self._lay_out()
        self._connect()
        self._fill()
        self.resize(620, 660)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (field, off) in enumerate(zip(self.fields, self.off_buttons, strict=True)):
            title = QLabel(_("Key") if row == 0 else _("Second key"))
            title.setBuddy(field)
            field.setAccessibleName(title.text())
            off.setAccessibleName(f"{title.text()}: {off.text()}")
            grid.addWidget(title, row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(off, row, 2)
        grid.addWidget(self.problem, _FIELDS, 1)
        grid.addWidget(self.reset_button, _FIELDS, 2, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addLayout(grid)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.filter.given_up.connect(lambda: self.filter.clear() if self.filter.text() else self.reject())
        self.tree.currentItemChanged.connect(lambda _now, _before: self._show())
        self.tree.itemActivated.connect(lambda _item, _column: self.fields[0].setFocus())
        for number, (field, off) in enumerate(zip(self.fields, self.off_buttons, strict=True)):
            field.pressed.connect(lambda key, n=number: self._take(n, key))
            field.left.connect(self.tree.setFocus)
            off.clicked.connect(lambda _on=False, n=number: self._switch_off(n))
        self.reset_button.clicked.connect(lambda: self._keys.reset([self._current()]))
        self.reset_all.clicked.connect(lambda: self._keys.reset(list(BY_ID)))
        self._buttons.rejected.connect(self.reject)
        self._keys.changed.connect(self._keys_changed)

    # ---- showing ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._groups: list[QTreeWidgetItem] = []
        self._items: list[QTreeWidgetItem] = []
        for title, rows in by_menu():
            rows = [row for row in rows if row.where != "field" and row.id != "project.recent"]
            if not rows:
                continue
            heading = QTreeWidgetItem(self.tree, [_(title).split("(&")[0].replace("&", "")])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setFont(0, half_bold(self.tree.font()))
            for row in rows:
                item = QTreeWidgetItem(heading, [_(row.words)])
                item.setData(0, _ID, row.id)
                self._items.append(item)
            self._groups.append(heading)
        self.tree.expandAll()
        self._keys_changed()
        self.tree.setCurrentItem(self._items[0])

    def items(self) -> list[QTreeWidgetItem]:
        """The lines of all actions."""
        return self._items

    def choose(self, action: str) -> None:
        """Go to the line of an action."""
        self.tree.setCurrentItem(next(item for item in self.items() if item.data(0, _ID) == action))

    def _keys_changed(self) -> None:
        for item in self.items():
            name = item.data(0, _ID)
            item.setText(1, "  ".join(dict.fromkeys(map(key_words, self._keys.keys(name)))) or "—")
            font = item.font(1)
            font.setBold(self._keys.is_changed(name))
            item.setFont(1, font)
        self._show()

    def _current(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item else ""

    def _show(self) -> None:
        """The keys of the chosen action."""
        name = self._current()
        keys = self._keys.keys(name)
        for number, (field, off) in enumerate(zip(self.fields, self.off_buttons, strict=True)):
            field.setEnabled(bool(name) and number <= len(keys))
            field.setText(key_words(keys[number]) if number < len(keys) else "")
            field.setPlaceholderText(_("Press a key") if number <= len(keys) else "")
            off.setEnabled(number < len(keys))
        self.reset_button.setEnabled(self._keys.is_changed(name))
        self._say("")

    def _filter(self, typed: str) -> None:
        for item in self.items():
            words = item.text(0)
            row = BY_ID[item.data(0, _ID)]
            keys = [key.lower() for key in item.text(1).split("  ")]
            found = score(typed, (words, row.words, initials(words))) is not None or typed.strip().lower() in keys
            item.setHidden(not found)
        shown = [item for item in self.items() if not item.isHidden()]
        if shown and self.tree.currentItem() not in shown:
            self.tree.setCurrentItem(shown[0])
        for group in self._groups:
            group.setHidden(not any(item.parent() is group for item in shown))

    # ---- changing ---------------------------------------------------------------------------------

    def _take(self, number: int, key: str) -> None:
        """A key was pressed in a field: it is the action's, or a sentence says why not."""
        name = self._current()
        keys = list(self._keys.keys(name))
        sentence = clashes.problem(name, key, self._keys, self._schema)
        if key in keys and keys.index(key) != number:
            sentence = _("{key} is a key of this action already.", key=key_words(key))
        if sentence:
            self._say(sentence)
            return
        keys[number : number + 1] = [key]
        self._keys.set_keys(name, keys)

    def _switch_off(self, number: int) -> None:
        name = self._current()
        keys = [key for n, key in enumerate(self._keys.keys(name)) if n != number]
        self._keys.set_keys(name, keys)

    def _say(self, sentence: str) -> None:
        theme = look.theme()
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(readable(theme.error, theme.panel, theme.text)))
        self.problem.setPalette(palette)
        self.problem.setText(sentence)
        self.problem.setAccessibleName(sentence)


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setColumnCount(2)
    tree.setHeaderHidden(True)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAccessibleName(_("Actions and their keys"))
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    tree.header().setStretchLastSection(False)
    return tree


class KeyField(QLineEdit):
    """Reads one key press and says its name. Tab and Esc leave, for a field that eats them holds people captive."""

    pressed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif name := key_name(event):
            self.pressed.emit(name)
