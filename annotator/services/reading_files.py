"""What readers make of files, without a project: `readings(files, encoding) -> Generator[Reading]`.

Every file gives at least one reading, good or bad, and none stops the others. Files are read as an import reads them,
in other processes where they may do harm (`services.sources`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.report import Report
from annotator.formats.body import body_text
from annotator.formats.items import Item
from annotator.reading.outline import outline
from annotator.services.import_options import ImportOptions
from annotator.services.paths import found
from annotator.services.reading_process import LIMITS, Limits
from annotator.services.sources import Sources


class Reading(NamedTuple):
    """One report of a file, or in `problem` the sentence that says why there is none."""

    file: str
    line: int | None
    report: Report | None
    problem: str
    notes: tuple[str, ...]
    body: str

    def place(self) -> str:
        """The file, and the line where a file holds several reports."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def left_out(self) -> dict[str, int]:
        """How many ranges of furniture there are and how long they are together."""
        ranges = self.report.furniture if self.report else []
        return {"n": len(ranges), "characters": sum(each.end - each.start for each in ranges)}

    def as_dict(self) -> dict[str, Any]:
        """The reading for programs; offsets are code points of `text`, ends exclusive."""
        report = self.report
        if report is None:
            return {"file": self.file, "problem": self.problem}
        furniture = [(each.start, each.end) for each in report.furniture]
        return {
            "file": self.place(),
            "text": report.text,
            "body": self.body,
            "furniture": [{"start": f.start, "end": f.end, "rule": f.rule} for f in report.furniture],
            "meta": report.meta,
            "encoding": report.encoding,
            "sections": [
                {
                    "level": section.level,
                    "number": section.number,
                    "title": section.title,
                    "start": section.start,
                    "end": section.end,
                }
                for section in outline(report.text, furniture)
            ],
        }


def readings(files: Iterable[Path], encoding: str | None = None, limits: Limits = LIMITS) -> Generator[Reading]:
    """What the reader for each file yields, in the order of the files; of a folder, each file in it.

    Close it where it is not read to its end: it owns processes.
    """
    paths = [file for path in files for file in (found([path]) if path.is_dir() else [path])]
    with Sources(paths, ImportOptions(encoding=encoding), limits) as sources:
        for source in sources:
            yield from (_reading(arrived.item) for arrived in source.items() if arrived is not None)


def _reading(item: Item) -> Reading:
    notes = tuple(note.text() for note in item.notes)
    if item.report is None:
        return Reading(item.file, item.line, None, str(item.problem), notes, "")
    return Reading(item.file, item.line, item.report, "", notes, body_text(item.report).text)
