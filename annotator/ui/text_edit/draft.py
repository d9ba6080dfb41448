"""A text on its way: what has been typed over a report's text so far, and what an input method is composing.

Knows no widget. Nothing here is written; the draft ends as one `TextEdit` of the text it began with. Offsets are code
points: of the draft's own text, or, where said, of the text shown, which has the composed words at the caret as well.
"""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.text_edit import TextEdit


class _State(NamedTuple):
    edit: TextEdit
    text: str
    caret: int
    anchor: int


class Draft:
    """The text, the selection, and the way back to where it began."""

    def __init__(self, text: str, caret: int = 0, anchor: int | None = None) -> None:
        self.base = text
        self._now = _State(TextEdit(), text, caret, caret if anchor is None else anchor)
        self._past: list[_State] = []
        self._future: list[_State] = []
        self._typing_at: int | None = None
        #: What an input method composes at the caret, and where in it the caret stands.
        self.preedit, self.preedit_caret = "", 0

    @property
    def text(self) -> str:
        """The text as it would be."""
        return self._now.text

    @property
    def edit(self) -> TextEdit:
        """The edit of the text it began with."""
        return self._now.edit

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self._now.caret

    @property
    def anchor(self) -> int:
        """Where the selection began."""
        return self._now.anchor

    @property
    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected; equal where nothing is."""
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    @property
    def changed(self) -> bool:
        """Whether it would change the text."""
        return self._now.text != self.base

    # ---- what a person does ------------------------------------------------------------------------

    def select(self, anchor: int, caret: int) -> None:
        """Move the caret, with what is selected between it and `anchor`."""
        if (anchor, caret) != (self.anchor, self.caret):
            self._now = self._now._replace(caret=caret, anchor=anchor)
            self._typing_at = None

    def replace(self, start: int, end: int, new: str, *, typed: bool = False) -> None:
        """Put `new` in place of `[start, end)`; the caret stands behind it. What is `typed` in one go is undone in one."""
        if start == end and not new:
            return
        goes_on = typed and self._typing_at == start == end and "\n" not in new
        if not goes_on:
            self._past.append(self._now)
        self._future.clear()
        step = TextEdit([(start, end, new)])
        caret = start + len(new)
        self._now = _State(self.edit.then(step), step.apply(self.text), caret, caret)
        self._typing_at = caret if typed else None

    def type(self, new: str) -> None:
        """Put `new` in place of the selection, or at the caret."""
        self.replace(*self.selection, new, typed=True)

    def undo(self) -> bool:
        """Take back the last change; whether there was one."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Bring back what was taken back last."""
        return self._travel(self._future, self._past)

    def _travel(self, source: list[_State], target: list[_State]) -> bool:
        if not source:
            return False
        target.append(self._now)
        self._now = source.pop()
        self._typing_at = None
        return True

    # ---- composing -------------------------------------------------------------------------------

    def compose(self, words: str, caret: int) -> None:
        """An input method shows `words` at the caret; "" for none. What is selected goes first."""
        start, end = self.selection
        if words and start < end:
            self.replace(start, end, "")
        self.preedit, self.preedit_caret = words, min(caret, len(words))

    @property
    def shown_text(self) -> str:
        """The text with the composed words."""
        caret = self.caret
        return self.text[:caret] + self.preedit + self.text[caret:] if self.preedit else self.text

    @property
    def shown_edit(self) -> TextEdit:
        """The edit that leads to the shown text."""
        return self.edit.then(TextEdit([(self.caret, self.caret, self.preedit)])) if self.preedit else self.edit

    @property
    def shown_selection(self) -> tuple[int, int]:
        """Anchor and caret in the shown text."""
        if not self.preedit:
            return self.anchor, self.caret
        place = self.caret + self.preedit_caret
        return place, place

    @property
    def composed(self) -> tuple[int, int]:
        """Where the composed words stand in the shown text."""
        return self.caret, self.caret + len(self.preedit)

    def changed_ranges(self) -> list[tuple[int, int]]:
        """What has been put in, in offsets of the shown text; an empty range where something was taken out.

        What is composed is none of it yet.
        """
        found, grown = [], 0
        composing = TextEdit([(self.caret, self.caret, self.preedit)])
        for r in self.edit.replacements:
            start, end = r.start + grown, r.start + grown + len(r.text)
            at = composing.place(start) if start > self.caret else start
            found.append((at, at + end - start))
            grown += r.growth
        return found
