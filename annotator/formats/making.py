"""What every reader does with a text once it has one: normalise, mark furniture, read the metadata, keep the bytes.

A reader says what it knows (which ranges are furniture by the build of the file, what a column says); what the text
itself tells is found here, the same way for every format.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError, KnownError
from annotator.domain.report import Furniture, Report
from annotator.domain.span import new_uid
from annotator.formats.items import MAX_TEXT_BYTES, Item, ReadOptions, shown
from annotator.messages import N_
from annotator.reading.furniture import Found, find_furniture, site_of
from annotator.reading.metadata import describe
from annotator.reading.normalise import Normalised, normalise
from annotator.reading.page_facts import PageFacts

#: Files that hold more than text may be longer than a text; what is larger than this is no report.
MAX_FILE_BYTES = 256 * 1024 * 1024
#: Longer originals are not kept in the project.
MAX_ORIGINAL_BYTES = 32 * 1024 * 1024

#: So much more is asked for at once where a file holds more than it said.
_MORE = 64 * 1024

Mark = tuple[int, int, str]
#: A report, and what is to be said about how it was read.
Made = tuple[Report, tuple[Wording, ...]]


_NOTHING: dict[str, Any] = {}


class Source(NamedTuple):
    """What a reader hands over beside the text.

    `marks` are furniture the build of the file shows: start, end, rule, in code points of the raw text. `meta` is what
    columns or properties say; it goes before what is read in the text, and `meta_from` says by field where it stood.
    `data` are the bytes to keep (None: they are not this report's own). `all_body`: the file is one that somebody wrote,
    no page around it, so that between the marks only what is surely furniture counts as such. `page` is what a page
    inside states. `row`: one of many in its file, whose name therefore is no title, and whose hash is given in `digest`.
    """

    file_name: str
    data: bytes | None = None
    encoding: str = ""
    marks: Sequence[Mark] = ()
    meta: Mapping[str, Any] = _NOTHING
    meta_from: Mapping[str, str] = _NOTHING
    foreign_id: str | None = None
    all_body: bool = False
    page: PageFacts | None = None
    row: bool = False
    digest: str = ""


def only_item(make: Callable[[Path, ReadOptions], Made], path: Path, options: ReadOptions) -> Iterator[Item]:
    """The item of a file that is one report: what `make` makes of it, or the reason why it is none."""
    try:
        report, notes = make(path, options)
    except KnownError as problem:
        yield Item(shown(path), problem=problem)
    else:
        yield Item(shown(path), report=report, notes=notes)


def make_report(raw: str, source: Source, options: ReadOptions) -> Made:
    """The report of a text, and what is to be said about it. Raises InputError where it holds no text or too much."""
    normalised = normalise(raw)
    text = normalised.text
    _check(text)
    furniture = _furniture(normalised, source, options)
    report = Report(
        uid=new_uid(),
        text=text,
        meta=_meta(text, source, furniture),
        furniture=furniture,
        foreign_id=source.foreign_id,
        encoding=source.encoding,
        file_name=source.file_name,
        original=_original(text, source.data),
    )
    return report, tuple(_notes(normalised, source))


def read_file(path: Path, limit: int = MAX_TEXT_BYTES) -> bytes:
    """The bytes of a file of sensible length. Raises InputError for one that is too long or cannot be read."""
    try:
        with FileIO(path) as stream:
            # Asked for little more than there is: room for the longest of files is not free.
            most = min(limit, os.fstat(stream.fileno()).st_size) + 1
            data = stream.read(most) or b""
            while len(data) <= limit and (more := stream.read(max(most - len(data), _MORE))):
                data += more
    except OSError as error:
        raise unreadable(error) from error
    if len(data) > limit:
        raise InputError(N_("The file is longer than {n} MB; split it."), n=limit // 1024**2)
    return data


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hex, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def decoding_notes(encoding: str, replaced: int, *, sure: bool) -> Iterator[Wording]:
    """What is to be said about how bytes became text."""
    if replaced:
        words = N_("{n} places could not be read as {encoding} and show as �.")
        yield Wording(words, {"n": replaced, "encoding": encoding})
    if not sure:
        words = N_("The encoding {encoding} is a guess; look at the text, and name another one if it is garbled.")
        yield Wording(words, {"encoding": encoding})


def original_notes(data: bytes | None) -> Iterator[Wording]:
    """What is to be said where a file is too long for its bytes to be kept."""
    if data is not None and len(data) > MAX_ORIGINAL_BYTES:
        words = N_("The file is longer than {n} MB: its text came in, its bytes are not kept in the project.")
        yield Wording(words, {"n": MAX_ORIGINAL_BYTES // 1024**2})


def unreadable(error: OSError) -> InputError:
    """The sentence for a file the system does not let us read."""
    return InputError(N_("The file cannot be read: {reason}."), reason=error.strerror or str(error))


def _check(text: str) -> None:
    if not text or text.isspace():
        raise InputError(N_("The file is empty."))
    if len(text) > MAX_TEXT_BYTES:
        raise InputError(N_("The file is longer than {n} MB; split it."), n=MAX_TEXT_BYTES // 1024**2)


def _furniture(normalised: Normalised, source: Source, options: ReadOptions) -> list[Furniture]:
    """What the file's build shows, and between it what the text shows."""
    text = normalised.text
    marks = sorted((*normalised.map_span(start, end), rule) for start, end, rule in source.marks)
    body = list(between(marks, len(text))) if source.all_body else None
    site = site_of(text, str(source.meta.get("url") or "")) if options.site_rules else ""
    found = find_furniture(text, site=site, rules=options.site_rules, body=body)
    free = found if source.all_body else (each for each in found if not _meets(each, marks))
    ranges = sorted((*marks, *((each.start, each.end, each.rule) for each in free)))
    return [Furniture(new_uid(), start, end, rule) for start, end, rule in ranges if start < end]


def _meets(found: Found, marks: Sequence[Mark]) -> bool:
    return any(start < found.end and found.start < end for start, end, _rule in marks)


def between(marks: Sequence[Mark], length: int) -> Iterator[tuple[int, int]]:
    """The ranges of a text of `length` that no mark covers; the marks come in order."""
    at = 0
    for start, end, _rule in marks:
        if at < start:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _meta(text: str, source: Source, furniture: Sequence[Furniture]) -> dict[str, Any]:
    ranges = [(each.start, each.end) for each in furniture]
    digest = source.digest if source.data is None else hashlib.sha256(source.data).hexdigest()
    found = describe(
        text, None if source.row else source.file_name, page=source.page, furniture=ranges, file_hash=digest
    )
    meta = found.as_meta()
    return with_meta(meta, source.meta, source.meta_from) if source.meta else meta


def with_meta(meta: Mapping[str, Any], said: Mapping[str, Any], said_from: Mapping[str, str]) -> dict[str, Any]:
    """What was read in a text, with what a table or a file says of it in front."""
    kept = {name: value for name, value in said.items() if value not in ("", None)}
    found = {**meta.get("from", {}), **{name: where for name, where in said_from.items() if name in kept}}
    merged = {**{name: value for name, value in meta.items() if name != "from"}, **kept}
    return {**merged, "from": found} if found else merged


def _original(text: str, data: bytes | None) -> bytes | None:
    if data is None or len(data) > MAX_ORIGINAL_BYTES or data == text.encode():
        return None
    return data


def _notes(normalised: Normalised, source: Source) -> Iterator[Wording]:
    if normalised.replaced:
        yield Wording(N_("{n} characters that cannot be stored show as �."), {"n": len(normalised.replaced)})
    yield from original_notes(source.data)
