"""`annotator history PROJECT`: what was done, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from annotator.cli.shared import json_option, project_argument, reading, write_json
from annotator.domain.errors import InputError
from annotator.messages import N_, _
from annotator.services.history import Entry, Mark, entries, entry_words
from annotator.storage import Step, Store

#: Numbers of so many digits are no row's, and too long for the project file.
_DIGITS = 18


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "history",
        callback=_history,
        help=_("List the steps of a project, the newest first."),
        params=[
            project_argument(),
            click.Option(
                ["--report", "report_id"], metavar="ID", help=_("Only steps on this report (its id, or its number).")
            ),
            json_option(),
        ],
    )


def _history(project: Path, report_id: str | None, as_json: bool) -> None:
    with reading(project) as store:
        report = None if report_id is None else _report(store, report_id)
        if as_json:
            write_json([_row(store, entry) for entry in entries(store, report)])
        else:
            for entry in entries(store, report):
                click.echo(_line(store, entry))


def _report(store: Store, given: str) -> int:
    """The row number of a report named by its id or by that number."""
    found = store.reports.find_uid(given)
    number = int(given) if given.isdecimal() and len(given) < _DIGITS else 0
    if found is None and number and store.reports.ids(after=number - 1, limit=1) == [number]:
        found = number
    if found is None:
        raise InputError(N_("There is no report {id} in the project."), id=given)
    return found


def steps(store: Store) -> Iterator[Step]:
    """All steps, newest first."""
    return (entry.step for entry in entries(store))


def _line(store: Store, entry: Entry) -> str:
    step = entry.step
    at = datetime.fromisoformat(step.at).astimezone()
    mark = f" [{entry.mark_words()}]" if entry.mark else ""
    place = "" if step.report is None else " " + _("(report {n})", n=step.report)
    words = entry_words(step, store.schema)
    return f"{step.uid[:8]}  {at:%Y-%m-%d %H:%M:%S}  {step.person_name}  {words}{place}{mark}"


def _row(store: Store, entry: Entry) -> dict[str, object]:
    step = entry.step
    return {
        "id": step.uid,
        "at": step.at,
        "person": step.person_name,
        "kind": step.kind,
        "words": entry_words(step, store.schema),
        "report": step.report,
        "undoes": step.undoes,
        "state": step.state,
        "stands": entry.mark == Mark.STANDS,
    }
