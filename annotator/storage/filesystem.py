"""What the place of a file allows: whether it is a network share, whether it can be written, what a link points at.

Locks and shared memory do not hold across a network, so a project is never opened there.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from annotator.domain.errors import InputError
from annotator.messages import N_

#: File systems whose locks or shared memory cannot be trusted: shares, and folders lent to a virtual machine.
NETWORK_TYPES = frozenset(
    "nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs smbfs2 ncpfs afs afpfs openafs coda 9p v9fs lustre beegfs ceph gfs gfs2 "
    "ocfs2 glusterfs davfs davfs2 webdav webdavfs ftp vboxsf prl_fs vmhgfs fuse.sshfs sshfs osxfuse.sshfs macfuse.sshfs "
    "fuse.rclone fuse.davfs fuse.davfs2 fuse.glusterfs fuse.ceph fuse.s3fs fuse.gvfsd-fuse fuse.smbnetfs fuse.curlftpfs "
    "fuse.vmhgfs-fuse fuse.juicefs fuse.mfs fuse.google-drive-ocamlfuse".split()
)
_DRIVE_REMOTE = 4

_NOWHERE = N_(
    "{name} is a link to {target}, and there is no such file. "
    "Nothing was written; remove the link or name another file."
)
_ROUND = N_("{name} is a link that leads back to itself. Nothing was written; remove the link or name another file.")


class Mount(NamedTuple):
    """One line of the mount table."""

    point: str
    type: str


def is_network(path: Path, mounts: Sequence[Mount] | None = None) -> bool:
    """Whether `path` lies on a network share; `mounts` is the mount table (the system's own unless given)."""
    if sys.platform == "win32" and mounts is None:
        return _is_network_windows(str(path))
    mount = _mount_of(str(path), mount_table() if mounts is None else mounts)
    return mount is not None and mount.type.lower() in NETWORK_TYPES


def _mount_of(path: str, mounts: Sequence[Mount]) -> Mount | None:
    """The mount that holds `path`: the deepest one; of two at one point, the later lies on top."""
    parts = PurePosixPath(path)
    holding = [m for m in mounts if parts.is_relative_to(m.point)]
    return max(reversed(holding), key=lambda m: len(PurePosixPath(m.point).parts), default=None)


def mount_table() -> list[Mount]:
    """The system's mounts: /proc/mounts on Linux, the output of /sbin/mount elsewhere."""
    try:
        if sys.platform.startswith("linux"):
            return parse_proc_mounts(Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape"))
        return parse_mount_output(_mount_output())
    except OSError:
        return []  # a system that does not tell: SQLite's own locking is then all there is


def _mount_output() -> str:
    import subprocess  # late: only macOS needs it

    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, check=False, timeout=5)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "surrogateescape")


def parse_proc_mounts(text: str) -> list[Mount]:
    """The lines of /proc/mounts; blanks in names are written as octal escapes there."""
    rows = (line.split(" ") for line in text.splitlines())
    return [Mount(_unescape(row[1]), row[2]) for row in rows if len(row) >= 3]


def _unescape(name: str) -> str:
    for escape, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        name = name.replace(escape, char)
    return name


def parse_mount_output(text: str) -> list[Mount]:
    """The lines of macOS's mount: `//user@host/share on /Volumes/share (smbfs, nodev)`."""
    mounts = []
    for line in text.splitlines():
        names, bracket, options = line.rpartition(" (")
        _device, on, point = names.partition(" on ")
        if bracket and on:
            mounts.append(Mount(point, options.rstrip(")").split(",")[0].strip()))
    return mounts


def _is_network_windows(path: str) -> bool:
    drive = os.path.splitdrive(os.path.abspath(path))[0]
    if drive.startswith("\\\\"):
        return not drive.startswith("\\\\?\\") or drive.upper().startswith("\\\\?\\UNC\\")
    return windows_drive_type(drive + "\\") == _DRIVE_REMOTE


def windows_drive_type(root: str) -> int:
    """GetDriveTypeW of a drive's root ("Z:\\"); 4 is a remote drive."""
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))  # type: ignore[attr-defined, unused-ignore]


def can_write(path: Path) -> bool:
    """Whether the system lets this person write `path` (a file or a folder), as far as it can tell beforehand."""
    return os.access(path, os.W_OK)


def through_links(target: Path) -> Path:
    """The file or folder that `target` leads to: what is to be replaced where it is a symbolic link, not the link.

    Raises InputError for a link that leads nowhere, or in a circle.
    """
    if not target.is_symlink():
        return target
    try:
        return Path(os.path.realpath(target, strict=True))
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise InputError(_ROUND, name=str(target)) from error
        raise InputError(_NOWHERE, name=str(target), target=os.readlink(target)) from error
