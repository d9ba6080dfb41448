"""Lines of printed pages put together to paragraphs; page numbers and running titles marked as furniture.

Chinese is set without spaces and its paragraphs begin with two blanks: a line goes on where the one before filled the
page's width and it is not indented itself. A paragraph that a page number cuts in two is one paragraph of the body.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from annotator.reading.numbering import marks as heading_marks

NUMBER, HEADER, FOOTER = "page_number", "running_header", "running_footer"

_PAGE_NUMBER = re.compile(
    r"[\s—–―－─_·•\-|~～]*(?:第\s*)?[\dⅠ-Ⅻivxlc]{1,5}(?:\s*页)?(?:\s*[,，/、]?\s*(?:共\s*)?\d{1,5}\s*页?)?[\s—–―－─_·•\-|~～]*"
    r"|page\s+\d+(?:\s+of\s+\d+)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = "。！？!?；;：:"
_LETTER = re.compile("[A-Za-z]")
_WORD = re.compile("[A-Za-z0-9]")
_TOKEN = re.compile(r"[A-Za-z0-9.,%+/-]+")
_WIDE = "“”‘’—…·"
_GLUED, _OPENING, _CLOSING = "“”‘’—…", "（(《〈【〔「『[", "，。、；：！？）)》〉】〕」』],.;:!?%·"
PARTED = "\x02\ufffe\xad"
# Shares of the page's height above and below which numbers and running titles stand.
_EDGE = 0.15
_RUNNING_PAGES, _RUNNING_SHARE = 3, 0.3


class Line(NamedTuple):
    """A line of a page: its words, its box and size in points, the page it is on and that page's height."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    height: float


class _Column(NamedTuple):
    """Where the lines of a page begin and end, and how far they are apart."""

    left: float
    right: float
    pitch: float


def paragraphs(lines: Sequence[Line]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with one paragraph a line, and its furniture: start, end, rule."""
    rules = _furniture(lines)
    columns = _columns([line for line, rule in zip(lines, rules) if not rule])
    made = _Made()
    for line, rule in zip(lines, rules):
        made.add(line, rule, columns)
    return made.result()


class _Made:
    """The text under way. Furniture waits until it is known whether the paragraph goes on after it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[tuple[int, int, str]] = []
        self._waiting: list[tuple[str, str]] = []
        self._last: Line | None = None

    def add(self, line: Line, rule: str, columns: dict[int, _Column]) -> None:
        if rule:
            self._waiting.append((_clean(line.text), rule))
            return
        last = self._last
        goes_on = last is not None and _goes_on(last, line, columns)
        if goes_on and last is not None:
            self._put(_between(last.text, line.text))
        elif last is not None:
            self._put("\n")
        self._put_waiting(goes_on)
        self._put(_clean(line.text))
        self._last = line

    def result(self) -> tuple[str, list[tuple[int, int, str]]]:
        if self._waiting and self._last is not None:
            self._put("\n")
        self._put_waiting(goes_on=False)
        text = "".join(self._pieces)
        cut = text.removesuffix("\n")
        return cut, [(start, min(end, len(cut)), rule) for start, end, rule in self._marks]

    def _put_waiting(self, goes_on: bool) -> None:
        """Furniture as lines of its own; inside a paragraph the line breaks around it are furniture too."""
        for index, (text, rule) in enumerate(self._waiting):
            start = self._length
            self._put(("\n" if goes_on and not index else "") + text + "\n")
            self._marks.append((start, self._length, rule))
        self._waiting.clear()

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _clean(text: str) -> str:
    return text.strip(PARTED) if text[-1:] in PARTED else text


def _between(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: nothing in Chinese, a space between words of letters."""
    if before[-1:] in PARTED or not (_WORD.match(before[-1:]) and _WORD.match(after[:1])):
        return " " if before[-1:] in ",.;:" and _LETTER.match(after[:1]) else ""
    return " " if _LETTER.match(before[-1:]) or _LETTER.match(after[:1]) else ""


def _goes_on(last: Line, line: Line, columns: dict[int, _Column]) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    em = min(last.size, line.size)
    if max(last.size, line.size) > 1.2 * em:
        return False
    there, here = columns[last.page], columns[line.page]
    if line.left > here.left + 0.8 * em or there.right - last.right > _needed(line):
        return False
    if last.left > there.left + 6 * em:  # a line in the middle of the page: a title, a signature
        return False
    if line.page == last.page and not 0 < last.bottom - line.bottom <= 1.6 * here.pitch:
        return False
    begins_anew = last.text[-1:] in _SENTENCE_END and any(not mark.start for mark in heading_marks(line.text[:20]))
    return not begins_anew


def _needed(line: Line) -> float:
    """How much room the words up to a line's first possible break ask for, and half a character more."""
    weights = [1.0 if character > "\u2e7f" or character in _WIDE else 0.5 for character in line.text]
    em = (line.right - line.left) / max(1.0, sum(weights))
    return em * (sum(weights[: _unbroken(line.text)]) + 1.0)


def _unbroken(text: str) -> int:
    """How many characters at the beginning of a line no program sets apart: a word, a number, what hangs on quotes."""
    end, length = 0, len(text)
    while end < length:
        found = _TOKEN.match(text, end)
        end = found.end() if found else end + 1
        hangs = end < length and (text[end] in _CLOSING or text[end] in _GLUED)
        if not hangs and text[end - 1] not in _OPENING and text[end - 1] not in _GLUED:
            break
    return end


def _columns(lines: Sequence[Line]) -> dict[int, _Column]:
    """The column of every page; a page of few lines takes that of the whole document."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    whole = _column(lines) if lines else _Column(0, 0, 0)
    return {page: _column(found) if len(found) >= 8 else whole for page, found in pages.items()}


def _column(lines: Sequence[Line]) -> _Column:
    """The usual left edge of the longer lines, the right edge most of them reach, the usual distance of lines."""
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left > 0.6 * widest]
    lefts = Counter(round(line.left) for line in long)
    usual = [left for left, count in lefts.items() if count >= 0.2 * len(long)]
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom]
    rights = sorted(line.right for line in long)
    return _Column(min(usual or lefts), rights[int(0.9 * (len(rights) - 1))], median(steps) if steps else 0.0)


def _furniture(lines: Sequence[Line]) -> list[str]:
    """For every line the rule by which it is furniture, or nothing."""
    running = _running(lines)
    rules = []
    for line in lines:
        edge = _edge(line)
        if not edge:
            rules.append("")
        elif _PAGE_NUMBER.fullmatch(line.text):
            rules.append(NUMBER)
        else:
            rules.append(edge if _key(line, edge) in running else "")
    return rules


def _edge(line: Line) -> str:
    """Which edge of the page a line stands at."""
    if line.bottom > (1 - _EDGE) * line.height:
        return HEADER
    return FOOTER if line.top < _EDGE * line.height else ""


def _running(lines: Sequence[Line]) -> set[tuple[str, str, int]]:
    """The lines that come again at one place of many pages, whatever number is in them.

    A title runs along with a text: what mostly stands alone on its pages is their text.
    """
    found: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    for line in lines:
        edge = _edge(line)
        if edge:
            found[_key(line, edge)].add(line.page)
    pages = len({line.page for line in lines})
    least = max(_RUNNING_PAGES, _RUNNING_SHARE * pages)
    filled = {line.page for line in lines if not _edge(line)}
    return {key for key, seen in found.items() if len(seen) >= least and 2 * len(seen & filled) >= len(seen)}


def _key(line: Line, edge: str) -> tuple[str, str, int]:
    return edge, _DIGITS.sub("0", "".join(line.text.split())), round(line.bottom / 4)
