"""Spans and relations: what a person marks in a report.

Offsets are Unicode code points into the report's stored text, end exclusive. Records are
NamedTuples: they are made by the hundred thousand at import, where a frozen dataclass costs
three times as much.
"""

from __future__ import annotations

import os
import uuid
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

#: Where a span came from. Anything else a file brings is kept as it is.
HAND: Final = "hand"

#: JSON numbers keep their exact value as decimal strings; these are the Python forms of attribute values.
AttributeValue = Any

#: More places than this before or after the point, and a number is no quantity.
MAX_PLACES: Final = 1000

_NOTHING: Final[dict[str, Any]] = {}


class Span(NamedTuple):
    """One marked piece of a report's text, in one annotation set.

    `label` is the label's name; storage keeps the label's id, so that renaming loses nothing.
    `text_version` is the version of the report's text that the offsets count in. `extra` holds
    unknown keys of the file it came from; `foreign_id` that file's own id where it is no UUID.
    `proposed` names the attributes that the program filled in and nobody has looked at yet.
    The dictionaries are never changed in place: use `_replace`.
    """

    uid: str
    start: int
    end: int
    label: str
    attributes: dict[str, AttributeValue] = _NOTHING
    origin: str = HAND
    score: float | None = None
    note: str = ""
    certain: bool = True
    text_version: int = 1
    foreign_id: str | int | None = None
    extra: dict[str, Any] = _NOTHING
    proposed: tuple[str, ...] = ()

    @property
    def range(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    def covers(self, offset: int) -> bool:
        """Whether the character at `offset` lies inside."""
        return self.start <= offset < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this span (the same range counts)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a character is shared with `[start, end)`."""
        return self.start < end and start < self.end


class Relation(NamedTuple):
    """A typed, directed link between two spans of one annotation set: `head` to `child`, by uid."""

    uid: str
    head: str
    child: str
    label: str
    note: str = ""
    foreign_id: str | int | None = None
    extra: dict[str, Any] = _NOTHING


def reading_order(span: Span) -> tuple[int, int, str]:
    """Sort key: as read, the outer of two nested spans first; `uid` makes the order total."""
    return span.start, -span.end, span.uid


def new_uid() -> str:
    """A fresh UUID (version 4) in its usual text form, for a fifth of what `uuid.uuid4` takes."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def new_uids(count: int) -> list[str]:
    """`count` fresh UUIDs (version 4) at once, for a fraction of what as many single ones cost.

    All are written into one buffer, place by place of their 36 characters.
    """
    digits = os.urandom(16 * count).hex().encode()
    buffer = bytearray(b"-" * (36 * count))
    for place, digit in _PLACES:
        buffer[place::36] = digits[digit::32]
    buffer[14::36] = b"4" * count
    buffer[19::36] = digits[16::32].translate(_VARIANT)
    text = buffer.decode()
    return [text[i : i + 36] for i in range(0, 36 * count, 36)]


# Where in the text form each hexadecimal digit stands: four dashes lie between them.
_PLACES: Final = tuple((digit + sum(digit >= edge for edge in (8, 12, 16, 20)), digit) for digit in range(32))
_VARIANT: Final = bytes.maketrans(b"0123456789abcdef", b"89ab" * 4)


def is_uuid(value: object) -> bool:
    """Whether `value` is a UUID in its usual 36-character text form, in lower case."""
    if not isinstance(value, str) or len(value) != 36:
        return False
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False


def exact_number(value: object) -> str | None:
    """`value` as a plain decimal string ("4500000000", "0.997"), or None where it is no finite number.

    Strings, integers and floats are read; a float is taken by its shortest decimal form. A number of
    more than a thousand places (`1e999999`) is none: written out it would fill the memory.
    """
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > MAX_PLACES or len(number.as_tuple().digits) > MAX_PLACES:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
