"""What a reader hands out and what a writer is: the two contracts every format keeps.

A reader yields one `Item` a report, good or bad, and never raises for bad input. A writer is given
reports and a path of its own to write to; where that file goes in the end is not its business.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from annotator.domain.changes import Wording
from annotator.domain.errors import KnownError
from annotator.domain.report import Report
from annotator.messages import N_

if TYPE_CHECKING:
    from annotator.domain.site_rule import SiteRule

#: A text longer than this, in bytes, is no report.
MAX_TEXT_BYTES = 20 * 1024 * 1024


class Item(NamedTuple):
    """One report of a file, or why there is none.

    `line` counts from 1 and is None where the whole file is meant. `notes` say what was changed on
    the way in; the report comes in all the same. `position` is how many bytes of the file have been read.
    """

    file: str
    line: int | None = None
    report: Report | None = None
    problem: KnownError | None = None
    notes: tuple[Wording, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person may choose about reading.

    `encoding` overrides what is found out. Of a table, `columns` says what a column is ("text", "id" or a field of the
    metadata; a column that is not named keeps its name as a field) and `sheet` which one is read; without them the
    reader proposes. `site_rules` are what a person taught about the furniture of sites.
    """

    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    site_rules: tuple[SiteRule, ...] = ()


#: What a reader gets where nothing was chosen.
AS_FOUND = ReadOptions()


def shown(path: Path | str) -> str:
    """A path as text that can be stored and printed: bytes of another encoding in it become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


class MismatchError(KnownError):
    """What was read back is not what was written; the export is not done."""


class FormatMissingError(KnownError):
    """A format needs a library that is not installed; the sentence names the extra."""


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What a person may choose where a format cannot hold everything.

    `ents` are the labels of `doc.ents`, `policy` the flat choice among them, `whole` keeps page
    furniture in the text, `schema` names all labels in the schema's order.
    """

    ents: Sequence[str] = ("INSTITUTION", "INDICATOR")
    policy: str = "longest"
    whole: bool = False
    schema: Sequence[str] = ()


class Writer(Protocol):
    """Takes reports one by one; nothing counts as written before `close` has returned.

    `check_seconds` is the time that reading back took, which `close` and `add` contain.
    """

    check_seconds: float

    def add(self, report: Report) -> None:
        """Write one report. Raises OSError where the disk refuses."""

    def close(self) -> None:
        """Write what is left, wait for the disk, read back; raises MismatchError where it differs."""

    def abort(self) -> None:
        """Let go of open files; what was written is worth nothing."""


def mismatch(title: str) -> MismatchError:
    """The error for a report that reads back different from what was written."""
    return MismatchError(
        N_("“{title}” reads back differently from what was written, so the export was given up; nothing was replaced."),
        title=title,
    )
