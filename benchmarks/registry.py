"""All measures, in the order of the table. A new one is a function in a file of its own and a line here."""

from __future__ import annotations

from benchmarks import (
    exporting,
    furniture,
    growing,
    import_files,
    importing,
    pages,
    reading_numbers,
    replay,
    replay_suggested,
    saving,
    starting,
    suggest,
    suggest_window,
    view,
)
from benchmarks.bench import Bench, Measure
from benchmarks.figures import Row


def _opening(bench: Bench) -> list[Row]:
    from benchmarks import window  # Qt is loaded for these alone

    return window.measure_opening(bench)


def _working(bench: Bench) -> list[Row]:
    from benchmarks import window

    return window.measure_working(bench)


def _reading(bench: Bench) -> list[Row]:
    from benchmarks import reading

    return reading.measure(bench)


def _tag_all(bench: Bench) -> list[Row]:
    from benchmarks import tag_all

    return tag_all.measure(bench)


MEASURES: dict[str, Measure] = {
    "start": starting.measure,
    "open": _opening,
    "work": _working,
    "save": saving.measure,
    "view": view.measure,
    "import": importing.measure,
    "import-window": importing.measure_in_window,
    "jsonl": exporting.measure_lines,
    "docbin": exporting.measure_docbin,
    "quantities": reading_numbers.measure,
    "suggest": suggest.measure,
    "reading": _reading,
    "pages": pages.measure,
    "furniture": furniture.measure,
    "import-files": import_files.measure,
    "tag-all": _tag_all,
    "replay": replay.measure,
    "replay-suggested": replay_suggested.measure,
    "suggest-window": suggest_window.measure,
    "growth": growing.measure,
}
