"""Quantities against jieba.cut on the same texts: what `quantities.py` measures, as a row."""

from __future__ import annotations

from benchmarks import child
from benchmarks.bench import Bench
from benchmarks.figures import Row, median

FASTER = 2


def figures() -> dict[str, float]:
    """In a process of its own."""
    from benchmarks import quantities

    return quantities.measure()


def measure(bench: Bench) -> list[Row]:
    runs = [child.run("reading_numbers", "figures") for _ in range(bench.runs)]
    ours = median([run["quantities_chars_per_s"] for run in runs])
    words = median([run["jieba_chars_per_s"] for run in runs])
    click = median([run["quantity_at_us"] for run in runs])
    return [
        Row("quantities, against jieba.cut", ours, words, "chars/s", FASTER, at_least=True,
            note=f"the quantity under a click: {click:.0f} µs"),
    ]  # fmt: skip
