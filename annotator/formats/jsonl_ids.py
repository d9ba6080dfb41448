"""Ids and further keys of the objects in a line of JSON Lines: what every one of them has in common."""

from __future__ import annotations

import re
from typing import Any, Final

from annotator.domain.question import Question
from annotator.domain.report import Report
from annotator.domain.span import Relation, Span

_NOTHING: Final[dict[str, Any]] = {}

#: Whether a string is a UUID in its usual form, in lower case: a match or None.
is_uid = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch


def is_id(value: object) -> bool:
    """Whether a value can be an id: a string that is not empty, or a whole number."""
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def further(record: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The keys of an object that the format does not know, to be kept."""
    return _NOTHING if record.keys() <= known else {key: value for key, value in record.items() if key not in known}


def given_id(thing: Report | Span | Relation | Question) -> str | int:
    """The id that stands in the file."""
    return thing.uid if thing.foreign_id is None else thing.foreign_id
