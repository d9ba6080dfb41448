"""One writer a project: a lock of the operating system on a file beside it, which says who holds it.

The lock is the system's, the file only its name plate: a process that dies lets go of it, whatever the file still
says. Reading a project needs no lock.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

from annotator.domain.errors import LockedError, ReadOnlyError
from annotator.messages import N_

SUFFIX = ".lock"
#: Far behind the name plate: Windows locks keep others from reading the locked bytes.
_FAR = 0x4000_0000

_HELD = N_(
    "{name} is open for writing elsewhere: {program}, user {user} on {host}, process {pid}, since {since}. "
    "Nothing was changed; close it there, or open it read-only."
)
_NO_LOCK_FILE = N_("{name} lies where nothing can be written ({reason}). Open it read-only, or copy it elsewhere.")


class Holder(TypedDict):
    """Who holds a project for writing."""

    pid: int
    host: str
    user: str
    program: str
    since: str


def lock_file(project: Path) -> Path:
    """The file beside `project` that carries the lock."""
    return project.with_name(project.name + SUFFIX)


class ProjectLock:
    """The writer's lock of one project, held from making this object to `release`."""

    def __init__(self, project: Path, program: str) -> None:
        """Raises LockedError with the holder's name, ReadOnlyError where no lock file can be made."""
        self._project = project
        self._path = lock_file(project)
        self._file: int | None = self._acquire()
        _share(self._file, project)
        _write_holder(self._file, program)

    def _acquire(self) -> int:
        while True:
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
            except OSError as error:
                raise ReadOnlyError(_NO_LOCK_FILE, name=self._project.name, reason=error.strerror) from error
            if not _try_lock(file, self._project):
                holder = read_holder(self._path)
                os.close(file)
                raise LockedError(_HELD, name=self._project.name, **holder)
            if _is_still(file, self._path):
                return file
            os.close(file)  # the last holder removed the file between our opening and locking it

    def release(self) -> None:
        """Let go of the project and take the name plate away. May be called twice."""
        file, self._file = self._file, None
        if file is None:
            return
        if sys.platform == "win32":
            os.close(file)
            _remove(self._path)
        else:
            _remove(self._path)  # while it is still ours, so that nobody else's is removed
            os.close(file)


def _try_lock(file: int, project: Path) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise ReadOnlyError(_NO_LOCK_FILE, name=project.name, reason=error.strerror) from error
    return True


def _is_still(file: int, path: Path) -> bool:
    """Whether `path` still names the open `file`."""
    if sys.platform == "win32":
        return True  # an open file cannot be removed there
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(file)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def _share(file: int, project: Path) -> None:
    """Let those who may write the project take the lock too, should this process die and leave its file."""
    if sys.platform == "win32" or not project.exists():
        return
    try:
        os.fchmod(file, project.stat().st_mode & 0o666)
    except PermissionError:
        return  # left by another person, who shared it so already


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return  # on Windows somebody may have opened it by now; the lock counts, not the file


def _write_holder(file: int, program: str) -> None:
    holder: Holder = {
        "pid": os.getpid(),
        "host": platform.node(),
        "user": _user(),
        "program": program,
        "since": datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M"),
    }
    os.lseek(file, 0, os.SEEK_SET)
    os.ftruncate(file, 0)
    os.write(file, json.dumps(holder, ensure_ascii=False).encode("utf-8"))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def read_holder(path: Path) -> Holder:
    """What a lock file says; unknown parts are "?" (its holder may be about to write it)."""
    try:
        data: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        data = {}
    data = data if isinstance(data, dict) else {}
    return Holder(
        pid=data.get("pid", 0),
        host=str(data.get("host", "?")),
        user=str(data.get("user", "?")),
        program=str(data.get("program", "?")),
        since=str(data.get("since", "?")),
    )
