"""The numbers of Chinese headings: where a text says `第一章`, `一、`, `（一）`, `1.`, `（1）`, `①` or `一是`.

Finds marks only; which of them is inside which is `reading.outline`'s business. Dates, decimals,
`一是` inside a quotation and references such as `（二）项` are passed over here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.domain.patterns import late

# From the outermost to the innermost, as reports nest them by custom.
STYLES = ("chapter", "part", "hanzi", "hanzi_brackets", "digits", "digits_brackets", "circled", "spoken")

_HANZI_DIGITS = "一二三四五六七八九十"
_HANZI = f"[{_HANZI_DIGITS}]{{1,3}}"
_BREAK = "\n\u2028\u2029\x85"
_INDENT = "[ \\t\\u3000\\xa0]*"

# `三、四季度` and `一、二、三产业` begin a line now and then and number nothing.
_RUN_OF_NUMBERS = "(?![一二三四五六七八九十]{1,2}(?:、|季度|月|期|级|类|线|产))"
# `1.5亿元` is a decimal, `1.2023年…` a number before a year.
_NO_DECIMAL = r"(?:(?!\d)|(?=\d{4}\s*年))"
_NO_REFERENCE = "(?!\\s*(?:项|款|条|目|部分))"

_LINE_END = late(f"[{_BREAK}]")
_LINE_START = late(
    f"{_INDENT}(?:"
    f"(?P<chapter>第(?:[一二三四五六七八九十百]{{1,4}}|\\d{{1,2}})(?:编|章|部分))(?=[\\s\\u3000：:、]|[^，,。；\\n]{{1,30}}(?:[{_BREAK}]|$))"
    f"|(?P<part>第(?:[一二三四五六七八九十百]{{1,4}}|\\d{{1,2}})节)(?=[\\s\\u3000：:、]|[^，,。；\\n]{{1,30}}(?:[{_BREAK}]|$))"
    f"|(?P<hanzi>{_HANZI}[、．.]){_RUN_OF_NUMBERS}"
    f"|(?P<hanzi_brackets>[（(]{_HANZI}[）)]){_NO_REFERENCE}、?"
    f"|(?P<digits>\\d{{1,2}}[．.、]){_NO_DECIMAL}"
    f"|(?P<digits_brackets>[（(]\\d{{1,2}}[）)]){_NO_REFERENCE}、?"
    f"|(?P<circled>[①-⑳])"
    ")"
)
_FIRST = frozenset("第（(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# In the middle of a paragraph too, but only where a clause begins; `一是一，二是二` counts nothing. It is matched at what
# stands before a 是: a pattern that begins anywhere takes ten times as long.
_SPOKEN = late(f"(?P<spoken>({_HANZI})是)(?!\\2[，,。；、])")
_BEFORE_SPOKEN = f"{_BREAK} \t\u3000\xa0。；;：:，,！!？?”】）)"
# A line of a table of contents leads to its page with dots. Longer lines are paragraphs.
_LEADS_TO_PAGE = late(r"(?:…|\.{3}|·{3})[.…·\s]*\d+$")
_LONGEST_ENTRY = 120

_QUOTES = ("“”", "《》", "「」", "‘’", "（）", "()", "【】")
_OPENING = late("[“《「‘（(【]")
_QUOTE_REACH = 300

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}


class Mark(NamedTuple):
    """A number found: its place among STYLES, its value, how it is written and where."""

    style: int
    value: int
    number: str
    start: int
    end: int


def is_numbered(text: str, at: int) -> bool:
    """Whether a line that begins at `at`, its indent left out, begins with the number of a heading (`一是` is none here)."""
    first = text[at : at + 1]
    match = _LINE_START.match(text, at) if first in _FIRST or first.isdecimal() else None
    return match is not None and not _in_contents(text, match.end())


def spoken_starts(text: str) -> frozenset[int]:
    """Where `一是 … 二是 …` count something."""
    return frozenset(mark.start for mark in _spoken(text))


def marks(text: str) -> list[Mark]:
    """All numbers of headings in the order of the text."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    begun = (match for start in starts if (match := _LINE_START.match(text, start)))
    found = [_mark(match) for match in begun if not _in_contents(text, match.end())]
    return sorted(found + _spoken(text), key=lambda mark: mark.start)


@functools.lru_cache(maxsize=512)  # the same few numbers, thousands of times in a long report
def number_value(written: str) -> int:
    """The value of a numeral up to 999 inside `written`: `二十三` → 23, `12` → 12, `③` → 3; 0 where there is none."""
    if "①" <= written[:1] <= "⑳":
        return ord(written[0]) - ord("①") + 1
    digits = re.search(r"\d+", written)
    if digits:
        return int(digits.group())
    total, digit = 0, 0
    for character in written:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(character, digit)
    return total + digit


def _in_contents(text: str, at: int) -> bool:
    end = text.find("\n", at, at + _LONGEST_ENTRY)
    end = end if end >= 0 else min(at + _LONGEST_ENTRY, len(text))
    if end > at and not (text[end - 1].isdecimal() or text[end - 1].isspace()):
        return False  # nearly every line: a look at its last character says so
    line = text[at:end].rstrip()
    return len(line) < _LONGEST_ENTRY and line[-1:].isdecimal() and bool(_LEADS_TO_PAGE.search(line))


def _mark(match: re.Match[str]) -> Mark:
    name = match.lastgroup if match.lastgroup in STYLES else "spoken"
    number = match[name]
    return Mark(STYLES.index(name), number_value(number), number, match.start(name), match.end())


def _spoken(text: str) -> list[Mark]:
    """`一是 … 二是 …`: kept only as a run that begins with one and goes on, because `一是` alone is ordinary language."""
    runs: list[list[Mark]] = []
    for match in _spoken_matches(text):
        mark = _mark(match)
        if _enclosed(text, mark.start):
            continue
        if mark.value == 1:
            runs.append([mark])
        elif runs and mark.value == runs[-1][-1].value + 1:
            runs[-1].append(mark)
    return [mark for run in runs if len(run) > 1 for mark in run]


def _spoken_matches(text: str) -> Iterator[re.Match[str]]:
    """What may be `一是`: a short number between the beginning of a clause and 是."""
    at = text.find("是")
    while at >= 0:
        start = at
        while start > 0 and text[start - 1] in _HANZI_DIGITS:
            start -= 1
        if start < at and (start == 0 or text[start - 1] in _BEFORE_SPOKEN) and (match := _SPOKEN.match(text, start)):
            yield match
        at = text.find("是", at + 1)


def _enclosed(text: str, at: int) -> bool:
    """Whether a place lies inside a pair of quotation marks or brackets of its paragraph.

    Scraped texts lose quotation marks: a pair counts only if it closes before the next one opens.
    """
    low = max(at - _QUOTE_REACH, text.rfind("\n", 0, at) + 1)
    if not _OPENING.search(text, low, at):
        return False
    high = text.find("\n", at)
    high = min(at + _QUOTE_REACH, len(text) if high < 0 else high)
    for pair in _QUOTES:
        opening, closing = pair[0], pair[1]
        opened, closes = text.rfind(opening, low, at), text.find(closing, at, high)
        if opened < 0 or closes < 0 or text.rfind(closing, low, at) > opened:
            continue
        reopened = text.find(opening, at, high)
        if reopened < 0 or closes < reopened:
            return True
    return False
