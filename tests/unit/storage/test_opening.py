"""Each project that cannot be opened has its own sentence, and its file stays as it is, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.domain.errors import NewerProjectError, NotAProjectError, ProjectError, ReadOnlyError
from annotator.domain.schema import LabelSchema
from annotator.domain.span import new_uid
from annotator.storage import Store, connection, filesystem
from tests.unit.storage.building import make_report, span, spans_of, tag


def left_beside(project: Path) -> list[str]:
    return sorted(p.name for p in project.parent.iterdir() if p != project)


@contextmanager
def write_protected(path: Path) -> Iterator[None]:
    """Make a file or folder unwritable in a way that holds for root as well."""
    done = subprocess.run(["chattr", "+i", path], capture_output=True, check=False) if shutil.which("chattr") else None
    if done is None or done.returncode:
        if os.geteuid() == 0:
            pytest.skip("as root, and this file system knows no immutable files")
        mode = path.stat().st_mode
        path.chmod(mode & ~0o222)
        try:
            yield
        finally:
            path.chmod(mode)
        return
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", path], check=True)


def leave_open(project: Path) -> None:
    """A process that writes to the project and dies without closing it."""
    code = (
        "import sys, os; from annotator.storage import Store\n"
        "s = Store.open(sys.argv[1]); s.people.ensure('11111111-1111-4111-8111-111111111111', '王五'); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, project], check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == 9
    assert connection.has_wal(project)


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is an empty file"),
        ("年度报告".encode(), "is not a project of this program"),
        (b"SQLite format 3\x00", "is not a project of this program"),
        (b"x" * 5000, "is not a project of this program"),
    ],
)
def test_a_file_that_is_no_project_is_refused_untouched(
    tmp_path: Path, content: bytes, sentence: str, write: bool
) -> None:
    path = tmp_path / "a.annodb"
    path.write_bytes(content)
    with pytest.raises(NotAProjectError, match=sentence):
        Store.open(path, write=write)
    assert path.read_bytes() == content
    assert left_beside(path) == []


@pytest.mark.parametrize("write", [True, False])
def test_another_programs_database_is_refused_untouched(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE report (id INTEGER PRIMARY KEY)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(NotAProjectError, match="is not a project"):
        Store.open(path, write=write)
    assert path.read_bytes() == before
    assert left_beside(path) == []


@pytest.mark.parametrize("write", [True, False])
def test_a_database_with_our_mark_alone_is_refused(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "marked.annodb"
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA application_id = {connection.APPLICATION_ID}")
    conn.execute("CREATE TABLE something (id INTEGER)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(NotAProjectError, match="lost the tables"):
        Store.open(path, write=write)
    assert path.read_bytes() == before
    assert left_beside(path) == []


@pytest.mark.parametrize("write", [True, False])
def test_a_missing_file_and_a_folder_have_their_sentences(tmp_path: Path, write: bool) -> None:
    with pytest.raises(ProjectError, match="There is no file"):
        Store.open(tmp_path / "none.annodb", write=write)
    with pytest.raises(ProjectError, match="is a folder"):
        Store.open(tmp_path, write=write)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path, write: bool) -> None:
    pipe = tmp_path / "pipe.annodb"
    os.mkfifo(pipe)
    other_end = os.open(pipe, os.O_RDWR)  # so that whoever opens it does not wait for ever
    try:
        with pytest.raises(NotAProjectError, match="a pipe or the like"):
            Store.open(pipe, write=write)
    finally:
        os.close(other_end)


def test_an_unreadable_file_says_why(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ProjectError, match="cannot be read \\(Permission denied\\)"):
        Store.open(project)


@pytest.mark.parametrize("write", [True, False])
def test_a_project_of_a_newer_version_is_refused_untouched(project: Path, write: bool) -> None:
    conn = sqlite3.connect(project)
    conn.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('annotator', '9999_later', 'now')"
    )
    conn.commit()
    conn.close()
    before = project.read_bytes()
    with pytest.raises(NewerProjectError, match="newer version.*9999_later"):
        Store.open(project, write=write)
    assert project.read_bytes() == before
    assert left_beside(project) == []


def test_a_newer_project_that_was_left_open_keeps_its_log(project: Path) -> None:
    leave_open(project)
    conn = sqlite3.connect(project)
    conn.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('annotator', '9999_later', 'now')"
    )
    conn.commit()
    copy = project.parent / "copy"
    copy.mkdir()
    for file in (project, connection.wal_file(project)):  # as they lie there while it is open
        shutil.copy(file, copy / file.name)
    conn.close()
    left = copy / project.name
    before = left.read_bytes(), connection.wal_file(left).read_bytes()
    with pytest.raises(NewerProjectError):
        Store.open(left)
    assert (left.read_bytes(), connection.wal_file(left).read_bytes()) == before


def test_a_damaged_project_is_refused_untouched(project: Path) -> None:
    content = bytearray(project.read_bytes())
    content[100:4000] = os.urandom(3900)
    project.write_bytes(content)
    with pytest.raises(ProjectError, match="is damaged"):
        Store.open(project)
    assert project.read_bytes() == content
    assert left_beside(project) == []


def test_a_write_protected_project_opens_read_only_alone(project: Path) -> None:
    before = project.read_bytes()
    with write_protected(project):
        with pytest.raises(ReadOnlyError, match="is write-protected"):
            Store.open(project)
        with Store.open(project, write=False) as store:
            assert store.read_only
            assert len(store.schema.labels) == 3
    assert project.read_bytes() == before
    assert left_beside(project) == []


def test_a_closed_project_opens_from_a_place_that_cannot_be_written(project: Path) -> None:
    with write_protected(project.parent):
        with pytest.raises(ReadOnlyError, match="folder of .* cannot be written"):
            Store.open(project)
        with Store.open(project, write=False) as store:
            assert store.reports.ids() == []
        assert left_beside(project) == []


def test_a_copy_made_without_its_log_opens_from_a_place_that_cannot_be_written(project: Path) -> None:
    leave_open(project)
    connection.wal_file(project).unlink()
    project.with_name(project.name + "-shm").unlink()
    project.with_name(project.name + ".lock").unlink()
    with write_protected(project.parent), Store.open(project, write=False) as store:
        assert store.reports.ids() == []


def test_a_left_log_where_nothing_can_be_written_has_its_sentence(project: Path) -> None:
    leave_open(project)
    with write_protected(project.parent):
        for write in (True, False):
            with pytest.raises(ReadOnlyError, match="was not closed.*-wal"):
                Store.open(project, write=write)


def test_a_left_log_is_recovered_and_said(project: Path) -> None:
    leave_open(project)
    with Store.open(project) as store:
        assert store.recovered
        assert [p.name for p in store.people.all()] == ["王五"]
    assert left_beside(project) == []
    with Store.open(project) as store:
        assert not store.recovered


def test_a_project_on_a_share_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = [filesystem.Mount("/", "ext4"), filesystem.Mount(str(project.parent), "cifs")]
    monkeypatch.setattr(filesystem, "mount_table", lambda: mounts)
    before = project.read_bytes()
    for write in (True, False):
        with pytest.raises(ProjectError, match="lies on a network share"):
            Store.open(project, write=write)
    assert project.read_bytes() == before
    assert left_beside(project) == []
    with pytest.raises(ProjectError, match="lies on a network share"):
        Store.create(project.parent / "new.annodb", LabelSchema())
    assert left_beside(project) == []


def test_a_read_only_store_refuses_to_write(project: Path) -> None:
    before = project.read_bytes()
    with Store.open(project, write=False) as store, pytest.raises(ReadOnlyError, match="opened read-only"):
        store.people.ensure(new_uid(), "赵六")
    assert project.read_bytes() == before


def test_creating_refuses_what_is_there_and_leaves_nothing_of_a_failure(
    tmp_path: Path, schema: LabelSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.annodb"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ProjectError, match="exists already"):
        Store.create(path, schema)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(ProjectError, match="There is no folder"):
        Store.create(tmp_path / "none" / "a.annodb", schema)

    def fail(*_args: object) -> None:
        raise sqlite3.OperationalError("boom")

    monkeypatch.setattr("annotator.storage.creation.write_schema", fail)
    with pytest.raises(sqlite3.OperationalError):
        Store.create(tmp_path / "b.annodb", schema)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.annodb"]


def test_a_new_project_has_the_schema_with_uids(tmp_path: Path, schema: LabelSchema) -> None:
    bare = LabelSchema(labels=tuple(label.__class__(label.name) for label in schema.labels))
    with Store.create(tmp_path / "a.annodb", schema, name="甲") as store:
        assert store.schema == schema
        assert (store.name, store.schema_name) == ("甲", schema.name)
    with Store.create(tmp_path / "b.annodb", bare) as store:
        assert all(len(label.uid) == 36 for label in store.schema.labels)
        assert [label.name for label in store.schema.labels] == [label.name for label in schema.labels]


def test_closing_leaves_one_file_that_any_sqlite_reads(store: Store, project: Path, bring, zhang) -> None:
    (report,) = bring(make_report(span(0, 2)))
    tag(store, report, zhang, span(3, 5))
    store.close()
    store.close()
    assert left_beside(project) == []
    assert not connection.read_header(project).wal
    conn = sqlite3.connect(f"{project.as_uri()}?mode=ro&immutable=1", uri=True)
    assert conn.execute("SELECT count(*) FROM span").fetchone() == (2,)
    conn.close()


def test_opening_an_up_to_date_project_does_not_import_sqlite_utils(project: Path) -> None:
    code = (
        "import sys, json; from annotator.storage import Store\n"
        "with Store.open(sys.argv[1]) as s: s.reports.ids(); s.schema\n"
        "print(json.dumps([m for m in sys.modules if m.split('.')[0] in ('sqlite_utils', 'click')]))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, project], check=True, capture_output=True, cwd=Path(__file__).parents[3]
    )
    assert json.loads(out.stdout) == []


def test_reading_works_beside_a_writer(store: Store, project: Path, bring, zhang) -> None:
    (report,) = bring(make_report(span(0, 2)))
    with Store.open(project, write=False) as reader:
        seen = reader.data_version()
        tag(store, report, zhang, span(3, 5))
        assert reader.data_version() != seen
        assert len(spans_of(reader, report, zhang)) == 2
        store.labels.ensure("PROJECT")
        assert "PROJECT" in [label.name for label in reader.schema.labels]
