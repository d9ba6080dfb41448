"""A fresh project for each test, and reports to put into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import locations
from annotator.domain.changes import Wording
from annotator.domain.report import Report
from annotator.domain.schema import LabelSchema, schema_from_dict
from annotator.domain.span import new_uid
from annotator.storage import Person, Store


@pytest.fixture(scope="session")
def schema() -> LabelSchema:
    return schema_from_dict(json.loads((locations.resources() / "schemas" / "default.json").read_bytes()))


@pytest.fixture(scope="session")
def empty_project(schema: LabelSchema, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "empty.annodb"
    Store.create(path, schema).close()
    return path.read_bytes()


@pytest.fixture
def project(empty_project: bytes, tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    path = folder / "测试.annodb"
    path.write_bytes(empty_project)
    return path


@pytest.fixture
def store(project: Path) -> Iterator[Store]:
    opened = Store.open(project)
    yield opened
    opened.close()


@pytest.fixture
def zhang(store: Store) -> Person:
    return store.people.ensure(new_uid(), "张三")


@pytest.fixture
def li(store: Store) -> Person:
    return store.people.ensure(new_uid(), "李四")


Importer = Callable[..., list[int]]


@pytest.fixture
def bring(store: Store, zhang: Person) -> Importer:
    """Import reports as one step of 张三's; returns their row ids."""

    def run(*reports: Report, person: Person = zhang) -> list[int]:
        step = store.history.begin_bulk("import", Wording("Import {n} reports", {"n": len(reports)}), person.uid)
        with store.batches() as batches:
            ids = []
            for report in reports:
                with batches.write():
                    ids.append(store.reports.add(report, step))
        store.history.end_bulk(step)
        return ids

    return run
