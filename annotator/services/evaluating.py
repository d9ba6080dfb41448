"""Evaluations of files and of annotators of a project: which sets are compared, report by report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.errors import InputError
from annotator.domain.report import AnnotationSet, Report, text_hash
from annotator.domain.span import Span
from annotator.formats import jsonl
from annotator.formats.items import shown
from annotator.messages import N_, translate
from annotator.quality.evaluation import Difference, Evaluation
from annotator.storage import Store


class Compared(NamedTuple):
    """An evaluation, the titles of its reports by uid, and what could not be compared: one sentence each."""

    evaluation: Evaluation
    titles: dict[str, str]
    texts: dict[str, str]
    left_out: list[str]

    def as_json(self) -> dict[str, Any]:
        """Scores, confusions and every difference, with the words of its spans."""
        found = self.evaluation.as_json()
        found["differences"] = [self._difference(difference) for difference in self.evaluation.differences]
        found["left_out"] = self.left_out
        return found

    def _difference(self, difference: Difference) -> dict[str, Any]:
        text = self.texts[difference.report]
        row: dict[str, Any] = {"kind": difference.kind, "report": difference.report}
        for name, span in (("gold", difference.gold), ("predicted", difference.predicted)):
            if span is not None:
                row[name] = _span(span, text, difference.attribute)
        return row | ({"attribute": difference.attribute} if difference.attribute else {})


def _span(span: Span, text: str, attribute: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "text": text[span.start : span.end],
    }
    return row | ({"value": span.attributes.get(attribute)} if attribute else {})


def of_files(gold: Path, predicted: Path) -> Compared:
    """Two JSON Lines files: reports are matched by id, else by text. Raises InputError for a file that cannot be read."""
    offered = {key: report for report in _reports(predicted) for key in _keys(report)}
    result = Compared(Evaluation(), {}, {}, [])
    met: set[str] = set()
    for report in _reports(gold):
        other = next((offered[key] for key in _keys(report) if key in offered), None)
        if other is None:
            _leave_out(result, N_("“{title}” is in the gold file only."), report)
            continue
        met.add(other.uid)
        if other.text != report.text:
            _leave_out(
                result, N_("“{title}” has another text in the other file; its offsets cannot be compared."), report
            )
            continue
        _add(result, report, _gold_spans(report.sets), _all_spans(other.sets))
    for report in {report.uid: report for report in offered.values()}.values():
        if report.uid not in met:
            _leave_out(result, N_("“{title}” is in the predicted file only."), report)
    return result


def of_annotators(store: Store, gold: str, predicted: str) -> Compared:
    """Two annotators of one project, on the reports on which both have a set."""
    known = {person.name for person in store.people.all()}
    for name in (gold, predicted):
        if name not in known:
            raise InputError(N_("Nobody called {name} works in this project."), name=name)
    result = Compared(Evaluation(), {}, {}, [])
    for report in store.reports.stream(annotators=[gold, predicted]):
        sets = {made.annotator: made for made in report.sets}
        if gold in sets and predicted in sets:
            _add(result, report, sets[gold].spans, sets[predicted].spans)
    return result


def _add(result: Compared, report: Report, gold: Sequence[Span], predicted: Sequence[Span]) -> None:
    result.titles[report.uid], result.texts[report.uid] = report.title, report.text
    result.evaluation.add(report.uid, gold, predicted)


def _leave_out(result: Compared, words: str, report: Report) -> None:
    result.left_out.append(translate(words, title=report.title))


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


def _all_spans(sets: Sequence[AnnotationSet]) -> list[Span]:
    return [span for made in sets for span in made.spans]
