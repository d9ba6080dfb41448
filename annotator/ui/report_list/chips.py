"""The conditions a list is filtered by, as chips below the filter: each taken away by a click, Enter or Del."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QToolButton, QWidget

from annotator.messages import _
from annotator.services.filtering import Condition
from annotator.ui.widgets import small

_GAP = 4
_CROSS = "  ✕"


class Chip(QToolButton):
    """One condition."""

    def __init__(self, condition: Condition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.condition = condition
        self.setProperty("chip", True)
        self.setFont(small(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = condition.words()
        self.setToolTip(_("{condition}: click to take it away", condition=words))
        self.setAccessibleName(_("Filter: {condition}; press to take it away", condition=words))

    def fit(self, width: int) -> None:
        """Cut the words so that the chip takes no more than `width` pixels."""
        metrics = self.fontMetrics()
        room = width - metrics.horizontalAdvance(_CROSS) - 18
        self.setText(metrics.elidedText(self.condition.words(), Qt.TextElideMode.ElideRight, max(room, 40)) + _CROSS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            return
        super().keyPressEvent(event)


class Chips(QWidget):
    """All conditions, in as many lines as they need; gone where there are none."""

    removed = Signal(object)  # a Condition

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = _Flow(self)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setVisible(False)

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show these, and no others."""
        for chip in self.chips():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for condition in conditions:
            chip = Chip(condition, self)
            chip.clicked.connect(lambda _on=False, c=condition: self.removed.emit(c))
            self._flow.addWidget(chip)
        self.setVisible(bool(conditions))
        self._flow.invalidate()
        self.updateGeometry()

    def chips(self) -> list[Chip]:
        """The chips, in their order."""
        found = (self._flow.itemAt(n) for n in range(self._flow.count()))
        return [item.widget() for item in found if item is not None]  # type: ignore[misc]


class _Flow(QLayout):
    """One after the other, a new line where the width ends."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.geometry().width() or 200))

    def minimumSize(self) -> QSize:
        return self.sizeHint()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the chips out in `rect`; returns the height they take."""
        x, y, line = rect.left(), rect.top(), 0
        for item in self._items:
            chip = item.widget()
            assert isinstance(chip, Chip)
            chip.fit(rect.width())
            size = item.sizeHint()
            if line and x + size.width() > rect.left() + rect.width():
                x, y, line = rect.left(), y + line + _GAP, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + _GAP, max(line, size.height())
        return y + line - rect.top()
