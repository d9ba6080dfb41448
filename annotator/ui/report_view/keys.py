"""The names of keys: what a key press is called, whichever keyboard or input method it comes from.

Names are those of key sequences ("1", "Shift+1", "Delete", "J", "Ctrl+Left"). Read by key code,
never by text: with a Chinese input method on, a digit key may come as a full-width digit.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

#: The digit row with Shift on an American keyboard, which Chinese keyboards are.
_SHIFTED = dict(zip((ord(c) for c in "!@#$%^&*()"), "1234567890", strict=True)) | {ord("￥"): "4", ord("…"): "6"}

#: Codes of the keys 1 … 9, 0, wherever their characters lie.
_DIGIT_ROW = {
    "linux": dict(zip(range(10, 20), "1234567890", strict=True)),
    "win32": dict(zip(range(2, 12), "1234567890", strict=True)),
    "darwin": dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), "1234567890", strict=True)),
}

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_MODIFIER_KEYS = frozenset(
    (
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Meta, Qt.Key.Key_Alt, Qt.Key.Key_AltGr),
        *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown),
    )
)
_MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)


def key_name(event: QKeyEvent) -> str:
    """What a key press is called; "" for a modifier alone and for keys without a name."""
    code = _folded(event.key())
    if code in _MODIFIER_KEYS or code == 0:
        return ""
    modifiers = Qt.KeyboardModifier.NoModifier
    for modifier in _MODIFIERS:
        if event.modifiers() & modifier:
            modifiers |= modifier
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        code = _unshifted_digit(event, code)
    try:
        key = Qt.Key(code)
    except ValueError:
        return ""
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)


def is_single_key(event: QKeyEvent) -> bool:
    """Whether this is one key, with Shift at most, that no menu should take while the text has the focus."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if held != Qt.KeyboardModifier.NoModifier:
        return False
    code = _folded(event.key())
    return 0x20 <= code < 0x1000000 or code in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)


def _folded(code: int) -> int:
    """Full-width characters as those they stand for."""
    return code - 0xFEE0 if code in _FULL_WIDTH else code


def _unshifted_digit(event: QKeyEvent, code: int) -> int:
    if code not in _SHIFTED and ord("0") <= code <= ord("9"):
        return code
    native = event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()
    digit = _DIGIT_ROW.get(sys.platform, {}).get(native) if native else None
    digit = digit or _SHIFTED.get(code)
    return ord(digit) if digit else code
