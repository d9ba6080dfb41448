"""Reading the file of a newer copy, as an import reads it: in another process, which may hang without harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.domain.errors import InputError
from annotator.domain.report import Report
from annotator.domain.site_rule import SiteRule
from annotator.formats.items import ReadOptions
from annotator.messages import N_
from annotator.services.reading_process import Readers
from annotator.services.reading_worker import Order

_EMPTY = N_("No report was found in {file}; nothing was changed.")
_SEVERAL = N_("{file} holds several reports; nothing was changed. Choose a file with one report.")


def read_copy(
    path: Path,
    line: int | None = None,
    site_rules: tuple[SiteRule, ...] = (),
    alive: Callable[[], None] = lambda: None,
) -> Report:
    """The one report of a file, or the one at `line`; not for the main thread.

    `alive` is called now and then and may raise Cancelled. Raises the KnownError that says why there is none.
    """
    found: list[Report] = []
    with Readers([Order(path, None, ReadOptions(site_rules=site_rules))], processes=1) as readers:
        for arrived in readers.items(0):
            alive()
            if arrived is None or (line is not None and arrived.item.line != line):
                continue
            if arrived.item.problem is not None:
                raise arrived.item.problem
            if arrived.item.report is not None:
                found.append(arrived.item.report)
    if not found:
        raise InputError(_EMPTY, file=path.name)
    if len(found) > 1:
        raise InputError(_SEVERAL, file=path.name)
    return found[0]
