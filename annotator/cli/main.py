"""The group of commands, and the one place where errors become exit codes."""

from __future__ import annotations

import gettext
import importlib
import os
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

import click

from annotator import __version__, locations
from annotator.cli import COMMANDS, DONE, FAILED, WRONG_USAGE
from annotator.domain.errors import KnownError
from annotator.messages import DOMAIN, _, language, set_language


class Commands(click.Group):
    """Imports a command's module when that command is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Their names, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command, its texts in the language of the moment."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"annotator.cli.{name}_command").command()
        command.short_help = command.help  # unshortened: click would cut a Chinese sentence at its first space
        return command


def group() -> Commands:
    """The whole command line, its texts in the language of the moment."""
    return Commands(
        "annotator",
        help=_("Label measures, institutions and indicators in Chinese government reports."),
        epilog=_(
            "annotator [PROJECT] opens the window; with --sample on the sample project, with --annotator NAME as that "
            "annotator, with --lang zh_CN or en in that language."
        ),
        subcommand_metavar=_("COMMAND …"),
        context_settings=_layout(),
        options_metavar="[--help] [--version] [--lang zh_CN|en]",
        params=[
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=_("Show the version and leave."),
            )
        ],
    )


def _layout() -> dict[str, Any]:
    """Lines for help texts: click counts characters, and a Chinese one is two columns wide."""
    return {"terminal_width": 54} if language() == "zh_CN" else {}


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"annotator {__version__}")
        context.exit(DONE)


def run(arguments: list[str]) -> int:
    """Run a command; returns the exit code. Nothing is raised but SystemExit by the interpreter itself."""
    _prepare()
    try:
        code = group().main(arguments, prog_name="annotator", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except KnownError as error:
        click.echo(str(error), err=True)
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        return FAILED
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain about the pipe once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001 - a bug: the report goes to disk, a sentence to the person
        click.echo(_crashed(error), err=True)
        return FAILED
    return code if isinstance(code, int) else DONE


def _prepare() -> None:
    """Language for our texts and click's; output that never fails over a file name of another encoding."""
    if not os.environ.get("ANNOTATOR_LANG"):
        from annotator.services.settings import Settings

        chosen = Settings.load().get("window.language")
        if chosen:
            set_language(chosen)
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, str(locations.resources() / "translations"))
    gettext.textdomain(DOMAIN)
    for stream in (sys.stdout, sys.stderr):
        _forgiving(stream)


def _forgiving(stream: TextIO | Any) -> None:
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


def _crashed(error: Exception) -> str:
    """Write a crash report, without the values of anything, and say where it lies."""
    at = datetime.now(UTC)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{os.path.basename(f.filename)}:{f.lineno} {f.name}" for f in frames]
    report = [f"annotator {__version__}", f"python {sys.version}", at.isoformat(), *lines, type(error).__name__]
    try:
        folder = locations.crash_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{at:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        path.write_text("\n".join(report) + "\n", encoding="utf-8")
    except OSError:
        return _("The program met an error of its own: {kind} in {place}.", kind=type(error).__name__, place=lines[-1])
    return _("The program met an error of its own; the project is as it was. What happened is in {file}.", file=path)
