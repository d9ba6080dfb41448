"""What the project file looks like: `db/migrations/NNNN_name.sql`, applied in order by sqlite-utils.

Whether a project is up to date is asked with plain SQL: sqlite-utils costs 0.16 s to import, which only creating and
migrating need to pay.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import locations
from annotator.domain.errors import NewerProjectError, ProjectError
from annotator.messages import N_

if TYPE_CHECKING:
    from sqlite_utils import Database

#: The name of our migrations in sqlite-utils' table `_sqlite_migrations`.
SET = "annotator"

_NEWER = N_(
    "{name} was made by a newer version of this program (it knows {unknown}). "
    "Nothing was changed; update the program to open it."
)
_FAILED = N_("The project could not be updated ({migration}: {reason}). It is as it was; a backup was made as well.")
_BROKEN_LINKS = N_("The update {migration} would break links between rows. The project is as it was.")


def files() -> list[Path]:
    """The migrations this program knows, in order."""
    return sorted(locations.migrations().glob("[0-9][0-9][0-9][0-9]_*.sql"))


def applied(conn: sqlite3.Connection) -> list[str]:
    """The names of the migrations that made this file."""
    exists = conn.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'").fetchone()
    if not exists:
        return []
    rows = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (SET,))
    return [name for (name,) in rows]


def pending(conn: sqlite3.Connection, project: Path) -> list[str]:
    """The migrations this file lacks. Raises NewerProjectError where it has one that this program does not know."""
    names = [file.stem for file in files()]
    there = applied(conn)
    unknown = [name for name in there if name not in names]
    if unknown:
        raise NewerProjectError(_NEWER, name=project.name, unknown=", ".join(unknown))
    return [name for name in names if name not in there]


def apply(conn: sqlite3.Connection) -> None:
    """Apply what is pending, each file in one transaction with the record of it; a failing one leaves no trace."""
    from sqlite_utils import Database, Migrations  # late: see above

    migrations = Migrations(SET)
    for file in files():
        migrations(name=file.stem)(_step(file))
    conn.execute("PRAGMA foreign_keys = OFF")  # a migration may rebuild a table that others point to
    try:
        migrations.apply(Database(conn, execute_plugins=False))
    finally:
        conn.execute("PRAGMA foreign_keys = ON")


def _step(file: Path) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        try:
            db.executescript(file.read_text(encoding="utf-8"))
        except sqlite3.Error as error:
            if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_ERROR:
                raise  # the disk, not the statements
            raise ProjectError(_FAILED, migration=file.stem, reason=str(error)) from error
        if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise ProjectError(_BROKEN_LINKS, migration=file.stem)

    return run


def schema_sql(conn: sqlite3.Connection) -> str:
    """The statements that all migrations add up to, in the order of their making: what db/schema.sql holds."""
    rows = conn.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_sqlite%' ESCAPE '\\' "
        "AND tbl_name NOT LIKE '\\_sqlite%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    )
    head = "-- What all migrations add up to. Generated from db/migrations; a test compares. Do not edit.\n\n"
    return head + "\n\n".join(f"{sql};" for (sql,) in rows) + "\n"
