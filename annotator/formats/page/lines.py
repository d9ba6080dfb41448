"""From the tree to what a reader sees: lines of text in reading order, each knowing where on the page it stands.

White space is folded the way a browser does it; U+00A0 and U+3000 stay. A row of a data table is one line with a tab
between cells. The walk uses no recursion: a page may nest as deep as it likes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.formats.page.hints import hint_of
from annotator.formats.page.words import Words, calls_in

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = re.compile("[ \t\n\f\r]+")
_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em i ins kbd label mark nobr output q ruby rt s samp small "
        "strike strong sub sup time tt u var wbr img button input meter progress o:p area"
    ).split()
)
_BREAKS = frozenset(("br", "hr"))
_BLOCKS = frozenset(
    (
        "html body frameset frame div p section article main header footer nav aside ul ol li dl dt dd menu dir "
        "h1 h2 h3 h4 h5 h6 hgroup pre blockquote address center figure figcaption table caption thead tbody tfoot tr td th "
        "form fieldset legend select option optgroup details summary dialog search isindex listing plaintext xmp"
    ).split()
)
#: What holds words, not blocks.
_OF_WORDS = frozenset("p h1 h2 h3 h4 h5 h6 pre span font".split())
#: What is called after the page as a whole.
_WHOLE = frozenset(("html", "body"))
_BUTTONS = frozenset(("button", "submit", "reset"))
# A row whose cells are this long or have this many lines lays the page out; it is no row of data.
_CELL_LINES, _CELL_LENGTH, _ROW_LENGTH = 4, 120, 600


class Line:
    """One visible line. `links` counts characters inside links, `anchors` the links; `node` is the element around it."""

    __slots__ = ("anchors", "asked", "bold", "calls", "length", "links", "node", "said", "text")

    def __init__(self, text: str, node: int, links: int, anchors: int, bold: bool = False) -> None:
        self.text = text
        self.node = node
        self.links = links
        self.anchors = anchors
        self.bold = bold
        self.length = len(text)
        self.calls = -1
        self.asked = self.said = 0

    def says(self, words: Words) -> bool:
        """Whether words of a kind stand in the line; asked once, and only where the line has something that calls for it."""
        bit = words.bit
        if not self.asked & bit:
            self.asked |= bit
            if self.may_say(words) and words.search(self.text):
                self.said |= bit
        return bool(self.said & bit)

    def may_say(self, words: Words) -> bool:
        """Whether anything in the line calls for these words."""
        if self.calls < 0:
            self.calls = calls_in(self.text)
        return bool(self.calls & words.bit)


class Node:
    """An element that may hold a body: `first` and `last` are its range of lines, `hint` what its names say."""

    __slots__ = ("first", "hint", "last", "names", "parent", "tag")

    def __init__(self, parent: int, tag: str, names: str, hint: str, first: int) -> None:
        self.parent = parent
        self.tag = tag
        self.names = names
        self.hint = hint
        self.first = first
        self.last = first


class Page:
    """The lines of a page in reading order, and its elements in the order in which they begin (0 is the page)."""

    __slots__ = ("lines", "nodes")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.nodes: list[Node] = [Node(-1, "page", "", "", 0)]


class _Row:
    """An open table row: where its lines begin, where each cell does, whether a table stands inside it."""

    __slots__ = ("cells", "first", "nested", "node")

    def __init__(self, first: int, node: int) -> None:
        self.first = first
        self.node = node
        self.cells: list[int] = []
        self.nested = False


def lines_of(root: _Element) -> Page:
    """The lines of a tree from which `tree.strip_unseen` took what is never shown."""
    return _Walk().run(root)


class _Walk:
    """One pass over start and end of every element."""

    def __init__(self) -> None:
        self.page = Page()
        self.node = 0
        self.pieces: list[str] = []
        self.links = self.anchors = self.in_link = self.in_pre = 0
        self.rows: list[_Row] = []
        # Elements without a line of their own that ended in the line being gathered, and after how many pieces.
        self.tails: list[tuple[int, int]] = []
        # So many pieces at the beginning of the line show nothing, as far as it was asked.
        self.blank = 0

    def run(self, root: _Element) -> Page:
        """Gather all lines below `root`."""
        from lxml.etree import iterwalk

        inline, blocks, pieces = _INLINE, _BLOCKS, self.pieces
        for event, element in iterwalk(root, events=("start", "end")):
            tag = element.tag
            if event == "start":
                if tag in inline:
                    if tag == "a":
                        self.in_link += 1
                        self.anchors += 1
                    elif tag == "input":
                        pieces.append(_button_words(element))
                elif tag in blocks:
                    self._start_block(tag, element)
                elif tag in _BREAKS:
                    self._flush()
                elif "-" in tag and _stands_alone(element):
                    self._start_block(tag, element)
                else:
                    self._start_other(tag, element)
                text = element.text
            else:
                if tag in inline:
                    if tag == "a":
                        self.in_link -= 1
                elif tag in blocks:
                    self._end_block(tag)
                elif "-" in tag and _stands_alone(element):
                    self._end_block(tag)
                elif tag not in _BREAKS:
                    self._end_other()
                text = element.tail
            if text:
                pieces.append(text)
                if self.in_link:
                    self.links += len(text.strip())
        self._flush()
        self.page.nodes[0].last = len(self.page.lines)
        return self.page

    def _start_block(self, tag: str, element: _Element) -> None:
        if self.pieces:
            self._flush()
        self._open(tag, element)
        if tag == "tr":
            self.rows.append(_Row(len(self.page.lines), self.node))
        elif tag in ("td", "th"):
            if self.rows:
                self.rows[-1].cells.append(len(self.page.lines))
        elif tag == "table":
            if self.rows:
                self.rows[-1].nested = True
        elif tag == "pre":
            self.in_pre += 1

    def _start_other(self, tag: str, element: _Element) -> None:
        """A span, a font, an element nobody knows: no line of its own, but it may hold the body."""
        self._open(tag, element)
        # `last` holds, as long as it is open, how many pieces there were when it began.
        self.page.nodes[self.node].last = -1 - len(self.pieces)

    def _open(self, tag: str, element: _Element) -> None:
        names = (element.get("id") or "") + " " + (element.get("class") or "")
        hint = "" if names == " " or tag in _WHOLE else hint_of(names)
        nodes = self.page.nodes
        nodes.append(Node(self.node, tag, names, hint, len(self.page.lines)))
        self.node = len(nodes) - 1

    def _end_block(self, tag: str) -> None:
        if self.pieces:
            self._flush()
        if tag == "tr" and self.rows:
            self._end_row(self.rows.pop())
        elif tag == "pre":
            self.in_pre -= 1
        node = self.page.nodes[self.node]
        node.last = len(self.page.lines)
        self.node = node.parent

    def _end_other(self) -> None:
        index, lines = self.node, len(self.page.lines)
        node = self.page.nodes[index]
        begun_at = -1 - node.last
        node.last = lines
        self.node = node.parent
        # The line being gathered is its own where nothing stood before it in that line.
        if node.first < lines or self._shows_nothing(begun_at):
            self.tails.append((index, len(self.pieces)))

    def _shows_nothing(self, count: int) -> bool:
        """Whether the first `count` pieces of the line show nothing; each is looked at once."""
        count = min(count, len(self.pieces))  # a line may have ended inside the element
        while self.blank < count and not _shows(self.pieces[self.blank]):
            self.blank += 1
        return self.blank >= count

    def _flush(self) -> None:
        """The line gathered so far, if it shows anything."""
        raw = "".join(self.pieces)
        if self.in_pre:
            self._add_preformatted(raw)
        elif raw and not raw.isspace():
            self._add(_SPACE.sub(" ", raw).strip(" "))
        self.pieces.clear()
        self.tails.clear()
        self.blank = 0
        self.links = 0
        self.anchors = 1 if self.in_link else 0

    def _add(self, text: str) -> None:
        if not text or text.isspace():
            return
        lines, node = self.page.lines, self.node
        if self.tails:
            shown = next(at for at in range(len(self.pieces), 0, -1) if _shows(self.pieces[at - 1]))
            for index, count in self.tails:
                if count >= shown:  # nothing of the line stands behind it
                    self.page.nodes[index].last = len(lines) + 1
                    node = max(node, index)
        lines.append(Line(text, node, min(self.links, len(text)), self.anchors))

    def _add_preformatted(self, raw: str) -> None:
        for part in raw.splitlines():
            if part and not part.isspace():
                self.page.lines.append(Line(part.rstrip(), self.node, min(self.links, len(part)), self.anchors))

    def _end_row(self, row: _Row) -> None:
        """One line with tabs for a row of data; a row that lays out the page stays as it is."""
        lines = self.page.lines
        if row.nested or len(row.cells) < 2:
            return
        found = lines[row.first :]
        if not found or not _is_data(row, found):
            return
        bounds = [*row.cells, len(lines)]
        cells = [" ".join(line.text for line in lines[a:b]) for a, b in pairwise(bounds)]
        text = "\t".join(cells).rstrip("\t")
        links = sum(line.links for line in found)
        lines[row.first :] = [Line(text, self.node, links, sum(line.anchors for line in found))]
        for node in self.page.nodes[row.node + 1 :]:
            node.first, node.last = row.first, row.first + 1


def _is_data(row: _Row, found: list[Line]) -> bool:
    if row.cells[0] != row.first or len(found) == 1 or sum(line.length for line in found) > _ROW_LENGTH:
        return False
    bounds = [*row.cells, row.first + len(found)]
    for first, last in pairwise(bounds):
        cell = found[first - row.first : last - row.first]
        if len(cell) > _CELL_LINES or (len(cell) > 1 and sum(line.length for line in cell) > _CELL_LENGTH):
            return False
    return True


def _stands_alone(element: _Element) -> bool:
    """Whether an element that the page made up (`x-story`) is a block: nothing stands beside it in a line."""
    parent = element.getparent()
    if parent is None or parent.tag in _INLINE or parent.tag in _OF_WORDS or _shows(element.tail or ""):
        return False
    before = element.getprevious()
    if before is None:
        return not _shows(parent.text or "")
    return not _shows(before.tail or "") and before.tag not in _INLINE and before.tag not in _OF_WORDS


def _shows(piece: str) -> bool:
    return bool(piece) and not piece.isspace()


def _button_words(element: _Element) -> str:
    return (element.get("value") or "") if (element.get("type") or "").lower() in _BUTTONS else ""
