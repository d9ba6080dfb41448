"""`annotator` itself: window or command line, in a process of its own where that matters."""

import os
import subprocess
import sys

import pytest

from annotator import __main__ as program
from annotator.messages import set_language

BLOCK = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked}:
            raise ImportError(name + " is blocked", name=name)
sys.meta_path.insert(0, Block())
"""


def process(code: str, *blocked: str, env=None):
    script = BLOCK.format(blocked=set(blocked) or "set()") + code
    return subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(env or {})},
        timeout=60,
    )


def parsed(*arguments):
    return program._parse(list(arguments))


class TestChoosing:
    def test_a_first_argument_that_is_no_command_is_the_project(self):
        assert parsed("a.annodb").project == "a.annodb"
        assert parsed("./stats").project == "./stats"
        assert parsed("--", "stats").project == "stats"
        assert parsed("stats", "p", "--json").command == ["stats", "p", "--json"]
        assert parsed().project is None

    def test_options_of_the_window(self):
        asked = parsed("--annotator", "老王", "--lang=en", "a.annodb")
        assert (asked.annotator, asked.language, asked.project, asked.error) == ("老王", "en", "a.annodb", "")
        assert parsed("--sample").sample
        assert parsed("--lang", "zh", "stats", "p").command == ["stats", "p"]

    @pytest.mark.parametrize(
        "arguments", [["a", "b"], ["--frob"], ["--annotator"], ["--lang", "fr"], ["--sample", "a"], ["--lang="]]
    )
    def test_wrong_usage(self, arguments, capsys):
        assert program.main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1

    def test_version_and_help(self, capsys):
        assert program.main(["--version"]) == 0
        assert capsys.readouterr().out.startswith("annotator ")
        assert program.main(["--help"]) == 0

    def test_a_language_for_this_time(self, capsys, monkeypatch):
        monkeypatch.setenv("ANNOTATOR_LANG", "en")
        assert program.main(["--lang", "zh_CN", "--help"]) == 0
        assert "用法" in capsys.readouterr().out
        set_language("en")

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux may be without a display")
    def test_without_a_display_it_says_so(self, capsys, monkeypatch):
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
        assert program.main([]) == 1
        out, err = capsys.readouterr()
        assert out == "" and "display" in err and err.count("\n") == 1

    def test_the_window_gets_what_was_asked(self, monkeypatch):
        import types

        calls = []
        fake = types.ModuleType("annotator.ui.app")
        fake.run = lambda project, **more: calls.append((project, more)) or 0
        monkeypatch.setitem(sys.modules, "annotator.ui.app", fake)
        assert program.main(["a.annodb", "--annotator", "老王"]) == 0
        ((project, more),) = calls
        assert str(project) == "a.annodb" and more == {"sample": False, "annotator": "老王", "language": ""}


class TestImports:
    def test_every_command_works_without_qt(self, tmp_path):
        source = tmp_path / "a.txt"
        source.write_text("望川县2022年报告\n新建站点80个。\n", encoding="utf-8")
        project, out = tmp_path / "p.annodb", tmp_path / "x.jsonl"
        code = f"""
from annotator.__main__ import main
codes = [main(a) for a in (
    ["new", {str(project)!r}], ["import", {str(project)!r}, {str(source)!r}], ["stats", {str(project)!r}],
    ["export", {str(project)!r}, "--format", "jsonl", "--out", {str(out)!r}], ["history", {str(project)!r}],
    ["verify", {str(project)!r}], ["backup", {str(project)!r}, {str(tmp_path / "b.annodb")!r}], ["undo", {str(project)!r}],
)]
print(codes)
"""
        done = process(code, "PySide6", "shiboken6")
        assert done.stdout.splitlines()[-1:] == ["[0, 0, 0, 0, 0, 0, 0, 0]"], done.stderr
        assert out.exists()

    def test_nothing_is_imported_on_the_way_to_the_window(self):
        code = """
import types
fake = types.ModuleType("annotator.ui.app")
fake.run = lambda *a, **k: 0
sys.modules["annotator.ui"] = types.ModuleType("annotator.ui")
sys.modules["annotator.ui.app"] = fake
from annotator.__main__ import main
assert main(["p.annodb"]) == 0
print(sorted(m for m in sys.modules if m.startswith(("click", "annotator.formats", "annotator.services", "annotator.storage"))))
"""
        done = process(code, env={"QT_QPA_PLATFORM": "offscreen"})
        assert done.stdout.strip() == "[]", done.stdout + done.stderr

    def test_spacy_missing_is_one_sentence(self, tmp_path):
        source = tmp_path / "a.jsonl"
        source.write_text('{"text": "甲", "sets": [{"annotator": "a", "status": "done"}]}\n', encoding="utf-8")
        project = str(tmp_path / "p.annodb")
        code = f"""
from annotator.__main__ import main
main(["new", {project!r}]); main(["import", {project!r}, {str(source)!r}])
print(main(["export", {project!r}, "--format", "spacy", "--out", {str(tmp_path / "x.spacy")!r}]))
"""
        done = process(code, "spacy")
        assert done.stdout.splitlines()[-1] == "1" and "train" in done.stderr and "Traceback" not in done.stderr

    def test_a_closed_pipe_is_no_traceback(self, tmp_path):
        project = str(tmp_path / "p.annodb")
        command = f"{sys.executable} -m annotator new {project} && {sys.executable} -m annotator stats {project} | true"
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
        assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


class TestTwoProcesses:
    @pytest.fixture
    def project(self, tmp_path):
        from annotator.services.session import default_schema
        from annotator.storage import Store

        with Store.create(tmp_path / "p.annodb", default_schema()) as store:
            store.people.ensure_named("甲")
            yield tmp_path / "p.annodb"

    def test_who_comes_second_is_told_who_writes_and_may_read(self, project, tmp_path):
        source = tmp_path / "a.txt"
        source.write_text("一号报告。", encoding="utf-8")
        code = f"""
from annotator.__main__ import main
print([main(a) for a in (
    ["import", {str(project)!r}, {str(source)!r}], ["undo", {str(project)!r}], ["stats", {str(project)!r}],
    ["backup", {str(project)!r}, {str(tmp_path / "b.annodb")!r}], ["verify", {str(project)!r}],
)])
"""
        done = process(code)
        assert done.stdout.splitlines()[-1] == "[1, 1, 0, 0, 0]", done.stderr
        assert done.stderr.count("open for writing elsewhere") == 2
        assert (tmp_path / "b.annodb").exists()
