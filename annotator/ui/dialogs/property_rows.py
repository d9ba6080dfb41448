"""The lines of a list of properties: name, value to correct or to read, and where the value was read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from annotator.messages import _
from annotator.services.fields import LEVEL_NAMES, field_title
from annotator.ui import look
from annotator.ui.theme import readable
from annotator.ui.viewport import own_viewport
from annotator.ui.widgets import Field, small


class Line(Field):
    """A value as a line of text."""

    @property
    def is_being_written(self) -> bool:
        """Whether a person is in the middle of it."""
        return self.hasFocus() and self.isModified()

    def value(self) -> str:
        """What stands there."""
        return self.text()

    def show_value(self, value: str) -> None:
        """Show a value that is kept."""
        self.setText(value)
        self.setModified(False)
        self.setCursorPosition(0)


class Choice(QComboBox):
    """A value that is one of a few; it is kept as soon as it is chosen. The wheel scrolls the list of lines instead."""

    kept = Signal()
    given_up = Signal()
    is_being_written = False

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem("", "")
        for value, words in values.items():
            self.addItem(_(words), value)
        self._modified = False
        self.activated.connect(self._chosen)
        self.installEventFilter(self)

    def _chosen(self) -> None:
        self._modified = True
        self.kept.emit()

    def isModified(self) -> bool:
        """Whether something was chosen that is not kept yet."""
        return self._modified

    def setModified(self, modified: bool) -> None:
        """Say whether it is."""
        self._modified = modified

    def value(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Show a value that is kept; one of another program as it is."""
        if self.findData(value) < 0:
            self.addItem(value, value)
        self.setCurrentIndex(self.findData(value))
        self._modified = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return True
        return super().eventFilter(watched, event)


class PropertyRows(QScrollArea):
    """Lines that scroll; the one that has the keyboard's focus is always in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.editors: dict[str, Line | Choice] = {}
        self._where: dict[str, QLabel] = {}
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 1)
        self.setWidget(inner)

    def add_editor(self, field: str, *, writable: bool) -> Line | Choice:
        """A line for a field, with room for where its value was read."""
        editor: Line | Choice = Choice(LEVEL_NAMES) if field == "level" else Line()
        name = field_title(field)
        editor.setAccessibleName(name)
        if isinstance(editor, Line):
            editor.setReadOnly(not writable)
        else:
            editor.setEnabled(writable)
        where = QLabel()
        where.setFont(small(where.font()))
        where.setWordWrap(True)
        theme = look.theme()
        palette = QPalette(where.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(readable(theme.dim, theme.panel, theme.text)))
        where.setPalette(palette)
        self._add(name, editor)
        self._grid.addWidget(where, self._grid.rowCount() - 1, 2)
        self.editors[field], self._where[field] = editor, where
        editor.installEventFilter(self)
        return editor

    def add_value(self, words: str) -> QLabel:
        """A line that is only read, and copied from."""
        value = QLabel()
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        value.setAccessibleName(words)
        self._add(words, value, columns=2)
        return value

    def add_gap(self) -> None:
        """Some room between what is corrected and what is read."""
        self._grid.setRowMinimumHeight(self._grid.rowCount(), 10)
        self._grid.addWidget(QWidget(), self._grid.rowCount(), 0)

    def say_where(self, field: str, words: str) -> None:
        """Where the value of a field was read; empty where nobody says."""
        self._where[field].setText(words)
        self.editors[field].setAccessibleDescription(words)

    def where(self, field: str) -> str:
        """What stands beside a field."""
        return self._where[field].text()

    def _add(self, words: str, widget: QWidget, columns: int = 1) -> None:
        row = self._grid.rowCount()
        name = QLabel(words)
        name.setBuddy(widget)
        top = Qt.AlignmentFlag.AlignTop if columns > 1 else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(name, row, 0, top)
        self._grid.addWidget(widget, row, 1, 1, columns)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched, 0, 20)
        return super().eventFilter(watched, event)
