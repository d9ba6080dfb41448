"""Checks of numbers and of spans as the window and the command line ask for them.

`report_findings` is about one text; `check_project` goes through a project, reads only, and holds one report at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.dismissal import LINT, Dismissal, covering, fingerprint
from annotator.domain.report import AnnotationSet, Report, Status
from annotator.quality.consistency import CHECKS, findings
from annotator.quality.jumps import Years
from annotator.quality.lint import spots
from annotator.quality.lint_model import Marked
from annotator.quality.model import Finding, Range, Statement
from annotator.services.findings import DISAGREES, Asked
from annotator.services.jobs import Pace, Progress, silent

if TYPE_CHECKING:
    from annotator.domain.schema import LabelSchema
    from annotator.storage import Store

Plain = tuple[str, list[Range], str, str, str, tuple[str, dict[str, Any]]]


class Place(NamedTuple):
    """A place that a finding speaks of, with its words."""

    start: int
    end: int
    text: str


class Checked(NamedTuple):
    """One finding as it is listed: `report` is the report's uid, or a file's name; `annotator` whose spans, for lint;
    `dismissed` the note it was put aside with, None where it was not.
    """

    report: str
    title: str
    kind: str
    spans: tuple[Place, ...]
    stated: str
    computed: str
    verdict: str
    working: str
    annotator: str = ""
    dismissed: str | None = None

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
            "working": self.working,
        }
        row |= {"annotator": self.annotator} if self.annotator else {}
        return row if self.dismissed is None else row | {"dismissed": self.dismissed}


def check(asked: Sequence[Any], pulse: Callable[[], None]) -> list[Plain]:
    """The task: `asked` is a `findings.Asked` as a tuple; the answer one row a finding, plain, without its fingerprint."""
    question = Asked(*asked)
    statement = Statement(question.text, question.furniture, question.year)
    found: list[Plain] = []
    for one in CHECKS:
        pulse()
        for f in one.find(statement):
            found.append((f.kind, list(f.spans), f.stated, f.computed, str(f.verdict), _plain(f.working)))
    pulse()
    marked = Marked(question.text, question.spans, question.schema, question.furniture, done=question.done)
    for spot in spots(marked):
        words = question.text[spot.start : spot.end]
        found.append((LINT + spot.rule, [(spot.start, spot.end)], words, "", DISAGREES, _plain(spot.reason)))
    return found


def _plain(wording: Wording) -> tuple[str, dict[str, Any]]:
    return wording.message, dict(wording.params)


def statement_of(report: Report) -> Statement:
    """A report as the checks see it."""
    return Statement(report.text, [(f.start, f.end) for f in report.furniture], report.year)


def report_findings(report: Report, name: str) -> list[Checked]:
    """What the numbers of one report say about each other; `name` is what the findings call it."""
    return [_checked(name, report, finding) for finding in findings(statement_of(report))]


def check_project(store: Store, progress: Progress = silent) -> Iterator[Checked]:
    """Every finding of a project: report by report its numbers and the lint of its sets, at the end jumps over years."""
    pace, years = Pace(progress), Years()
    total = store.totals.reports()
    dismissed = store.dismissals.of_project()
    known: dict[str, str] = {}
    for done, report in enumerate(store.reports.stream(), 1):
        aside = dismissed.get(report.uid, ())
        yield from _noted(report_findings(report, report.uid), report, aside)
        yield from _noted(set_findings(report, store.schema), report, aside)
        body = str(report.meta.get("issuer") or report.place)
        if body and report.year is not None:
            years.add(report.uid, body, statement_of(report))
            known[report.uid] = report.title
        if pace.due():
            pace.say(done, total, report.title)
    for figure, finding in years.jumps():
        places = (Place(*figure.place, figure.text),)
        yield Checked(
            figure.report,
            known[figure.report],
            finding.kind,
            places,
            finding.stated,
            finding.computed,
            finding.verdict,
            finding.working.text(),
        )


def _noted(found: Iterable[Checked], report: Report, aside: Sequence[Dismissal]) -> Iterator[Checked]:
    """The findings, those that were put aside with their note."""
    for one in found:
        by = None
        if aside:
            by = covering(
                aside, one.kind, fingerprint(one.kind, report.text, [place[:2] for place in one.spans]), one.annotator
            )
        yield one if by is None else one._replace(dismissed=by.note)


def set_findings(report: Report, schema: LabelSchema) -> Iterator[Checked]:
    """The lint of every set of a report."""
    furniture = [(f.start, f.end) for f in report.furniture]
    for made in report.sets:
        yield from _of_set(report, made, schema, furniture)


def _of_set(report: Report, made: AnnotationSet, schema: LabelSchema, furniture: Sequence[Range]) -> Iterator[Checked]:
    marked = Marked(report.text, made.spans, schema, furniture, done=made.status == Status.DONE)
    for spot in spots(marked):
        place = Place(spot.start, spot.end, report.text[spot.start : spot.end])
        kind, words = LINT + spot.rule, spot.reason.text()
        yield Checked(report.uid, report.title, kind, (place,), place.text, "", "disagrees", words, made.annotator)


def _checked(name: str, report: Report, finding: Finding) -> Checked:
    places = tuple(Place(start, end, report.text[start:end]) for start, end in finding.spans)
    working = finding.working.text()
    return Checked(
        name, report.title, finding.kind, places, finding.stated, finding.computed, str(finding.verdict), working
    )
