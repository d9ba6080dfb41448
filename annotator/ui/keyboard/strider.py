"""Strides in the report: the next clause, sentence, section or untouched number, one more, one less.

Moves the selection of the view; edits nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from annotator.domain import strides
from annotator.domain.strides import Stride
from annotator.messages import N_, _
from annotator.services import numbers
from annotator.ui.controller import Controller
from annotator.ui.report_view import ReportView

Range = tuple[int, int]

STRIDES: dict[str, Stride] = {
    "clause": strides.CLAUSE,
    "fine": strides.FINE_CLAUSE,
    "sentence": strides.SENTENCE,
}
_NO_MORE = {
    "clause": N_("There is no further clause."),
    "fine": N_("There is no further clause."),
    "sentence": N_("There is no further sentence."),
}


class Strider(QObject):
    """Moves by units of reading."""

    def __init__(self, controller: Controller, view: ReportView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._view = view
        #: Asked first: returns True where it has taken the step itself.
        self.interceptor: Callable[[str, int], bool] = lambda _unit, _direction: False

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        found: dict[str, Callable[[], None]] = {"clause.here": self.here}
        for name in STRIDES:
            found[f"{name}.next"] = partial(self.step, name, 1)
            found[f"{name}.previous"] = partial(self.step, name, -1)
            found[f"{name}.add"] = partial(self.grow, name)
            found[f"{name}.take"] = partial(self.shrink, name)
        for direction, word in ((1, "next"), (-1, "previous")):
            found[f"number.{word}"] = partial(self.number, direction)
            found[f"section.{word}"] = partial(self.section, direction, False)
            found[f"section.extend_{word}"] = partial(self.section, direction, True)
        return found

    # ---- where one is -----------------------------------------------------------------------------

    def place(self) -> Range:
        """The selected text; without it the selected span, where the caret is at it; else the caret."""
        start, end = self._view.selection()
        span = self._controller.selected_span()
        if start == end and span is not None and span.start <= start <= span.end:
            return span.range
        return start, end

    def furniture(self) -> list[Range]:
        """What strides pass over: page furniture, but for one that the caret is in."""
        report, caret = self._controller.report, self._view.caret()
        if report is None:
            return []
        return [(f.start, f.end) for f in report.furniture if not f.start < caret < f.end]

    def select(self, selection: Range) -> None:
        """Select text; spans are let go of, for keys mean the text now."""
        self._controller.select(())
        self._view.set_selection(*selection)
        self._view.reveal(*selection)

    # ---- clauses and sentences --------------------------------------------------------------------

    def step(self, name: str, direction: int) -> None:
        """Select the next or previous unit, whole."""
        if self.interceptor(name, direction):
            return
        unit = strides.step(STRIDES[name], self._view.text(), self.place(), direction, self.furniture())
        self._select_or_say(unit, name)

    def grow(self, name: str) -> None:
        """Add a unit at the end of the selection."""
        grown = strides.grow(STRIDES[name], self._view.text(), self.place(), self.furniture())
        self._select_or_say(grown, name)

    def shrink(self, name: str) -> None:
        """Take the last unit off the selection."""
        left = strides.shrink(STRIDES[name], self._view.text(), self.place())
        if left is None:
            self._controller.said.emit(_("Nothing would be left of the selection."))
        else:
            self.select(left)

    def here(self) -> None:
        """Select the clause at the caret."""
        unit = strides.CLAUSE.at(self._view.text(), self._view.caret())
        self._select_or_say(unit, "clause")

    def _select_or_say(self, unit: Range | None, name: str) -> None:
        if unit is None:
            self._controller.said.emit(_(_NO_MORE[name]))
        else:
            self.select(unit)

    # ---- numbers and sections ---------------------------------------------------------------------

    def number(self, direction: int) -> None:
        """Select the next or previous number that nobody has tagged."""
        report = self._controller.report
        if report is None or self.interceptor("number", direction):
            return
        start, end = self.place()
        if direction > 0:
            found = numbers.next_untouched(report, self._controller.schema, end)
        else:
            found = numbers.previous_untouched(report, self._controller.schema, start)
        if found is None:
            self._controller.said.emit(_("There is no further untouched number."))
        else:
            self.select((found.start, found.end))

    def section(self, direction: int, extend: bool) -> None:
        """Move the caret to the start of the next or previous section, selecting on the way or not."""
        report, caret = self._controller.report, self._view.caret()
        if report is None:
            return
        starts = [section.start for section in report.sections]
        places = [s for s in starts if (s > caret if direction > 0 else s < caret)]
        if not places:
            self._controller.said.emit(_("There is no further section."))
            return
        target = places[0] if direction > 0 else places[-1]
        self._view.set_selection(self._view.anchor() if extend else target, target)
