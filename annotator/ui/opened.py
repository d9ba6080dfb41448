"""What is open in a window: the project, the report, what is selected in it, what is hidden; the signals that tell of it.

It changes nothing in the project but the place where a person reads; edits are the controller's. It holds no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from annotator.domain.errors import KnownError
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.messages import _
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.rows import Place
from annotator.services.session import Session
from annotator.services.settings import Settings
from annotator.ui.errors import Presenter


class Opened(QObject):
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
        self.place = Place(0, 0)
        self._held = ""
        self._waiting: list[Callable[[], None]] = []

    # ---- project --------------------------------------------------------------------------------

    def adopt(self, session: Session) -> None:
        """Take over an opened session, and open the report its person looked at last."""
        self.close()
        self.session = session
        self.set_hidden(frozenset())
        self.editor = Editor(session)
        self._begin(session)
        self.projectChanged.emit()
        self.open_last_report()

    def _begin(self, session: Session) -> None:
        """What else it means that a project was opened, before anybody hears of it."""

    def close(self) -> None:
        """Close report and project."""
        if self.session is None:
            return
        self.held = ""  # no job outlives its project
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
        session, report = self.session, self.report
        if session is not None and report is not None and self.writable:
            place = Place(self.caret, self.scroll())
            self.when_free(lambda: session.store.places.put(session.person.uid, report.id, place))

    @property
    def held(self) -> str:
        """Why nothing can be edited just now: a job writes; "" while it can."""
        return self._held

    @held.setter
    def held(self, why: str) -> None:
        self._held = why
        if not why:
            waiting, self._waiting = self._waiting, []
            for write in waiting:
                write()

    def when_free(self, write: Callable[[], None]) -> None:
        """Write what is no edit: now, or when the job that writes has ended. Waiting for it would hold the window."""
        if self._held:
            self._waiting.append(write)
        else:
            write()

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
        if self.report is None:
            return None
        return next((span for uid in reversed(self.selected) if (span := self.report.spans.get(uid))), None)

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
