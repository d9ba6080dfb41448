"""`annotator new PROJECT`: makes a project."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.shared import PATH, project_argument
from annotator.messages import _
from annotator.services.session import default_schema, read_schema
from annotator.storage import Store


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "new",
        callback=_new,
        help=_("Make a new project with the default label schema, or with that of a file."),
        params=[
            project_argument(),
            click.Option(["--schema"], type=PATH, metavar="FILE", help=_("A label schema as JSON.")),
        ],
    )


def _new(project: Path, schema: Path | None) -> None:
    labels = default_schema() if schema is None else read_schema(schema)
    with Store.create(project, labels) as store:
        click.echo(_("{file} was made with {n} labels.", file=str(store.path), n=len(labels.labels)))
