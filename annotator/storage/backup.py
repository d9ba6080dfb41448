"""Copies of a project, through SQLite's own backup: consistent also while the project is open and being written."""

from __future__ import annotations

import errno
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from annotator import locations
from annotator.domain.errors import DiskError, InputError, ReadOnlyError
from annotator.messages import N_
from annotator.storage import connection, filesystem
from annotator.storage.errors import sentences

#: How many automatic backups of one project are kept.
KEPT = 10
_PAGES = 4096

_ITSELF = N_("A backup cannot be written over the project itself. Nothing was changed; name another file.")
_NO_FOLDER = N_("There is no folder {folder}. Nothing was written; make it first or choose another place.")
_NO_FILE = N_("{name} is no ordinary file; name another one. Nothing was written.")
_NOT_HERE = N_("{name} cannot be written here; choose another place.")
_FAILED = N_("The backup {name} could not be written ({reason}). The project is as it was.")


def copy(source: sqlite3.Connection, project: Path, target: Path) -> Path:
    """Write a copy of the open project to `target`, replacing a file that is there; returns its absolute path.

    The copy takes its name only when it is whole; what a link leads to is replaced, not the link. Raises InputError for
    the project itself, a missing folder, a device or pipe, a link to nothing, ReadOnlyError for a folder that cannot be
    written.
    """
    target = filesystem.through_links(Path(os.path.abspath(target)))
    _refuse(project, target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with sentences(target, new=True):
            _write(source, part)
        _sync(part)
        os.replace(part, target)
    except OSError as error:
        raise DiskError(_FAILED, name=target.name, reason=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _refuse(project: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise InputError(_NO_FOLDER, folder=str(target.parent))
    if target == project or (target.exists() and target.samefile(project)):
        raise InputError(_ITSELF)
    if target.exists() and not target.is_file() and not target.is_dir():
        raise InputError(_NO_FILE, name=str(target))
    if not filesystem.can_write(target.parent):
        raise ReadOnlyError(_NOT_HERE, name=str(target))


def _write(source: sqlite3.Connection, part: Path) -> None:
    part.unlink(missing_ok=True)
    copied = sqlite3.connect(part, isolation_level=None)
    try:
        source.backup(copied, pages=_PAGES)
        if not connection.leave_wal(copied):  # the copy starts life as one closed file
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        copied.close()


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def automatic(source: sqlite3.Connection, project: Path, uid: str) -> Path:
    """A dated copy in the person's backup folder, where the newest KEPT of each project stay."""
    folder = locations.backup_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskError(_FAILED, name=str(folder), reason=error.strerror) from error
    date = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S-%f")
    made = copy(source, project, folder / f"{project.stem}-{date}-{uid[:8]}.annodb")
    for old in sorted(folder.glob(f"*-{uid[:8]}.annodb"), key=lambda f: f.stat().st_mtime_ns)[:-KEPT]:
        old.unlink(missing_ok=True)
    return made


def default_target(project: Path) -> Path:
    """Where `annotator backup PROJECT` writes: beside the project, dated."""
    date = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    return project.with_name(f"{project.stem}-{date}{project.suffix}")
