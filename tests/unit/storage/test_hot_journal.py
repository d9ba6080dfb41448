"""A writer that was killed on its way into or out of WAL mode leaves a journal: the project opens as it was before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.storage import Store

#: Changes the file in part, its old pages in the journal, and dies.
HALF_WRITE = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
db.execute("PRAGMA cache_size = 1")
db.execute("PRAGMA cache_spill = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE label SET name = 'half written ' || id, definition = json_object('x', hex(zeroblob(20000)))")
db.execute("DELETE FROM project")
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def half_written(project: Path) -> Path:
    before = project.read_bytes()
    subprocess.run([sys.executable, "-c", HALF_WRITE, str(project)], check=False)
    assert project.with_name(project.name + "-journal").stat().st_size > 0
    assert project.read_bytes() != before, "nothing had reached the file yet"
    return project


@pytest.mark.parametrize("write", [True, False])
def test_it_opens_as_it_was(half_written: Path, schema, write: bool) -> None:
    with Store.open(half_written, write=write) as store:
        assert [label.name for label in store.schema.labels] == [label.name for label in schema.labels]

    assert [path.name for path in half_written.parent.iterdir()] == [half_written.name]
