"""How the window looks: both palettes as data, the QPalette made of them, fonts, and contrast.

The only place with colours that are not a label's, and the only one that may set a style sheet.
It knows no widget of ours.
"""

from __future__ import annotations

from functools import lru_cache
from string import Template
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator import locations
from annotator.domain.schema import Label

#: The least contrast between a text and what lies under it (WCAG 2, level AA).
LEAST_CONTRAST = 4.5

#: The property of a QApplication that has its style already: asking for the style itself would have Qt's largest class
#: wrapped, which costs a start more than the window's own widgets.
IN_FUSION = "in_fusion"

#: Sans-serif families with simplified Chinese, those of the platforms first; Qt takes the first that is installed.
FAMILIES = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "sans-serif",
)


class Theme(NamedTuple):
    """One palette; every colour is #rrggbb.

    `ground` lies under the report, `panel` under lists; `row` under the current row of a list (write the text
    colour on it); `accent` frames what is selected, `on_accent` is text on it. `softness` is how much of a
    label's colour its soft ground holds, `selected` how much of the accent a text selection does, 0 to 1. `match` lies
    under words that were found, `match_edge` around them and for them where there is no text.
    """

    name: str
    is_dark: bool
    text: str
    dim: str
    line: str
    panel: str
    ground: str
    accent: str
    on_accent: str
    row: str
    warning: str
    error: str
    success: str
    match: str
    match_edge: str
    softness: float
    selected: float


LIGHT = Theme(
    name="light",
    is_dark=False,
    text="#1f2328",
    dim="#667079",
    line="#e1e4e8",
    panel="#f6f7f9",
    ground="#ffffff",
    accent="#0b63ce",
    on_accent="#ffffff",
    row="#dbeafe",
    warning="#8a5200",
    error="#b3261e",
    success="#0b7a55",
    match="#fff1b8",
    match_edge="#b07d00",
    softness=0.12,
    selected=0.20,
)

DARK = Theme(
    name="dark",
    is_dark=True,
    text="#e3e5e8",
    dim="#9aa0a8",
    line="#383b40",
    panel="#26282c",
    ground="#1e1f22",
    accent="#6ea8fe",
    on_accent="#10131a",
    row="#2b4a6f",
    warning="#f0b35a",
    error="#ff8a80",
    success="#56b48c",
    match="#4d4000",
    match_edge="#e6c34a",
    softness=0.22,
    selected=0.30,
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def system_theme() -> Theme:
    """The palette the desktop asks for; light where it does not say."""
    app = QGuiApplication.instance()
    scheme = app.styleHints().colorScheme() if isinstance(app, QGuiApplication) else Qt.ColorScheme.Unknown
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def theme_named(name: str) -> Theme:
    """The palette called `name`; "system" or anything unknown is what the desktop asks for."""
    return THEMES.get(name) or system_theme()


def apply(app: QApplication, theme: Theme, *, sheet: bool = True) -> None:
    """Dress the whole program: Fusion, whose every colour comes from the palette; without `sheet` `apply_sheet` follows."""
    if not app.property(IN_FUSION):
        app.setStyle("Fusion")
        app.setProperty(IN_FUSION, True)
    app.setPalette(palette(theme))
    if sheet:
        apply_sheet(app, theme)


def apply_sheet(app: QApplication, theme: Theme) -> None:
    """Give the program its style sheet. Once there, each widget that is put into another one is polished anew."""
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """What Fusion does not take from the palette: edges of fields and buttons, slim scroll bars."""
    template = (locations.resources() / "styles" / "window.qss").read_text(encoding="utf-8")
    colours = {name: value for name in Theme._fields if isinstance(value := getattr(theme, name), str)}
    colours["edge"] = mix(theme.text, theme.panel, 0.22)
    colours["raised"] = mix(theme.text, theme.panel, 0.06)
    colours["handle"] = mix(theme.text, theme.panel, 0.28)
    colours["faded"] = mix(theme.text, theme.panel, 0.45)
    return Template(template).substitute(colours)


def palette(theme: Theme) -> QPalette:
    """The QPalette for Fusion. Colour schemes of the platform do nothing without a desktop theme, so all is set here."""
    result = QPalette()
    for role, colour in _ROLES.items():
        result.setColor(role, QColor(getattr(theme, colour)))
    raised = mix(theme.text, theme.panel, 0.06)
    result.setColor(QPalette.ColorRole.Button, QColor(raised))
    result.setColor(QPalette.ColorRole.Midlight, QColor(mix(theme.text, theme.panel, 0.04)))
    result.setColor(QPalette.ColorRole.Dark, QColor(mix(theme.text, theme.panel, 0.30)))
    result.setColor(QPalette.ColorRole.Shadow, QColor(mix(theme.text, theme.panel, 0.45)))
    faded = QColor(mix(theme.text, theme.panel, 0.6))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return result


_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "ground",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "dim",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.ToolTipBase: "ground",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "row",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "ground",
    QPalette.ColorRole.Mid: "line",
}


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal, family: str = "") -> QFont:
    """The interface's font, or that of another family, at a size in pixels."""
    result = QFont()
    result.setFamilies([family, *FAMILIES] if family else list(FAMILIES))
    result.setPixelSize(max(1, pixels))
    result.setWeight(weight)
    return result


def selection_over(background: str, theme: Theme) -> str:
    """What `background` looks like where text on it is selected."""
    return mix(theme.accent, background, theme.selected)


def furniture_colour(theme: Theme) -> str:
    """The dim colour, strong enough to be read where furniture is selected too."""
    return readable(theme.dim, selection_over(theme.ground, theme), theme.text)


# ---- colours of labels and contrast --------------------------------------------------------------


def label_colour(label: Label | None, theme: Theme) -> str:
    """The label's own colour in this theme, for lines and shapes; the dim colour for no label."""
    if label is None:
        return theme.dim
    return label.dark if theme.is_dark else label.light


def label_text_colour(label: Label | None, theme: Theme, background: str = "") -> str:
    """The label's colour, moved towards the text colour as far as reading it on `background` (the ground) needs."""
    return readable(label_colour(label, theme), background or theme.ground, theme.text)


def soft(colour: str, theme: Theme) -> str:
    """The soft ground a shape of this colour lays under text."""
    return mix(colour, theme.ground, theme.softness)


@lru_cache(maxsize=512)
def mix(colour: str, other: str, share: float) -> str:
    """`share` (0 to 1) of `colour` over `other`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@lru_cache(maxsize=512)
def readable(colour: str, background: str, towards: str) -> str:
    """`colour`, mixed with `towards` in steps until it reaches the least contrast on `background`."""
    for step in range(21):
        candidate = mix(towards, colour, step / 20)
        if contrast(candidate, background) >= LEAST_CONTRAST:
            return candidate
    return towards


def contrast(colour: str, other: str) -> float:
    """The contrast of two colours by WCAG 2: from 1, the same, to 21, black on white."""
    high, low = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (c / 255 for c in _channels(colour))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    qcolor = QColor(colour)
    return qcolor.red(), qcolor.green(), qcolor.blue()
