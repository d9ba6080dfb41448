"""Builds resources/lexicons/divisions.txt.gz: `python packaging/divisions.py FOLDER`.

FOLDER holds provinces.csv, cities.csv, areas.csv and streets.csv of modood/Administrative-divisions-of-China. The result
has two parts parted by an empty line: names with their codes, sorted by the bytes of the name (short forms of provinces
and cities with a "~" before the code), and codes with their names for everything above townships.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "resources" / "lexicons" / "divisions.txt.gz"
# Rows that stand for "directly under the province" and are no places.
NO_PLACE = re.compile("^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$")
TOWNSHIP = re.compile("[镇乡]$")
PEOPLES = "(?:[汉满蒙回藏苗壮侗瑶白傣彝黎]族|朝鲜族|土家族|布依族|哈尼族|景颇族|傈僳族|羌族|蒙古族|蒙古|哈萨克|柯尔克孜|维吾尔)"
SHORT = re.compile(f"{PEOPLES}*(?:省|市|地区|盟|特别行政区|自治区|自治州)$")


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def build(folder: Path) -> bytes:
    """The lexicon's text in UTF-8."""
    names: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, str] = {}
    for table in ("provinces", "cities"):
        for row in rows(folder, table):
            if not NO_PLACE.match(row["name"]):
                codes[row["code"]] = row["name"]
                names[row["name"]].add(row["code"])
                names[SHORT.sub("", row["name"])].add("~" + row["code"])
    for row in rows(folder, "areas"):
        # A city without counties stands among them as well.
        if codes.get(row["cityCode"]) != row["name"]:
            codes[row["code"]] = row["name"]
            names[row["name"]].add(row["code"])
    for row in rows(folder, "streets"):
        name = row["name"].removesuffix("办事处")
        if len(name) > 2 or TOWNSHIP.search(name):
            names[name].add(row["code"])
    by_name = sorted(f"{name}\t{','.join(sorted(found))}".encode() for name, found in names.items() if len(name) > 1)
    by_code = sorted(f"{code}\t{name}".encode() for code, name in codes.items())
    return b"\n".join(by_name) + b"\n\n" + b"\n".join(by_code) + b"\n"


def main() -> None:
    """Build it from the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    data = build(Path(sys.argv[1]))
    TARGET.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{TARGET.name}: {len(data):,} bytes, {TARGET.stat().st_size:,} compressed")


if __name__ == "__main__":
    main()
