"""What a page's own style sheet never shows: rules of `<style>` that say `display: none` of a class or an id.

Only selectors of one name are followed (`.tips`, `#pop`, `div.tips`), and only outside `@media` and the like: those speak
of printers and small screens. An element that another rule shows again (`.tab.on`) stays. No file is opened for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

#: More style than this is not read.
_LONGEST = 500_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.DOTALL)
_TOKEN = re.compile(r"[^{}]+|[{}]")
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
_NAMED = re.compile(r"([a-zA-Z][\w-]*|\*)?((?:[.#][\w-]+)+)$")
_NAME = re.compile(r"[.#][\w-]+")


class Hiding(NamedTuple):
    """Names that hide an element, by the tag they speak of ("" for any); sets of names that show one again."""

    hidden: frozenset[tuple[str, str]]
    shown: frozenset[frozenset[str]]

    def hides(self, element: _Element) -> bool:
        """Whether the style sheet hides an element, and nothing shows it again."""
        names = _names_of(element)
        tag = str(element.tag)
        if not any(("", name) in self.hidden or (tag, name) in self.hidden for name in names):
            return False
        if _DISPLAY.search(element.get("style") or ""):
            return False  # what stands at the element goes before the sheet
        return not any(again <= names for again in self.shown)


def hiding(root: _Element) -> Hiding:
    """What the `<style>` elements of a page hide."""
    hidden: set[tuple[str, str]] = set()
    shown: set[frozenset[str]] = set()
    css = "\n".join(element.text or "" for element in root.iter("style"))[:_LONGEST]
    for selector, display in _rules(css) if "none" in css else ():
        last = _NAMED.search(selector)
        if last is None:
            continue
        names = frozenset(_NAME.findall(last[2]))
        tag = (last[1] or "").lower().replace("*", "")
        if display != "none":
            shown.add(names)
            hidden -= {(tag, name) for name in names if len(names) == 1 and last.start() == 0}
        elif len(names) == 1 and last.start() == 0:
            shown.discard(names)
            hidden.add((tag, *names))
    return Hiding(frozenset(hidden), frozenset(shown))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each selector outside blocks of `@` rules, with the display it is given, in order."""
    selectors, depth, within_at = "", 0, 0
    for found in _TOKEN.finditer(_COMMENT.sub("", css)):
        token = found[0]
        if token == "{":
            depth += 1
            if not within_at and selectors.lstrip().startswith("@"):
                within_at = depth
        elif token == "}":
            if depth == within_at:
                within_at = 0
            depth, selectors = max(depth - 1, 0), ""
        elif depth == 0:
            # `@import …;` stands before the next rule and is none.
            selectors = token.rpartition(";")[2]
        elif depth == 1 and not within_at and (displays := _DISPLAY.findall(token)):
            yield from ((selector.strip(), displays[-1].lower()) for selector in selectors.split(","))


def _names_of(element: _Element) -> frozenset[str]:
    own = element.get("id")
    classes = (element.get("class") or "").split()
    return frozenset([*(f".{name}" for name in classes), *([f"#{own}"] if own else [])])
