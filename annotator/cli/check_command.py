"""`annotator check PROJECT|FILE`: numbers against each other, and spans that look wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import click

from annotator.cli import DONE, FAILED
from annotator.cli.shared import PATH, TerminalProgress, is_project, json_option, reading, write_json
from annotator.domain.schema import LabelSchema
from annotator.messages import N_, _
from annotator.services.project_checks import Checked, Lookthrough, report_findings
from annotator.services.reading_files import readings
from annotator.services.session import default_schema, read_schema

_VERDICTS = {"agrees": N_("agrees"), "rounding": N_("cut off, not rounded"), "disagrees": N_("disagrees")}


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "check",
        callback=_check,
        help=_(
            "Check the numbers of reports against each other, and spans for what looks wrong: of a project, or of a "
            "file in any format that is read, with the spans that JSON Lines bring. Findings are no failure: the exit "
            "code is 0."
        ),
        params=[
            click.Argument(["path"], type=PATH, metavar="PROJECT|FILE"),
            click.Option(["--all", "everything"], is_flag=True, help=_("Findings that people dismissed too.")),
            click.Option(
                ["--schema"],
                type=PATH,
                metavar="FILE.json",
                help=_("The label schema of a file's spans; otherwise the default one. A project has its own."),
            ),
            json_option(),
        ],
    )


def _check(path: Path, everything: bool, schema: Path | None, as_json: bool) -> int:
    if is_project(path):
        if schema is not None:
            raise click.UsageError(_("A project has its own label schema; --schema is for a file."))
        _print(list(_of_project(path)), everything, as_json)
        return DONE
    found, failed = _of_file(path, default_schema() if schema is None else read_schema(schema))
    if found is not None:
        _print(found, everything, as_json)
    for sentence in failed:
        click.echo(sentence, err=True)
    return FAILED if failed else DONE


def _print(found: list[Checked], everything: bool, as_json: bool) -> None:
    if not everything:
        found = [finding for finding in found if finding.dismissed is None]
    if as_json:
        write_json([finding.as_json() for finding in found])
    else:
        _show(found)


def _of_project(path: Path) -> Iterator[Checked]:
    progress = TerminalProgress()
    with reading(path) as store:
        looked = Lookthrough(store)
        for found in looked.findings(progress):
            yield from found
    progress.close()
    for sentence in looked.failed:
        click.echo(sentence, err=True)


def _of_file(path: Path, schema: LabelSchema) -> tuple[list[Checked] | None, list[str]]:
    """The findings of the file's reports, None where not one can be read; a sentence for each that cannot."""
    found: list[Checked] = []
    failed: list[str] = []
    read = 0
    with closing(readings([path])) as came:
        for one in came:
            if one.report is None:
                failed.append(_("{file}: {problem}", file=one.place(), problem=one.problem))
            else:
                read += 1
                found += report_findings(one.report, one.place(), schema)
    return (found if read or not failed else None), failed


def _show(found: Iterable[Checked]) -> None:
    """A line for each finding that does not agree, and how many do."""
    agreeing = 0
    for finding in found:
        if finding.verdict == "agrees":
            agreeing += 1
            continue
        place = finding.spans[0]
        click.echo(f"{finding.title}  {place.start}–{place.end}  {finding.kind}  {_told(finding)}".rstrip())
        click.echo(f"    {finding.working.text()}")
        if finding.dismissed is not None:
            click.echo("    " + _("Dismissed: {note}", note=finding.dismissed))
    click.echo(_("{n} statements agree.", n=agreeing))


def _told(finding: Checked) -> str:
    """What the line says of a finding: how numbers compare, or whose spans they are."""
    if finding.is_lint:
        return finding.annotator
    return _("worth a look") if finding.earlier is not None else _(_VERDICTS[finding.verdict])
