"""The errors a person can meet: each renders as one sentence.

A `KnownError` comes from input, disk, a lock or a newer file; whatever else is raised is a bug
and goes to the crash report. The English sentence is the gettext id; parameters stay apart so
that the sentence can be shown in the language of the moment.
"""

from __future__ import annotations

from typing import Any

from annotator.messages import translate


class KnownError(Exception):
    """An error with a sentence for the person: what happened, what was kept, what to do.

    `message` is an English text with `{named}` places, marked for translation with `N_`.
    """

    def __init__(self, message: str, /, **params: Any) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return translate(self.message, **self.params)


class InputError(KnownError):
    """Something handed in cannot be used: a file, a line, an option, a value."""


class ValidationError(InputError):
    """A span, attribute or relation breaks a rule of the domain or of the label schema."""


class ConflictError(KnownError):
    """A row is no longer what the change expects: somebody else changed it since."""


class ProjectError(KnownError):
    """A project file cannot be opened, read or written."""


class NotAProjectError(ProjectError):
    """The file is not a project of this program."""


class NewerProjectError(ProjectError):
    """The project was made by a newer version of the program."""


class LockedError(ProjectError):
    """Another process holds the project for writing; params name the holder."""


class ReadOnlyError(ProjectError):
    """The project or its place cannot be written."""


class DiskError(ProjectError):
    """The disk is full or failed."""


class Cancelled(Exception):
    """The person stopped a job. Whatever was finished stays."""
