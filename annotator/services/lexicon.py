"""The strings a project knows: what people tagged, how often, and how often it was refused.

Read once from the newest reports, never on opening one; then it follows what people do, so that a string tagged once is
offered at once wherever it stands. Labels of numbers are left out: the same figure elsewhere is another figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from annotator.domain.changes import Change
from annotator.domain.report import Report
from annotator.domain.schema import AttributeType, LabelSchema
from annotator.storage import Store

#: A longer string seldom stands twice.
LONGEST = 30
#: Reports that are read to begin with, the newest first.
NEWEST = 2000

Words = tuple[str, str]
Entry = tuple[str, str, int, int]


def taught_labels(schema: LabelSchema) -> frozenset[str]:
    """The labels whose strings mean the same elsewhere: those without numbers."""
    return frozenset(
        label.name for label in schema.labels if not any(a.type is AttributeType.NUMBER for a in label.attributes)
    )


class Lexicon:
    """Counts by words and label; `revision` grows with each change."""

    def __init__(self) -> None:
        self._tagged: Counter[Words] = Counter()
        self._refused: Counter[Words] = Counter()
        self.revision = 0

    def collect(self, store: Store, is_blind: Callable[[Report], bool], newest: int = NEWEST) -> None:
        """Count what stands in the newest reports, and every refusal. Reads only: for a store of a job's own."""
        labels = taught_labels(store.schema)
        for report_id in store.reports.ids(limit=1_000_000)[-newest:]:
            if any(row.spans for row in store.sets.of_report(report_id)):
                report = store.reports.load(report_id)
                if not is_blind(report):
                    self._count(report, labels)
        for words, label, n in store.suggestions.refused_words():
            self._refused[words, label] += n
        self.revision += 1

    def _count(self, report: Report, labels: frozenset[str]) -> None:
        for made in report.sets:
            for span in made.spans:
                if span.label in labels:
                    self.tagged(report.text[span.start : span.end], span.label)

    def tagged(self, words: str, label: str, n: int = 1) -> None:
        """`words` were tagged once more, or (`n` = -1) once less."""
        if 1 < len(words) <= LONGEST and "\n" not in words:
            self._tagged[words, label] += n

    def refused(self, words: str, label: str, n: int = 1) -> None:
        """`words` were refused once more, or once less."""
        if 1 < len(words) <= LONGEST:
            self._refused[words, label] += n

    def follow(self, changes: Iterable[Change], text: str, labels: frozenset[str]) -> bool:
        """Take in the changes of one report, which has this text. True where that changed what is known."""
        before = self._tagged.total() + self._refused.total(), len(self._tagged)
        for change in changes:
            if change.table == "span":
                self._span(change, text, labels)
            elif change.table == "suggestion":
                self._decision(change, text)
        changed = before != (self._tagged.total() + self._refused.total(), len(self._tagged))
        self.revision += changed
        return changed

    def _span(self, change: Change, text: str, labels: frozenset[str]) -> None:
        row, n = (change.after, 1) if change.before is None else (change.before, -1)
        if change.before is not None and change.after is not None:
            return  # an edge or a label moved: counted when the reports are read next
        if row and row["label"] in labels:
            self.tagged(text[row["start"] : row["end"]], row["label"], n)

    def _decision(self, change: Change, text: str) -> None:
        row, n = (change.after, 1) if change.before is None else (change.before, -1)
        if row and row.get("state") == "rejected":
            self.refused(text[row["start"] : row["end"]], row["label"], n)

    def entries(self) -> list[Entry]:
        """(words, label, how often tagged, how often refused), for `suggest.lexicon`."""
        return [(w, label, n, self._refused[w, label]) for (w, label), n in sorted(self._tagged.items()) if n > 0]
