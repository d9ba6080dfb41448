"""What is known about a report: its title, place and year corrected as steps, and all facts about it in one record."""

from __future__ import annotations

from typing import Any, NamedTuple

from annotator.domain import changes
from annotator.domain.errors import ValidationError
from annotator.messages import N_
from annotator.services.edits import Edits, Outcome
from annotator.services.open_report import OpenReport
from annotator.storage import ReportDetail, ReportRow, SetRow

TITLE, PLACE, YEAR = "title", "place", "year"
_LONGEST = 500


class Facts(NamedTuple):
    """Everything about a report but its text; `seconds` by the person's name."""

    row: ReportRow
    detail: ReportDetail
    sets: list[SetRow]
    seconds: dict[str, float]


class Describer(Edits):
    """Reads and corrects what is known about reports."""

    def facts(self, report: OpenReport) -> Facts:
        """All that is known about a report now."""
        store = self._session.store
        row = store.reports.row(report.id, self._session.person.uid)
        return Facts(
            row, store.reports.detail(report.id), store.sets.of_report(report.id), store.work.by_person(report.id)
        )

    def correct(self, report: OpenReport, field: str, value: str) -> Outcome:
        """Set title, place or year to what a person wrote. Raises ValidationError where it is none."""
        row, detail = self.facts(report)[:2]
        now = _checked(field, value)
        old = getattr(row, field)
        if now == old:
            return self._apply(report, None, None)
        meta = {name: known for name, known in detail.meta.items() if name != field}
        if now not in ("", None):
            meta[field] = str(now) if isinstance(detail.meta.get(field), str) else now
        edit = changes.describe_report(
            report.id, row.uid, field, {field: old, "meta": detail.meta}, {field: now, "meta": meta}
        )
        return self._apply(report, edit, None)


def _checked(field: str, value: str) -> Any:
    words = " ".join(value.split())
    if field == YEAR:
        return _year(words)
    if field == TITLE and not words:
        raise ValidationError(N_("A report needs a title; nothing was changed."))
    if len(words) > _LONGEST:
        raise ValidationError(N_("At most {n} characters; nothing was changed."), n=_LONGEST)
    return words


def _year(words: str) -> int | None:
    if not words:
        return None
    if not words.isdecimal() or not 1000 <= int(words) <= 9999:
        raise ValidationError(N_("“{value}” is no year; nothing was changed. Write four digits."), value=words)
    return int(words)
