"""`python -m annotator.storage.schema_file`, after writing a migration: refreshes what is generated from all of them.

Writes `db/schema.sql`, and into `db/migrations/SHA256SUMS` the hash of each file that is not listed yet. A listed hash is
never changed: a file that was released stays as it is, and a test says so.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from annotator import locations
from annotator.domain.schema import LabelSchema
from annotator.storage import migrations
from annotator.storage.store import Store

HASHES = "SHA256SUMS"


def schema_path() -> Path:
    """Where the sum of all migrations lies."""
    return locations.migrations().parent / "schema.sql"


def listed_hashes() -> dict[str, str]:
    """The hashes of the migrations by file name, as they were when each was written down."""
    file = locations.migrations() / HASHES
    lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    return {name: digest for digest, name in (line.split() for line in lines)}


def file_hash(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def refresh() -> None:
    """Write the generated files."""
    listed = listed_hashes()
    hashes = {file.name: listed.get(file.name) or file_hash(file) for file in migrations.files()}
    lines = "".join(f"{digest}  {name}\n" for name, digest in hashes.items())
    (locations.migrations() / HASHES).write_text(lines, encoding="ascii")
    with tempfile.TemporaryDirectory() as folder, Store.create(Path(folder) / "new.annodb", LabelSchema()) as store:
        schema_path().write_text(migrations.schema_sql(store.connection), encoding="utf-8")


if __name__ == "__main__":
    refresh()
