"""A page with what its lines weigh: what the parts of the decision about a body hand each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from annotator.formats.page.lines import Node, Page


@dataclass(slots=True)
class Weighed:
    """A page with what its lines weigh. `pruned` lines lie in elements that are furniture by their name."""

    page: Page
    prose: list[int]
    pruned: list[str]
    sums: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)

    def add_up(self) -> None:
        """Running sums over the lines that are not pruned."""
        lines, live = self.page.lines, [not hint for hint in self.pruned]
        self.sums = [0, *accumulate(p if ok else 0 for p, ok in zip(self.prose, live))]
        self.lengths = [0, *accumulate(line.length if ok else 0 for line, ok in zip(lines, live))]
        self.links = [0, *accumulate(line.links if ok else 0 for line, ok in zip(lines, live))]

    def weight(self, node: Node) -> int:
        """Characters of prose in an element, pruned parts apart."""
        return self.sums[node.last] - self.sums[node.first]

    def link_share(self, first: int, last: int) -> float:
        """How much of the characters of a range of lines is links."""
        length = self.lengths[last] - self.lengths[first]
        return (self.links[last] - self.links[first]) / length if length else 0.0
