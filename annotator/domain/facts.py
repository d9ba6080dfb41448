"""Facts: what is known about a report, value by value, as lists are filtered by it and values say where they come from.

A report's `meta` holds the values by field, and under one key where each was read. A file may bring a `from` of its own
that is no such object: it stays as it is, and ours goes by another name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: What is known of reports by name, in the order in which it is shown; whatever else there is are further columns.
FIELDS = (
    "title",
    "issuer",
    "place",
    "province",
    "city",
    "county",
    "township",
    "division",
    "level",
    "year",
    "date",
    "source",
    "document_number",
    "url",
    "saved",
    "file_hash",
)

#: Where further sources of a report are kept: files with nearly the same text, each an object.
ALSO = "also"
#: Where a value came from that a person wrote.
BY_HAND = "by hand"

_FROM, _OTHER = "from", "annotator:from"
#: Fields that (nearly) every report has to itself, so that a list of values would be one of reports.
OWN = frozenset({"title", "name", "url", "saved", "file_hash"})
LONGEST = 200


def where_key(meta: Mapping[str, Any]) -> str:
    """The key of `meta` under which it says where values were read."""
    return _FROM if isinstance(meta.get(_FROM, {}), dict) else _OTHER


def where_of(meta: Mapping[str, Any]) -> dict[str, str]:
    """By field, where its value was read; a field that came from a file without a word on it is missing."""
    found = meta.get(where_key(meta))
    return {str(name): str(where) for name, where in found.items()} if isinstance(found, dict) else {}


def with_value(meta: Mapping[str, Any], field: str, value: Any, where: str = BY_HAND) -> dict[str, Any]:
    """`meta` with a field set to `value`, or without it for None; and where that comes from."""
    key = where_key(meta)
    given = meta.get(key)
    known = {name: old for name, old in given.items() if name != field} if isinstance(given, dict) else {}
    changed = {name: old for name, old in meta.items() if name not in (field, key)}
    if value is not None:
        changed = {**changed, field: value}
    # Also an empty field that a person emptied says so: it is not to be filled again.
    return {**changed, key: {**known, field: where}}


def values_of(meta: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields that lists are filtered by, with their values as text: short texts, whole numbers, yes and no."""
    for field, value in meta.items():
        if field not in OWN:
            text = _text(value)
            if text and len(text) <= LONGEST:
                yield field, text


def sources_of(meta: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The further sources of a report: what is known about each."""
    found = meta.get(ALSO)
    return [source for source in found if isinstance(source, dict)] if isinstance(found, list) else []


def further(meta: Mapping[str, Any], known: frozenset[str]) -> list[str]:
    """The fields that are none of `known`, in their order: columns a table brought, keys of another program."""
    return [field for field in meta if field not in known and field != where_key(meta)]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 2**63 else ""
    return value if isinstance(value, str) else ""
