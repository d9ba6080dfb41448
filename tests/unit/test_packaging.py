"""The wheel: what is in it, and that the program runs from it without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = "annotator/_data"

pytestmark = pytest.mark.slow

#: Run from the wheel: every kind of file that the program reads besides its code.
SELF_CHECK = """
import json, sys
from pathlib import Path
import annotator
from annotator import locations, messages
from annotator.formats import jsonl
from annotator.services.session import Session, default_schema
from annotator.storage import Person, ReportFilter

home = Path(annotator.__file__).parent
assert locations.resources() == home / "_data" / "resources", locations.resources()
messages.set_language("zh_CN")
with Session.open(sys.argv[1], Person("00000000-0000-4000-8000-00000000000c", "self check")).store as store:
    reports = len(store.reports.ids(ReportFilter()))
example = locations.resources() / "examples" / "sample.jsonl"
json.dump({
    "labels": [label.name for label in default_schema().labels],
    "reports": reports,
    "migrations": sorted(path.name for path in locations.migrations().glob("*.sql")),
    "examples": sum(item.report is not None for item in jsonl.read(example)),
    "words": messages.translate("Select a span first."),
}, sys.stdout)
"""


def built(kind: str, folder: Path) -> Path:
    """Build one distribution of the checkout, without a network."""
    command = [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", str(folder), str(ROOT)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files as an installer lays them out."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def python(site: Path, *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(
        [sys.executable, *arguments], cwd=site, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def versioned(folder: str) -> set[str]:
    """The files of a folder that git keeps, as they stand now."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}

    assert {name for name in names if not name.startswith(("annotator/", "report_annotator-"))} == set()
    for folder in ("resources", "db"):
        assert {f"{DATA}/{name}" for name in versioned(folder)} <= names
    assert {name for name in versioned("annotator") if name.endswith(".py")} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".annodb"))]


def test_the_program_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    project, out = tmp_path / "p.annodb", tmp_path / "out.jsonl"
    example = installed / DATA / "resources" / "examples" / "sample.jsonl"
    program = ("-m", "annotator")
    python(installed, *program, "new", str(project))
    python(installed, *program, "import", str(project), str(example))
    python(installed, *program, "export", str(project), "--format", "jsonl", "--out", str(out))

    found = json.loads(python(installed, "-c", SELF_CHECK, str(project)))

    assert found["labels"] == ["MEASURE", "INSTITUTION", "INDICATOR"]
    assert found["reports"] == found["examples"] == len(out.read_text("utf-8").splitlines()) == 4
    assert found["migrations"] == sorted(path.name for path in (ROOT / "db" / "migrations").glob("*.sql"))


def test_the_catalogue_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    project = tmp_path / "p.annodb"
    python(installed, "-m", "annotator", "new", str(project))

    words = json.loads(python(installed, "-c", SELF_CHECK, str(project)))["words"]

    assert any("\u4e00" <= character <= "\u9fff" for character in words), words


def test_the_entry_point_is_the_program(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "annotator = annotator.__main__:main" in archive.read(entry_points).decode()
