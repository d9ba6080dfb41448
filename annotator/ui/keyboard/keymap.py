"""Which keys do what: the defaults of the table of actions, and what a person has changed in the settings.

Keys are named as `QKeySequence` names them ("J", "Shift+J", "Ctrl+K"). A person's choice comes before a default that
wants the same key. What decides about suggestions has keys of its own: they mean it only while one is being decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from annotator.services.settings import Settings
from annotator.ui.actions import ACTIONS, BY_ID, Action

TABLE = "keys"


class KeyMap(QObject):
    """The keys in force."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._read()

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of an action, the one to show first."""
        return self._keys.get(name, ())

    def shown(self, name: str) -> str:
        """The first key of an action as this system writes it; "" for none."""
        keys = self.keys(name)
        return key_words(keys[0]) if keys else ""

    def owner(self, key: str, *, deciding: bool = False) -> Action | None:
        """The action that this key belongs to; with `deciding` while a suggestion is being decided."""
        return self._owners.get((deciding, key))

    def deciding_action(self, key: str) -> Action | None:
        """The action whose key means something while a suggestion is being decided."""
        return self._owners.get((True, key))

    def report_action(self, key: str) -> Action | None:
        """The action whose key the report view has read."""
        action = self._owners.get((False, key))
        return action if action is not None and action.where == "report" else None

    def is_changed(self, name: str) -> bool:
        """Whether a person has changed the keys of an action."""
        return name in self._own

    def set_keys(self, name: str, keys: Sequence[str]) -> None:
        """Give an action these keys, none to switch them off. Ask `clashes.problem` first."""
        wanted = tuple(dict.fromkeys(keys))
        self._settings.set_row(TABLE, name, None if wanted == BY_ID[name].keys else list(wanted))
        self._read()
        self.changed.emit()

    def reset(self, names: Iterable[str]) -> None:
        """Give actions the keys of the table again."""
        for name in names:
            self._settings.set_row(TABLE, name, None)
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        stored = self._settings.table(TABLE)
        self._own = {name: tuple(map(_named, keys)) for name, keys in stored.items() if _is_row(name, keys)}
        taken = {(_deciding(BY_ID[name]), key) for name, keys in self._own.items() for key in keys}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._owners: dict[tuple[bool, str], Action] = {}
        for row in ACTIONS:
            keys = self._own.get(row.id) or (
                () if row.id in self._own else tuple(k for k in row.keys if (_deciding(row), k) not in taken)
            )
            self._keys[row.id] = keys
            for key in keys:
                self._owners.setdefault((_deciding(row), key), row)


def _deciding(row: Action) -> bool:
    """Whether an action's keys are its own only while a suggestion is being decided."""
    return row.where == "suggestion"


def key_words(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _named(key: str) -> str:
    """A key as `QKeySequence` names it, however it was written into the settings by hand."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) or key


def _is_row(name: str, keys: object) -> bool:
    return name in BY_ID and isinstance(keys, list) and all(isinstance(key, str) and key for key in keys)
