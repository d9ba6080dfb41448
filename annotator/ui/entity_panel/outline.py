"""The outline of the open report: its sections, indented by level; a click or Enter goes there."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from annotator.messages import _
from annotator.services.open_report import OpenReport
from annotator.ui import look
from annotator.ui.controller import Controller
from annotator.ui.entity_panel.delegate import ROW
from annotator.ui.viewport import own_viewport

Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractListModel):
    """The sections in order."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._report: OpenReport | None = None
        self._sections: list[Any] = []

    def show(self, report: OpenReport | None) -> None:
        """List the sections of `report`."""
        self.beginResetModel()
        self._report = report
        self._sections = list(report.shown_sections) if report else []
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._sections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._report is None:
            return None
        section = self._sections[index.row()]
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, ROW)
        if role == Qt.ItemDataRole.FontRole and section.level == 1:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = " ".join(self._report.text[section.start : section.heading_end].split())
            indent = "    " * min(section.level - 1, 5) if role == Qt.ItemDataRole.DisplayRole else ""
            return indent + words
        return None

    def section(self, position: int) -> Any:
        """The section of a row."""
        return self._sections[position]

    def position(self, offset: int) -> int:
        """The row of the last section that starts at or before `offset`; -1 before the first."""
        return bisect_right(self._sections, offset, key=lambda section: section.start) - 1


class Outline(QListView):
    """The sections; the one that holds the caret is marked."""

    left = Signal()  # back to the report

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.rows = OutlineModel(self)
        own_viewport(self)
        self.setModel(self.rows)
        self.setUniformItemSizes(True)
        self.setViewportMargins(8, 6, 0, 6)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setBackgroundRole(self.palette().ColorRole.Window)
        self.clicked.connect(self.go)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Outline"))
        self.viewport().update()

    def show_report(self) -> None:
        """List the sections of the open report, and mark the one that holds the caret."""
        self.rows.show(self._controller.report)
        self.follow()

    def go(self, index: QModelIndex) -> None:
        """Show the section of a row, the caret at its heading."""
        section = self.rows.section(index.row())
        self._controller.select(())
        self._controller.revealed.emit(section.start, section.heading_end, section.start)

    def follow(self) -> None:
        """Mark the section that holds the caret; before the first one, none."""
        position = self.rows.position(self._controller.caret)
        if position < 0:
            self.setCurrentIndex(QModelIndex())
        elif position != self.currentIndex().row():
            self.setCurrentIndex(self.rows.index(position))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.go(self.currentIndex())
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        report = self._controller.report
        if self.rows.rowCount() == 0 and report is not None and report.outlined:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(look.theme().dim))
            area = self.viewport().rect().adjusted(6, 6, -10, -6)
            words = _("No numbered headings were found in this report.")
            painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, words)
