"""`annotator import PROJECT PATH...`: reports into a project."""

from __future__ import annotations

import json
from pathlib import Path

import click

from annotator.cli import DONE, FAILED
from annotator.cli.shared import PATH, TerminalProgress, echo_line, project_argument, writing
from annotator.messages import _
from annotator.services.import_options import LINK, NEAR_CHOICES, ImportOptions
from annotator.services.import_result import Entry, ImportResult
from annotator.services.importing import import_formats, import_paths
from annotator.services.replacing import check_target, write_text

#: Without a window nobody waits for a turn.
_BATCH_MS = 500
#: More lines than this of one kind are only in the report file.
_SHOWN = 200


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "import",
        callback=_import,
        help=_(
            "Import web pages, Word, PDF, tables, ZIP, text and JSON Lines files, and folders of them."
            " Known texts are not added again."
        ),
        params=[
            project_argument(),
            click.Argument(["paths"], type=PATH, metavar="PATH...", nargs=-1, required=True),
            click.Option(
                ["--format"],
                type=click.Choice(list(import_formats())),
                help=_("The files' format; otherwise their ending and content decide."),
            ),
            click.Option(["--encoding"], metavar="NAME", help=_("The files' encoding; otherwise it is found out.")),
            click.Option(
                ["--column", "columns"],
                multiple=True,
                metavar="ROLE=NAME",
                callback=_roles,
                help=_(
                    "Which column of a table is the text, the id or a field such as title, date or url; may be given"
                    " several times. Without a role (=NAME) the column is left out. Otherwise the names decide."
                ),
            ),
            click.Option(["--sheet"], metavar="NAME", help=_("Which sheet of a workbook to read.")),
            click.Option(
                ["--near-duplicates", "near"],
                type=click.Choice(NEAR_CHOICES),
                default=LINK,
                show_default=True,
                help=_(
                    "Reports whose body the project has with other furniture, or nearly: link notes them as further"
                    " sources of the known reports, add brings them in, skip only lists them."
                ),
            ),
            click.Option(
                ["--annotator"], metavar="NAME", help=_("Whose the spans are that name nobody; otherwise yours.")
            ),
            click.Option(
                ["--replace"],
                is_flag=True,
                help=_("Replace annotation sets that are there by those of the files; undo brings them back."),
            ),
            click.Option(
                ["--report", "report_file"], type=PATH, metavar="FILE.json", help=_("Write what happened to a file.")
            ),
        ],
    )


def _import(
    project: Path,
    paths: tuple[Path, ...],
    format: str | None,
    encoding: str | None,
    columns: dict[str, str],
    sheet: str | None,
    near: str,
    annotator: str | None,
    replace: bool,
    report_file: Path | None,
) -> int:
    if report_file is not None:
        check_target(report_file, folder=False, project=project)
    progress = TerminalProgress()
    options = ImportOptions(format, encoding, annotator, replace, near, columns, sheet)
    with writing(project) as (store, me):
        try:
            result = import_paths(store, me.uid, paths, options, progress, batch_ms=_BATCH_MS)
        finally:
            progress.close()
    _say(result)
    if report_file is not None:
        write_text(report_file, json.dumps(result.as_dict(), ensure_ascii=False, indent=1) + "\n")
    return FAILED if result.failed or result.cancelled else DONE


def _roles(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """The role of each column named."""
    roles = {}
    for value in values:
        role, equals, name = value.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(_("“{value}” is no ROLE=NAME, as in text=正文.", value=value))
        roles[name.strip()] = role.strip()
    return roles


def _say(result: ImportResult) -> None:
    """What came in to standard output; what did not, and what needs a look, to standard error."""
    _list(_("Known already"), result.known)
    _list(_("Near duplicates"), result.near)
    _list(_("Left untouched"), result.kept)
    _list(_("To be looked at"), result.notes)
    _list(_("Not imported"), result.failed)
    click.echo(_("{n} reports imported with {spans} spans.", n=result.added, spans=result.spans))
    if result.sets_added or result.sets_replaced:
        added, replaced = result.sets_added, result.sets_replaced
        words = _(
            "Annotation sets on known reports: {added} added, {replaced} replaced.", added=added, replaced=replaced
        )
        click.echo(words)
    if result.labels or result.relations:
        names = ", ".join([*result.labels, *result.relations])
        click.echo(_("The label schema has grown by: {names}.", names=names))
    if not result.files:
        click.echo(_("No files were found there."), err=True)
    if result.linked:
        click.echo(_("{n} further sources noted with known reports.", n=result.linked))
    if result.cancelled:
        click.echo(_("The import was stopped; what is counted here is kept."), err=True)


def _list(title: str, entries: list[Entry]) -> None:
    if not entries:
        return
    click.echo(f"{title} ({len(entries)}):", err=True)
    for entry in entries[:_SHOWN]:
        echo_line(f"  {entry}", err=True)
    if len(entries) > _SHOWN:
        click.echo("  " + _("and {n} more; --report FILE.json lists all", n=len(entries) - _SHOWN), err=True)
