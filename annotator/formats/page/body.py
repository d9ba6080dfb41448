"""Which lines of a page are its body, decided from the page alone.

Lines are weighed as prose or as links, elements by what they hold and what they are called; from the page downwards the
element that holds most of the prose is followed, its like beside it are joined; the edges are `edges`' business.
`Decision.doubt` says why other opinions should be heard (`votes`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.formats.page import hints, words
from annotator.formats.page.cards import prune_after, prune_cards
from annotator.formats.page.edges import is_headline, trimmed
from annotator.formats.page.lines import Line, Node, Page
from annotator.formats.page.weighing import Weighed

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PARAGRAPHS = frozenset(("p", "blockquote", "pre", "h2", "h3", "h4"))
_PRUNE_SHARE = 0.35
# A paragraph or a table may be called after where it stands: a signature is `right`, a first row `top`.
_TEXTUAL = frozenset("p h1 h2 h3 h4 h5 h6 table tbody tr td th li blockquote pre figure figcaption span font".split())
_PLACES = frozenset((hints.SIDE, hints.NAV, hints.CRUMB, hints.RELATED))
_FOLLOW = 0.5
#: Fewer characters than this are no article to be sure of.
_SLIGHT = 160


@dataclass(slots=True)
class Decision:
    """`keep` says of each line whether it is body; `doubt` why that may be wrong ("" where it is not doubted)."""

    keep: list[bool]
    doubt: str = ""


def weigh(page: Page, title: str = "") -> Weighed:
    """Weigh every line, and prune what is furniture by its name; `title` is the page's own."""
    prose = [0 if _heads(page, line, title) else prose_of(line) for line in page.lines]
    weighed = Weighed(page, prose, [""] * len(prose))
    weighed.children = [[] for _ in page.nodes]
    for index, node in enumerate(page.nodes[1:], 1):
        weighed.children[node.parent].append(index)
    weighed.add_up()
    _prune(weighed)
    weighed.add_up()
    for part in (prune_cards, prune_after):
        part(weighed)
        weighed.add_up()
    return weighed


def _heads(page: Page, line: Line, title: str) -> bool:
    """Whether a line is a heading, however much it reads like a sentence."""
    if line.length > 80:
        return False
    return page.nodes[line.node].tag in _HEADINGS or (line.length >= 8 and is_headline(line, page, title))


def prose_of(line: Line) -> int:
    """How many characters of running text a line has; 0 for headings, links, facts and feet."""
    length, links, text = line.length, line.links, line.text
    if length < 8 or links * 2 > length:
        return 0
    stops = len(words.STOPS.findall(text))
    if not stops and length < 40:
        return 0
    if (length < 200 and line.says(words.FOOT)) or (length < 400 and line.says(words.LEGAL)):
        return 0
    if length < 70 and (
        line.says(words.CRUMB)
        or line.says(words.CONTACT)
        or line.says(words.META)
        or line.says(words.CLOSING)
        or line.says(words.SHARE)
    ):
        return 0
    if length < 15:
        return length // 2
    if not stops:
        return length // 4
    return length - links


def decide(weighed: Weighed, title: str = "") -> Decision:
    """The body of a page. `title` is the page's own title, by which its headline is known."""
    page = weighed.page
    total = weighed.sums[-1]
    if total < 40:
        return Decision(_all_but_furniture(weighed), "no prose")
    chosen = _follow(weighed)
    ranges = _joined(weighed, chosen)
    keep = trimmed(weighed, ranges, title)
    held = sum(p for p, ok in zip(weighed.prose, keep) if ok)
    if held < 40 or _is_list(weighed, keep):
        return Decision(_all_but_furniture(weighed), "nothing left")
    return Decision(keep, _doubt(weighed, page.nodes[chosen], held, total))


def _is_list(weighed: Weighed, keep: list[bool]) -> bool:
    """Whether what was chosen is itself mostly links: a page that lists others."""
    chosen = [line for line, ok in zip(weighed.page.lines, keep) if ok]
    return sum(line.links for line in chosen) > 0.4 * sum(line.length for line in chosen)


def _doubt(weighed: Weighed, node: Node, held: int, total: int) -> str:
    sure = node.hint == hints.BODY
    if held < _SLIGHT:
        return "short"
    if held < total * (0.45 if sure else 0.7):
        return "little of the page"
    if not sure and weighed.link_share(node.first, node.last) > 0.4:
        return "many links"
    if node.tag in ("page", "html", "body"):
        return "no container"
    return ""


def _prune(weighed: Weighed) -> None:
    """Mark the lines of elements whose names or tags speak against them, unless they hold the prose of the page."""
    nodes = weighed.page.nodes
    against = [_against(node) for node in nodes]
    comments = sum(weighed.weight(n) for n, hint in _topmost(nodes, against) if hint == hints.COMMENTS)
    total = weighed.sums[-1]
    rest = max(total - comments, 0)
    if rest < 60:
        rest = total
        against = ["" if hint == hints.COMMENTS else hint for hint in against]
    bodies = _bodies_inside(weighed)
    body = max((weighed.weight(n) for n in nodes if n.hint == hints.BODY), default=0)
    for index, node in enumerate(nodes):
        hint = against[index]
        if not hint or weighed.pruned[node.first : node.last].count("") == 0:
            continue
        if hint != hints.COMMENTS and weighed.weight(node) > _PRUNE_SHARE * rest:
            continue
        if node.tag in _TEXTUAL and hint in _PLACES and _links_of(weighed, node) < 0.5:
            continue
        if body and bodies[index] >= 0.6 * body:  # it holds much of what any element that is called a body does
            continue
        for at in range(node.first, node.last):
            weighed.pruned[at] = weighed.pruned[at] or hint


def _against(node: Node) -> str:
    hint = node.hint or hints.BY_TAG.get(node.tag, "")
    return hint if hint in hints.AGAINST else ""


def _topmost(nodes: list[Node], against: list[str]) -> Iterable[tuple[Node, str]]:
    """The outermost elements with a hint: what lies inside them is counted with them."""
    until = -1
    for node, hint in zip(nodes, against):
        if hint == hints.COMMENTS and node.first >= until and node.last > node.first:
            until = node.last
            yield node, hint


def _bodies_inside(weighed: Weighed) -> list[int]:
    """For each element the weight of the heaviest element inside it that is called a body."""
    nodes = weighed.page.nodes
    heaviest = [0] * len(nodes)
    for at in range(len(nodes) - 1, 0, -1):  # those inside an element come after it
        node = nodes[at]
        own = weighed.weight(node) if node.hint == hints.BODY else 0
        heaviest[node.parent] = max(heaviest[node.parent], heaviest[at], own)
    return heaviest


def _follow(weighed: Weighed) -> int:
    """From the page downwards: the element that holds most of the prose, as long as one does."""
    nodes, at = weighed.page.nodes, 0
    while True:
        own = weighed.weight(nodes[at])
        best = max(weighed.children[at], key=lambda child: _worth(weighed, child), default=-1)
        if best < 0:
            return at
        node = nodes[best]
        share = weighed.weight(node) / own
        if node.last - node.first < 2 and not (share > 0.9 and node.hint == hints.BODY):
            return at
        if share < _FOLLOW or (share < 0.9 and _has_paragraphs(weighed, at, own)):
            return at
        if share < 0.8 and nodes[at].hint == hints.BODY != node.hint and _links_of(weighed, nodes[at]) < 0.25:
            return at
        at = best


def _has_paragraphs(weighed: Weighed, at: int, own: int) -> bool:
    """Whether prose stands in the element itself, in two paragraphs of its own at least."""
    nodes = weighed.page.nodes
    paragraphs = [nodes[child] for child in weighed.children[at] if nodes[child].tag in _PARAGRAPHS]
    weights = [weight for node in paragraphs if (weight := weighed.weight(node)) >= 20]
    return len(weights) >= 2 and sum(weights) >= 0.12 * own


def _links_of(weighed: Weighed, node: Node) -> float:
    return weighed.link_share(node.first, node.last)


def _worth(weighed: Weighed, index: int) -> float:
    node = weighed.page.nodes[index]
    weight = weighed.weight(node)
    return weight * (1.5 if node.hint == hints.BODY else 1.0) * (1 - weighed.link_share(node.first, node.last))


def _joined(weighed: Weighed, chosen: int) -> list[tuple[int, int]]:
    """The range of the element followed, and those of its like beside it and beside what it lies in."""
    nodes = weighed.page.nodes
    ranges = [(nodes[chosen].first, nodes[chosen].last)]
    at, levels = chosen, 0
    while nodes[at].parent >= 0 and levels < 4:
        for child in weighed.children[nodes[at].parent]:
            if child != at and _belongs(weighed, nodes[child], nodes[chosen], nodes[at]):
                ranges.append((nodes[child].first, nodes[child].last))
        at, levels = nodes[at].parent, levels + 1
    ranges.append((nodes[chosen].last, _with_signature(weighed, chosen)))
    return sorted(ranges)


def _with_signature(weighed: Weighed, chosen: int) -> int:
    """Where the rows of a table and the signature end that stand just below the element, beside it."""
    nodes, lines = weighed.page.nodes, weighed.page.lines
    end, limit, parent = nodes[chosen].last, nodes[chosen].last, nodes[chosen].parent
    for _level in range(4):
        if parent >= 0:
            limit, parent = nodes[parent].last, nodes[parent].parent
    while end < limit and not weighed.pruned[end] and not lines[end].links and _is_signing(lines[end].text):
        end += 1
    return end


def _is_signing(text: str) -> bool:
    return "\t" in text or words.is_issuer(text) or bool(words.DAY.match(text))


def _belongs(weighed: Weighed, other: Node, chosen: Node, beside: Node) -> bool:
    """Whether an element beside the body is more of it: prose, few links, no readers speaking, and of its kind."""
    weight = weighed.weight(other)
    if weight < 30 or other.last == other.first:
        return False
    own = weighed.weight(chosen)
    alike = other.tag == beside.tag and (other.names == beside.names)
    plain = other.tag in ("p", "section", "blockquote", "table", "ul", "ol", "pre", "span", "font") and not other.hint
    named = other.hint == hints.BODY
    gap = other.first - chosen.last if other.first >= chosen.last else chosen.first - other.last
    # A part without a name that nothing parts from the body: the first paragraphs of a page that folds up the rest.
    next_to = gap == 0 and other.tag == "div" and other.names == " "
    if not (alike or plain or named or next_to):
        return False
    if weighed.link_share(other.first, other.last) > 0.2:
        return False
    lines = weighed.page.lines[other.first : other.last]
    if sum(1 for line in lines if len(line.text) < 40 and line.says(words.REPLY)) > max(1, len(lines) // 10):
        return False
    length = weighed.lengths[other.last] - weighed.lengths[other.first]
    return weight > 0.4 * length and gap < 15 and (named or alike or weight < 3 * own)


def _all_but_furniture(weighed: Weighed) -> list[bool]:
    """Where no body convinces: everything that is not surely furniture."""
    lines = weighed.page.lines
    keep = [not hint and not (line.length < 120 and line.says(words.FOOT)) for hint, line in zip(weighed.pruned, lines)]
    return keep if any(keep) else [True] * len(lines)
