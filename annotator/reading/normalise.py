"""The one text all offsets count in: line ends, byte-order mark and unstorable characters, nothing else.

Done once, at import, before any offset exists. U+2028, U+2029, U+0085 and NBSP stay as they are:
whoever changes more than this moves every span of every file that comes in later.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

_BOM = "\ufeff"
# SQLite ends a text at NUL for some purposes, and a lone surrogate cannot be stored at all.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """The text as it is stored, with what was replaced in it and the way from raw offsets to its own.

    `replaced` are the offsets, in `text`, of what became U+FFFD.
    """

    text: str
    replaced: list[int] = field(default_factory=list)
    # Length of the mark dropped from the front, and the raw offset of the CR of every CRLF.
    dropped: int = 0
    folded: list[int] = field(default_factory=list)

    def map_offset(self, raw: int) -> int:
        """The offset in `text` of a raw offset; between CR and LF it lies before the line end."""
        return max(raw - self.dropped, 0) - bisect_left(self.folded, raw)

    def map_span(self, start: int, end: int) -> tuple[int, int]:
        """A raw range in `text`. An edge between CR and LF moves outwards, so that no character is lost.

        A start there lies before the line end, an end there behind it: the slice of the text is the
        normalised slice of the raw text. A range that held nothing but the dropped mark comes out empty.
        """
        mapped_start, mapped_end = self.map_offset(start), self.map_offset(end)
        if start < end and self._splits_line_end(end):
            mapped_end += 1
        return mapped_start, mapped_end

    def _splits_line_end(self, raw: int) -> bool:
        index = bisect_left(self.folded, raw) - 1
        return index >= 0 and self.folded[index] == raw - 1


def normalise(raw: str) -> Normalised:
    """Line ends to LF, leading byte-order marks dropped, NUL and lone surrogates to U+FFFD one for one."""
    dropped = len(raw) - len(raw.lstrip(_BOM))
    folded = [found.start() for found in re.finditer("\r\n", raw)] if "\r\n" in raw else []
    text = raw[dropped:] if dropped else raw
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    replaced: list[int] = []
    if not _storable(text):
        replaced = [found.start() for found in UNSTORABLE.finditer(text)]
        text = UNSTORABLE.sub("\ufffd", text)
    return Normalised(text, replaced, dropped, folded)


def _storable(text: str) -> bool:
    """Quicker than a search: encoding refuses a surrogate, wherever it stands."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
