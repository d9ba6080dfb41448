"""What the foot of the window says about the mode one is in: an edge being moved, a pass, snapping."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.domain.edge_move import END
from annotator.messages import _
from annotator.ui import look
from annotator.ui.keyboard.edge_mode import EdgeMode
from annotator.ui.keyboard.passes import Passes
from annotator.ui.keyboard.snapping import Snapping
from annotator.ui.translation import Worded


class ModeLine(Worded, QWidget):
    """A chip with the mode, and the switch for snapping."""

    def __init__(self, edges: EdgeMode, passes: Passes, snapping: Snapping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edges, self._passes, self._snapping = edges, passes, snapping
        self.chip = _Chip()
        self.snap = QToolButton()
        self.snap.setAutoRaise(True)
        self.snap.setCheckable(True)
        self.snap.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.chip)
        layout.addWidget(self.snap)
        self.snap.clicked.connect(snapping.toggle)
        for part in (edges, passes, snapping):
            part.changed.connect(self.refresh)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.snap.setToolTip(_("Selections made with the mouse take whole words and numbers."))
        self.refresh()

    def refresh(self) -> None:
        """Show the mode as it is."""
        self.chip.show_words(self._edge_words() or self._passes.words())
        self.snap.setChecked(self._snapping.on)
        self.snap.setText(_("Snap: words") if self._snapping.on else _("Snap: off"))

    def _edge_words(self) -> str:
        move = self._edges.move
        if move is None:
            return ""
        which = _("Moving the end") if move.edge == END else _("Moving the start")
        keys = _("Enter keeps, Esc restores")
        return f"{which}   [{move.start}, {move.end})   {keys}"


class _Chip(QLabel):
    """Words on a ground of the accent colour; gone where there are none."""

    def show_words(self, words: str) -> None:
        """Show these words."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + 16, hint.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QColor(theme.on_accent))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
