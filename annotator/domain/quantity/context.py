"""What stands around a numeral and decides whether it counts anything: titles, slogans, lists, ordinals, telephones."""

from __future__ import annotations

import re

from annotator.domain.quantity import grammar

# Nobody writes a longer title or slogan; the bound keeps the cost of a look back constant.
_TITLE_REACH = 100
_SLOGAN_REACH = 24
_BRACKETS = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_HAN = re.compile(f"[{grammar.HAN}]")
_LETTER = re.compile("[A-Za-zＡ-Ｚａ-ｚ_]")
_START = frozenset("。；;:：!！?？,，、”》)）\n")


def line_start(text: str, at: int, floor: int = 0) -> bool:
    """Whether only white space stands between the start of the line and `at`."""
    before = at - 1
    while before >= floor and at - before < 12 and text[before] in " \t\u00a0\u3000":
        before -= 1
    return before < floor or text[before] == "\n"


def clause_start(text: str, at: int) -> bool:
    """Whether a clause or line begins at `at`."""
    before = at - 1
    if before >= 0 and text[before] in " \u00a0\u3000":
        before -= 1
    return before < 0 or text[before] in _START or line_start(text, at)


def in_title(text: str, start: int, end: int) -> bool:
    """Whether the range lies inside 《》 of its line."""
    low = max(0, start - _TITLE_REACH)
    opened = text.rfind("《", low, start)
    if opened < 0 or text.find("》", opened, start) >= 0 or text.find("\n", opened, start) >= 0:
        return False
    closed = text.find("》", end, end + _TITLE_REACH)
    return closed >= 0 and text.find("\n", end, closed) < 0


def in_slogan(text: str, start: int, end: int, *, figures: bool) -> bool:
    """Whether the range lies inside a short quotation; one that holds nothing but a figure is a figure."""
    low = max(0, start - _SLOGAN_REACH)
    for opening, closing in _BRACKETS.items():
        opened = text.rfind(opening, low, start)
        if opened < 0 or text.find(closing, opened, start) >= 0 or text.find("\n", opened, start) >= 0:
            continue
        closed = text.find(closing, end, opened + _SLOGAN_REACH)
        if closed < 0 or text.find("\n", end, closed) >= 0:
            continue
        return not (figures and opened + 1 == start and closed == end)
    return False


def after_letter(text: str, at: int) -> bool:
    """Whether a letter stands directly before (PM2.5, A4), but for a currency (RMB500万元)."""
    if at == 0 or _LETTER.match(text, at - 1) is None:
        return False
    return text[max(0, at - 3) : at].upper() not in ("RMB", "CNY", "USD", "HKD", "EUR")


def alone(text: str, start: int, end: int) -> bool:
    """Whether neither a Chinese character nor a letter touches the range."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not any(_HAN.match(char) or _LETTER.match(char) for char in (before, after))


def is_list_number(text: str, start: int, end: int) -> bool:
    """`1.` `2、` `（三）` `四是` where a line or a clause begins."""
    after = text[end] if end < len(text) else ""
    before = text[start - 1] if start else "\n"
    if before in "(（" and after in ")）" and after:
        return end - start <= 3
    if not after or end - start > 4 or after not in ".．、)）是,，:：":
        return False
    if after == "是":
        return not text[start].isdecimal() and clause_start(text, start)
    if after in ".．" and text[end + 1 : end + 2].isdecimal():
        return line_start(text, start) and re.match(r"(?:19|20)[0-9]{2}年", text[end + 1 : end + 6]) is not None
    if after in ",，:：":
        return not text[start].isdecimal() and line_start(text, start)
    return line_start(text, start) or (clause_start(text, start) and before not in ",，、")


def look_back(pattern: re.Pattern[str], text: str, at: int, reach: int) -> re.Match[str] | None:
    """The pattern (which ends in `$`) in the `reach` characters before `at`, never across a line end."""
    low = max(0, at - reach)
    return pattern.search(text[low:at]) if at else None
