"""Plain text files: one file, one report.

Owns the decisions about a file as a whole (too long, empty, binary). How bytes become text is
`reading.encoding`, what the text then looks like `reading.normalise`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError, KnownError
from annotator.domain.report import Report
from annotator.formats.items import AS_FOUND, MAX_TEXT_BYTES, Item, ReadOptions, shown
from annotator.formats.making import Source, make_report, read_file
from annotator.messages import N_
from annotator.reading.encoding import Decoded, decode, looks_binary


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The one report of a text file, or the reason why it is none."""
    try:
        report, notes = _report(path, options)
    except KnownError as problem:
        yield Item(shown(path), problem=problem)
    else:
        yield Item(shown(path), report=report, notes=notes)


def _report(path: Path, options: ReadOptions) -> tuple[Report, tuple[Wording, ...]]:
    data = read_file(path, MAX_TEXT_BYTES)
    if options.encoding is None and looks_binary(data):
        raise InputError(N_("The file is not text: its bytes are those of another kind of file."))
    decoded = decode(data, options.encoding)
    report, notes = make_report(decoded.text, Source(shown(path.name), data, decoded.encoding), options)
    return report, (*decoding_notes(decoded), *notes)


def decoding_notes(decoded: Decoded) -> Iterator[Wording]:
    """What is to be said about how bytes became text."""
    if decoded.replaced:
        words = N_("{n} places could not be read as {encoding} and show as �.")
        yield Wording(words, {"n": decoded.replaced, "encoding": decoded.encoding})
    if not decoded.sure:
        words = N_("The encoding {encoding} is a guess; look at the text, and name another one if it is garbled.")
        yield Wording(words, {"encoding": decoded.encoding})
