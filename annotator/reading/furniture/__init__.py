"""Finding page furniture in plain text: navigation, share bars, footers and the like, each range with its rule.

`find_furniture` is all that readers need; `rule_name` says what a rule is called, `site_of` whose rules hold for a text.
Nothing here knows HTML.
"""

from __future__ import annotations

from annotator.reading.furniture.finding import find_furniture
from annotator.reading.furniture.model import Found
from annotator.reading.furniture.names import rule_name
from annotator.reading.furniture.sites import site_of

__all__ = ["Found", "find_furniture", "rule_name", "site_of"]
