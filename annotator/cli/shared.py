"""What several commands need: their common arguments, opening a project, progress on the terminal."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from annotator.domain.errors import InputError
from annotator.formats.items import shown
from annotator.messages import N_, _
from annotator.services.settings import Settings
from annotator.services.wording import left_open
from annotator.storage import Person, Store

PATH = click.Path(path_type=Path)
_SQLITE = b"SQLite format 3\0"


def project_argument() -> click.Argument:
    """The project file."""
    return click.Argument(["project"], type=PATH, metavar="PROJECT")


def json_option() -> click.Option:
    """Output for programs."""
    return click.Option(["--json", "as_json"], is_flag=True, help=_("Write JSON."))


def where_option() -> click.Option:
    """Conditions on the metadata."""
    return click.Option(
        ["--where"],
        metavar="FIELD=VALUE",
        multiple=True,
        help=_("Only reports whose metadata say so, like year=2021; may be given several times."),
    )


def is_project(path: Path) -> bool:
    """Whether a path holds a project, by its first bytes; what is not there is said by whoever opens it.

    Raises InputError for what is neither there nor called a project.
    """
    if path.suffix == ".annodb":
        return True
    if path.exists() and not path.is_file():
        return False  # of a pipe nothing may be read here: it would be missing later
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(N_("{file} cannot be read: {reason}."), file=shown(path), reason=reason) from error


@contextmanager
def reading(path: Path) -> Iterator[Store]:
    """The project, opened for reading: also while a window has it."""
    with Store.open(path, write=False) as store:
        yield store


@contextmanager
def writing(path: Path) -> Iterator[tuple[Store, Person]]:
    """The project, opened for writing, and who works here, entered in it."""
    with Store.open(path, program="annotator") as store:
        if store.recovered:
            click.echo(left_open(path), err=True)
        me = Settings.load().person()
        yield store, store.people.entered(me)


def names(_context: click.Context, _parameter: click.Parameter, value: str | None) -> list[str] | None:
    """A list of names, joined by commas of either width."""
    if value is None:
        return None
    return [name.strip() for name in value.replace("，", ",").split(",") if name.strip()]


def write_json(data: Any) -> None:
    """One JSON document to standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def echo_line(text: str, *, err: bool = False) -> None:
    """One line for people: names of files may hold line breaks, and characters that a terminal obeys."""
    click.echo("".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in text), err=err)


def table(rows: Sequence[tuple[str, object]]) -> None:
    """Names and figures, the figures in one column; a Chinese character is as wide as two others."""
    width = max((_width(name) for name, _value in rows), default=0)
    for name, value in rows:
        click.echo(f"{name}{' ' * (width - _width(name))}  {value}")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class TerminalProgress:
    """Progress on one line of a terminal; on anything else silence."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._length = 0

    def __call__(self, done: int, total: int, words: str) -> None:
        if not self._shown:
            return
        share = f"{done / total:4.0%}  " if total else ""
        line = share + words
        sys.stderr.write("\r" + line + " " * max(0, self._length - _width(line)))
        sys.stderr.flush()
        self._length = _width(line)

    def close(self) -> None:
        """Clear the line."""
        if self._shown and self._length:
            sys.stderr.write("\r" + " " * self._length + "\r")
            sys.stderr.flush()
