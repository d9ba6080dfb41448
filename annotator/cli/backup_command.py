"""`annotator backup PROJECT [OUT]`: a whole and consistent copy, also while the project is open elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.shared import PATH, project_argument
from annotator.messages import _
from annotator.storage import Store


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "backup",
        callback=_backup,
        help=_("Copy a project, also while a window has it open; without OUT beside it, with the date in its name."),
        params=[project_argument(), click.Argument(["out"], type=PATH, metavar="[OUT]", required=False)],
    )


def _backup(project: Path, out: Path | None) -> None:
    made = Store.backup_of(project, out)
    click.echo(_("A copy was saved as {file}.", file=str(made)))
