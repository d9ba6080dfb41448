"""The person's settings: one TOML file, declared in one table."""

from pathlib import Path

import pytest

from annotator.domain.span import is_uuid
from annotator.services.settings import SETTINGS, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.toml"


def test_defaults_hold_without_a_file_and_nothing_is_written(path: Path) -> None:
    settings = Settings(path)
    assert all(settings.get(s.name) == s.default for s in SETTINGS)
    assert not path.exists()


def test_a_value_set_is_there_after_a_restart(path: Path) -> None:
    Settings(path).set("window.zoom", 125)
    assert Settings(path).get("window.zoom") == 125


@pytest.mark.parametrize(
    ("name", "value"), [("window.zoom", 10), ("window.zoom", "125"), ("window.theme", "pink"), ("window.left", 1)]
)
def test_a_value_that_does_not_fit_is_refused_and_in_the_file_passed_over(path: Path, name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        Settings(path).set(name, value)
    section, key = name.split(".")
    path.parent.mkdir()
    path.write_text(f"[{section}]\n{key} = {value!r}\n".replace("'", '"'), encoding="utf-8")
    default = next(s.default for s in SETTINGS if s.name == name)
    assert Settings(path).get(name) == default


def test_what_a_person_wrote_beside_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('# mine\n[window]\nzoom = 110  # big\n[other]\nx = "y"\n', encoding="utf-8")
    Settings(path).set("window.theme", "dark")
    text = path.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# big" in text
    assert 'x = "y"' in text
    assert Settings(path).get("window.theme") == "dark"


def test_a_damaged_file_is_set_aside_and_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("[window\nzoom=", encoding="utf-8")
    settings = Settings(path)
    assert settings.get("window.zoom") == 100
    settings.set("window.zoom", 150)
    assert path.with_suffix(".damaged.toml").read_text(encoding="utf-8") == "[window\nzoom="


def test_the_person_keeps_one_identity(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.services.settings.getpass.getuser", lambda: "wang")
    person = Settings(path).person()
    assert is_uuid(person.uid)
    assert person.name == "wang"
    settings = Settings(path)
    settings.set("person.name", "王")
    assert Settings(path).person() == person._replace(name="王")


def test_recent_projects_come_newest_first_and_once(path: Path) -> None:
    settings = Settings(path)
    for name in ("a", "b", "a"):
        settings.remember_project(Path(name))
    assert settings.get("projects.recent") == ["a", "b"]


def test_changed_keys_are_rows_of_a_table(path: Path) -> None:
    settings = Settings(path)
    settings.set("window.zoom", 110)
    settings.set_row("keys", "span.next", ["X", "]"])
    settings.set_row("keys", "span.edit", [])
    assert Settings(path).table("keys") == {"span.next": ["X", "]"], "span.edit": []}
    settings.set_row("keys", "span.next", None)
    settings.set_row("keys", "never.there", None)
    assert Settings(path).table("keys") == {"span.edit": []}
    assert Settings(path).get("window.zoom") == 110
    with pytest.raises(ValueError, match="no table"):
        settings.set_row("nothing", "a", 1)


def test_where_nothing_can_be_kept_the_work_goes_on_and_it_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    settings, told = Settings(tmp_path / "file" / "settings.toml"), list[Exception]()
    settings.tell(told.append)
    settings.set("window.zoom", 125)
    settings.set_row("keys", "span.edit", ["X"])
    assert settings.get("window.zoom") == 125 and settings.table("keys") == {"span.edit": ["X"]}
    assert len(told) == 1 and "until the program ends" in str(told[0])
    late = list[Exception]()
    settings.tell(late.append)
    assert late == told


def test_who_works_here_is_known_by_name_where_no_identity_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.services.settings.getpass.getuser", lambda: "wang")
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings.toml")
    assert (settings.person().uid, settings.person().name) == ("", "wang")


def test_a_file_that_may_not_be_read_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Settings(path).set("window.zoom", 125)
    before = path.read_bytes()

    def refuse(*_args: object, **_more: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", refuse)
        settings = Settings(path)
        settings.set("window.zoom", 150)
        assert settings.get("window.zoom") == 150 and settings.problem is not None
    assert path.read_bytes() == before
