"""Which key does what, with what a person has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.services.settings import Settings
from annotator.ui.actions import ACTIONS
from annotator.ui.keyboard import clashes
from annotator.ui.keyboard.keymap import KeyMap


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication) -> Settings:
    return Settings(tmp_path / "settings.toml")


def test_the_defaults_of_the_table_clash_with_nothing(settings: Settings) -> None:
    from annotator.services.session import default_schema

    keys, schema = KeyMap(settings), default_schema()
    for row in ACTIONS:
        for key in row.keys:
            if row.where != "field":
                assert clashes.problem(row.id, key, keys, schema) == "", (row.id, key)


def test_on_macos_the_table_leaves_the_systems_keys_alone() -> None:
    taken = [(row.id, key) for row in ACTIONS for key in row.keys if clashes.is_foreign(row.id, key, "darwin")]
    assert not taken


def test_a_persons_choice_comes_before_a_default_that_wants_the_same_key(settings: Settings) -> None:
    settings.set_row("keys", "number.next", ["J"])
    keys = KeyMap(settings)
    assert keys.owner("J").id == "number.next"
    assert keys.keys("clause.next") == ()


def test_what_the_file_says_beside_is_overlooked(settings: Settings) -> None:
    for name, value in (("number.next", "J"), ("nothing.so", ["J"]), ("clause.next", [1]), ("span.edge", ["shift+e"])):
        settings.set_row("keys", name, value)
    keys = KeyMap(settings)
    assert keys.keys("number.next") == ("N",)
    assert keys.keys("clause.next") == ("J",)
    assert keys.keys("span.edge") == ("Shift+E",)


def test_keys_set_back_to_the_table_leave_no_row(settings: Settings) -> None:
    keys = KeyMap(settings)
    keys.set_keys("clause.next", ["Y"])
    assert keys.is_changed("clause.next")
    keys.set_keys("clause.next", ["J"])
    assert not keys.is_changed("clause.next")
    assert settings.table("keys") == {}


def test_switched_off_stays_off(settings: Settings, tmp_path: Path) -> None:
    KeyMap(settings).set_keys("clause.next", [])
    keys = KeyMap(Settings(tmp_path / "settings.toml"))
    assert keys.keys("clause.next") == ()
    assert keys.owner("J") is None
