"""Texts that are nearly the same: one body with other furniture around it, or with a few words changed.

A `Fingerprint` is made of each report once: the hash of its body without white space, which finds equal bodies, and
four bands of a MinHash over the body's clauses, which find candidates for nearly equal ones among any number of
reports by looking up four numbers. Whether a candidate is one, `similarity` says from the texts. Pure computation:
where fingerprints are kept is the project file's business (`storage.bodies`).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from annotator.domain.report import Furniture

#: Bodies at least this similar are near duplicates.
NEAR: Final = 0.95
_BINS: Final = 16
_ROWS: Final = 4  # bins in a band: 4 bands of 4
_GRAM: Final = 4
_SHORTEST: Final = 200  # characters without white space; shorter bodies are compared whole only
#: Texts that share fewer of their clauses share fewer than NEAR of their characters, however the changes are spread.
_FAR: Final = 0.5
_CLAUSES: Final = re.compile(r"[,，。；;、：:！!？?（）()\n]+")


class Fingerprint(NamedTuple):
    """`hash`: of the body without white space, 128 bits in hex; "" where there is no body. `bands`: 64-bit integers."""

    hash: str
    bands: tuple[int, ...]


def body_of(text: str, furniture: Iterable[Furniture]) -> str:
    """The text without its furniture."""
    parts, at = [], 0
    for start, end in sorted((f.start, f.end) for f in furniture):
        if start > at:
            parts.append(text[at:start])
        at = max(at, end)
    parts.append(text[at:])
    return "".join(parts)


def fingerprint(text: str, furniture: Sequence[Furniture] = ()) -> Fingerprint:
    """The fingerprint of a report's body."""
    body = body_of(text, furniture) if furniture else text
    bare = "".join(body.split())
    if not bare:
        return Fingerprint("", ())
    bands = _bands(bare) if len(bare) >= _SHORTEST else ()
    return Fingerprint(hashlib.blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(), bands)


def _bands(bare: str) -> tuple[int, ...]:
    """MinHash with one permutation: the smallest hash in each of 16 bins of clauses, four bins to a band."""
    least = [0] * _BINS
    for clause in {*_CLAUSES.split(bare)}:
        value = zlib.crc32(clause.encode("utf-8", "surrogatepass"))
        place = value % _BINS
        if len(clause) > 1 and (not least[place] or value < least[place]):
            least[place] = value
    return tuple(_band(at, least[at : at + _ROWS]) for at in range(0, _BINS, _ROWS) if any(least[at : at + _ROWS]))


def _band(number: int, values: Sequence[int]) -> int:
    joined = b"".join(value.to_bytes(8) for value in (number, *values))
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), signed=True)


def similarity(one: str, other: str) -> float:
    """How much of two bodies is the same, white space ignored: runs of four characters they share among all they have.

    From 0 to 1; 0 as well where their lengths or their clauses already say that they are no near duplicates.
    """
    one, other = "".join(one.split()), "".join(other.split())
    if one == other:
        return 1.0
    if min(len(one), len(other)) < NEAR * NEAR * max(len(one), len(other)) or _far(one, other):
        return 0.0
    a, b = _grams(one), _grams(other)
    shared = sum(min(n, b[gram]) for gram, n in a.items() if gram in b)
    return shared / (a.total() + b.total() - shared)


def _far(one: str, other: str) -> bool:
    """Whether few of their clauses are the same: a look that costs a tenth of counting runs of characters."""
    a, b = {*_CLAUSES.split(one)}, {*_CLAUSES.split(other)}
    return min(len(one), len(other)) < _GRAM or len(a & b) < _FAR * len(a | b)


def _grams(bare: str) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(bare[at:] for at in range(_GRAM))))
