"""Predicted spans against gold ones: exact and overlap scores, attributes, confusions, and every difference.

Uncertain spans are scored neither way: a gold or predicted span that is uncertain counts nowhere, and neither does a
span that meets only uncertain ones of its label on the other side: whoever says "not sure" is neither right nor wrong.
So gold and prediction may change places: precision and recall do then, and nothing else. Scores are micro averages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from annotator.domain.span import Span, exact_number

NOTHING: Final = ""
#: What a difference is called.
MISSED, EXTRA, EDGES, LABEL, ATTRIBUTE = "missed", "extra", "edges", "label", "attribute"


class Score(NamedTuple):
    """How many were right, of how many predicted and how many wanted."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of predictions that are right; 1 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """The share of gold that was found; 1 where nothing was wanted."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 1.0

    def plus(self, other: Score) -> Score:
        """Both counted together."""
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    def as_json(self) -> dict[str, Any]:
        """Counts and rounded shares."""
        return {
            "right": self.right,
            "predicted": self.predicted,
            "gold": self.gold,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


class Difference(NamedTuple):
    """One difference in one report; `gold` or `predicted` is None where there is none. `attribute` names the value."""

    kind: str
    report: str
    gold: Span | None
    predicted: Span | None
    attribute: str = ""


@dataclass
class Evaluation:
    """Scores of all reports taken in so far."""

    exact: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    overlap: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    #: By label and attribute: right, and compared, over exact hits.
    attributes: dict[tuple[str, str], Score] = field(default_factory=lambda: defaultdict(Score))
    #: By gold label and predicted label, of spans that share a character; NOTHING where there is no partner.
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    reports: int = 0
    #: Spans that were scored neither way.
    unsure: int = 0

    def add(self, report: str, gold: Sequence[Span], predicted: Sequence[Span]) -> None:
        """Take in one report."""
        self.reports += 1
        wanted, offered = _scored(gold, predicted), _scored(predicted, gold)
        self.unsure += len(gold) + len(predicted) - len(wanted) - len(offered)
        for label in sorted({span.label for span in (*wanted, *offered)}):
            ours = _of(wanted, label), _of(offered, label)
            self._count_exact(report, label, *ours)
            self._count_overlap(label, *ours)
        self._confuse(report, wanted, offered)

    def total(self, scores: dict[str, Score]) -> Score:
        """All labels together."""
        whole = Score()
        for score in scores.values():
            whole = whole.plus(score)
        return whole

    def _count_exact(self, report: str, label: str, gold: Sequence[Span], predicted: Sequence[Span]) -> None:
        by_range = {span.range: span for span in predicted}
        hits = [(span, by_range.pop(span.range)) for span in gold if span.range in by_range]
        self.exact[label] = self.exact[label].plus(Score(len(hits), len(predicted), len(gold)))
        for wanted, offered in hits:
            self._compare(report, label, wanted, offered)

    def _compare(self, report: str, label: str, gold: Span, predicted: Span) -> None:
        """Attributes that gold fills in; what only the prediction says is not judged."""
        for name, value in gold.attributes.items():
            right = same_value(value, predicted.attributes.get(name))
            self.attributes[label, name] = self.attributes[label, name].plus(Score(int(right), 1, 1))
            if not right:
                self.differences.append(Difference(ATTRIBUTE, report, gold, predicted, name))

    def _count_overlap(self, label: str, gold: Sequence[Span], predicted: Sequence[Span]) -> None:
        right = len(_paired(gold, predicted))
        self.overlap[label] = self.overlap[label].plus(Score(right, len(predicted), len(gold)))

    def _confuse(self, report: str, gold: Sequence[Span], predicted: Sequence[Span]) -> None:
        """Pair what is left by label, then whatever its label, and name each difference."""
        left_gold, left_predicted = list(gold), list(predicted)
        for same_range, same_label in ((True, True), (False, True), (True, False)):
            pairs = _paired(left_gold, left_predicted, same_range=same_range, same_label=same_label)
            left_gold = _without(left_gold, (wanted for wanted, _offered in pairs))
            left_predicted = _without(left_predicted, (offered for _wanted, offered in pairs))
            for wanted, offered in pairs:
                self.confusion[wanted.label, offered.label] += 1
                if wanted.range != offered.range:
                    self.differences.append(Difference(EDGES, report, wanted, offered))
                elif not same_label:
                    self.differences.append(Difference(LABEL, report, wanted, offered))
        for span in left_gold:
            self.confusion[span.label, NOTHING] += 1
            self.differences.append(Difference(MISSED, report, span, None))
        for span in left_predicted:
            self.confusion[NOTHING, span.label] += 1
            self.differences.append(Difference(EXTRA, report, None, span))

    def as_json(self) -> dict[str, Any]:
        """Everything but the differences."""
        labels = sorted(self.exact)
        return {
            "reports": self.reports,
            "uncertain": self.unsure,
            "labels": {name: self._label(name) for name in labels},
            "total": {
                "exact": self.total(self.exact).as_json(),
                "overlap": self.total(self.overlap).as_json(),
            },
            "confusion": [
                {"gold": gold, "predicted": predicted, "n": n}
                for (gold, predicted), n in sorted(self.confusion.items())
            ],
        }

    def _label(self, name: str) -> dict[str, Any]:
        values = {a: s for (label, a), s in sorted(self.attributes.items()) if label == name}
        return {
            "exact": self.exact[name].as_json(),
            "overlap": self.overlap[name].as_json(),
            "attributes": {
                a: {"right": s.right, "compared": s.gold, "accuracy": round(s.recall, 4)} for a, s in values.items()
            },
        }


def same_value(gold: Any, predicted: Any) -> bool:
    """Whether two attribute values say the same: numbers by value, words from the report by their range or words."""
    if isinstance(gold, dict) and isinstance(predicted, dict) and "start" in gold and "start" in predicted:
        return bool((gold["start"], gold.get("end")) == (predicted["start"], predicted.get("end")))
    if isinstance(gold, dict) != isinstance(predicted, dict):
        return bool(_words(gold) == _words(predicted))
    if gold == predicted:
        return True
    number = exact_number(gold)
    return number is not None and number == exact_number(predicted)


def _words(value: Any) -> Any:
    return value.get("text") if isinstance(value, dict) else value


def _of(spans: Iterable[Span], label: str) -> list[Span]:
    return [span for span in spans if span.label == label]


def _without(spans: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """The spans but for these objects: two spans that say the same are two."""
    gone = {id(span) for span in taken}
    return [span for span in spans if id(span) not in gone]


def _scored(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The spans of one side that are scored: certain ones, but for those that meet only uncertain ones of the other."""
    unsure = [span for span in others if not span.certain]
    certain = [span for span in others if span.certain]
    return [span for span in spans if span.certain and not _only_unsure(span, certain, unsure)]


def _only_unsure(span: Span, certain: Sequence[Span], unsure: Sequence[Span]) -> bool:
    """Whether a span meets uncertain ones of its label, and no certain one."""
    if not any(other.label == span.label and other.overlaps(*span.range) for other in unsure):
        return False
    return not any(other.label == span.label and other.overlaps(*span.range) for other in certain)


def _paired(
    gold: Sequence[Span], predicted: Sequence[Span], *, same_range: bool = False, same_label: bool = True
) -> list[tuple[Span, Span]]:
    """Pairs of spans that share characters, each span once, the pairs that share most first."""
    candidates = sorted(_meeting(gold, predicted, same_range, same_label), key=lambda row: (-row[0], row[1], row[2]))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for _shared, i, j in candidates:
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def _meeting(
    gold: Sequence[Span], predicted: Sequence[Span], same_range: bool, same_label: bool
) -> Iterator[tuple[float, int, int]]:
    """Shared share of two spans (characters in both over characters in either), and their places in the lists."""
    order = sorted(range(len(predicted)), key=lambda j: predicted[j].start)
    longest = max((span.end - span.start for span in predicted), default=0)
    starts = [predicted[j].start for j in order]
    for i, span in enumerate(gold):
        low, high = bisect_left(starts, span.start - longest), bisect_left(starts, span.end)
        for j in order[low:high]:
            other = predicted[j]
            shared = min(span.end, other.end) - max(span.start, other.start)
            if shared <= 0 or (same_range and span.range != other.range) or (same_label != (span.label == other.label)):
                continue
            yield shared / (max(span.end, other.end) - min(span.start, other.start)), i, j
