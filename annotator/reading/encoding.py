"""From bytes to text: which encoding a file is written in, and whether it is text at all.

The ladder: byte-order mark, strict UTF-8, then the candidate whose decoding reads most like
Chinese. Nothing is refused for being damaged: what cannot be decoded becomes U+FFFD and is
counted, so that the caller can say so.
"""

from __future__ import annotations

import codecs
import contextlib
from collections import Counter
from typing import NamedTuple

from annotator.domain.errors import InputError
from annotator.messages import N_
from annotator.reading.hanzi import COMMON, PUNCTUATION

CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

# The longer mark first: UTF-32's begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Python's gb2312 turns `·` and `—` into other characters, and its big5 lacks what Hong Kong added.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
_BOM = "\ufeff"

_HEAD = 64 * 1024
_MIDDLE = 32 * 1024
# Below this a decoding does not read like a Chinese or English text; nearer than this to the next it is a guess.
_READABLE = 0.5
_CLEAR = 0.1


class Decoded(NamedTuple):
    """A decoded file: `replaced` counts the U+FFFD put in, `sure` says whether `encoding` is more than a guess."""

    text: str
    encoding: str
    bom: bool
    replaced: int
    sure: bool


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file's bytes, by the encoding named or else by the ladder; never fails on damaged bytes."""
    if encoding is not None:
        return _decode_as(data, codec_name(encoding), sure=True)
    marked = _marked(data)
    if marked:
        return _decode_as(data, marked, sure=True)
    if b"\0" not in data:
        with contextlib.suppress(UnicodeDecodeError):
            return Decoded(data.decode("utf-8"), "utf-8", bom=False, replaced=0, sure=True)
    ranked = _ranked(data)
    (best, name), (second, _other) = ranked[0], ranked[1]
    return _decode_as(data, name, sure=best >= _READABLE and best - second >= _CLEAR)


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text: by their first bytes, or by control bytes that no encoding explains."""
    if _marked(data):
        return False
    if data.startswith(_MAGIC):
        return True
    head = data[:_HEAD]
    if not head:
        return False
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    # UTF-16 without a mark is full of NUL and control bytes, and yet reads well.
    return controls / len(head) > 0.02 and _ranked(data)[0][0] < 0.3


_MAGIC = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"SQLite format 3\0",
    b"\x7fELF",
    b"MZ\x90\0",
    b"\x1f\x8b\x08",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xfd7zXZ\0",
    b"BZh91AY",
    b"\x28\xb5\x2f\xfd",
    b"II*\0",
    b"MM\0*",
)
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"


def _marked(data: bytes) -> str:
    """The encoding a byte-order mark names, or nothing."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            # UTF-16 whose first character is NUL begins like UTF-32; only whole units of four speak for that.
            if not name.startswith("utf-32") or _decodes(data, name):
                return name
    return ""


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def codec_name(encoding: str) -> str:
    """The codec behind a name a person gave; raises InputError where there is none."""
    try:
        name = codecs.lookup(encoding.strip()).name
        b" ".decode(name, errors="replace")  # refuses codecs that are no text encoding, such as base64
    except (LookupError, ValueError):
        raise InputError(
            N_("The encoding “{encoding}” is not known. Try utf-8, gb18030, big5 or utf-16."), encoding=encoding
        ) from None
    return _WIDER.get(name, name)


def _decode_as(data: bytes, name: str, *, sure: bool) -> Decoded:
    """Decode with replacement; a byte-order mark is dropped and reported, never kept as text."""
    marked = _marked(data)
    if name in ("utf-16", "utf-32"):
        name = marked if marked.startswith(name) else f"{name}-le"
    try:
        text, replaced = _text(data, "utf-8" if name == "utf-8-sig" else name)
    except UnicodeError as error:  # some codecs know no replacement
        raise InputError(N_("The text cannot be read as {encoding}."), encoding=name) from error
    bom = text.startswith(_BOM)
    if name in ("utf-8", "utf-8-sig"):
        name = "utf-8-sig" if bom else "utf-8"
    return Decoded(text.removeprefix(_BOM), name, bom, replaced, sure)


def _text(data: bytes, codec: str) -> tuple[str, int]:
    """The text, U+FFFD in each undecodable place, and how many; a U+FFFD that was written in the file is none."""
    try:
        return data.decode(codec), 0
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
        written = data.decode(codec, errors="ignore").count("\ufffd")
        return text, text.count("\ufffd") - written


def _ranked(data: bytes) -> list[tuple[float, str]]:
    """The candidates with their scores, best first; equal scores keep the order of CANDIDATES."""
    scores = [(_score(_sample(data, name)), name) for name in CANDIDATES]
    return sorted(scores, key=lambda scored: -scored[0])


def _sample(data: bytes, name: str) -> str:
    """What is scored of a file: all of a short one, the head and a piece of the middle of a long one."""
    pieces = [data[:_HEAD]]
    if len(data) > _HEAD + _MIDDLE:
        start = (len(data) // 2) & ~3
        middle = data[start : start + _MIDDLE]
        # A line's start is a character's start in all but UTF-16, where any even place is.
        pieces.append(middle if name.startswith("utf-16") else middle[middle.find(b"\n") + 1 :])
    else:
        pieces = [data]
    return "".join(piece.decode(name, errors="replace") for piece in pieces)


def _score(text: str) -> float:
    """How much a text reads like a Chinese report: from 1 (all familiar) down to -3 (all garbage)."""
    if not text:
        return 0.0
    weights = _WEIGHTS
    return sum([count * weights[character] for character, count in Counter(text).items()]) / len(text)


class _Weights(dict[str, float]):
    """What each character met so far weighs; the far planes are not kept in mind."""

    def __missing__(self, character: str) -> float:
        weight = _weight(character)
        if character < "\U00010000":
            self[character] = weight
        return weight


_WEIGHTS = _Weights()


def _weight(character: str) -> float:
    code = ord(character)
    if 0x20 <= code < 0x7F or character in "\t\n\r" or character in COMMON or character in PUNCTUATION:
        return 1.0
    if code < 0x20 or 0x7F <= code < 0xA0 or code == 0xFFFD or 0xE000 <= code < 0xF900 or code >= 0xF0000:
        return -3.0
    # A rarer hanzi is no witness either way, but better than a letter of some far-off script.
    return 0.2 if 0x4E00 <= code < 0xA000 else 0.0
