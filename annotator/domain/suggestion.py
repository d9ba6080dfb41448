"""Suggestions: what the machine proposes. They are never gold until a person accepts them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from annotator.domain.changes import Wording

_NOTHING: dict[str, Any] = {}
_SILENT = Wording("")


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Proposal(NamedTuple):
    """One span that a source proposes, before anybody has seen it.

    Offsets are code points of the report's text, end exclusive. `score` lies in [0, 1]: how sure the source is;
    `reason` says why, for people. The attributes are those of the label, as a span holds them.
    """

    start: int
    end: int
    label: str
    source: str
    score: float
    reason: Wording = _SILENT
    attributes: dict[str, Any] = _NOTHING


class Suggestion(NamedTuple):
    """A proposal that a project keeps, with what a person decided about it.

    `person` is the uid of who decided, `decided` when (UTC, ISO 8601), `span` the uid of the span it became.
    """

    uid: str
    start: int
    end: int
    label: str
    source: str
    score: float
    reason: Wording = _SILENT
    attributes: dict[str, Any] = _NOTHING
    state: str = SuggestionState.OPEN
    person: str | None = None
    decided: str | None = None
    span: str | None = None
    text_version: int = 1
