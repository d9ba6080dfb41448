"""Plain text files: one file, one report.

Owns the decisions about a file as a whole (too long, empty, binary). How bytes become text is
`reading.encoding`, what the text then looks like `reading.normalise`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.errors import InputError
from annotator.formats.items import AS_FOUND, MAX_TEXT_BYTES, Item, ReadOptions, shown
from annotator.formats.making import Made, Source, decoding_notes, make_report, only_item, read_file
from annotator.messages import N_
from annotator.reading.encoding import decode, looks_binary


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The one report of a text file, or the reason why it is none."""
    return only_item(_report, path, options)


def _report(path: Path, options: ReadOptions) -> Made:
    data = read_file(path, MAX_TEXT_BYTES)
    if options.encoding is None and looks_binary(data):
        raise InputError(N_("The file is not text: its bytes are those of another kind of file."))
    decoded = decode(data, options.encoding)
    report, notes = make_report(decoded.text, Source(shown(path.name), data, decoded.encoding), options)
    return report, (*decoding_notes(decoded.encoding, decoded.replaced, sure=decoded.sure), *notes)
