"""The first reports of one file as an import would bring them: text with furniture greyed, facts, encoding, columns.

Shows what it is given and says what a person changes; who reads the file is `looker`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.messages import _
from annotator.services.import_options import FileOptions
from annotator.services.import_preview import ENCODINGS, Columns, Fact, Listed, Sample, fact_words, format_title
from annotator.services.importing import import_formats
from annotator.ui import look, theme
from annotator.ui.importing.column_table import ColumnTable
from annotator.ui.report_view.offset_map import shown
from annotator.ui.widgets import ElidedLabel, half_bold, small

#: So much of a text is shown.
SHOWN = 20_000
#: A body that begins below this line is scrolled to.
_LINES = 12
#: Widths of the two choices, in characters.
_FORMAT, _ENCODING = 22, 18
_FACTS = ("issuer", "place", "region", "level", "year", "date", "source", "document_number", "url")


class Preview(QWidget):
    """`changed` comes when the file is to be read otherwise, `for_all` when all files of its kind are."""

    changed = Signal()
    for_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: Sequence[Sample] = ()
        self._at = 0
        self._columns: Columns | None = None
        self._sheet: str | None = None  # the one that a person chose: another workbook calls its own otherwise
        self._build()
        self.clear()

    def _build(self) -> None:
        self.title = ElidedLabel()
        self.title.setFont(half_bold(self.title.font()))
        self.format, self.encoding, self.sheet = QComboBox(), QComboBox(), QComboBox()
        self.all = QPushButton()
        self.all.clicked.connect(self.for_all)
        row = QHBoxLayout()
        self._words = {}
        for name, box in (("format", self.format), ("encoding", self.encoding), ("sheet", self.sheet)):
            self._words[name] = QLabel()
            self._words[name].setBuddy(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            row.addWidget(self._words[name])
            row.addWidget(box)
        for box in (self.format, self.encoding):
            box.activated.connect(lambda _index: self.changed.emit())
        self.sheet.activated.connect(self._choose_sheet)
        for box, characters in ((self.format, _FORMAT), (self.encoding, _ENCODING)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(characters)  # as wide as what is chosen, not as the longest of all
        row.addStretch(1)
        row.addWidget(self.all)
        self.columns = ColumnTable()
        self.columns.chosen.connect(self.changed)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setFont(small(self.facts.font()))
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        self.notes.setFont(small(self.notes.font()))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.pages = QStackedWidget()
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setMargin(24)
        self.pages.addWidget(self.text)
        self.pages.addWidget(self.problem)
        self.back, self.next = QPushButton("‹"), QPushButton("›")
        self.place = QLabel()
        turn = QHBoxLayout()
        turn.addWidget(self.title, 1)
        for widget in (self.back, self.place, self.next):
            turn.addWidget(widget)
        for button, step in ((self.back, -1), (self.next, 1)):
            button.setFixedWidth(30)
            button.clicked.connect(lambda _on=False, by=step: self._turn(by))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.columns)
        layout.addLayout(turn)
        layout.addWidget(self.facts)
        layout.addWidget(self.notes)
        layout.addWidget(self.pages, 1)
        self.columns.setFixedHeight(150)
        self._name()

    def _name(self) -> None:
        for name, words in (("format", _("Read as")), ("encoding", _("Encoding")), ("sheet", _("Sheet"))):
            self._words[name].setText(words)
        self.format.setAccessibleName(_("Read as"))
        self.encoding.setAccessibleName(_("Encoding"))
        self.sheet.setAccessibleName(_("Sheet"))
        self.text.setAccessibleName(_("Text of the report; furniture is grey"))
        self.all.setText(_("For all of this kind"))
        self.all.setToolTip(_("Read every file of this kind in the list with these settings."))
        self.back.setAccessibleName(_("Previous report of the file"))
        self.next.setAccessibleName(_("Next report of the file"))

    # ---- what is shown --------------------------------------------------------------------------

    def clear(self) -> None:
        """No file is chosen."""
        self.setEnabled(False)
        self._samples, self._columns = (), None
        self.columns.hide()
        self._show_sheets(None)
        self._say(_("Choose a file in the list to see what an import makes of it."))

    def begin(self, file: Listed, options: FileOptions) -> None:
        """A file is being read: its settings are shown already."""
        self.setEnabled(True)
        self._fill(self.format, [(_("By content: {format}", format=format_title(file.format)), None)], options.format)
        for name, title in import_formats().items():
            self.format.addItem(title, name)
        self.format.setCurrentIndex(max(0, self.format.findData(options.format)))
        self.format.view().setMinimumWidth(
            self.format.view().sizeHintForColumn(0) + 2 * self.format.fontMetrics().height()
        )
        self._fill(self.encoding, [(_("Found out"), None), *((name, name) for name in ENCODINGS)], options.encoding)
        self.all.setEnabled(options != FileOptions())
        self._samples = ()
        self._sheet = options.sheet
        self._say(_("Reading {file} …", file=file.path.name))

    def show_samples(self, samples: Sequence[Sample], columns: Columns | None, options: FileOptions) -> None:
        """What was read."""
        self._samples, self._at = samples, 0
        self._columns = columns
        self.columns.setVisible(columns is not None)
        if columns is not None:
            self.columns.show_columns(columns, dict(options.columns))
        self._show_sheets(columns)
        found = next((sample.encoding for sample in samples if sample.encoding), "")
        self.encoding.setItemText(0, _("Found out: {encoding}", encoding=found) if found else _("Found out"))
        self._show()

    def options(self) -> FileOptions:
        """How the file is to be read, as chosen."""
        columns = self.columns.roles() if self._columns is not None else {}
        proposed = self._columns is not None and columns == self._columns.proposal
        return FileOptions(
            self.format.currentData(),
            self.encoding.currentData(),
            {} if proposed else columns,
            self._sheet,
        )

    def _choose_sheet(self, _index: int) -> None:
        self._sheet = self.sheet.currentData()
        self.changed.emit()

    def show_problem(self, words: str) -> None:
        """Say why the columns of the file are not known."""
        self.notes.setText(words)
        self.notes.show()

    def _turn(self, by: int) -> None:
        self._at = max(0, min(len(self._samples) - 1, self._at + by))
        self._show()

    def _show(self) -> None:
        if not self._samples:
            self._say(_("There is no report in this file."))
            return
        sample = self._samples[self._at]
        self.back.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._samples) - 1)
        self._show_turns(len(self._samples) > 1)
        self.place.setText(f"{self._at + 1} / {len(self._samples)}")
        if sample.problem:
            self._say(sample.problem, turn=True)
            return
        self.title.set_full(sample.title)
        self.facts.setText(_facts(sample.facts))
        self.facts.setVisible(bool(self.facts.text()))
        self.notes.setText("\n".join(sample.notes))
        self.notes.setVisible(bool(sample.notes))
        self._write(sample)
        self.pages.setCurrentWidget(self.text)

    def _say(self, words: str, *, turn: bool = False) -> None:
        self.problem.setText(words)
        self.title.set_full("")
        for widget in (self.facts, self.notes):
            widget.hide()
        if not turn:
            self._show_turns(False)
        self.pages.setCurrentWidget(self.problem)

    def _show_turns(self, shown: bool) -> None:
        self.back.setVisible(shown)
        self.place.setVisible(shown)
        self.next.setVisible(shown)

    def _write(self, sample: Sample) -> None:
        """The text, furniture in the dim colour. Pieces are written one after the other: no offset meets Qt."""
        body, furniture = QTextCharFormat(), QTextCharFormat()
        furniture.setForeground(QColor(theme.furniture_colour(look.theme())))
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        at = 0
        first: QTextCursor | None = None
        for start, end, _rule in (*sample.furniture, (SHOWN, SHOWN, "")):
            plain = shown(sample.text[at : min(start, SHOWN)])
            if first is None and plain.strip():
                first = QTextCursor(cursor)
                first.setKeepPositionOnInsert(True)
            cursor.insertText(plain, body)
            cursor.insertText(shown(sample.text[min(start, SHOWN) : min(end, SHOWN)]), furniture)
            at = min(max(at, end), SHOWN)
        if len(sample.text) > SHOWN:
            more = _("… and {n} more characters", n=len(sample.text) - SHOWN)
            cursor.insertText("\n" + more, furniture)
        cursor.endEditBlock()
        self._go_to(first)

    def _go_to(self, body: QTextCursor | None) -> None:
        """Show where the body begins, with what stands before it."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if body is not None and body.blockNumber() > _LINES:
            body.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            self.text.setTextCursor(body)
            self.text.centerCursor()

    def _show_sheets(self, columns: Columns | None) -> None:
        sheets = columns.sheets if columns is not None else ()
        self.sheet.clear()
        for name in sheets:
            self.sheet.addItem(name, name)
        if columns is not None and sheets:
            self.sheet.setCurrentIndex(max(0, self.sheet.findData(columns.sheet)))
        for widget in (self.sheet, self._words["sheet"]):
            widget.setVisible(len(sheets) > 1)

    @staticmethod
    def _fill(box: QComboBox, rows: Sequence[tuple[str, str | None]], chosen: str | None) -> None:
        box.clear()
        for words, value in rows:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))


def _facts(facts: Sequence[Fact]) -> str:
    """What was found about the report, and where, in one line a few facts."""
    by_name = {fact.field: fact for fact in facts}
    return "   ".join(fact_words(by_name[name]) for name in _FACTS if name in by_name)
