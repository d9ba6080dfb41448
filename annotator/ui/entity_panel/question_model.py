"""Questions as a Qt model: those of the open report, or of the whole project a page at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.question import Question, QuestionState, question_order
from annotator.messages import _
from annotator.services.open_report import OpenReport
from annotator.services.questions import Questions, state_name
from annotator.services.rows import QuestionRow

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
#: Questions of the project that are read at once.
PAGE = 500

Index = QModelIndex | QPersistentModelIndex
STATES = tuple(state.value for state in QuestionState)


class QuestionModel(QAbstractListModel):
    """Rows in text order; people by name."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[QuestionRow] = []
        self._more: tuple[Questions, tuple[str, ...]] | None = None

    def show_report(self, report: OpenReport | None, questions: Questions | None, states: tuple[str, ...]) -> None:
        """List the questions of a report that stand in `states`."""
        rows: list[QuestionRow] = []
        if report is not None and questions is not None:
            found = sorted((q for q in report.questions.values() if q.state in states), key=question_order)
            rows = [_row(report, question, questions) for question in found]
        self._replace(rows, None)

    def show_project(self, questions: Questions, states: tuple[str, ...]) -> None:
        """List the questions of the project that stand in `states`."""
        rows = questions.listed(states, PAGE)
        self._replace(rows, (questions, states) if len(rows) == PAGE else None)

    def _replace(self, rows: list[QuestionRow], more: tuple[Questions, tuple[str, ...]] | None) -> None:
        self.beginResetModel()
        self._rows, self._more = rows, more
        self.endResetModel()

    def row_of(self, uid: str) -> int | None:
        """The row of a question; None where it is not listed."""
        return next((n for n, row in enumerate(self._rows) if row.question.uid == uid), None)

    def row_at(self, number: int) -> QuestionRow:
        """What stands in a row."""
        return self._rows[number]

    # ---- rows -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, _parent: Index) -> bool:
        return self._more is not None

    def fetchMore(self, _parent: Index) -> None:
        if self._more is None:
            return
        questions, states = self._more
        rows = questions.listed(states, PAGE, len(self._rows))
        self._more = self._more if len(rows) == PAGE else None
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.question.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join([f"{state_name(row.question.state)}: {row.question.text}", *story(row)])
        return None


def _row(report: OpenReport, question: Question, questions: Questions) -> QuestionRow:
    named = question._replace(
        asked_by=questions.person_name(question.asked_by),
        answered_by=questions.person_name(question.answered_by),
        decided_by=questions.person_name(question.decided_by),
    )
    return QuestionRow(report.id, "", report.text[question.start : question.end], named)


def story(row: QuestionRow) -> list[str]:
    """Who asked, answered and settled it, and when; a line each."""
    question = row.question
    lines = [_("asked by {name}, {when}", name=question.asked_by, when=when(question.asked))]
    if question.answered:
        lines.append(_("answered by {name}, {when}", name=question.answered_by or "", when=when(question.answered)))
    if question.decided:
        lines.append(_("settled by {name}, {when}", name=question.decided_by or "", when=when(question.decided)))
    return lines


def when(stamp: str) -> str:
    """A stored time as this place's clock shows it; as it came where it is none."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return stamp
