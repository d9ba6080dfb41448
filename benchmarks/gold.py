"""A report's gold standard, and how far a set of spans is from it. Opens no window and no file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.services.open_report import OpenReport

#: What is compared besides start, end and label; what is absent is the label's default.
COMPARED = ("value", "unit", "qualifier", "subject", "status")


class Target(NamedTuple):
    """A span of the gold. Where the gold is not certain of it, it may be there or not."""

    start: int
    end: int
    label: str
    certain: bool
    attributes: dict[str, Any]

    @property
    def range(self) -> tuple[int, int]:
        """Start and end in code points."""
        return self.start, self.end


def targets(record: dict[str, Any]) -> list[Target]:
    """The spans of a line of JSON Lines, in reading order."""
    found = [
        Target(s["start"], s["end"], s["label"], s.get("certain", True), s.get("attributes", {}))
        for s in record["spans"]
    ]
    return sorted(found, key=lambda t: (t.start, -t.end, t.label))


def made(report: OpenReport, target: Target) -> Span | None:
    """The span of the report with the target's range and label."""
    return next((span for span in report.spans.with_range(*target.range) if span.label == target.label), None)


def differing(schema: LabelSchema, target: Target, span: Span) -> dict[str, tuple[Any, Any]]:
    """The attributes in which a span is not as the gold has it: what it says, and what it should."""
    definition = schema.label(target.label)
    defaults: dict[str, Any] = dict(definition.defaults()) if definition else {}
    pairs = {
        name: (
            _plain(span.attributes.get(name, defaults.get(name))),
            _plain(target.attributes.get(name, defaults.get(name))),
        )
        for name in COMPARED
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def differences(schema: LabelSchema, report: OpenReport, gold: Sequence[Target]) -> list[str]:
    """Every span and attribute that is not as in the gold's certain spans, in words."""
    text, found = report.text, []
    for target in (t for t in gold if t.certain):
        span, words = made(report, target), f"{target.label} {text[target.start : target.end]}"
        if span is None:
            found.append(f"missing: {words}")
        else:
            pairs = differing(schema, target, span).items()
            found += [f"{words}: {name} is {ours}, not {wanted}" for name, (ours, wanted) in pairs]
    known = {(*t.range, t.label) for t in gold}
    extra = [s for s in report.spans if (*s.range, s.label) not in known]
    return found + [f"not in the gold: {s.label} {text[s.start : s.end]}" for s in extra]


def _plain(value: Any) -> Any:
    return value.get("text") if isinstance(value, dict) else value
