"""Files that are ZIP archives of parts (DOCX, XLSX, ZIP itself), opened as if they came from an enemy.

What a part unpacks to is known from the archive's directory before anything is unpacked, and no more than that is ever
read of it; XML with a document type, which is where entity bombs and references to other files live, is refused.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from annotator.domain.errors import InputError
from annotator.formats.making import unreadable
from annotator.messages import N_

#: What all parts that are read may unpack to together.
MAX_UNPACKED = 512 * 1024 * 1024
#: A part that unpacks to more than this many times its size is a bomb; a table of blanks reaches some hundreds.
MAX_RATIO = 1000
_RATIO_FROM = 8 * 1024 * 1024
MAX_ENTRIES = 100_000
_CHUNK = 64 * 1024

#: What the standard library raises over archives that are broken or were made to break it.
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def package(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive behind a file. Raises InputError where it is none, is damaged or would unpack to too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            check(archive.infolist())
            yield archive
    except BROKEN as error:
        raise damaged() from error
    except OSError as error:
        raise unreadable(error) from error


def damaged() -> InputError:
    """The sentence for a file that ends early or does not hold together."""
    return InputError(
        N_("The file is damaged or cut off; nothing was read of it. Open it in its own program and save it again.")
    )


def encrypted() -> InputError:
    """The sentence for a file nobody can read without a password."""
    return InputError(N_("The file is protected with a password; save it without one and import it again."))


def check(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Raises InputError for an archive of absurd numbers or sizes."""
    total = 0
    for number, entry in enumerate(entries, 1):
        total += entry.file_size
        if total > MAX_UNPACKED or number > MAX_ENTRIES or is_bomb(entry):
            raise InputError(N_("The file would unpack to far more than it is: it was not opened."))


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether one part unpacks to absurdly more than it takes."""
    return entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size)


def xml_part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    """A part as an element; None where the archive has no such part. Raises InputError."""
    try:
        data = archive.read(name)
    except KeyError:
        return None
    return parse_xml(data)


def parse_xml(data: bytes) -> ET.Element:
    """An XML document without a document type. Raises InputError for others and for broken ones."""
    refuse_document_type(io.BytesIO(data))
    try:
        return ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise damaged() from error


def refuse_document_type(part: IO[bytes]) -> None:
    """Raises InputError where XML declares a document type: before its first element, where alone it can stand.

    What is no XML is passed over here: whoever wants it as XML will say so.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
    except (_Enough, expat.ExpatError, LookupError):
        return
    except BROKEN as error:
        raise damaged() from error


class _Enough(Exception):
    """The first element has begun: from here on no document type can come."""


def _stop(_name: str, _attributes: object) -> None:
    raise _Enough


def _refuse(*_declared: object) -> None:
    raise InputError(N_("The file declares XML entities of its own, which no office program does: it was not opened."))


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace: the strict and the usual form differ in that alone."""
    return tag.rpartition("}")[2]
