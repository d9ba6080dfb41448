"""Start to first paint, and memory of the window at rest, against a bare editor window."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks import child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, alternate, median
from benchmarks.started import REST

PAINT, MEMORY = 3, 2


def measure(bench: Bench) -> list[Row]:
    project = bench.copy(bench.project(1000))

    def ours() -> dict[str, float]:
        return dict(child.run("started", "start", time.monotonic(), str(project), home=bench.home))

    ours()  # the first start compiles and fills caches, on both sides
    raw.window("editor")
    us, them = alternate(bench.runs, ours, lambda: raw.window("editor"))
    bare = median([marks["first_paint"] for marks in them])
    painted = median([marks["painted"] for marks in us])
    memory, least = median([marks["rss"] for marks in us]), median([marks["rss_mb"] for marks in them])
    return [
        Row("start to first paint (rows and last report)", painted * 1e3, bare * 1e3, "ms", PAINT,
            note="1,000 reports"),
        Row(f"memory at rest, {REST:g} s after the first paint", memory, least, "MiB", MEMORY,
            note=f"peak {median([marks['peak'] for marks in us]):.0f} MiB"),
    ]  # fmt: skip


def size(path: Path) -> float:
    """Megabytes of a file."""
    return path.stat().st_size / 1e6
