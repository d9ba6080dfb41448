"""Comparing two sides span by span: files, annotators of a project, its gold. The same figures for window and commands.

A `Side` says whose spans; `compare` goes through a project, `of_files` through two files. Of a report no text stays but
what stands around each difference. What is scored and how is said in `quality.evaluation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.errors import InputError
from annotator.domain.report import AnnotationSet, Report, text_hash
from annotator.domain.span import Span
from annotator.formats import jsonl
from annotator.formats.items import shown
from annotator.messages import N_, translate
from annotator.quality.evaluation import Difference, Evaluation
from annotator.services.jobs import Pace, Progress, silent

if TYPE_CHECKING:
    from annotator.services.rows import ReportFilter
    from annotator.storage import Store

PERSON, GOLD, FILE = "person", "gold", "file"
#: Which spans of a report's sets are compared.
Choose = Callable[[Sequence[AnnotationSet]], list[Span]]
#: Characters that are kept on either side of a difference.
_AROUND = 24


class Side(NamedTuple):
    """Whose spans are compared: a person's (by name), the project's gold, or those of a JSON Lines file (its path)."""

    kind: str
    name: str = ""


class Row(NamedTuple):
    """One difference as it is listed: `row` is the report's id in the project (0: a file), `around` the words of both
    spans with what stands around them, from code point `at` of the text on.
    """

    row: int
    title: str
    difference: Difference
    at: int
    around: str

    def text(self, span: Span) -> str:
        """The words of one of the two spans."""
        return self.around[span.start - self.at : span.end - self.at]

    def as_json(self) -> dict[str, Any]:
        """The difference as `annotator evaluate --json` writes it."""
        found = self.difference
        row: dict[str, Any] = {"kind": found.kind, "report": found.report, "title": self.title}
        for name, span in (("gold", found.gold), ("predicted", found.predicted)):
            if span is not None:
                row[name] = {"start": span.start, "end": span.end, "label": span.label, "text": self.text(span)}
                row[name] |= {"value": span.attributes.get(found.attribute)} if found.attribute else {}
        return row | ({"attribute": found.attribute} if found.attribute else {})

    def cells(self) -> dict[str, Any]:
        """The difference as a row of a table."""
        found = self.difference
        row: dict[str, Any] = {"report": found.report, "title": self.title, "kind": found.kind}
        for name, span in (("gold", found.gold), ("predicted", found.predicted)):
            if span is not None:
                row |= {f"{name}_start": span.start, f"{name}_end": span.end, f"{name}_label": span.label}
                row[f"{name}_text"] = self.text(span)
                row[f"{name}_value"] = _plain(span.attributes.get(found.attribute)) if found.attribute else ""
        return row | {"attribute": found.attribute}


#: The columns of a table of differences, in order.
_SIDE = ("label", "start", "end", "text", "value")
COLUMNS = (
    "report",
    "title",
    "kind",
    "attribute",
    *(f"{side}_{name}" for side in ("gold", "predicted") for name in _SIDE),
)


def _plain(value: Any) -> Any:
    """An attribute's value in a cell: of words from the report the words."""
    return value.get("text", "") if isinstance(value, dict) else "" if value is None else value


class Compared(NamedTuple):
    """An evaluation, its differences report by report, and what could not be compared: one sentence each."""

    evaluation: Evaluation
    rows: list[Row]
    left_out: list[str]

    @classmethod
    def empty(cls) -> Compared:
        """Nothing compared yet."""
        return cls(Evaluation(), [], [])

    def as_json(self) -> dict[str, Any]:
        """Scores, confusions and every difference, with the words of its spans."""
        found = self.evaluation.as_json()
        return found | {"differences": [row.as_json() for row in self.rows], "left_out": self.left_out}

    def add(self, row: int, report: Report, gold: Sequence[Span], predicted: Sequence[Span]) -> None:
        """Take in one report."""
        known = len(self.evaluation.differences)
        self.evaluation.add(report.uid, gold, predicted)
        found = [_row(row, report, one) for one in self.evaluation.differences[known:]]
        self.rows.extend(sorted(found, key=lambda one: (_start(one.difference), one.difference.kind)))

    def leave_out(self, words: str, title: str) -> None:
        """Say of a report why it was not compared."""
        self.left_out.append(translate(words, title=title))


def _spans(difference: Difference) -> list[Span]:
    return [span for span in (difference.gold, difference.predicted) if span is not None]


def _start(difference: Difference) -> int:
    return min(span.start for span in _spans(difference))


def _row(row: int, report: Report, difference: Difference) -> Row:
    low = max(0, _start(difference) - _AROUND)
    high = max(span.end for span in _spans(difference)) + _AROUND
    return Row(row, report.title, difference, low, report.text[low:high])


# ---- two files --------------------------------------------------------------------------------------


def of_files(gold: Path, predicted: Path) -> Compared:
    """Two JSON Lines files: reports are matched by id, else by text. Raises InputError for a file that cannot be read."""
    offered, result = _Offered(predicted, _all_spans), Compared.empty()
    for report in _reports(gold):
        spans = offered.spans(report, result)
        if spans is None and not offered.knows(report):
            result.leave_out(N_("“{title}” is in the gold file only."), report.title)
        elif spans is not None:
            result.add(0, report, _gold_spans(report.sets), spans)
    for title in offered.unmet():
        result.leave_out(N_("“{title}” is in the predicted file only."), title)
    return result


class _Record(NamedTuple):
    title: str
    text_hash: str
    spans: list[Span]


class _Offered:
    """The spans of a file, by what its reports are known by; no text stays."""

    def __init__(self, path: Path, choose: Choose) -> None:
        self._known: dict[str, _Record] = {}
        self._met: set[int] = set()
        for report in _reports(path):
            record = _Record(report.title, text_hash(report.text), choose(report.sets))
            for key in _keys(report):
                self._known.setdefault(key, record)

    def _record(self, report: Report) -> _Record | None:
        return next((self._known[key] for key in _keys(report) if key in self._known), None)

    def knows(self, report: Report) -> bool:
        """Whether the file holds the report, with whatever text."""
        return self._record(report) is not None

    def spans(self, report: Report, result: Compared) -> list[Span] | None:
        """The file's spans of a report; None where it has none, or another text, which `result` is told of."""
        record = self._record(report)
        if record is None:
            return None
        self._met.add(id(record))
        if record.text_hash != text_hash(report.text):
            words = N_("“{title}” has another text in the other file; its offsets cannot be compared.")
            result.leave_out(words, report.title)
            return None
        return record.spans

    def unmet(self) -> list[str]:
        """The titles of the file's reports that nobody asked for."""
        records = {id(record): record for record in self._known.values()}
        return [record.title for key, record in records.items() if key not in self._met]


# ---- a project --------------------------------------------------------------------------------------


def of_annotators(store: Store, gold: str, predicted: str, progress: Progress = silent) -> Compared:
    """Two annotators of one project, on the reports on which both have a set."""
    return compare(store, Side(PERSON, gold), Side(PERSON, predicted), progress)


def compare(
    store: Store, gold: Side, predicted: Side, progress: Progress = silent, filter: ReportFilter | None = None
) -> Compared:
    """Two sides of a project, on the reports (that `filter` shows) on which both have spans to compare.

    Raises InputError for a person nobody knows and a file that cannot be read.
    """
    _check(store, gold, predicted)
    files = _offered(gold, _gold_spans), _offered(predicted, _all_spans)
    result, pace, total = Compared.empty(), Pace(progress), store.totals.reports()
    annotators = [side.name for side in (gold, predicted) if side.kind == PERSON]
    wanted = None if GOLD in (gold.kind, predicted.kind) else annotators
    for done, (row, report) in enumerate(store.reports.stream_with_ids(annotators=wanted, filter=filter), 1):
        if pace.due():
            pace.say(done, max(done, total), report.title)
        ours = _of_side(report, gold, files[0], result)
        theirs = _of_side(report, predicted, files[1], result) if ours is not None else None
        if ours is not None and theirs is not None:
            result.add(row, report, ours, theirs)
    if filter is None:
        for title in (title for file in files if file is not None for title in file.unmet()):
            result.leave_out(N_("“{title}” is in the file, but has no spans to compare with in the project."), title)
    return result


def _check(store: Store, *sides: Side) -> None:
    known = {person.name for person in store.people.all()}
    for side in sides:
        if side.kind == PERSON and side.name not in known:
            raise InputError(N_("Nobody called {name} works in this project."), name=side.name)


def _offered(side: Side, choose: Choose) -> _Offered | None:
    return _Offered(Path(side.name), choose) if side.kind == FILE else None


def _of_side(report: Report, side: Side, file: _Offered | None, result: Compared) -> list[Span] | None:
    """One side's spans of a report; None where it has none to compare."""
    if file is not None:
        return file.spans(report, result)
    made = next((one for one in report.sets if _is_of(one, side)), None)
    return None if made is None else made.spans


def _is_of(made: AnnotationSet, side: Side) -> bool:
    return made.gold if side.kind == GOLD else made.annotator == side.name


# ---- files ------------------------------------------------------------------------------------------


def _keys(report: Report) -> Iterator[str]:
    """What a report is known by: its own id, the id its file gave it, its text."""
    yield report.uid
    if report.foreign_id is not None:
        yield f"id {report.foreign_id}"
    yield text_hash(report.text)


def _reports(path: Path) -> Iterator[Report]:
    for item in jsonl.read(path):
        if item.problem is not None:
            where = shown(path) if item.line is None else f"{shown(path)}:{item.line}"
            raise InputError(N_("{file}: {reason}"), file=where, reason=str(item.problem)) from item.problem
        if item.report is not None:
            yield item.report


def _gold_spans(sets: Sequence[AnnotationSet]) -> list[Span]:
    """The gold set's spans where there is one, else those of all sets."""
    gold = [made for made in sets if made.gold]
    return _all_spans(gold or sets)


def _all_spans(sets: Iterable[AnnotationSet]) -> list[Span]:
    """The spans of these sets; what several annotators tagged alike counts once."""
    found: dict[tuple[int, int, str], Span] = {}
    for made in sets:
        for span in made.spans:
            found.setdefault((span.start, span.end, span.label), span)
    return list(found.values())
