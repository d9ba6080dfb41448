"""Many files of all kinds with faults among them: every one ends in exactly one list. `benchmarks.soak` takes 5,000."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from annotator.services import sources
from annotator.services.importing import import_paths
from annotator.services.reading_process import MB, Limits
from annotator.services.reading_worker import Order
from annotator.services.session import default_schema
from annotator.storage import Store
from annotator.storage.check import verify
from tests.unit.services.soak_files import FAILED, FAULTY, Maker, wrong_in

ME = "6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99"
LIMITS = Limits(seconds=3.0, memory=400 * MB)


@pytest.fixture
def store(tmp_path: Path):
    with Store.create(tmp_path / "p.annodb", default_schema()) as made:
        made.people.ensure(ME, "me")
        yield made


@pytest.mark.slow
def test_every_file_is_accounted_for(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "faulty_reader.py").write_text(FAULTY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sources, "Order", functools.partial(Order, reader="faulty_reader.read"))
    maker = Maker(tmp_path / "in")
    maker.make(400)
    gone = tmp_path / "in" / "gone.txt"
    expected = {**maker.expected(), gone: FAILED}

    result = import_paths(store, ME, [tmp_path / "in", gone], limits=LIMITS)

    assert wrong_in(result, expected) == []
    assert result.known and result.near and result.failed
    assert len(result.read) == store.totals.reports()
    assert not list(tmp_path.rglob("out.txt")), "no name of an archive becomes a path"
    assert verify(store) == []
    assert store.undo(ME) is not None
    assert store.totals.reports() == 0
