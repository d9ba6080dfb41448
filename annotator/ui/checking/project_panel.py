"""The list of a project's findings below the report: sieve, rows, and the one stood on with its note. It checks nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.messages import _
from annotator.services.findings import AGREES
from annotator.services.project_checks import Checked
from annotator.ui import look
from annotator.ui.checking import wording
from annotator.ui.checking.gathered import Sieve
from annotator.ui.checking.project_model import ROW_ROLE, Key, ProjectFindings, key_of
from annotator.ui.checking.signs import SIZE, paint_sign
from annotator.ui.choices import Choices
from annotator.ui.foot_list import FootList
from annotator.ui.rows_view import RowsView
from annotator.ui.theme import readable
from annotator.ui.widgets import Field, paint_focus, small

_MARGIN = 8


class ProjectPanel(FootList):
    """Says what a person wants; `state` tells how far the checks are, in a sentence."""

    opened = Signal(object, bool)  # a finding to go to; whether to the earlier report of a jump
    dismissed = Signal(object, str)  # a finding to put aside, and why
    restored = Signal(object)
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ProjectFindings, parent)
        self.able = True
        self._filling = False
        #: The finding one stood on before, until it comes in or a person goes elsewhere.
        self.waits_for: Key | None = None
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.kind, self.verdict = Choices(), Choices()
        self.words, self.aside = Field(), QCheckBox()
        self.state.setFont(small(self.font()))
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget, share in ((self.title, 0), (self.verdict, 2), (self.kind, 2), (self.words, 2), (self.aside, 0)):
            self.row.addWidget(widget, share)
        self.view.setItemDelegate(_Delegate(self.view))
        self.setFocusProxy(self.view)
        self.working = QLabel()
        self.working.setWordWrap(True)
        self.working.setTextFormat(Qt.TextFormat.PlainText)
        self.working.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.insertWidget(1, self.view, 1)
        self.body.insertWidget(2, self.empty, 1)
        told = QHBoxLayout()
        told.addWidget(self.working, 3)
        told.addWidget(self.state, 2)
        self.body.addLayout(told)
        self.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.note = Field()
        self.dismiss_button, self.restore_button, self.earlier_button = QPushButton(), QPushButton(), QPushButton()
        self.again_button = QPushButton()
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.earlier_button)
        foot.addWidget(self.note, 3)
        for button in (self.dismiss_button, self.restore_button):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.again_button, self.save_button, self.close_button):
            foot.addWidget(button)
        return foot

    def _connect(self) -> None:
        for choice in (self.kind, self.verdict):
            choice.activated.connect(lambda _position: self.sift())
        self.words.textChanged.connect(lambda _words: self.sift())
        self.words.given_up.connect(self.take_focus)
        self.words.returnPressed.connect(self.take_focus)
        self.aside.toggled.connect(lambda _on: self.sift())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._moved())
        self.view.entered_row.connect(lambda _index, shift: self._open(shift))
        self.view.doubleClicked.connect(lambda _index: self._open(False))
        self.view.put_away.connect(self._aside_or_back)
        self.earlier_button.clicked.connect(lambda: self._open(True))
        self.note.returnPressed.connect(self.dismiss)
        self.note.given_up.connect(self._give_up)
        self.dismiss_button.clicked.connect(self.dismiss)
        self.restore_button.clicked.connect(self._restore)
        self.again_button.clicked.connect(self.again)

    def sizeHint(self) -> QSize:
        return QSize(400, 260)

    def retranslate(self) -> None:
        super().retranslate()
        self.setAccessibleName(_("Checks of the project"))
        self.title.setText(_("Checks of the project"))
        self.view.setAccessibleName(_("Findings"))
        self.kind.setAccessibleName(_("What was checked"))
        self.verdict.setAccessibleName(_("How it came out"))
        self.words.setPlaceholderText(_("Words of report or place…"))
        self.words.setAccessibleName(_("Words of report or place"))
        self.aside.setText(_("Dismissed too"))
        self.note.setPlaceholderText(_("Why it may stay…"))
        self.note.setAccessibleName(_("Note on the dismissal"))
        self.dismiss_button.setText(_("Dismiss"))
        self.restore_button.setText(_("Bring back"))
        self.earlier_button.setText(_("Earlier report"))
        self.earlier_button.setToolTip(_("Open the report of the year before at the figure (Shift+Enter)"))
        self.again_button.setText(_("Check again"))
        self.refresh()

    # ---- showing ------------------------------------------------------------------------------------

    def sift(self) -> None:
        """List what the fields say, standing where one stood."""
        if self._filling:
            return
        words = tuple(self.words.text().casefold().split())
        kind, verdict = self.kind.currentData() or "", max(0, self.verdict.currentIndex())
        self.keeping(lambda: self.model.sift(Sieve(kind, verdict, self.aside.isChecked(), words)))

    def keeping(self, change: Callable[[], object]) -> None:
        """Change the rows; one stands on the same finding afterwards, else where it was."""
        key, number = self._key() or self.waits_for, self.view.currentIndex().row()
        change()
        self.stand_on(key, number)
        self.refresh()

    def stand_on(self, key: Key | None, number: int = -1) -> None:
        """Stand on the finding with this key; where it is not listed (yet) on row `number`, and wait for it."""
        row = self.model.row_of(key)
        self.waits_for = key if row is None else None
        if row is None and number >= 0 and self.model.rows:
            row = min(number, len(self.model.rows) - 1)
        if row is not None:
            kept = self.waits_for
            self.view.setCurrentIndex(self.model.index(row))
            self.waits_for = kept
        else:
            self._stand()

    def refresh(self) -> None:
        """Counts and fields as the rows are."""
        self._filling = True
        kinds, chosen = self.model.kinds(), self.kind.currentData() or ""
        self.kind.clear()
        self.kind.addItem(_("All kinds {n}").format(n=kinds.total()), "")
        for kind in sorted({*kinds, *([chosen] if chosen else [])}, key=_order):
            self.kind.addItem(f"{wording.kind_title(kind)} {kinds[kind]}", kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        verdict = max(0, self.verdict.currentIndex())
        self.verdict.clear()
        words = (_("To look at {n}"), _("Disagreeing {n}"), _("Cut off {n}"), _("Agreeing {n}"), _("All {n}"))
        self.verdict.addItems([w.format(n=n) for w, n in zip(words, self.model.verdicts(), strict=True)])
        self.verdict.setCurrentIndex(verdict)
        self._filling = False
        self.show_rows(_("No finding passes the filter.") if len(self.model.gathered) else self.empty_words)
        self._stand()

    def _key(self) -> Key | None:
        current = self.current()
        return key_of(current) if current is not None else None

    def _moved(self) -> None:
        """Another row: where a person went, nothing is waited for any more."""
        if self.view.hasFocus() and self.current() is not None:
            self.waits_for = None
        self._stand()

    def _stand(self) -> None:
        one = self.current()
        lines = [] if one is None else [wording.working(one, self.model.schema)]
        if one is not None and one.dismissed is not None:
            lines.append(wording.dismissed(one.dismissed))
        self.working.setText(" · ".join(lines))
        aside = one is not None and one.dismissed is not None
        open_one = one is not None and not aside and one.verdict != AGREES
        for widget in (self.note, self.dismiss_button):
            widget.setVisible(open_one)
            widget.setEnabled(self.able)
        self.restore_button.setVisible(aside)
        self.restore_button.setEnabled(self.able)
        self.earlier_button.setVisible(one is not None and one.earlier is not None)

    def take_focus(self) -> None:
        """Stand on the list; on its filter where it is empty."""
        target, kept = self.view if self.model.rows else self.verdict, self.waits_for
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.waits_for = kept  # the focus needs a row to stand on: nobody has chosen it

    # ---- what a person does -------------------------------------------------------------------------

    def _open(self, earlier: bool) -> None:
        one = self.current()
        if one is not None:
            self.opened.emit(one, earlier and one.earlier is not None)

    def _aside_or_back(self) -> None:
        one = self.current()
        if one is not None and one.dismissed is not None:
            self._restore()
        elif self.note.isVisibleTo(self):
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Put the finding one stands on aside, with what stands in the field as its note."""
        one = self.current()
        if one is not None and one.dismissed is None and one.verdict != AGREES:
            note = self.note.text()
            self.note.clear()
            self.dismissed.emit(one, note)
            self.take_focus()

    def _restore(self) -> None:
        one = self.current()
        if one is not None:
            self.restored.emit(one)
            self.take_focus()

    def _give_up(self) -> None:
        self.note.clear()
        self.take_focus()


def _order(kind: str) -> int:
    names = list(wording.KINDS)
    return names.index(kind) if kind in names else len(names)


class _Delegate(QStyledItemDelegate):
    """A finding in a line: sign, kind, what is stated and computed, whose spans, which report."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, max(26, option.fontMetrics.height() + 8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one: Checked = index.data(ROW_ROLE)
        theme, view = look.theme(), self.parent()
        assert isinstance(view, RowsView)
        ground = theme.row if view.selectionModel().isSelected(index) else theme.ground
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, QColor(ground))
        box = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        paint_sign(painter, option.font, QRectF(box.left(), box.center().y() - SIZE / 2 + 1, SIZE, SIZE), one, ground)
        _cells(painter, option, box.adjusted(SIZE + 10, 0, 0, 0), one, ground)
        if view.stands_on(index):
            paint_focus(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), theme.accent)
        painter.restore()


def _cells(painter: QPainter, option: QStyleOptionViewItem, box: QRect, one: Checked, ground: str) -> None:
    theme = look.theme()
    dim = readable(theme.dim, ground, theme.text)
    font = small(option.font)
    font.setStrikeOut(one.dismissed is not None)
    first, last = min(150, box.width() // 4), box.width() * 4 // 10
    middle = box.width() - first - last
    _put(painter, QRect(box.left(), box.top(), first, box.height()), wording.kind(one), option.font, theme.text)
    place = QRect(box.left() + first, box.top(), middle, box.height())
    _put(painter, place, wording.numbers(one), font, dim if one.dismissed is not None else theme.text)
    place = QRect(box.left() + first + middle, box.top(), last, box.height())
    _put(painter, place, " · ".join(filter(None, (one.annotator, one.title))), small(option.font), dim)


def _put(painter: QPainter, box: QRect, words: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width() - 8)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)
