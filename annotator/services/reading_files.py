"""What readers make of files, without a project: `readings(files, encoding) -> Iterator[Reading]`.

Every file gives at least one reading, good or bad, and none stops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.errors import InputError
from annotator.domain.report import Report
from annotator.formats.body import body_text
from annotator.formats.items import Item, ReadOptions, shown
from annotator.formats.registry import reader_of
from annotator.reading.outline import outline
from annotator.services.sources import NOT_PLAIN


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


def readings(files: Iterable[Path], encoding: str | None = None) -> Iterator[Reading]:
    """What the reader for each file yields, in the order of the files."""
    options = ReadOptions(encoding=encoding)
    for path in files:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A pipe would keep us waiting for whoever writes into it.
            yield _reading(Item(shown(path), problem=InputError(NOT_PLAIN)))
            continue
        for item in reader_of(path)(path, options):
            yield _reading(item)


def _reading(item: Item) -> Reading:
    notes = tuple(note.text() for note in item.notes)
    if item.report is None:
        return Reading(item.file, item.line, None, str(item.problem), notes, "")
    return Reading(item.file, item.line, item.report, "", notes, body_text(item.report).text)
