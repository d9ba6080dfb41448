"""The counters of pictures and pages that stand before captions: `1/12`, `（2/12）`, one after the other.

A number alone proves nothing: reports hold fractions. What counts up to one whole from line to line is a counter.
"""

from __future__ import annotations

import re
from collections import defaultdict

_COUNTER = re.compile(
    "^[ \t\u3000\xa0]*([（(\\[【]?(\\d{1,3})[ \u3000]?[/／][ \u3000]?(\\d{1,3})(?![\\d/／.%％])[）)\\]】]?[ \t\u3000\xa0]*)",
    re.MULTILINE,
)
#: So many of one whole make a counter.
_FEW = 3


def counters(text: str) -> list[tuple[int, int]]:
    """The ranges of counters at the beginning of lines that count on from one to the next; white space behind them too."""
    if "/" not in text and "／" not in text:
        return []
    runs: dict[int, list[re.Match[str]]] = defaultdict(list)
    found: list[tuple[int, int]] = []
    for match in _COUNTER.finditer(text):
        number, whole = int(match[2]), int(match[3])
        run = runs[whole]
        if not 1 <= number <= whole or whole < _FEW:
            continue
        if run and number != int(run[-1][2]) + 1:
            found += _counted(run)
            run.clear()
        run.append(match)
    for run in runs.values():
        found += _counted(run)
    return sorted(found)


def _counted(run: list[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span(1) for match in run] if len(run) >= _FEW else []
