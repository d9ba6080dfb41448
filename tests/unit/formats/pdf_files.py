"""A small writer of PDF files for tests: text at places, any character, with a password where one is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

A4 = (595, 842)
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


class Words(NamedTuple):
    """Words at a place: points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 12


def make_pdf(pages: Sequence[Sequence[Words]], *, owner: str | None = None, user: str = "") -> bytes:
    """A PDF file. `owner` encrypts it (40 bits); with an empty `user` anybody can read it, but not change it."""
    ident = b"0123456789abcdef"
    crypt = _Crypt(owner, user, ident) if owner is not None else None
    objects: list[bytes] = [b"", _CATALOGUE, b"", *_font()]
    kids = []
    for page in pages:
        content = _stream(_content(page), crypt, len(objects) + 1)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (*A4, len(objects) + 1),
            content,
        ]
        kids.append(b"%d 0 R" % (len(objects) - 2))
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    objects[6] = _stream(_TO_UNICODE, crypt, 6)
    trailer = b""
    if crypt:
        objects.append(crypt.dictionary())
        trailer = b"/Encrypt %d 0 R/ID[<%s><%s>]" % (len(objects) - 1, ident.hex().encode(), ident.hex().encode())
    return _file(objects, trailer)


_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"100 beginbfrange\n" + b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (n, n, n) for n in range(100)) + b"endbfrange\n"
    b"100 beginbfrange\n" + b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (n, n, n) for n in range(100, 200)) + b"endbfrange\n"
    b"56 beginbfrange\n" + b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (n, n, n) for n in range(200, 256)) + b"endbfrange\n"
    b"endcmap end end"
)  # fmt: skip


def _font() -> list[bytes]:
    half = b"/W[32[%s]]" % b" ".join([b"500"] * 95)
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/DW 1000" + half + b"/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120/StemV 80>>",
        b"",
    ]


def _content(page: Sequence[Words]) -> bytes:
    """PDFium passes over a lone character of a font without glyphs: a blank keeps it company."""
    shown = [(w, (w.text if len(w.text) > 1 else w.text + " ").encode("utf-16-be").hex().encode()) for w in page]
    return b"\n".join(b"BT /F %g Tf %g %g Td <%s> Tj ET" % (w.size, w.x, w.y, text) for w, text in shown)


def _stream(data: bytes, crypt: _Crypt | None, number: int) -> bytes:
    if crypt:
        data = crypt.encrypt(data, number)
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects[1:], 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % len(objects)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects), trailer, start)
    return bytes(out)


class _Crypt:
    """The standard security handler, revision 2: RC4 with 40 bits."""

    def __init__(self, owner: str, user: str, ident: bytes) -> None:
        key = hashlib.md5(_padded(owner)).digest()[:5]
        self._owner = _rc4(key, _padded(user))
        digest = hashlib.md5(_padded(user) + self._owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + ident).digest()
        self._key = digest[:5]
        self._user = _rc4(self._key, _PADDING)

    def dictionary(self) -> bytes:
        owner, user = self._owner.hex().encode(), self._user.hex().encode()
        return b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (owner, user)

    def encrypt(self, data: bytes, number: int) -> bytes:
        key = hashlib.md5(self._key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return _rc4(key, data)


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
