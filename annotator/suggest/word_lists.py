"""Lists of words, written as they are read, and as regular expressions look for them."""

from __future__ import annotations

from collections.abc import Iterable


def words_of(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


def longest_first(of: Iterable[str]) -> str:
    """The words as alternatives of a regular expression, longer ones before those they begin with.

    Words that begin alike stand together: an engine that tries alternatives
    one by one is through several times sooner.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(of, key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(word[1:])
    return "|".join(first if rest == [""] else f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(tails.items()))
