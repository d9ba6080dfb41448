"""Icons from `resources/icons`, drawn in the theme's colours. Each is an SVG whose lines are `currentColor`."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import locations
from annotator.ui import look
from annotator.ui.theme import mix


def icon(name: str) -> QIcon:
    """The icon `name` in the text colour of the moment, and faded where disabled."""
    theme = look.theme()
    result = QIcon()
    result.addPixmap(pixmap(name, mix(theme.text, theme.panel, 0.85)))
    result.addPixmap(pixmap(name, mix(theme.dim, theme.panel, 0.45)), QIcon.Mode.Disabled)
    return result


def pixmap(name: str, colour: str, size: int = 18) -> QPixmap:
    """The icon `name` in `colour`, sharp up to four times its size."""
    source = (locations.resources() / "icons" / f"{name}.svg").read_bytes()
    renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))
    picture = QPixmap(QSize(size, size) * 4)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(4)
    return picture


def app_icon() -> QIcon:
    """The program's icon."""
    return QIcon(str(locations.resources() / "icons" / "app.svg"))
