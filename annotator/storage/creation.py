"""Making a project: built whole under another name, so that nothing half-made ever carries a project's name."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import annotator
from annotator.domain.errors import DiskError
from annotator.domain.schema import LabelSchema
from annotator.domain.span import new_uid
from annotator.messages import N_
from annotator.storage import connection, migrations, opening
from annotator.storage.errors import sentences
from annotator.storage.labels import write_schema
from annotator.storage.lock import ProjectLock
from annotator.storage.people import now

_FAILED = N_("The project {name} could not be made ({reason}). Nothing was left behind.")


def create(path: Path, schema: LabelSchema, name: str, program: str) -> None:
    """Make the project file `path`, closed. Raises a ProjectError where it cannot be made."""
    opening.check_new(path)
    lock = ProjectLock(path, program)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        opening.check_new(path)  # nobody else made it while we waited
        part.unlink(missing_ok=True)
        with sentences(path, new=True):
            _build(part, schema, name)
        os.replace(part, path)
    except OSError as error:
        raise DiskError(_FAILED, name=path.name, reason=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
        lock.release()


def _build(part: Path, schema: LabelSchema, name: str) -> None:
    conn = connection.connect(part, "rwc")
    try:
        conn.execute(f"PRAGMA application_id = {connection.APPLICATION_ID}")
        migrations.apply(conn)
        conn.execute("BEGIN")
        facts = {
            "uid": new_uid(),
            "name": name,
            "schema_name": schema.name,
            "created": now(),
            "program": annotator.__version__,
        }
        conn.executemany("INSERT INTO project VALUES (?, ?)", facts.items())
        write_schema(conn, schema)
        conn.execute("COMMIT")
    except sqlite3.Error:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    finally:
        conn.close()
