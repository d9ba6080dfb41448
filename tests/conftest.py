"""What every test stands on: no screen, a home folder of its own, English words, fast tests first.

Tests never see the settings of whoever runs them, and what one test sets does not reach the next.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt: without a display, Qt's own choice of a platform ends the process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from annotator import messages

#: How long an example takes says how busy the machine is: no test fails by that.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first, so that a mistake shows soon; the order is otherwise the written one."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that do not exist yet: most tests never write into theirs."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(n) for n in itertools.count())


@pytest.fixture(autouse=True)
def home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds this test's settings, logs, backups and caches; processes it starts inherit it."""
    folder = next(_homes)
    monkeypatch.setenv("ANNOTATOR_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Message ids as they stand in the source, whether or not the catalogues have been compiled."""
    monkeypatch.setenv("ANNOTATOR_LANG", "en")
    messages.set_language("en")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, gold annotations and measuring scripts beside the project; no part of it."""
    if not (SHARED / "reports").is_dir():
        pytest.skip("the folder ../shared with the real reports is not beside the project")
    return SHARED
