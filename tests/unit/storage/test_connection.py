"""Room in the write-ahead log, made when a project is opened: zeros that nobody takes for work."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from annotator.storage import Store, connection, verify
from tests.unit.storage.building import dump, make_report, span, spans_of, tag


def test_edits_write_over_room_that_is_there(store: Store, bring, zhang) -> None:
    log = connection.wal_file(store.path)
    room = log.stat().st_size
    assert room > 4_000_000
    (report,) = bring(make_report(span(0, 2)))
    for n in range(1, 40):
        tag(store, report, zhang, span(0, n % 9 + 1))
    assert log.stat().st_size == room


def test_room_alone_is_no_unfinished_work(store: Store, project: Path, tmp_path: Path) -> None:
    assert not connection.has_wal(project)
    (tmp_path / "killed").mkdir()
    for file in project.parent.glob(project.name + "*"):  # as a kill right after opening leaves it
        shutil.copy(file, tmp_path / "killed")
    (tmp_path / "killed" / (project.name + "-shm")).unlink()
    with Store.open(tmp_path / "killed" / project.name) as again:
        assert not again.recovered and again.uid == store.uid


def test_work_before_the_room_is_found_again_and_gone_on_with(
    store: Store, project: Path, bring, zhang, tmp_path
) -> None:
    (report,) = bring(make_report(span(0, 2)))
    tag(store, report, zhang, span(0, 1))
    assert connection.has_wal(project)
    (tmp_path / "killed").mkdir()
    for file in project.parent.glob(project.name + "*"):
        shutil.copy(file, tmp_path / "killed")
    with Store.open(tmp_path / "killed" / project.name) as again:
        assert again.recovered and dump(again, history=True) == dump(store, history=True)
        tag(again, report, zhang, span(1, 5))
        assert len(spans_of(again, report, zhang)) == 3 and verify(again) == []
    assert [file.name for file in (tmp_path / "killed").glob("*-wal")] == []


def test_a_disk_without_room_is_left_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def opened(self: Path, *args: object, **more: object) -> object:
        file = real(self, *args, **more)
        if not self.name.endswith("-wal") or args[0] != "r+b":
            return file
        written = file.write(b"\0" * 1000)
        assert written == 1000

        class Disk:
            def __enter__(self) -> Disk:
                return self

            def __exit__(self, *_error: object) -> None:
                file.close()

            def seek(self, *where: int) -> int:
                return file.seek(*where)

            def write(self, _zeros: bytes) -> int:
                raise OSError(errno.ENOSPC, "full")

            def truncate(self, size: int) -> int:
                return file.truncate(size)

        return Disk()

    monkeypatch.setattr(Path, "open", opened)
    with Store.open(project) as store:
        assert connection.wal_file(project).stat().st_size == 1000
        assert store.people.all() == []


def test_what_savepoints_need_is_no_file(store: Store) -> None:
    assert store.connection.execute("PRAGMA temp_store").fetchone() == (2,)
    with store.second() as other:
        assert other.connection.execute("PRAGMA temp_store").fetchone() == (2,)
