"""Somebody works without a rest, and rests: everything is looked through for garbage only then."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt

from annotator.ui import app
from annotator.ui.collecting import AT_LAST, ENOUGH, Collecting
from tests.ui.conftest import Open


class Knot:
    """Garbage that only a look finds."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """How many looks at what is new there were, and for how long nobody has done anything."""
    state = {"new": 0.0, "rested": 0.0}
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, int(state["new"])))
    return state


def test_everything_is_looked_at_in_a_rest_and_not_before(qapp: object, looks: dict[str, float]) -> None:
    collecting = Collecting(lambda: looks["rested"], parent := QObject())
    knot = weakref.ref(Knot())
    for new, rested, there in ((ENOUGH, 1, True), (ENOUGH - 1, 60, True), (ENOUGH, 60, False)):
        looks |= {"new": new, "rested": rested}
        collecting.look()
        assert (knot() is not None) == there
    assert parent.children()


def test_who_never_rests_keeps_no_garbage_for_ever(qapp: object, looks: dict[str, float]) -> None:
    collecting = Collecting(lambda: 0.0, _parent := QObject())
    knot = weakref.ref(Knot())
    looks["new"] = AT_LAST
    collecting.look()
    assert knot() is None


def test_python_itself_begins_no_look_at_everything(qapp: object) -> None:
    found: list[int] = []
    _collecting = Collecting(lambda: 0.0, _parent := QObject())
    gc.callbacks.append(told := lambda phase, info: found.append(info["generation"]))
    kept = [[n] for n in range(200_000)]  # with Python's own thresholds that is several of them
    gc.callbacks.remove(told)
    assert len(kept) == 200_000
    assert 1 in found
    assert 2 not in found


def test_a_key_ends_a_rest(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    app.collect_again(desk.window)
    clock, now = desk.window.flow.clock, [100.0]
    clock.now = lambda: now[0]
    desk.key(Qt.Key.Key_Right)
    now[0] += 7
    assert clock.rested() == 7
    desk.key(Qt.Key.Key_Right)
    assert clock.rested() == 0
    assert gc.isenabled()
