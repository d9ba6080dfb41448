"""Checks of whole reports and projects, for a list in the window and for the command line: the same findings for both.

`report_findings` is about one report of a file; `Lookthrough` goes through a project, reads only, and holds one report
at a time: of the others no text stays, only their findings. Where the checks are made is handed in (`Ask`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.dismissal import LINT, Dismissal, covering, fingerprint
from annotator.domain.errors import KnownError
from annotator.domain.report import Report, Status
from annotator.messages import N_, translate
from annotator.services.findings import Found, Mark, Plain, Question, Seen, marks
from annotator.services.jobs import Pace, Progress, silent

if TYPE_CHECKING:
    from annotator.domain.schema import LabelSchema
    from annotator.quality.jumps import Jump
    from annotator.services.rows import ReportFilter, ReportRow
    from annotator.storage import Store

#: Who answers a question: this process, or another one that is asked and waited for. May raise KnownError.
Ask = Callable[[Question], Seen]


class Place(NamedTuple):
    """A place that a finding speaks of, with its words."""

    start: int
    end: int
    text: str


class Earlier(NamedTuple):
    """The report of the year before that a jump is measured from; `row` is its id in the project."""

    row: int
    report: str
    title: str
    place: Place


class Checked(NamedTuple):
    """One finding as it is listed: `row` is the report's id in the project (0: a file), `report` its uid, or the file's
    name; `words` the finding's fingerprint; `annotator` whose spans, for lint; `dismissed` the note it was put aside
    with, None where it was not; `earlier` the other report of a jump.
    """

    row: int
    report: str
    title: str
    kind: str
    spans: tuple[Place, ...]
    stated: str
    computed: str
    verdict: str
    working: Wording
    words: str
    annotator: str = ""
    dismissed: str | None = None
    earlier: Earlier | None = None

    @property
    def is_lint(self) -> bool:
        """Whether it is about somebody's spans, not about the report's numbers."""
        return self.kind.startswith(LINT)

    def as_json(self) -> dict[str, Any]:
        """The finding as `annotator check --json` writes it; offsets are code points of the whole text."""
        row: dict[str, Any] = {
            "report": self.report,
            "title": self.title,
            "kind": self.kind,
            "spans": [place._asdict() for place in self.spans],
            "stated": self.stated,
            "computed": self.computed,
            "verdict": self.verdict,
            "working": self.working.text(),
        }
        row |= {"annotator": self.annotator} if self.annotator else {}
        if self.earlier is not None:
            before = self.earlier
            row["earlier"] = {"report": before.report, "title": before.title, "span": before.place._asdict()}
        return row if self.dismissed is None else row | {"dismissed": self.dismissed}

    def cells(self) -> dict[str, Any]:
        """The finding as a row of a table: its first place, the words of all."""
        row = self.as_json()
        places, earlier = row.pop("spans"), row.pop("earlier", None)
        row |= {"start": places[0]["start"], "end": places[0]["end"], "text": " | ".join(p["text"] for p in places)}
        return row | {"earlier": earlier["title"] if earlier else ""}

    def found(self) -> Found:
        """The finding as the window frames it in its report."""
        places = tuple((place.start, place.end) for place in self.spans)
        return Found(self.kind, places, self.stated, self.computed, self.verdict, self.working, self.words)


def here(question: Question) -> Seen:
    """The checks made in this process."""
    from annotator.services.checking import look  # a window asks another process, and need not load the checks

    return look(tuple(question), lambda: None)


class Remembered:
    """Answers from one look to the next: a report that is as it was, and its spans, are not asked about again."""

    #: So many reports; of more the oldest are forgotten.
    MOST = 10_000

    def __init__(self) -> None:
        self._known: dict[bytes, Seen] = {}
        self._schema: LabelSchema | None = None

    def through(self, ask: Ask) -> Ask:
        """An asker that asks only what is not known."""

        def answer(question: Question) -> Seen:
            if question.schema != self._schema:
                self._known, self._schema = {}, question.schema
            key = _content(question)
            seen = self._known.pop(key, None) or ask(question)
            self._known[key] = seen
            if len(self._known) > self.MOST:
                del self._known[next(iter(self._known))]
            return seen

        return answer


def _content(question: Question) -> bytes:
    """What an answer rests on, but for the schema."""
    rests_on = (tuple(map(tuple, question.furniture)), question.year, question.over_years, question.sets)
    digest = hashlib.sha256(question.text.encode("utf-8"))
    digest.update(repr(rests_on).encode("utf-8"))
    return digest.digest()


def question_of(report: Report, schema: LabelSchema, *, over_years: bool = False) -> Question:
    """A report as the checks see it."""
    furniture = tuple((f.start, f.end) for f in report.furniture)
    sets = [(marks(made.spans), made.status == Status.DONE) for made in report.sets]
    return Question(report.text, furniture, report.year, schema, sets, over_years)


def report_findings(report: Report, name: str, schema: LabelSchema) -> list[Checked]:
    """Everything found in one report of a file, as in a project; `name` is what the findings call it.

    A set of labels that the schema does not have, and none of its own, counts as unfinished: nobody tagged the numbers
    that the schema wants tagged, because nobody was asked to.
    """
    question = question_of(report, schema)
    sets = [(found, done and not _of_another_schema(found, schema)) for found, done in question.sets]
    return _in_report(0, name, report, here(question._replace(sets=sets)))


def _of_another_schema(found: Sequence[Mark], schema: LabelSchema) -> bool:
    return bool(found) and all(schema.label(label) is None for _start, _end, label in found)


def of_report(row: int, report: Report, seen: Seen, aside: Sequence[Dismissal] = ()) -> list[Checked]:
    """Everything found in one report of a project: its numbers, then each set's lint. People in `aside` by name."""
    found = _in_report(row, report.uid, report, seen)
    return [noted(one, aside) for one in found] if aside else found


def _in_report(row: int, name: str, report: Report, seen: Seen) -> list[Checked]:
    found = [_checked(row, name, report, plain) for plain in seen.numbers]
    found.sort(key=lambda one: (one.spans[0], one.kind))
    for made, lint in zip(report.sets, seen.lint, strict=True):
        found += [_checked(row, name, report, plain)._replace(annotator=made.annotator) for plain in lint]
    return found


def noted(one: Checked, aside: Sequence[Dismissal]) -> Checked:
    """A finding with the note it was put aside with, or without one. People in `aside` by name."""
    by = covering(aside, one.kind, one.words, one.annotator)
    return one._replace(dismissed=None if by is None else by.note)


#: The columns of a table of findings, in order.
COLUMNS = (
    "report",
    "title",
    "kind",
    "verdict",
    "stated",
    "computed",
    "start",
    "end",
    "text",
    "working",
    "annotator",
    "earlier",
    "dismissed",
)


def _checked(row: int, name: str, report: Report, plain: Plain) -> Checked:
    kind, spans, stated, computed, verdict, working = plain
    places = tuple(Place(start, end, report.text[start:end]) for start, end in spans)
    words = fingerprint(kind, report.text, spans)
    return Checked(row, name, report.title, kind, places, stated, computed, verdict, Wording(*working), words)


class Lookthrough:
    """One look through the reports that a filter shows. `failed`: a sentence for each that could not be checked."""

    def __init__(self, store: Store, ask: Ask = here, filter: ReportFilter | None = None) -> None:
        self._store, self._ask, self._filter = store, ask, filter
        self.failed: list[str] = []
        #: The ids of the reports that were looked at.
        self.seen: set[int] = set()
        #: Reports looked at so far, and how many there are.
        self.done = self.total = 0

    def findings(self, progress: Progress = silent) -> Iterator[list[Checked]]:
        """The findings, report by report in file order; jumps come when the last report of their body has been seen."""
        pace, over = Pace(progress), _OverYears(self._store, self._filter)
        self.total = len(over.reports)
        dismissed = self._store.dismissals.of_project()
        for row, report in self._store.reports.stream_with_ids(filter=self._filter):
            self.done += 1
            if pace.due():
                pace.say(self.done, max(self.total, self.done), report.title)
            aside = dismissed.get(report.uid, ())
            seen = self._seen(report, over.wanted(row))
            if seen is not None:
                self.seen.add(row)
                found = of_report(row, report, seen, aside)
                over.add(row, report, seen)
                yield found
            if jumps := over.jumps(row):
                yield [noted(jump, dismissed.get(jump.report, ())) for jump in jumps]

    def _seen(self, report: Report, over_years: bool) -> Seen | None:
        try:
            return self._ask(question_of(report, self._store.schema, over_years=over_years))
        except KnownError as error:
            self.failed.append(
                translate(N_("“{title}” could not be checked: {reason}"), title=report.title, reason=error)
            )
            return None


class _OverYears:
    """Which reports have one of the same body a year before or after, and the jumps between those."""

    def __init__(self, store: Store, filter: ReportFilter | None) -> None:
        self._store = store
        self.reports = _ids(store, filter)
        self._bodies = _bodies(store, self.reports)
        self._waiting = Counter(self._bodies.values())
        from annotator.quality.jumps import Years  # in the job's thread: no window waits for it

        self._years = Years()

    def wanted(self, row: int) -> bool:
        """Whether the figures of this report can be compared with another one's."""
        return row in self._bodies

    def add(self, row: int, report: Report, seen: Seen) -> None:
        """Take in the figures of a report."""
        if row in self._bodies:
            self._years.add(str(row), self._bodies[row], report.year, seen.figures)

    def jumps(self, row: int) -> list[Checked]:
        """The jumps of the report's body, once its last report has been looked at."""
        body = self._bodies.pop(row, None)
        if body is None:
            return []
        self._waiting[body] -= 1
        return [] if self._waiting[body] else list(self._checked(self._years.jumps(body)))

    def _checked(self, jumps: Iterable[Jump]) -> Iterator[Checked]:
        """Jumps with the words of both reports: their rows are read once more, since none was kept."""
        for jump in jumps:
            row, other = int(jump.figure.report), int(jump.before.report)
            both = self._store.reports.rows([other, row], "")
            if len(both) == 2:  # else one was taken out of the project meanwhile
                yield self._one(jump, *both)

    def _one(self, jump: Jump, was: ReportRow, now: ReportRow) -> Checked:
        told, before, finding = jump.figure.told, jump.before.told, jump.finding
        place, earlier = Place(*told.place, told.text), Place(*before.place, before.text)
        words = fingerprint(finding.kind, self._store.reports.text(now.id), [told.place])
        return Checked(
            now.id,
            now.uid,
            now.title,
            finding.kind,
            (place,),
            finding.stated,
            finding.computed,
            str(finding.verdict),
            finding.working,
            words,
            earlier=Earlier(was.id, was.uid, was.title, earlier),
        )


def _ids(store: Store, filter: ReportFilter | None) -> list[int]:
    found: list[int] = []
    while ids := store.reports.ids(filter, found[-1] if found else 0):
        found += ids
    return found


def _bodies(store: Store, ids: Sequence[int]) -> dict[int, str]:
    """By report, its body: who issued it, else its place. Only where a neighbouring year of the body is there too."""
    issuers, places, years = (store.facts.of_reports(field) for field in ("issuer", "place", "year"))
    known = {
        row: (issuers.get(row) or places[row], int(years[row]))
        for row in ids
        if (row in issuers or row in places) and years.get(row, "").isdecimal()
    }
    there = set(known.values())
    return {row: body for row, (body, year) in known.items() if {(body, year - 1), (body, year + 1)} & there}
