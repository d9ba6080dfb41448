"""All formats, in one list. A new one is a file of its own, a line here and a round-trip test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import InputError
from annotator.formats import docbin, jsonl, text
from annotator.formats.items import Item, ReadOptions, WriteOptions, Writer, shown
from annotator.formats.losses import Losses
from annotator.messages import N_

Read = Callable[[Path, ReadOptions], Iterator[Item]]
Write = Callable[[Path, WriteOptions, Losses, bool], Writer]


class Format(NamedTuple):
    """One format. `every_set` says that it carries all annotation sets of a report, and always the whole text.

    `file_suffix` is the ending that makes an export one file; any other path is a folder ("": always a file).
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Read | None = None
    write: Write | None = None
    every_set: bool = False
    file_suffix: str = ""


def formats() -> dict[str, Format]:
    """Every format by name."""
    known = (
        Format("text", N_("Plain text"), (".txt",), read=text.read),
        Format("jsonl", N_("JSON Lines"), (".jsonl", ".ndjson"), read=jsonl.read, write=_write_jsonl, every_set=True),
        Format("spacy", N_("spaCy DocBin"), (docbin.SUFFIX,), write=_write_docbin, file_suffix=docbin.SUFFIX),
    )
    return {form.name: form for form in known}


def reader_of(path: Path, name: str | None = None) -> Read:
    """The reader for a file: of the format named, else by its ending, else by how it begins. Raises InputError."""
    known = formats()
    if name is not None:
        return _named_reader(known, name)
    suffix = path.suffix.lower()
    for form in known.values():
        if suffix in form.suffixes and form.read is not None:
            return form.read if form.name != "text" else _by_content(path)
    return _by_content(path)


def _named_reader(known: dict[str, Format], name: str) -> Read:
    form = known.get(name)
    if form is None or form.read is None:
        readable = ", ".join(f.name for f in known.values() if f.read is not None)
        raise InputError(N_("There is no import format “{name}”; there are {formats}."), name=name, formats=readable)
    return form.read


def _by_content(path: Path) -> Read:
    """JSON Lines where the file begins like it, else text; what cannot be opened the text reader reports."""
    try:
        with path.open("rb") as stream:
            head = stream.read(jsonl.SNIFF_BYTES)
    except OSError:
        return text.read
    if jsonl.looks_like(head):
        return jsonl.read
    return _other_json if path.suffix.lower() == ".json" else text.read


def _other_json(path: Path, _options: ReadOptions) -> Iterator[Item]:
    """JSON of another kind is no report: its first line would be refused, and each that follows."""
    yield Item(shown(path), problem=InputError(N_("The file is JSON, but not JSON Lines with one report a line.")))


def _write_jsonl(path: Path, _options: WriteOptions, _losses: Losses, _folder: bool) -> Writer:
    return jsonl.JsonLinesWriter(path)


def _write_docbin(path: Path, options: WriteOptions, losses: Losses, folder: bool) -> Writer:
    return docbin.DocBinWriter(path, options, losses, folder=folder)
