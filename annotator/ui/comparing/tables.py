"""Scores and confusions as tables that the keyboard walks through and copies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from annotator.domain.schema import LabelSchema
from annotator.messages import _
from annotator.quality.evaluation import NOTHING, Evaluation, Score
from annotator.services.wording import attribute_title, label_title
from annotator.ui.comparing import wording
from annotator.ui.widgets import half_bold, small

_PAIR = Qt.ItemDataRole.UserRole + 1


class _Table(QTableWidget):
    """Cells to read: Enter chooses one, Ctrl+C copies all, Esc leaves."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFont(small(self.font(), 0.5))
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)
        self.cellDoubleClicked.connect(lambda row, column: self._choose(row, column))

    def fill(self, head: Sequence[str], rows: Sequence[Sequence[str]], totals: int = 0) -> None:
        """Show rows of words; the first column are names, the others numbers."""
        self.setAccessibleName(_(self._name))
        self.clear()
        self.setColumnCount(len(head))
        self.setHorizontalHeaderLabels(list(head))
        self.setRowCount(len(rows))
        for number, cells in enumerate(rows):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if number >= len(rows) - totals:
                    item.setFont(half_bold(self.font()))
                self.setItem(number, column, item)

    def as_text(self) -> str:
        """The whole table, its head too, with tabs between cells."""
        columns = range(self.columnCount())
        head = [self.horizontalHeaderItem(c) for c in columns]
        rows = [[self.item(r, c) for c in columns] for r in range(self.rowCount())]
        return "\n".join("\t".join(item.text() if item else "" for item in row) for row in [head, *rows])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentRow(), self.currentColumn())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.as_text())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int, column: int) -> None:
        item = self.item(row, column)
        pair = item.data(_PAIR) if item is not None else None
        if pair is not None:
            self.chosen.emit(tuple(pair))


class ScoreTable(_Table):
    """Two lines for each label, exact and overlapping ranges, and two for all."""

    def show_scores(self, found: Evaluation, schema: LabelSchema) -> None:
        """Show the scores of an evaluation."""
        head = [_("Label"), _("Ranges"), "P", "R", "F1", _("Right"), _("First"), _("Second")]
        rows: list[list[str]] = []
        for name in sorted(found.exact):
            rows += _lines(label_title(schema, name), found.exact[name], found.overlap[name])
        rows += _lines(_("All labels"), found.total(found.exact), found.total(found.overlap))
        self.fill(head, rows, totals=2)


def _lines(name: str, exact: Score, overlap: Score) -> list[list[str]]:
    return [[name, _("Exact"), *_numbers(exact)], ["", _("Overlap"), *_numbers(overlap)]]


def _numbers(score: Score) -> list[str]:
    shares = [f"{share:.3f}" for share in (score.precision, score.recall, score.f1)]
    return [*shares, str(score.right), str(score.gold), str(score.predicted)]


class AttributeTable(_Table):
    """A line for each attribute that was compared, over spans with the same range and label."""

    def show_scores(self, found: Evaluation, schema: LabelSchema) -> None:
        """Show how often the attributes of an evaluation say the same."""
        rows = [
            [
                f"{label_title(schema, label)} · {attribute_title(schema, name)}",
                f"{s.recall:.3f}",
                f"{s.right}/{s.gold}",
            ]
            for (label, name), s in sorted(found.attributes.items())
        ]
        self.fill([_("Attribute"), _("Same"), _("Of")], rows)


class ConfusionTable(_Table):
    """First side down, second side across; Enter on a cell lists its differences (`chosen`, with both labels)."""

    def show_confusion(self, found: Evaluation, schema: LabelSchema) -> None:
        """Show who called what how."""
        names = [*sorted({name for pair in found.confusion for name in pair} - {NOTHING}), NOTHING]
        titles = [wording.side_label(name, schema) for name in names]
        rows = [
            [title, *(str(found.confusion.get((a, b), 0) or "") for b in names)]
            for a, title in zip(names, titles, strict=True)
        ]
        self.fill([_("First ↓ second →"), *titles], rows)
        for row, a in enumerate(names):
            for column, b in enumerate(names, 1):
                item = self.item(row, column)
                if item is not None and item.text():
                    item.setData(_PAIR, (a, b))
