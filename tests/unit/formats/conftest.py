from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3].parent / "shared"


def _files(folder: str, pattern: str) -> list[Path]:
    found = sorted((SHARED / folder).glob(pattern))
    if not found:
        pytest.skip(f"../shared/{folder} is not there")
    return found


@pytest.fixture
def shared_gold() -> list[Path]:
    return _files("gold", "*.jsonl")


@pytest.fixture
def shared_reports() -> list[Path]:
    return _files("reports", "*.txt")
