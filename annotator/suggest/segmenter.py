"""Chinese words: jieba behind our own interface, rjieba in its place where it is installed.

Owns how a text is taken apart, and nothing of what is done with the words. Nothing of jieba is imported before the
first text; its dictionary weighs some 80 MB and half a second, so the window leaves this to its other process.

Whatever segments, the words cover the text without gaps, cross no line break, and never part a character from its
combining marks. Full-width figures and letters are segmented as if they were half-width.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import logging
import sys
import warnings
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from annotator import locations
from annotator.domain import words

Pulse = Callable[[], None]

# jieba's effort grows with the square of a stretch without punctuation: longer lines are cut, at punctuation if there is any.
LONGEST_PIECE: Final = 2000

# One for one, so that offsets stay: ０-９ Ａ-Ｚ ａ-ｚ ％ ．
_HALF_WIDTH: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0E)
}  # fmt: skip


class Segmenter(Protocol):
    """Takes texts apart into words."""

    name: str

    def tokenize(self, text: str) -> list[tuple[int, int]]:
        """The words of `text` as ranges of code points that follow each other without gaps."""
        ...

    def edges(self, text: str, pulse: Pulse | None = None) -> array[int]:
        """The same as edges (see `domain.words`), in a fraction of the memory; `pulse` is called again and again."""
        ...

    def add_words(self, words: Iterable[str]) -> None:
        """Words to be kept whole from now on."""
        ...


class _ByPieces:
    """What both segmenters share: text in pieces of a line, words mended where a segmenter for Chinese breaks them.

    The text asked about last is remembered with its edges: who suggests and who steps by words ask for the same report.
    """

    _last: tuple[str, array[int]] | None = None

    def tokenize(self, text: str) -> list[tuple[int, int]]:
        return words.to_ranges(self.edges(text))

    def edges(self, text: str, pulse: Pulse | None = None) -> array[int]:
        if self._last is None or self._last[0] != text:
            self._last = text, self._edges(text, pulse)
        return self._last[1]

    def _edges(self, text: str, pulse: Pulse | None) -> array[int]:
        found = array("I", [0])
        for start, end in pieces(text):
            at = start
            line_end = end - text.endswith("\n", start, end)  # cut with its line, \r\n would be one word
            for word in (*self._cut(text[start:line_end].translate(_HALF_WIDTH)), *text[line_end:end]):
                if at and not words.glued(text, at):
                    found.append(at)
                at += len(word)
            if pulse is not None:
                pulse()
        if text:
            found.append(len(text))
        return found

    def _cut(self, piece: str) -> Iterable[str]:
        raise NotImplementedError


class JiebaSegmenter(_ByPieces):
    """jieba with a dictionary of its own; `cache` is the folder in which the dictionary is kept ready to load."""

    name = "jieba"

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def add_words(self, words: Iterable[str]) -> None:
        self._last = None
        for word in filter(None, words):
            self._tokenizer.add_word(word)

    def _cut(self, piece: str) -> Iterator[str]:
        found: Iterator[str] = self._tokenizer.cut(piece)
        return found

    @functools.cached_property
    def _tokenizer(self) -> Any:
        """The dictionary, loaded now. Without the cache folder jieba would use one that other people can write to."""
        jieba = _jieba()
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(self._cache)
        tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:  # a full or read-only disk costs the time of reading the dictionary afresh, no more
            logging.getLogger(__name__).info("no cache for the dictionary: %s", error)
        tokenizer.initialize()
        return tokenizer


class RjiebaSegmenter(_ByPieces):
    """The same words from a library in Rust: faster, and without a dictionary to load."""

    name = "rjieba"

    def add_words(self, words: Iterable[str]) -> None:
        self._last = None
        for word in filter(None, words):
            self._tokenizer.add_word(word, self._tokenizer.suggest_freq(word), None)

    def _cut(self, piece: str) -> Iterable[str]:
        found: list[str] = self._tokenizer.cut(piece)
        return found

    @functools.cached_property
    def _tokenizer(self) -> Any:
        return importlib.import_module("rjieba").Jieba()


@functools.cache
def segmenter(cache: Path | None = None) -> Segmenter:
    """The segmenter of this process: rjieba where it is installed, else jieba with its cache in `cache`."""
    if importlib.util.find_spec("rjieba") is not None:
        return RjiebaSegmenter()
    return JiebaSegmenter(cache or locations.cache_folder())


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """The lines of `text`, each with the break that ends it, and the parts of lines that are too long."""
    start = 0
    while start < len(text):
        line_end = text.find("\n", start, start + LONGEST_PIECE)
        end = line_end + 1 if line_end >= 0 else _cut_at(text, start)
        yield start, end
        start = end


def _cut_at(text: str, start: int) -> int:
    """Where a piece from `start` ends that has no line break: behind the last punctuation or space in reach."""
    limit = start + LONGEST_PIECE
    if limit >= len(text):
        return len(text)
    for end in range(limit, start, -1):
        if not text[end - 1].isalnum() and not words.glued(text, end) and text[end - 1] not in "+#&._%-．％":
            return end
    return limit


def _jieba() -> Any:
    """The library, silent: its messages, its warnings (it is older than this Python) and a needless import."""
    with warnings.catch_warnings(), _without("pkg_resources"):
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    return jieba


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Import as if `name` were not installed: jieba then reads its dictionary as a plain file, sooner by 0.2 s."""
    known = name in sys.modules
    if not known:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not known:
            del sys.modules[name]
