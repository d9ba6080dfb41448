"""Choosing the words of the report that an attribute names: the subject of an indicator.

The likeliest words are proposed and shown as a second selection; arrows or the mouse change them, Enter stores start,
end and words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint

from annotator.domain import edge_move
from annotator.domain.edge_move import END, START, EdgeMove
from annotator.domain.errors import ValidationError
from annotator.domain.report import Status
from annotator.domain.schema import Attribute, AttributeType, LabelSchema
from annotator.domain.selection import trim
from annotator.domain.span import Span
from annotator.messages import _, language
from annotator.services.open_report import OpenReport
from annotator.services.understanding import excerpt
from annotator.ui.tagging.choosing import Choosing

_ARROWS = {"Left": -1, "Right": 1}
#: Words around a number that a segmenter may be asked for.
_AROUND = 120
#: How far from a span words are taken to be those that its attribute names without their place.
_NEAR = 300


class SubjectChoice(Choosing):
    """The words that say what was counted."""

    move: EdgeMove | None = None
    name = ""
    _title = ""
    _pressed: int | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"span.subject": self.choose}

    def choose(self) -> None:
        """Propose words for the selected span."""
        report, span = self.controller.report, self.controller.selected_span()
        if report is None or span is None:
            self.controller.said.emit(_("Select a span first."))
            return
        attribute = excerpt_attribute(self.controller.schema, span.label)
        if attribute is None:
            self.controller.said.emit(_("This label has no attribute that names words of the report."))
            return
        if report.status == Status.DONE:
            self.controller.said.emit(self.controller.done_words())
            return
        self.name, self._title = attribute.name, attribute.title.text(language()) or attribute.name
        self.move = EdgeMove(*self._proposed(report, span), END)
        self.begin(span)

    def _proposed(self, report: OpenReport, span: Span) -> tuple[int, int]:
        """The words stored, else the likeliest, else the word before the span."""
        value = span.attributes.get(self.name)
        stored = excerpt_range(value, len(report.text)) or nearest(report.text, value, span)
        if stored is not None:
            return stored
        from annotator.domain.subject import propose_subject  # late: its patterns need not be ready at the first paint

        found = propose_subject(report.text, *span.range, self._words(report.text, *span.range))
        if found is not None:
            return found
        start, end = self.view.word_at(report.text, max(0, span.start - 1))
        return (start, min(end, span.start)) if span.start else self.view.word_at(report.text, span.end)

    def _words(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The words around a range, as the view's segmenter cuts them."""
        words: list[tuple[int, int]] = []
        at, stop = max(0, start - _AROUND), min(len(text), end + _AROUND)
        while at < stop:
            word = self.view.word_at(text, at)
            at = max(word[1], at + 1)
            words.append(word)
        return words

    def leave(self) -> None:
        self.move = self._pressed = None
        super().leave()

    def take(self) -> None:
        found, move = self.span(), self.move
        if found is None or move is None:
            self.leave()
            return
        report, span = found
        value = excerpt(report.text, *move.range)
        uid, name = self.uid, self.name
        self.leave()
        try:
            if not self.controller.set_attribute([uid], name, value):
                self.controller.said.emit(_("{attribute}: “{words}”", attribute=self._title, words=value["text"]))
        except ValidationError as error:
            self.begin(span)
            self.foot.show_problem(str(error))

    # ---- changing ---------------------------------------------------------------------------------

    def is_ours(self, key: str) -> bool:
        return key.rsplit("+", 1)[-1] in _ARROWS

    def change(self, key: str) -> None:
        """Arrows move the end by a word, with Shift the start; with Ctrl by a character."""
        assert self.move is not None
        held, _plus, arrow = key.rpartition("+")
        move = self.move._replace(edge=START if "Shift" in held else END)
        text, direction = self.view.text(), _ARROWS[arrow]
        if "Ctrl" in held or "Alt" in held or "Meta" in held:
            moved = edge_move.by_character(move, text, direction)
        else:
            moved = edge_move.by_word(move, text, direction, self.view.word_at)
            if moved == move:  # the words are one word to the segmenter
                moved = edge_move.by_character(move, text, direction)
        if moved == move:
            self.controller.said.emit(_("The edge cannot go further."))
        self.move = moved
        self.show_choice()

    def pressed_at(self, point: QPoint, *, twice: bool) -> None:
        offset = self.view.character_at(point)
        self._pressed = self.view.place_at(point).offset
        if offset is not None:
            self.move = EdgeMove(*self.view.word_at(self.view.text(), offset), END)
            self._show_under(point)

    def dragged_to(self, point: QPoint) -> None:
        if self._pressed is None:
            return
        place = self.view.place_at(point).offset
        start, end = trim(self.view.text(), min(place, self._pressed), max(place, self._pressed))
        if start < end:
            self.move = EdgeMove(start, end, END if place > self._pressed else START)
            self._show_under(point)

    def _show_under(self, point: QPoint) -> None:
        """Show what the mouse has chosen. The text stands still under a mouse that points into it, else the next move
        would mean other words; held outside, it scrolls there."""
        self._say_choice()
        if self.move is not None and not self.view.viewport().rect().contains(point):
            self.view.reveal(self.move.place, self.move.place)

    def show_choice(self) -> None:
        self._say_choice()
        if self.move is not None:
            self.view.reveal(self.move.place, self.move.place)

    def _say_choice(self) -> None:
        if self.move is None:
            return
        words = " ".join(self.view.text()[self.move.start : self.move.end].split())
        keys = _("← → end · Shift ← → start · with Ctrl by character · or the mouse")
        self.foot.say(self._title, f"“{words}”", keys)
        self.view.viewport().update()
        self.changed.emit()


def excerpt_attribute(schema: LabelSchema, label: str) -> Attribute | None:
    """The attribute of a label that names words of the report."""
    definition = schema.label(label)
    return next((a for a in definition.attributes if a.type is AttributeType.EXCERPT), None) if definition else None


def excerpt_range(value: Any, length: int) -> tuple[int, int] | None:
    """Where the words of an attribute stand; None where only the words are known, or the place is none."""
    if not isinstance(value, dict):
        return None
    start, end = value.get("start"), value.get("end")
    whole = isinstance(start, int) and isinstance(end, int)
    return (start, end) if whole and 0 <= start < end <= length else None  # type: ignore[operator, return-value]


def nearest(text: str, value: Any, span: Span) -> tuple[int, int] | None:
    """Where words that were stored without their place stand nearest to the span; None where they are not around."""
    words = value.get("text") if isinstance(value, dict) else value
    if not isinstance(words, str) or not words:
        return None
    low, high = max(0, span.start - _NEAR), min(len(text), span.end + _NEAR)
    before, after = text.rfind(words, low, span.start), text.find(words, span.end, high)
    found = [(at, at + len(words)) for at in (before, after) if at >= 0]
    return min(found, key=lambda r: max(span.start - r[1], r[0] - span.end), default=None)
