"""What an import came to: counts, and every file or line that needs a word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotator.storage import Step


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or a line of it (from 1; None: the whole file), and what there is to say, in one sentence."""

    file: str
    line: int | None
    title: str
    reason: str

    def row(self) -> dict[str, Any]:
        """As the report file lists it."""
        return {"file": self.file, "line": self.line, "title": self.title, "reason": self.reason}

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        title = f" “{self.title}”" if self.title else ""
        return f"{place}{title}: {self.reason}"


@dataclass(slots=True)
class ImportResult:
    """The outcome of one import. `step` is None where nothing came in.

    `known`: texts that were in the project already. `kept`: annotation sets of the project that were
    not touched though the file brings others. `failed`: files and lines that did not come in.
    `notes`: what was changed or is doubtful in what came in. `cancelled`: the person stopped it;
    everything counted here is kept, each report whole.
    """

    added: int = 0
    spans: int = 0
    sets_added: int = 0
    sets_replaced: int = 0
    known: list[Entry] = field(default_factory=list)
    kept: list[Entry] = field(default_factory=list)
    failed: list[Entry] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    cancelled: bool = False
    step: Step | None = None

    def as_dict(self) -> dict[str, Any]:
        """The result in plain JSON types."""
        return {
            "added": self.added,
            "spans": self.spans,
            "sets_added": self.sets_added,
            "sets_replaced": self.sets_replaced,
            "new_labels": self.labels,
            "new_relations": self.relations,
            "cancelled": self.cancelled,
            "step": self.step.uid if self.step else None,
            "known": [entry.row() for entry in self.known],
            "kept": [entry.row() for entry in self.kept],
            "failed": [entry.row() for entry in self.failed],
            "notes": [entry.row() for entry in self.notes],
        }
