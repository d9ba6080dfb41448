"""From the bytes of a page to its markup: what encoding it declares, and what it is really written in.

A declaration is believed when the bytes bear it out; otherwise the ladder of `reading.encoding` decides and the caller
is told. Character references that name no character are replaced here, before a parser can stumble over them.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from annotator.reading.encoding import CANDIDATES, decode

_HEAD = 4096
_BODY_TAG = re.compile(rb"<body[\s>]", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)

# What these names are taken for: Python's gb2312 changes `·` and `—`, its big5 lacks what Hong Kong added.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}

_REFERENCE = re.compile("&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")
# References into the C1 block mean what Windows-1252 has there.
_WINDOWS = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)}
# An image inside an address says nothing and can be longer than all the rest.
_INLINE_DATA = re.compile(r"data:[a-zA-Z0-9.+/-]{0,60}[;,][^\"'()<>\s]{200,}")


class Markup(NamedTuple):
    """The decoded markup of a page.

    `declared` is the encoding as the page names it ("" where it does not); `contradicted` says that the bytes are in
    `encoding` instead. `replaced` counts undecodable places, `unstorable` characters that cannot be stored (NUL, half
    of a pair) and became U+FFFD.
    """

    text: str
    encoding: str
    declared: str
    contradicted: bool = False
    replaced: int = 0
    unstorable: int = 0
    sure: bool = True


def markup_of(data: bytes, encoding: str | None = None, transport: str = "") -> Markup:
    """Decode a page. `encoding` is what a person chose, which contradicts nothing; `transport` what a mail part's header says.

    Raises InputError for an encoding nobody knows.
    """
    declared = declared_charset(data) or transport
    if encoding is not None:
        chosen = decode(data, encoding)
        made = _made(chosen.text, chosen.encoding, declared, chosen.replaced, sure=True)
        return made._replace(contradicted=False)
    found = decode(data)
    if found.bom or not declared:
        return _made(found.text, found.encoding, declared, found.replaced, found.sure)
    named = _codec(transport) or _codec(declared)
    if not named or _same(named, found.encoding):
        return _made(found.text, found.encoding, declared, found.replaced, sure=True)
    if found.encoding == "utf-8" and found.replaced == 0 and not data.isascii():
        # Bytes that are UTF-8 from end to end are nothing else.
        return _made(found.text, "utf-8", declared, 0, sure=True)
    return _by_declaration(data, declared, named)


def declared_charset(data: bytes) -> str:
    """The encoding a page names in its XML declaration or the first `<meta>` that does."""
    head = data[:_HEAD]
    if b"\0" in head:
        return ""
    found = _XML.match(head) or _META_CHARSET.search(head)
    if found is None:
        body = _BODY_TAG.search(data)
        found = _META_CHARSET.search(data, 0, body.start() if body else 64 * 1024)
    return found[1].decode("ascii") if found else ""


def _by_declaration(data: bytes, declared: str, named: str) -> Markup:
    """The declared encoding where it decodes, or nearly; else the ladder's."""
    if named not in CANDIDATES:
        # An alphabet of one byte a character takes any bytes and proves nothing.
        ladder = decode(data)
        if ladder.sure or ladder.replaced == 0:
            return _made(ladder.text, ladder.encoding, declared, ladder.replaced, ladder.sure)
    text = data.decode(named, errors="replace")
    lost = text.count("\ufffd")
    if lost == 0 or lost * 200 < len(data) - data.count(b" "):
        ladder = decode(data)
        if lost <= ladder.replaced or not ladder.sure:
            return _made(text, named, declared, lost, sure=True)
        return _made(ladder.text, ladder.encoding, declared, ladder.replaced, ladder.sure)
    ladder = decode(data)
    return _made(ladder.text, ladder.encoding, declared, ladder.replaced, ladder.sure)


def _made(text: str, encoding: str, declared: str, replaced: int, sure: bool) -> Markup:
    contradicted = bool(declared) and not text.isascii() and not _same(_codec(declared), encoding)
    text, unstorable = _storable(_INLINE_DATA.sub("data:", text))
    return Markup(text, encoding, declared, contradicted, replaced, unstorable, sure)


def _codec(name: str) -> str:
    """Python's codec for a declared name, widened; "" where there is none or it is no text encoding."""
    try:
        found = codecs.lookup(name.strip()).name
        b" ".decode(found, errors="replace")
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(found, found)


def _same(named: str, encoding: str) -> bool:
    return named.removesuffix("-sig") == encoding.removesuffix("-sig") or (
        named.startswith("utf-16") and encoding.startswith("utf-16")
    )


def storable(text: str) -> str:
    """Markup that stood inside other markup, ready for a parser."""
    return _storable(text)[0]


def _storable(text: str) -> tuple[str, int]:
    """The text without NUL and halves of pairs, also where they are written as references; and how many there were."""
    count = text.count("\0")
    if count:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text, n = re.subn("[\ud800-\udfff]", "\ufffd", text)
        count += n
    if "&#" not in text:
        return text, count
    bad = 0

    def character(found: re.Match[str]) -> str:
        nonlocal bad
        code = int(found[1], 16) if found[1] else int(found[2])
        if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            bad += 1
            return "\ufffd"
        if code in _WINDOWS:
            return _WINDOWS[code]
        if code < 0x20 and code not in (9, 10, 12, 13):
            return ""
        return found[0]

    return _REFERENCE.sub(character, text), count + bad
