"""The suggestions of the open report: asked of the process that suggests, shown in the report, kept in step with edits.

Nothing waits here: what was kept is shown at once, what must be asked for comes as an answer some moments later; what the
rules say of the lines on the screen is asked for before the rest of the report and learned models. The thousands of a long
report are taken in a few at a turn, those on the screen first. Loaded when the window has come to rest.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.changes import Change
from annotator.domain.errors import KnownError
from annotator.domain.packed_proposals import Packed
from annotator.domain.report import Status
from annotator.domain.suggestion import Proposal
from annotator.services import suggesting
from annotator.services.offering import Offering
from annotator.services.open_report import OpenReport
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.ui.suggesting.ahead import ReadAhead

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.services.helper import Answer
    from annotator.services.session import Announcement, Session
    from annotator.services.suggesting import Ask
    from annotator.ui.main_window import MainWindow

#: After a decision that taught something, suggestions are asked for anew when so much time passed without another one.
_REST_MS = 250
#: What is asked about the open report first goes first; the rules alone before everything.
_FIRST, _WHOLE = 3, 2
#: More proposals than this are taken in turns of so many seconds; what shows is among the first pieces, or waits too.
_AT_ONCE: Final = 1000
_TURN_SECONDS: Final = 0.008
_FIRST_PIECES: Final = 6


class Offers(QObject):
    """What the open report is offered; None while nothing is known, or suggestions are off here."""

    changed = Signal()  # other suggestions, or other states of them
    moved = Signal(list)  # uids that came, went or changed; follows decisions one by one

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self._view, self._background = window.report_pane.view, window.background
        self.offering: Offering | None = None
        self.project: ProjectSuggestions | None = None
        #: Which suggestion somebody stands on: it stays though an answer lacks it.
        self.standing: Callable[[], str] = lambda: ""
        self._asked: int | None = None
        self._failed = False
        self._unsubscribe: Callable[[], None] | None = None
        self._ahead = ReadAhead(window, self)
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._ask)
        self._turns: Iterator[None] = iter(())
        self._filling = False
        self._turning = QTimer(self, interval=0)
        self._turning.timeout.connect(self._turn)
        controller = self._controller
        controller.projectChanged.connect(self._project_changed)
        controller.reportChanged.connect(self.look)
        controller.statusChanged.connect(self._status_changed)
        controller.furnitureChanged.connect(self.ask_anew)
        controller.decidedChanged.connect(self._follow)
        self._project_changed()

    # ---- whether ----------------------------------------------------------------------------------

    @property
    def on(self) -> bool:
        """Whether suggestions are switched on at all."""
        return bool(self._controller.settings.get("suggest.on"))

    @property
    def blind(self) -> bool:
        """Whether the open report is annotated blind."""
        report = self._controller.report
        return report is not None and self.project is not None and self.project.is_blind(report)

    @property
    def waiting(self) -> bool:
        """Whether an answer about the open report is on its way, or not all of it has been taken in."""
        return self._asked is not None or self._filling

    def _wanted(self) -> OpenReport | None:
        """The open report, where it is to be offered anything."""
        report = self._controller.report
        if report is None or self.project is None or not self.on or self.blind or report.status == Status.DONE:
            return None
        return report

    # ---- project and report -------------------------------------------------------------------------

    def _project_changed(self) -> None:
        session = self._controller.session
        self._let_go()
        self._unsubscribe = session.subscribe(self._announced) if session is not None else None
        self.project = None if session is None else self._made(session)
        self.look()

    def _made(self, session: Session) -> ProjectSuggestions:
        get = self._controller.settings.get
        return ProjectSuggestions(session, sources=get("suggest.sources"), model=get("suggest.model"))

    def choose_sources(self) -> None:
        """The settings name other sources, or another model."""
        session = self._controller.session
        if session is not None and self.project is not None:
            before, self.project = self.project, self._made(session)
            self.project.know_strings_of(before)
            self.look()

    # ---- the open report ----------------------------------------------------------------------------

    def look(self) -> None:
        """Show what is known of the open report at once, and ask for it where that does not hold any more.

        Before the project's strings have been counted nobody can tell whether it holds: then what was kept stands.
        """
        self._stop()
        self.offering = None
        report = self._wanted()
        if report is not None:
            assert self.project is not None
            kept = self.project.kept_packed(report)
            known = self._stale(report) if kept is None else kept
            if known is not None:
                self._take_in(report, known)
            if kept is None and (known is None or self.project.strings_known):
                self._ask()
            else:
                self._ahead.start(report.id)
        self._show()

    def _stale(self, report: OpenReport) -> Packed | None:
        """What was proposed before the project learned more: it stands till the answer comes."""
        session = self._controller.session
        kept = session.store.suggestions.kept(report.id) if session is not None else None
        return None if kept is None or kept.text_version != report.text_version else kept.packed

    def _pieces(self, packed: Packed) -> Iterator[list[Proposal]]:
        """What is packed, of the sources that are chosen now."""
        chosen = self._controller.settings.get("suggest.sources")
        return ([p for p in piece if not chosen or p.source in chosen] for piece in packed.pieces())

    def _status_changed(self) -> None:
        """A report that is done is offered nothing; reopened, it is again."""
        if (self._wanted() is None) != (self.offering is None and not self.waiting):
            self.look()

    def _stop(self) -> None:
        self._rest.stop()
        self._stop_filling()
        self._ahead.stop()
        if self._asked is not None:
            for key in ("suggest first", "suggest"):
                self._background.cancel((key, self._asked))
            self._asked = None

    def _let_go(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def close(self) -> None:
        """The window is about to go."""
        self._stop()
        self._let_go()

    # ---- asking -----------------------------------------------------------------------------------

    def taught(self) -> None:
        """The project knows more, or other things: ask where that makes a difference, else read ahead."""
        report = self._wanted()
        if report is None or self.project is None:
            return
        if not self.project.holds(report):
            self._ask()
        elif not self.waiting:
            self._ahead.start(report.id)

    def ask_anew(self) -> None:
        """Ask about the open report whatever is known of it."""
        if self._wanted() is not None:
            self._ask()

    def _ask(self) -> None:
        report = self._wanted()
        if report is None or self.project is None:
            return
        self._asked = report.id
        asked = self.project.ask_for(report)
        first = asked.soonest(self._view.visible_range()[1]) if self.offering is None else None
        if first is not None:
            self._submit("suggest first", first, lambda answer: self._take_first(report, answer), _FIRST)
        self._submit("suggest", asked, lambda answer: self._take(report, answer), _WHOLE)

    def _submit(self, key: str, asked: Ask, then: Callable[[Answer], None], priority: int) -> None:
        self._background.ask("suggest", tuple(asked), (key, self._asked), then, priority=priority)

    def _take_first(self, report: OpenReport, answer: Answer) -> None:
        """What the rules say of what is on the screen is here; what went wrong is said with the whole answer."""
        if answer.error is None and report is self._wanted() and self.offering is None:
            self.take(report, suggesting.reply(answer.value).packed)

    def _take(self, report: OpenReport, answer: Answer) -> None:
        """The answer is here: show it, and keep it once it is painted."""
        self._asked = None
        if answer.error is not None:
            self._fail(answer.error)
        elif report is self._wanted():
            for problem in suggesting.problems(answer.value):
                self._fail(problem)
            packed = suggesting.reply(answer.value).packed
            self.take(report, packed)
            QTimer.singleShot(0, self, lambda: self._keep(report, packed))
            self._ahead.start(report.id)
        self.changed.emit()

    def take(self, report: OpenReport, packed: Packed) -> None:
        """Offer these from now on; the one somebody stands on stays."""
        if self._take_in(report, packed):
            self._show()

    # ---- taking in --------------------------------------------------------------------------------

    def _take_in(self, report: OpenReport, packed: Packed) -> bool:
        """Offer what is packed; whether there is something new to show. What does not come at once shows itself later."""
        self._stop_filling()
        known, pieces = self.offering, self._pieces(packed)
        offering = Offering(report) if known is None else known
        if packed.n <= _AT_ONCE:
            changed = offering.replace(chain.from_iterable(pieces), keep=self.standing())
            self.offering = offering
            return known is None or bool(changed)
        self._turns, self._filling = self._filled(offering, pieces), True
        self._turning.start()
        return False

    def _on_screen(self, pieces: Iterator[list[Proposal]]) -> list[list[Proposal]]:
        """The first pieces, as far as what shows reaches."""
        first, (_start, end) = [], self._view.visible_range()
        for piece in pieces:
            first.append(piece)
            if len(first) == _FIRST_PIECES or (piece and piece[-1].start >= end):
                break
        return first

    def _filled(self, offering: Offering, pieces: Iterator[list[Proposal]]) -> Iterator[None]:
        """Show what is on the screen where nothing is yet; take in piece after piece, show all; get ready for edits."""
        first = self._on_screen(pieces) if self.offering is None else []
        if first:
            offering.replace(chain.from_iterable(first))
            self.offering = offering
            self._show()
            yield
        changed = yield from offering.filling(chain(first, pieces), self.standing)
        self._filling = False
        if changed or self.offering is None:
            self.offering = offering
            self._show()
        else:
            self.changed.emit()
        yield from offering.placing()

    def _turn(self) -> None:
        """Take in what a turn of the window has room for."""
        until, turns = time.perf_counter() + _TURN_SECONDS, self._turns
        for _step in turns:
            if time.perf_counter() >= until or turns is not self._turns:
                return
        if turns is self._turns:
            self._turning.stop()

    def _stop_filling(self) -> None:
        self._turning.stop()
        self._turns, self._filling = iter(()), False

    def _keep(self, report: OpenReport, packed: Packed) -> None:
        if self.project is not None and report is self._controller.report:
            try:
                self.project.keep(report, packed)
            except KnownError as error:
                self._controller.presenter.show(error)

    def _fail(self, error: Exception) -> None:
        """Said once: everything goes on without suggestions. A bug goes to the crash report each time."""
        if not self._failed or not isinstance(error, KnownError):
            self._failed = True
            self._controller.presenter.show(error)

    # ---- following what people do -------------------------------------------------------------------

    def _follow(self, changes: list[Change]) -> None:
        if self.offering is None:
            return
        before = self.offering.index
        touched = self.offering.follow(changes)
        if touched is None:
            self._show()
        elif touched:
            assert before is self.offering.index
            self._view.spans_changed([_range(uid) for uid in touched])
            self.moved.emit(touched)
            self.changed.emit()

    def _announced(self, announcement: Announcement) -> None:
        """What was just done may teach a string, and may be the first edit of a set that is made blind."""
        report, project, session = self._controller.report, self.project, self._controller.session
        if report is None or project is None or session is None or report.id not in announcement.reports:
            return
        if self.blind:
            session.store.sets.note_blind(report.set.uid)
        elif project.update(announcement, report) and project.strings_known and self._wanted() is not None:
            self._rest.start()

    def show_again(self) -> None:
        """The view was filled anew with the report that is open: what is offered in it is painted in it again."""
        if self.offering is not None:
            self._view.set_offers(self.offering.index)

    def _show(self) -> None:
        self._view.set_offers(self.offering.index if self.offering is not None else None)
        self.moved.emit([])
        self.changed.emit()


def _range(uid: str) -> tuple[int, int]:
    """Where a suggestion stands, by its uid: it may have gone by now."""
    _label, start, end = uid.rsplit(":", 2)
    return int(start), int(end)
