"""Findings of the open report as a window lists them, and putting them aside. What finds them runs in the other process.

Owns the questions (`Asked`, `Question`) and the answers (`Seen`, `Found`), plain, so that they travel; imports no check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain import dismissal as dismissing
from annotator.domain.changes import Wording
from annotator.domain.dismissal import LINT, Dismissal, covering, fingerprint
from annotator.domain.report import Status
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span, new_uid
from annotator.services.edits import Edits, Outcome
from annotator.services.open_report import OpenReport
from annotator.storage.people import now

if TYPE_CHECKING:
    from annotator.quality.jumps import Told

Range = tuple[int, int]
#: A span as the checks see it: start, end, label. Nothing else of it travels, since there may be ten thousand of them.
Mark = tuple[int, int, str]
#: One finding without its fingerprint: kind, places, stated, computed, verdict, working.
Plain = tuple[str, list[Range], str, str, str, tuple[str, dict[str, Any]]]

AGREES, ROUNDING, DISAGREES = "agrees", "rounding", "disagrees"


class Asked(NamedTuple):
    """What the task "check" is given: a report, and one person's spans in it."""

    text: str
    furniture: Sequence[Range]
    year: int | None
    spans: Sequence[Mark]
    schema: LabelSchema
    done: bool


class Question(NamedTuple):
    """What the task "look" is given: a report, each set's spans and whether it is done, and whether its figures are
    to be compared with those of other years.
    """

    text: str
    furniture: Sequence[Range]
    year: int | None
    schema: LabelSchema
    sets: Sequence[tuple[Sequence[Mark], bool]] = ()
    over_years: bool = False


class Seen(NamedTuple):
    """The answer: what the numbers say, the lint of each set in order, the figures where they were asked for."""

    numbers: list[Plain]
    lint: list[list[Plain]]
    figures: list[Told]


class Found(NamedTuple):
    """One finding: its places in code points, the one that states the result first; `words` is its fingerprint."""

    kind: str
    places: tuple[Range, ...]
    stated: str
    computed: str
    verdict: str
    working: Wording
    words: str

    @property
    def is_lint(self) -> bool:
        """Whether it is about the person's spans, not about the report's numbers."""
        return self.kind.startswith(LINT)

    @property
    def start(self) -> int:
        """Where its first place begins."""
        return self.places[0][0]


def ask_for(report: OpenReport, schema: LabelSchema) -> Asked:
    """The question about a report as it stands."""
    furniture = tuple((item.start, item.end) for item in report.furniture)
    done = report.status == Status.DONE
    return Asked(report.text, furniture, report.row.year, marks(report.spans), schema, done)


def marks(spans: Iterable[Span]) -> list[Mark]:
    """Spans as they travel to the checks."""
    return [(span.start, span.end, span.label) for span in spans]


def read(answer: Iterable[Sequence[Any]], text: str) -> list[Found]:
    """The findings of an answer, in text order."""
    found = [
        Found(kind, tuple(places), stated, computed, verdict, Wording(*working), fingerprint(kind, text, places))
        for kind, places, stated, computed, verdict, working in answer
    ]
    return sorted(found, key=lambda one: (one.start, one.kind))


class Dismissing(Edits):
    """Putting findings aside and bringing them back, for a session's person."""

    def of_report(self, report: OpenReport) -> list[Dismissal]:
        """What was put aside in a report."""
        return self._session.store.dismissals.of_report(report.id)

    def covering(self, dismissals: Iterable[Dismissal], found: Found) -> Dismissal | None:
        """What puts a finding aside for the session's person."""
        return covering(dismissals, found.kind, found.words, self._session.person.uid)

    def dismiss(self, report: OpenReport, found: Found, note: str) -> Outcome:
        """Put a finding aside, with a note that may be empty."""
        made = Dismissal(new_uid(), found.kind, found.words, note.strip(), self._session.person.uid, now())
        return self._apply(report, dismissing.dismiss(report.id, made, _words(report, found)), None)

    def dismiss_in(self, report: int, found: Found, words: str, note: str) -> Outcome:
        """Put a finding aside in a report that need not be open; `words` are those of its first place."""
        made = Dismissal(new_uid(), found.kind, found.words, note.strip(), self._session.person.uid, now())
        announcement = self._session.apply(dismissing.dismiss(report, made, words))
        return Outcome(announcement, None, self.words(announcement))

    def restore_in(self, report: int, found: Found, words: str) -> Outcome | None:
        """Bring a finding back in a report that need not be open; None where nothing puts it aside."""
        by = self.covering(self._session.store.dismissals.of_report(report), found)
        if by is None:
            return None
        announcement = self._session.apply(dismissing.restore(report, by, words))
        return Outcome(announcement, None, self.words(announcement))

    def restore(self, report: OpenReport, found: Found, dismissal: Dismissal) -> Outcome:
        """Bring a finding back."""
        return self._apply(report, dismissing.restore(report.id, dismissal, _words(report, found)), None)


def _words(report: OpenReport, found: Found) -> str:
    start, end = found.places[0]
    return report.text[start:end]
