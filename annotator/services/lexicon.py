"""The strings a project knows: what people tagged, how often, and how often it was refused.

Read once from the newest reports, never on opening one; then it follows what people do, so that a string tagged once is
offered at once wherever it stands. Labels of numbers are left out: the same figure elsewhere is another figure. Of a
label whose strings are clauses rather than names only what is long counts.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from typing import TYPE_CHECKING

from annotator.domain.changes import Change
from annotator.domain.deciding import UNSEEN
from annotator.domain.report import AnnotationSet, Report, Status
from annotator.domain.schema import AttributeType, LabelSchema
from annotator.services.jobs import Progress, silent
from annotator.suggest.lexicon import Known

if TYPE_CHECKING:
    from annotator.domain.span import Span
    from annotator.storage import Store

#: A longer string seldom stands twice.
LONGEST = 30
#: Reports that are read to begin with, the newest first.
NEWEST = 2000
#: A label whose strings are longer than this on average holds clauses: of those only long ones count, short ones being
#: parts of many others.
_CLAUSES = 12
_LONG = 8
#: So few strings for the characters of a text are looked for one by one.
_FEW = 2000

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
        self._lengths: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # by label: characters, strings
        self._by_first: dict[str, set[Words]] = defaultdict(set)
        self._last: tuple[str, set[Words]] | None = None
        self.revision = 0

    # ---- what stands in the project ------------------------------------------------------------------

    def collect(
        self,
        store: Store,
        is_blind: Callable[[Report], bool],
        newest: int = NEWEST,
        *,
        person: str = "",
        blind: Container[str] = (),
        progress: Progress = silent,
    ) -> None:
        """Count what `person` (a name) and finished sets hold in the newest reports, and every refusal.

        Sets of people in `blind` (names) do not count. Reads only: for a store of a job's own, in whose thread this runs.
        """
        labels = taught_labels(store.schema)
        ids = _newest(store, newest)
        for done, report_id in enumerate(ids):
            progress(done, len(ids), "")
            if any(row.spans for row in store.sets.of_report(report_id)):
                report = store.reports.load(report_id)
                if not is_blind(report):
                    self.count(report, labels, person, blind)
        for words, label, n in store.suggestions.refused_words():
            self.refused(words, label, n)
        self.revision += 1

    def count(self, report: Report, labels: frozenset[str], person: str = "", blind: Container[str] = ()) -> None:
        """Count one report: a place that several people tagged alike counts once, one that nobody looked at never."""
        places = {
            (span.start, span.end, span.label)
            for made in report.sets
            if _teaches(made, person) and made.annotator not in blind
            for span in made.spans
            if span.label in labels and UNSEEN not in span.proposed
        }
        for start, end, label in places:
            self.tagged(report.text[start:end], label)

    def tagged(self, words: str, label: str, n: int = 1) -> None:
        """`words` were tagged once more, or (`n` = -1) once less."""
        if len(words) < 2 or "\n" in words:
            return
        lengths = self._lengths[label]
        lengths[0] += len(words) * n
        lengths[1] += n
        if len(words) <= LONGEST:
            self._tagged[words, label] += n
            self._find_by_first(words, label)

    def refused(self, words: str, label: str, n: int = 1) -> None:
        """`words` were refused once more, or once less."""
        if 1 < len(words) <= LONGEST:
            self._refused[words, label] += n
            self._find_by_first(words, label)

    def _find_by_first(self, words: str, label: str) -> None:
        found = self._by_first[words[:2]]
        if (words, label) not in found:
            found.add((words, label))
            self._last = None

    def add(self, other: Lexicon) -> None:
        """Take in what another lexicon counted: what a job collected, beside what was done meanwhile."""
        for mine, theirs in ((self._tagged, other._tagged), (self._refused, other._refused)):
            for (words, label), n in theirs.items():
                mine[words, label] += n
                self._find_by_first(words, label)
        for label, (characters, strings) in other._lengths.items():
            self._lengths[label][0] += characters
            self._lengths[label][1] += strings
        self.revision += 1

    # ---- following what people do ----------------------------------------------------------------------

    def follow(
        self, changes: Iterable[Change], text: str, labels: frozenset[str], spans: Mapping[str, Span] | None = None
    ) -> bool:
        """Take in the changes of one report, which has this text. True where that changed what is known.

        `spans` are those of the report by uid, after the changes: a span that only moved or changed its label is found
        there.
        """
        before = self.revision
        for change in changes:
            if change.table == "span":
                self._span(change, text, labels, spans or {})
            elif change.table == "suggestion":
                self._decision(change, text)
        return self.revision != before

    def _span(self, change: Change, text: str, labels: frozenset[str], spans: Mapping[str, Span]) -> None:
        before, after = change.before, change.after
        if before is not None and after is not None:
            if not ({"start", "end", "label"} & after.keys()) or change.uid not in spans:
                return
            now = spans[change.uid]
            after = {"start": now.start, "end": now.end, "label": now.label}
            before = {**after, **{name: value for name, value in before.items() if name in after}}
        for row, n in ((before, -1), (after, 1)):
            if row and row["label"] in labels and UNSEEN not in (row.get("proposed") or ()):
                self.tagged(text[row["start"] : row["end"]], row["label"], n)
                self.revision += 1

    def _decision(self, change: Change, text: str) -> None:
        row, n = (change.after, 1) if change.before is None else (change.before, -1)
        if row and row.get("state") == "rejected":
            self.refused(text[row["start"] : row["end"]], row["label"], n)
            self.revision += 1

    # ---- what is known ---------------------------------------------------------------------------------

    def entries(self, text: str | None = None) -> list[Entry]:
        """(words, label, how often tagged, how often refused), for `suggest.lexicon`; only those that stand in `text`."""
        known = self._tagged if text is None else self._standing_in(text)
        return [
            (words, label, self._tagged[words, label], self._refused[words, label])
            for words, label in sorted(known)
            if self._counts(words, label)
        ]

    def refusals(self, text: str, labels: frozenset[str]) -> list[Entry]:
        """The same of strings of these labels that people refused somewhere, tagged or not."""
        return [
            (words, label, self._tagged[words, label], self._refused[words, label])
            for words, label in sorted(self._standing_in(text))
            if self._refused[words, label] > 0 and label in labels
        ]

    def _standing_in(self, text: str) -> set[Words]:
        """Known strings of a text; those of the text asked about last are remembered until another string is met."""
        if self._last is None or self._last[0] != text:
            there = self._firsts_in(text)
            self._last = text, {known for first in there for known in self._by_first[first] if known[0] in text}
        return self._last[1]

    def _firsts_in(self, text: str) -> Collection[str]:
        """The first two characters of known strings that stand in a text: the cost is the text's, not the lexicon's."""
        if len(self._by_first) < len(text) // _FEW:
            return [first for first in self._by_first if first in text]
        pairs = {text[at : at + 2] for at in range(len(text) - 1)}
        return pairs & self._by_first.keys() if len(pairs) < len(self._by_first) else self._by_first.keys() & pairs

    def _counts(self, words: str, label: str) -> bool:
        n = self._tagged[words, label]
        characters, strings = self._lengths.get(label, (0, 0))
        if strings > 0 and characters > _CLAUSES * strings:
            return n > 0 and len(words) >= _LONG
        return n > 0

    def fingerprint(self, text: str) -> str:
        """What the lexicon has to say about a text: other when a string of it is new, gone, or surer by a tenth."""
        told = [
            (words, label, round(Known(words, label, n, no).score, 1)) for words, label, n, no in self.entries(text)
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _newest(store: Store, newest: int) -> list[int]:
    """The row ids of the newest reports, the newest last."""
    ids: list[int] = []
    after = 0
    while page := store.reports.ids(after=after, limit=5000):
        ids = [*ids, *page][-newest:]
        after = page[-1]
    return ids


def _teaches(made: AnnotationSet, person: str) -> bool:
    """Whether a set's strings count: the person's own and those that are finished, none made blind."""
    if made.extra.get("blind"):
        return False
    return made.gold or made.status == Status.DONE or not person or made.annotator == person
