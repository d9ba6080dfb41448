"""From markup to a tree: one parse, everything that no reader of the page sees taken out.

What is taken out: scripts, styles, templates, form fields' hidden parts, elements that are hidden by attribute, by inline
style or by the page's own style sheet. The parser recovers from anything; markup it gives up on is read without its tags.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import InputError
from annotator.formats.items import FormatMissingError
from annotator.formats.page.nested import open_nested
from annotator.formats.page.styles import Hiding, hiding
from annotator.messages import N_

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements whose content is never shown.
UNSEEN = (
    "script", "style", "template", "noscript", "noframes", "iframe", "object", "embed", "applet", "canvas", "svg",
    "audio", "video", "map", "datalist", "textarea", "rp", "head", "title",
)  # fmt: skip

_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NEVER_HIDDEN = frozenset(("html", "body"))
_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def parser() -> Any:
    """A parser for HTML in UTF-8. Raises FormatMissingError where lxml is not installed."""
    try:
        from lxml import etree
    except ImportError as error:
        raise missing() from error
    return etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )


def missing() -> FormatMissingError:
    """The sentence where a library for pages is absent."""
    return FormatMissingError(N_("Web pages need the extra “html”: install “report-annotator[html]” and try again."))


def parse(markup: str) -> _Element:
    """The root of the tree. Raises InputError where there is nothing in it at all."""
    maker = parser()
    from lxml import etree

    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), maker)
    except etree.LxmlError:
        root = None
    if root is None:
        return _without_tags(markup, maker)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in maker.error_log):
        return _without_tags(markup, parser())
    return root


def _without_tags(markup: str, maker: Any) -> _Element:
    """A tree of lines for markup that no parser takes."""
    from lxml import etree

    text = _TAG.sub("\n", markup).strip()
    if not text:
        raise InputError(N_("The page is empty."))
    lines = (line.strip() for line in text.replace("<", "&lt;").splitlines())
    made = "".join(f"<p>{line}</p>" for line in lines if line)
    root = etree.fromstring(f"<html><body>{made}</body></html>".encode("utf-8", "replace"), maker)
    assert root is not None
    return root


def strip_unseen(root: _Element, *, hidden: bool = True) -> int:
    """Take out what is never shown; returns how many characters were hidden by an attribute or an inline style.

    With `hidden` false those stay: a page that shows its text only when its script has run is read all the same, and
    so is what it shows where no script runs.
    """
    from lxml import etree

    open_nested(root, _inner)
    sheet = hiding(root) if hidden else None
    count = 0
    for element in list(root.iter("noscript")):
        count += sum(map(len, element.itertext()))
        if not hidden:
            element.tag = "div"
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    for element in list(root.iter("option")):
        if not _is_chosen(element):
            _remove(element)
    for element in _that_may_hide(root) if hidden else ():
        if _is_hidden(element):
            count += sum(map(len, element.itertext()))
            _remove(element)
    if sheet is not None and sheet.hidden:
        count += _strip_by_sheet(root, sheet)
    return count


def _strip_by_sheet(root: _Element, sheet: Hiding) -> int:
    """Take out what the page's own style sheet hides, unless that is most of the page: then a script shows it."""
    whole = sum(map(len, root.itertext()))
    count = 0
    for element in root.xpath("//*[@class or @id]"):
        if element.tag in _NEVER_HIDDEN or not sheet.hides(element):
            continue
        length = sum(map(len, element.itertext()))
        if length * 2 <= whole:
            count += length
            _remove(element)
    return count


def _that_may_hide(root: _Element) -> list[_Element]:
    """The elements that an attribute, a style of their own or their kind may hide."""
    found: list[_Element] = root.xpath("//*[@style or @hidden or self::dialog]")
    return found


def _inner(markup: str) -> _Element | None:
    return parse(markup) if markup.strip() else None


def _is_chosen(option: _Element) -> bool:
    """Of a list to choose from only what is chosen shows: the option that is selected, else the first."""
    if option.get("selected") is not None:
        return True
    return option.getprevious() is None and not any(
        o.get("selected") is not None for o in option.itersiblings("option")
    )


def _is_hidden(element: _Element) -> bool:
    style = element.get("style")
    if style and "isplay" in style.lower() and _NOT_DISPLAYED.search(style):
        return element.tag not in _NEVER_HIDDEN
    return element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None)


def _remove(element: _Element) -> None:
    """Take an element out and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
