"""Who may import whom, and what may stand where: the rules of docs/architecture.md as tests.

Each rule has a second test that breaks it on purpose: a check that cannot fail holds nothing.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "annotator"
CONTRACTS: list[str] = [
    contract["id"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
]

# ---- import contracts ---------------------------------------------------------------------------

LINT = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True{only}))"
)


def lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """import-linter through its Python entry point, in a process of its own: it changes sys.path and its output."""
    only = f", limit_to_contracts={contracts!r}" if contracts else ""
    command = [sys.executable, "-c", LINT.format(only=only)]
    env = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(command, cwd=root, env=env, capture_output=True, encoding="utf-8", check=False)


def test_every_import_contract_is_kept() -> None:
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in result.stdout


BREACHES = [
    ("layers", "domain/breach.py", "import annotator.services.session\n"),
    ("layers", "formats/breach.py", "import annotator.storage.store\n"),
    ("layers", "storage/breach.py", "import annotator.formats.registry\n"),
    ("layers", "newcomer/__init__.py", ""),
    ("qt", "services/breach.py", "import PySide6.QtCore\n"),
    ("sql", "services/breach.py", "import sqlite3\n"),
    ("sql", "ui/breach.py", "def late():\n    import sqlite_utils\n"),
    ("segmenter", "formats/breach.py", "import jieba\n"),
    ("spacy", "services/breach.py", "import spacy.tokens\n"),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package without what it runs on, to be broken."""
    root = tmp_path_factory.mktemp("copied")
    shutil.copytree(PACKAGE, root / "annotator", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "place", "code"), BREACHES)
def test_a_breach_of_a_contract_is_seen(copied: Path, contract: str, place: str, code: str) -> None:
    file = copied / "annotator" / place
    new_folder = not file.parent.exists()
    file.parent.mkdir(exist_ok=True)
    file.write_text(code, "utf-8")
    try:
        result = lint(copied, contract)
    finally:
        shutil.rmtree(file.parent) if new_folder else file.unlink()

    assert result.returncode == 1, result.stdout + result.stderr
    assert "1 broken" in result.stdout or "newcomer" in result.stdout + result.stderr


def test_every_contract_has_a_breach_here() -> None:
    assert {contract for contract, _, _ in BREACHES} == set(CONTRACTS)


# ---- what may stand where -----------------------------------------------------------------------

SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|COMMIT|ROLLBACK|VACUUM)\b"
    r"|(?i:\b(create|drop|alter)\s+(table|index|view|trigger)\b"
    r"|\binsert\s+into\b|\bdelete\s+from\b.*\bwhere\b|\bupdate\s+\w+\s+set\b|\bpragma\s+\w+"
    r"|\bselect\s.+\sfrom\s+\w+\s+(where|order\s+by|group\s+by|limit)\b|\bbegin\s+(immediate|exclusive)\b)",
    re.DOTALL,
)
OUR_PLACE = {"__file__", "_MEIPASS"}


def docstrings(tree: ast.Module) -> set[int]:
    """The identities of the constants that are documentation: prose, not code."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    prose = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def sql_words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    return ((line, text) for line, text in strings(tree) if SQL.search(text))


def calls_of_print(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno, "print"


def style_sheets(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "setStyleSheet":
            yield node.lineno, node.attr


def guesses_of_our_place(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "value", None)
        if isinstance(node, ast.Name | ast.Attribute | ast.Constant) and isinstance(name, str) and name in OUR_PLACE:
            yield node.lineno, name


Rule = Callable[[ast.Module], Iterator[tuple[int, str]]]
RULES: dict[str, tuple[Rule, str, str]] = {
    "SQL only in storage": (sql_words, "storage/", 'q = "SELECT uid FROM span"'),
    "print only in the command line": (calls_of_print, "cli/", "def f():\n    print('hello')"),
    "style sheets only in ui/theme.py": (style_sheets, "ui/theme.py", "def f(w):\n    w.setStyleSheet('')"),
    "only locations.py knows where we lie": (guesses_of_our_place, "locations.py", "HERE = __file__"),
}
MORE_BREACHES = [
    ("SQL only in storage", 'q = f"delete from {table} where uid = ?"; r = "update span set note = \'\'"'),
    ("SQL only in storage", 'q = "PRAGMA journal_mode = WAL"'),
    ("only locations.py knows where we lie", 'base = getattr(sys, "_MEIPASS", None)'),
]


@pytest.mark.parametrize("rule", RULES)
def test_the_source_keeps(rule: str) -> None:
    check, allowed, _ = RULES[rule]
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if not place.startswith(allowed) and "_data" not in place:
            found += [f"{place}:{line}: {text[:80]!r}" for line, text in check(ast.parse(path.read_text("utf-8")))]

    assert not found, "\n".join([rule, *found])


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, (_, _, code) in RULES.items()] + MORE_BREACHES)
def test_a_breach_in_the_source_is_seen(rule: str, code: str) -> None:
    assert list(RULES[rule][0](ast.parse(code)))


@pytest.mark.parametrize("words", ["Select some text first, then press a label's key.", "Delete {n} spans", "updated"])
def test_sentences_are_no_sql(words: str) -> None:
    assert not list(sql_words(ast.parse(f"q = {words!r}")))


# ---- the packages of the window -----------------------------------------------------------------


TYPES_ONLY = re.compile(r"^if TYPE_CHECKING:\n(?:[ \t]+.*\n|\n)*", re.MULTILINE)
FROM_UI = re.compile(r"^\s*from annotator\.ui(?:\.(\w+)[.\w]*)? import (.*)", re.MULTILINE)


def taken(code: str) -> set[str]:
    """The parts of the window that code imports when it runs, also inside functions; not those for type checkers alone."""
    return {
        name for found in FROM_UI.findall(TYPES_ONLY.sub("", code)) for name in re.findall(r"\w+", found[0] or found[1])
    }


def circle(ui: Path) -> list[str]:
    """Sub-packages of the window that import each other in a circle; empty where none do."""
    packages = {folder.name: folder for folder in ui.iterdir() if (folder / "__init__.py").is_file()}
    uses = {
        name: {part for path in folder.rglob("*.py") for part in taken(path.read_text("utf-8"))}
        & packages.keys() - {name}
        for name, folder in packages.items()
    }
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_the_packages_of_the_window_import_each_other_one_way_only() -> None:
    assert circle(PACKAGE / "ui") == []


def test_a_circle_of_packages_is_seen(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one"), ("three", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(
            f"def late():\n    from annotator.ui.{other} import part\n", "utf-8"
        )
    assert set(circle(tmp_path)) == {"one", "two"}
    (tmp_path / "two" / "__init__.py").write_text("if TYPE_CHECKING:\n    from annotator.ui.one import part\n", "utf-8")
    assert circle(tmp_path) == []


# ---- without a window ---------------------------------------------------------------------------

WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, NoQt())
"""
IMPORT_ALL = """
import annotator
names = [m.name for m in pkgutil.walk_packages(annotator.__path__, "annotator.", onerror=lambda name: None)]
wanted = [n for n in names if n != "annotator.ui" and not n.startswith("annotator.ui.")]
for name in wanted:
    importlib.import_module(name)
assert not any(n.partition(".")[0] == "PySide6" for n in sys.modules)
sys.stdout.write(str(len(wanted)))
"""
COMMAND = """
from annotator.__main__ import main
sys.argv = ["annotator", *sys.argv[1:]]
sys.exit(main())
"""


def without_qt(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_QT + code, *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)


def test_every_module_but_the_window_loads_without_qt() -> None:
    result = without_qt(IMPORT_ALL)

    assert result.returncode == 0, result.stderr
    modules = [p for p in PACKAGE.rglob("*.py") if p.relative_to(PACKAGE).parts[0] not in ("ui", "_data")]
    assert int(result.stdout) == len(modules) - 1, "a folder without __init__.py, or a module that was passed over"


def test_the_block_holds() -> None:
    assert without_qt("import annotator.ui.theme").returncode != 0


@pytest.mark.slow
def test_the_command_line_imports_and_exports_without_qt(tmp_path: Path) -> None:
    project, out = tmp_path / "p.annodb", tmp_path / "out.jsonl"
    sample = ROOT / "resources" / "examples" / "sample.jsonl"
    for arguments in (
        ("new", project),
        ("import", project, sample),
        ("export", project, "--format", "jsonl", "--out", out),
    ):
        result = without_qt(COMMAND, *map(str, arguments))
        assert result.returncode == 0, result.stderr

    assert len(out.read_text("utf-8").splitlines()) == len(sample.read_text("utf-8").splitlines())
