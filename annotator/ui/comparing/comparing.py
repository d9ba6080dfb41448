"""Comparing in one window: who is compared with whom, the job, and going to a difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from annotator.messages import _
from annotator.services.evaluating import COLUMNS, FILE, GOLD, PERSON, Compared, Row, Side, compare
from annotator.services.session import Announcement, Session
from annotator.ui.comparing import wording
from annotator.ui.comparing.marks import DifferenceMarks
from annotator.ui.comparing.model import Sort, sort_of
from annotator.ui.comparing.panel import ComparePanel, side_words
from annotator.ui.dialogs.files import Chooser
from annotator.ui.list_files import save_list
from annotator.ui.tasks import Report, Task

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


#: What a comparison rests on, besides the texts.
_RESTS_ON = frozenset({"span", "annotation_set", "report", "label"})


class Comparing(QObject):
    """One comparison at a time, for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self.panel = ComparePanel()
        view = window.report_pane.view
        self.marks = DifferenceMarks(view)
        view.layers.append(self.marks)
        self._files: list[Side] = []
        self._task: Task | None = None
        self._connect()
        self._project_changed()

    def _connect(self) -> None:
        panel = self.panel
        panel.asked.connect(self.start)
        panel.file_wanted.connect(self._choose_file)
        panel.opened.connect(self.go_to)
        panel.saved.connect(self.save)
        panel.copied.connect(self.copy)
        panel.left.connect(self.leave)
        self._controller.projectChanged.connect(self._project_changed)
        self._controller.reportChanged.connect(lambda: self.marks.show(None))

    # ---- in and out -------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the panel; the first two who can be compared are, at once."""
        session = self._controller.session
        if session is None:
            return
        self._offer(session)
        self._window.foot.show_list(self.panel)
        if self.panel.compared is None and self._task is None:
            self._show(None)
            if self.panel.side(0) is not None and self.panel.side(1) is not None:
                self.start()
        self.panel.take_focus()

    def leave(self) -> None:
        """Put the panel away; a comparison under way is stopped."""
        if self._task is not None:
            self._task.cancel()
        self.marks.show(None)
        self.panel.hide()
        self._window.report_pane.view.setFocus()

    def _project_changed(self) -> None:
        self._task, self._files = None, []
        self.marks.show(None)
        self.panel.show_compared(None, self._controller.schema, ("", ""))
        self.panel.hide()
        session = self._controller.session
        if session is not None:
            session.subscribe(self._announced)

    def _announced(self, announcement: Announcement) -> None:
        """What was compared may be something else by now: said, so that a person can compare again."""
        touched = not announcement.changes or announcement.tables & _RESTS_ON
        if touched and self.panel.compared is not None:
            self.panel.state.set_full(f"{_state(self.panel.compared)} · {_('The project has changed since.')}")

    # ---- sides ------------------------------------------------------------------------------------

    def _offer(self, session: Session) -> None:
        chosen = self.panel.side(0), self.panel.side(1)
        sides = self._sides(session)
        if chosen == (None, None) and sides:
            chosen = sides[0], sides[1] if len(sides) > 1 else None
        self.panel.offer(sides, chosen)

    def _sides(self, session: Session) -> list[Side]:
        """Gold where there is one, everybody who has a set, the files named so far."""
        people, gold = session.store.sets.people()
        return [*([Side(GOLD)] if gold else []), *(Side(PERSON, name) for name in people), *self._files]

    def _choose_file(self, number: int) -> None:
        path = Chooser(self._controller.settings, self._window).predictions()
        self.take_file(number, path)

    def take_file(self, number: int, path: Path | None) -> None:
        """Compare with a file; None leaves the side without a choice."""
        session = self._controller.session
        if session is None:
            return
        sides = [self.panel.side(0), self.panel.side(1)]
        if path is not None:
            side = Side(FILE, str(path))
            if side not in self._files:
                self._files.append(side)
            sides[number] = side
        self.panel.offer(self._sides(session), (sides[0], sides[1]))
        if path is not None and None not in sides:
            self.start()

    # ---- the job ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Compare the sides that are chosen, on the reports that the list of reports shows."""
        session, gold, predicted = self._controller.session, self.panel.side(0), self.panel.side(1)
        if session is None or gold is None or predicted is None:
            return
        if self._window.tasks.current is not None:
            self.panel.show_problem(_("Another job is under way; wait for its end or cancel it."))
            return
        wanted = self._window.report_list.filter_bar.wanted()
        names = side_words(gold), side_words(predicted)

        def job(report: Report) -> tuple[Compared, list[Sort]]:
            with session.store.second() as store:
                compared = compare(store, gold, predicted, report, wanted)
            return compared, [sort_of(row) for row in compared.rows]

        task = Task(_("Comparing {first} with {second}", first=names[0], second=names[1]), job)
        task.finished.connect(lambda done: self._finished(task, done[0], done[1], names))
        task.failed.connect(lambda error: self._failed(task, error))
        task.cancelled.connect(lambda: self._failed(task, None))
        self.panel.show_problem("")
        self.panel.state.set_full(_("comparing…"))
        self._task = task
        self._window.tasks.start(task)

    def _finished(self, task: Task, compared: Compared, sorts: list[Sort], names: tuple[str, str]) -> None:
        if task is self._task:
            self._task = None
            self._show(compared, names, sorts)
            if self.panel.isAncestorOf(QApplication.focusWidget() or self.panel):
                self.panel.take_focus()

    def _failed(self, task: Task, error: BaseException | None) -> None:
        if task is not self._task:
            return
        self._task = None
        self._show(None)
        if error is not None:
            self._controller.presenter.show(error)

    def _show(
        self, compared: Compared | None, names: tuple[str, str] = ("", ""), sorts: list[Sort] | None = None
    ) -> None:
        self.panel.empty_words = self._words_of_none(compared)
        self.panel.show_compared(compared, self._controller.schema, names, sorts)
        self.panel.state.set_full(_state(compared))
        left_out = compared.left_out if compared is not None else []
        self.panel.show_problem(" ".join(left_out[:3]) + (" …" if len(left_out) > 3 else ""))
        self.marks.show(None)

    def _words_of_none(self, compared: Compared | None) -> str:
        if compared is None:
            return _(
                "Choose two sides: two annotators of this project, its gold, or a JSON Lines file of spans. "
                "Reports on which both have spans are compared."
            )
        if not compared.evaluation.reports:
            return _("No report could be compared: none that the list of reports shows has spans of both sides.")
        return _("Both sides say the same.")

    # ---- going there ------------------------------------------------------------------------------

    def go_to(self, row: Row) -> None:
        """Open the report at a difference, both sides' ranges framed one over the other."""
        self._controller.open_report(row.row)
        report = self._controller.report
        if report is None or report.id != row.row:
            return
        if report.text[row.at : row.at + len(row.around)] != row.around:
            self._controller.said.emit(_("The text is another one by now; compare again to find the place."))
            return
        spans = [span for span in (row.difference.gold, row.difference.predicted) if span is not None]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        self.marks.show(row, self.panel.model.names)
        self._controller.revealed.emit(start, end, start)
        self._window.report_pane.view.setFocus()
        told = wording.about(row, self._controller.schema)
        self._controller.said.emit(f"{wording.kind_title(row.difference.kind)}: {told}")

    # ---- taking the list elsewhere ----------------------------------------------------------------

    def copy(self) -> None:
        """The rows that are selected, as lines with tabs."""
        rows, schema = self.panel.chosen(), self._controller.schema
        lines = [
            "\t".join(
                (
                    row.title,
                    wording.kind_title(row.difference.kind),
                    wording.about(row, schema),
                    *(
                        " ".join(row.text(span).split()) if span is not None else ""
                        for span in (row.difference.gold, row.difference.predicted)
                    ),
                )
            )
            for row in rows
        ]
        QApplication.clipboard().setText("\n".join(lines))
        self._controller.said.emit(_("{n} rows copied.", n=len(rows)))

    def save(self) -> None:
        """Write what is listed to a file."""
        path = Chooser(self._controller.settings, self._window).list_to_save(_("Differences"))
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write what is listed to `path`: a table, or JSON Lines by its suffix."""
        save_list(self._window, path, COLUMNS, list(self.panel.model.rows), self.panel.show_problem)


def _state(compared: Compared | None) -> str:
    if compared is None:
        return ""
    found = compared.evaluation
    told = [_("{n} reports compared", n=found.reports)]
    if found.reports:
        exact, overlap = found.total(found.exact), found.total(found.overlap)
        told.append(
            _("exact F1 {exact}, overlap F1 {overlap}").format(exact=f"{exact.f1:.3f}", overlap=f"{overlap.f1:.3f}")
        )
    if found.unsure:
        told.append(_("{n} uncertain spans were scored neither way.", n=found.unsure))
    return " · ".join(told)
