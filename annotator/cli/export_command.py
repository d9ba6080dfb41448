"""`annotator export PROJECT --format … --out …`: reports out of a project."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.shared import PATH, TerminalProgress, names, project_argument, reading, where_option
from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.exporting import POLICIES, ExportOptions, ExportResult, export, export_formats
from annotator.services.selecting import NO_SET
from annotator.services.status_names import status_name


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "export",
        callback=_export,
        help=_("Export reports with their annotations. What is left behind is listed in a loss file."),
        params=[
            project_argument(),
            click.Option(["--format"], type=click.Choice(list(export_formats())), required=True, help=_("The format.")),
            click.Option(
                ["--out"], type=PATH, metavar="PATH", required=True, help=_("The file, or for spacy also a folder.")
            ),
            click.Option(
                ["--annotator"], metavar="NAME", help=_("Whose annotations; otherwise gold, else the only ones.")
            ),
            click.Option(
                ["--status", "statuses"],
                metavar="LIST",
                callback=names,
                help=_("Statuses, joined by commas; otherwise done for spacy, all for jsonl."),
            ),
            click.Option(["--labels"], metavar="A,B", callback=names, help=_("Only spans of these labels.")),
            click.Option(
                ["--ents"],
                metavar="A,B",
                callback=names,
                help=_("Labels of doc.ents; otherwise INSTITUTION,INDICATOR."),
            ),
            click.Option(
                ["--overlap"],
                type=click.Choice(POLICIES),
                help=_("Which of overlapping spans goes into doc.ents; longest."),
            ),
            click.Option(
                ["--text"],
                type=click.Choice(["body", "whole"]),
                help=_("Without or with page furniture; jsonl: whole."),
            ),
            click.Option(
                ["--looked-at"], is_flag=True, help=_("Leave out what was accepted unseen and nobody has looked at.")
            ),
            where_option(),
            click.Option(["--loss"], type=PATH, metavar="FILE.json", help=_("The loss file; otherwise OUT.loss.json.")),
        ],
    )


def _export(
    project: Path,
    format: str,
    out: Path,
    annotator: str | None,
    statuses: list[str] | None,
    labels: list[str] | None,
    ents: list[str] | None,
    overlap: str | None,
    text: str | None,
    looked_at: bool,
    where: tuple[str, ...],
    loss: Path | None,
) -> None:
    _check_usage(format, statuses, {"--ents": ents, "--overlap": overlap}, text)
    options = ExportOptions(
        format, out, annotator, statuses, labels, ents, overlap or POLICIES[0], text, loss, where, looked_at
    )
    progress = TerminalProgress()
    with reading(project) as store:
        try:
            result = export(store, options, progress)
        finally:
            progress.close()
    _say(result)


def _check_usage(format: str, statuses: list[str] | None, only_spacy: dict[str, object], text: str | None) -> None:
    """Refuse what contradicts itself: exit code 2."""
    unknown = next((s for s in statuses or () if s not in [*Status]), None)
    if unknown is not None:
        raise click.BadParameter(
            _("There is no status “{name}”; there are: {known}.", name=unknown, known=", ".join(Status)),
            param_hint="--status",
        )
    if format != "jsonl":
        return
    given = [name for name, value in only_spacy.items() if value is not None]
    if given:
        raise click.UsageError(_("{option} is for the format spacy.", option=given[0]))
    if text == "body":
        raise click.UsageError(_("The format {name} always holds the whole text.", name=format))


def _say(result: ExportResult) -> None:
    losses = result.losses
    click.echo(
        _("{n} reports with {spans} spans written to {file}.", n=result.reports, spans=result.spans, file=result.out)
    )
    for words, counts in (
        (_("Not in doc.ents: {counts}."), losses.not_in_ents),
        (_("Left out by status: {counts}."), {_status(name): n for name, n in losses.statuses.items()}),
        (_("Left out, other annotators: {counts}."), losses.annotators),
        (_("Left out by label: {counts}."), losses.labels),
    ):
        if counts:
            listed = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
            click.echo(words.format(counts=listed))
    if losses.unseen:
        click.echo(_("Left out, nobody has looked at them: {n} spans.", n=len(losses.unseen)))
    if result.elsewhere:
        click.echo(_("Left out by --where: {n} reports.", n=result.elsewhere))
    if losses.lost:
        click.echo(_("{n} spans are not in the file at all.", n=len(losses.lost)), err=True)
    click.echo(_("What was left behind is listed in {file}.", file=result.loss))


def _status(name: str) -> str:
    return _("no annotations") if name == NO_SET else status_name(name)
