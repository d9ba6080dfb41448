"""What may be written over: never the project, never what is no ordinary file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.services.replacing import check_target


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
