"""./dev: what it decides, without installing anything."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    loader = SourceFileLoader("dev_script", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    # Without this, importing the file would leave dev.cpython-*.pyc beside it.
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


@pytest.fixture
def checkout(dev, tmp_path, monkeypatch) -> Path:
    """A pretended checkout with lock files and an environment in which only the interpreter lies."""
    for name in (*LOCKS, "pyproject.toml"):
        (tmp_path / name).write_text(f"{name}\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    for function in (dev.wanted_stamp, dev.fingerprint):
        monkeypatch.setattr(function, "__defaults__", (tmp_path,))
    monkeypatch.setattr(dev.venv_python, "__defaults__", (tmp_path / ".venv",))
    python = dev.venv_python()
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path


def stamp(dev, purpose) -> None:
    purpose.stamp.write_text("\n".join(dev.wanted_stamp(purpose)) + "\n")


@pytest.fixture
def steps(dev, checkout, monkeypatch) -> list[str]:
    """What a set-up would have done, instead of doing it."""
    done: list[str] = []
    monkeypatch.setattr(dev, "pip", lambda source, *arguments: done.append(Path(arguments[-1]).name))
    monkeypatch.setattr(dev, "call", lambda command, **more: done.append("venv") or 0)
    monkeypatch.setattr(dev, "provide_system_packages", lambda purpose: done.append(f"system for {purpose.name}"))
    return done


# --- system packages ---


def test_nothing_missing_means_no_packages(dev):
    assert dev.missing_packages(dev.SCREEN_LIBRARIES, loads=lambda name: True, venv_works=lambda: True) == []


def test_only_what_does_not_load_is_asked_for(dev):
    missing = dev.missing_packages(
        dev.SCREEN_LIBRARIES,
        loads=lambda name: name not in {"libEGL.so.1", "libxcb-cursor.so.0"},
        venv_works=lambda: True,
    )
    assert missing == ["libegl1", "libxcb-cursor0"]


def test_a_bare_debian_needs_the_whole_list(dev):
    missing = dev.missing_packages(
        dev.SCREEN_LIBRARIES, loads=lambda name: False, venv_works=lambda: False, font_found=lambda: False
    )
    assert (
        missing
        == (
            "python3-venv libglib2.0-0 libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3 libxkbcommon-x11-0 "
            "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 fonts-wqy-microhei"
        ).split()
    )


def test_tests_need_no_screen_libraries(dev):
    missing = dev.missing_packages(dev.DEV.libraries, loads=lambda name: False, venv_works=lambda: True)
    assert len(missing) == 6
    assert not any("xcb" in package for package in missing)


def test_the_loader_tells_what_is_there(dev):
    assert not dev.loads("libthere-is-no-such-thing.so.7")


def test_apt_line_can_be_copied(dev):
    line = dev.apt_line(["libegl1", "libgl1"])
    assert line.startswith("sudo apt install -y ")
    assert line.endswith(" libegl1 libgl1")


@pytest.mark.parametrize(
    "name", ["wqy-microhei.ttc", "NotoSansCJK-Regular.ttc", "Noto-Sans-CJK.otf", "SourceHanSansSC.otf", "simsun.ttc"]
)
def test_a_chinese_font_is_known_by_its_file(dev, tmp_path, monkeypatch, name):
    monkeypatch.setenv("PATH", "")
    assert not dev.has_chinese_font([str(tmp_path)])
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "DejaVuSans.ttf").touch()
    assert not dev.has_chinese_font([str(tmp_path)])
    (tmp_path / "truetype" / name).touch()
    assert dev.has_chinese_font([str(tmp_path)])


def pretend_missing(dev, monkeypatch, packages: list[str], prefix: list[str] | None, installs: bool) -> list[list[str]]:
    there: list[list[str]] = [packages, [] if installs else packages]
    calls: list[list[str]] = []
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "missing_packages", lambda *_, **__: there.pop(0) if len(there) > 1 else there[0])
    monkeypatch.setattr(dev, "root_prefix", lambda: prefix)
    monkeypatch.setattr(dev, "call", lambda command, **more: calls.append(list(command)) or 0)
    return calls


def test_as_root_exactly_the_missing_packages_are_installed(dev, monkeypatch):
    calls = pretend_missing(dev, monkeypatch, ["libegl1"], ["env"], installs=True)
    dev.provide_system_packages(dev.RUN)
    assert [command[-1] for command in calls] == ["update", "libegl1"]
    assert "DEBIAN_FRONTEND=noninteractive" in calls[1]


def test_without_root_the_one_line_is_shown_and_nothing_is_run(dev, monkeypatch):
    calls = pretend_missing(dev, monkeypatch, ["libegl1", "libgl1"], None, installs=False)
    with pytest.raises(dev.Stop, match="sudo apt install .* libegl1 libgl1"):
        dev.provide_system_packages(dev.RUN)
    assert calls == []


def test_a_failed_installation_is_not_taken_for_done(dev, monkeypatch):
    pretend_missing(dev, monkeypatch, ["libegl1"], ["env"], installs=False)
    with pytest.raises(dev.Stop):
        dev.provide_system_packages(dev.RUN)


def test_a_missing_font_is_said_but_stops_nobody(dev, monkeypatch, capsys):
    pretend_missing(dev, monkeypatch, [dev.FONT_PACKAGE], None, installs=False)
    dev.provide_system_packages(dev.RUN)
    assert dev.FONT_PACKAGE in capsys.readouterr().err


# --- the stamp ---


def test_without_a_stamp_all_is_made_anew(dev, steps):
    dev.prepare(dev.RUN, [])
    assert steps[:4] == ["system for run", "venv", "requirements-build.lock", "requirements.lock"]
    assert len(steps) == 5
    assert dev.is_prepared(dev.RUN)


def test_a_second_start_does_nothing(dev, steps):
    dev.prepare(dev.RUN, [])
    steps.clear()
    dev.prepare(dev.RUN, [])
    assert steps == []


def test_a_cut_off_set_up_leaves_no_stamp_and_is_repeated(dev, steps, monkeypatch):
    def cut_off(source, *arguments):
        raise dev.Stop("no network")

    with monkeypatch.context() as broken, pytest.raises(dev.Stop):
        broken.setattr(dev, "pip", cut_off)
        dev.prepare(dev.RUN, [])
    assert not dev.is_prepared(dev.RUN)
    steps.clear()
    dev.prepare(dev.RUN, [])
    assert "venv" in steps


def test_a_new_lock_file_means_a_new_environment(dev, steps, checkout):
    stamp(dev, dev.RUN)
    (checkout / "requirements.lock").write_text("other\n")
    dev.prepare(dev.RUN, [])
    assert "venv" in steps


def test_a_changed_project_file_only_installs_the_project_again(dev, steps, checkout):
    stamp(dev, dev.RUN)
    (checkout / "pyproject.toml").write_text("other\n")
    assert not dev.is_prepared(dev.RUN)
    dev.prepare(dev.RUN, [])
    assert steps == ["system for run", checkout.name]


def test_tests_add_to_the_environment_of_run(dev, steps):
    dev.prepare(dev.RUN, [])
    steps.clear()
    dev.prepare(dev.DEV, [])
    assert steps[:2] == ["system for dev", "requirements-dev.lock"]
    assert "venv" not in steps
    assert dev.is_prepared(dev.RUN)


def test_run_is_served_by_the_environment_of_the_tests(dev, steps):
    dev.prepare(dev.DEV, [])
    steps.clear()
    dev.prepare(dev.RUN, [])
    assert not any(step.endswith(".lock") or step == "venv" for step in steps)


def test_a_lost_interpreter_is_noticed(dev, steps):
    dev.prepare(dev.RUN, [])
    dev.venv_python().unlink()
    assert not dev.is_prepared(dev.RUN)


def test_an_environment_knows_its_place_but_not_line_ends(dev, checkout, tmp_path_factory):
    other = tmp_path_factory.mktemp("moved")
    for name in LOCKS:
        (other / name).write_bytes((checkout / name).read_bytes())
    assert dev.fingerprint(LOCKS, checkout) != dev.fingerprint(LOCKS, other)
    before = dev.fingerprint(LOCKS, checkout)
    (checkout / LOCKS[0]).write_bytes((checkout / LOCKS[0]).read_bytes().replace(b"\n", b"\r\n"))
    assert dev.fingerprint(LOCKS, checkout) == before


# --- commands ---


def test_what_follows_the_command_is_left_alone(dev):
    assert dev.parse(["run", "stats", "--wheelhouse", "x", "-h"]) == ([], "run", ["stats", "--wheelhouse", "x", "-h"])


def test_a_wheelhouse_turns_the_index_off(dev, tmp_path):
    assert dev.parse([f"--wheelhouse={tmp_path}", "test"]) == (
        ["--no-index", "--find-links", str(tmp_path.resolve())],
        "test",
        [],
    )


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["--fast", "run"], ["--wheelhouse"], ["--wheelhouse", "/nowhere/at/all", "run"]]
)
def test_what_cannot_be_understood_ends_in_words(dev, arguments, capsys):
    assert dev.main(arguments) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_pytest_runs_once_and_on_two_processes_unless_told_otherwise(dev):
    assert dev.pytest_arguments([]) == ["-m", "pytest", "-n", "2", "--dist", "loadgroup"]
    assert dev.pytest_arguments(["-x", "tests/unit"]) == ["-m", "pytest", "-x", "tests/unit"]


def test_help_needs_no_environment(tmp_path):
    copy = tmp_path / "dev"
    copy.write_bytes((ROOT / "dev").read_bytes())
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, copy, "--help"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0
    assert "./dev run" in done.stdout
    assert list(tmp_path.iterdir()) == [copy]


# --- lock files ---


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name):
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert requirements
    for line in requirements:
        assert re.match(r"[A-Za-z0-9._-]+==\S+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*$", line), line[:80]


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_file_names_an_address_or_a_machine(dev, name):
    assert dev.leaks((ROOT / name).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--extra-index-url https://example.org/simple",
        "-f wheels",
        "report-annotator @ file:///home/someone/checkout",
        "    # via -r /tmp/extra.in",
        r"    # via -r C:\extra.in",
    ],
)
def test_an_address_in_a_lock_file_would_be_seen(dev, line):
    good = "click==8.1 \\\n    --hash=sha256:00\n    # via\n    #   -c requirements-dev.lock\n"
    assert dev.leaks(good + line + "\n") == [line]


def test_the_development_lock_holds_all_of_the_others_at_the_same_versions():
    everything = pinned("requirements-dev.lock")
    assert pinned("requirements.lock").items() <= everything.items()
    build = pinned("requirements-build.lock")
    assert {name: everything.get(name, version) for name, version in build.items()} == build


def test_what_builds_wheels_is_pinned():
    assert {"hatchling", "editables", "setuptools", "wheel", "pip"} <= pinned("requirements-build.lock").keys()


def test_lock_file_serves_windows_too(dev):
    assert re.search(
        r'^colorama==\S+ ; sys_platform == "win32" \\$', dev.for_windows("colorama==0.4.6 \\\n"), re.MULTILINE
    )
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "colorama==" in (ROOT / name).read_text("utf-8")
