"""The list of findings: those to look at first; the working of the one chosen at the foot, and putting it aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import KnownError
from annotator.messages import _
from annotator.services.findings import AGREES, Found
from annotator.ui.checking import wording
from annotator.ui.checking.findings import Findings
from annotator.ui.checking.model import ROW_ROLE, FindingModel
from annotator.ui.checking.signs import SIZE, paint_sign
from annotator.ui.choices import Choices
from annotator.ui.list_page import ListPage
from annotator.ui.two_lines import TwoLineDelegate
from annotator.ui.widgets import Field, half_bold, small

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class CheckPage(ListPage):
    """Choice, list, and the finding one stands on."""

    def __init__(self, window: MainWindow, findings: Findings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller, self._findings = window.controller, findings
        self._following = False
        self.model = FindingModel(findings, self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.choice = Choices()
        self.title, self.working, self.note = (QLabel() for _each in range(3))
        for label in (self.title, self.working, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.title.setFont(half_bold(self.font()))
        self.working.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.setFont(small(self.font()))
        self.field = Field()
        self.dismiss_button, self.restore_button = QPushButton(), QPushButton()
        self.lay_out(self.model, _Delegate, (self.choice,), self._make_foot())

    def _make_foot(self) -> QWidget:
        self.foot = QWidget()
        layout = QVBoxLayout(self.foot)
        layout.setContentsMargins(14, 4, 14, 10)
        layout.setSpacing(5)
        for widget in (self.title, self.working, self.note):
            layout.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.dismiss_button)
        row.addWidget(self.restore_button)
        layout.addLayout(row)
        return self.foot

    def _connect(self) -> None:
        self.choice.activated.connect(lambda _position: self.show_rows())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._chosen())
        self.view.clicked.connect(lambda _index: self._chosen())
        self.view.entered_row.connect(lambda _index, _shift: self._enter())
        self.view.put_away.connect(self._put_aside_or_back)
        self.field.returnPressed.connect(self.dismiss)
        self.field.given_up.connect(self._given_up)
        self.dismiss_button.clicked.connect(self.dismiss)
        self.restore_button.clicked.connect(self.restore)
        self._findings.changed.connect(self.show_rows)
        self._findings.moved.connect(self._show_current)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Checks"))
        self.view.setAccessibleName(_("Findings"))
        self.choice.setAccessibleName(_("Which findings"))
        self.field.setPlaceholderText(_("Why it may stay…"))
        self.field.setAccessibleName(_("Note on the dismissal"))
        self.dismiss_button.setText(_("Dismiss"))
        self.restore_button.setText(_("Bring back"))
        self.show_rows()

    # ---- showing ----------------------------------------------------------------------------------

    def show_rows(self) -> None:
        """List what the choice says, standing on the same finding as before."""
        findings = self._findings
        kinds = (findings.open(), findings.agreeing(), findings.aside(), findings.found)
        chosen = max(0, self.choice.currentIndex())
        self._following = True
        self.choice.clear()
        for words, listed in zip(
            (_("To look at {n}"), _("Agreeing {n}"), _("Dismissed {n}"), _("All {n}")), kinds, strict=True
        ):
            self.choice.addItem(words.format(n=len(listed)))
        self.choice.setCurrentIndex(chosen)
        self.model.show(kinds[chosen])
        self._following = False
        self.show_list(self._why_none())
        self._show_current()

    def _why_none(self) -> str:
        if self._controller.report is None:
            return ""
        if not self._findings.known:
            return _("The report is being checked.")
        if self.choice.currentIndex() == 0:
            return _("Nothing to look at: the numbers that could be checked agree, and no span looks wrong.")
        return _("None here.")

    def _show_current(self) -> None:
        """The row of the finding one stands on, and what is known of it."""
        found = self._findings.current
        row = self.model.row_of(found)
        if row is not None and row != self.view.currentIndex().row():
            self._following = True
            self.view.setCurrentIndex(self.model.index(row))
            self._following = False
        self._show_foot(found)

    def _show_foot(self, found: Found | None) -> None:
        self.foot.setVisible(found is not None)
        if found is None:
            return
        by = self._findings.dismissal(found)
        self.title.setText(f"{wording.sign(found)} {wording.verdict(found)} · {wording.kind(found)}")
        self.working.setText(wording.working(found, self._findings.schema))
        self.note.setText(wording.dismissed(by.note) if by is not None else "")
        self.note.setVisible(by is not None)
        able = self._controller.writable
        for widget in (self.field, self.dismiss_button):
            widget.setVisible(by is None and found.verdict != AGREES)
            widget.setEnabled(able)
        self.restore_button.setVisible(by is not None)
        self.restore_button.setEnabled(able)

    def take_focus(self) -> None:
        """Stand on the list, or on the choice where it is empty."""
        if not self.model.rows:
            self.choice.setFocus()
            return
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))

    def focus_note(self) -> None:
        """Put the cursor into the note of the finding one stands on."""
        if self.field.isVisibleTo(self):
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- what is chosen ---------------------------------------------------------------------------

    def _chosen(self) -> None:
        number = self.view.currentIndex().row()
        if not self._following and 0 <= number < len(self.model.rows):
            self.field.clear()
            self._findings.stand_on(self.model.rows[number])

    def _enter(self) -> None:
        """Enter on a row: go there."""
        self._chosen()
        self.left.emit()

    def _given_up(self) -> None:
        self.field.clear()
        self.take_focus()

    def _put_aside_or_back(self) -> None:
        found = self._findings.current
        if found is not None and self._findings.dismissal(found) is not None:
            self.restore()
        else:
            self.focus_note()

    def dismiss(self) -> None:
        """Put the finding aside, with what stands in the field as its note; the next one is there at once."""
        found, dismissing = self._findings.current, self._findings.dismissing()
        if found is None or dismissing is None or self._findings.dismissal(found) is not None:
            return
        number, note = self.view.currentIndex().row(), self.field.text()
        try:
            self._controller.edit(lambda _editor, report: dismissing.dismiss(report, found, note), raising=True)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        self.field.clear()
        self._go_on(number)

    def restore(self) -> None:
        """Bring the finding back."""
        found, dismissing = self._findings.current, self._findings.dismissing()
        by = self._findings.dismissal(found) if found is not None else None
        if found is None or by is None or dismissing is None:
            return
        try:
            self._controller.edit(lambda _editor, report: dismissing.restore(report, found, by), raising=True)
        except KnownError as error:
            self._controller.presenter.show(error)

    def _go_on(self, number: int) -> None:
        """Stand on what follows in the list; on nothing where it is empty now."""
        if self.model.rows:
            self.view.setFocus()
            following = self.model.rows[min(max(0, number), len(self.model.rows) - 1)]
            self._findings.stand_on(following)
        else:
            self._findings.stand_on(None)
            self.left.emit()


class _Delegate(TwoLineDelegate):
    """A finding: its sign with verdict and kind; what is stated and what comes out."""

    def paint_inside(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        ground: str,
    ) -> None:
        found: Found = index.data(ROW_ROLE)
        paint_sign(painter, option.font, QRectF(box.left() + 7, box.top() + 6, SIZE, SIZE), found, ground)
        words = f"{wording.verdict(found)} · {wording.kind(found)}"
        self.paint_lines(painter, option, box.adjusted(30, 5, -9, -5), ground, words, wording.numbers(found))
