"""Whether an action may have a key: who else has it, and which keys belong to the system, the text and the labels."""

from __future__ import annotations

import functools
import sys
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from annotator.domain.schema import LabelSchema
from annotator.messages import N_, _, language
from annotator.ui.actions import BY_ID, MENUS
from annotator.ui.keyboard.keymap import KeyMap, key_words

_SYSTEM = N_("{key} belongs to the system or to input methods; nothing was changed.")
_MENU = N_("{key} opens a menu; nothing was changed.")
_TEXT = N_("{key} moves, selects or edits text everywhere; nothing was changed.")
_LABEL = N_("{key} is the key of the label {label}; nothing was changed.")
_OTHER = N_("{key} is the key of “{action}”; nothing was changed. Take it away there first.")
_BARE = N_("{key} alone would be typed into fields; add Ctrl or take a function key. Nothing was changed.")

#: Keys that are not ours (interface rules), with the one action that may have them all the same.
_NOT_OURS = {
    "F10": "",
    "Shift+F10": "",
    "Menu": "",
    "Alt+F4": "",
    "Alt+Space": "",
    "Ctrl+Space": "",
    "Shift+Space": "",
    "Meta+Space": "",
    "Ctrl+.": "",
    "Ctrl+;": "",
    "Ctrl+Shift+F": "",
    "Ctrl+Shift+U": "",
    "Ctrl+P": "project.print",
}
#: On macOS Ctrl is the command key and Meta the control key.
_NOT_OURS_ON_MACOS = {
    **{f"Meta+{arrow}": "" for arrow in ("Left", "Right", "Up", "Down")},
    "Ctrl+Q": "project.quit",
    "Ctrl+H": "",
    "Ctrl+M": "",
    "Ctrl+Space": "",
    "Ctrl+,": "",
}
_MOVES = (
    "NextChar", "PreviousChar", "NextWord", "PreviousWord", "NextLine", "PreviousLine", "NextPage", "PreviousPage",
    "StartOfLine", "EndOfLine", "StartOfDocument", "EndOfDocument",
)  # fmt: skip
_EDITS = ("Copy", "Cut", "Paste", "SelectAll")
_TEXT_KEYS = ("Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Ctrl+Tab", "Ctrl+Shift+Tab", "Esc", "Space")
_PARAGRAPHS = tuple(f"Ctrl+{shift}{arrow}" for shift in ("", "Shift+") for arrow in ("Up", "Down"))
#: What Key_Shift and its like are called when they are pressed alone.
_MODIFIERS = frozenset({"", "Shift", "Ctrl", "Alt", "Meta", "Ctrl+Shift", "Shift+Ctrl", "AltGr", "CapsLock", "NumLock"})


def problem(action: str, key: str, keys: KeyMap, schema: LabelSchema) -> str:
    """Why `action` cannot have `key`, as a sentence in the language of the moment; "" where it can."""
    shown = key_words(key) or key
    if key in _MODIFIERS or is_foreign(action, key):
        return _(_SYSTEM, key=shown)
    if key in _menu_keys():
        return _(_MENU, key=shown)
    deciding = BY_ID[action].where == "suggestion"
    if key in _text_keys() and not (deciding and key == "Space"):
        return _(_TEXT, key=shown)
    label = schema.label_for_key(key.removeprefix("Shift+").removeprefix("Alt+"))
    if label is not None:
        return _(_LABEL, key=shown, label=label.title.text(language()) or label.name)
    owner = keys.owner(key, deciding=deciding)
    if owner is not None and owner.id != action:
        return _(_OTHER, key=shown, action=_(owner.words))
    if BY_ID[action].where == "window" and _is_typed(key):
        return _(_BARE, key=shown)
    return ""


def is_foreign(action: str, key: str, platform: str = sys.platform) -> bool:
    """Whether a key belongs to the system or to input methods, for this action."""
    foreign = {**_NOT_OURS, **_NOT_OURS_ON_MACOS} if platform == "darwin" else _NOT_OURS
    return key in foreign and (not foreign[key] or foreign[key] != action)


def _menu_keys() -> set[str]:
    """Alt and the underlined letters of the menu bar, in the language of the moment."""
    titles = [_(words) for _name, words in MENUS]
    return {f"Alt+{title[title.index('&') + 1].upper()}" for title in titles if "&" in title[:-1]}


@functools.cache
def _text_keys() -> frozenset[str]:
    """The standard sequences that the report and text fields read themselves."""
    names = [*_EDITS, *(prefix + move for prefix in ("MoveTo", "Select") for move in _MOVES)]
    found = {*_TEXT_KEYS, *_PARAGRAPHS}
    for name in names:
        for sequence in QKeySequence.keyBindings(getattr(QKeySequence.StandardKey, name)):
            found.add(sequence.toString(QKeySequence.SequenceFormat.PortableText))
    return frozenset(found)


def _is_typed(key: str) -> bool:
    """Whether a key press writes or deletes something in a text field."""
    sequence: Any = QKeySequence(key)  # Qt's stubs do not know that it can be indexed
    combination: QKeyCombination = sequence[0]
    held = combination.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    code = combination.key()
    edits = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Insert)
    return held == Qt.KeyboardModifier.NoModifier and (code < Qt.Key.Key_Escape or code in edits)
