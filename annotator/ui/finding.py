"""Finding in the open report: ties the bar, the finder, the view and the strip together.

It knows where the caret stood before, so that Esc goes back there, and which match one stands at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from annotator.domain.find import Matches, Query
from annotator.messages import _
from annotator.ui.background import Background
from annotator.ui.controller import Controller
from annotator.ui.finder import Finder
from annotator.ui.late import Late
from annotator.ui.overview_strip import OverviewStrip
from annotator.ui.report_view import ReportView

if TYPE_CHECKING:
    from annotator.ui.find_bar import FindBar

#: A longer selection, or one of several lines, is not what somebody wants to find.
_LONGEST = 200


class _Origin(NamedTuple):
    """Where somebody was before looking for something: selection, which end the caret is at, scroll position."""

    anchor: int
    caret: int
    scroll: int


class Finding(QObject):
    """The search of one window."""

    def __init__(
        self,
        controller: Controller,
        view: ReportView,
        strip: OverviewStrip,
        bar: Late[FindBar],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._view, self._strip, self._late_bar = controller, view, strip, bar
        self.finder = Finder(background, self)
        self._origin: _Origin | None = None
        self._matches: Matches | None = None
        self._number: int | None = None
        self._asked = Query("")
        self._after: int | None = None  # where to step once the matches are there
        bar.then(self._tie)
        self.finder.found.connect(self._found)
        self.finder.failed.connect(self._failed)
        view.selectionChanged.connect(lambda _start, _end: self._follow())
        controller.reportChanged.connect(self._report_changed)

    def _tie(self, bar: FindBar) -> None:
        bar.asked.connect(self._ask)
        bar.stepped.connect(self.step)
        bar.descended.connect(self._descend)
        bar.closed.connect(self.close)
        bar.dismissed.connect(self.leave)

    @property
    def _bar(self) -> FindBar:
        return self._late_bar()

    # ---- opening and closing --------------------------------------------------------------------

    def open(self) -> None:
        """Find, beginning with what is selected; once more: from where the caret is now."""
        if self._controller.report is None:
            return
        focus = QApplication.focusWidget()
        if not self.is_open or focus is None or not self._bar.isAncestorOf(focus):
            self._origin = self._here()
        words = self._view.selected_text()
        self._bar.open(words if len(words) <= _LONGEST and "\n" not in words else "")

    def close(self) -> None:
        """Leave the search: nothing is marked, the caret stands where it was."""
        self._end()
        if self._origin is not None and self._controller.report is not None:
            self._go_back(self._origin)
        self._view.setFocus()

    def leave(self) -> None:
        """Leave the search with the caret where it is."""
        self._end()

    @property
    def is_open(self) -> bool:
        """Whether the bar shows."""
        bar = self._late_bar.made
        return bar is not None and not bar.isHidden()

    def _end(self) -> None:
        self.finder.stop()
        if self._late_bar.made is not None:
            self._late_bar.made.hide()
        self._matches = self._number = self._after = None
        self._mark()

    def _here(self) -> _Origin:
        start, end = self._view.selection()
        caret = self._view.caret()
        return _Origin(start if caret == end else end, caret, self._view.scroll_place())

    def _go_back(self, origin: _Origin) -> None:
        self._view.set_selection(origin.anchor, origin.caret, reveal=False)
        self._view.go_to(origin.scroll)

    # ---- looking --------------------------------------------------------------------------------

    def _ask(self, query: Query) -> None:
        report = self._controller.report
        if report is None:
            return
        self._asked = query
        self._matches = None
        if not query.words:
            self.finder.stop()
            self._show(None)
            return
        self.finder.search(report.text, query, [(f.start, f.end) for f in report.furniture])

    def _report_changed(self) -> None:
        """Another report: the same search, and nowhere to go back to."""
        self._origin = self._after = None
        if not self.is_open:
            return
        if self._controller.report is None:
            self._end()
        else:
            self._ask(self._bar.query())

    def _found(self, matches: Matches) -> None:
        if not self._asked.words or not self.is_open:
            return
        self._show(matches)
        after, self._after = self._after, None
        if after is not None:
            self._step_now(after)
        elif len(matches) and self._number is None and self._bar.field.hasFocus():
            self._preview(matches)

    def _failed(self, sentence: str) -> None:
        self._matches = self._number = self._after = None
        self._mark()
        self._bar.show_error(sentence)

    def _show(self, matches: Matches | None) -> None:
        self._matches = matches
        self._number = matches.number(*self._view.selection()) if matches else None
        self._mark()
        self._bar.show_matches(matches, self._number)

    def _preview(self, matches: Matches) -> None:
        """While somebody types: show the first match from the caret on, without moving it."""
        origin = self._origin or self._here()
        start = min(origin.anchor, origin.caret)
        number = matches.from_offset(start)
        self._number = number if number < len(matches) else 0
        self._mark()
        self._bar.show_matches(matches, self._number)
        self._view.reveal(*matches[self._number])

    def _mark(self) -> None:
        matches = self._matches if self._matches and len(self._matches) else None
        self._view.set_matches(matches, self._number)
        current = matches[self._number] if matches and self._number is not None else None
        self._strip.set_matches(matches, current)

    # ---- from one to the next -------------------------------------------------------------------

    def step(self, direction: int) -> None:
        """Select the next (1) or previous (-1) match; the search of before is taken up where the bar is closed."""
        if self._controller.report is None:
            return
        if not self.is_open:
            self._reopen(direction)
        elif self._matches is None:
            self._after = direction if self._asked.words else None
        else:
            self._step_now(direction)

    def _reopen(self, direction: int) -> None:
        if self._late_bar.made is None or not self._bar.field.text():
            self.open()
            return
        self._origin = self._here()
        self._after = direction
        self._bar.show()
        self._bar.ask()

    def _step_now(self, direction: int) -> None:
        matches = self._matches
        if matches is None or not len(matches):
            self._controller.said.emit(_("Not found: {words}", words=self._asked.words))
            return
        number = self._next_number(matches, direction)
        if not 0 <= number < len(matches):
            number %= len(matches)
            told = _("From the start of the report again.") if direction > 0 else _("From the end of the report again.")
            self._controller.said.emit(told)
        self._select(matches, number)

    def _next_number(self, matches: Matches, direction: int) -> int:
        start, end = self._view.selection()
        at = matches.number(start, end)
        if at is None and self._number is not None and start == end == matches[self._number][1]:
            at = self._number  # it has just been tagged: the caret stands behind it
        if at is not None:
            return at + direction
        if self._number is not None and self._bar.field.hasFocus():
            return self._number if direction > 0 else self._number - 1  # the one that typing has shown
        return matches.from_offset(end if start == end else start) if direction > 0 else matches.up_to(start)

    def _select(self, matches: Matches, number: int) -> None:
        self._number = number
        self._controller.select(())
        self._view.set_selection(*matches[number])
        self._view.reveal(*matches[number])
        self._mark()
        self._bar.show_matches(matches, number)

    def _descend(self) -> None:
        """Into the report: the match one stands at is selected, and a label's key tags it."""
        if self._matches and self._number is not None:
            self._select(self._matches, self._number)
        self._view.setFocus()

    def _follow(self) -> None:
        """Somebody selects something else: stand at that match, or at none."""
        if self._matches and self.is_open:
            number = self._matches.number(*self._view.selection())
            if number is not None and number != self._number:
                self._number = number
                self._mark()
                self._bar.show_matches(self._matches, number)
