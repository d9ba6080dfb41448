"""Tag all: looks for the words, in the open report at once or in the project as a job, and tags what was ticked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.domain.errors import KnownError
from annotator.domain.span import Span
from annotator.messages import _
from annotator.reading.outline import Section, outline, section_path
from annotator.services.repeats import Applied, Hit, Repeats, find
from annotator.services.session import Session
from annotator.ui.report_view.layers import Layer, boxes
from annotator.ui.tasks import Report, Task

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow
    from annotator.ui.report_view.look import Look
    from annotator.ui.report_view.painting import Placed
    from annotator.ui.tag_all.panel import TagAllPanel

#: More ticks than this are tagged beside the window; fewer are done before it could blink.
AT_ONCE = 1500
#: Reports whose outlines are kept for the list.
_OUTLINES = 64


class TagAll(QObject):
    """One search at a time, for one window. The panel is made when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._controller = window.controller
        self.panel: TagAllPanel | None = None
        self._words = ""
        self._like: Span | None = None
        self._searching: Task | None = None
        self._again = False
        self._last_label = ""
        self._sections: OrderedDict[int, list[Section]] = OrderedDict()
        self._mark = _HitMark()
        window.report_pane.labelled.connect(self._remember_label)
        window.tasks.changed.connect(self._look_when_free)
        self._controller.reportChanged.connect(self._report_changed)
        self._controller.projectChanged.connect(self.close)
        self._controller.spansChanged.connect(lambda _changes: self._look_again())

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"span.tag_all": self.open}

    # ---- open and close ---------------------------------------------------------------------------

    def open(self) -> None:
        """List every place of the words selected, or of the selected span's."""
        report = self._controller.report
        if report is None:
            return
        span, (start, end) = self._controller.selected_span(), self._controller.text_selection
        if start < end and (span is None or span.range != (start, end)):
            start, end, span = *_trimmed(report.text, start, end), None
        elif span is not None:
            start, end = span.range
        if start >= end:
            self._controller.said.emit(_("Select a span or some words first."))
            return
        self._words, self._like = report.text[start:end], span
        panel = self._made()
        panel.words.set_full(f"“{' '.join(self._words.split())}”")
        panel.scope.setCurrentIndex(0)
        panel.show_schema(self._controller.schema, span.label if span else self._likely_label(start, end))
        panel.show_problem("")
        panel.setVisible(True)
        self.look()

    def _made(self) -> TagAllPanel:
        if self.panel is None:
            from annotator.ui.tag_all.panel import TagAllPanel

            self.panel = panel = TagAllPanel()
            panel.model.place_of = self._place_of
            panel.scope_keys = lambda: self._window.report_pane.view.keys_of("span.tag_all")
            panel.applied.connect(self.apply)
            panel.left.connect(self.close)
            panel.scoped.connect(self.look)
            panel.labelled.connect(self._relabel)
            panel.pointed.connect(self._point)
            self._window.report_pane.add_below(panel)
            self._window.report_pane.view.layers.append(self._mark)
        return self.panel

    def close(self) -> None:
        """Take the panel away; the caret stands where it stood."""
        if self.panel is None or not self.panel.isVisible():
            return
        if self._searching is not None:
            self._searching.cancel()
        self.panel.setVisible(False)
        self.panel.model.show([])
        self._point(None)
        self._sections.clear()
        self._window.report_pane.view.setFocus()

    def _likely_label(self, start: int, end: int) -> str:
        """What the same words are tagged as at this place, else the label used last, else the first."""
        report, schema = self._controller.report, self._controller.schema
        there = [span.label for span in report.spans.with_range(start, end)] if report else []
        first = schema.labels[0].name if schema.labels else ""
        return next((name for name in (*there, self._last_label) if schema.label(name)), first)

    def _remember_label(self, label: str, _add: bool) -> None:
        self._last_label = label

    def _relabel(self, label: str) -> None:
        panel = self._made()
        panel.show_schema(self._controller.schema, label)
        self.look()

    # ---- looking ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Look for the words in what the panel says."""
        session, report, panel = self._controller.session, self._controller.report, self._made()
        if session is None or report is None:
            return
        panel.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._searching is not None and self._window.tasks.current is self._searching:
            self._searching.cancel()
            self._searching, self._again = None, True
            return
        if panel.whole_project():
            self._look_in_project(session)
            return
        self._show(Repeats(session).find(self._words, panel.label(), report.id), keep=False)

    def _look_when_free(self) -> None:
        """The search that was in the way has ended."""
        if self._again and self._window.tasks.current is None:
            self._again = False
            if self.panel is not None and self.panel.isVisible():
                self.look()

    def _look_in_project(self, session: Session) -> None:
        panel, words, label, person = self._made(), self._words, self._made().label(), session.person.uid
        if self._window.tasks.current is not None:
            panel.scope.setCurrentIndex(0)
            panel.show_problem(_("Another job is under way; wait for its end or cancel it."))
            return

        def job(report: Report) -> list[Hit]:
            with session.store.second() as store:
                return find(store, person, words, label, progress=report)

        task = Task(_("Looking for “{words}”", words=words), job)
        task.finished.connect(lambda hits: self._found(task, hits))
        task.failed.connect(self._failed)
        task.cancelled.connect(lambda: self._stopped(task))
        panel.model.show([])
        panel.wait(_("looking…"))
        self._searching = task
        self._window.tasks.start(task)

    def _found(self, task: Task, hits: list[Hit]) -> None:
        if self._searching is task:
            self._searching = None
            self._show(hits, keep=False)

    def _failed(self, error: BaseException) -> None:
        self._searching = None
        self._controller.presenter.show(error)
        self.close()

    def _stopped(self, task: Task) -> None:
        """A search that was cancelled: back to the report's own places."""
        if self._searching is not task:
            return
        self._searching = None
        panel = self._made()
        if panel.isVisible() and panel.whole_project():
            panel.scope.setCurrentIndex(0)
            self.look()

    def _show(self, hits: Sequence[Hit], *, keep: bool) -> None:
        panel = self._made()
        panel.model.show(hits, keep=keep)
        stands = panel.view.currentIndex().isValid()  # asked before the list shows: its focus takes the first row
        panel.refresh()
        if not stands and hits:
            panel.view.setCurrentIndex(panel.model.index(self._nearest(hits)))

    def _nearest(self, hits: Sequence[Hit]) -> int:
        """The hit at the caret's place, or the next one."""
        report, caret = self._controller.report, self._controller.caret
        here = (n for n, hit in enumerate(hits) if report and hit.report == report.id and hit.end >= caret)
        return next(here, 0)

    def _report_changed(self) -> None:
        """Another report closes the panel; the same one read again is looked through again."""
        report = self._controller.report
        if self.panel is not None and self.panel.isVisible():
            same = report is not None and any(hit.report == report.id for hit in self.panel.model.hits)
            self._look_again() if same else self.close()

    def _look_again(self) -> None:
        """The spans changed under the open panel: what speaks against a place may be something else now."""
        panel, session, report = self.panel, self._controller.session, self._controller.report
        if panel is None or not panel.isVisible() or panel.whole_project() or session is None or report is None:
            return
        self._show(Repeats(session).find(self._words, panel.label(), report.id), keep=True)

    # ---- places -----------------------------------------------------------------------------------

    def _place_of(self, hit: Hit) -> str:
        """The report, where the project is looked through, and the section over a hit."""
        sections = section_path(self._outline(hit.report), hit.start)
        path = " › ".join(section.title or section.number for section in sections[-2:])
        panel = self._made()
        return " · ".join(part for part in (hit.title if panel.whole_project() else "", path) if part)

    def _outline(self, report_id: int) -> list[Section]:
        """A report's sections: made when a row of it is first shown, kept for the next rows."""
        report, session = self._controller.report, self._controller.session
        if report is not None and report.id == report_id:
            return report.sections
        if report_id not in self._sections and session is not None:
            self._sections[report_id] = outline(session.store.reports.text(report_id))
            if len(self._sections) > _OUTLINES:
                self._sections.popitem(last=False)
        return self._sections.get(report_id, [])

    def _point(self, hit: Hit | None) -> None:
        """Show the place one stands on in the report; the caret stays."""
        report, view = self._controller.report, self._window.report_pane.view
        here = hit is not None and report is not None and hit.report == report.id
        self._mark.place = (hit.start, hit.end) if hit is not None and here else None
        if self._mark.place is not None:
            view.reveal(*self._mark.place)
        view.viewport().update()

    # ---- tagging ----------------------------------------------------------------------------------

    def apply(self) -> None:
        """Tag what is ticked and remember what was turned down, as one step."""
        session, panel = self._controller.session, self.panel
        if session is None or panel is None or self._searching is not None:
            return
        hits, rejected = [hit for hit in panel.model.hits if hit.ticked], panel.model.turned_down()
        if not hits and not rejected:
            panel.show_problem(_("Nothing is ticked: Space ticks the place you stand on."))
            return
        label, like = panel.label(), self._like
        if len(hits) > AT_ONCE:
            self._apply_beside(session, hits, label, like, rejected)
            return
        try:
            applied = Repeats(session).apply(hits, label, like, rejected)
        except KnownError as error:
            panel.show_problem(str(error))
            return
        self.close()
        self._controller.said.emit(applied.words)

    def _apply_beside(
        self, session: Session, hits: list[Hit], label: str, like: Span | None, rejected: list[Hit]
    ) -> None:
        """Many places, in a job with a connection of its own; what is tagged when it is cancelled stays, as one step."""
        panel = self._made()
        if self._window.tasks.current is not None:
            panel.show_problem(_("Another job is under way; wait for its end or cancel it."))
            return

        def job(report: Report) -> Applied:
            with session.store.second() as store:
                return Repeats(Session(store, session.person)).apply(hits, label, like, rejected, report)

        task = Task(_("Tagging “{words}”", words=self._words), job)
        task.finished.connect(lambda applied: self._applied(session, applied))
        task.failed.connect(self._controller.presenter.show)
        task.cancelled.connect(lambda: self._controller.said.emit(_("Nothing was tagged.")))
        self.close()
        self._window.tasks.start(task)

    def _applied(self, session: Session, applied: Applied) -> None:
        selected = self._controller.selected
        if applied.announcement is not None and self._controller.session is session:
            session.announce_job(applied.announcement.step)
            self._controller.select(selected)
        self._controller.said.emit(applied.words)


class _HitMark(Layer):
    """A frame around the place one stands on in the list."""

    place: tuple[int, int] | None = None

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        if self.place is None:
            return
        painter.setPen(QPen(look.match_edge, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes(placed, *self.place, look):
            painter.drawRoundedRect(box.adjusted(-2, -4, 2, 4), 3, 3)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    from annotator.domain.selection import trim

    return trim(text, start, end)
