"""How a finding's sign is painted in lists: the same in the report's list and in the project's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from annotator.services.findings import AGREES, DISAGREES, Found
from annotator.ui import look
from annotator.ui.checking import wording
from annotator.ui.theme import readable
from annotator.ui.widgets import half_bold, small

if TYPE_CHECKING:
    from annotator.services.project_checks import Checked

SIZE = 16


def paint_sign(painter: QPainter, font: QFont, place: QRectF, found: Found | Checked, ground: str) -> None:
    """The sign in its box; its colour says how grave it is, its shape what it is."""
    theme = look.theme()
    wrong = found.verdict == DISAGREES and not found.is_lint and found.kind != wording.JUMP
    wanted = theme.error if wrong else theme.dim if found.verdict == AGREES else theme.warning
    painter.setPen(QPen(QColor(readable(wanted, ground, theme.text)), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 3, 3)
    painter.setFont(half_bold(small(font, 1.5)))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, wording.sign(found))
