"""`annotator`: alone chooses between the window and the command line.

A first argument that is no command's name is the project to open. Neither click nor a format is
imported on the way to the window, nor Qt on the way to a command.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from annotator.cli import COMMANDS, DONE, FAILED, WRONG_USAGE
from annotator.messages import LANGUAGES, _, set_language

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class _Arguments:
    """What was asked for: a command's name with its arguments, or the window."""

    command: list[str] | None = None
    project: str | None = None
    sample: bool = False
    annotator: str | None = None
    language: str = ""
    show: str = ""
    error: str = ""


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    if getattr(sys, "frozen", False):
        # In a frozen bundle the helper process is this program started again: it must turn off here.
        import multiprocessing

        multiprocessing.freeze_support()
    asked = _parse(sys.argv[1:] if arguments is None else arguments)
    if asked.language:
        os.environ["ANNOTATOR_LANG"] = asked.language
        set_language(asked.language)
    if asked.error:
        return _say(asked.error, WRONG_USAGE)
    if asked.command is not None or asked.show:
        from annotator.cli.main import run

        return run([asked.show] if asked.show else asked.command or [])
    return _window(asked)


def _parse(arguments: list[str]) -> _Arguments:
    """The arguments by hand: an argument parser costs a tenth of the window's start."""
    asked = _Arguments()
    rest = list(arguments)
    only_names = False
    while rest:
        argument = rest.pop(0)
        name, equals, value = argument.partition("=")
        if only_names or not argument.startswith("-") or argument == "-":
            if asked.project is None and not only_names and argument in COMMANDS:
                asked.command = [argument, *rest]
                return asked
            _take_project(asked, argument)
        elif argument == "--":
            only_names = True
        elif argument in ("--help", "--version"):
            asked.show = argument
        elif argument == "--sample":
            asked.sample = True
        elif name in ("--annotator", "--lang"):
            _take_value(asked, name, value if equals else rest.pop(0) if rest else None)
        else:
            asked.error = asked.error or _("There is no option {name}. Try annotator --help.", name=name)
    if asked.sample and asked.project is not None:
        asked.error = asked.error or _("Name a project or ask for the sample, not both.")
    return asked


def _take_project(asked: _Arguments, argument: str) -> None:
    if asked.project is not None:
        asked.error = asked.error or _(
            "The window opens one project at a time: {first} or {second}?", first=asked.project, second=argument
        )
    asked.project = argument


def _take_value(asked: _Arguments, name: str, value: str | None) -> None:
    if not value:
        asked.error = asked.error or _("The option {name} needs a value.", name=name)
    elif name == "--annotator":
        asked.annotator = value
    elif value in LANGUAGES or value in ("zh", "zh-CN"):
        asked.language = "en" if value == "en" else "zh_CN"
    else:
        asked.error = asked.error or _("There is no language {name}; there are zh_CN and en.", name=value)


def _window(asked: _Arguments) -> int:
    """Open the window, or say in one sentence why there can be none."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _DISPLAYS):
        return _say(
            _(
                "There is no display to open a window on. Start the program in a desktop session, or use its "
                "commands (annotator --help)."
            ),
            FAILED,
        )
    gc.disable()  # till after the first paint, see `annotator.ui.app.collect_again`
    try:
        from annotator.ui.app import run
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("PySide6", "shiboken6") and "lib" not in str(error):
            raise
        return _say(_("The window cannot be opened, a part of the system is missing: {reason}", reason=error), FAILED)
    project = None if asked.project is None else Path(asked.project)
    return run(project, sample=asked.sample, annotator=asked.annotator, language=asked.language)


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


__all__ = ["DONE", "main"]

if __name__ == "__main__":
    raise SystemExit(main())
