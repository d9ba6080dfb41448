"""Questions in the text: a mark beside the row where one stands, dots under the words it is about.

The three states differ by shape and sign, not by colour alone: open is a full disc with ?, answered a ring with !,
settled a faint ring with ✓.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from annotator.domain.question import Question, QuestionState, question_order
from annotator.services.questions import STATE_SIGNS, state_name
from annotator.ui.controller import Controller
from annotator.ui.report_view.layers import Layer, boxes
from annotator.ui.report_view.layouts import Block
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed
from annotator.ui.report_view.view import ReportView


class QuestionMarks(QObject, Layer):
    """The marks of the open report's questions; a click on one names its question."""

    clicked = Signal(str)

    def __init__(self, controller: Controller, view: ReportView) -> None:
        super().__init__(view)
        self._controller, self._view = controller, view
        self._questions: list[Question] = []
        self._shown: list[tuple[QRectF, Question]] = []
        controller.reportChanged.connect(self.renew)
        controller.relatedChanged.connect(lambda _changes: self.renew())

    def renew(self) -> None:
        """Other questions, or another report."""
        report = self._controller.report
        self._questions = sorted(report.questions.values(), key=question_order) if report else []
        self._view.viewport().update()

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        if not self._questions:
            self._shown = []
            return
        self._shown = [mark for block, x, y in placed for mark in self._marks(block, x, y, look)]
        for box, question in self._shown:
            _paint_mark(painter, box, question, look)
        for _box, question in self._shown:
            if question.state != QuestionState.DECIDED:
                _paint_dots(painter, placed, question, look)

    def _marks(self, block: Block, x: int, y: int, look: Look) -> list[tuple[QRectF, Question]]:
        """The marks of the questions that begin in a piece, side by side where they begin in one row."""
        first = bisect_left(self._questions, block.piece.start, key=lambda q: q.start)
        last = bisect_right(self._questions, block.piece.end, key=lambda q: q.start)
        size, taken, marks = look.metrics.small + 4.0, dict[int, int](), []
        for question in self._questions[first:last]:
            row = block.row_of(question.start)
            place = taken.get(row, 0)
            taken[row] = place + 1
            top = y + block.tops[row] + look.metrics.em_top + (look.metrics.em - size) / 2
            marks.append((QRectF(x - 8 - size - place * (size + 2), top, size, size), question))
        return marks

    # ---- the mouse --------------------------------------------------------------------------------

    def click(self, point: QPoint) -> bool:
        question = self._at(point)
        if question is not None:
            self.clicked.emit(question.uid)
        return question is not None

    def tip(self, point: QPoint) -> str:
        question = self._at(point)
        if question is None:
            return ""
        return "\n".join(filter(None, (f"{state_name(question.state)}: {question.text}", question.answer)))

    def _at(self, point: QPoint) -> Question | None:
        near = QPointF(point)
        return next((q for box, q in self._shown if box.adjusted(-2, -3, 2, 3).contains(near)), None)


def _paint_mark(painter: QPainter, box: QRectF, question: Question, look: Look) -> None:
    is_open = question.state == QuestionState.OPEN
    colour = look.dim if question.state == QuestionState.DECIDED else look.accent
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(look.accent if is_open else look.ground)
    painter.drawEllipse(box)
    painter.setFont(look.badge)
    painter.setPen(look.ground if is_open else colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, STATE_SIGNS[question.state])


def _paint_dots(painter: QPainter, placed: Sequence[Placed], question: Question, look: Look) -> None:
    pen = QPen(look.accent, 1.6, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    for box in boxes(placed, question.start, question.end, look):
        width = max(box.width(), 4.0)
        painter.drawLine(QPointF(box.left(), box.bottom() + 3), QPointF(box.left() + width, box.bottom() + 3))
