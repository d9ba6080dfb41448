"""`annotator check PROJECT|FILE`: numbers against each other, and spans that look wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from annotator.cli import DONE
from annotator.cli.shared import PATH, TerminalProgress, json_option, reading, write_json
from annotator.domain.errors import InputError
from annotator.formats.items import AS_FOUND, shown
from annotator.formats.registry import reader_of
from annotator.messages import N_, _
from annotator.services.project_checks import Checked, Lookthrough, report_findings

_SQLITE = b"SQLite format 3\0"
_VERDICTS = {"agrees": N_("agrees"), "rounding": N_("cut off, not rounded"), "disagrees": N_("disagrees")}


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "check",
        callback=_check,
        help=_(
            "Check the numbers of a project's reports, or of a text file, against each other, and a project's spans "
            "for what looks wrong. Findings are no failure: the exit code is 0."
        ),
        params=[
            click.Argument(["path"], type=PATH, metavar="PROJECT|FILE"),
            click.Option(["--all", "everything"], is_flag=True, help=_("Findings that people dismissed too.")),
            json_option(),
        ],
    )


def _check(path: Path, everything: bool, as_json: bool) -> int:
    found = list(_of_project(path) if _is_project(path) else _of_file(path))
    if not everything:
        found = [finding for finding in found if finding.dismissed is None]
    if as_json:
        write_json([finding.as_json() for finding in found])
    else:
        _show(found)
    return DONE


def _is_project(path: Path) -> bool:
    """Whether a path holds a project, by its first bytes; what is not there is said by whoever opens it."""
    if path.suffix == ".annodb":
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(N_("{file} cannot be read: {reason}."), file=shown(path), reason=reason) from error


def _of_project(path: Path) -> Iterator[Checked]:
    progress = TerminalProgress()
    with reading(path) as store:
        looked = Lookthrough(store)
        for found in looked.findings(progress):
            yield from found
    progress.close()
    for sentence in looked.failed:
        click.echo(sentence, err=True)


def _of_file(path: Path) -> Iterator[Checked]:
    for item in reader_of(path)(path, AS_FOUND):
        if item.problem is not None:
            raise item.problem
        if item.report is not None:
            yield from report_findings(item.report, item.file)


def _show(found: Iterable[Checked]) -> None:
    """A line for each finding that does not agree, and how many do."""
    agreeing = 0
    for finding in found:
        if finding.verdict == "agrees":
            agreeing += 1
            continue
        place = finding.spans[0]
        told = _("worth a look") if finding.earlier is not None else _(_VERDICTS[finding.verdict])
        click.echo(f"{finding.title}  {place.start}–{place.end}  {finding.kind}  {told}")
        click.echo(f"    {finding.working.text()}")
        if finding.dismissed is not None:
            click.echo("    " + _("Dismissed: {note}", note=finding.dismissed))
    click.echo(_("{n} statements agree.", n=agreeing))
