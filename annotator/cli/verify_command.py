"""`annotator verify PROJECT`: integrity, offsets against texts, counters."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli import DONE, FAILED
from annotator.cli.shared import TerminalProgress, json_option, project_argument, reading, write_json
from annotator.messages import _
from annotator.services.verifying import verify


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "verify",
        callback=_verify,
        help=_("Check a project: the file, the offsets of spans, the counters. Ends with 1 where something is wrong."),
        params=[project_argument(), json_option()],
    )


def _verify(project: Path, as_json: bool) -> int:
    progress = TerminalProgress()
    with reading(project) as store:
        try:
            findings = verify(store, progress)
        finally:
            progress.close()
    if as_json:
        write_json(findings)
    else:
        for sentence in findings:
            click.echo(sentence)
        click.echo(_("{n} problems found.", n=len(findings)) if findings else _("Everything is in order."))
    return FAILED if findings else DONE
