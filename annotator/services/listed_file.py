"""Lists as files that other programs read: a table (CSV) or one JSON object a line, chosen by the file's name.

Knows no list: a row says itself what its cells and its JSON are. A file is there whole or not at all.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO

from annotator.domain.errors import Cancelled, InputError
from annotator.formats.items import shown
from annotator.messages import N_, _
from annotator.services.jobs import Pace, Progress, silent
from annotator.services.replacing import temporary_for, through_links

JSON_LINES = ".jsonl"
#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Listed(Protocol):
    """A row of a list."""

    def cells(self) -> dict[str, Any]:
        """What stands in each column; columns without a value may be missing."""

    def as_json(self) -> dict[str, Any]:
        """The row as a JSON object."""


def write(path: Path, columns: Sequence[str], rows: Sequence[Listed], progress: Progress = silent) -> int:
    """Write the rows and say how many. Raises InputError where the file cannot be written; nothing is left of it then."""
    place = through_links(path)
    beside = temporary_for(place)
    try:
        with beside.open("w", encoding="utf-8-sig" if path.suffix != JSON_LINES else "utf-8", newline="") as stream:
            put = _json_lines(stream) if path.suffix == JSON_LINES else _table(stream, columns)
            for row in _paced(rows, progress):
                put(row)
        beside.replace(place)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise InputError(
            N_("{file} cannot be written: {reason}. Nothing was saved."), file=shown(path), reason=reason
        ) from error
    except Cancelled:
        beside.unlink(missing_ok=True)
        raise
    return len(rows)


def _paced(rows: Sequence[Listed], progress: Progress) -> Iterator[Listed]:
    pace = Pace(progress)
    for done, row in enumerate(rows):
        if pace.due():
            pace.say(done, len(rows), _("writing the list"))
        yield row


def _json_lines(stream: TextIO) -> Any:
    return lambda row: stream.write(json.dumps(row.as_json(), ensure_ascii=False) + "\n")


def _table(stream: TextIO, columns: Sequence[str]) -> Any:
    writer = csv.writer(stream)
    writer.writerow(columns)
    return lambda row: writer.writerow([_cell(row.cells().get(column, "")) for column in columns])


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
