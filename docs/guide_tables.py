"""The tables of the user guide that the program itself knows best: keys and settings.

`python docs/guide_tables.py` writes them between the markers in `guide/*.md`; a test compares. Needs no window and no
compiled catalogue.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the checkout that this file belongs to

from annotator import catalogues, locations
from annotator.services.session import default_schema
from annotator.services.settings import SETTINGS, TABLES, Setting
from annotator.ui.actions import ACTIONS, MENUS, OWN_KEYS, Action

GUIDES = {"zh": Path(__file__).parent / "guide" / "zh.md", "en": Path(__file__).parent / "guide" / "en.md"}

_KEY_HEAD = {"zh": ("命令", "按键"), "en": ("Command", "Keys")}
_SETTING_HEAD = {"zh": ("名称", "含义", "默认", "可取的值"), "en": ("Name", "Meaning", "Default", "Values")}
_LABELS = {"zh": "标签键", "en": "Label keys"}
_OWN = {"zh": "文字和输入框里的键", "en": "Keys in the text and in fields"}
_BESIDES = {"zh": "其他", "en": "Besides"}
#: Keys that a reader knows by another name than the one the table of actions has.
_NAMES = {"Return": "Enter", "PgDown": "PageDown", "PgUp": "PageUp", "Del": "Delete"}

Row = tuple[str, ...]


def words(language: str) -> dict[str, str]:
    """The catalogue of a guide's language: message id to text."""
    if language == "en":
        return {}
    return catalogues.merged(sorted((locations.resources() / "translations" / "zh_CN").glob("*.po")))


def plain(text: str) -> str:
    """A menu text without the mark of its access key."""
    return re.sub(r"\(&\w\)", "", text).replace("&", "")


def key(name: str) -> str:
    """A key as the guide writes it."""
    parts = re.split(r"(?<=[^+])\+(?=.)", name)
    return "`" + "+".join(_NAMES.get(part, part) for part in parts) + "`"


def keys(action: Action) -> str:
    """All default keys of an action; a dash where it has none."""
    return " ".join(dict.fromkeys(map(key, action.keys))) or "–"


def action_row(action: Action, text: dict[str, str]) -> Row:
    """What an action is called and its keys, as a line of the table."""
    return plain(text.get(action.words, action.words)), keys(action)


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, tuple("---" for _cell in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def key_tables(language: str) -> str:
    """Labels, keys of the text, then menu by menu."""
    text, head = words(language), _KEY_HEAD[language]
    schema = default_schema()
    titles = {"zh": "zh_CN", "en": "en"}
    labels = [(f"{la.title.text(titles[language])} {la.name}", key(la.key)) for la in schema.labels if la.key]
    parts = [(_LABELS[language], labels)]
    parts += [(_OWN[language], [(text.get(does, does), text.get(names, names)) for names, does in OWN_KEYS])]
    for menu, title in (*MENUS, ("", _BESIDES[language])):
        rows = [action_row(action, text) for action in ACTIONS if action.menu == menu]
        parts.append((plain(text.get(title, title)), rows))
    return "\n\n".join(f"### {title}\n\n{_table(head, rows)}" for title, rows in parts if rows)


def setting_table(language: str) -> str:
    """Every setting with its words, default and values."""
    text = words(language)
    rows = [(f"`{s.name}`", text.get(s.words, s.words), f"`{_toml(s.default)}`", _values(s)) for s in SETTINGS]
    rows += [(f"`[{name}]`", text.get(means, means), "–", "") for name, means in TABLES.items()]
    return _table(_SETTING_HEAD[language], rows)


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')


def _values(setting: Setting) -> str:
    """The choices, or the range; many whole numbers that follow each other as one range."""
    choices = setting.choices
    if len(choices) > 12:
        return f"`{choices[0]}`, `{choices[1]}` … `{choices[-1]}`"
    if choices:
        return ", ".join(f"`{_toml(choice)}`" for choice in choices)
    return "" if setting.low is None else f"{setting.low} … {setting.high}"


def filled(guide: str, language: str) -> str:
    """The text of a guide with its tables brought up to date. Raises ValueError where a marker is missing."""
    for name, make in (("keys", key_tables), ("settings", setting_table)):
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, there, rest = guide.partition(begin)
        _old, closed, after = rest.partition(end)
        if not there or not closed:
            raise ValueError(f"the guide {language} lacks the markers {begin} and {end}")
        guide = f"{before}{begin}\n\n{make(language)}\n\n{end}{after}"
    return guide


def write() -> None:
    """Bring both guides up to date."""
    for language, path in GUIDES.items():
        path.write_text(filled(path.read_text(encoding="utf-8"), language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
