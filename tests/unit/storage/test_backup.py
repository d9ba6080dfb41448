"""Copies of an open project: whole, closed, and never over the project itself."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from annotator import locations
from annotator.domain.errors import DiskError, InputError, NewerProjectError, NotAProjectError, ReadOnlyError
from annotator.storage import Store, backup, connection
from tests.unit.storage.building import dump, make_report, span, tag


def test_a_backup_holds_the_last_edit_and_is_one_closed_file(store: Store, bring, zhang, tmp_path: Path) -> None:
    (report,) = bring(make_report(span(0, 2)))
    tag(store, report, zhang, span(3, 5))
    target = store.backup(tmp_path / "copies.annodb")
    assert not connection.read_header(target).wal
    with Store.open(target, write=False) as copy:
        assert dump(copy, history=True) == dump(store, history=True)
        assert copy.uid == store.uid
    tag(store, report, zhang, span(6, 8))  # the project goes on


def test_a_backup_replaces_an_older_one(store: Store, bring, tmp_path: Path) -> None:
    target = tmp_path / "copy.annodb"
    store.backup(target)
    bring(make_report())
    store.backup(target)
    with Store.open(target, write=False) as copy:
        assert len(copy.reports.ids()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.annodb", "project"]


def test_the_project_itself_is_refused_under_any_name(store: Store, project: Path, tmp_path: Path) -> None:
    os.link(project, tmp_path / "linked.annodb")
    (tmp_path / "pointing.annodb").symlink_to(project)
    for target in (
        project,
        project.parent / "." / project.name,
        tmp_path / "linked.annodb",
        tmp_path / "pointing.annodb",
    ):
        with pytest.raises(InputError, match="over the project itself"):
            store.backup(target)


def test_a_backup_to_a_link_replaces_what_it_leads_to(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "copy.annodb").write_bytes(b"before")
    link, nowhere = tmp_path / "link.annodb", tmp_path / "nowhere.annodb"
    link.symlink_to(folder / "copy.annodb")
    assert store.backup(link) == folder / "copy.annodb"
    assert link.is_symlink() and connection.read_header(folder / "copy.annodb").is_sqlite
    nowhere.symlink_to(folder / "none.annodb")
    with pytest.raises(InputError, match="there is no such file"):
        store.backup(nowhere)
    assert [file.name for file in folder.iterdir()] == ["copy.annodb"]


def test_a_missing_folder_and_a_failing_disk_have_their_sentences(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        store.backup(tmp_path / "none" / "a.annodb")

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.os, "replace", fail)
    with pytest.raises(DiskError, match="No space left"):
        store.backup(tmp_path / "a.annodb")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["project"]


def test_a_full_disk_is_said_of_the_file_that_is_made(store: Store, tmp_path: Path, schema, monkeypatch) -> None:
    def full(*_args: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(backup, "_write", full)
    monkeypatch.setattr("annotator.storage.creation._build", full)
    with pytest.raises(DiskError, match=r"copy\.annodb was not written"):
        store.backup(tmp_path / "copy.annodb")
    with pytest.raises(DiskError, match=r"new\.annodb was not written"):
        Store.create(tmp_path / "new.annodb", schema)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["project"]


def test_a_copy_where_nothing_can_be_written_is_refused(store: Store, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("annotator.storage.filesystem.can_write", lambda path: path != tmp_path)
    with pytest.raises(ReadOnlyError, match="another place"):
        store.backup(tmp_path / "copy.annodb")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_copy_does_not_take_the_place_of_a_pipe(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no ordinary file"):
        store.backup(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_automatic_backups_keep_the_newest_of_each_project(store: Store, tmp_path: Path, schema) -> None:
    with Store.create(tmp_path / "测试.annodb", schema) as other:
        kept = backup.automatic(other.connection, other.path, other.uid)
    made = [backup.automatic(store.connection, store.path, store.uid) for _ in range(backup.KEPT + 3)]
    folder = locations.backup_folder()
    assert set(folder.iterdir()) == {kept, *made[3:]}
    assert made[-1].name.startswith("测试-")


def _an_older_version(project: Path) -> None:
    """What the project was like before its last migration."""
    conn = sqlite3.connect(project)
    conn.execute("DELETE FROM _sqlite_migrations WHERE name = (SELECT max(name) FROM _sqlite_migrations)")
    conn.commit()
    conn.close()


def test_a_project_of_an_older_version_is_copied_as_it_is(project: Path, tmp_path: Path) -> None:
    _an_older_version(project)
    before = project.read_bytes()
    with pytest.raises(ReadOnlyError):
        Store.open(project, write=False)
    made = Store.backup_of(project, tmp_path / "copy.annodb")
    assert project.read_bytes() == before and sorted(p.name for p in project.parent.iterdir()) == [project.name]
    copied, original = (sqlite3.connect(file) for file in (made, project))
    assert list(copied.iterdump()) == list(original.iterdump())
    copied.close()
    original.close()
    beside = Store.backup_of(project)
    assert beside.parent == project.parent and beside != project


def test_a_closed_project_and_one_that_is_open_elsewhere_are_copied_alike(store: Store, bring, tmp_path: Path) -> None:
    bring(make_report(span(0, 2)))
    made = Store.backup_of(store.path, tmp_path / "copy.annodb")
    with Store.open(made, write=False) as copy:
        assert dump(copy, history=True) == dump(store, history=True)


def test_what_is_no_project_or_of_a_newer_version_is_refused_by_its_sentence(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.annodb"
    other.write_text("not a project")
    with pytest.raises(InputError):
        Store.backup_of(project, project)
    with pytest.raises(NotAProjectError):
        Store.backup_of(other, tmp_path / "copy.annodb")
    conn = sqlite3.connect(project)
    conn.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('annotator', '9999_x', '')")
    conn.commit()
    conn.close()
    with pytest.raises(NewerProjectError):
        Store.backup_of(project, tmp_path / "copy.annodb")
    assert not (tmp_path / "copy.annodb").exists()
