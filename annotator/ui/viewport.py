"""A viewport of our own for lists, the report view and the editor of spans.

Asked for a widget that Qt has made, PySide6 wraps every kind of widget there is to find out which one it has: 20 ms of
a start. A widget made here is known to it.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def own_viewport(area: QAbstractScrollArea, ground: QPalette.ColorRole = QPalette.ColorRole.Base) -> None:
    """Give `area` a viewport made here, with all that Qt gives to the one of its own; a QScrollArea's has no `ground`."""
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")
    viewport.setBackgroundRole(ground)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
