"""The files behind what a person named: files as they are, folders with all that lies in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_in(paths: Iterable[Path], circles: list[Path] | None = None) -> list[Path]:
    """Every file named or lying in a folder named, in order, each once; what does not exist stays in the list.

    In folders hidden files and projects are passed over, links that lead in a circle are followed once; links to
    nothing and folders that cannot be read stay in the list: who reads says why they failed. `circles` gets the links
    to folders that had been walked already.
    """
    return list(found(paths, circles))


def found(paths: Iterable[Path], circles: list[Path] | None = None) -> Iterator[Path]:
    """The same one after the other: who wants only the first need not wait for all."""
    known: set[Path] = set()
    for path in paths:
        for file in _walk(path, [] if circles is None else circles) if path.is_dir() else (path,):
            if file not in known:
                known.add(file)
                yield file


def _walk(folder: Path, circles: list[Path]) -> Iterator[Path]:
    seen: set[tuple[int, int]] = set()
    _is_new(folder, seen)
    unreadable: list[Path] = []
    for place, folders, names in os.walk(
        folder, followlinks=True, onerror=lambda e: unreadable.append(Path(e.filename))
    ):
        yield from unreadable
        unreadable.clear()
        below = [Path(place, name) for name in sorted(folders) if not name.startswith(".")]
        new = [path for path in below if _is_new(path, seen)]
        circles += [path for path in below if path not in new and path.is_symlink()]
        folders[:] = [path.name for path in new]
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and ".annodb" not in name and (path.is_file() or _leads_nowhere(path)):
                yield path
    yield from unreadable


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether this folder, by what it is and not by name, was not walked yet."""
    try:
        status = folder.stat()
    except OSError:  # a link to nothing
        return False
    known = (status.st_dev, status.st_ino)
    if known in seen:
        return False
    seen.add(known)
    return True
