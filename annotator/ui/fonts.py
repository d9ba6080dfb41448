"""Which font the window asks for: a simplified Chinese one first, so that shared code points are not drawn as Japanese."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from annotator.ui.theme import FAMILIES

#: Smaller than this many points, Chinese characters of the interface run together.
SMALLEST = 10.0


def apply_font(app: QApplication) -> None:
    """Give `app` its font: the system's size, not below `SMALLEST`, in a simplified Chinese family."""
    font = QFont(app.font())
    if font.pointSizeF() < SMALLEST:
        font.setPointSizeF(SMALLEST)
    font.setFamilies(list(FAMILIES))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    app.setFont(font)


def has_chinese_font() -> bool:
    """Whether any installed font can show simplified Chinese. Asks the font database: not before the first paint."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
