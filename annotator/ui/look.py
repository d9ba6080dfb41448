"""The theme in use, for widgets that paint themselves. Colours are `theme.py`'s; this only remembers which."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from annotator.ui import theme as themes
from annotator.ui.theme import Theme

_theme: Theme = themes.LIGHT


def theme() -> Theme:
    """The theme of the moment."""
    return _theme


def use(app: QApplication, name: str, *, sheet: bool = True) -> Theme:
    """Dress the program in theme `name` ("system", "light", "dark"); widgets hear of it as PaletteChange.

    Without `sheet` the style sheet is left to `finish`.
    """
    global _theme
    _theme = themes.theme_named(name)
    themes.apply(app, _theme, sheet=sheet)
    return _theme


def finish(app: QApplication) -> None:
    """The style sheet, once the window's widgets stand in each other: earlier it costs a start a tenth."""
    themes.apply_sheet(app, _theme)
