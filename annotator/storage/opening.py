"""What is looked at before a project is opened: every refusal is a sentence and leaves the file as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain.errors import NotAProjectError, ProjectError, ReadOnlyError
from annotator.messages import N_
from annotator.storage import filesystem, migrations
from annotator.storage.connection import APPLICATION_ID, Header, connect, has_wal, read_header, settle_journal
from annotator.storage.errors import NOT_A_PROJECT

_MISSING = N_("There is no file {path}. Check the name, or make a new project.")
_FOLDER = N_("{name} is a folder, not a project. Choose a project file (*.annodb).")
_UNREADABLE = N_("{name} cannot be read ({reason}). Nothing was changed; check that you may read the file.")
_NO_FILE = N_("{name} is a device, a pipe or the like, not a project. Choose a project file (*.annodb).")
_EMPTY = N_("{name} is an empty file, not a project. Nothing was changed.")
_INCOMPLETE = N_("{name} has lost the tables of a project. Nothing was changed; go on with a backup.")
_NETWORK = N_(
    "{name} lies on a network share, where two people could damage it. Nothing was changed; "
    "copy it to a disk of this computer."
)
_READ_ONLY = N_("{name} is write-protected. Nothing was changed; open it read-only, or copy it elsewhere.")
_READ_ONLY_PLACE = N_(
    "The folder of {name} cannot be written, so no work could be saved there. Nothing was changed; "
    "open it read-only, or copy it elsewhere."
)
_UNFINISHED = N_(
    "{name} was not closed by the program that last wrote it: its newest work lies beside it in {wal}, and this place "
    "cannot be written. Copy both files to one folder where you may write and open the copy there."
)
_OLDER = N_("{name} was made by an older version and must be updated first. Open it once for writing.")
_EXISTS = N_("{name} exists already. Nothing was changed; choose another name.")
_NO_FOLDER = N_("There is no folder {folder}. Make it first, or choose another place.")


def check(path: Path, *, write: bool) -> Header:
    """The header of a file that may be opened. Raises a ProjectError that says why not."""
    header = _header(path)
    _check_content(path, header)
    if filesystem.is_network(path):
        raise ProjectError(_NETWORK, name=path.name)
    _check_place(path, write)
    return header


def check_new(path: Path) -> None:
    """Raise unless a project can be made at `path`."""
    if path.exists():
        raise ProjectError(_EXISTS, name=path.name)
    if not path.parent.is_dir():
        raise ProjectError(_NO_FOLDER, folder=str(path.parent))
    if filesystem.is_network(path):
        raise ProjectError(_NETWORK, name=path.name)
    if not filesystem.can_write(path.parent):
        raise ReadOnlyError(_READ_ONLY_PLACE, name=path.name)


def _header(path: Path) -> Header:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise NotAProjectError(_NO_FILE, name=path.name)  # opening a pipe would wait for whoever writes to it
    try:
        return read_header(path)
    except FileNotFoundError as error:
        raise ProjectError(_MISSING, path=str(path)) from error
    except IsADirectoryError as error:
        raise ProjectError(_FOLDER, name=path.name) from error
    except OSError as error:
        if path.is_dir():  # Windows calls it a missing permission
            raise ProjectError(_FOLDER, name=path.name) from error
        raise ProjectError(_UNREADABLE, name=path.name, reason=error.strerror or str(error)) from error


def _check_content(path: Path, header: Header) -> None:
    if header.size == 0:
        raise NotAProjectError(_EMPTY, name=path.name)
    if not header.is_sqlite or header.application_id != APPLICATION_ID:
        raise NotAProjectError(NOT_A_PROJECT, name=path.name)


def _check_place(path: Path, write: bool) -> None:
    place = filesystem.can_write(path.parent)
    if has_wal(path) and not (place and filesystem.can_write(path)):
        raise ReadOnlyError(_UNFINISHED, name=path.name, wal=path.name + "-wal")
    if write and not filesystem.can_write(path):
        raise ReadOnlyError(_READ_ONLY, name=path.name)
    if write and not place:
        raise ReadOnlyError(_READ_ONLY_PLACE, name=path.name)


def connect_reader(path: Path, header: Header) -> sqlite3.Connection:
    """A connection that only reads a checked file, also while another process writes it."""
    place = filesystem.can_write(path.parent)
    if place and filesystem.can_write(path):
        settle_journal(path)
    return connect(path, "ro", immutable=header.wal and not has_wal(path) and not place)


@contextmanager
def reader(path: Path) -> Iterator[sqlite3.Connection]:
    """The same with all checks, for a project of this version or an older one."""
    conn = connect_reader(path, check(path, write=False))
    try:
        migrations.pending(conn, path)
        check_tables(conn, path)
        yield conn
    finally:
        conn.close()


def check_version(path: Path) -> None:
    """Raise for a project of a newer version, asked through a connection that cannot write a byte of it.

    For whoever holds the lock: without a log beside it the file cannot change, and reading it so leaves no trace.
    """
    journal = path.with_name(path.name + "-journal")
    conn = connect(path, "ro", immutable=not has_wal(path) and not journal.exists())
    try:
        migrations.pending(conn, path)
    finally:
        conn.close()


def check_tables(conn: sqlite3.Connection, path: Path) -> str:
    """The project's uid. Raises where the file has our mark but not our tables."""
    try:
        row = conn.execute("SELECT value FROM project WHERE key = 'uid'").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        row = None  # no such table
    if row is None:
        raise NotAProjectError(_INCOMPLETE, name=path.name)
    return str(row[0])


def refuse_older(path: Path) -> ProjectError:
    """The sentence for a project that must be migrated but was opened read-only."""
    return ReadOnlyError(_OLDER, name=path.name)
