"""Migrations: what was released never changes, and a project is never left between two versions."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from annotator import locations
from annotator.domain.changes import Wording
from annotator.domain.errors import ProjectError, ReadOnlyError
from annotator.storage import Store, connection, migrations, schema_file
from tests.unit.storage.building import dump

SCHEMA_SQL = schema_file.schema_path()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations to which a test may add."""
    copy = tmp_path / "migrations"
    shutil.copytree(locations.migrations(), copy)
    monkeypatch.setattr(locations, "migrations", lambda: copy)
    return copy


def backups() -> list[Path]:
    return list(locations.backup_folder().glob("*.annodb"))


def test_schema_sql_is_what_all_migrations_add_up_to(store: Store) -> None:
    assert SCHEMA_SQL.read_text(encoding="utf-8") == migrations.schema_sql(store.connection)


def test_schema_sql_makes_the_same_tables(store: Store) -> None:
    conn = sqlite3.connect(":memory:")
    conn.executescript(SCHEMA_SQL.read_text(encoding="utf-8"))
    ours = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%sqlite_%' AND tbl_name NOT LIKE '%sqlite_%'"
    assert set(conn.execute(ours)) == set(store.connection.execute(ours))
    conn.close()


def test_files_are_numbered_without_a_gap_and_listed_with_their_hashes() -> None:
    """A project made by an applied file would differ from a new one, were the file changed: add another instead."""
    files = migrations.files()
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert {file.name: schema_file.file_hash(file) for file in files} == schema_file.listed_hashes()


def test_refreshing_lists_new_files_and_never_changes_a_listed_hash(folder: Path) -> None:
    listed = schema_file.listed_hashes()
    (folder / "9001_new.sql").write_text("CREATE TABLE one (a INTEGER);", encoding="utf-8")
    with (folder / "0001_initial.sql").open("a", encoding="utf-8") as file:
        file.write("-- changed")
    schema_file.refresh()
    assert schema_file.listed_hashes() == {**listed, "9001_new.sql": schema_file.file_hash(folder / "9001_new.sql")}
    assert "CREATE TABLE one" in (folder.parent / "schema.sql").read_text(encoding="utf-8")


def test_a_new_project_has_all_and_nothing_pending(store: Store) -> None:
    assert migrations.applied(store.connection) == [file.stem for file in migrations.files()]
    assert backups() == []


def test_an_older_project_is_backed_up_and_then_migrated(project: Path, folder: Path) -> None:
    before = project.read_bytes()
    (folder / "9001_colour.sql").write_text(
        "ALTER TABLE person ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';", encoding="utf-8"
    )
    with pytest.raises(ReadOnlyError, match="must be updated first"):
        Store.open(project, write=False)
    assert project.read_bytes() == before
    with Store.open(project) as store:
        assert store.connection.execute("SELECT colour FROM person").fetchall() == []
        assert migrations.applied(store.connection)[-1] == "9001_colour"
    (kept,) = backups()
    conn = connection.connect(kept, "ro")
    assert "9001_colour" not in migrations.applied(conn)
    conn.close()
    with Store.open(project):
        assert backups() == [kept]  # once only


def test_a_failing_migration_leaves_the_project_as_it_was(project: Path, folder: Path) -> None:
    with Store.open(project) as store:
        store.people.ensure("11111111-1111-4111-8111-111111111111", "王五")
        before = dump(store, history=True)
        applied = migrations.applied(store.connection)
    (folder / "9001_half.sql").write_text(
        "CREATE TABLE one (a INTEGER);\nINSERT INTO one VALUES (1);\nINSERT INTO nowhere VALUES (1);", encoding="utf-8"
    )
    with pytest.raises(ProjectError, match=r"could not be updated \(9001_half: no such table"):
        Store.open(project)
    assert len(backups()) == 1
    (folder / "9001_half.sql").unlink()
    with Store.open(project) as store:
        assert dump(store, history=True) == before
        assert migrations.applied(store.connection) == applied
        names = [name for (name,) in store.connection.execute("SELECT name FROM sqlite_master")]
        assert "one" not in names


def test_a_migration_that_breaks_links_is_rolled_back(project: Path, folder: Path) -> None:
    with Store.open(project) as store:
        store.people.ensure("11111111-1111-4111-8111-111111111111", "王五")
        store.history.begin_bulk("import", Wording("x"), "11111111-1111-4111-8111-111111111111")
    (folder / "9001_cut.sql").write_text("DELETE FROM person;", encoding="utf-8")
    with pytest.raises(ProjectError, match="break links"):
        Store.open(project)
    (folder / "9001_cut.sql").unlink()
    with Store.open(project) as store:
        assert [p.name for p in store.people.all()] == ["王五"]
