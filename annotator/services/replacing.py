"""Files that are there whole or not at all: written beside their place, then moved into it.

Where the place is a symbolic link, what it leads to is replaced, and the link stays: `through_links` first.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.domain.errors import DiskError, InputError, KnownError, ReadOnlyError
from annotator.messages import N_
from annotator.storage.filesystem import through_links

__all__ = [
    "check_spared",
    "check_target",
    "move_file",
    "move_folder",
    "prepare_text",
    "remove",
    "sentences",
    "temporary_for",
    "through_links",
    "write_text",
]


def temporary_for(target: Path) -> Path:
    """A path beside `target`, so that moving it there is one step of the file system."""
    return target.with_name(f".{target.name}.{os.getpid()}.part")


@contextmanager
def sentences(target: Path) -> Iterator[None]:
    """Raise what the file system refuses inside as a KnownError that names the target."""
    try:
        yield
    except OSError as error:
        raise known(error, target) from error


def known(error: OSError, target: Path) -> KnownError:
    """The sentence for a file that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskError(N_("The disk is full: {name} was not written; make room and try again."), name=target.name)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyError(N_("{name} cannot be written here; choose another place."), name=str(target))
    reason = error.strerror or str(error)
    return DiskError(N_("{name} could not be written ({reason})."), name=target.name, reason=reason)


def check_target(target: Path, *, folder: bool, project: Path) -> None:
    """Raise InputError for a place that cannot take the file (or folder) at all, and for the project's own file."""
    through_links(target)
    if not folder:
        check_spared(target, project)
    if not target.parent.is_dir():
        raise InputError(
            N_("There is no folder {folder}. Nothing was written; make it first."), folder=str(target.parent)
        )
    if not folder and target.is_dir():
        raise InputError(N_("{name} is a folder; name a file. Nothing was written."), name=str(target))
    if folder and target.exists() and not target.is_dir():
        raise InputError(N_("{name} is a file, not a folder. Nothing was written."), name=str(target))


def check_spared(target: Path, project: Path) -> None:
    """Raise InputError for what nothing may take the place of: the project, a device, a pipe."""
    if _belongs_to(target, project):
        raise InputError(N_("{name} is the project itself; name another file. Nothing was written."), name=str(target))
    if target.exists() and not target.is_file() and not target.is_dir():
        raise InputError(N_("{name} is no ordinary file; name another one. Nothing was written."), name=str(target))


def _belongs_to(target: Path, project: Path) -> bool:
    """Whether a path is the project's file under any name, or a file that stands beside it while it is open."""
    if target.exists() and project.exists() and target.samefile(project):
        return True
    beside = {Path(f"{os.path.realpath(project)}{suffix}") for suffix in ("-wal", "-shm", "-journal", ".lock")}
    return Path(os.path.realpath(target)) in beside


def move_file(temporary: Path, target: Path) -> None:
    """Put a finished file in its place, durably."""
    temporary.replace(target)
    _sync_folder(target.parent)


def move_folder(temporary: Path, target: Path, stale: str) -> None:
    """Put the files of a finished folder in their places; of an earlier export, files like `stale` go.

    Whatever else lies in the target folder stays.
    """
    if not target.exists():
        temporary.rename(target)
    else:
        made = sorted(temporary.iterdir())
        for file in made:
            file.replace(target / file.name)
        for old in set(target.glob(stale)) - {target / file.name for file in made}:
            old.unlink()
        temporary.rmdir()
    _sync_folder(target.parent)


def write_text(target: Path, text: str) -> None:
    """Write a small file whole or not at all. Raises KnownError."""
    place = through_links(target)
    with sentences(target):
        temporary = prepare_text(place, text)
        try:
            move_file(temporary, place)
        finally:
            remove(temporary)


def prepare_text(target: Path, text: str) -> Path:
    """Write a small file beside its place, durably; `move_file` puts it there. Raises OSError."""
    temporary = temporary_for(target)
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        remove(temporary)
        raise
    return temporary


def remove(temporary: Path) -> None:
    """Take away what was not moved into place."""
    if temporary.is_dir():
        shutil.rmtree(temporary, ignore_errors=True)
    else:
        with suppress(OSError):
            temporary.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a renaming durable; where folders cannot be opened (Windows) the system sees to it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
