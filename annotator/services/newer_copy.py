"""Reading the file of a newer copy, as an import reads it: in another process, which may hang without harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import InputError
from annotator.domain.report import Report
from annotator.domain.site_rule import SiteRule
from annotator.messages import N_
from annotator.services.import_options import FileOptions
from annotator.services.reading_process import Readers
from annotator.services.reading_worker import Order

_EMPTY = N_("No report was found in {file}; nothing was changed.")
_SEVERAL = N_("{file} holds several reports; nothing was changed. Choose a file with one report.")


class Place(NamedTuple):
    """Where a report stands: a file and how it is read; of several reports in it the one at `line`, or in `packed`.

    `packed` is a file in an archive as readers name it.
    """

    path: Path
    line: int | None = None
    packed: str = ""
    options: FileOptions = FileOptions()

    def holds(self, file: str, line: int | None) -> bool:
        """Whether it is the report at a line of a file, as readers name them."""
        return self.line in (None, line) and self.packed in ("", file)


def read_copy(place: Place, site_rules: tuple[SiteRule, ...] = (), alive: Callable[[], None] = lambda: None) -> Report:
    """The one report that stands at a place; not for the main thread.

    `alive` is called now and then and may raise Cancelled. Raises the KnownError that says why there is none.
    """
    found: list[Report] = []
    order = Order(place.path, place.options.format, place.options.reading(site_rules))
    with Readers([order], processes=1) as readers:
        for arrived in readers.items(0):
            alive()
            if arrived is None or not place.holds(arrived.item.file, arrived.item.line):
                continue
            if arrived.item.problem is not None:
                raise arrived.item.problem
            if arrived.item.report is not None:
                found.append(arrived.item.report)
    if not found:
        raise InputError(_EMPTY, file=place.path.name)
    if len(found) > 1:
        raise InputError(_SEVERAL, file=place.path.name)
    return found[0]
