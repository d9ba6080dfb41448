"""Repeated blocks and what stands below a heading such as “comments”: other articles and readers' words, whatever their names.

An article's paragraphs are alike too; a card differs by having a line that is nothing but a link, or one that says who
wrote it and how long ago.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile

from annotator.formats.page import hints, words
from annotator.formats.page.lines import Line, Node
from annotator.formats.page.weighing import Weighed

#: So many alike make a list.
_FEW = 3
#: Less prose than this left on a page: what was taken for something else is the page itself.
_LEFT = 50
_AT_LEAST = 0.6
_NEVER = frozenset(("p", "tr", "td", "tbody", "span", "font"))


def prune_cards(weighed: Weighed) -> None:
    """Mark lists of cards, unless nothing would be left; of a list that is all there is the first card stays."""
    nodes = weighed.page.nodes
    for index, parent in enumerate(nodes):
        if weighed.weight(parent) < 20 or len(weighed.children[index]) < _FEW:
            continue
        for cards in _groups(weighed, index):
            _prune_group(weighed, cards)


def _groups(weighed: Weighed, index: int) -> list[list[Node]]:
    """The children of an element that are cards of one kind."""
    alike: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    nodes = weighed.page.nodes
    for child in weighed.children[index]:
        node = nodes[child]
        if node.last > node.first and node.tag not in _NEVER:
            alike[_kind(nodes, child)].append(node)
    return [group for group in alike.values() if _is_list(weighed, group)]


def _is_list(weighed: Weighed, group: list[Node]) -> bool:
    if len(group) < _FEW:
        return False
    cards = sum(1 for node in group if node.last - node.first > 1 and _is_card(weighed, node))
    return cards >= max(_FEW, _AT_LEAST * len(group))


def _kind(nodes: list[Node], index: int) -> tuple[str, ...]:
    """Tag and names without numbers (`item item-3` is `item item-`); of a nameless element how it is built."""
    node = nodes[index]
    names = "".join(c for c in node.names if not c.isdigit())
    if not names.isspace():
        return (node.tag, names)
    return (
        node.tag,
        *(below.tag for below in takewhile(lambda one: one.parent >= index, nodes[index + 1 : index + 5])),
    )


def _is_card(weighed: Weighed, node: Node) -> bool:
    lines = weighed.page.lines[node.first : node.last]
    return any(_is_link(line) for line in (lines[0], lines[-1])) or any(_is_reply(line) for line in lines)


def _is_link(line: Line) -> bool:
    return line.length >= 4 and line.links * 10 >= line.length * 7


def _is_reply(line: Line) -> bool:
    return line.length <= 40 and line.says(words.REPLY)


def _prune_group(weighed: Weighed, group: list[Node]) -> None:
    weights = [weighed.weight(node) for node in group]
    held = sum(weights)
    if not held:
        return
    largest = max(range(len(group)), key=weights.__getitem__)
    rest = weighed.sums[-1] - held
    spared = -1
    if weights[largest] > 0.6 * held and weights[largest] > 200:
        spared = largest
    elif rest < _LEFT:
        spared = 0
    hint = hints.COMMENTS if sum(map(_is_reply, _lines(weighed, group))) >= len(group) / 2 else hints.RELATED
    for at, node in enumerate(group):
        if at != spared:
            mark(weighed, node.first, node.last, hint)


def _lines(weighed: Weighed, group: list[Node]) -> list[Line]:
    return [line for node in group for line in weighed.page.lines[node.first : node.last]]


def prune_after(weighed: Weighed) -> None:
    """Mark what stands below a heading after which no article goes on, to the end of the element around it."""
    sums, gone = weighed.sums, 0  # what is marked here lies before the next heading, so that the sums hold below it
    for at, line in enumerate(weighed.page.lines):
        if weighed.pruned[at] or line.length > 30 or sums[at] - gone < _LEFT or not line.says(words.AFTER):
            continue
        last = _headed(weighed.page.nodes, line.node, at).last
        below = sums[last] - sums[at]
        if below <= 0.5 * (sums[-1] - gone) or line.says(words.READERS):
            mark(weighed, at, last, hints.COMMENTS if line.says(words.READERS) else hints.RELATED)
            gone += below


def _headed(nodes: list[Node], index: int, at: int) -> Node:
    """The largest element that begins with the heading; the one around it where the heading stands alone."""
    node = nodes[index]
    while node.parent >= 0 and nodes[node.parent].first == at:
        node = nodes[node.parent]
    return node if node.last - at > 1 or node.parent < 0 else nodes[node.parent]


def mark(weighed: Weighed, first: int, last: int, hint: str) -> None:
    """Lines as furniture of a kind; what was marked before keeps its kind."""
    for at in range(first, last):
        weighed.pruned[at] = weighed.pruned[at] or hint
