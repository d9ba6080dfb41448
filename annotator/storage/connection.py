"""Connections to a project file, and what its first hundred bytes say before SQLite touches it."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

#: Stands at bytes 68 to 71 of every project: "rpAn".
APPLICATION_ID = 0x7270416E
#: How long a statement waits for another process's lock.
BUSY_MS = 5000

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_LOG_HEADER = 32
#: What the log comes to before SQLite brings it into the file: 1,000 pages with their heads, and the last transaction.
_LOG_SIZE = 1_060 * (4096 + 24)
_ZEROS = bytes(256 * 1024)


class Header(NamedTuple):
    """What the head of a file says. `wal`: it was left in WAL mode, not closed by its last writer."""

    size: int
    is_sqlite: bool
    application_id: int
    wal: bool


def read_header(path: Path) -> Header:
    """The header of a file, read as bytes: SQLite is not asked, so nothing can change. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEADER)
        size = path.stat().st_size
    full = len(head) == _HEADER
    return Header(
        size=size,
        is_sqlite=full and head.startswith(_MAGIC),
        application_id=int.from_bytes(head[68:72], "big") if full else 0,
        wal=full and head[18] == 2,
    )


def wal_file(project: Path) -> Path:
    """The write-ahead log beside a project that is open, or was left open."""
    return project.with_name(project.name + "-wal")


def has_wal(project: Path) -> bool:
    """Whether a write-ahead log with something in it lies beside the project, not only the room made for one."""
    try:
        with wal_file(project).open("rb") as log:
            return any(log.read(_LOG_HEADER))
    except OSError:
        return False


def settle_journal(project: Path) -> None:
    """Take back what a killed writer had begun outside the write-ahead log, on its way into or out of WAL mode.

    SQLite does so by itself, but only for a connection that may write: one that may only read fails until then. A
    writer that is alive is not disturbed.
    """
    if not project.with_name(project.name + "-journal").exists():
        return
    conn = connect(project, "rw")
    try:
        conn.execute("SELECT 1 FROM sqlite_master").fetchone()
    finally:
        conn.close()


def connect(path: Path, mode: str, *, immutable: bool = False) -> sqlite3.Connection:
    """A connection of `mode` ro, rw or rwc, without Python's own transactions; it stays in its thread."""
    uri = f"{path.as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    conn = sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=512)
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA synchronous = FULL")
    return conn


def use_wal(conn: sqlite3.Connection) -> None:
    """Write ahead: readers are never held up, and a commit is one sync."""
    conn.execute("PRAGMA journal_mode = WAL")


def keep_savepoints_in_memory(conn: sqlite3.Connection) -> None:
    """What a savepoint needs to take its part back stays in memory: as a file it is most of what an import writes.

    Not for migrations, whose indexes over whole tables are sorted in the same place.
    """
    conn.execute("PRAGMA temp_store = MEMORY")


def make_room(conn: sqlite3.Connection, project: Path) -> None:
    """Give the write-ahead log at once the size that it grows to.

    A commit that makes a file longer waits twice as long for the disk as one that writes over what is there, and each
    opening begins with an empty log. SQLite takes zeros for the end of the log. While they are written the write lock
    is held, so that nobody adds to the log; where the disk has no room the log is left as it was.
    """
    conn.execute("BEGIN IMMEDIATE")
    try:
        with wal_file(project).open("r+b", buffering=0) as log:
            before = size = log.seek(0, os.SEEK_END)
            try:
                while size < _LOG_SIZE:
                    size += log.write(_ZEROS)
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                    raise
                log.truncate(before)
    finally:
        conn.execute("ROLLBACK")


def leave_wal(conn: sqlite3.Connection) -> bool:
    """Bring everything into the one file.

    False where another connection (a reader elsewhere) still holds it, or where the disk has no room for what the log
    holds: the log then stays beside the file with all of it, and the next opening takes it in.
    """
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(conn.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL):
            return False
        raise
