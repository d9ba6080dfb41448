"""What of a selection becomes a span: edges are trimmed before they count.

White space at the edges goes, and ，。；：、！？ in both widths. Brackets and quotation marks stay:
the rule cuts punctuation that separates, and never a mark whose partner is inside; a bracket whose
partner is outside is cut too.
"""

from __future__ import annotations

from typing import Final

_SEPARATORS: Final = frozenset("，。；：、！？,.;:!?､｡")
_PAIRS: Final = {
    "(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕", "{": "}", "｛": "｝", "《": "》", "〈": "〉",
    "「": "」", "『": "』", "“": "”", "‘": "’",
}  # fmt: skip
_OPENERS: Final = frozenset(_PAIRS)
_CLOSERS: Final = {closer: opener for opener, closer in _PAIRS.items()}


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range left of `[start, end)` without edge white space, separators and lone brackets.

    Returns an empty range `(start, start)` when nothing is left.
    """
    while start < end and _goes_at_start(text, start, end):
        start += 1
    while end > start and _goes_at_end(text, start, end):
        end -= 1
    return start, end


def _goes_at_start(text: str, start: int, end: int) -> bool:
    char = text[start]
    if char.isspace() or char in _SEPARATORS or char in _CLOSERS:
        return True
    return char in _OPENERS and _PAIRS[char] not in text[start + 1 : end]


def _goes_at_end(text: str, start: int, end: int) -> bool:
    char = text[end - 1]
    if char.isspace() or char in _SEPARATORS or char in _OPENERS:
        return True
    return char in _CLOSERS and _CLOSERS[char] not in text[start : end - 1]
