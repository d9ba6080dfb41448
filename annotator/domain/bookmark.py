"""A place that a person marked to come back to. Standard library only."""

from __future__ import annotations

from typing import NamedTuple


class Bookmark(NamedTuple):
    """One mark at `[start, end)` (an empty range is a place), in code points of the report's text.

    `person` is a uid; `at` is when it was set: UTC, ISO 8601.
    """

    uid: str
    start: int
    end: int
    person: str
    at: str
    text_version: int = 1
