"""The suggestion one stands on: accepted, adjusted, rejected or left, each by one key; the next one is there at once.

It is a mode of the view while it lasts: its keys mean it only then. Whatever moves the caret elsewhere leaves it. The
span that was just made stays selected, so that the keys for spans (planned, subject, uncertain …) reach it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.changes import Change
from annotator.domain.edge_move import END, START, EdgeMove
from annotator.domain.report import Status
from annotator.domain.span import Span, reading_order
from annotator.domain.suggestion import Proposal
from annotator.messages import _
from annotator.services.deciding import Decider, Offer
from annotator.services.edits import Outcome
from annotator.services.open_report import OpenReport
from annotator.ui.keyboard.edge_mode import stepped
from annotator.ui.suggesting.offers import Offers

if TYPE_CHECKING:
    from annotator.services.editing import Editor
    from annotator.ui.main_window import MainWindow

Range = tuple[int, int]


class Deciding(QObject):
    """Where one stands among the suggestions of the open report."""

    changed = Signal()  # another one, none, or its edges are on their way

    def __init__(self, window: MainWindow, offers: Offers) -> None:
        super().__init__(window)
        self._window, self._controller, self.offers = window, window.controller, offers
        self._view = window.report_pane.view
        self.uid = ""
        #: The edges as adjusted; None: the suggestion's own.
        self.place: Range | None = None
        #: The edge on its way; None while none is.
        self.move: EdgeMove | None = None
        self._going = False
        offers.standing = lambda: self.uid
        offers.moved.connect(self._offers_moved)
        controller = self._controller
        for signal in (controller.reportChanged, controller.leaving):
            signal.connect(self.leave)
        controller.textSelectionChanged.connect(self._caret_moved)
        controller.undecided.connect(self._came_back)
        self._view.edges.offer_moved.connect(self._dragged)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {
            "suggestion.next": partial(self.step, 1),
            "suggestion.previous": partial(self.step, -1),
            "suggestion.accept": self.accept,
            "suggestion.reject": self.reject,
            "suggestion.adjust": self.adjust,
        }

    # ---- where one stands -------------------------------------------------------------------------

    @property
    def offer(self) -> Offer | None:
        """The suggestion one stands on."""
        return self.offers.offering.get(self.uid) if self.offers.offering is not None and self.uid else None

    def step(self, direction: int) -> None:
        """Stand on the next (1) or previous (-1) undecided suggestion, counted from this one or the caret."""
        offering, report = self.offers.offering, self._controller.report
        if offering is None or not len(offering):
            self._controller.said.emit(self.why_none())
            return
        span = offering.span(self.uid) if self.uid else None
        caret = self._controller.text_selection[0]
        place = reading_order(span) if span is not None else (caret, -len(report.text) - 1 if report else 0, "")
        self._go(offering.beyond(place, direction, self._controller.hidden), direction)

    def _go(self, uid: str | None, direction: int) -> None:
        if uid is not None:
            self.stand_on(uid)
            return
        hidden = self._controller.hidden
        left = sum(offer.proposal.label not in hidden for offer in self.offers.offering or ())
        words = (
            _("There is no further suggestion.") if direction > 0 else _("There is no suggestion before this place.")
        )
        if left and not (left == 1 and self.uid):
            words += " " + _("{n} are left elsewhere in the report.", n=left - bool(self.offer))
        self._controller.said.emit(words)

    def why_none(self) -> str:
        """Why nothing is offered here, as a sentence."""
        report, offers = self._controller.report, self.offers
        if offers.blind:
            return _("This report is annotated blind: nothing is suggested.")
        if not offers.on:
            return _("Suggestions are switched off.")
        if offers.waiting:
            return _("Suggestions are on their way.")
        if report is not None and report.status == Status.DONE:
            return self._controller.done_words()
        return _("Every suggestion of this report is decided.")

    def stand_on(self, uid: str) -> None:
        """Stand on a suggestion: it is framed and shown, the caret goes to its start."""
        span = self.offers.offering.span(uid) if self.offers.offering is not None else None
        if span is None:
            return
        self._window.keyboard.passes.end()
        self._settle()
        self.uid = uid
        self._controller.set_hidden(self._controller.hidden - {span.label})
        self._going = True
        self._view.set_caret(span.start)
        self._view.reveal(span.start, span.end)
        self._going = False
        self._view.set_offer(uid)
        self._view.enter(self)
        self.changed.emit()

    def leave(self) -> None:
        """Stand on none; it stays undecided."""
        if not self.uid:
            return
        self._settle()
        self.uid = ""
        self._view.leave(self)
        self._view.set_offer(None)
        self.changed.emit()

    def _settle(self) -> None:
        """Show the suggestion as it is: edges that nobody accepted are not kept."""
        if self.place is not None or self.move is not None:
            self.place = self.move = None
            self._view.edges.clear()

    def _caret_moved(self) -> None:
        """A person went elsewhere."""
        if not self.uid or self._going or self._view.edges.is_dragging:
            return
        offers = self._view.page().offers
        span = offers.get(self.uid) if offers is not None else None
        start, end = self._controller.text_selection
        if not span or start != end or start != span.start or self._controller.caret != start:
            self.leave()

    def _offers_moved(self, _uids: list[str]) -> None:
        """The one somebody stands on was decided elsewhere, or is offered no more."""
        if self.uid and self.offer is None and not self._going:
            self.leave()
        elif self.uid:
            self._view.set_offer(self.uid)

    def _came_back(self, changes: list[Change]) -> None:
        """Undo made suggestions undecided: stand on the first of them, as before it was decided."""
        rows = [change.before for change in changes if change.before]
        first = min(rows, key=lambda row: (row["start"], -row["end"]), default=None)
        if first is None:
            return
        uid = f"{first['label']}:{first['start']}:{first['end']}"
        if self.offers.offering is not None and self.offers.offering.get(uid) is not None:
            self.stand_on(uid)
        else:
            self._controller.revealed.emit(first["start"], first["end"], first["start"])

    # ---- deciding ---------------------------------------------------------------------------------

    def accept(self, label: str | None = None) -> None:
        """Make a span of it, with the edges as adjusted, and stand on the next one."""
        offer, place = self.offer, self.place
        if offer is None:
            self._controller.said.emit(self._go_first())
            return
        made: list[Span | None] = []

        def decide(decider: Decider, report: OpenReport) -> Outcome:
            outcome = decider.accept(report, offer.proposal, label=label, place=place)
            made.append(outcome.span)
            return outcome

        self._decide(decide, lambda: self._controller.select(span.uid for span in made if span is not None))

    def _go_first(self) -> str:
        return _("Go to a suggestion first: {key}.", key=self._window.actions_.keys.shown("suggestion.next"))

    def reject(self) -> None:
        """Say no to it for good, and stand on the next one."""
        offer = self.offer
        if offer is None:
            self._controller.said.emit(self._go_first())
            return
        self._decide(lambda decider, report: decider.reject(report, [offer.proposal]), lambda: None)

    def _decide(self, do: Callable[[Decider, OpenReport], Outcome], then: Callable[[], object]) -> None:
        """One decision; the next suggestion in reading order is what one stands on afterwards."""
        offering = self.offers.offering
        span = offering.span(self.uid) if offering is not None else None
        if offering is None or span is None:
            return
        place = reading_order(span)
        self._going = True
        done = self.edit(do)
        self._going = False
        if not done:
            return
        following = offering.beyond(place, 1, self._controller.hidden)
        if following is None:
            self.leave()
        then()
        self._go(following, 1)

    def edit(self, do: Callable[[Decider, OpenReport], Outcome]) -> bool:
        """An edit by the decider; whether anything changed."""
        session = self._controller.session
        if session is None:
            return False

        def with_decider(_editor: Editor, report: OpenReport) -> Outcome:
            return do(Decider(session), report)

        return self._controller.edit(with_decider)

    def decide_several(self, proposals: list[Proposal], *, accept: bool) -> bool:
        """Accept or reject what was chosen in the list, as one step; whether that was done.

        Several at once are marked as not looked at: nobody reads ten rows at a glance.
        """
        if not accept:
            return self.edit(lambda decider, report: decider.reject(report, proposals))
        if len(proposals) == 1:
            return self.edit(lambda decider, report: decider.accept(report, proposals[0]))
        return self.edit(lambda decider, report: decider.accept_all(report, proposals))

    # ---- edges ------------------------------------------------------------------------------------

    def adjust(self) -> None:
        """Move the end; at the next press the start; then neither, and the edges stay till they are accepted."""
        report = self._controller.report
        span = self._shown()
        if span is None or report is None:
            return
        if report.status == Status.DONE or not self._controller.writable:
            self._controller.said.emit(self._controller.done_words())
            return
        if self.move is None:
            self._show_move(EdgeMove(span.start, span.end, END))
        elif self.move.edge == END:
            self._show_move(self.move._replace(edge=START))
        else:
            self.move = None
            self.changed.emit()

    def _shown(self) -> Span | None:
        """The suggestion as it is shown, with its adjusted edges."""
        span = self.offers.offering.span(self.uid) if self.offers.offering is not None else None
        return span._replace(start=self.place[0], end=self.place[1]) if span is not None and self.place else span

    def _show_move(self, move: EdgeMove) -> None:
        self.move, self.place = move, move.range
        self._view.edges.show(self.uid, *move.range, move.edge)
        self._view.reveal(move.place, move.place)
        self.changed.emit()

    def _dragged(self, uid: str, start: int, end: int) -> None:
        """An edge was dragged and let go of: it is shown there until it is accepted or left."""
        if uid == self.uid:
            self._show_move(EdgeMove(start, end, END))
            self.move = None
            self.changed.emit()

    def restore(self) -> None:
        """Put both edges back where they were."""
        self._settle()
        self._view.set_offer(self.uid)
        self._controller.said.emit(_("The edges are where they were."))
        self.changed.emit()

    # ---- keys (the view asks) -----------------------------------------------------------------------

    def takes(self, key: str) -> bool:
        """Whether a key is the mode's."""
        if key == "Esc" or self._label(key) is not None or self._action(key) is not None:
            return True
        return self.move is not None and self._stepped(key) is not None

    def press(self, key: str) -> None:
        """Do what a key says; to decide, a key that is held down counts once."""
        moved = self._stepped(key) if self.move is not None else None
        if moved is not None:
            if moved == self.move:
                self._controller.said.emit(_("The edge cannot go further."))
            self._show_move(moved)
        elif key == "Esc":
            self.restore() if self.place is not None else self.leave()
        elif self._view.held:
            self._controller.said.emit(_("The key was held down: it counts once."))
        elif (label := self._label(key)) is not None:
            self.accept(label)
        elif (action := self._action(key)) is not None:
            self._window.commands.do(action)

    def _label(self, key: str) -> str | None:
        schema = self._controller.schema
        label = schema.label_for_key(key) or schema.label_for_key(key.lower())
        return label.name if label is not None else None

    def _action(self, key: str) -> str | None:
        action = self._window.actions_.keys.deciding_action(key)
        return action.id if action is not None else None

    def _stepped(self, key: str) -> EdgeMove | None:
        """Where a key moves the edge to; None for a key that moves none."""
        assert self.move is not None
        return stepped(self.move, key, self._view, self._window.keyboard.words.word_at)
