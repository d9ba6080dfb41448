"""A viewport of our own for lists and the report view.

Asked for a widget that Qt has made, PySide6 wraps every kind of widget there is to find out which one it has: 20 ms of
a start. A widget made here is known to it.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def own_viewport(area: QAbstractScrollArea) -> None:
    """Give `area` a viewport made here, with all that Qt gives to the one of its own."""
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
