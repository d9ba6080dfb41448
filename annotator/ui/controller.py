"""The open project, the open report and what is selected in it: the glue between a session and the views.

Views call its methods and listen to its signals; they never talk to each other. It holds no widget.
Every edit goes through `services.editing` and so through `Session.apply`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator import locations
from annotator.domain.changes import Change
from annotator.domain.errors import KnownError
from annotator.domain.report import Status
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.messages import _
from annotator.services.editing import Editor, Outcome
from annotator.services.edits import SetIsDone
from annotator.services.long_edits import LONG
from annotator.services.open_report import OpenReport, is_other_text
from annotator.services.rows import Place, Step
from annotator.services.session import Announcement, Session
from annotator.services.settings import Settings
from annotator.services.wording import step_words
from annotator.ui.errors import Presenter


class Controller(QObject):
    """One window's project, report and selection."""

    projectChanged = Signal()  # opened or closed
    reportChanged = Signal()  # another report, none, or the same read again
    outlined = Signal()  # the sections of a long report, some time after it was opened
    spansChanged = Signal(list)  # Change rows of the open report's spans
    decidedChanged = Signal(list)  # Change rows of the open report's spans and decided suggestions
    undecided = Signal(list)  # undo made suggestions undecided again: their Change rows
    relatedChanged = Signal(list)  # Change rows of the open report's relations and questions
    furnitureChanged = Signal()  # of the open report
    statusChanged = Signal()  # of the open report's set
    selectedChanged = Signal()  # the selected spans
    textSelectionChanged = Signal()  # the selection of text, or the caret
    rowsChanged = Signal(object)  # ids of reports whose rows changed; None: all, also which there are
    historyChanged = Signal()
    personChanged = Signal()
    hiddenChanged = Signal()  # which labels are hidden
    revealed = Signal(int, int, int)  # a range to show, and where the caret is to stand
    said = Signal(str)
    refused = Signal()  # an edit, because the report is done; `done_words` says so
    leaving = Signal()  # the open report is about to be left

    def __init__(self, settings: Settings, presenter: Presenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.presenter = presenter
        self.session: Session | None = None
        self.editor: Editor | None = None
        self.report: OpenReport | None = None
        self.selected: tuple[str, ...] = ()
        self.hidden: frozenset[str] = frozenset()
        self.text_selection: tuple[int, int] = (0, 0)
        self.caret = 0
        self.scroll: Callable[[], int] = lambda: 0
        self.done_words: Callable[[], str] = _done_words
        self.place = Place(0, 0)
        self._steps: tuple[Step | None, Step | None] | None = None
        #: Does an edit of very many spans behind the window; None: every edit is done at once.
        self.behind: Callable[[Callable[[Editor, OpenReport], Outcome]], None] | None = None
        #: Why nothing can be edited just now; "" while it can.
        self.held = ""

    # ---- project --------------------------------------------------------------------------------

    def adopt(self, session: Session) -> None:
        """Take over an opened session, and open the report its person looked at last."""
        self.close()
        self.session = session
        self.set_hidden(frozenset())
        self.editor = Editor(session)
        self._steps = None
        session.subscribe(self._announced)
        self.projectChanged.emit()
        self.open_last_report()

    def close(self) -> None:
        """Close report and project."""
        if self.session is None:
            return
        self._leave_report()
        session, self.session, self.editor = self.session, None, None
        self.reportChanged.emit()
        self.projectChanged.emit()
        session.close()

    @property
    def schema(self) -> LabelSchema:
        """The project's label schema; an empty one without a project."""
        return self.session.schema if self.session else LabelSchema()

    @property
    def writable(self) -> bool:
        """Whether there is a project that may be written."""
        return self.session is not None and not self.session.read_only

    def flags(self) -> set[str]:
        """What holds just now, for the table of actions."""
        flags = set()
        if self.session is not None:
            flags.add("project")
        if self.writable:
            flags.add("writable")
            flags.update(name for name, step in (("undo", self.next_undo()), ("redo", self.next_redo())) if step)
        if self.report is not None:
            flags.add("report")
            if self.report.status == Status.DONE:
                flags.add("done")
        if self.selected:
            flags.add("span")
        return flags

    # ---- the open report ------------------------------------------------------------------------

    def open_last_report(self) -> None:
        """Open the report the person looked at last, else the first."""
        if self.session is None:
            return
        store, person = self.session.store, self.session.person.uid
        last = store.places.last(person)
        if last is None:
            last = next(iter(store.reports.ids(limit=1)), None)
        if last is not None:
            self.open_report(last)

    def open_report(self, report_id: int) -> None:
        """Show a report where the person left it."""
        if self.session is None or (self.report is not None and self.report.id == report_id):
            return
        try:
            report = self.session.open_report(report_id)
        except KnownError as error:
            self.presenter.show(error)
            return
        self._leave_report()
        self.report = report
        self.place = self.session.store.places.get(self.session.person.uid, report_id) or Place(0, 0)
        self.caret = min(self.place.caret, len(report.text))
        self.text_selection = (self.caret, self.caret)
        self.reportChanged.emit()
        self.remember_place()

    def remember_place(self) -> None:
        """Keep caret and scroll position of the open report."""
        if self.session is not None and self.report is not None and self.writable:
            place = Place(self.caret, self.scroll())
            self.session.store.places.put(self.session.person.uid, self.report.id, place)

    def _leave_report(self) -> None:
        if self.report is not None:
            self.leaving.emit()
        self.remember_place()
        self.report = None
        self._select(())
        self.text_selection = (0, 0)

    # ---- selection ------------------------------------------------------------------------------

    def select(self, uids: Iterable[str], *, reveal: bool = False) -> None:
        """Select spans; with `reveal` the text is to show the last of them."""
        self._select(tuple(uids))
        span = self.selected_span()
        if reveal and span is not None:
            self.revealed.emit(span.start, span.end, span.end)

    def _select(self, uids: tuple[str, ...]) -> None:
        if uids != self.selected:
            self.selected = uids
            self.selectedChanged.emit()

    def set_hidden(self, labels: frozenset[str]) -> None:
        """Show no spans of these labels; none of them stays selected."""
        if labels != self.hidden:
            self.hidden = labels
            self._select(tuple(span.uid for span in self.selected_spans() if span.label not in labels))
            self.hiddenChanged.emit()

    def select_text(self, start: int, end: int) -> None:
        """Say what text is selected in the view."""
        if (start, end) != self.text_selection:
            self.text_selection = (start, end)
            self.textSelectionChanged.emit()

    def move_caret(self, offset: int) -> None:
        """Say where the caret stands in the view."""
        self.caret = offset
        self.textSelectionChanged.emit()

    def selected_spans(self) -> list[Span]:
        """The selected spans, as they are now."""
        if self.report is None:
            return []
        return [span for uid in self.selected if (span := self.report.spans.get(uid))]

    def selected_span(self) -> Span | None:
        """The span selected last."""
        spans = self.selected_spans()
        return spans[-1] if spans else None

    def step_span(self, direction: int) -> None:
        """Select the next (1) or previous (-1) span in reading order, counted from the selected one or the caret."""
        if self.report is None or not len(self.report.spans):
            return
        spans, current = self.report.spans, self.selected_span()
        if current is not None:
            position = spans.position(current) + direction
        else:
            following = spans.next_after(self.caret)
            position = (spans.position(following) if following else len(spans)) - (direction < 0)
        while 0 <= position < len(spans) and spans[position].label in self.hidden:
            position += direction
        if 0 <= position < len(spans):
            self.select([spans[position].uid], reveal=True)
        else:
            self.said.emit(_("There is no further span."))

    # ---- edits ----------------------------------------------------------------------------------

    def press_label(self, label: str, *, add: bool = False, keep_edges: bool = False) -> None:
        """What a label's key or button means just now. A hidden label is shown again: nobody tags unseen."""
        self.set_hidden(self.hidden - {label})
        selection = self.text_selection if self.text_selection[0] < self.text_selection[1] else None
        selected = self.selected
        self._edit(
            lambda editor, report: editor.press_label(
                report, label, selection, selected, add=add, keep_edges=keep_edges
            ),
            show=True,
            spans=1 if selection else len(selected),
        )

    def delete_selected(self) -> None:
        """Delete the selected spans."""
        selected = self.selected
        self._edit(lambda editor, report: editor.delete(report, selected), spans=len(selected))

    def set_attribute(self, uids: Sequence[str], name: str, value: Any) -> bool:
        """Set an attribute. Raises ValidationError where the value does not fit; True where something changed."""
        if value is not None and self.editor is not None and self.report is not None:
            self.editor.check_value(self.report, uids, name, value)
        return self._edit(
            lambda editor, report: editor.set_attribute(report, uids, name, value), raising=True, spans=len(uids)
        )

    def move_edges(self, uid: str, start: int, end: int) -> None:
        """Move the edges of a span to `[start, end)`, as they are."""
        self._edit(lambda editor, report: editor.move(report, uid, start, end), show=True)

    def relabel(self, uids: Sequence[str], label: str) -> None:
        """Give spans another label."""
        self._edit(lambda editor, report: editor.relabel(report, uids, label), spans=len(uids))

    def set_note(self, uid: str, note: str) -> None:
        """Write a span's note."""
        self._edit(lambda editor, report: editor.set_note(report, uid, note))

    def set_certain(self, uids: Sequence[str], certain: bool) -> None:
        """Mark spans as uncertain, or certain again."""
        self._edit(lambda editor, report: editor.set_certain(report, uids, certain), spans=len(uids))

    def set_status(self, status: Status) -> bool:
        """Change the status of the person's set on the open report."""
        return self._edit(lambda editor, report: editor.set_status(report, status))

    def edit(self, do: Callable[[Editor, OpenReport], Outcome], *, show: bool = False, raising: bool = False) -> bool:
        """An edit of a part that has a file of its own; see `_edit`."""
        return self._edit(do, show=show, raising=raising)

    def rename_person(self, name: str) -> None:
        """Rename the annotator, in the settings and in the open project."""
        name = name.strip()
        if not name:
            return
        try:
            if self.session is not None and self.session.rename_person(name) is None:
                return
        except KnownError as error:
            self.presenter.show(error)
            return
        self.settings.set("person.name", name)
        self.personChanged.emit()

    def _edit(
        self,
        do: Callable[[Editor, OpenReport], Outcome],
        *,
        show: bool = False,
        raising: bool = False,
        spans: int = 1,
    ) -> bool:
        """One edit: done, said, and where asked for shown. Tells whether anything changed by now.

        One of very many `spans` is done behind the window, where there is somebody who does it.
        """
        if self.editor is None or self.report is None:
            return False
        if self.held:
            self.said.emit(self.held)
            return False
        if spans > LONG and self.behind is not None:
            self.behind(do)
            return False
        try:
            outcome = do(self.editor, self.report)
        except KnownError as error:
            if raising:
                raise
            if isinstance(error, SetIsDone):
                self.refused.emit()
                return False
            self.presenter.show(error)
            return False
        if show and outcome.span is not None:
            self.revealed.emit(outcome.span.start, outcome.span.end, outcome.span.end)
            self._select((outcome.span.uid,))
        self.said.emit(outcome.words)
        return outcome.announcement is not None

    # ---- undo and redo --------------------------------------------------------------------------

    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._next_steps()[0]

    def next_redo(self) -> Step | None:
        """The step that redo would bring back."""
        return self._next_steps()[1]

    def _next_steps(self) -> tuple[Step | None, Step | None]:
        """Both, asked once after each step: menus look at them with every change of the selection."""
        if self.session is None:
            return None, None
        if self._steps is None:
            self._steps = self.session.next_undo(), self.session.next_redo()
        return self._steps

    def undo(self) -> None:
        """Take back the last step; the report it touched is opened first."""
        self._travel(self.next_undo(), lambda session: session.undo(), _("Undone: {step}"))

    def redo(self) -> None:
        """Bring back what undo took back last."""
        self._travel(self.next_redo(), lambda session: session.redo(), _("Redone: {step}"))

    def _travel(self, step: Step | None, go: Callable[[Session], Announcement | None], words: str) -> None:
        if self.session is None or step is None:
            return
        if self.held:
            self.said.emit(self.held)
            return
        try:
            if step.report is not None:
                self.open_report(step.report)
            announcement = go(self.session)
        except KnownError as error:
            self.presenter.show(error)
            return
        if announcement is None:
            return
        self.show_changes(announcement.changes)
        self.said.emit(words.format(step=step_words(step.wording, self.session.schema)))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Select the spans that a step brought or changed, else show where they were."""
        if self.report is None:
            return
        offered = [c for c in changes if c.table == "suggestion" and c.report == self.report.id and c.after is None]
        if offered:
            self._select(())
            self.undecided.emit(offered)
            return
        ours = [c for c in changes if c.table == "span" and c.report == self.report.id]
        there = [uid for uid in dict.fromkeys(c.uid for c in ours) if self.report.spans.get(uid)]
        if there:
            self.select(there[:100], reveal=True)
            return
        for change in ours[:1]:
            row = {**(change.after or {}), **(change.before or {})}
            if "start" in row and "end" in row:
                self.revealed.emit(row["start"], row["end"], row["end"])
                return
        self._show_related(self.report, changes)

    def _show_related(self, report: OpenReport, changes: Sequence[Change]) -> None:
        """Show the span whose link, or the words whose question or bookmark came, changed or went."""
        for change in changes:
            row = {**(change.before or {}), **(change.after or {})}
            if change.table == "relation" and change.report == report.id:
                relation = report.relations.get(change.uid)
                head = row.get("head", relation.head if relation else "")
                self.select([head] if report.spans.get(head) else (), reveal=True)
                return
            if change.table == "question" and change.report == report.id:
                question = report.questions.get(change.uid)
                start, end = (question.start, question.end) if question else (row["start"], row["end"])
                self.revealed.emit(start, end, end)
                return
            if change.table == "furniture" and change.report == report.id:
                item = next((item for item in report.furniture if item.uid == change.uid), None)
                start = item.start if item else row.get("start", self.caret)
                self.revealed.emit(start, start, start)
                return
            if change.table == "bookmark" and change.report == report.id:
                self.revealed.emit(row["start"], row["end"], row["start"])
                return

    # ---- what the session announces -------------------------------------------------------------

    def _announced(self, announcement: Announcement) -> None:
        self._steps = None
        if announcement.changes:
            self._follow(announcement)
        else:
            self._read_again()
        self.historyChanged.emit()

    def _follow(self, announcement: Announcement) -> None:
        if self.report is not None and self.report.id in announcement.reports:
            self._follow_report(self.report, [c for c in announcement.changes if c.report == self.report.id])
        if announcement.reports:
            self.rowsChanged.emit(announcement.reports)
        if "person" in announcement.tables:
            self.personChanged.emit()

    def _follow_report(self, report: OpenReport, changes: list[Change]) -> None:
        turn = next((change for change in changes if is_other_text(change)), None)
        if turn is not None:
            self._take_text(report, int((turn.before or {})["text_version"]))
            return
        spans = [change for change in changes if change.table == "span"]
        if spans:
            self.spansChanged.emit(spans)
            self._select(tuple(uid for uid in self.selected if report.spans.get(uid)))
        decided = [change for change in changes if change.table in ("span", "suggestion")]
        if decided:
            self.decidedChanged.emit(decided)
        if any(change.table == "furniture" for change in changes):
            self.furnitureChanged.emit()
        related = [change for change in changes if change.table in ("relation", "question")]
        if related:
            self.relatedChanged.emit(related)
        if any(change.table == "annotation_set" for change in changes):
            self.statusChanged.emit()

    def _take_text(self, old: OpenReport, version: int) -> None:
        """The open report has another text: it is opened anew, at the same words."""
        assert self.session is not None
        places = self.caret, self.scroll()
        for leg in self.session.store.texts.way(old.id, version):
            caret, scroll = (leg.edit.place(place) if place else 0 for place in places)
            places = caret, scroll
        self.report = self.session.renewed(old)
        self.caret = min(places[0], len(self.report.text))
        self.place = Place(self.caret, min(places[1], len(self.report.text)))
        self.text_selection = (self.caret, self.caret)
        self._select(tuple(uid for uid in self.selected if self.report.spans.get(uid)))
        self.reportChanged.emit()

    def _read_again(self) -> None:
        """After a bulk step: which reports there are, and what is in the open one, may all be different."""
        if self.report is not None:
            if self.report.gone:
                self.report = None
            self._select(())
            self.place = Place(self.caret, self.scroll())
            self.reportChanged.emit()
        self.rowsChanged.emit(None)
        if self.report is None:
            self.open_last_report()


def project_title(path: Path) -> str:
    """What a project is called: its file's name."""
    is_sample = path == locations.sample_project().resolve()
    return _("Sample project") if is_sample else path.stem


def _done_words() -> str:
    return _("The report is marked as done; nothing was changed. Reopen it to go on.")
