"""JSON columns: how objects are written as text and read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from json.encoder import c_encode_basestring, c_make_encoder  # type: ignore[attr-defined]
from typing import Any


def _encoder() -> Callable[[Any], str]:
    """Compact JSON, by the C encoder made once: json.dumps makes a new one each time, which costs as much again."""
    if c_make_encoder is None or c_encode_basestring is None:
        return json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    encode = c_make_encoder(None, _refuse, c_encode_basestring, None, ":", ",", False, False, True)
    join = "".join
    return lambda value: join(encode(value, 0))


def _refuse(value: object) -> Any:
    raise TypeError(f"a {type(value).__name__} cannot be stored as JSON")


#: `dump(value)`: the value as compact JSON.
dump = _encoder()

#: Texts read before, with what they say: attributes repeat, and what storage hands out is never changed in place.
_read: dict[str, Any] = {"{}": {}}
_ROOM = 20_000
_SHORT = 400


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


def dump_names(names: Sequence[str]) -> str | None:
    """A list of names, NULL for none."""
    return dump(list(names)) if names else None


def load_names(text: str | None) -> tuple[str, ...]:
    """The inverse of `dump_names`."""
    return () if text is None else tuple(load(text))


def load_fresh(text: str) -> Any:
    """What `text` says, nobody else's: for records that their owner may change."""
    return json.loads(text)
