"""Everything that asks for, shows and decides about suggestions in one window, put together. Loaded late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.edge_move import START
from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.openness import Range
from annotator.services.wording import label_title
from annotator.ui.entity_panel.values import understood
from annotator.ui.suggesting import wording
from annotator.ui.suggesting.card import Card
from annotator.ui.suggesting.deciding import Deciding
from annotator.ui.suggesting.many import Many
from annotator.ui.suggesting.marks import OfferMarks
from annotator.ui.suggesting.offers import Offers
from annotator.ui.suggesting.switches import Switches
from annotator.ui.suggesting.teaching import Teacher

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Parts(QObject):
    """The parts, and the line below the report that shows where one stands."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        pane = window.report_pane
        self.offers = Offers(window)
        self.teacher = Teacher(window, self.offers)
        self.deciding = Deciding(window, self.offers)
        self.switches = Switches(window, self.offers)
        self.many = Many(window, self.offers)
        self.marks = OfferMarks(pane.view, self.deciding.stand_on, self.words)
        pane.view.layers.insert(0, self.marks)
        self.card = Card(window.actions_.tip)
        pane.add_below(self.card)
        self._commands: dict[str, Callable[[], None]] = {
            **self.deciding.commands(),
            **self.switches.commands(),
            **self.many.commands(),
            "suggestion.why": self.card.toggle_why,
            "suggest.ask": self.offers.ask_anew,
        }
        self._connect()

    def _connect(self) -> None:
        deciding, card, do = self.deciding, self.card, self._window.commands.do
        for signal, action in (
            (card.accepted, "accept"), (card.rejected, "reject"), (card.adjusted, "adjust"), (card.unfolded, "why"),
        ):  # fmt: skip
            signal.connect(lambda a=action: do(f"suggestion.{a}"))
        card.left.connect(deciding.leave)
        deciding.changed.connect(self._show_card)
        self.switches.blinded.connect(self.teacher.collect)
        self._window.actions_.keys.changed.connect(card.retranslate)
        self._window.text_editing.changed.connect(self._text_mode)

    def _text_mode(self) -> None:
        """While a text is edited nothing is offered in it; afterwards the view has been filled anew."""
        if self._window.text_editing.active:
            self.deciding.leave()
        else:
            self.offers.show_again()

    def do(self, action: str) -> None:
        """Do an action of suggestions."""
        self._commands[action]()

    def open_ranges(self) -> list[Range]:
        """Where suggestions wait for a decision."""
        offering, hidden = self.offers.offering, self._controller.hidden
        return [
            Range(span.start, span.end, span.uid)
            for span in (offering.index if offering is not None else ())
            if span.label not in hidden
        ]

    def words(self, uid: str) -> str:
        """A suggestion with everything known of it."""
        report, offering = self._controller.report, self.offers.offering
        offer, span = (offering.get(uid), offering.span(uid)) if offering is not None else (None, None)
        if report is None or offer is None or span is None:
            return ""
        return wording.whole(report, offer, span, self._controller.schema)

    def _show_card(self) -> None:
        """The line below the report: gone where one stands on none."""
        report, offer, offering = self._controller.report, self.deciding.offer, self.offers.offering
        if report is None or offer is None or offering is None:
            self.card.setVisible(False)
            return
        schema, span = self._controller.schema, offering.span(self.deciding.uid)
        assert span is not None
        title, value = label_title(schema, span.label), understood(span, schema)
        start, end = self.deciding.place or span.range
        about = [value, wording.source_title(span.origin), wording.score_words(offer.proposal.score)]
        if offer.conflicts:
            about.append(f"⚠ {_('Conflict')}")
        self.card.show_offer(
            title,
            wording.words_of(report, span._replace(start=start, end=end)),
            " · ".join(part for part in about if part),
            wording.why(report, offer, span, schema),
            can_decide=self._controller.writable and report.status != Status.DONE,
            hint=self._hint(),
        )

    def _hint(self) -> str:
        move = self.deciding.move
        if move is None:
            return ""
        which = _("Moving the start") if move.edge == START else _("Moving the end")
        keys = self._window.actions_.keys
        return f"{which}: {_('{accept} accepts so, Esc restores', accept=keys.shown('suggestion.accept'))}"

    def close(self) -> None:
        """The window is about to go."""
        self.teacher.close()
        self.many.close()
        self.offers.close()
