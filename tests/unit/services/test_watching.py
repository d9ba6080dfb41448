"""Which files of a watched folder are ready to come in."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.services.watching import FolderWatch


def write(path: Path, text: str = "报告", at: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(at, at))
    return path


def test_a_file_is_ready_when_it_has_stopped_changing(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path)
    assert watch.ready() == []
    file = write(tmp_path / "a.txt", "报")
    assert watch.ready() == [] and watch.waiting
    write(file, "报告", at=2)
    assert watch.ready() == [], "it has grown since the last look"
    assert watch.ready() == [file]
    assert not watch.waiting
    assert watch.ready() == [], "once"
    write(file, "报告。", at=3)
    assert watch.ready() == []
    assert watch.ready() == [file], "it has changed"


def test_what_was_handed_out_is_remembered(tmp_path: Path) -> None:
    folder, memory = tmp_path / "in", tmp_path / "cache" / "watch.json"
    old = write(folder / "old.txt")
    watch = FolderWatch(folder, memory)
    watch.ready()
    assert watch.ready() == [old]
    watch.settle([old])
    new = write(folder / "deep" / "new.html")
    again = FolderWatch(folder, memory)
    again.ready()
    assert again.ready() == [new]
    assert again.folders() == [folder, folder / "deep"]
    other = FolderWatch(folder / "deep", memory)
    other.ready()
    assert other.ready() == [new], "the memory is of another folder"


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    file = write(tmp_path / "in" / "a.txt")
    for damage in ("", "[]", '{"folder": 3}', '{"folder": "' + str(tmp_path / "in") + '", "files": {"a": 1}}'):
        (tmp_path / "watch.json").write_text(damage, encoding="utf-8")
        watch = FolderWatch(tmp_path / "in", tmp_path / "watch.json")
        watch.ready()
        assert watch.ready() == [file]


def test_unfinished_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("a.html.part", "b.crdownload", ".hidden", "p.annodb"):
        write(tmp_path / name)
    watch = FolderWatch(tmp_path)
    watch.ready()
    assert watch.ready() == []


def test_a_file_that_comes_back_is_new(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    watch = FolderWatch(tmp_path)
    watch.ready()
    assert watch.ready() == [file]
    file.unlink()
    assert watch.ready() == []
    write(file)
    watch.ready()
    assert watch.ready() == [file]


def test_what_was_handed_out_and_not_seen_to_comes_again(tmp_path: Path) -> None:
    folder, memory = tmp_path / "in", tmp_path / "watch.json"
    files = [write(folder / f"{name}.txt") for name in "ab"]
    watch = FolderWatch(folder, memory)
    watch.ready()
    assert watch.ready() == files and not watch.waiting
    assert watch.ready() == [], "the import is under way"
    watch.settle(files[:1])  # and was cut off here
    again = FolderWatch(folder, memory)
    again.ready()
    assert again.ready() == files[1:]


def test_a_folder_that_goes_and_comes_back_brings_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    file = write(folder / "a.txt")
    watch = FolderWatch(folder)
    watch.ready()
    watch.settle(watch.ready())
    folder.rename(tmp_path / "away")
    assert watch.ready() == [] and watch.folders() == []
    (tmp_path / "away").rename(folder)
    new = write(folder / "b.txt")
    watch.ready()
    assert file.exists() and watch.ready() == [new]


def test_a_look_that_is_stopped_hands_out_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    watch = FolderWatch(tmp_path)
    watch.ready()
    watch.stop()
    assert watch.ready() == []


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path / "nowhere")
    assert watch.ready() == [] and watch.folders() == []
