from pathlib import Path

import pytest


@pytest.fixture
def shared_gold(shared: Path) -> list[Path]:
    return sorted((shared / "gold").glob("*.jsonl"))


@pytest.fixture
def shared_reports(shared: Path) -> list[Path]:
    return sorted((shared / "reports").glob("*.txt"))
