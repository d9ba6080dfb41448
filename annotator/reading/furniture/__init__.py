"""Finding page furniture in plain text: navigation, share bars, footers and the like, each range with its rule.

`find_furniture` is all that readers need; `rule_name` says what a rule is called, `site_of` whose rules hold for a text.
Nothing here knows HTML. What finds compiles hundreds of patterns, so it is loaded when it is first asked for: whoever
only shows what a rule is called, as a window does at its start, imports `names` and waits for nothing else.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.reading.furniture.finding import find_furniture
    from annotator.reading.furniture.model import Found
    from annotator.reading.furniture.names import rule_name
    from annotator.reading.furniture.sites import site_of

__all__ = ["Found", "find_furniture", "rule_name", "site_of"]

_WHERE = {"Found": "model", "find_furniture": "finding", "rule_name": "names", "site_of": "sites"}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = value
    return value
