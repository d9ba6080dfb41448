"""`annotator text PATH...`: what a reader makes of each file, without a project."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from annotator.cli import DONE, FAILED
from annotator.cli.shared import PATH, echo_line
from annotator.messages import _
from annotator.services.reading_files import Reading, readings


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "text",
        callback=_text,
        help=_(
            "Show what is read in each file, or in each file of a folder: the body, without page furniture."
            " No project is needed."
        ),
        params=[
            click.Argument(["files"], type=PATH, metavar="PATH...", nargs=-1, required=True),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=_("One JSON object a line: text, body, furniture and more.")
            ),
            click.Option(["--encoding"], metavar="NAME", help=_("The files' encoding; otherwise it is found out.")),
        ],
    )


def _text(files: tuple[Path, ...], as_json: bool, encoding: str | None) -> int:
    failed = False
    with closing(readings(files, encoding)) as found:
        for reading in found:
            if reading.problem:
                _tell(reading, reading.problem)
                failed = True
            elif as_json:
                click.echo(json.dumps(reading.as_dict(), ensure_ascii=False))
                for note in reading.notes:
                    _tell(reading, note)
            else:
                _show(reading)
    return FAILED if failed else DONE


def _tell(reading: Reading, words: str) -> None:
    """What there is to say of a file, beside what is read of it."""
    echo_line(_("{file}: {problem}", file=reading.place(), problem=words), err=True)


def _show(reading: Reading) -> None:
    """For people: facts first, then the body."""
    report, body = reading.report, reading.body
    assert report is not None
    echo_line(f"# {reading.place()}")
    facts = [_("{n} characters", n=len(body))]
    if report.encoding:
        facts.append(report.encoding)
    if report.furniture:
        facts.append(_("{n} ranges of page furniture left out ({characters} characters)", **reading.left_out()))
    click.echo("# " + " · ".join(facts))
    for note in reading.notes:
        echo_line(f"# {note}")
    click.echo(body.rstrip("\n") + "\n")
