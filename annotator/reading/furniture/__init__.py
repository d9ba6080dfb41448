"""Finding page furniture in plain text: navigation, share bars, footers and the like, each range with its rule.

`find_furniture` is all that others need; `names.rule_name` says what a rule is called. Nothing here knows HTML.
"""

from __future__ import annotations

from annotator.reading.furniture.finding import find_furniture
from annotator.reading.furniture.model import Found
from annotator.reading.furniture.names import rule_name

__all__ = ["Found", "find_furniture", "rule_name"]
