"""Code points and Qt's UTF-16 positions: the only module that converts between them.

One map belongs to one piece of text (a paragraph); offsets and positions both count from its
start. Qt is only ever shown text: nothing is read back from it.
"""

from __future__ import annotations

from bisect import bisect_left


class OffsetMap:
    """Converts within one piece of text; free of charge where no character lies beyond U+FFFF."""

    __slots__ = ("_astral", "_positions")

    def __init__(self, text: str) -> None:
        self._astral: list[int] = []
        if not text.isascii() and max(text) > "\uffff":
            self._astral = [i for i, char in enumerate(text) if char > "\uffff"]
        #: The Qt position at which each of them starts: its offset and one for each before it.
        self._positions = [offset + before for before, offset in enumerate(self._astral)]

    def to_qt(self, offset: int) -> int:
        """The Qt position of a code point offset."""
        return offset + bisect_left(self._astral, offset) if self._astral else offset

    def to_offset(self, position: int) -> int:
        """The code point offset of a Qt position; between two surrogates, that of their character."""
        if not self._positions:
            return position
        before = bisect_left(self._positions, position)
        if before and self._positions[before - 1] == position - 1:
            return self._astral[before - 1]
        return position - before


#: Characters that nobody sees and that turn round what stands after them, by what shows in their place.
_TURNS = {
    "\u21e4": "\u061c\u200f\u202b\u202e\u2067",  # from here to the left
    "\u21e5": "\u200e\u202a\u202d\u2066\u2068",  # from here to the right
    "\u21c4": "\u202c\u2069",  # so far
}
_STANDS_FOR = str.maketrans({"\ufeff": "\u2060", **{turn: sign for sign, turns in _TURNS.items() for turn in turns}})
_REPLACED = tuple(map(chr, _STANDS_FOR))


def shown(text: str) -> str:
    """`text` as it is handed to Qt, one for one.

    U+FEFF becomes U+2060, as wide (not at all): a string that starts with it loses it on the way to Qt. Controls of the
    writing direction become arrows: obeyed, they would show a text that is not the one that is stored and exported.
    """
    return text.translate(_STANDS_FOR) if any(char in text for char in _REPLACED) else text
