"""Done and next: what is open is listed and gone to at the first press, the second one marks the report done and goes on.

No dialog asks: what is open stands in a bar, each kind one click or key away, and an edit that opens something new makes
the next press a first one again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.domain.report import Status
from annotator.messages import _
from annotator.services import openness
from annotator.services.openness import NUMBER, QUESTION, SUGGESTION, OpenItem
from annotator.ui.flow.open_bar import OpenBar
from annotator.ui.report_pane import heading

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: After an edit the counts are worked out again, when this much time has passed without another one.
_REST_MS = 120

ItemKey = tuple[str, str, str]


class DoneFlow(QObject):
    """The flow of one window."""

    def __init__(self, window: MainWindow, bar: OpenBar) -> None:
        super().__init__(window)
        self._window, self.bar = window, bar
        self._controller, self._view = window.controller, window.report_pane.view
        self._told: frozenset[ItemKey] | None = None
        self._at: ItemKey | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.refresh)
        bar.chosen.connect(lambda kind: self.step(1, kind))
        bar.left.connect(self.close)
        self._controller.reportChanged.connect(self._forget)
        ours = self._controller
        for signal in (ours.spansChanged, ours.decidedChanged, ours.relatedChanged):
            signal.connect(lambda _changes: self._changed())

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {
            "report.done_next": self.press,
            "report.reopen": self.reopen,
            "open.next": partial(self.step, 1),
            "open.previous": partial(self.step, -1),
        }

    # ---- done and next --------------------------------------------------------------------------

    def items(self) -> list[OpenItem]:
        """What is open in the report on the screen, in text order."""
        report = self._controller.report
        if report is None:
            return []
        return openness.open_items(
            report, self._controller.schema, report.numbers.after(0), self._window.suggesting.open_ranges()
        )

    def press(self) -> None:
        """List what is open and go to the first; at a second press, or where nothing is, mark done and go on."""
        report = self._controller.report
        if report is None:
            return
        if report.status != Status.DONE:
            items = self.items()
            if items and (self._told is None or not _keys(items) <= self._told):
                self._tell(items)
                return
            if not self._controller.set_status(Status.DONE):
                return
        self._go_on()

    def _tell(self, items: list[OpenItem]) -> None:
        self._told = _keys(items)
        self._show(items)
        self.bar.speak(openness.summary(items))
        self._go(items, 0)

    def _go_on(self) -> None:
        following = self._window.report_list.next_unfinished()
        if following is None:
            self._controller.said.emit(_("That was the last report of the list; it is marked as done."))
            return
        self._window.open_report(following)
        self._view.setFocus()
        report = self._controller.report
        if report is not None:
            self._controller.said.emit(_("Marked as done. Now: {title}", title=report.row.title))

    def reopen(self) -> None:
        """Make a done report editable again."""
        report = self._controller.report
        if report is not None and report.status == Status.DONE:
            self._controller.set_status(Status.IN_PROGRESS)
            self._view.setFocus()

    # ---- going through what is open -------------------------------------------------------------

    def step(self, direction: int, kind: str = "") -> None:
        """Go to the next (1) or previous (-1) open thing, of one kind where given; round at the ends."""
        every = self.items()
        items = [item for item in every if not kind or item.kind == kind]
        if not items:
            self._controller.said.emit(_("Nothing is open in this report."))
            self.close()
            return
        self._show(every)
        self._go(items, self._beyond(items, direction))

    def _beyond(self, items: list[OpenItem], direction: int) -> int:
        keys = [_key(item) for item in items]
        if self._at in keys:
            return (keys.index(self._at) + direction) % len(items)
        start = self._controller.text_selection[0]
        after = next((n for n, item in enumerate(items) if item.start >= start), len(items))
        return (after if direction > 0 else after - 1) % len(items)

    def _go(self, items: list[OpenItem], number: int) -> None:
        item = items[number]
        report, controller = self._controller.report, self._controller
        assert report is not None
        self._at = _key(item)
        span = report.spans.get(item.uid) if item.uid else None
        if item.kind == SUGGESTION:
            self._window.suggesting.stand_on(item.uid or "")
        elif span is not None:
            controller.set_hidden(controller.hidden - {span.label})
            self._view.clear_selection()
            controller.select((span.uid,), reveal=True)
        else:
            controller.select(())
            controller.revealed.emit(item.start, item.end, item.end)
            if item.kind in (NUMBER, QUESTION) and item.start < item.end:
                self._view.set_selection(item.start, item.end)
        self._view.setFocus()
        what, words = item.words(), heading(report.text, item.start, item.end, 20)
        controller.said.emit(f"{what[:1].upper()}{what[1:]}: {words}   {number + 1} / {len(items)}")

    # ---- the bar --------------------------------------------------------------------------------

    def _show(self, items: list[OpenItem]) -> None:
        tip = self._window.actions_.keys.shown
        keys = {"done": tip("report.done_next"), "next": tip("open.next")}
        hint = _("{next}: the next one. {done} again: mark as done and go on.", **keys)
        self.bar.show_counts(openness.counts(items), hint)

    def refresh(self) -> None:
        """Count again what is open; the bar goes when nothing is."""
        if self.bar.isVisible():
            self._show(self.items())

    def close(self) -> None:
        """Put the bar away; the next press is a first one."""
        self._told = None
        self.bar.setVisible(False)
        self._view.setFocus()

    def _changed(self) -> None:
        if self.bar.isVisible():
            self._rest.start()

    def _forget(self) -> None:
        self._rest.stop()
        self._told, self._at = None, None
        self.bar.setVisible(False)

    def stop(self) -> None:
        """The window is about to go."""
        self._rest.stop()


def _key(item: OpenItem) -> ItemKey:
    """What makes an open thing the same after other edits."""
    return item.kind, item.uid or f"{item.start}-{item.end}", item.detail


def _keys(items: list[OpenItem]) -> frozenset[ItemKey]:
    return frozenset(map(_key, items))
