"""Checks of the numbers and spans of one report: the tasks of the other process, and what they answer, plain.

`check` is about one person's set, as the window asks for the open report; `look` about all sets at once, with the
figures that are compared over years, as a look through the whole project asks (`services.project_checks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from annotator.domain.changes import Wording
from annotator.domain.dismissal import LINT
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.quality.consistency import CHECKS
from annotator.quality.jumps import figures
from annotator.quality.lint import spots
from annotator.quality.lint_model import Marked
from annotator.quality.model import Statement
from annotator.reading.metadata import year_of
from annotator.services.findings import DISAGREES, Asked, Mark, Plain, Question, Seen

Pulse = Callable[[], None]


def check(asked: Sequence[Any], pulse: Pulse) -> list[Plain]:
    """The task: `asked` is a `findings.Asked` as a tuple; the answer one row a finding."""
    question = Asked(*asked)
    statement = _statement(question)
    found = list(_numbers(statement, pulse))
    pulse()
    return found + list(_lint(_marked(statement, question.schema, question.spans, question.done)))


def look(asked: Sequence[Any], pulse: Pulse) -> Seen:
    """The task: `asked` is a `Question` as a tuple."""
    question = Question(*asked)
    statement = _statement(question)
    numbers = list(_numbers(statement, pulse))
    lint = []
    for spans, done in question.sets:
        pulse()
        lint.append(list(_lint(_marked(statement, question.schema, spans, done))))
    pulse()
    return Seen(numbers, lint, figures(statement) if question.over_years else [])


def _statement(question: Asked | Question) -> Statement:
    """What is checked; a report that came without metadata is of the year it says itself."""
    year = question.year if question.year is not None else year_of(question.text, question.furniture)
    return Statement(question.text, question.furniture, year)


def _marked(statement: Statement, schema: LabelSchema, marks: Sequence[Mark], done: bool) -> Marked:
    """A set for lint, with the numbers that the checks have read; only of one that is done are they asked for."""
    spans = [Span(str(number), *mark) for number, mark in enumerate(marks)]
    numbers = statement.indicators if done else None
    return Marked(statement.text, spans, schema, statement.furniture, done=done, numbers=numbers)


def _numbers(statement: Statement, pulse: Pulse) -> Iterator[Plain]:
    for one in CHECKS:
        pulse()
        for f in one.find(statement):
            yield f.kind, list(f.spans), f.stated, f.computed, str(f.verdict), _plain(f.working)


def _lint(marked: Marked) -> Iterator[Plain]:
    for spot in spots(marked):
        words = marked.text[spot.start : spot.end]
        yield LINT + spot.rule, [(spot.start, spot.end)], words, "", DISAGREES, _plain(spot.reason)


def _plain(wording: Wording) -> tuple[str, dict[str, Any]]:
    return wording.message, dict(wording.params)
