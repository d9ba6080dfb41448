"""The administrative divisions of China: names to codes and codes to names, from a lexicon of 44,000.

Codes are those of the statistics office without trailing zeros: 2 digits for a province, 4 for a city, 6 for a county,
9 for a township, so that a part's code begins with the whole's. The lexicon is read when it is first asked, and kept as
one run of bytes that is searched where it lies: a name costs some 20 microseconds, the whole one megabyte.
"""

from __future__ import annotations

import functools
import gzip
from collections.abc import Iterable
from typing import NamedTuple

from annotator import locations

PROVINCE, CITY, COUNTY, TOWNSHIP = "province", "city", "county", "township"
#: The levels from the whole to the part, and how long their codes are.
DIGITS = {PROVINCE: 2, CITY: 4, COUNTY: 6, TOWNSHIP: 9}
_LEVELS = {digits: level for level, digits in DIGITS.items()}
#: What stands before ICP on a page's foot: the province of whoever runs the site.
PLATES = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新蜀黔滇",
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 51 52 53".split(),
        strict=True,
    )
)


class Named(NamedTuple):
    """A name that stands in a text, with every division called so; `short` means a form without its 市 or 省."""

    name: str
    codes: tuple[str, ...]
    short: bool = False


def level_of(code: str) -> str:
    """The level of a division, by its code."""
    return _LEVELS[len(code)]


def official(code: str) -> str:
    """The code as it is published: six digits down to counties, nine for townships."""
    return code if len(code) == DIGITS[TOWNSHIP] else code.ljust(DIGITS[COUNTY], "0")


def related(a: str, b: str) -> bool:
    """Whether one is the other or lies in it."""
    return a.startswith(b) or b.startswith(a)


def common(codes: Iterable[str]) -> str:
    """The smallest division in which all of these lie; empty where there is none."""
    known = list(codes)
    for digits in sorted(DIGITS.values(), reverse=True):
        wholes = {code[:digits] for code in known}
        if len(wholes) == 1 and len(whole := wholes.pop()) == digits:
            return whole
    return ""


def name_of(code: str) -> str:
    """What a province, city or county is called; empty for a code that stands for none (`1101`) or for a township."""
    return _lexicon().by_code.get(code, "")


def longest(text: str, at: int = 0) -> Named | None:
    """The longest name of a division that begins at `at`."""
    found = None
    for named in _beginning(text[at : at + 2]):
        if text.startswith(named.name, at) and (found is None or len(named.name) > len(found.name)):
            found = named
    return found


class _Lexicon(NamedTuple):
    by_name: bytes
    by_code: dict[str, str]


@functools.cache
def _lexicon() -> _Lexicon:
    data = gzip.decompress((locations.resources() / "lexicons" / "divisions.txt.gz").read_bytes())
    names, _parting, codes = data.partition(b"\n\n")
    pairs = (line.split("\t", 1) for line in codes.decode().splitlines())
    return _Lexicon(names, dict(pairs))


@functools.lru_cache(maxsize=4096)
def _beginning(two: str) -> tuple[Named, ...]:
    """All names that begin with these two characters."""
    if len(two) < 2:
        return ()
    names, key = _lexicon().by_name, two.encode("utf-8", "replace")
    found, start = [], _first_at_least(names, key)
    while names.startswith(key, start):
        end = names.find(b"\n", start)
        line = names[start : end if end >= 0 else len(names)].decode()
        found.append(_named(*line.split("\t")))
        if end < 0:
            break
        start = end + 1
    return tuple(found)


def _named(name: str, codes: str) -> Named:
    listed = codes.split(",")
    return Named(name, tuple(code.lstrip("~") for code in listed), all(code.startswith("~") for code in listed))


def _first_at_least(names: bytes, key: bytes) -> int:
    """Where the first line that does not sort before `key` begins."""
    low, high = 0, len(names)
    while low < high:
        start = names.rfind(b"\n", 0, (low + high) // 2) + 1
        if start < low:
            start = low
        end = names.find(b"\n", start)
        end = len(names) if end < 0 else end
        if names[start:end] < key:
            low = min(end + 1, len(names))
        else:
            high = start
    return low
