"""Passes: one clause, or one untouched number, is always selected; its label key tags it and the next one is there.

Stepping on leaves it as it is; Esc or the pass's own key ends it, and the same key goes on where it ended.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain import strides
from annotator.domain.report import Status
from annotator.domain.selection import trim
from annotator.messages import _
from annotator.services import numbers
from annotator.ui.controller import Controller
from annotator.ui.keyboard.keymap import key_words
from annotator.ui.keyboard.strider import Strider
from annotator.ui.report_view import ReportView
from annotator.ui.report_view.caret import Caret

Range = tuple[int, int]

CLAUSES, NUMBERS = "clauses", "numbers"
#: Which steps a pass takes itself, so that J and N alike lead on.
_STEPS = ("clause", "number")


class Passes(QObject):
    """The pass under way, and where each one was left in each report."""

    changed = Signal()

    def __init__(
        self, controller: Controller, view: ReportView, strider: Strider, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._view = view
        self._strider = strider
        self._places: dict[tuple[int, str], int] = {}
        self.kind = ""
        strider.interceptor = self._step
        controller.leaving.connect(self.end)
        controller.textSelectionChanged.connect(self._remember)
        controller.historyChanged.connect(lambda: QTimer.singleShot(0, self, self.resume))

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {f"pass.{kind}": partial(self.toggle, kind) for kind in (CLAUSES, NUMBERS)}

    # ---- on and off -------------------------------------------------------------------------------

    def toggle(self, kind: str) -> None:
        """Begin a pass, going on where it was left in this report; end it where it is under way."""
        if self.kind == kind:
            self.end()
            return
        self.end()
        report = self._controller.report
        if report is not None and report.status == Status.DONE:
            self._controller.said.emit(self._controller.done_words())
            self.changed.emit()
            return
        self.kind = kind
        unit = self._first()
        if unit is None:
            self.kind = ""
            self._controller.said.emit(self._no_more(kind))
        else:
            self._view.enter(self)
            self._strider.select(unit)
        self.changed.emit()

    def takes(self, key: str) -> bool:
        """Esc ends a pass; every other key keeps its meaning."""
        return key == "Esc" and bool(self.kind)

    def press(self, key: str) -> None:
        """Do what a key says that the pass takes."""
        if self.takes(key):
            self.end()

    def end(self) -> None:
        """End the pass; its place is kept in the project, and the caret at it."""
        if self.kind:
            self._keep()
            self.kind = ""
            self._view.leave(self)
            self._view.move_caret(Caret(self._view.selection()[0]), extend=False, reveal=False)
            self.changed.emit()

    def _first(self) -> Range | None:
        """What is selected first: at a selection made on purpose, else where the pass was left, else at the caret."""
        report = self._controller.report
        assert report is not None
        start, end = self._view.selection()
        offset = start if start < end else self._left(report.id, start)
        offset = min(offset, len(report.text))
        if self.kind == CLAUSES:
            here = strides.CLAUSE.at(report.text, offset)
            if here is not None and here[0] <= offset < here[1] and not self._in_furniture(here):
                return here
        return self._unit((offset, offset), 1) or self._unit((offset, offset), -1)

    def _left(self, report: int, otherwise: int) -> int:
        """Where this pass was left in a report, in this window or an earlier one."""
        session, place = self._controller.session, self._places.get((report, self.kind))
        if place is None and session is not None:
            place = session.store.places.get_pass(session.person.uid, report, self.kind)
        return otherwise if place is None else place

    def _keep(self) -> None:
        """Write down where the pass stands."""
        session, report = self._controller.session, self._controller.report
        place = self._places.get((report.id, self.kind)) if report else None
        if session is not None and report is not None and place is not None and self._controller.writable:
            person, kind = session.person.uid, self.kind
            self._controller.when_free(lambda: session.store.places.put_pass(person, report.id, kind, place))

    def _in_furniture(self, unit: Range) -> bool:
        return any(start < unit[1] and unit[0] < end for start, end in self._strider.furniture())

    # ---- on and back ------------------------------------------------------------------------------

    def _unit(self, place: Range, direction: int) -> Range | None:
        """The unit of this pass beyond a place."""
        report = self._controller.report
        if report is None:
            return None
        if self.kind == CLAUSES:
            return strides.step(strides.CLAUSE, report.text, place, direction, self._strider.furniture())
        find = numbers.next_untouched if direction > 0 else numbers.previous_untouched
        found = find(report, self._controller.schema, place[1] if direction > 0 else place[0])
        return (found.start, found.end) if found else None

    def _step(self, unit: str, direction: int) -> bool:
        """A stride while a pass is under way: leave what is selected as it is."""
        if not self.kind or unit not in _STEPS:
            return False
        following = self._unit(self._strider.place(), direction)
        if following is None:
            self._controller.said.emit(self._no_more(self.kind))
        else:
            self._strider.select(following)
        return True

    def labelled(self, label: str, add: bool) -> None:
        """A label's key was pressed: where that tagged what was selected, the next one is selected.

        The new span stays selected too, so that the keys for spans reach it. With Shift nothing moves on: another
        label can follow for the same words.
        """
        report, span = self._controller.report, self._controller.selected_span()
        if not self.kind or report is None or span is None or span.label != label:
            return
        if add:
            self._view.set_selection(span.start, span.end)
            return
        following = self._unit(span.range, 1)
        if following is None:
            words = self._no_more(self.kind)
            self.end()
            self._controller.said.emit(words)
            return
        self._view.set_selection(*following)
        self._view.reveal(*following)

    def resume(self) -> None:
        """Something was done that took the selection: an edge moved, a step taken back. What is next is selected."""
        report, (start, end) = self._controller.report, self._view.selection()
        if not self.kind or report is None or start < end:
            return
        span = self._controller.selected_span()
        unit = self._unit(span.range, 1) if span else self._unit_at(start)
        if unit is not None:
            self._view.set_selection(*unit)

    def _unit_at(self, offset: int) -> Range | None:
        """The unit that ends or lies at a place, else the next one."""
        before = self._unit((offset, offset), -1)
        if before is not None and before[1] == offset:
            return before
        return self._unit((offset, offset), 1)

    def _remember(self) -> None:
        report = self._controller.report
        start, end = self._controller.text_selection
        if self.kind and report is not None and start < end:
            self._places[report.id, self.kind] = trim(report.text, start, end)[0]

    @staticmethod
    def _no_more(kind: str) -> str:
        if kind == CLAUSES:
            return _("There is no further clause.")
        return _("There is no further untouched number.")

    def words(self) -> str:
        """The pass under way in words; "" for none."""
        if self.kind == CLAUSES:
            return _("Clause pass: a label key tags and goes on, {key} leaves as is, Esc ends", key=self._key())
        if self.kind == NUMBERS:
            return _("Number pass: a label key tags and goes on, {key} leaves as is, Esc ends", key=self._key())
        return ""

    def _key(self) -> str:
        """The key in force that leaves what is selected as it is."""
        keys = (*self._view.keys_of("clause.next"), *self._view.keys_of("number.next"))
        return key_words(keys[0]) if keys else "—"
