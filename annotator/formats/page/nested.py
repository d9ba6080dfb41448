"""Pages inside a page that a reader sees without anything being fetched: opened in place, before lines are made.

A frame whose page stands in the markup (`srcdoc`), a shadow tree written as a template, a text field that is only for reading.
Programs that save a page as one file write frames and shadow trees this way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.formats.page.charset import storable

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Frames in frames deeper than this are left closed.
_DEEPEST = 8
_SHADOW = ("shadowrootmode", "shadowroot")


def open_nested(root: _Element, parse: Callable[[str], _Element | None]) -> None:
    """Replace what encloses another page by what it shows; `parse` gives the tree of an inner page, or None."""
    waiting = [(root, 0)]
    while waiting:
        tree, depth = waiting.pop()
        for element in list(tree.iter("iframe", "template", "textarea")):
            if element.tag == "iframe":
                inner = parse(storable(element.get("srcdoc") or "")) if depth < _DEEPEST else None
                if inner is not None:
                    waiting.append((inner, depth + 1))
                    _take_in(element, inner)
            elif element.tag == "template":
                if any(element.get(name) for name in _SHADOW):
                    element.tag = "div"
            elif element.get("readonly") is not None and "<" not in (element.text or ""):
                # Any other field is for writing in, or keeps markup for a script.
                element.tag = "pre"


def _take_in(frame: _Element, inner: _Element) -> None:
    """The page of a frame instead of the frame; what the frame shows where frames are unknown goes."""
    tail = frame.tail
    style, hidden = frame.get("style"), frame.get("hidden")
    frame.clear()
    frame.tag, frame.tail = "div", tail
    for name, value in (("style", style), ("hidden", hidden)):
        if value is not None:
            frame.set(name, value)
    inner.tag = "div"
    frame.append(inner)
