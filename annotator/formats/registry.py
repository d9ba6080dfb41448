"""All formats, in one list. A new one is a file of its own, a line here and a round-trip test.

Which reader a file gets is decided by its content, then by its ending; a name that a person gave overrides both.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError
from annotator.formats.items import AS_FOUND, Item, ReadOptions, WriteOptions, Writer, shown
from annotator.formats.losses import Losses
from annotator.formats.making import unreadable
from annotator.formats.settled import settled
from annotator.formats.sniff import REASONS, has_tags, kind_of
from annotator.messages import N_

if TYPE_CHECKING:
    from annotator.formats.columns import Columns

Read = Callable[[Path, ReadOptions], Iterator[Item]]
Write = Callable[[Path, WriteOptions, Losses, bool], Writer]


class Format(NamedTuple):
    """One format. `every_set` says that it carries all annotation sets of a report, and always the whole text.

    `file_suffix` is the ending that makes an export one file; any other path is a folder ("": always a file). `many`
    says that a file may hold many reports, `columns` that it is a table: its module also shows the columns of one.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Read | None = None
    write: Write | None = None
    every_set: bool = False
    file_suffix: str = ""
    many: bool = False
    columns: bool = False


class Recognised(NamedTuple):
    """The format of a file, and what is to be said where its ending says another."""

    format: Format
    notes: tuple[Wording, ...] = ()


@functools.cache
def formats() -> dict[str, Format]:
    """Every format by name."""
    known = (
        Format("text", N_("Plain text"), (".txt", ".text", ".md"), read=_reader("text")),
        Format("html", N_("Saved web page"), (".html", ".htm", ".xhtml", ".shtml"), read=_reader("html")),
        Format("mhtml", N_("Web page in one file (MHTML)"), (".mhtml", ".mht"), read=_reader("mhtml")),
        Format("docx", N_("Word document"), (".docx", ".docm", ".dotx"), read=_reader("docx")),
        Format("pdf", N_("PDF"), (".pdf",), read=_reader("pdf")),
        Format("xlsx", N_("Workbook"), (".xlsx", ".xlsm", ".xltx"), read=_reader("xlsx"), many=True, columns=True),
        Format(
            "csv", N_("Table as text (CSV)"), (".csv", ".tsv", ".tab"), read=_reader("csv"), many=True, columns=True
        ),
        Format("zip", N_("ZIP archive"), (".zip",), read=_reader("zip"), many=True),
        Format(
            "doc",
            N_("Older Word, WPS, RTF, ODT or Excel file"),
            (".doc", ".wps", ".rtf", ".odt", ".dot", ".xls"),
            read=_reader("doc"),
        ),
        Format(
            "jsonl", N_("JSON Lines"), (".jsonl", ".ndjson"), _reader("jsonl"), _write_jsonl, every_set=True, many=True
        ),
        Format("spacy", N_("spaCy DocBin"), (".spacy",), write=_write_docbin, file_suffix=".spacy"),
    )
    return {form.name: form for form in known}


def reader_of(path: Path, name: str | None = None) -> Read:
    """The reader for a file: of the format named, else by what the file is. Raises InputError for an unknown name."""
    if name is not None:
        _named(name)
    return functools.partial(_read, name)


def format_of(path: Path, name: str | None = None) -> Recognised:
    """The format of a file: the one named, else by content, else by ending. Raises InputError where there is none."""
    if name is not None:
        return Recognised(_named(name))
    kind, suffix = _kind(path), path.suffix.lower()
    if kind in REASONS:
        raise InputError(REASONS[kind])
    if kind == "xls":
        return Recognised(formats()["doc"])
    by_ending = _endings().get(suffix)
    if not kind:
        return _without_content(path, suffix, by_ending)
    form = formats()[kind]
    return Recognised(form, () if by_ending in (None, form) else (_other_ending(path, form),))


def columns_of(path: Path, options: ReadOptions = AS_FOUND) -> Columns:
    """The columns of a table. Raises InputError where the file is none, or cannot be read."""
    form = format_of(path).format
    if not form.columns:
        raise InputError(N_("The file has no columns: it is neither a CSV file nor a workbook."))
    return cast("Columns", _loaded(form.name).columns(path, options))


def _kind(path: Path) -> str:
    try:
        return kind_of(path)
    except OSError as error:
        raise unreadable(error) from error


@functools.cache
def _endings() -> dict[str, Format]:
    """By ending, the first format that reads it."""
    readable = [form for form in formats().values() if form.read is not None]
    return {suffix: form for form in reversed(readable) for suffix in form.suffixes}


def _without_content(path: Path, suffix: str, by_ending: Format | None) -> Recognised:
    """A file whose bytes could be any text: the ending tells, if it is one of a kind of text."""
    if suffix == ".json":
        raise InputError(N_("The file is JSON, but not JSON Lines with one report a line."))
    if by_ending is None or (by_ending.name in _TEXTUAL and not _is_no_page(path, by_ending)):
        return Recognised(by_ending or formats()["text"])
    # What programs of the web call a workbook is often a table as text.
    form = formats()["csv" if suffix in _TABLES else "text"]
    return Recognised(form, (_other_ending(path, form),))


def _is_no_page(path: Path, by_ending: Format) -> bool:
    """Whether a file is called a page and yet is plain text: what marks no paragraph up has them in its lines."""
    try:
        return by_ending.name in _PAGES and not has_tags(path)
    except OSError as error:
        raise unreadable(error) from error


_PAGES = ("html", "mhtml")
#: Formats that nothing but the ending tells from plain text.
_TEXTUAL = ("text", "csv", "jsonl", "html", "mhtml")
_TABLES = (".xls", ".xlsx")


def _other_ending(path: Path, form: Format) -> Wording:
    words = N_("The ending {suffix} does not say what the file is: it was read as “{format}”.")
    return Wording(words, {"suffix": path.suffix, "format": form.name})


def _named(name: str) -> Format:
    form = formats().get(name)
    if form is None or form.read is None:
        readable = ", ".join(f.name for f in formats().values() if f.read is not None)
        raise InputError(N_("There is no import format “{name}”; there are {formats}."), name=name, formats=readable)
    return form


def _read(name: str | None, path: Path, options: ReadOptions) -> Iterator[Item]:
    """The items of a file, with what its ending hides; never raises for bad input."""
    try:
        form, notes = format_of(path, name)
    except InputError as problem:
        yield Item(shown(path), problem=problem)
        return
    read, nothing = cast(Read, form.read), True
    for item in settled(read, path, options, many=form.many):
        yield item._replace(notes=(*notes, *item.notes)) if notes and item.report is not None else item
        notes, nothing = (), False
    if nothing:
        yield Item(shown(path), problem=InputError(N_("There is no report in this file.")))


@functools.cache
def _loaded(module: str) -> Any:
    return importlib.import_module(f"annotator.formats.{module}")


def _reader(module: str) -> Read:
    """The reader of a module that is loaded when it is first needed: most imports need one or two of them."""

    def read(path: Path, options: ReadOptions) -> Iterator[Item]:
        return cast("Iterator[Item]", _loaded(module).read(path, options))

    return read


def _write_jsonl(path: Path, _options: WriteOptions, _losses: Losses, _folder: bool) -> Writer:
    from annotator.formats import jsonl

    return jsonl.JsonLinesWriter(path)


def _write_docbin(path: Path, options: WriteOptions, losses: Losses, folder: bool) -> Writer:
    from annotator.formats import docbin

    return docbin.DocBinWriter(path, options, losses, folder=folder)
