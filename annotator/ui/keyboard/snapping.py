"""What a mouse takes: a double click a word or a whole quantity, a drag whole words where snapping is on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.domain.quantity import quantity_at
from annotator.messages import _
from annotator.ui.controller import Controller
from annotator.ui.keyboard.word_source import WordSource
from annotator.ui.report_view import ReportView

Range = tuple[int, int]


class Snapping(QObject):
    """Whether selections snap, and to what."""

    changed = Signal()

    def __init__(
        self, controller: Controller, view: ReportView, words: WordSource, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._view = view
        self._words = words

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"view.snap": self.toggle}

    @property
    def on(self) -> bool:
        """Whether selections made with the mouse snap."""
        return bool(self._controller.settings.get("view.snap"))

    def toggle(self) -> None:
        """Switch snapping on or off."""
        self._controller.settings.set("view.snap", not self.on)
        self._controller.said.emit(
            _("Selections made with the mouse take whole words and numbers.")
            if self.on
            else _("Selections made with the mouse are taken as they are.")
        )
        self.changed.emit()

    def unit_at(self, text: str, offset: int) -> Range:
        """The whole quantity that holds the character at `offset`, else the word."""
        quantity = quantity_at(text, offset)
        return (quantity.start, quantity.end) if quantity else self._words.word_at(text, offset)

    def stretch(self, start: int, end: int) -> Range:
        """A selection made by dragging, with the words and quantities whole that it cuts; as it is where snapping is off.

        Words count once a segmenter has told them: a run of one script would be half a sentence.
        """
        text = self._view.text()
        if not self.on or start >= end:
            return start, end
        return min(start, self._edge(text, start)[0]), max(end, self._edge(text, end)[1])

    def _edge(self, text: str, offset: int) -> Range:
        """What an edge at `offset` would cut: a quantity, else a word, else nothing."""
        if not 0 < offset < len(text):
            return offset, offset
        quantity = quantity_at(text, offset)
        if quantity is not None and quantity.start < offset:
            return quantity.start, quantity.end
        if self._words.edges is None:
            return offset, offset
        start, end = self._words.word_at(text, offset)
        return (start, end) if start < offset else (offset, offset)
