"""The person's settings: one TOML file, declared in one table.

Each setting has a type, a default and words; nothing else is read from the file, and what the file
holds besides stays in it. A file that cannot be read is set aside, never overwritten. Where it cannot be written the
work goes on: what is chosen holds until the program ends, and that is told once.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from annotator import locations
from annotator.domain.errors import DiskError
from annotator.domain.span import is_uuid, new_uid
from annotator.messages import N_
from annotator.storage import Person


class Setting(NamedTuple):
    """One setting: dotted name, default (its type is the setting's type), words, allowed values or range."""

    name: str
    default: Any
    words: str
    choices: tuple[Any, ...] = ()
    low: int | None = None
    high: int | None = None


SETTINGS: tuple[Setting, ...] = (
    Setting("person.uid", "", N_("Identity of the annotator on this computer")),
    Setting("person.name", "", N_("Name of the annotator")),
    Setting("window.language", "", N_("Language of the interface; empty: the system's"), ("", "zh_CN", "en")),
    Setting("window.theme", "system", N_("Theme"), ("system", "light", "dark")),
    Setting("window.zoom", 100, N_("Text size in percent"), low=50, high=300),
    Setting("window.geometry", "", N_("Place and size of the window")),
    Setting("window.panes", "", N_("Widths of the panes")),
    Setting("window.left", True, N_("Show the list of reports")),
    Setting("window.right", True, N_("Show the entity panel")),
    Setting("view.label_names", "selected", N_("Label names under spans"), ("all", "selected", "none")),
    Setting("reading.line_pitch", 200, N_("Line pitch in percent of the text size"), (150, 175, 200, 225, 250)),
    Setting("reading.column", 45, N_("Width of the text in characters; 0: the window's"), (0, *range(30, 61))),
    Setting("reading.family", "", N_("Font of the report's text; empty: the interface's")),
    Setting("view.snap", True, N_("Selections made with the mouse take whole words and quantities")),
    Setting("panel.group", "none", N_("How the span list is grouped"), ("none", "section", "label", "text", "status")),
    Setting("panel.sort", "place", N_("How the span list is sorted"), ("place", "label", "text", "value", "length")),
    Setting("suggest.on", True, N_("Show suggestions")),
    Setting("suggest.sources", [], N_("Sources that suggest; an empty list: all")),
    Setting("suggest.model", "", N_("Folder of a spaCy model that suggests; empty: none")),
    Setting("check.marks", True, N_("Findings of the checks are marked in the report")),
    Setting("projects.recent", [], N_("Projects opened lately")),
    Setting("files.folder", "", N_("Folder used last")),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}

#: Tables whose rows are not known beforehand, with their words.
TABLES: dict[str, str] = {
    "watch": N_("Folders whose new files come in by themselves, by the project's id"),
    "checked": N_("The finding one stood on in the checks of a project, by the project's id"),
    "keys": N_("Keys of actions that a person has changed; an empty list: none"),
}


_NOT_KEPT = N_("The settings in {file} cannot be kept ({reason}). What you choose holds until the program ends.")


class Settings:
    """The settings as they stand; `set` writes the file at once. `problem`: why the file cannot be read or written."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or locations.settings_file()
        self.problem: DiskError | None = None
        self._tell: Callable[[DiskError], object] | None = None
        try:
            self._values = _read(self._path)
        except OSError as error:
            self._values = {}
            self._refused(error)

    @classmethod
    def load(cls) -> Settings:
        """The person's settings."""
        return cls()

    def tell(self, listener: Callable[[DiskError], object]) -> None:
        """Let `listener` know, once, that the file cannot be read or written: at once where that is known by now."""
        self._tell = listener
        if self.problem is not None:
            listener(self.problem)

    def get(self, name: str) -> Any:
        """The value of setting `name`; its default where the file has none that fits."""
        setting = _BY_NAME[name]
        value = self._values.get(name, setting.default)
        return value if _fits(setting, value) else setting.default

    def set(self, name: str, value: Any) -> None:
        """Keep `value`; raises ValueError where it does not fit the setting."""
        setting = _BY_NAME[name]
        if not _fits(setting, value):
            raise ValueError(f"{name} cannot be {value!r}")
        if self._values.get(name) == value:
            return
        self._values[name] = value
        self._write(name, value)

    def table(self, name: str) -> dict[str, Any]:
        """The rows of one of `TABLES`, as the file has them."""
        prefix = f"{name}."
        return {key.removeprefix(prefix): value for key, value in self._values.items() if key.startswith(prefix)}

    def set_row(self, table: str, key: str, value: Any) -> None:
        """Keep a row of one of `TABLES`; None takes it out."""
        name = f"{table}.{key}"
        if table not in TABLES:
            raise ValueError(f"there is no table {table!r} in the settings")
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value
        self._write(name, value)

    def person(self) -> Person:
        """Who works here: made on first use, named after the system's user; without uid where that cannot be kept."""
        uid = self.get("person.uid")
        if not is_uuid(uid):
            uid = new_uid()
            self.set("person.uid", uid)
        # An id that nobody kept would make somebody new of them each time: the name has to do.
        return Person(uid if self.problem is None else "", self.get("person.name") or system_user())

    def remember_project(self, path: Path) -> None:
        """Put `path` first in the list of recent projects."""
        recent = [str(path), *(p for p in self.get("projects.recent") if p != str(path))]
        self.set("projects.recent", recent[:10])

    def _write(self, name: str, value: Any) -> None:
        """Write one value into the file; a disk that refuses does not end the work."""
        try:
            self._write_file(name, value)
        except OSError as error:
            self._refused(error)

    def _refused(self, error: OSError) -> None:
        if self.problem is not None:
            return
        self.problem = DiskError(_NOT_KEPT, file=str(self._path), reason=error.strerror or str(error))
        if self._tell is not None:
            self._tell(self.problem)

    def _write_file(self, name: str, value: Any) -> None:
        """Write one value into the file, beside what the person wrote there. Raises OSError."""
        import tomlkit  # late: reading, which every start does, needs only the standard library
        import tomlkit.items

        document = tomlkit.parse(_text(self._path))
        section, key = name.split(".", 1)
        if not isinstance(document.get(section), dict):
            document[section] = tomlkit.table()
        table: Any = document[section]
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        temporary.write_text(tomlkit.dumps(document), encoding="utf-8")
        temporary.replace(self._path)


def person_named(name: str) -> Person:
    """The annotator called `name`, whoever works here: `--annotator` on the command line."""
    return Person("", name)


def system_user() -> str:
    """The name of the system's user."""
    try:
        return getpass.getuser() or "annotator"
    except (OSError, KeyError):
        return "annotator"


def _fits(setting: Setting, value: Any) -> bool:
    if type(value) is not type(setting.default):
        return False
    if setting.choices and value not in setting.choices:
        return False
    low, high = setting.low, setting.high
    return (low is None or value >= low) and (high is None or value <= high)


def _text(path: Path) -> str:
    """The file's text; empty where there is none or where it was damaged and set aside."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        path.replace(path.with_suffix(".damaged.toml"))
        return {}
    return dict(_flat(data))


def _flat(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, values in data.items():
        if isinstance(values, dict):
            yield from ((f"{section}.{key}", value) for key, value in values.items())
