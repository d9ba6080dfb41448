"""Tokens of a text, exactly those of `spacy.blank("zh").make_doc`, without making a Doc.

The character segmenter makes each character a token, except white space: one U+0020 behind a
character is that token's trailing space, and whatever is left of a run of white space is one token.
Edges inside such a run are edges of no token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from spacy.strings import StringStore

_RUN = re.compile(r"\s+")


class Tokens:
    """The tokens of one text: `orth` (hashes), `spaces` (a trailing space each); `start` and `end` by character.

    `start[c]` is the number of the token that begins at character c, `end[c]` one more than the
    number of the token that ends before c; both are -1 where none does.
    """

    __slots__ = ("end", "orth", "spaces", "start")

    def __init__(self, orth: np.ndarray[Any, Any], spaces: np.ndarray[Any, Any], start: list[int], end: list[int]):
        self.orth, self.spaces, self.start, self.end = orth, spaces, start, end


class Tokenizer:
    """Makes `Tokens`; `words` collects every token text met, as DocBin wants them."""

    def __init__(self, strings: StringStore) -> None:
        import numpy as np

        self._np = np
        self._strings = strings
        # Hash by code point, filled as characters are met; untouched pages of it cost no memory.
        self._hashes = np.zeros(0x110000, dtype=np.uint64)
        self.words: set[str] = set()

    def tokens(self, text: str) -> Tokens:
        """The tokens of a text without lone surrogates."""
        np = self._np
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        orth = self._hashes[codes]
        if not orth.all():
            self._learn({chr(code) for code in np.unique(codes[orth == 0]).tolist()})
            orth = self._hashes[codes]
        length = len(text)
        is_start = np.ones(length, dtype=bool)
        is_end = np.ones(length, dtype=bool)  # by the last character of a token
        spaces = np.zeros(length, dtype=bool)
        for run in _RUN.finditer(text):
            first, behind = run.span()
            if first > 0 and text[first] == " ":
                spaces[first - 1] = True
                is_start[first] = is_end[first] = False
                first += 1
            if behind - first > 1:
                is_start[first + 1 : behind] = False
                is_end[first : behind - 1] = False
                orth[first] = self._word(text[first:behind])
        number = np.cumsum(is_start)
        start = np.where(is_start, number - 1, -1).tolist()
        end = [-1, *np.where(is_end, number, -1).tolist()]
        return Tokens(orth[is_start], spaces[is_start], start, end)

    def _learn(self, characters: set[str]) -> None:
        self.words |= characters
        for character in characters:
            self._hashes[ord(character)] = self._strings.add(character)

    def _word(self, word: str) -> int:
        self.words.add(word)
        return int(self._strings.add(word))
