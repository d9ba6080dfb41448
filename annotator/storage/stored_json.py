"""JSON columns: how objects are written as text and read back."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

#: Texts read before, with what they say: attributes repeat, and what storage hands out is never changed in place.
_read: dict[str, Any] = {"{}": {}}
_ROOM = 20_000
_SHORT = 400


def dump(value: Any) -> str:
    """`value` as compact JSON."""
    return _encode(value) if value else _dump_empty(value)


def _dump_empty(value: Any) -> str:
    return "{}" if value == {} else _encode(value)


def load(text: str) -> Any:
    """What `text` says. The result may be shared: never change it in place."""
    try:
        return _read[text]
    except KeyError:
        value = json.loads(text)
    if len(text) < _SHORT:
        if len(_read) >= _ROOM:
            _read.clear()
            _read["{}"] = {}
        _read[text] = value
    return value


def dump_optional(value: Any) -> str | None:
    """Like `dump`, with None for None and for an empty object."""
    return None if value is None or value == {} else dump(value)


def load_object(text: str | None) -> Any:
    """Like `load`, with an empty object for NULL."""
    return load("{}" if text is None else text)


def load_optional(text: str | None) -> Any:
    """Like `load`, with None for NULL."""
    return None if text is None else load(text)


def load_fresh(text: str) -> Any:
    """What `text` says, nobody else's: for records that their owner may change."""
    return json.loads(text)
