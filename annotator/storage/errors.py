"""SQLite's errors, turned into sentences in one place.

What a disk, a lock, a permission or a damaged file causes is a KnownError; the rest is a bug and passes through.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

from annotator.domain.errors import (
    ConflictError,
    DiskError,
    InputError,
    KnownError,
    LockedError,
    NotAProjectError,
    ProjectError,
    ReadOnlyError,
)
from annotator.messages import N_

BUSY = N_("{name} is busy: another job is writing to it. Nothing was changed; try again in a moment.")
_FULL = N_(
    "The disk is full: the last change to {name} was not written. All earlier work is kept; make room and retry."
)
_NO_ROOM = N_("The disk is full: {name} was not written; make room and try again.")
_IO = N_("The disk failed while {name} was in use ({reason}). What was shown as done before is kept; check the disk.")
_READ_ONLY = N_("{name} cannot be written. Nothing was changed; copy it to a place where you may write.")
_CANNOT_OPEN = N_("{name} cannot be opened ({reason}). Nothing was changed; check that you may read the file.")
_DAMAGED = N_("{name} is damaged ({reason}). Nothing was changed; go on with a backup and keep the damaged file.")
STILL_RUNNING = N_("“{step}” is still running. Nothing was changed; wait for its end or stop it.")
NOT_A_PROJECT = N_("{name} is not a project of this program. Nothing was changed.")
_FORBIDDEN = N_("The project does not allow this change ({reason}). Nothing was written.")
_UNSTORABLE = N_("A text holds a character that cannot be stored ({reason}). Nothing was written.")

#: Constraints that people meet, by what SQLite says of them.
_CONSTRAINTS = (
    ("report.text_hash", N_("This text is in the project another time. Nothing was written.")),
    ("annotation_set.person_id", N_("This person has another annotation set on the report. Nothing was written.")),
    ("annotation_set.report_id", N_("The report has another gold set. Nothing was written.")),
    ("label.name", N_("There is another label of this name. Nothing was written.")),
    ("label.key", N_("Another label has this key. Nothing was written.")),
    ("relation_type.name", N_("There is another relation of this name. Nothing was written.")),
)

_KINDS: dict[int, tuple[type[KnownError], str]] = {
    sqlite3.SQLITE_BUSY: (LockedError, BUSY),
    sqlite3.SQLITE_LOCKED: (LockedError, BUSY),
    sqlite3.SQLITE_FULL: (DiskError, _FULL),
    sqlite3.SQLITE_IOERR: (DiskError, _IO),
    sqlite3.SQLITE_READONLY: (ReadOnlyError, _READ_ONLY),
    sqlite3.SQLITE_PERM: (ReadOnlyError, _READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (ProjectError, _CANNOT_OPEN),
    sqlite3.SQLITE_CORRUPT: (ProjectError, _DAMAGED),
    sqlite3.SQLITE_NOTADB: (NotAProjectError, NOT_A_PROJECT),
    sqlite3.SQLITE_CONSTRAINT: (ConflictError, _FORBIDDEN),
}


def known(error: sqlite3.Error, path: Path, *, new: bool = False) -> KnownError | None:
    """The sentence for `error`, None where it is a bug of ours; `new` where `path` is only being made."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if new and code & 0xFF == sqlite3.SQLITE_FULL:
        return DiskError(_NO_ROOM, name=path.name)
    kind = _KINDS.get(code & 0xFF)
    for column, sentence in _CONSTRAINTS if code & 0xFF == sqlite3.SQLITE_CONSTRAINT else ():
        if column in str(error):
            return ConflictError(sentence)
    return kind[0](kind[1], name=path.name, reason=str(error)) if kind else None


class sentences:  # noqa: N801 - read as a word: with sentences(path)
    """Raise what SQLite reports inside as a KnownError that names the project, `new` where it is only being made.

    A class, since every save enters it three times and a generator costs four times as much.
    """

    __slots__ = ("_new", "_path")

    def __init__(self, path: Path, *, new: bool = False) -> None:
        self._path, self._new = path, new

    def __enter__(self) -> None:
        """Nothing is done before something fails."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, sqlite3.Error):
            sentence = known(error, self._path, new=self._new)
            if sentence is not None:
                raise sentence from error
        elif isinstance(error, UnicodeEncodeError):
            raise InputError(_UNSTORABLE, reason=error.reason) from error
