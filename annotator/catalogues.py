"""The message catalogues: merges `resources/translations/<language>/*.po` into the one `.mo` that gettext reads.

`python -m annotator.catalogues` writes them; standard library only. A message that two files translate
differently is an error, so that nothing depends on the order of files.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator import locations
from annotator.messages import DOMAIN

_MAGIC = 0x950412DE
_HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Language: {language}\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)


class CatalogueError(ValueError):
    """A .po file that cannot be read, or two that contradict each other."""


def read_po(path: Path) -> dict[str, str]:
    """The messages of a .po file: id to translation; of one with a plural, "singular\\0plural" to its only form.

    Knows what our files use: comments, `msgid`, `msgid_plural`, `msgstr`, `msgstr[0]` and continued
    strings. Messages without a translation, marked fuzzy or obsolete are left out, and so is the header.
    """
    messages: dict[str, str] = {}
    for place, entry, fuzzy in _entries(path):
        message = entry.get("msgid", "")
        if "msgid_plural" in entry:
            message += "\0" + entry["msgid_plural"]
        text = entry.get("msgstr", entry.get("msgstr[0]", ""))
        if not message or not text or fuzzy:
            continue
        if messages.setdefault(message, text) != text:
            raise CatalogueError(f"{path.name}:{place}: a second translation of {message!r}")
    return messages


def _entries(path: Path) -> Iterator[tuple[int, dict[str, str], bool]]:
    """Each entry's fields, with the line it ends on, and whether it is marked fuzzy."""
    entry: dict[str, str] = {}
    key, fuzzy = "", False
    lines = path.read_text(encoding="utf-8").split("\n")
    for place, line in enumerate([*lines, ""], 1):
        text = line.strip()
        if text.startswith("#"):
            fuzzy = fuzzy or (text.startswith("#,") and "fuzzy" in text)
        elif text.startswith('"'):
            entry[key] += _string(text, path, place)
        elif text:
            key, _space, value = text.partition(" ")
            if key == "msgid" and entry:
                yield place - 1, entry, fuzzy
                entry, fuzzy = {}, False
            entry[key] = _string(value, path, place)
        elif entry:
            yield place, entry, fuzzy
            entry, fuzzy = {}, False


def _string(quoted: str, path: Path, place: int) -> str:
    try:
        value = ast.literal_eval(quoted)
    except (ValueError, SyntaxError):
        value = None
    if not isinstance(value, str):
        raise CatalogueError(f"{path.name}:{place}: no string: {quoted}")
    return value


def merged(files: Iterable[Path]) -> dict[str, str]:
    """The messages of several .po files. Raises CatalogueError where two translate one differently."""
    messages: dict[str, str] = {}
    for path in files:
        for message, text in read_po(path).items():
            if messages.setdefault(message, text) != text:
                raise CatalogueError(f"{path.name}: another file translates {message!r} differently")
    return messages


def compiled(messages: dict[str, str], language: str) -> bytes:
    """The messages as a .mo file: sorted ids and their translations behind two tables of length and place."""
    rows = sorted({"": _HEADER.format(language=language), **messages}.items(), key=lambda row: row[0].encode())
    ids = [message.encode() for message, _text in rows]
    texts = [text.encode() for _message, text in rows]
    count = len(rows)
    tables, place = b"", 28 + 16 * count
    for data in (*ids, *texts):
        tables += struct.pack("<II", len(data), place)
        place += len(data) + 1
    head = struct.pack("<7I", _MAGIC, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + tables + b"\0".join([*ids, *texts]) + b"\0"


def languages() -> list[Path]:
    """The folders of languages that have .po files."""
    return sorted({path.parent for path in (locations.resources() / "translations").glob("*/*.po")})


def catalogue(folder: Path) -> bytes:
    """The .mo file that a language's .po files add up to."""
    return compiled(merged(sorted(folder.glob("*.po"))), folder.name)


def compiled_path(folder: Path) -> Path:
    """Where a language's .mo file lies."""
    return folder / "LC_MESSAGES" / f"{DOMAIN}.mo"


def main() -> int:
    """Write the .mo file of every language."""
    for folder in languages():
        target = compiled_path(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(catalogue(folder))
        sys.stdout.write(f"{target.name}: {folder.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
