"""Word documents (DOCX): one file, one report, what the document shows in reading order.

Owns the package: which part holds what. How a part becomes text is `formats.word`. Only the standard library is needed,
and no part is opened before it is known what it unpacks to and that it declares no entities.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import InputError
from annotator.formats.containers import damaged, local, package, xml_part
from annotator.formats.items import AS_FOUND, Item, ReadOptions, shown
from annotator.formats.making import MAX_FILE_BYTES, Made, Source, make_report, only_item, read_file
from annotator.formats.word.body import Line, Notes, Walk, joined
from annotator.formats.word.numbers import Numbering, attribute
from annotator.messages import N_

HEADER, FOOTER = "running_header", "running_footer"
#: A document's text is at most this much XML; the rest of a package (pictures) may be larger.
_LONGEST_PART = 128 * 1024 * 1024
_PAGE_NUMBER = re.compile(r"[\s—–―－─_·•\-|/]*(?:第?\s*\d*\s*页?\s*(?:[,，/]?\s*共\s*\d*\s*页)?)[\s—–―－─_·•\-|]*")


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The one report of a document, or the reason why it is none."""
    return only_item(_report, path, options)


def _report(path: Path, options: ReadOptions) -> Made:
    data = read_file(path, MAX_FILE_BYTES)
    text, marks = document_text(path)
    if not text.strip():
        raise InputError(N_("The document holds no text; if it shows some, that is a picture."))
    return make_report(text, Source(shown(path.name), data, marks=marks, all_body=True), options)


def document_text(path: Path) -> tuple[str, list[tuple[int, int, str]]]:
    """What a document shows, and its furniture: start, end, rule. Raises InputError."""
    parts = _parts(path)
    numbering, notes = Numbering(parts.numbering, parts.styles), Notes()
    walk = Walk(numbering, notes)
    body = [line for element in parts.bodies for line in walk.lines(element)]
    lines = [*_around(parts.headers, HEADER), *body, *_notes(parts, notes, walk), *_around(parts.footers, FOOTER)]
    return joined(lines)


class _Parts(NamedTuple):
    """The parts of a package that hold text or say how it looks."""

    bodies: list[ET.Element]
    numbering: ET.Element | None
    styles: ET.Element | None
    headers: list[ET.Element]
    footers: list[ET.Element]
    notes: dict[str, ET.Element | None]


def _parts(path: Path) -> _Parts:
    with package(path) as archive:
        main = _target(archive, "", "officeDocument") or "word/document.xml"
        document = _part(archive, main)
        if document is None:
            raise damaged()
        related = dict(_relations(archive, main))
        return _Parts(
            [child for child in document if local(child.tag) == "body"],
            _first(archive, related, "numbering"),
            _first(archive, related, "styles"),
            _referred(archive, document, related, "headerReference"),
            _referred(archive, document, related, "footerReference"),
            {kind: _first(archive, related, f"{kind}s") for kind in ("footnote", "endnote")},
        )


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    names = archive.NameToInfo
    if name in names and names[name].file_size > _LONGEST_PART:
        raise InputError(N_("The file is longer than {n} MB; split it."), n=_LONGEST_PART // 1024**2)
    return xml_part(archive, name)


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The parts a part refers to: id, kind and name. What lies outside the package does not count."""
    folder, name = posixpath.split(part)
    found = _part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in () if found is None else found:
        if attribute(relation, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target"))).lstrip("/")
            yield attribute(relation, "Id"), (attribute(relation, "Type").rpartition("/")[2], target)


def _target(archive: zipfile.ZipFile, part: str, kind: str) -> str:
    return next((name for _id, (found, name) in _relations(archive, part) if found == kind), "")


def _first(archive: zipfile.ZipFile, related: dict[str, tuple[str, str]], kind: str) -> ET.Element | None:
    name = next((name for found, name in related.values() if found == kind), "")
    return _part(archive, name) if name else None


def _referred(
    archive: zipfile.ZipFile, document: ET.Element, related: dict[str, tuple[str, str]], kind: str
) -> list[ET.Element]:
    """The headers or footers that some section of the document uses, each once."""
    ids = [attribute(element, "id") for element in document.iter() if local(element.tag) == kind]
    names = dict.fromkeys(related[each][1] for each in ids if each in related)
    return [part for name in names if (part := _part(archive, name)) is not None]


def _around(parts: list[ET.Element], rule: str) -> Iterator[Line]:
    """What stands above or below every page, once; page numbers are no text."""
    seen: set[str] = set()
    for part in parts:
        for line in Walk(Numbering(None, None), Notes()).lines(part):
            if line.text.strip() and line.text not in seen and not _PAGE_NUMBER.fullmatch(line.text):
                seen.add(line.text)
                yield Line(line.text, rule)


def _notes(parts: _Parts, notes: Notes, walk: Walk) -> Iterator[Line]:
    """The notes the text refers to, each with its mark, at the end."""
    for number, (kind, wanted) in enumerate(notes.referred, 1):
        found = next((n for n in _each(parts.notes[kind]) if attribute(n, "id") == wanted), None)
        if found is not None:
            text = joined(walk.lines(found))[0].strip()
            yield Line(f"[{number}] {text}")


def _each(part: ET.Element | None) -> Iterator[ET.Element]:
    yield from () if part is None else part
