"""The list of suggestions: a row each, grouped, sorted and filtered; what is chosen is accepted or rejected at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.domain.suggestion import Proposal
from annotator.messages import _
from annotator.ui.entity_panel.arrange_bar import ArrangeBar
from annotator.ui.entity_panel.delegate import SpanDelegate
from annotator.ui.entity_panel.span_filter import SpanFilter
from annotator.ui.entity_panel.span_rows import SpanRows
from annotator.ui.suggesting import wording
from annotator.ui.suggesting.model import GROUPS, SORTS, Offered, OfferModel, kinds
from annotator.ui.translation import Worded
from annotator.ui.widgets import Field, small

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow
    from annotator.ui.suggesting.parts import Parts

#: More changes than this at once, and listing all again is cheaper.
_MANY = 200


class SuggestionPage(Worded, QWidget):
    """Filter, list, and what is known of the row one stands on."""

    left = Signal()  # back to the report

    def __init__(self, window: MainWindow, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window, self._controller, self._parts = window, window.controller, parts
        self._following = False
        self.model = OfferModel(self)
        self.model.words_of_row = parts.words  # type: ignore[method-assign, assignment]
        self._build()
        self._connect()
        self.retranslate()
        self.show_all()

    def _build(self) -> None:
        self.filter = Field()
        self.filter.setClearButtonEnabled(True)
        self.bar = ArrangeBar(GROUPS, SORTS, {}, every=_("All suggestions"))
        self.view = SpanRows(self.model)
        self._delegate = OfferDelegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self._empty, self.why = QLabel(), QLabel()
        for label in (self._empty, self.why):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(14, 10, 14, 0)
        self.why.setContentsMargins(14, 4, 14, 0)
        self.why.setFont(small(self.font()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.filter)
        layout.addLayout(row)
        layout.addWidget(self.bar)
        layout.addWidget(self._empty)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.why)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.accept, self.reject, self.many = (QPushButton() for _n in range(3))
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        for button in (self.accept, self.reject, self.many):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        controller, offers, view = self._controller, self._parts.offers, self.view
        self.filter.textChanged.connect(lambda _words: self.show_all())
        self.filter.given_up.connect(self._leave_filter)
        self.filter.returnPressed.connect(self.take_focus)
        self.bar.arranged.connect(self._arranged)
        self.bar.narrowed.connect(lambda _only: self.show_all())
        view.selectionModel().selectionChanged.connect(self._row_selected)
        view.left.connect(self.left)
        view.jumped.connect(self.left)
        view.deleted.connect(lambda: self.decide(accept=False))
        view.edited.connect(lambda: self.decide(accept=True))
        view.wants_key = lambda key: self._meaning(key) != ""
        view.key_pressed.connect(self._pressed)
        self.accept.clicked.connect(lambda: self.decide(accept=True))
        self.reject.clicked.connect(lambda: self.decide(accept=False))
        self.many.clicked.connect(lambda: self._window.commands.do("suggestion.many"))
        offers.moved.connect(self._follow)
        offers.changed.connect(self.refresh)
        self._parts.deciding.changed.connect(self._show_current)
        controller.hiddenChanged.connect(self.show_all)
        controller.statusChanged.connect(self.refresh)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Suggestions"))
        self.view.setAccessibleName(_("Suggestions"))
        self.filter.setPlaceholderText(_("Filter by text, label, source…"))
        self.filter.setAccessibleName(_("Filter suggestions"))
        tip = self._window.actions_.tip
        for button, words, name in (
            (self.accept, _("Accept"), "accept"), (self.reject, _("Reject"), "reject"), (self.many, _("Many…"), "many"),
        ):  # fmt: skip
            button.setText(words)
            button.setToolTip(tip(f"suggestion.{name}"))
        self.bar.every = _("All suggestions")
        self.bar.offer_kinds(kinds(self._controller.schema))
        self.refresh()

    # ---- showing ----------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Stand on the list, or on the filter where it is empty."""
        first = self.model.first_from(0)
        if first is None:
            self.filter.setFocus()
            return
        self.view.setFocus()
        if self.view.currentIndex().row() < 0 or self.model.span_at(self.view.currentIndex().row()) is None:
            self.view.setCurrentIndex(self.model.index(first))

    def show_all(self) -> None:
        """List everything that filter and choice let through."""
        report, offering, schema = self._controller.report, self._parts.offers.offering, self._controller.schema
        self._delegate.schema = schema
        self._following = True
        self.model.filter = SpanFilter(self.filter.text(), self.bar.only, self._controller.hidden)
        offered: Any = Offered(report, offering) if report is not None and offering is not None else None
        self.model.show(offered, schema)
        self._following = False
        self._show_current()
        self.refresh()

    def _follow(self, uids: list[str]) -> None:
        if not uids or len(uids) > _MANY or self.model.offering() is not self._parts.offers.offering:
            self.show_all()
            return
        self._following = True
        self.model.follow(uids)
        self._following = False

    def refresh(self) -> None:
        """Bring counts, hints and what is known of the current row in step."""
        offering, listed = self._parts.offers.offering, self.model.count
        self._empty.setVisible(listed == 0)
        self.view.setVisible(listed > 0)
        if listed == 0:
            waits = offering is not None and len(offering) > 0
            self._empty.setText(_("No suggestion matches the filter.") if waits else self._parts.deciding.why_none())
        able = self._controller.writable and listed > 0
        for button in (self.accept, self.reject, self.many):
            button.setEnabled(able)
        self._show_why()

    def _show_why(self) -> None:
        """Of one row why it was proposed; of several how many they are."""
        report, offering, schema = self._controller.report, self._parts.offers.offering, self._controller.schema
        chosen = self.view.chosen_rows()
        span = self.model.span_at(chosen[-1]) if len(chosen) == 1 else None
        offer = offering.get(span.uid) if span is not None and offering is not None else None
        if len(chosen) > 1:
            self.why.setText(_("{n} selected", n=len(chosen)))
        elif span is not None and offer is not None and report is not None:
            self.why.setText("\n".join(wording.why(report, offer, span, schema)))
        self.why.setVisible(len(chosen) > 1 or offer is not None)

    def _show_current(self) -> None:
        """Select the row of the suggestion one stands on."""
        offering, uid = self._parts.offers.offering, self._parts.deciding.uid
        span = offering.span(uid) if offering is not None and uid else None
        row = self.model.position(span) if span is not None else None
        if self._following or row is None or (row in self.view.chosen_rows()):
            return
        self._following = True
        index = self.model.index(row)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.scrollTo(index)
        self._following = False
        self._show_why()

    # ---- what is chosen ---------------------------------------------------------------------------

    def _row_selected(self) -> None:
        """Find the place of the row one stands on."""
        if self._following:
            return
        rows = self.view.chosen_rows()
        span = self.model.span_at(rows[-1]) if rows else None
        self._following = True
        if span is not None:
            self._parts.deciding.stand_on(span.uid)
        self._following = False
        self._show_why()

    def chosen(self) -> list[Proposal]:
        """The proposals of the selected rows, in their order."""
        offering = self._parts.offers.offering
        spans = [self.model.span_at(row) for row in sorted(self.view.chosen_rows())]
        found = [offering.get(span.uid) for span in spans if span is not None] if offering is not None else []
        return [offer.proposal for offer in found if offer is not None]

    def decide(self, *, accept: bool) -> None:
        """Accept or reject what is selected, as one step, and stand on what comes next."""
        rows, proposals = self.view.chosen_rows(), self.chosen()
        if not proposals or not self._parts.deciding.decide_several(proposals, accept=accept):
            return
        following = self.model.first_from(min(rows))
        if following is None and self.model.rowCount():
            following = self.model.first_from(self.model.rowCount() - 1, -1)
        if following is not None:
            self.view.setCurrentIndex(self.model.index(following))
            self.view.setFocus()

    def _meaning(self, key: str) -> str:
        """What a key does here: "accept", "reject", or a label's name; "" for nothing."""
        label = self._controller.schema.label_for_key(key)
        action = self._window.actions_.keys.deciding_action(key)
        if label is not None:
            return label.name
        return action.id.partition(".")[2] if action is not None and action.id in _ROW_ACTIONS else ""

    def _pressed(self, key: str) -> None:
        meaning, chosen = self._meaning(key), self.chosen()
        if meaning in ("accept", "reject"):
            self.decide(accept=meaning == "accept")
        elif len(chosen) == 1:
            self._parts.deciding.accept(meaning)
            self.view.setFocus()

    def _arranged(self, group: str, sort: str) -> None:
        self._following = True
        self.model.arrange(group, sort)
        self._following = False
        self._show_current()
        self.refresh()

    def _leave_filter(self) -> None:
        if self.filter.text():
            self.filter.clear()
        else:
            self.left.emit()


_ROW_ACTIONS = ("suggestion.accept", "suggestion.reject")


class OfferDelegate(SpanDelegate):
    """A row says with a sign that the suggestion is in conflict."""

    doubt = "⚠"
