"""The table of actions as QActions: built once, worded and enabled again as things change."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.messages import _
from annotator.ui import icons
from annotator.ui.actions import ACTIONS, BY_ID, INSIDE, MENUS, Action
from annotator.ui.keyboard.keymap import KeyMap, key_words


class Handler(Protocol):
    """What carries actions out."""

    def do(self, action: str) -> None:
        """Do the action with this id."""


class ActionSet(QObject):
    """QActions by id, and the menus they stand in."""

    def __init__(self, window: QWidget, handler: Handler, keys: KeyMap) -> None:
        super().__init__(window)
        self.keys = keys
        self._window = window
        self._handler = handler
        self._groups: dict[str, QActionGroup] = {}
        self._menus: dict[str, QMenu] = {}
        self._words: dict[str, str] = {}
        self._actions = {row.id: self._make(row) for row in ACTIONS if row.id != "project.recent"}
        self.recent = QMenu(window)
        self._take_keys()
        keys.changed.connect(self.rekey)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def menu(self, name: str) -> QMenu:
        """The menu of the menu bar with this id."""
        return self._menus[name]

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus into `bar`."""
        for name, words in MENUS:
            menu = self._menus[name] = self._add_menu(bar, name, _(words))
            for row in (row for row in ACTIONS if row.menu == name):
                if row.rule:
                    menu.addSeparator()
                menu.addMenu(self.recent) if row.id == "project.recent" else menu.addAction(self._actions[row.id])

    def _add_menu(self, bar: QMenuBar, name: str, words: str) -> QMenu:
        if name not in INSIDE:
            return bar.addMenu(words)
        around, before = INSIDE[name]
        menu = QMenu(words, self._menus[around])
        self._menus[around].insertMenu(self._actions[before], menu)
        return menu

    def group(self, name: str) -> list[str]:
        """The ids of the actions of which only one can be chosen."""
        return [row.id for row in ACTIONS if row.group == name]

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        for name, words in MENUS:
            if name in self._menus:
                self._menus[name].setTitle(_(words))
        for name, action in self._actions.items():
            self.set_words(name, _(BY_ID[name].words))
            action.setToolTip(self.tip(name))
        self.recent.setTitle(_(BY_ID["project.recent"].words))

    def rekey(self) -> None:
        """Take the keys of the moment, and word what names them."""
        self._take_keys()
        self.retranslate()

    def _take_keys(self) -> None:
        for name, action in self._actions.items():
            if BY_ID[name].where == "window":
                action.setShortcuts([QKeySequence(key) for key in self.keys.keys(name)])

    def tip(self, name: str) -> str:
        """Words and key of an action, for a tooltip."""
        words, key = _(BY_ID[name].words), self.keys.shown(name)
        return f"{words} ({key})" if key else words

    def words(self, name: str) -> str:
        """What an action is called at the moment, without its key."""
        return self._words[name]

    def redraw(self) -> None:
        """Draw the icons again, after a change of theme."""
        for row in ACTIONS:
            if row.icon:
                self._actions[row.id].setIcon(icons.icon(row.icon))

    def set_words(self, name: str, words: str) -> None:
        """Name an action; keys that are not shortcuts stand behind its words."""
        self._words[name] = words
        key = "" if BY_ID[name].where == "window" else self.keys.shown(name)
        self._actions[name].setText(words.replace("&", "&&") + (f"\t{key}" if key else ""))

    def refresh(self, flags: Collection[str]) -> None:
        """Enable what can be done while `flags` hold."""
        for row in ACTIONS:
            if row.id in self._actions:
                self._actions[row.id].setEnabled(all(need in flags for need in row.needs))
        self.recent.setEnabled(True)

    def check(self, name: str, on: bool = True) -> None:
        """Show a checkable action as chosen, without doing it."""
        self._actions[name].setChecked(on)

    def _make(self, row: Action) -> QAction:
        action = QAction(self._window)
        action.setCheckable(row.checkable or bool(row.group))
        action.setMenuRole(_ROLES.get(row.id, QAction.MenuRole.NoRole))
        if row.group:
            self._groups.setdefault(row.group, QActionGroup(self)).addAction(action)
        if row.where == "window":
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._window.addAction(action)
        action.triggered.connect(lambda _checked=False, name=row.id: self._handler.do(name))
        return action


_ROLES = {"project.quit": QAction.MenuRole.QuitRole, "help.about": QAction.MenuRole.AboutRole}


def key_name(key: str) -> str:
    """A key as this system writes it."""
    return key_words(key)
