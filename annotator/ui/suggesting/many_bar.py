"""The bar below the report for accepting many suggestions at once: which, how sure at least, where, and how many that is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from annotator.domain.schema import LabelSchema
from annotator.messages import _
from annotator.services.deciding_many import Choice
from annotator.services.wording import label_title
from annotator.ui.foot import FootFrame
from annotator.ui.suggesting.wording import source_title

REPORT, PROJECT = 0, 1
#: Percent; what most sources are sure of.
USUAL = 90


class ManyBar(FootFrame):
    """Says what is chosen; counting and accepting are whoever's who made it."""

    changed = Signal()
    scoped = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = [QLabel() for _n in range(2)]
        self.source, self.label, self.scope = QComboBox(), QComboBox(), QComboBox()
        self.least = QSpinBox()
        self.least.setRange(0, 100)
        self.least.setSingleStep(5)
        self.least.setValue(USUAL)
        self.least.setSuffix(" %")
        self.count = QLabel()
        self.go, self.close_button = QPushButton(), QPushButton()
        self.close_button.setFlat(True)
        for widget in (self._titles[0], self.scope, self.source, self.label, self._titles[1], self.least):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        below.addWidget(self.go)
        below.addWidget(self.close_button)
        self.body.insertLayout(1, below)
        for box in (self.source, self.label):
            box.currentIndexChanged.connect(lambda _n: self.changed.emit())
        self.scope.activated.connect(lambda _n: self.scoped.emit())
        self.least.valueChanged.connect(lambda _n: self.changed.emit())
        self.go.clicked.connect(self.accepted)
        self.close_button.clicked.connect(self.left)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self._titles[0].setText(_("Accept in"))
        self._titles[1].setText(_("sure at least"))
        self.close_button.setText(_("Leave (Esc)"))
        self.go.setText(_("Accept (Enter)"))
        scope = max(0, self.scope.currentIndex())
        self.scope.clear()
        self.scope.addItems([_("this report"), _("the whole project")])
        self.scope.setCurrentIndex(scope)
        for widget, words in (
            (self.scope, _("Where")), (self.source, _("Source")), (self.label, _("Label")),
            (self.least, _("Sure at least")),
        ):  # fmt: skip
            widget.setAccessibleName(words)

    def offer_choices(self, sources: Sequence[str], schema: LabelSchema) -> None:
        """Fill the boxes with what there is; what was chosen stays."""
        for box, every, names, title in (
            (self.source, _("all sources"), sources, source_title),
            (self.label, _("all labels"), [la.name for la in schema.labels], lambda n: label_title(schema, n)),
        ):
            chosen = box.currentData()
            box.blockSignals(True)
            box.clear()
            box.addItem(every, "")
            for name in names:
                box.addItem(title(name), name)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)

    def choice(self) -> Choice:
        """What is chosen."""
        return Choice(self.source.currentData() or "", self.label.currentData() or "", self.least.value() / 100)

    def show_count(self, spans: int, reports: int | None = None) -> None:
        """Say how many suggestions that is, before anything happens."""
        words = _("{n} suggestions", n=spans)
        if reports is not None:
            words = _("{n} suggestions in {reports} reports", n=spans, reports=reports)
        self.count.setText(words)
        self.go.setEnabled(spans > 0)

    def wait(self) -> None:
        """The count is not known yet."""
        self.count.setText(_("counting…"))
        self.go.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isEnabled():
            self.accepted.emit()
        else:
            super().keyPressEvent(event)
