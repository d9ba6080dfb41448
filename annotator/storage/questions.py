"""Questions: those of a report, all of a project by state, and adding those a file brings.

Asking, answering and deciding are steps like any other edit: changes of the noun `question`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.question import Question, QuestionState
from annotator.domain.span import new_uid
from annotator.storage import stored_json

if TYPE_CHECKING:
    from annotator.storage.records import RunningStep
    from annotator.storage.store import Store

_COLUMNS = """q.uid, q.start, q."end", q.text, a.{who}, q.asked, q.span_uid, q.state, b.{who}, q.answered, q.answer,
           c.{who}, q.decided, q.text_version, q.foreign_id, q.extra"""
_FROM = """
    FROM question q JOIN person a ON a.id = q.asked_by
    LEFT JOIN person b ON b.id = q.answered_by LEFT JOIN person c ON c.id = q.decided_by
"""
_OF_REPORTS = f"""
    SELECT q.report_id, {_COLUMNS.format(who="name")} {_FROM}
    WHERE q.report_id IN ({{ids}}) ORDER BY q.report_id, q.start, q."end", q.asked, q.uid
"""
_OF_REPORT = f"""
    SELECT {_COLUMNS.format(who="uid")} {_FROM}
    WHERE q.report_id = ? ORDER BY q.start, q."end", q.asked, q.uid
"""
_LISTED = f"""
    SELECT q.report_id, r.title, substr(t.text, q.start + 1, q."end" - q.start), {_COLUMNS.format(who="name")} {_FROM}
    JOIN report r ON r.id = q.report_id AND r.removed = 0
    JOIN report_text t ON t.report_id = r.id AND t.version = q.text_version
    WHERE q.state IN (SELECT value FROM json_each(?)) ORDER BY q.report_id, q.start, q."end", q.asked, q.uid
    LIMIT ? OFFSET ?
"""
_COUNTS = """
    SELECT q.state, count(*) FROM question q JOIN report r ON r.id = q.report_id AND r.removed = 0
    WHERE :report IS NULL OR q.report_id = :report GROUP BY q.state
"""
_INSERT = """
    INSERT INTO question (report_id, uid, start, "end", text, asked_by, asked, span_uid, state, answered_by, answered,
                          answer, decided_by, decided, text_version, foreign_id, extra)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class QuestionRow(NamedTuple):
    """One line of the project's list; `question` names people by name, `words` are those it stands at."""

    report: int
    title: str
    words: str
    question: Question


class Questions:
    """The table question."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def of_report(self, report_id: int) -> list[Question]:
        """The questions of a report in text order; people by uid."""
        return [_question(row) for row in self._conn.execute(_OF_REPORT, (report_id,))]

    def listed(
        self, states: Iterable[str] = tuple(QuestionState), limit: int = 1000, offset: int = 0
    ) -> list[QuestionRow]:
        """The questions of the project in these states, in file and text order."""
        wanted = "[" + ",".join(f'"{QuestionState(state).value}"' for state in states) + "]"
        rows = self._conn.execute(_LISTED, (wanted, limit, offset))
        return [QuestionRow(report, title, words, _question(row)) for report, title, words, *row in rows]

    def counts(self, report_id: int | None = None) -> dict[str, int]:
        """How many questions stand in each state, in the project or in one report; every state is named."""
        found = dict(self._conn.execute(_COUNTS, {"report": report_id}).fetchall())
        return {state.value: found.get(state.value, 0) for state in QuestionState}

    def add(self, report_id: int, questions: Sequence[Question], step: RunningStep) -> None:
        """Write the questions a file brought with a new report, inside a transaction; people by name."""
        self._conn.executemany(_INSERT, [(report_id, *self._row(question, step)) for question in questions])

    def _row(self, q: Question, step: RunningStep) -> tuple[Any, ...]:
        def person(name: str | None) -> int | None:
            return None if name is None else self._store.sets.person_id(name, step)

        return (
            q.uid or new_uid(), q.start, q.end, q.text, person(q.asked_by), q.asked, q.span_uid, q.state,
            person(q.answered_by), q.answered, q.answer, person(q.decided_by), q.decided, q.text_version,
            stored_json.dump_optional(q.foreign_id), stored_json.dump_optional(q.extra),
        )  # fmt: skip


def of_reports(conn: sqlite3.Connection, listed: str) -> dict[int, list[Question]]:
    """The questions of the reports with these ids (joined by commas), people by name."""
    found: dict[int, list[Question]] = {}
    for report, *row in conn.execute(_OF_REPORTS.format(ids=listed)):
        found.setdefault(report, []).append(_question(row))
    return found


def _question(row: Sequence[Any]) -> Question:
    *values, foreign_id, extra = row
    return Question._make((*values, stored_json.load_optional(foreign_id), stored_json.load_object(extra)))
