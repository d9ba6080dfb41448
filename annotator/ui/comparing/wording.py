"""A difference in words: its sign and kind, its labels, what an attribute says on either side, and its text in short."""

from __future__ import annotations

from typing import Any, NamedTuple

from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.messages import N_, _
from annotator.quality.evaluation import ATTRIBUTE, EDGES, EXTRA, LABEL, MISSED, NOTHING
from annotator.services.evaluating import Row
from annotator.services.wording import attribute_title, label_title

#: Kinds in the order in which they are listed, with their signs.
SIGNS = {MISSED: "−", EXTRA: "+", EDGES: "↔", LABEL: "≠", ATTRIBUTE: "∗"}
_KINDS = {
    MISSED: N_("Missing"),
    EXTRA: N_("Extra"),
    EDGES: N_("Other edges"),
    LABEL: N_("Other label"),
    ATTRIBUTE: N_("Other attribute"),
}
#: Characters before the first span in a row, and of the words that both spans share on either side of a cut.
_BEFORE, _KEPT = 10, 9

Range = tuple[int, int]


def kind_title(kind: str) -> str:
    """What a kind of difference is called."""
    return _(_KINDS[kind])


def side_label(name: str, schema: LabelSchema) -> str:
    """A label's title; a dash where there is nothing."""
    return "–" if name == NOTHING else label_title(schema, name)


def about(row: Row, schema: LabelSchema) -> str:
    """What is different, in a few words."""
    found = row.difference
    labels = [label_title(schema, span.label) for span in (found.gold, found.predicted) if span is not None]
    told = " → ".join(dict.fromkeys(labels))
    if found.kind == ATTRIBUTE and found.gold is not None and found.predicted is not None:
        values = [_value(span, found.attribute) for span in (found.gold, found.predicted)]
        told += f" · {attribute_title(schema, found.attribute)}: {values[0]} → {values[1]}"
    return told


def _value(span: Span, attribute: str) -> str:
    value: Any = span.attributes.get(attribute)
    value = value.get("text") if isinstance(value, dict) else value
    return "–" if value is None else str(value)


class Picture(NamedTuple):
    """The text of a difference on one line, cut where both spans are the same, and where each span stands in it."""

    text: str
    gold: Range | None
    predicted: Range | None


def picture(row: Row) -> Picture:
    """Both spans in their surroundings, short enough for one line: both edges are always in it."""
    found = row.difference
    spans = [span for span in (found.gold, found.predicted) if span is not None]
    skip = max(0, min(span.start for span in spans) - row.at - _BEFORE)
    low = max(span.start for span in spans) - row.at + _KEPT
    high = min(span.end for span in spans) - row.at - _KEPT
    cut = high - low if high - low > 1 else 0
    text = row.around[skip:low] + "…" + row.around[high:] if cut else row.around[skip:]

    def place(offset: int) -> int:
        at = offset - row.at
        return at - skip - (cut - 1 if cut and at >= high else 0)

    def of(span: Span | None) -> Range | None:
        return (place(span.start), place(span.end)) if span is not None else None

    return Picture("".join(" " if c.isspace() else c for c in text), of(found.gold), of(found.predicted))


def whole(row: Row, schema: LabelSchema, names: tuple[str, str]) -> str:
    """Everything about a difference, for a tooltip and for screen readers."""
    found = row.difference
    lines = [f"{kind_title(found.kind)} · {about(row, schema)}"]
    for name, span in zip(names, (found.gold, found.predicted), strict=True):
        words = f"“{' '.join(row.text(span).split())}”" if span is not None else "–"
        lines.append(f"{name}: {words}")
    return "\n".join([*lines, row.title])
