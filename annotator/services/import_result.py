"""What an import came to: counts, and every file or line that needs a word."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.messages import N_
from annotator.storage import Step

#: The lists of a result in the order in which they are shown, with their words.
LISTS: dict[str, str] = {
    "failed": N_("Not imported"),
    "near": N_("Near duplicates"),
    "kept": N_("Sets left untouched"),
    "notes": N_("Changed or doubtful"),
    "known": N_("Known already"),
    "read": N_("Imported"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or a line of it (from 1; None: the whole file), and what there is to say, in one sentence.

    `path` is the file on disk where that is not what `file` shows; `report` the row id of the report it is about.
    `spans`: of a near duplicate, whether the known report has spans.
    """

    file: str
    line: int | None
    title: str
    reason: str
    path: str = ""
    report: int | None = None
    spans: bool = False

    @property
    def on_disk(self) -> Path:
        """The file on disk: the archive, where it is about a file in one."""
        return Path(self.path or self.file)

    @property
    def packed(self) -> bool:
        """Whether it is about a file in an archive."""
        return bool(self.path) and self.file.startswith(f"{self.path}/")

    def row(self) -> dict[str, Any]:
        """As the report file lists it."""
        return {"file": self.file, "line": self.line, "title": self.title, "reason": self.reason}

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        title = f" “{self.title}”" if self.title else ""
        return f"{place}{title}: {self.reason}" if self.reason else place + title


@dataclass(slots=True)
class ImportResult:
    """The outcome of one import. `step` is None where nothing came in.

    Everything that was in the files is in exactly one of four lists. `read`: reports that came in. `known`: texts that
    were in the project already. `near`: texts that were not added because the project has nearly the same; `linked` of
    them were noted as further sources of the known reports. `failed`: files and lines that did not come in.
    Besides: `kept`, annotation sets of the project that were not touched though the file brings others; `notes`, what
    was changed or is doubtful in what came in. `files` were named or found, `files_done` of them are read to their end.
    `cancelled`: the person stopped it; everything counted here is kept, each report whole.
    """

    added: int = 0
    spans: int = 0
    sets_added: int = 0
    sets_replaced: int = 0
    linked: int = 0
    files: int = 0
    files_done: int = 0
    read: list[Entry] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)
    near: list[Entry] = field(default_factory=list)
    kept: list[Entry] = field(default_factory=list)
    failed: list[Entry] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    cancelled: bool = False
    step: Step | None = None

    def lists(self) -> dict[str, list[Entry]]:
        """All lists by name, in the order in which they are shown."""
        return {name: getattr(self, name) for name in LISTS}

    def as_dict(self) -> dict[str, Any]:
        """The result in plain JSON types."""
        return {
            "added": self.added,
            "spans": self.spans,
            "sets_added": self.sets_added,
            "sets_replaced": self.sets_replaced,
            "linked": self.linked,
            "files": self.files,
            "files_done": self.files_done,
            "new_labels": self.labels,
            "new_relations": self.relations,
            "cancelled": self.cancelled,
            "step": self.step.uid if self.step else None,
            **{name: [entry.row() for entry in entries] for name, entries in self.lists().items()},
        }

    def as_csv(self) -> str:
        """All lists as one table, a line an entry; a spreadsheet opens it as UTF-8 and takes nothing for a formula."""
        out = io.StringIO()
        out.write("\ufeff")
        writer = csv.writer(out)
        writer.writerow(["list", "file", "line", "title", "reason"])
        writer.writerows(_cells(name, entry) for name, entries in self.lists().items() for entry in entries)
        return out.getvalue()


def _cells(name: str, entry: Entry) -> Iterator[str]:
    for value in (name, entry.file, entry.line, entry.title, entry.reason):
        text = "" if value is None else str(value)
        yield "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
