"""What a page states besides its text: title, address, what its `<meta>` elements say. Read before anything is taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.reading.page_facts import PageFacts

if TYPE_CHECKING:
    from lxml.etree import _Element

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
# SingleFile leaves its own comment, with the time of saving.
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]+?)\s*(?:\n|-->)", re.IGNORECASE
)
_WAYBACK = re.compile(r"<!--\s*Mirrored from (\S+) by HTTrack[^\n]*?,\s*([A-Z][a-z]{2}, \d[^\n]*?GMT)\s*-->")
_COMMENT_HEAD = 16 * 1024
#: More of a page's own words than this is no title and no field.
_LONGEST = 2000


def facts_of(root: _Element, markup: str, *, url: str = "", saved_at: str = "", declared: str = "") -> PageFacts:
    """The facts of a parsed page; `url` and `saved_at` are what the container says that held it."""
    saved_comment, comment_date = _saved(markup)
    return PageFacts(
        url=url,
        saved_at=saved_at or comment_date,
        saved_comment=saved_comment,
        canonical=_canonical(root),
        title_tag=_text(root.find(".//title")),
        h1=_first_heading(root),
        meta=_meta(root),
        declared_charset=declared,
    )


def _saved(markup: str) -> tuple[str, str]:
    head = markup[:_COMMENT_HEAD]
    found = _SAVED_FROM.search(head)
    if found:
        return found[1], ""
    kept = _SINGLE_FILE.search(head) or _WAYBACK.search(head)
    return (kept[1], kept[2]) if kept else ("", "")


def _canonical(root: _Element) -> str:
    for link in root.iter("link"):
        if (link.get("rel") or "").strip().lower() == "canonical":
            return (link.get("href") or "").strip()[:_LONGEST]
    return ""


def _first_heading(root: _Element) -> str:
    return next((text for heading in root.iter("h1") if (text := _text(heading))), "")


def _meta(root: _Element) -> dict[str, str]:
    """Content by name or property, in lower case; the first of two stands."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content[:_LONGEST])
    return found


def _text(element: _Element | None) -> str:
    if element is None:
        return ""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())[:_LONGEST]
