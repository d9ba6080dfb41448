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
from annotator.domain.span import new_uid
from annotator.formats.items import AS_FOUND, MAX_TEXT_BYTES, Item, ReadOptions, shown
from annotator.messages import N_
from annotator.reading.encoding import Decoded, decode, looks_binary
from annotator.reading.metadata import describe
from annotator.reading.normalise import Normalised, normalise


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The one report of a text file, or the reason why it is none."""
    try:
        report, notes = _report(path, options.encoding)
    except KnownError as problem:
        yield Item(shown(path), problem=problem)
    else:
        yield Item(shown(path), report=report, notes=notes)


def _report(path: Path, encoding: str | None) -> tuple[Report, tuple[Wording, ...]]:
    data = read_bytes(path)
    if encoding is None and looks_binary(data):
        raise InputError(N_("The file is not text: its bytes are those of another kind of file."))
    decoded = decode(data, encoding)
    normalised = normalise(decoded.text)
    text = normalised.text
    if not text.strip():
        raise InputError(N_("The file is empty."))
    report = Report(
        uid=new_uid(),
        text=text,
        meta=describe(text, shown(path.name)).as_meta(),
        encoding=decoded.encoding,
        file_name=shown(path.name),
        original=None if data == text.encode() else data,
    )
    return report, tuple(_notes(decoded, normalised))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of sensible length. Raises InputError for one that is too long or cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_TEXT_BYTES + 1)
    except OSError as error:
        raise InputError(N_("The file cannot be read: {reason}."), reason=error.strerror or str(error)) from error
    if len(data) > MAX_TEXT_BYTES:
        raise InputError(N_("The file is longer than {n} MB; split it."), n=MAX_TEXT_BYTES // 1024**2)
    return data


def _notes(decoded: Decoded, normalised: Normalised) -> Iterator[Wording]:
    if decoded.replaced:
        words = N_("{n} places could not be read as {encoding} and show as �.")
        yield Wording(words, {"n": decoded.replaced, "encoding": decoded.encoding})
    if not decoded.sure:
        words = N_("The encoding {encoding} is a guess; look at the text, and name another one if it is garbled.")
        yield Wording(words, {"encoding": decoded.encoding})
    if normalised.replaced:
        yield Wording(N_("{n} characters that cannot be stored show as �."), {"n": len(normalised.replaced)})
