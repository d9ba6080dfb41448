"""The report view alone against a bare editor: what `report_view.py` measures, as rows."""

from __future__ import annotations

from benchmarks import child
from benchmarks.bench import Bench
from benchmarks.figures import Row


def figures(corpus: str, spans: int) -> dict[str, float]:
    """In a process of its own."""
    from benchmarks import report_view

    return report_view.measure(corpus, spans)


def measure(bench: Bench) -> list[Row]:
    rows = []
    for words, corpus, spans in (
        ("a report, 150 spans", bench.corpus(200 if bench.quick else 1000), 0),
        ("1 MB, 2,000 spans", bench.giant(2_000), 0),
        ("1 MB, 20,000 spans", bench.giant(20_000), 0),
        ("10 MB, 20,000 spans", bench.giant(20_000, 10_000_000), 0),
    )[: 2 if bench.quick else 4]:
        found = child.run("view", "figures", str(corpus), spans, home=bench.home)
        rows += [
            Row(f"view alone, {words}: open", found["open"], found["open_bare"], "ms"),
            Row(f"view alone, {words}: page", found["page"], found["page_bare"], "ms", 1.5),
            Row(f"view alone, {words}: a span more", found["edit"], found["page_bare"], "ms"),
        ]
    return rows
