"""What the lines outside the body are: each gets the rule by which a person will know it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from annotator.formats.page import hints, words
from annotator.formats.page.edges import is_headline
from annotator.formats.page.lines import Line, Node
from annotator.formats.page.weighing import Weighed

NAV, CRUMB, META, SHARE, LINKS, RELATED, COMMENTS, FOOTER, HEADLINE, ASIDE, OTHER = (
    "page.nav", "page.breadcrumb", "page.meta", "page.share", "page.links", "page.related", "page.comments",
    "page.footer", "page.headline", "page.aside", "page.other",
)  # fmt: skip

_BY_HINT = {
    hints.NAV: NAV,
    hints.CRUMB: CRUMB,
    hints.FOOTER: FOOTER,
    hints.SHARE: SHARE,
    hints.COMMENTS: COMMENTS,
    hints.RELATED: RELATED,
    hints.SIDE: ASIDE,
    hints.META: META,
}
#: What lies in such an element is of its kind, whatever a line of it says.
_WHOLE = frozenset((hints.COMMENTS, hints.RELATED))
_SHORT = 120
_INSERTED = 4
_CHAIN = 8


def rules_of(weighed: Weighed, keep: list[bool], title: str) -> list[str]:
    """For every line the rule that names it, "" for the body."""
    first = keep.index(True) if True in keep else len(keep)
    last = len(keep) - keep[::-1].index(True) if True in keep else 0
    rules = []
    for at, line in enumerate(weighed.page.lines):
        rules.append("" if keep[at] else _rule(weighed, line, at, first, last, title))
    return smoothed(rules)


def smoothed(rules: list[str]) -> list[str]:
    """Few ranges instead of many: some lines between two parts of one kind are of that kind, unless they are the body.

    So are lines that nothing names at the end of a part.
    """
    found = _of_one_list(rules)
    groups = [(rule, len(list(lines))) for rule, lines in groupby(found)]
    at = 0
    last_kind = ""
    for index, (rule, count) in enumerate(groups):
        after = groups[index + 1][0] if index + 1 < len(groups) else ""
        kind = rule
        if rule and last_kind and rule != HEADLINE:
            if (count <= _INSERTED and after == last_kind) or (rule == OTHER and count <= _INSERTED):
                kind = last_kind
        found[at : at + count] = [kind] * count
        at += count
        last_kind = kind if kind != HEADLINE else ""
    return found


def _of_one_list(rules: list[str]) -> list[str]:
    """Below the body: kinds that change from line to line are the lines of one list, of the kind that is most of it."""
    found = list(rules)
    last = len(rules) - rules[::-1].index("") if "" in rules else 0
    chain: list[tuple[str, int, int]] = []
    at = 0
    for rule, lines in groupby([*rules, "end"]):
        count = len(list(lines))
        if at >= last and count < _INSERTED and rule != "end":
            chain.append((rule, at, at + count))
        else:
            if len(chain) >= _CHAIN:
                kinds = Counter[str]()
                for kind, first, end in chain:
                    kinds[kind] += end - first
                found[chain[0][1] : chain[-1][2]] = [kinds.most_common(1)[0][0]] * (chain[-1][2] - chain[0][1])
            chain = []
        at += count
    return found


def _rule(weighed: Weighed, line: Line, at: int, first: int, last: int, title: str) -> str:
    if at < last and not line.links and is_headline(line, weighed.page, title):
        return HEADLINE
    if weighed.pruned[at] in _WHOLE:
        return _BY_HINT[weighed.pruned[at]]
    by_words = _by_words(line)
    if by_words:
        return by_words
    by_name = _BY_HINT.get(weighed.pruned[at]) or _by_ancestor(weighed.page.nodes, line.node)
    if by_name:
        return by_name
    linked = line.links * 2 > line.length
    if linked:
        return NAV if at < first else RELATED if at >= last and line.length >= 8 else LINKS
    return OTHER


def _by_words(line: Line) -> str:
    if line.length > _SHORT:
        return FOOTER if line.says(words.FOOT) and line.length < 2 * _SHORT else ""
    if line.says(words.CRUMB):
        return CRUMB
    if line.links * 2 <= line.length and line.says(words.META) and words.META.match(line.text):
        return META
    if line.says(words.SHARE):
        return SHARE
    if line.says(words.FOOT):
        return FOOTER
    if line.says(words.AFTER):
        return RELATED
    if not line.links * 2 > line.length and (line.says(words.META) or line.says(words.CLOSING)):
        return META
    return NAV if line.says(words.WELCOME) else ""


def _by_ancestor(nodes: list[Node], at: int) -> str:
    """The name of the nearest element that says what it is."""
    while at > 0:
        hint = nodes[at].hint or hints.BY_TAG.get(nodes[at].tag, "")
        if hint in _BY_HINT:
            return _BY_HINT[hint]
        if hint == hints.BODY:
            return ""
        at = nodes[at].parent
    return ""
