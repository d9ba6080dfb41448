"""What a file is by its content, whatever its ending says: the names of formats, or why there is none for it.

Looks at the first bytes, and of archives and compound files at the names of the parts inside. Decodes nothing.
"""

from __future__ import annotations

import re
import zipfile
from io import FileIO
from pathlib import Path

from annotator.formats import jsonl
from annotator.formats.containers import BROKEN
from annotator.messages import N_

#: How much of a file is looked at.
HEAD_BYTES = jsonl.SNIFF_BYTES

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|table|title|p|script|style)\b",
    re.I | re.S,
)
_TAG = re.compile(rb"<[!/?a-zA-Z]")
_PAGE_TAGS = re.compile(rb"<(?:html|head|body)\b", re.IGNORECASE)
_MHTML = re.compile(
    rb"(?:\A|\n)(?:MIME-Version:|Content-Type:\s*multipart/related|Snapshot-Content-Location:)", re.IGNORECASE
)
_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z-]*:\s")
_MARKS = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")

#: What is no report, and what to say of it, by its first bytes.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", ""),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"BZh91AY", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"SQLite format 3\0", "database"),
)
_OTHER_MARKS = tuple(mark for mark, _kind in _OTHERS)
# What begins with a Chinese character in UTF-8 or GB 18030, a mark before it or not, is neither page nor lines of ours.
_NO_KIND = re.compile(rb"(?:\xef\xbb\xbf)?(?:[\x81-\xee][\x80-\xfe])")
REASONS: dict[str, str] = {
    "empty": N_("The file is empty."),
    "picture": N_("The file is a picture: there is no text in it to read."),
    "archive": N_("The file is an archive of a kind that is not read here; unpack it, or pack it again as ZIP."),
    "database": N_("The file is a database; a project of this program is opened, not imported."),
    "slides": N_("The file holds slides; save them as PDF or Word and import that."),
    "encrypted": N_("The file is protected with a password; save it without one and import it again."),
    "compound": N_("The file is a compound file of no kind that is read here; save it as DOCX, XLSX or PDF."),
}


def kind_of(path: Path) -> str:
    """The name of the format a file's content shows, a key of REASONS, or "" where only its ending can tell.

    Raises OSError where the file cannot be read.
    """
    with FileIO(path) as stream:
        head = stream.read(HEAD_BYTES) or b""
    if not head:
        return "empty"
    if head.startswith(_ZIP):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _compound_kind(path)
    return kind_of_head(head)


def has_tags(path: Path) -> bool:
    """Whether anything at the beginning of a file is marked up. Raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        return _TAG.search(stream.read(HEAD_BYTES).replace(b"\0", b"")) is not None


def kind_of_head(head: bytes) -> str:
    """As `kind_of`, for the first bytes alone."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "doc"
    if head.startswith(_OTHER_MARKS):
        other = next(kind for mark, kind in _OTHERS if head.startswith(mark))
        if other:
            return other
    return _text_kind(head)


def _text_kind(head: bytes) -> str:
    """Which kind of text; of most files the first byte that shows tells that there is nothing to look for."""
    if _NO_KIND.match(head):
        return ""
    plain = _MARKS.sub(b"", head).replace(b"\0", b"")  # UTF-16 is ASCII with NULs between
    if _HEADER.match(plain) and _MHTML.search(plain[:8192]):
        return "mhtml"
    if _MARKUP.match(plain) or (plain.lstrip()[:1] == b"<" and _PAGE_TAGS.search(plain)):
        return "html"
    return "jsonl" if jsonl.looks_like(head) else ""


def _zip_kind(path: Path) -> str:
    """What an archive is by the parts it holds; one that is cut off is told by the name of its first parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (*BROKEN, OSError):
        return _cut_off_kind(path)
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "slides")):
            if any(name.startswith(folder) for name in names):
                return kind
    return "doc" if {"mimetype", "content.xml"} <= names else "zip"


def _cut_off_kind(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if b"[Content_Types].xml" not in head and b"_rels/.rels" not in head:
        return "zip"
    return "xlsx" if b"xl/" in head and b"word/" not in head else "docx"


def _compound_kind(path: Path) -> str:
    """Word, WPS, Excel and encrypted files of the old kind by the names of their streams."""
    names = {
        "EncryptedPackage": "encrypted",
        "WordDocument": "doc",
        "Workbook": "xls",
        "Book": "xls",
        "PowerPoint Document": "slides",
    }
    wanted = {("\0".join(name) + "\0").encode("latin-1") + b"\0\0": kind for name, kind in names.items()}
    found: set[str] = set()
    with path.open("rb") as stream:
        tail = b""
        while chunk := stream.read(1 << 20):
            piece = tail + chunk
            found.update(kind for mark, kind in wanted.items() if mark in piece)
            tail = piece[-64:]
    order = ("encrypted", "doc", "xls", "slides")
    return next((kind for kind in order if kind in found), "compound")
