"""Puts together what a person says about spans, and ties it to one window. Each part has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.question import QuestionState
from annotator.messages import _
from annotator.services.questions import counts_of
from annotator.services.wording import relation_title
from annotator.ui.foot import Foot
from annotator.ui.late import Late
from annotator.ui.tag_all.tag_all import TagAll
from annotator.ui.tagging.asking import AskBar, Asking
from annotator.ui.tagging.marks import Link, SpanMarks
from annotator.ui.tagging.question_marks import QuestionMarks
from annotator.ui.tagging.relation import RelationChoice
from annotator.ui.tagging.report_note import NoteBar, ReportNote
from annotator.ui.tagging.seen import Seen
from annotator.ui.tagging.subject import SubjectChoice
from annotator.ui.widgets import TabButton

if TYPE_CHECKING:
    from annotator.ui.entity_panel.question_page import QuestionPage
    from annotator.ui.main_window import MainWindow


class Tagging(QObject):
    """Subjects, links, questions, notes and tag all, for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        controller, view, pane = window.controller, window.report_pane.view, window.report_pane
        self.foot, self.ask_bar, self.note_bar = Foot(), AskBar(), NoteBar()
        for bar in (self.foot, self.ask_bar, self.note_bar):
            pane.add_below(bar)
        self.subject = SubjectChoice(controller, view, self.foot, self)
        self.relation = RelationChoice(controller, view, self.foot, self)
        self.asking = Asking(controller, view, self.ask_bar, self)
        self.note = ReportNote(controller, view, self.note_bar, self)
        self.seen = Seen(controller, window.entity_panel.editor.isVisible, self)
        self.tag_all = TagAll(window)
        self._build_marks()
        self._build_questions()
        self._connect()

    def _build_marks(self) -> None:
        controller, view = self._window.controller, self._window.report_pane.view
        self.marks = SpanMarks(controller, view)
        self.marks.choice = lambda: self.subject.move
        self.marks.preview = self._preview
        self.question_marks = QuestionMarks(controller, view)
        view.layers += [self.marks, self.question_marks]

    def _build_questions(self) -> None:
        panel = self._window.entity_panel
        self._questions, self.question_tab = Late(self._make_questions), TabButton()
        self.question_number = panel.add_page(self.question_tab, self._questions)
        self._show_tab()

    def _make_questions(self) -> QuestionPage:
        from annotator.ui.entity_panel.question_page import QuestionPage

        page = QuestionPage(self._window.controller)
        page.left.connect(self._window.report_pane.view.setFocus)
        return page

    @property
    def questions(self) -> QuestionPage:
        """The page of questions."""
        return self._questions()

    def _connect(self) -> None:
        window, commands = self._window, self._window.commands
        for part in (self.subject, self.relation, self.asking, self.note, self.tag_all):
            commands.more.update(part.commands())
        commands.more.update({"view.questions": self.show_questions, "span.note": self.write_note})
        for choosing in (self.subject, self.relation):
            commands.doing.connect(choosing.about_to_do)
        window.entity_panel.editor.linking.connect(lambda: commands.do("span.relate"))
        for signal in (window.controller.projectChanged, window.controller.reportChanged):
            signal.connect(self._show_tab)
        window.controller.relatedChanged.connect(lambda _changes: self._show_tab())
        self.question_marks.clicked.connect(self.show_question)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def _preview(self) -> Link | None:
        """The link that is being chosen."""
        found, choice = self.relation.span(), self.relation
        target = found[0].spans.get(choice.target) if found else None
        if found is None or target is None or choice.kind is None:
            return None
        return Link(found[1], target, relation_title(self._window.controller.schema, choice.kind.name), chosen=True)

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._window.entity_panel.editor.isAncestorOf(now):
            self.seen.entered()

    # ---- questions and notes ----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self._show_tab()

    def _show_tab(self) -> None:
        """The tab with the number of questions that are not settled; gone where there are none."""
        counts, panel = counts_of(self._window.controller.report), self._window.entity_panel
        waiting = sum(counts.values()) - counts[QuestionState.DECIDED]
        self.question_tab.setText(_("Questions {n}", n=waiting))
        self.question_tab.updateGeometry()
        self.question_tab.setVisible(sum(counts.values()) > 0 or panel.shown_tab() == self.question_number)

    def show_questions(self) -> None:
        """Show the list of questions."""
        self._open_page()
        (self.questions.view if self.questions.view.isVisible() else self.questions.states).setFocus()

    def show_question(self, uid: str) -> None:
        """Show one question of the open report."""
        self._open_page()
        self.questions.show_question(uid)

    def _open_page(self) -> None:
        self._window.show_pane("right", True)
        self.question_tab.setVisible(True)
        self._window.entity_panel.show_tab(self.question_number)

    def write_note(self) -> None:
        """Put the cursor into the note of the selected span."""
        self._window.show_pane("right", True)
        self._window.entity_panel.show_tab(0)
        self._window.entity_panel.editor.note.setFocus()

    def close(self) -> None:
        """What was read counts as seen; nothing half chosen is written."""
        for choosing in (self.subject, self.relation):
            choosing.leave()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._focus_changed)
