"""What may be written over: never the project, never what is no ordinary file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.services.replacing import check_target, write_text


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.annodb"
    path.write_bytes(b"project")
    return path


def test_the_project_is_refused_under_any_name_and_the_files_beside_it_too(project: Path, tmp_path: Path) -> None:
    link, hard = tmp_path / "link", tmp_path / "hard"
    link.symlink_to(project)
    os.link(project, hard)
    beside = [tmp_path / f"p.annodb{suffix}" for suffix in ("-wal", "-shm", "-journal", ".lock")]
    for target in (project, link, hard, tmp_path / "." / "p.annodb", *beside):
        with pytest.raises(InputError, match="is the project itself"):
            check_target(target, folder=False, project=project)
    check_target(tmp_path / "p.annodb.loss.json", folder=False, project=project)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_ordinary_file_is_refused(project: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, Path(os.devnull)):
        with pytest.raises(InputError, match="no ordinary file"):
            check_target(target, folder=False, project=project)
        with pytest.raises(InputError, match="not a folder"):
            check_target(target, folder=True, project=project)


def test_places_that_are_not_there_or_of_the_other_kind_are_refused(project: Path, tmp_path: Path) -> None:
    for target, folder, words in (
        (tmp_path / "none" / "x", False, "no folder"),
        (tmp_path, False, "is a folder"),
        (tmp_path / "file", True, "not a folder"),
    ):
        (tmp_path / "file").touch()
        with pytest.raises(InputError, match=words):
            check_target(target, folder=folder, project=project)


def test_a_link_stays_and_what_it_leads_to_is_replaced(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "list.json").write_text("before")
    (tmp_path / "middle").symlink_to(folder / "list.json")
    link = tmp_path / "link"
    link.symlink_to("middle")
    check_target(link, folder=False, project=project)
    write_text(link, "after")
    assert link.is_symlink() and (tmp_path / "middle").is_symlink()
    assert (folder / "list.json").read_text() == "after"
    assert [file.name for file in folder.iterdir()] == ["list.json"]


def test_links_that_lead_nowhere_or_in_a_circle_have_their_sentences(project: Path, tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to("none/such")
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")
    for name, words in (("nowhere", "is a link to none/such, and there is no such file"), ("one", "back to itself")):
        for folder in (False, True):
            with pytest.raises(InputError, match=words):
                check_target(tmp_path / name, folder=folder, project=project)
        with pytest.raises(InputError, match=words):
            write_text(tmp_path / name, "text")
        assert (tmp_path / name).is_symlink()
