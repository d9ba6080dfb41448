"""What lint rules are given, and what they find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity, find_quantities
from annotator.domain.schema import AttributeType, LabelSchema
from annotator.domain.span import Span
from annotator.quality.model import Range


class Spot(NamedTuple):
    """One place that lint points at: the rule, the range in code points, the spans concerned, and why."""

    rule: str
    start: int
    end: int
    spans: tuple[str, ...]
    reason: Wording


@dataclass(frozen=True)
class Marked:
    """One person's set on one report as lint sees it; `done` says that the set is finished.

    `numbers` are the report's numbers that may be indicators, where somebody has read them already.
    """

    text: str
    spans: Sequence[Span]
    schema: LabelSchema
    furniture: Sequence[Range] = ()
    done: bool = False
    numbers: Sequence[Quantity] | None = None

    def indicators(self) -> Sequence[Quantity]:
        """The numbers of the report that may be indicators."""
        if self.numbers is not None:
            return self.numbers
        return [q for q in find_quantities(self.text) if q.is_indicator]

    def numeric(self) -> frozenset[str]:
        """The labels that hold numbers."""
        return frozenset(
            label.name
            for label in self.schema.labels
            if any(attribute.type is AttributeType.NUMBER for attribute in label.attributes)
        )

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]
