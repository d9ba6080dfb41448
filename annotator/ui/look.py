"""The theme in use, for widgets that paint themselves. Colours are `theme.py`'s; this only remembers which."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from annotator.ui import theme as themes
from annotator.ui.theme import Theme

_theme: Theme = themes.LIGHT


def theme() -> Theme:
    """The theme of the moment."""
    return _theme


def use(app: QApplication, name: str) -> Theme:
    """Dress the program in theme `name` ("system", "light", "dark"); widgets hear of it as PaletteChange."""
    global _theme
    _theme = themes.theme_named(name)
    themes.apply(app, _theme)
    return _theme
