"""The task of the helper process that finds a regular expression in a report.

An expression may take longer than anybody lives: one that gives no sign of life within the limit of its task is ended
with its process, one that goes on finding is stopped after `LONGEST`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from annotator.domain.errors import InputError
from annotator.domain.find import TOO_SLOW, Query, find_expression

LONGEST: Final = 5.0  # seconds in all
_PAUSE: Final = 0.02  # seconds between two looks at the pipe

Payload = tuple[str, Query, list[tuple[int, int]]]


def find(payload: Payload, pulse: Callable[[], None]) -> tuple[bytes, bytes, bool]:
    """Where the expression stands in a text: payload is the text, the query, and the ranges to look through.

    The answer is read by `domain.find.unpacked`. Raises InputError where the expression is none, or too slow.
    """
    begin = last = time.monotonic()

    def look() -> None:
        nonlocal last
        now = time.monotonic()
        if now - begin > LONGEST:
            raise InputError(TOO_SLOW, seconds=LONGEST)
        if now - last > _PAUSE:
            last = now
            pulse()

    text, query, ranges = payload
    return find_expression(text, Query(*query), ranges, look).packed()
