"""The list of questions: those of the report or the project, by state; answered, settled and opened again there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import KnownError, ValidationError
from annotator.domain.question import QuestionState
from annotator.messages import _
from annotator.services.edits import Outcome
from annotator.services.open_report import OpenReport
from annotator.services.questions import STATE_SIGNS, Questions, counts_of, state_name
from annotator.services.rows import QuestionRow
from annotator.ui import look
from annotator.ui.choices import Choices
from annotator.ui.controller import Controller
from annotator.ui.entity_panel.question_model import ROW_ROLE, STATES, QuestionModel, story
from annotator.ui.list_page import ListPage
from annotator.ui.theme import readable
from annotator.ui.two_lines import TwoLineDelegate
from annotator.ui.widgets import Field, Problem, half_bold, small


class QuestionPage(ListPage):
    """Filter, list, and the question one stands on."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._uid = ""
        self._busy = False
        self.model = QuestionModel(self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.scope, self.states = Choices(), Choices()
        self.card = _Card()
        self.lay_out(self.model, _Delegate, (self.scope, self.states), self.card)

    def _connect(self) -> None:
        controller, card = self._controller, self.card
        for box in (self.scope, self.states):
            box.activated.connect(lambda _position: self.show_rows())
        self.view.selectionModel().currentChanged.connect(lambda now, _before: self._stand_on(now))
        self.view.clicked.connect(self._jump)
        self.view.entered_row.connect(lambda _index, _shift: self._enter())
        card.field.given_up.connect(self._given_up)
        card.field.returnPressed.connect(self.answer)
        card.answer.clicked.connect(self.answer)
        card.decide.clicked.connect(self.decide)
        card.reopen.clicked.connect(self.reopen)
        card.withdraw.clicked.connect(self.withdraw)
        controller.reportChanged.connect(self.show_rows)
        controller.relatedChanged.connect(lambda _changes: self.show_rows())
        controller.projectChanged.connect(self.show_rows)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Questions"))
        self.view.setAccessibleName(_("Questions"))
        self.scope.setAccessibleName(_("Questions of"))
        self.states.setAccessibleName(_("State"))
        self.card.retranslate()
        self.show_rows()

    # ---- showing ----------------------------------------------------------------------------------

    def questions(self) -> Questions | None:
        """The questions of the open project."""
        return Questions(self._controller.session) if self._controller.session else None

    def show_rows(self) -> None:
        """List what scope and state say, standing on the same question as before."""
        questions, report = self.questions(), self._controller.report
        of_project = self.scope.currentIndex() == 1
        self._fill_choices(questions, of_project)
        wanted = self.states.currentData()
        states = (wanted,) if wanted else STATES
        self._busy = True
        if of_project and questions is not None:
            self.model.show_project(questions, states)
        else:
            self.model.show_report(report, questions, states)
        self._busy = False
        self.show_list(_("No questions here. Select words, or nothing, in the report and press Q to ask one."))
        self._stand_again()

    def _fill_choices(self, questions: Questions | None, of_project: bool) -> None:
        """Both boxes in the words and counts of the moment."""
        counts = questions.counts() if questions is not None and of_project else counts_of(self._controller.report)
        scope, state = max(0, self.scope.currentIndex()), max(0, self.states.currentIndex())
        self.scope.clear()
        self.scope.addItems([_("This report"), _("Whole project")])
        self.scope.setCurrentIndex(scope)
        self.states.clear()
        self.states.addItem(_("All {n}", n=sum(counts.values())), None)
        for name in STATES:
            self.states.addItem(f"{state_name(name)} {counts.get(name, 0)}", name)
        self.states.setCurrentIndex(state)

    def _stand_again(self) -> None:
        row = self.model.row_of(self._uid)
        if row is None and self.model.rowCount():
            row = 0
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))
        self._stand_on(self.view.currentIndex())

    def _stand_on(self, index: QModelIndex) -> None:
        if self._busy:
            return
        row = self.current() if index.isValid() else None
        if row is not None:
            self._uid = row.question.uid
        self.card.show_row(row, self._controller.writable)

    def current(self) -> QuestionRow | None:
        """The question one stands on."""
        number = self.view.currentIndex().row()
        return self.model.row_at(number) if 0 <= number < self.model.rowCount() else None

    def show_question(self, uid: str) -> None:
        """Stand on a question of the open report, whatever the filter says."""
        self._uid = uid
        if self.model.row_of(uid) is None:
            self.scope.setCurrentIndex(0)
            self.states.setCurrentIndex(0)
            self.show_rows()
        self._stand_again()

    # ---- going there, and acting ------------------------------------------------------------------

    def _jump(self, index: QModelIndex) -> None:
        """Show where a question stands, in its report."""
        row = self.model.row_at(index.row())
        self._go_to(row)

    def _go_to(self, row: QuestionRow) -> OpenReport | None:
        self._uid = row.question.uid
        try:
            self._controller.open_report(row.report)
        except KnownError as error:
            self._controller.presenter.show(error)
        report = self._controller.report
        if report is None or report.id != row.report:
            return None
        start, end = row.question.start, row.question.end
        span = report.spans.get(row.question.span_uid or "")
        self._controller.select([span.uid] if span else ())
        self._controller.revealed.emit(start, end, end)
        return report

    def _enter(self) -> None:
        """Enter on a row: go there, and answer."""
        row = self.current()
        if row is not None and self._go_to(row) is not None:
            self.card.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _given_up(self) -> None:
        self.card.show_row(self.current(), self._controller.writable)
        self.view.setFocus() if self.view.isVisible() else self.left.emit()

    def answer(self) -> None:
        """Answer with what stands in the field."""
        words = self.card.field.text()
        self._act(lambda questions, report, uid: questions.answer(report, uid, words))

    def decide(self) -> None:
        """Settle it."""
        self._act(lambda questions, report, uid: questions.decide(report, uid))

    def reopen(self) -> None:
        """Open it again."""
        self._act(lambda questions, report, uid: questions.reopen(report, uid))

    def withdraw(self) -> None:
        """Take it away."""
        self._act(lambda questions, report, uid: questions.withdraw(report, uid))

    def _act(self, do: Callable[[Questions, OpenReport, str], Outcome]) -> None:
        row, questions = self.current(), self.questions()
        if row is None or questions is None:
            return
        report = self._controller.report
        if report is None or report.id != row.report:
            report = self._go_to(row)
        if report is None:
            return
        uid = row.question.uid
        try:
            self._controller.edit(lambda _editor, open_report: do(questions, open_report, uid), raising=True)
        except ValidationError as error:
            self.card.show_problem(str(error))
        except KnownError as error:
            self._controller.presenter.show(error)


class _Card(QFrame):
    """The question one stands on: its words, who and when, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.who, self.reply, self.problem = QLabel(), QLabel(), QLabel(), Problem()
        for label in (self.words, self.who, self.reply):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFont(half_bold(self.font()))
        self.who.setFont(small(self.font()))
        self.field = Field()
        self.answer, self.decide, self.reopen, self.withdraw = (QPushButton() for _each in range(4))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.answer, self.decide, self.reopen, self.withdraw):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 10)
        layout.setSpacing(5)
        for widget in (self.words, self.reply, self.who, self.field, self.problem):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.field.textEdited.connect(lambda _text: self.show_problem(""))
        self.setVisible(False)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.field.setAccessibleName(_("Answer"))
        self.field.setPlaceholderText(_("Answer…"))
        self.answer.setText(_("Answer"))
        self.decide.setText(_("Settle"))
        self.reopen.setText(_("Reopen"))
        self.withdraw.setText(_("Withdraw"))

    def show_row(self, row: QuestionRow | None, writable: bool) -> None:
        """Show a question; None shows nothing."""
        self.setVisible(row is not None)
        self.show_problem("")
        if row is None:
            return
        question = row.question
        self.words.setText(question.text)
        self.reply.setText(_("Answer: {words}", words=question.answer) if question.answer else "")
        self.reply.setVisible(bool(question.answer))
        self.who.setText("\n".join(story(row)))
        self.field.clear()
        settled = question.state == QuestionState.DECIDED
        self.field.setVisible(not settled)
        self.answer.setVisible(not settled)
        self.decide.setVisible(not settled)
        self.reopen.setVisible(question.state != QuestionState.OPEN)
        for widget in (self.field, self.answer, self.decide, self.reopen, self.withdraw):
            widget.setEnabled(writable)

    def show_problem(self, sentence: str) -> None:
        """Say why something was not done; "" takes the sentence away."""
        self.problem.say(sentence)


class _Delegate(TwoLineDelegate):
    """A question: its words with the sign of its state; the words it is about, who asked, the state."""

    def paint_inside(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        ground: str,
    ) -> None:
        row: QuestionRow = index.data(ROW_ROLE)
        question = row.question
        self._sign(painter, option, box, QuestionState(question.state), ground)
        about = f"“{' '.join(row.words.split())}”" if row.words else ""
        parts = " · ".join(part for part in (about, question.asked_by, row.title) if part)
        words, inner = " ".join(question.text.split()), box.adjusted(28, 5, -9, -5)
        self.paint_lines(painter, option, inner, ground, words, parts, state_name(question.state))

    @staticmethod
    def _sign(painter: QPainter, option: QStyleOptionViewItem, box: QRect, state: QuestionState, ground: str) -> None:
        theme, is_open = look.theme(), state == QuestionState.OPEN
        colour = readable(theme.dim if state == QuestionState.DECIDED else theme.accent, ground, theme.text)
        disc = QRectF(box.left() + 7, box.top() + 6, 15, 15)
        painter.setPen(QPen(QColor(colour), 1.2))
        painter.setBrush(QColor(colour) if is_open else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        painter.setFont(half_bold(small(option.font, 1.5)))
        painter.setPen(QColor(ground if is_open else colour))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, STATE_SIGNS[state])
