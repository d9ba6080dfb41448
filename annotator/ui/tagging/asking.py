"""Asking a question about whatever is selected, tagged or not: one line at the foot of the report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from annotator.domain.errors import ValidationError
from annotator.messages import _
from annotator.services.questions import Questions
from annotator.ui.controller import Controller
from annotator.ui.foot import FootFrame
from annotator.ui.report_pane import heading
from annotator.ui.report_view import ReportView
from annotator.ui.widgets import ElidedLabel, Field, half_bold, small


class AskBar(FootFrame):
    """What is asked about, and the field for the question. Enter asks, Esc gives up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setFont(half_bold(self.font()))
        self.about = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.field = Field()
        self.keys = QLabel()
        self.keys.setFont(small(self.font()))
        for widget, share in ((self.title, 0), (self.about, 1), (self.field, 3), (self.keys, 0)):
            self.row.addWidget(widget, share)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.title.setText(_("Question"))
        self.field.setPlaceholderText(_("What is unclear here?"))
        self.field.setAccessibleName(_("Question"))
        self.keys.setText(_("Enter asks, Esc gives up"))


class Asking(QObject):
    """Opens the bar for the selection, and asks."""

    def __init__(self, controller: Controller, view: ReportView, bar: AskBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._view, self.bar = controller, view, bar
        self._place: tuple[int, int, str | None] = (0, 0, None)
        bar.field.returnPressed.connect(self._ask)
        bar.field.given_up.connect(self.close)
        bar.field.textEdited.connect(lambda _text: bar.show_problem(""))
        controller.leaving.connect(self._left)
        controller.reportChanged.connect(self._left)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"question.ask": self.open}

    def open(self) -> None:
        """Ask about the selected text, else the selected span, else the place of the caret."""
        report = self._controller.report
        if report is None:
            return
        self._place = start, end, _span = self._asked_about()
        words = f"“{heading(report.text, start, end, 40)}”" if start < end else _("at offset {n}", n=start)
        self.bar.about.set_full(words)
        self.bar.show_problem("")
        self.bar.setVisible(True)
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _asked_about(self) -> tuple[int, int, str | None]:
        start, end = self._controller.text_selection
        span = self._controller.selected_span()
        if span is not None and (start == end or span.range == (start, end)):
            return span.start, span.end, span.uid
        return (start, end, None) if start < end else (self._controller.caret, self._controller.caret, None)

    def _ask(self) -> None:
        session = self._controller.session
        if session is None:
            return
        questions, (start, end, span) = Questions(session), self._place
        words = self.bar.field.text()
        try:
            self._controller.edit(lambda _editor, report: questions.ask(report, start, end, words, span), raising=True)
        except ValidationError as error:
            self.bar.show_problem(str(error))
            return
        self.close()

    def close(self) -> None:
        """Take the bar away, and go back to the report."""
        self._left()
        self._view.setFocus()

    def _left(self) -> None:
        self.bar.field.clear()
        self.bar.setVisible(False)
