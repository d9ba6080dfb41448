"""The panel of a comparison: both sides, the list of differences, scores and confusions. It compares nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.schema import LabelSchema
from annotator.messages import _
from annotator.services.evaluating import FILE, GOLD, Compared, Side
from annotator.ui.choices import Choices
from annotator.ui.comparing import wording
from annotator.ui.comparing.model import Differences, Pair, Sieve, Sort
from annotator.ui.comparing.rows import DifferenceDelegate
from annotator.ui.comparing.tables import AttributeTable, ConfusionTable, ScoreTable
from annotator.ui.foot_list import FootList
from annotator.ui.widgets import TabButton

LIST, SCORES, CONFUSION = range(3)


class ComparePanel(FootList):
    """Says which sides a person wants compared, and where they want to go."""

    asked = Signal()  # compare the two sides that are chosen
    file_wanted = Signal(int)  # a file for side 0 or 1
    opened = Signal(object)  # a difference to go to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Differences, parent)
        self._filling = False
        self.compared: Compared | None = None
        self._build()
        self._connect()
        self.retranslate()

    # ---- made once ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.against = QLabel()
        self.sides = (Choices(), Choices())
        self.go_button = QPushButton()
        for widget, share in ((self.title, 0), (self.sides[0], 3), (self.against, 0), (self.sides[1], 3)):
            self.row.addWidget(widget, share)
        self.row.addWidget(self.go_button)
        self.tabs = tuple(TabButton() for _each in range(3))
        self.kind, self.label = Choices(), Choices()
        second = QHBoxLayout()
        second.setSpacing(6)
        for tab in self.tabs:
            second.addWidget(tab)
        second.addStretch(1)
        second.addWidget(self.kind, 2)
        second.addWidget(self.label, 2)
        self.pages = QStackedWidget()
        for page in (self._list_page(), self._score_page(), self._confusion_page()):
            self.pages.addWidget(page)
        self.body.insertLayout(1, second)
        self.body.insertWidget(2, self.pages, 1)
        self.body.addLayout(self._foot())
        self.tabs[LIST].setChecked(True)
        self.setFocusProxy(self.view)

    def _list_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        self.view.setItemDelegate(DifferenceDelegate(self.view, self.model))
        layout.addWidget(self.view, 1)
        layout.addWidget(self.empty, 1)
        return page

    def _score_page(self) -> QWidget:
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        self.scores, self.attributes = ScoreTable("Scores by label"), AttributeTable("Scores of attributes")
        layout.addWidget(self.scores, 5)
        layout.addWidget(self.attributes, 3)
        return page

    def _confusion_page(self) -> QWidget:
        self.confusion = ConfusionTable("Confusions")
        return self.confusion

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.close_button)
        return foot

    def _connect(self) -> None:
        for number, side in enumerate(self.sides):
            side.activated.connect(lambda _position, number=number: self._side_chosen(number))
        for number, tab in enumerate(self.tabs):
            tab.clicked.connect(lambda _on=False, number=number: self.show_page(number))
        for choice in (self.kind, self.label):
            choice.activated.connect(lambda _position: self.sift())
        self.go_button.clicked.connect(self.asked)
        self.view.entered_row.connect(lambda _index, _shift: self._open())
        self.view.doubleClicked.connect(lambda _index: self._open())
        self.confusion.chosen.connect(self.show_pair)
        for part in (self.scores, self.attributes, self.confusion):
            part.left.connect(self.left)

    def sizeHint(self) -> QSize:
        return QSize(400, 280)

    def retranslate(self) -> None:
        super().retranslate()
        self.setAccessibleName(_("Comparison"))
        self.title.setText(_("Compare"))
        self.against.setText(_("with"))
        self.sides[0].setAccessibleName(_("First side, taken for right"))
        self.sides[1].setAccessibleName(_("Second side"))
        self.go_button.setText(_("Compare again"))
        self.kind.setAccessibleName(_("Kind of difference"))
        self.label.setAccessibleName(_("Label"))
        self.view.setAccessibleName(_("Differences"))
        for side in self.sides:
            for position in range(side.count()):
                side.setItemText(position, side_words(side.itemData(position)))
        self.refresh()

    # ---- sides --------------------------------------------------------------------------------------

    def offer(self, sides: Sequence[Side], chosen: tuple[Side | None, Side | None]) -> None:
        """What can be compared; the last choice of each side is another file."""
        for choice, wanted in zip(self.sides, chosen, strict=True):
            choice.clear()
            for side in (*sides, Side(FILE)):
                choice.addItem(side_words(side), side)
            position = sides.index(wanted) if wanted in sides else -1
            choice.setCurrentIndex(position)

    def side(self, number: int) -> Side | None:
        """The side that is chosen; None while there is none."""
        found = self.sides[number].currentData()
        return None if found is None or found == Side(FILE) else Side(*found)

    def _side_chosen(self, number: int) -> None:
        if self.sides[number].currentData() == Side(FILE):
            self.file_wanted.emit(number)
        elif self.side(0) is not None and self.side(1) is not None:
            self.asked.emit()

    # ---- showing ------------------------------------------------------------------------------------

    def show_compared(
        self,
        compared: Compared | None,
        schema: LabelSchema,
        names: tuple[str, str],
        sorts: Sequence[Sort] | None = None,
    ) -> None:
        """Show what came out, or nothing; `sorts` are those of its differences."""
        self.compared = compared
        self.model.schema, self.model.names = schema, names
        self.model.sieve = Sieve()
        self.model.show(compared.rows if compared is not None else [], sorts)
        self.kind.clear()
        self.label.clear()
        self.refresh()
        if self.model.rows:
            self.view.setCurrentIndex(self.model.index(0))

    def refresh(self) -> None:
        """Tabs, choices and tables as the comparison is."""
        model, found = self.model, self.compared.evaluation if self.compared is not None else None
        words = (_("Differences {n}").format(n=len(model.everything)), _("Scores"), _("Confusions"))
        for tab, told in zip(self.tabs, words, strict=True):
            tab.setText(told)
            tab.updateGeometry()
        self._fill_choices()
        if found is not None:
            self.scores.show_scores(found, model.schema)
            self.attributes.show_scores(found, model.schema)
            self.confusion.show_confusion(found, model.schema)
        self.attributes.setVisible(found is not None and bool(found.attributes))
        for tab in self.tabs[1:]:
            tab.setEnabled(found is not None)
        self.show_rows(_("No difference passes the filter.") if model.everything else self.empty_words)

    def _fill_choices(self) -> None:
        sieve, schema = self.model.sieve, self.model.schema
        kinds, labels = self.model.kinds(), self.model.labels()
        self.kind.clear()
        self.kind.addItem(_("All kinds {n}").format(n=kinds.total()), "")
        for kind in wording.SIGNS:
            if kinds[kind] or kind == sieve.kind:
                self.kind.addItem(f"{wording.SIGNS[kind]} {wording.kind_title(kind)} {kinds[kind]}", kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(sieve.kind)))
        self.label.clear()
        self.label.addItem(_("All labels"), ("", None))
        for name in sorted({*labels, *([sieve.label] if sieve.label else [])}):
            self.label.addItem(f"{wording.side_label(name, schema)} {labels[name]}", (name, None))
        if sieve.pair is not None:
            told = " → ".join(wording.side_label(name, schema) for name in sieve.pair)
            self.label.addItem(told, ("", sieve.pair))
        wanted = (sieve.label, sieve.pair)
        there = (n for n in range(self.label.count()) if _as_pair(self.label.itemData(n)) == wanted)
        self.label.setCurrentIndex(next(there, 0))

    def show_page(self, number: int) -> None:
        """Show the differences, the scores or the confusions."""
        self.tabs[number].setChecked(True)
        self.pages.setCurrentIndex(number)
        for choice in (self.kind, self.label):
            choice.setEnabled(number == LIST)

    def sift(self) -> None:
        """List what the choices say."""
        label, pair = _as_pair(self.label.currentData())
        self._sift(Sieve(self.kind.currentData() or "", label, pair))

    def show_pair(self, pair: Pair) -> None:
        """List the differences of a cell of the confusion table."""
        self._sift(Sieve(pair=pair))
        self.show_page(LIST)
        self.take_focus()

    def _sift(self, sieve: Sieve) -> None:
        current = self.current()
        self.model.sift(sieve)
        row = self.model.row_of(current)
        if self.model.rows:
            self.view.setCurrentIndex(self.model.index(row or 0))
        self.refresh()

    def take_focus(self) -> None:
        """Stand on the list; without one where the sides are chosen."""
        lacking = next((side for side in self.sides if side.currentIndex() < 0), self.sides[1])
        target = self.view if self.model.rows else lacking
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        current = self.current()
        if current is not None:
            self.opened.emit(current)


def side_words(side: Side | None) -> str:
    """What a side is called."""
    if side is None or tuple(side) == (FILE, ""):
        return _("A file…")
    kind, name = side
    if kind == GOLD:
        return _("Gold")
    return name.replace("\\", "/").rsplit("/", 1)[-1] if kind == FILE else name


def _as_pair(data: object) -> tuple[str, Pair | None]:
    """What a choice of labels means, however Qt hands it back."""
    if not isinstance(data, tuple | list) or len(data) != 2:
        return "", None
    label, pair = data
    return str(label), (pair[0], pair[1]) if pair else None
