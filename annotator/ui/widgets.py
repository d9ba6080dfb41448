"""Small widgets that several panes share. They paint from the theme of the moment and know no project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QWidget,
)

from annotator.ui import look
from annotator.ui.theme import mix, readable

_COMPOSED = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
    | {Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)}
)


class Field(QLineEdit):
    """A line of text that leaves Enter, Esc, Tab and digits to the input method while it composes.

    `kept` comes on Enter and when the focus goes; `given_up` on Esc.
    """

    kept = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self.returnPressed.connect(self.kept)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        composing = self.composing and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _COMPOSED
        if composing and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.composing = False
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.kept.emit()


class ElidedLabel(QLabel):
    """One line of text that is cut with an ellipsis where it does not fit, and whole in the tooltip."""

    def __init__(self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = mode
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_full(self, text: str) -> None:
        """The text to show."""
        self._full = text
        self.setAccessibleName(text)
        self._cut()

    def full(self) -> str:
        """The text as it was set, uncut."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _cut(self) -> None:
        cut = self.fontMetrics().elidedText(self._full, self._mode, self.width())
        self.setText(cut)
        self.setToolTip(self._full if cut != self._full else "")


class Problem(QLabel):
    """Room for one sentence about what was not taken; nothing is seen of it before there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setVisible(False)

    def say(self, sentence: str) -> None:
        """Show the sentence, in the colour of errors and with a sign; "" takes it away."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(look.theme().error))
        self.setPalette(palette)
        self.setText(f"⚠ {sentence}" if sentence else "")
        self.setVisible(bool(sentence))


class MainButton(QAbstractButton):
    """The one button of a place: filled with the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 28, metrics.height() + 10)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        ground = theme.accent
        if not self.isEnabled():
            ground = mix(theme.text, theme.panel, 0.10)
        elif self.isDown() or self.underMouse():
            ground = mix(theme.text, theme.accent, 0.15)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), theme.on_accent)
        painter.setPen(QColor(theme.on_accent if self.isEnabled() else theme.dim))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.text())


class TabButton(QAbstractButton):
    """A tab of the panel: words and, where there is one, a count; the current one underlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 16, metrics.height() + 14)

    def event(self, event: QEvent) -> bool:
        """Words that had to be cut are said whole under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            if self.cut(self.fontMetrics()) != self.text():
                QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)

    def cut(self, metrics: QFontMetrics) -> str:
        """The words, cut where they do not fit; a count behind them stays whole."""
        _words, blank, count = self.text().rpartition(" ")
        end = blank + count if count.isdecimal() else ""
        room = self.width() - 2 - metrics.horizontalAdvance(end)
        return metrics.elidedText(self.text().removesuffix(end), Qt.TextElideMode.ElideRight, room) + end

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        font = QFont(self.font())
        if self.isChecked():
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text if self.isChecked() else readable(theme.dim, theme.panel, theme.text)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.cut(painter.fontMetrics()))
        if self.isChecked():
            painter.fillRect(2, self.height() - 2, self.width() - 4, 2, QColor(theme.accent))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()).adjusted(1, 1, -1, -3), theme.accent)


class MenuButton(QToolButton):
    """Words that open a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("words", True)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFont(small(self.font()))
        self.words_menu = QMenu(self)
        self.setMenu(self.words_menu)

    def set_words(self, words: str) -> None:
        """Say what is chosen."""
        self.setText(f"{words} ▾")
        self.setAccessibleName(words)


class ChoiceMenu(MenuButton):
    """A menu of values; its words are what is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group: QActionGroup | None = None

    def fill(self, rows: Mapping[str, str], do: Callable[[str], None], *, several: bool = False) -> None:
        """Offer these values by their words."""
        self.words_menu.clear()
        self._group = None if several else QActionGroup(self.words_menu)
        for value, words in rows.items():
            action = self.words_menu.addAction(words)
            action.setCheckable(True)
            action.setData(value)
            action.triggered.connect(lambda _on=False, v=value: do(v))
            if self._group is not None:
                self._group.addAction(action)

    def show_value(self, words: str, values: Iterable[str], *, is_set: bool = False) -> None:
        """Say and check what is chosen; what differs from the usual is set half bold."""
        self.set_words(words)
        font = QFont(self.font())
        font.setBold(is_set)
        self.setFont(font)
        chosen = set(values)
        for action in self.words_menu.actions():
            action.setChecked(action.data() in chosen)


class Line(QFrame):
    """A hairline between panes."""

    def __init__(self, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(1) if vertical else self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(look.theme().line))


def paint_focus(painter: QPainter, rect: QRectF, colour: str) -> None:
    """The mark of the keyboard's focus."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 4, 4)
    painter.restore()


def small(font: QFont, by: float = 1.0) -> QFont:
    """`font`, `by` points smaller."""
    result = QFont(font)
    result.setPointSizeF(max(7.0, font.pointSizeF() - by))
    return result


def half_bold(font: QFont) -> QFont:
    """`font`, half bold."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result
