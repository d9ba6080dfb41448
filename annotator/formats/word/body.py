"""The visible text of a Word document, in reading order: paragraphs, tables, text boxes, notes.

A paragraph is a line, a row of a table too, its cells parted by tabs; a cell of several paragraphs begins a line of its
own. Deleted and hidden words are left out, inserted ones kept: that is what the document shows.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.formats.containers import local
from annotator.formats.word.numbers import Numbering, attribute

#: Containers that show what is in them.
_THROUGH = frozenset(
    "ins moveTo sdt sdtContent customXml smartTag hyperlink fldSimple dir bdo ruby rubyBase oMath oMathPara".split()
)
#: Deeper nesting than this no person made: what is inside counts as words alone.
_DEEPEST = 40
_OFF = ("0", "false", "off", "none")
#: Signs of symbol fonts in forms: boxes with and without a tick.
_SYMBOLS = {
    "A8": "□",
    "6F": "□",
    "A3": "□",
    "71": "□",
    "FE": "☑",
    "52": "☑",
    "FD": "☒",
    "51": "☒",
    "FC": "✓",
    "50": "✓",
    "FB": "✗",
    "6C": "●",
    "6E": "■",
    "D8": "➢",
    "B7": "•",
}
CONTENTS = "contents"


class Line(NamedTuple):
    """A piece of the text that ends with a line break. `rule` names furniture; `open` says that the next one goes on."""

    text: str
    rule: str = ""
    open: bool = False


class Notes:
    """Footnotes and endnotes in the order in which the text refers to them; they are numbered through."""

    def __init__(self) -> None:
        self.referred: list[tuple[str, str]] = []

    def refer(self, kind: str, number: str) -> str:
        """The mark in the text for a note."""
        if (kind, number) not in self.referred:
            self.referred.append((kind, number))
        return f"[{self.referred.index((kind, number)) + 1}]"


class Walk:
    """One walk over a part of a document. `numbering` counts on from paragraph to paragraph."""

    def __init__(self, numbering: Numbering, notes: Notes) -> None:
        self._numbering = numbering
        self._notes = notes

    def lines(self, container: ET.Element, depth: int = 0, rule: str = "") -> Iterator[Line]:
        """The lines of a body, a cell, a text box, a note."""
        if depth > _DEEPEST:
            yield Line(_words(container), rule)
            return
        for child in container:
            name = local(child.tag)
            if name == "p":
                yield from self._paragraph(child, depth, rule)
            elif name == "tbl":
                yield from self._table(child, depth, rule)
            elif name == "AlternateContent":
                yield from self.lines(_alternative(child), depth + 1, rule)
            elif name in _THROUGH:
                yield from self.lines(child, depth + 1, rule or (CONTENTS if _is_contents(child) else ""))

    # ---- paragraphs -----------------------------------------------------------------------------

    def _paragraph(self, paragraph: ET.Element, depth: int, rule: str) -> Iterator[Line]:
        properties = _child(paragraph, "pPr")
        pieces: list[str] = []
        boxes: list[ET.Element] = []
        self._inline(paragraph, pieces, boxes, depth)
        text = "".join(pieces)
        joined = _child(_child(properties, "rPr"), "del") is not None  # its end was deleted: the next one goes on
        if not (joined and not text):
            number = self._numbering.mark(properties)
            named = self._numbering.style_name(properties).startswith("toc ")
            yield Line(number + text if text.strip() else text, rule or (CONTENTS if named else ""), joined)
        for box in boxes:
            yield from self.lines(box, depth + 1, rule)

    def _inline(self, element: ET.Element, pieces: list[str], boxes: list[ET.Element], depth: int) -> None:
        if depth > _DEEPEST:
            pieces.append(_words(element))
            return
        for child in element:
            name = local(child.tag)
            if name == "r":
                self._run(child, pieces, boxes, depth)
            elif name == "AlternateContent":
                self._inline(_alternative(child), pieces, boxes, depth + 1)
            elif name == "t":  # of a formula
                pieces.append(child.text or "")
            elif name in _THROUGH or child.tag.endswith("/math}" + name):
                self._inline(child, pieces, boxes, depth + 1)

    def _run(self, run: ET.Element, pieces: list[str], boxes: list[ET.Element], depth: int) -> None:
        vanish = _child(_child(run, "rPr"), "vanish")
        if vanish is not None and attribute(vanish, "val") not in _OFF:
            return
        for child in run:
            name = local(child.tag)
            if name == "t":
                pieces.append(_text(child))
            elif name in ("footnoteReference", "endnoteReference"):
                pieces.append(self._notes.refer(name.removesuffix("Reference"), attribute(child, "id")))
            elif name in ("drawing", "pict", "object"):
                boxes.extend(_boxes(child))
            elif name == "AlternateContent" and depth <= _DEEPEST:
                self._run(_alternative(child), pieces, boxes, depth + 1)
            elif name == "ruby":
                self._inline(child, pieces, boxes, depth + 1)
            else:
                pieces.append(_sign(child, name))

    # ---- tables ---------------------------------------------------------------------------------

    def _table(self, table: ET.Element, depth: int, rule: str) -> Iterator[Line]:
        for row in _parts(table, "tr"):
            if _child(_child(row, "trPr"), "del") is None:
                text = self._row(row, depth)
                if text.strip():
                    yield Line(text, rule)

    def _row(self, row: ET.Element, depth: int) -> str:
        """A row on one line; a cell that holds several lines stands on lines of its own."""
        written, before = "", False
        for index, cell in enumerate(_parts(row, "tc")):
            text = "" if _continues(cell) else joined(self.lines(cell, depth + 1))[0].strip("\n")
            many = "\n" in text
            if index:
                written += "\n" if many or before else "\t"
            written, before = written + text, many
        return re.sub("\n{2,}", "\n", written.rstrip("\t\n"))


def joined(lines: Iterable[Line]) -> tuple[str, list[tuple[int, int, str]]]:
    """The lines as one text, and the furniture among them: start, end, rule, whole lines."""
    text: list[str] = []
    marks: list[tuple[int, int, str]] = []
    at = 0
    for line in lines:
        piece = line.text if line.open else line.text + "\n"
        if line.rule and marks and marks[-1][1:] == (at, line.rule):
            marks[-1] = (marks[-1][0], at + len(piece), line.rule)
        elif line.rule:
            marks.append((at, at + len(piece), line.rule))
        text.append(piece)
        at += len(piece)
    whole = "".join(text)
    cut = whole.removesuffix("\n")
    return cut, [(start, min(end, len(cut)), rule) for start, end, rule in marks if start < len(cut)]


def _child(element: ET.Element | None, name: str) -> ET.Element | None:
    return next((child for child in (() if element is None else element) if local(child.tag) == name), None)


def _parts(element: ET.Element, name: str, depth: int = 0) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, also those that stand in a container of their own."""
    for child in element:
        if local(child.tag) == name:
            yield child
        elif local(child.tag) in _THROUGH and depth < _DEEPEST:
            yield from _parts(child, name, depth + 1)


def _continues(cell: ET.Element) -> bool:
    """Whether a cell belongs to the one above or before it: what it holds is not shown."""
    properties = _child(cell, "tcPr")
    merged = (_child(properties, "vMerge"), _child(properties, "hMerge"))
    return any(each is not None and attribute(each, "val") != "restart" for each in merged)


def _alternative(element: ET.Element) -> ET.Element:
    """The one of several ways to say a thing that a program of today takes."""
    choices = {local(child.tag): child for child in reversed(element)}
    return choices.get("Choice", choices.get("Fallback", element))


def _is_contents(element: ET.Element) -> bool:
    """Whether a container is a table of contents that Word keeps."""
    gallery = _child(_child(_child(element, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery is not None and "contents" in attribute(gallery, "val").lower()


def _boxes(element: ET.Element, depth: int = 0) -> Iterator[ET.Element]:
    """The text boxes in a drawing, each once although old and new programs find it in two places."""
    if local(element.tag) == "txbxContent":
        yield element
    elif depth <= _DEEPEST:
        inside = [_alternative(element)] if local(element.tag) == "AlternateContent" else element
        for child in inside:
            yield from _boxes(child, depth + 1)


def _text(element: ET.Element) -> str:
    """The words of a `w:t`: white space at its edges counts only where it says so."""
    text = element.text or ""
    kept = any(local(key) == "space" and value == "preserve" for key, value in element.attrib.items())
    return text if kept else text.strip(" \t\r\n")


def _sign(element: ET.Element, name: str) -> str:
    if name == "tab":
        return "\t"
    if name in ("br", "cr"):
        return "" if attribute(element, "type") in ("page", "column") else "\n"
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        code = attribute(element, "char").upper()
        return _SYMBOLS.get(code.removeprefix("F0"), "") or _character(code)
    return ""


def _character(code: str) -> str:
    """The character of a symbol, unless it is one of the font's own."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0x10000 else "□"


def _words(element: ET.Element) -> str:
    """The words inside, without any structure."""
    return "".join(child.text or "" for child in element.iter() if local(child.tag) == "t")
