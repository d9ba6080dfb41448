"""Network shares are told by the mount table of each system."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.storage import filesystem
from annotator.storage.filesystem import Mount, is_network, parse_mount_output, parse_proc_mounts

PROC = r"""/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export /srv/nfs nfs4 rw 0 0
//nas/reports /media/My\040Reports cifs rw 0 0
/dev/sdb1 /media/My\040Reports/local ext4 rw 0 0
host: /home/me/far fuse.sshfs rw 0 0
"""
MACOS = """/dev/disk3s1 on / (apfs, sealed, local, read-only)
//me@nas._smb._tcp.local/share on /Volumes/share (smbfs, nodev, nosuid, mounted by me)
afp_0abc on /Volumes/old (on) (afpfs, nodev)
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/me/a.annodb", False),
        ("/srv/nfs/a.annodb", True),
        ("/srv/nfs2/a.annodb", False),
        ("/media/My Reports/a.annodb", True),
        ("/media/My Reports/local/a.annodb", False),
        ("/home/me/far/deep/a.annodb", True),
    ],
)
def test_linux(path: str, network: bool) -> None:
    assert is_network(Path(path), parse_proc_mounts(PROC)) is network


@pytest.mark.parametrize(
    ("path", "network"),
    [("/Users/me/a", False), ("/Volumes/share/a", True), ("/Volumes/old (on)/a", True), ("/Volumes/usb/a", False)],
)
def test_macos(path: str, network: bool) -> None:
    assert is_network(Path(path), parse_mount_output(MACOS)) is network


def test_what_is_mounted_over_a_share_counts() -> None:
    mounts = [Mount("/", "ext4"), Mount("/data", "nfs"), Mount("/data", "ext4")]
    assert not is_network(Path("/data/a"), mounts)


def test_this_systems_own_table_can_be_read(tmp_path: Path) -> None:
    assert not is_network(tmp_path)


@pytest.mark.parametrize(
    ("path", "drive", "network"),
    [("\\\\nas\\share\\a.annodb", 3, True), ("Z:\\a.annodb", 4, True), ("C:\\a.annodb", 3, False)],
)
def test_windows(path: str, drive: int, network: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import ntpath

    monkeypatch.setattr(filesystem.os, "path", ntpath)
    monkeypatch.setattr(filesystem, "windows_drive_type", lambda root: drive if root[1:] == ":\\" else 3)
    assert filesystem._is_network_windows(path) is network
