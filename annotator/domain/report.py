"""A report with all that hangs on it, as formats exchange it and storage keeps it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from annotator.domain.question import Question
from annotator.domain.span import Relation, Span


class Status(StrEnum):
    """The state of one annotator's work on one report."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    FLAGGED = "flagged"
    SKIPPED = "skipped"


class Furniture(NamedTuple):
    """A range of the text that is site navigation, a footer, a share bar; `rule` says what found it."""

    uid: str
    start: int
    end: int
    rule: str = ""
    text_version: int = 1


@dataclass(slots=True)
class AnnotationSet:
    """All spans and relations of one annotator on one report. `annotator` is the person's name."""

    annotator: str
    status: str = Status.NEW
    note: str = ""
    gold: bool = False
    spans: list[Span] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    uid: str = ""


@dataclass(slots=True)
class Report:
    """One imported text with its metadata and annotation sets.

    `text` is normalised (`reading.normalise`). `meta` holds what is known about the report
    (title, place, year, date, source, … and any further columns); `title`, `place` and `year` of
    it are columns of the project, so that lists are quick. `original` are the bytes of the file
    where they differ from the text in UTF-8. `foreign_id` is the id of the file it came from where
    that is no UUID; `extra` its unknown keys.
    """

    uid: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    furniture: list[Furniture] = field(default_factory=list)
    sets: list[AnnotationSet] = field(default_factory=list)
    foreign_id: str | int | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    encoding: str = ""
    file_name: str = ""
    original: bytes | None = None
    text_version: int = 1
    questions: list[Question] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What lists show: the title, else the name, else the first words."""
        title = self.meta.get("title") or self.meta.get("name")
        return str(title) if title else self.text.strip().split("\n", 1)[0][:80]

    @property
    def place(self) -> str:
        """Where the issuing body sits, where known."""
        return str(self.meta.get("place") or "")

    @property
    def year(self) -> int | None:
        """The year reported on, where known."""
        try:
            return int(str(self.meta.get("year")))
        except ValueError:
            return None


def text_hash(text: str) -> str:
    """SHA-256 of the normalised text in UTF-8, in hex: two reports are the same text when it is equal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
