"""Figures: medians of alternating runs, and the rows of the table with their gates."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Times = Sequence[float]


@dataclass(frozen=True)
class Row:
    """One line of the table: ours against the raw side of the same run.

    `ratio` is what the gate is about; where `limit` is None the row only informs. `at_least` turns the
    gate round: a share of the raw throughput that must be reached.
    """

    what: str
    ours: float
    raw: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    ratio: float | None = None
    note: str = ""

    @property
    def value(self) -> float:
        """The ratio that is compared with the limit."""
        return self.ratio if self.ratio is not None else self.ours / self.raw

    @property
    def passed(self) -> bool | None:
        """Whether the gate holds; None where there is none."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def gate(self) -> str:
        """The gate in words."""
        return "" if self.limit is None else f"{'≥' if self.at_least else '≤'} {self.limit:g}"


def alternate(runs: int, first: Callable[[], T], second: Callable[[], T]) -> tuple[list[T], list[T]]:
    """Run both in turn, so that whatever else the machine does hits both."""
    pairs = [(first(), second()) for _ in range(runs)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def median(values: Times) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: Times, percent: float) -> float:
    """The value below which `percent` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def shown(value: float, unit: str) -> str:
    """A figure with as many digits as mean something."""
    if value >= 1000:
        return f"{value:,.0f} {unit}"
    return f"{value:.3g} {unit}"


HEAD = ("what", "ours", "raw", "ours ÷ raw", "gate", "", "note")


def cells(row: Row) -> tuple[str, ...]:
    """A row as text."""
    verdict = {True: "pass", False: "**miss**", None: ""}[row.passed]
    ours, raw = shown(row.ours, row.unit), shown(row.raw, row.unit) if row.raw else ""
    return row.what, ours, raw, f"{row.value:.2f}" if row.raw or row.ratio else "", row.gate, verdict, row.note


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [HEAD, ("---",) * len(HEAD), *map(cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
