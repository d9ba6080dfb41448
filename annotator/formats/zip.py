"""ZIP archives: whatever is in them that can be read, each member as if it were a file of its own.

A member is unpacked to a temporary file with a name of ours, read and deleted before the next: what an archive calls its
members never becomes a path. Sizes are known before anything is unpacked; archives in archives are opened twice deep.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from annotator.domain.errors import InputError, KnownError
from annotator.domain.facts import where_of
from annotator.formats.containers import BROKEN, MAX_ENTRIES, damaged, encrypted, is_bomb
from annotator.formats.items import AS_FOUND, Item, ReadOptions, shown
from annotator.formats.making import MAX_FILE_BYTES, unreadable
from annotator.messages import N_
from annotator.reading.metadata import FILE_NAME

#: Archives in archives that are opened, counted from the outermost.
DEEPEST = 2
#: What all members may unpack to together.
MAX_TOTAL = 4 * 1024**3

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_UNICODE_PATH = 0x7075
_LINK = 0o120000
_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
#: What systems and office programs leave beside the files of a person.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)


@dataclass(slots=True)
class _Budget:
    """What is left to unpack, shared by all archives in one file."""

    size: int = field(default_factory=lambda: MAX_TOTAL)
    entries: int = field(default_factory=lambda: MAX_ENTRIES)


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The items of all members, named `archive.zip/folder/member`; a member that is no report is one with its problem."""
    with tempfile.TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as folder:
        yield from _archive(path, shown(path), options, _Budget(), Path(folder), 0)


def _archive(path: Path, name: str, options: ReadOptions, budget: _Budget, folder: Path, depth: int) -> Iterator[Item]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [entry for entry in archive.infolist() if not entry.is_dir()]
            if not members:
                yield Item(name, problem=InputError(N_("The archive is empty.")))
            for entry in members:
                yield from _member(archive, entry, name, options, budget, folder, depth)
    except BROKEN:
        yield Item(name, problem=damaged())
    except OSError as error:
        yield Item(name, problem=unreadable(error))


def _member(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    options: ReadOptions,
    budget: _Budget,
    folder: Path,
    depth: int,
) -> Iterator[Item]:
    member = member_name(entry)
    if _LITTER.search(member):
        return
    inside = f"{name}/{member}"
    target = folder / f"{depth}{_suffix(member)}"
    try:
        _refuse(entry, budget)
        _unpack(archive, entry, target)
        yield from _read(target, inside, member, options, budget, folder, depth, entry.header_offset)
    except KnownError as problem:
        yield Item(inside, problem=problem, position=entry.header_offset)
    finally:
        target.unlink(missing_ok=True)


def _refuse(entry: zipfile.ZipInfo, budget: _Budget) -> None:
    """Raises InputError for a member that is not to be unpacked."""
    budget.entries -= 1
    budget.size -= entry.file_size
    if entry.flag_bits & _ENCRYPTED:
        raise encrypted()
    if entry.external_attr >> 16 & 0o170000 == _LINK:
        raise InputError(N_("It is a link to another file; links in archives are not followed."))
    if is_bomb(entry) or budget.size < 0 or budget.entries < 0:
        raise InputError(N_("The file would unpack to far more than it is: it was not opened."))
    if entry.file_size > MAX_FILE_BYTES:
        raise InputError(N_("The file is longer than {n} MB; split it."), n=MAX_FILE_BYTES // 1024**2)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """A member as a file of ours. Raises InputError where it is damaged or the disk refuses."""
    try:
        with archive.open(entry) as source, target.open("wb") as stream:
            shutil.copyfileobj(source, stream)
    except BROKEN as error:
        raise damaged() from error
    except OSError as error:
        raise unreadable(error) from error


def _read(
    path: Path, inside: str, member: str, options: ReadOptions, budget: _Budget, folder: Path, depth: int, position: int
) -> Iterator[Item]:
    """The items of an unpacked member under its own name. Raises InputError for a kind that is not read."""
    from annotator.formats.registry import format_of

    found = format_of(path)
    if found.format.name == "zip":
        if depth + 1 >= DEEPEST:
            raise InputError(N_("It is an archive in an archive in an archive; unpack it and import what is in it."))
        yield from _archive(path, inside, options, budget, folder, depth + 1)
        return
    read = found.format.read
    for item in read(path, options) if read is not None else ():
        if item.report is not None:
            _rename(item, member)
            item = item._replace(notes=(*found.notes, *item.notes))
        yield item._replace(file=inside, position=position)


def _rename(item: Item, member: str) -> None:
    """A report of a member bears the member's name, and so does a title that was taken from it."""
    report = item.report
    if report is None:
        return
    report.file_name = PurePosixPath(member).name or member
    if where_of(report.meta).get("title") == FILE_NAME:
        report.meta["title"] = PurePosixPath(report.file_name).stem


def member_name(entry: zipfile.ZipInfo) -> str:
    """A member's name as a person would read it, folders parted by `/`; never a path to anything.

    Without the mark for UTF-8 names are in the system's encoding of whoever packed them: UTF-8 all the same, or GB18030.
    """
    name = _unicode_path(entry) or entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME and not name.isascii():
        name = _decoded(name)
    name = name.replace("\\", "/").partition("\0")[0]
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name).lstrip("/") or "\ufffd"


def _decoded(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(entry: zipfile.ZipInfo) -> str:
    """The name in UTF-8 that some packers put beside the one in their system's encoding."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def _suffix(member: str) -> str:
    suffix = PurePosixPath(member).suffix.lower()
    return suffix if _SAFE_SUFFIX.fullmatch(suffix) else ""
