"""The find bar under the report: what to find, how, how many there are, and the way from one to the next.

It owns the field and the number of the match one stands at; the looking is `finder.py`'s, the marks are the view's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from annotator.domain.find import Matches, Query
from annotator.messages import _
from annotator.ui import icons, look
from annotator.ui.action_set import key_name
from annotator.ui.overlay_line import OverlayLine
from annotator.ui.translation import Worded
from annotator.ui.widgets import Field

#: A search begins so long after the last key.
TYPING_MS = 150
_WAITING_MS = 250  # a search that is quicker says nothing in between


class FindField(Field):
    """The words to find. Enter goes on, with Shift back; the arrow down goes into the report."""

    stepped = Signal(int)
    descended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Down:
            self.descended.emit()
        else:
            super().keyPressEvent(event)


class FindBar(Worded, QFrame):
    """Asks, counts and steps. `asked` comes with what to find, some time after the last key or change of a switch."""

    asked = Signal(object)
    #: To the next (1) or previous (-1) match.
    stepped = Signal(int)
    #: Into the report, with the match selected.
    descended = Signal()
    closed = Signal()
    #: Closed from the report: the caret stays where it is.
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = FindField()
        self.case, self.expression, self.furniture = QToolButton(), QToolButton(), QToolButton()
        self.previous, self.following, self.close_button = QToolButton(), QToolButton(), QToolButton()
        self.count, self.sentence = QLabel(), OverlayLine(self)
        self._typing, self._waiting = QTimer(self), QTimer(self)
        self._number: int | None = None
        self._matches: Matches | None = None
        self._build()
        self._connect()
        self.retranslate()
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.field.setMinimumWidth(160)
        self.field.setMaximumWidth(420)
        row.addWidget(self.field, 1)
        for switch in self._switches():
            switch.setCheckable(True)
            row.addWidget(switch)
        row.addSpacing(4)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.previous, self.following, self.close_button):
            row.addWidget(button)
        for button in (*self._switches(), self.previous, self.following, self.close_button):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.previous.setArrowType(Qt.ArrowType.UpArrow)
        self.following.setArrowType(Qt.ArrowType.DownArrow)
        row.setContentsMargins(14, 6, 10, 6)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _switches(self) -> tuple[QToolButton, ...]:
        return self.case, self.expression, self.furniture

    def _connect(self) -> None:
        for timer, length in ((self._typing, TYPING_MS), (self._waiting, _WAITING_MS)):
            timer.setSingleShot(True)
            timer.setInterval(length)
        self._typing.timeout.connect(self.ask)
        self._waiting.timeout.connect(lambda: self.count.setText(_("Finding…")))
        self.field.textChanged.connect(lambda _text: self._typing.start())
        for switch in self._switches():
            switch.toggled.connect(lambda _on: self.ask())
        self.field.stepped.connect(self._step)
        self.field.descended.connect(self._descend)
        self.field.given_up.connect(self.closed)
        self.following.clicked.connect(lambda: self._step(1))
        self.previous.clicked.connect(lambda: self._step(-1))
        self.close_button.clicked.connect(self.closed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Find in the report"))
        self.field.setPlaceholderText(_("Find in the report…"))
        self.field.setAccessibleName(_("Find in the report"))
        self.field.setToolTip(
            _("Enter: next. Shift+Enter: previous. ↓: into the report with the match selected. Esc: back to the caret.")
        )
        self._name(self.case, "Aa", _("Match case"))
        self._name(self.expression, ".*", _("Regular expression; ^ and $ are the ends of a line"))
        self._name(self.furniture, _("Furniture"), _("Find in page furniture too"))
        self._name(self.previous, "", f"{_('Previous match')} ({key_name('Shift+F3')})")
        self._name(self.following, "", f"{_('Next match')} ({key_name('F3')})")
        self._name(self.close_button, "", _("Close"))
        self._dress()
        self._show_count()

    @staticmethod
    def _name(button: QToolButton, text: str, words: str) -> None:
        button.setText(text)
        button.setToolTip(words)
        button.setAccessibleName(words)

    def _dress(self) -> None:
        self.close_button.setIcon(icons.icon("close"))
        self.sentence.dress()

    # ---- asking ---------------------------------------------------------------------------------

    def query(self) -> Query:
        """What is asked for."""
        switches = self.expression.isChecked(), self.case.isChecked(), self.furniture.isChecked()
        return Query(self.field.text(), *switches)

    def open(self, words: str = "") -> None:
        """Show the bar, the field chosen; with `words` to find those."""
        self.show()
        if words and words != self.field.text():
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.ask()

    def ask(self) -> None:
        """Ask now."""
        self._typing.stop()
        self._say("")
        self._waiting.start()
        self.asked.emit(self.query())

    def is_due(self) -> bool:
        """Whether something has been typed that has not been asked for yet."""
        return self._typing.isActive()

    def _step(self, direction: int) -> None:
        if self.is_due():
            self.ask()
        self.stepped.emit(direction)

    def _descend(self) -> None:
        if self.is_due():
            self.ask()
        self.descended.emit()

    # ---- what came of it ------------------------------------------------------------------------

    def show_matches(self, matches: Matches | None, number: int | None) -> None:
        """Show how many there are and at which one stands; None: nothing was asked for."""
        self._waiting.stop()
        self._matches, self._number = matches, number
        self._say("")
        self._show_count()

    def show_error(self, sentence: str) -> None:
        """Say at the field what is wrong."""
        self._waiting.stop()
        self._matches = self._number = None
        self._show_count()
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.sentence.say(sentence)
        self.field.setAccessibleDescription(sentence or self.count.text())

    def _show_count(self) -> None:
        self.count.setText(self._count_words())
        self.field.setAccessibleDescription(self.count.text())
        some = bool(self._matches)
        self.previous.setEnabled(some)
        self.following.setEnabled(some)

    def _count_words(self) -> str:
        if self._matches is None:
            return ""
        if not len(self._matches):
            return _("Not found")
        more = "+" if self._matches.more else ""
        at = "–" if self._number is None else f"{self._number + 1:,}"
        return f"{at}/{len(self._matches):,}{more}"

    def sizeHint(self) -> QSize:
        return QSize(400, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.fillRect(0, 0, self.width(), 1, QColor(theme.line))
