"""What finding furniture hands around: ranges found, and the pieces of text that are judged."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """A range of the text that is furniture: code points, end exclusive; `rule` is a key of `names.NAMES`."""

    start: int
    end: int
    rule: str
