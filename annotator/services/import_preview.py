"""What an import would bring, before it does: the files by kind, and the first reports of one of them.

Reads in a process of its own like the import itself, so that a file that would hang an import hangs no preview. Knows
no project and writes nothing. Used from one thread that is not the main one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.errors import InputError, KnownError
from annotator.domain.facts import where_of
from annotator.domain.site_rule import SiteRule
from annotator.formats.columns import ID, TEXT, Columns
from annotator.formats.items import Item, shown
from annotator.formats.registry import format_of, formats
from annotator.messages import N_, _
from annotator.services import reading_worker
from annotator.services.fields import field_title, value_words, where_words
from annotator.services.import_options import FileOptions
from annotator.services.paths import found
from annotator.services.reading_one import FileReader, Limits
from annotator.services.reading_worker import Order

__all__ = ["Columns", "Fact", "Listed", "Previewer", "Sample", "fact_words", "format_title", "listed", "needs_a_look"]

#: A preview is worth less waiting than an import.
LIMITS: Final = Limits(seconds=20.0, seconds_per_mb=3.0)
#: So many reports of a file are shown.
SHOWN: Final = 5
#: More files than these are looked at before they come in.
_FEW: Final = 24
#: Encodings that a person is offered; the ladder knows more.
ENCODINGS: Final = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "shift_jis", "latin-1")
#: What a column may be.
ROLES: Final[dict[str, str]] = {
    TEXT: N_("Text"),
    ID: N_("Id"),
    "title": N_("Title"),
    "url": N_("Address of the page"),
    "date": N_("Date"),
    "source": N_("Source"),
    "issuer": N_("Issuing body"),
    "document_number": N_("Document number"),
    "year": N_("Year"),
    "province": N_("Province"),
    "city": N_("City"),
    "county": N_("County"),
    "township": N_("Township"),
    "region": N_("Region"),
}


class Listed(NamedTuple):
    """A file that would be imported. `format` is its name, "" where `problem` says why it cannot be read."""

    path: Path
    shown: str
    size: int
    format: str
    problem: str = ""

    @property
    def table(self) -> bool:
        """Whether it has columns to choose from."""
        form = formats().get(self.format)
        return form is not None and form.columns


class Fact(NamedTuple):
    """Something found about a report: the field, its value, and where it was read ("" where that is not known)."""

    field: str
    value: str
    where: str


class Sample(NamedTuple):
    """One report of a file as an import would bring it, or in `problem` why there is none."""

    line: int | None
    title: str
    text: str
    furniture: tuple[tuple[int, int, str], ...]
    encoding: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    problem: str = ""


def listed(paths: Iterable[Path]) -> Iterator[Listed]:
    """The files behind what was named, each with its kind."""
    for file in found(paths):
        size = 0
        try:
            size = file.stat().st_size
            yield Listed(file, shown(file), size, format_of(file).format.name)
        except KnownError as problem:
            yield Listed(file, shown(file), size, "", str(problem))
        except OSError as error:
            unread = InputError(N_("The file cannot be read: {reason}."), reason=error.strerror or str(error))
            yield Listed(file, shown(file), size, "", str(unread))


def needs_a_look(paths: Iterable[Path]) -> bool:
    """Whether a person should see what comes in before it does: anything but a few plain texts and our own files."""
    files = list(itertools.islice(found(paths), _FEW + 1))
    return len(files) > _FEW or any(file.format not in ("", "text", "jsonl") for file in listed(files))


def format_title(name: str) -> str:
    """A format in words."""
    form = formats().get(name)
    return _(form.title) if form else _("Cannot be read")


def fact_words(fact: Fact) -> str:
    """A fact in words: what it is, its value, and where it was read."""
    where = _(" ({where})", where=where_words(fact.where)) if fact.where else ""
    value = value_words(fact.field, fact.value)
    return _("{name}: {value}", name=field_title(fact.field), value=value) + where


class Previewer:
    """Reads the beginning of one file after the other, with the rules of sites that an import goes by."""

    def __init__(self, limits: Limits = LIMITS, rules: tuple[SiteRule, ...] = ()) -> None:
        self._reader = FileReader(limits)
        self._limits = limits
        self._rules = rules

    def samples(self, path: Path, options: FileOptions, most: int = SHOWN) -> list[Sample]:
        """The first reports of a file."""
        found: list[Sample] = []
        for arrived in self._reader.read(Order(path, options.format, options.reading(self._rules))):
            found += [_sample(a.item) for a in arrived]
            if len(found) >= most:
                break
        return found[:most]

    def columns(self, path: Path, options: FileOptions) -> Columns:
        """The columns of a table. Raises KnownError."""
        seconds = self._limits.time_for(path)
        found: Columns = self._reader.ask(reading_worker.COLUMNS, (path, options.reading()), seconds)
        return found

    def stop(self) -> None:
        """End the process, whatever it is at; may be called from any thread."""
        self._reader.stop()

    def close(self) -> None:
        """End the process."""
        self._reader.close()


def _sample(item: Item) -> Sample:
    notes = tuple(note.text() for note in item.notes)
    report = item.report
    if report is None:
        return Sample(item.line, "", "", (), "", (), notes, str(item.problem))
    furniture = tuple((f.start, f.end, f.rule) for f in report.furniture)
    return Sample(item.line, report.title, report.text, furniture, report.encoding, _facts(report.meta), notes)


def _facts(meta: Mapping[str, Any]) -> tuple[Fact, ...]:
    where = where_of(meta)
    return tuple(
        Fact(name, str(value), where.get(name, ""))
        for name, value in meta.items()
        if isinstance(value, str | int | float) and str(value)
    )
