"""How well what somebody types matches the words of a command: no Qt.

Looks in the words themselves, in their English, and in the initials of their pinyin (`xyj` finds 下一句).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

# The common characters of GB 2312 stand in the order of their pinyin: an initial begins at each of these codes.
_INITIALS = "abcdefghjklmnopqrstwxyz"
_BEGIN = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6,
    0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_END = 0xD7FA


def initials(words: str) -> str:
    """The words with each common Chinese character as the first letter of its pinyin, without spaces."""
    return "".join(_initial(char) for char in words.lower() if not char.isspace())


def score(typed: str, texts: Sequence[str]) -> int | None:
    """How well `typed` matches one of the texts, the smaller the better; None where it does not.

    All typed words must be found in one text: at the start of it, at the start of a word, anywhere, or their letters
    one after the other.
    """
    parts = typed.lower().split()
    scores = [_score(parts, text.lower()) for text in texts]
    return min((s for s in scores if s is not None), default=None)


def _score(parts: Sequence[str], text: str) -> int | None:
    total = 0
    for part in parts:
        one = _of_part(part, text)
        if one is None:
            return None
        total += one
    return total


def _of_part(part: str, text: str) -> int | None:
    at = text.find(part)
    if at == 0:
        return 0
    if at > 0:
        return 1 if not text[at - 1].isalnum() or not text[at].isascii() else 2
    return 10 + len(text) if len(part) > 1 and _in_order(part, text) else None


def _in_order(part: str, text: str) -> bool:
    rest = iter(text)
    return all(char in rest for char in part)


def _initial(char: str) -> str:
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return char
    return _INITIALS[bisect_right(_BEGIN, code) - 1] if _BEGIN[0] <= code < _END else char
