"""Furniture of plain text on the five shared reports: how much of the body stays and how much furniture is found.

The marks in tests/data/furniture were made by reading the reports; they hold offsets only. White space counts for
nothing. The invented pages beside them are measured too: they were written in many styles of sites.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.reading.furniture import find_furniture
from annotator.reading.normalise import normalise
from benchmarks import raw
from benchmarks.bench import Bench
from benchmarks.figures import Row

DATA = raw.ROOT / "tests" / "data" / "furniture"
REPORTS = raw.ROOT.parent / "shared" / "reports"
KEPT, CAUGHT = 0.999, 0.97

Marked = tuple[str, list[tuple[int, int]]]


def measure(_bench: Bench) -> list[Row]:
    """Characters kept and caught, on the reports (where they lie beside the project) and on the invented pages."""
    rows = list(_rows("the five reports", list(reports()), KEPT, CAUGHT)) if REPORTS.is_dir() else []
    return [*rows, *_rows("invented pages", list(pages()), KEPT, CAUGHT)]


def reports() -> Iterator[Marked]:
    """The shared reports with the marks made by hand. Raises ValueError where a report is another text by now."""
    for file in sorted(DATA.glob("*.json")):
        marks = json.loads(file.read_text(encoding="utf-8"))
        text = normalise((REPORTS / f"{file.stem}.txt").read_text(encoding="utf-8")).text
        if hashlib.sha256(text.encode()).hexdigest() != marks["sha256"]:
            raise ValueError(f"{file.stem} is not the text that was marked")
        yield text, [(start, end) for start, end in marks["furniture"]]


def pages() -> Iterator[Marked]:
    """The invented pages: what stands between ⟦ and ⟧ is furniture."""
    for file in sorted((DATA / "pages").glob("*.txt")):
        text, ranges = "", []
        for part in file.read_text(encoding="utf-8").rstrip("\n").split("⟦"):
            marked, closed, rest = part.partition("⟧")
            if closed:
                ranges.append((len(text), len(text) + len(marked)))
            text += marked + rest
        yield text, ranges


def _rows(what: str, texts: list[Marked], least_kept: float, least_caught: float) -> Iterator[Row]:
    counts = [_counts(text, ranges) for text, ranges in texts]
    kept, body, caught, furniture = (sum(column) for column in zip(*counts))
    note = f"{len(texts)} texts"
    yield Row(f"body kept, {what}", kept, body, "characters", least_kept, at_least=True, note=note)
    yield Row(f"furniture found, {what}", caught, furniture, "characters", least_caught, at_least=True, note=note)


def _counts(text: str, ranges: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    marked = _characters(text, [(one.start, one.end) for one in find_furniture(text)])
    furniture = _characters(text, ranges)
    body = _characters(text, [(0, len(text))]) - furniture
    return len(body - marked), len(body), len(furniture & marked), len(furniture)


def _characters(text: str, ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in ranges for at in range(start, end) if not text[at].isspace()}


if __name__ == "__main__":
    for path, (text, ranges) in zip(sorted(Path(DATA).glob("*.json")), reports()):
        print(path.stem, *_counts(text, ranges))
