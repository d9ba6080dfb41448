"""The guide says what the program does: every command, option, setting, format, action and key; links and images are there."""

import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from annotator import cli
from annotator.formats.registry import formats
from annotator.services.settings import SETTINGS, TABLES
from annotator.ui.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
GUIDES = {"zh": DOCS / "guide" / "zh.md", "en": DOCS / "guide" / "en.md"}
#: Keys in the prose of the guide that are fields', lists' or Qt's own.
OWN = {
    "Shift+Enter", "Ctrl+A", "Shift+F10", "Shift+J", "Shift+K", "Enter", "Esc", "Delete", "Backspace", "Tab", "Space",
    "Home", "End", "Shift", "Ctrl", "Alt", "Alt+Down", "A,B",
}  # fmt: skip


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    return load(DOCS / "guide_tables.py")


@pytest.fixture(params=sorted(GUIDES))
def guide(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A guide's language and text."""
    return request.param, GUIDES[request.param].read_text(encoding="utf-8")


def test_the_tables_are_up_to_date(guide: tuple[str, str], tables: ModuleType) -> None:
    language, text = guide
    assert tables.filled(text, language) == text, "run: python docs/guide_tables.py"


def test_every_action_stands_with_its_keys(guide: tuple[str, str], tables: ModuleType) -> None:
    language, text = guide
    catalogue = tables.words(language)
    lines = set(text.splitlines())
    for action in ACTIONS:
        words, keys = tables.action_row(action, catalogue)
        assert keys.count("`") == 2 * len({tables.key(key) for key in action.keys})
        cells = f"| {words} | {keys} |".replace("Ctrl+|", "Ctrl+\\|")
        assert cells in lines, action.id


def test_the_chinese_tables_are_chinese(tables: ModuleType) -> None:
    catalogue = tables.words("zh")
    assert [
        action.id for action in ACTIONS if action.words not in catalogue and action.words not in ("中文", "English")
    ] == []
    assert [setting.name for setting in SETTINGS if setting.words not in catalogue] == []


def test_keys_in_the_prose_are_keys(guide: tuple[str, str], tables: ModuleType) -> None:
    prose = re.sub(r"<!-- (\w+): begin -->.*?<!-- \1: end -->", "", guide[1], flags=re.DOTALL)
    prose = re.sub(r"```.*?```", "", prose, flags=re.DOTALL)
    known = {tables.key(key).strip("`") for action in ACTIONS for key in action.keys} | OWN
    pattern = r"`((?:(?:Ctrl|Shift|Alt)\+\S+?)|F\d+|[A-Z]|[A-Z][a-z]+)`"
    found = set(re.findall(pattern, prose))
    assert {"Ctrl+Z", "N", "F2"} <= found
    assert {key for key in found - known if not re.fullmatch(r"Ctrl\+\d|Aa", key)} == set()


def test_every_command_and_option_stands(guide: tuple[str, str]) -> None:
    for name in cli.COMMANDS:
        assert f"annotator {name} " in guide[1]
        assert f"| `{name}` |" in guide[1]
        command = importlib.import_module(f"annotator.cli.{name}_command").command()
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        usage = re.search(rf"^annotator {name} .*(\n +\[.*)*", guide[1], flags=re.MULTILINE)
        assert usage is not None
        assert [option for option in options if option not in usage[0]] == []
    for option in ("--sample", "--annotator", "--lang", "--help", "--version"):
        assert option in guide[1]


def test_every_setting_and_format_stands(guide: tuple[str, str]) -> None:
    assert [s.name for s in SETTINGS if f"| `{s.name}` |" not in guide[1]] == []
    assert [name for name in TABLES if f"`[{name}]`" not in guide[1]] == []
    assert [name for name in formats() if f"| `{name}` |" not in guide[1]] == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"\]\(([^)\s]+)\)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if re.match(r"\w+:", link):
            continue
        name, _hash, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_images_are_used_small_and_made_by_the_script() -> None:
    named = {(page.parent / link).resolve() for page in PAGES for link in links(page) if link.endswith(".png")}
    there = {path.resolve() for path in (DOCS / "images").iterdir()}
    assert named == there
    assert (DOCS / "images" / "window.png").resolve() in named
    assert [path.name for path in there if path.stat().st_size > 250 * 1024] == []
    script = (DOCS / "screenshots.py").read_text(encoding="utf-8")
    stems = {re.sub(r"-(zh|en)$", "", path.stem) for path in there}
    assert [stem for stem in stems if f'"{stem}"' not in script] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(GUIDES))
def test_the_example_reads_an_export(language: str, tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed: ./dev test prepares an environment that has it")
    text = GUIDES[language].read_text(encoding="utf-8")
    found = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(found) == 1
    name = re.search(r'from_disk\("([^"]+)"\)', found[0])
    assert name is not None
    project = tmp_path / "p.annodb"
    for arguments in (
        ["new", str(project)],
        ["import", str(project), str(ROOT / "resources" / "examples" / "sample.jsonl")],
        ["export", str(project), "--format", "spacy", "--out", str(tmp_path / name[1])],
    ):
        subprocess.run([sys.executable, "-m", "annotator", *arguments], cwd=ROOT, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", found[0]], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    )
    assert "INDICATOR 14类 14" in done.stdout
    assert "119" in done.stdout.splitlines()[0]
