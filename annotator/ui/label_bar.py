"""The label bar: a button for each label of the schema, with its key, name, colour and shape.

Labels that do not fit stand in a menu at the end. A click does what the label's key does.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QSizePolicy, QToolButton, QWidget

from annotator.domain.schema import Label, LabelSchema
from annotator.messages import _, language
from annotator.ui import look
from annotator.ui.theme import Theme, label_colour, label_text_colour, soft
from annotator.ui.translation import Worded
from annotator.ui.widgets import half_bold, paint_focus, small

_GAP = 8


class LabelButton(QAbstractButton):
    """One label: its key, and its name drawn the way its spans are."""

    def __init__(self, label: Label, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = label
        self.is_hidden = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Word it in the language of the moment."""
        label = self.label
        self.setText(label.title.text(language()) or label.name)
        lines = [f"{self.text()} ({label.key})" if label.key else self.text(), label.definition.text(language())]
        if label.examples:
            lines.append(_("For example: {examples}", examples=" / ".join(label.examples)))
        lines.append(_("With Shift: a second span on the same range. With Alt: the selection as it is."))
        self.setToolTip("\n".join(line for line in lines if line))
        if self.is_hidden:
            lines[0] = _("{label}, hidden", label=lines[0])
        self.setAccessibleName(lines[0])
        self.setAccessibleDescription("\n".join(lines[1:]))

    def set_hidden(self, is_hidden: bool) -> None:
        """Show that the label's spans are hidden."""
        if is_hidden != self.is_hidden:
            self.is_hidden = is_hidden
            self.retranslate()
            self.update()

    def nextCheckState(self) -> None:
        """Being checked only shows the selected span's label."""

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        name = half_bold(self.font())
        key = QFontMetrics(small(self.font())).horizontalAdvance(self.label.key) + 7 if self.label.key else 0
        return QSize(QFontMetrics(name).horizontalAdvance(self.text()) + key + 26, metrics.height() + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_pill(painter, theme)
        font = half_bold(self.font())
        font.setStrikeOut(self.is_hidden)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self.text())
        name = QRectF(self.width() - 13 - width, 0, width, self.height() - 1)
        ground = soft(label_colour(self.label, theme), theme) if self._raised() else theme.ground
        colour = label_text_colour(self.label, theme, ground) if self.isEnabled() and not self.is_hidden else theme.dim
        painter.setPen(QColor(colour))
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, self.text())
        if not self.is_hidden:
            _paint_shape(painter, self.label.shape, name, painter.fontMetrics().height(), colour)
        painter.setFont(small(self.font()))
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(13, 0, 20, self.height() - 1), Qt.AlignmentFlag.AlignVCenter, self.label.key)

    def _raised(self) -> bool:
        return self.isChecked() or self.isDown() or (self.underMouse() and self.isEnabled())

    def _paint_pill(self, painter: QPainter, theme: Theme) -> None:
        colour = label_colour(self.label, theme) if self.isEnabled() and not self.is_hidden else theme.line
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(colour), 2.0 if self.isChecked() else 1.2))
        painter.setBrush(QColor(soft(colour, theme) if self._raised() else theme.ground))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self.hasFocus():
            paint_focus(painter, box.adjusted(3, 3, -3, -3), theme.accent)


def _paint_shape(painter: QPainter, shape: str, name: QRectF, height: int, colour: str) -> None:
    """The label's shape around its name: bracket under it, box around it, double underline."""
    middle = name.center().y()
    bottom = middle + height / 2 - 1
    painter.setPen(QPen(QColor(colour), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape == "bracket":
        painter.drawPolyline(
            [
                QPointF(name.left(), bottom - 4),
                QPointF(name.left(), bottom),
                QPointF(name.right(), bottom),
                QPointF(name.right(), bottom - 4),
            ]
        )
    elif shape == "double":
        for y in (bottom - 2, bottom + 0.5):
            painter.drawLine(QPointF(name.left(), y), QPointF(name.right(), y))
    else:
        painter.drawRoundedRect(QRectF(name.left() - 3, middle - height / 2, name.width() + 6, height), 3, 3)


class LabelBar(Worded, QWidget):
    """All labels. `pressed` names the label, whether to add a second span, and whether to keep the edges."""

    pressed = Signal(str, bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[LabelButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._more = QToolButton(self)
        self._more.setText("…")
        self._more.setAutoRaise(True)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self.retranslate()

    def show_schema(self, schema: LabelSchema) -> None:
        """Offer the labels of `schema`."""
        for button in self.buttons:
            button.setParent(None)
            button.deleteLater()
        self.buttons = [LabelButton(label, self) for label in schema.labels]
        for button in self.buttons:
            button.clicked.connect(lambda _on=False, name=button.label.name: self._press(name))
            button.show()
        self.updateGeometry()
        self._arrange()

    def set_hidden(self, labels: Collection[str]) -> None:
        """Show which labels' spans are hidden."""
        for button in self.buttons:
            button.set_hidden(button.label.name in labels)

    def mark(self, labels: set[str]) -> None:
        """Show which labels the selected spans have."""
        for button in self.buttons:
            button.setChecked(button.label.name in labels)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Labels"))
        self._more.setToolTip(_("Further labels"))
        self._more.setAccessibleName(_("Further labels"))
        for button in self.buttons:
            button.retranslate()
        self.updateGeometry()
        self._arrange()

    def sizeHint(self) -> QSize:
        hints = [button.sizeHint() for button in self.buttons] or [QSize(0, self.fontMetrics().height() + 12)]
        return QSize(sum(h.width() + _GAP for h in hints), max(h.height() for h in hints))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the buttons that fit side by side, the others into the menu."""
        self._menu.clear()
        space = self.width()
        if self.sizeHint().width() - _GAP > space:
            space -= self._more.sizeHint().width()
        x, full = 0, False
        for button in self.buttons:
            size = button.sizeHint()
            full = full or x + size.width() > space
            button.setVisible(not full)
            if full:
                self._menu.addAction(self._menu_entry(button.label))
            else:
                button.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
                x += size.width() + _GAP
        self._more.setVisible(full)
        self._more.setGeometry(x, 0, self._more.sizeHint().width(), self.height())

    def overflow(self) -> list[QAction]:
        """The labels that did not fit, as entries of the menu at the end."""
        return self._menu.actions()

    def _menu_entry(self, label: Label) -> QAction:
        action = QAction(f"{label.title.text(language()) or label.name}\t{label.key}", self._menu)
        action.triggered.connect(lambda _on=False: self._press(label.name))
        return action

    def _press(self, label: str) -> None:
        held = QApplication.keyboardModifiers()
        self.pressed.emit(
            label, bool(held & Qt.KeyboardModifier.ShiftModifier), bool(held & Qt.KeyboardModifier.AltModifier)
        )
