"""The command palette: every action of the table and every label, found by typing, run with Enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.schema import LabelSchema
from annotator.messages import _, language
from annotator.ui import look
from annotator.ui.action_set import ActionSet
from annotator.ui.actions import ACTIONS, MENUS
from annotator.ui.keyboard.matching import initials, score
from annotator.ui.theme import readable
from annotator.ui.widgets import Field, small

_SHOWN = 12
_OMITTED = ("project.recent", "help.commands")


class Command(NamedTuple):
    """One line of the palette: what it is called, where it stands in the menus, its key, and what it does."""

    words: str
    place: str
    key: str
    enabled: bool
    found_by: tuple[str, ...]
    run: Callable[[], None]


class Palette(QDialog):
    """Type, choose, Enter."""

    def __init__(
        self,
        actions: ActionSet,
        schema: LabelSchema,
        do: Callable[[str], None],
        press: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(_("Find a command"))
        self._window = parent
        self.model = CommandModel([*_labels(schema, actions, press), *_actions(actions, do)], self)
        self.field = Field()
        self.field.setPlaceholderText(_("Type what you want to do…"))
        self.field.setAccessibleName(_("Find a command"))
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Commands"))
        self.nothing = QLabel(_("No command is called so."))
        self.nothing.setContentsMargins(8, 6, 8, 6)
        self._lay_out()
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self._run)
        self.field.given_up.connect(self.reject)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._run)
        self._find("")
        self.field.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        parent = self._window
        width = min(640, parent.width() - 80)
        self.resize(width, self.field.sizeHint().height() + 30 + _SHOWN * self.list.sizeHintForRow(0))
        self.move(parent.geometry().center().x() - width // 2, parent.geometry().top() + 70)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while the cursor stays in the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: _SHOWN - 1,
                Qt.Key.Key_PageUp: 1 - _SHOWN,
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None and not self.field.composing:
                self._go(step)
                return True
        return super().eventFilter(watched, event)

    def _go(self, step: int) -> None:
        count = self.model.rowCount()
        if count:
            row = self.list.currentIndex().row()
            last = row == count - 1 and step == 1
            self._choose(0 if last else min(max(row + step, 0), count - 1))

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        self.list.scrollTo(self.model.index(row))

    def _find(self, typed: str) -> None:
        self.model.find(typed)
        found = self.model.rowCount() > 0
        self.list.setVisible(found)
        self.nothing.setVisible(not found)
        if found:
            self._choose(0)

    def _run(self) -> None:
        """Do what is chosen, after the palette has gone: the action may ask who has the focus."""
        index = self.list.currentIndex()
        if self.field.composing or not index.isValid() or not self.model.rowCount():
            return
        command = self.model.command(index.row())
        if command.enabled:
            self.accept()
            command.run()


def _actions(actions: ActionSet, do: Callable[[str], None]) -> list[Command]:
    titles = {name: _(words).split("(&")[0].replace("&", "") for name, words in MENUS}
    found = []
    for row in ACTIONS:
        if row.id in _OMITTED or not actions[row.id].isVisible():
            continue
        words = actions.words(row.id)
        texts = (words, row.words, initials(words), row.id.replace(".", " ").replace("_", " "))
        found.append(
            Command(
                words,
                titles.get(row.menu, ""),
                actions.keys.shown(row.id),
                actions[row.id].isEnabled(),
                texts,
                partial(do, row.id),
            )
        )
    return found


def _labels(schema: LabelSchema, actions: ActionSet, press: Callable[[str], None]) -> list[Command]:
    """A command for each label: what its key does."""
    enabled = actions["clause.here"].isEnabled()
    found = []
    for label in schema.labels:
        title = label.title.text(language()) or label.name
        words = _("Label {label}", label=title)
        texts = (words, title, label.name, initials(title))
        place = _("Labels")
        found.append(Command(words, place, label.key, enabled, texts, partial(press, label.name)))
    return found


class CommandModel(QAbstractListModel):
    """The commands that match what is typed, the best first."""

    def __init__(self, commands: list[Command], parent: QDialog) -> None:
        super().__init__(parent)
        self._all = commands
        self._found = commands

    def find(self, typed: str) -> None:
        """Show what matches; everything while nothing is typed."""
        self.beginResetModel()
        scored = [(score(typed, c.found_by), not c.enabled, n, c) for n, c in enumerate(self._all)]
        self._found = [c for s, _off, _n, c in sorted((x for x in scored if x[0] is not None), key=lambda x: x[:3])]
        self.endResetModel()

    def command(self, row: int) -> Command:
        """The command in a row."""
        return self._found[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._found)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Rows that cannot be run can be read."""
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        command = self._found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if command.enabled else _("not possible now")
            return ", ".join(part for part in (command.words, command.place, command.key, state) if part)
        return None


class _Lines(QStyledItemDelegate):
    """Words at the left, the menu behind them, the key at the right; grey where it cannot be done now."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, option.fontMetrics.height() + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model, theme = index.model(), look.theme()
        assert isinstance(model, CommandModel)
        command = model.command(index.row())
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = theme.row if chosen else theme.ground
        painter.fillRect(option.rect, QColor(ground))
        dim = QColor(readable(theme.dim, ground, theme.text))
        room = QRectF(option.rect).adjusted(10, 0, -10, 0)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(theme.text) if command.enabled else dim)
        painter.drawText(room, left, command.words)
        painter.setPen(dim)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, command.key)
        behind = painter.fontMetrics().horizontalAdvance(command.words) + 12
        painter.setFont(small(option.font))
        place = command.place if command.enabled else f"{command.place} · {_('not possible now')}"
        painter.drawText(room.adjusted(behind, 0, 0, 0), left, place)
        painter.restore()
