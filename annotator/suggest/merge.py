"""Proposals of all sources put together: one for each place, the surest; what overlaps it under the same label goes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from annotator.domain.suggestion import Proposal

#: What a source of its own says counts a little more than a rule that says the same: a project knows itself.
_TRUST: Final = {"lexicon": 0.02, "learned": 0.03, "model": 0.01}
#: Two sources that agree to the letter are surer than each alone.
_AGREED: Final = 0.5


def merged(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals in text order, the outer of nested labels first; none overlaps another of its label."""
    by_label: dict[str, dict[tuple[int, int], list[Proposal]]] = defaultdict(lambda: defaultdict(list))
    for proposal in proposals:
        by_label[proposal.label][proposal.start, proposal.end].append(proposal)
    kept = [best for places in by_label.values() for best in _apart([_one(found) for found in places.values()])]
    return sorted(kept, key=lambda p: (p.start, -p.end, p.label))


def _one(found: list[Proposal]) -> Proposal:
    """The surest of proposals of one place; that others say the same makes it surer."""
    best = max(found, key=_weight)
    others = {p.source: p.score for p in found if p.source != best.source}
    score = best.score
    for other in others.values():
        score += (1 - score) * other * _AGREED
    attributes = {name: value for p in reversed(found) for name, value in p.attributes.items()} | best.attributes
    return best._replace(score=round(min(score, 1.0), 4), attributes=attributes)


def _weight(proposal: Proposal) -> tuple[float, int]:
    return proposal.score + _TRUST.get(proposal.source, 0.0), proposal.end - proposal.start


def _apart(found: list[Proposal]) -> list[Proposal]:
    """Of those that overlap the surest, then the longest."""
    starts: list[int] = []
    kept: list[Proposal] = []
    for proposal in sorted(found, key=_weight, reverse=True):
        at = bisect_left(starts, proposal.start)
        clear_before = at == 0 or kept[at - 1].end <= proposal.start
        if clear_before and (at == len(kept) or proposal.end <= kept[at].start):
            starts.insert(at, proposal.start)
            kept.insert(at, proposal)
    return kept
