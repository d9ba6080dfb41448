"""What is known about reports: each field corrected as a step, of one report or of many, and all facts in one record."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from annotator.domain import changes
from annotator.domain.changes import Change, Edit, Row
from annotator.domain.errors import ValidationError
from annotator.domain.facts import ALSO, FIELDS, further, sources_of, where_of, with_value
from annotator.messages import N_, _
from annotator.services.edits import Edits, Outcome
from annotator.services.open_report import OpenReport
from annotator.storage import ReportDetail, ReportRow, SetRow

TITLE, PLACE, YEAR, DATE, URL, LEVEL = "title", "place", "year", "date", "url", "level"
#: Fields that the file itself tells: shown, never corrected.
FIXED = frozenset({"file_hash", "saved"})
#: Fields that are each report's own: not set for several at once.
SINGLE = frozenset({TITLE, URL, "document_number", *FIXED})
_COLUMNS = (TITLE, PLACE, YEAR)
_SEVERAL = N_("The file brought several values here; they cannot be changed.")
_LONGEST = 500


class Known(NamedTuple):
    """One field: its value as it is written, and where it was read ("" where nobody says)."""

    field: str
    value: str
    where: str = ""


class Facts(NamedTuple):
    """Everything about a report but its text; `seconds` by the person's name."""

    row: ReportRow
    detail: ReportDetail
    sets: list[SetRow]
    seconds: dict[str, float]

    def known(self) -> list[Known]:
        """All fields in the order in which they are shown, those without a value too; further columns behind them."""
        meta, where = self.detail.meta, where_of(self.detail.meta)
        names = [*FIELDS, *further(meta, frozenset((*FIELDS, *((ALSO,) if sources_of(meta) else ()))))]
        columns = {field: getattr(self.row, field) for field in _COLUMNS}
        return [Known(name, written({**meta, **columns}.get(name)), where.get(name, "")) for name in names]

    def is_fixed(self, field: str) -> bool:
        """Whether a field is only to be read."""
        return field in FIXED or _is_structured(self.detail.meta.get(field))

    def sources(self) -> list[str]:
        """Where else the report was found, each on one line."""
        return [_source_words(source) for source in sources_of(self.detail.meta)]


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
        """Set a field to what a person wrote. Raises ValidationError where it is none."""
        now = _checked(field, value)
        change = self._change(report.id, field, now)
        if change is None:
            return self._apply(report, None, None)
        edit = changes.describe_report(report.id, change.uid, field, {}, {field: written(now)})
        return self._apply(report, edit._replace(changes=(change,)), None)

    def correct_all(self, reports: Sequence[int], field: str, value: str) -> Outcome:
        """Set a field of several reports, by their row ids, as one step. Raises ValidationError."""
        if field in SINGLE:
            raise ValidationError(N_("Each report has a value of its own here; nothing was changed."))
        now = _checked(field, value)
        made = tuple(self._changes(reports, field, now))
        if not made:
            return Outcome(None, None, _("Nothing changed."))
        params = {"n": len(made), "field": field, "value": written(now)}
        wording = changes.Wording(N_("Change the {field} of {n} reports to “{value}”"), params)
        announcement = self._session.apply(Edit("report.describe", wording, made))
        return Outcome(announcement, None, self.words(announcement))

    def shared(self, reports: Sequence[int], fields: Sequence[str]) -> dict[str, str | None]:
        """By field, the value that all these reports have; None where they differ."""
        found: dict[str, set[str]] = {field: set() for field in fields}
        for report in reports:
            meta = self._session.store.reports.detail(report).meta
            for field, values in found.items():
                values.add(written(meta.get(field)))
        return {field: values.pop() if len(values) == 1 else None for field, values in found.items()}

    def _changes(self, reports: Sequence[int], field: str, now: Any) -> Iterator[Change]:
        for report in reports:
            change = self._change(report, field, now)
            if change is not None:
                yield change

    def _change(self, report: int, field: str, now: Any) -> Change | None:
        """The change that sets a field of one report; None where it has the value."""
        store = self._session.store
        row, meta = store.reports.row(report, self._session.person.uid), store.reports.detail(report).meta
        if _is_structured(meta.get(field)):
            raise ValidationError(_SEVERAL)
        old = getattr(row, field) if field in _COLUMNS else meta.get(field)
        if written(old) == written(now):
            return None
        kept = str(now) if isinstance(meta.get(field), str) and now is not None else now
        before: Row = {"meta": meta}
        after: Row = {"meta": with_value(meta, field, None if kept == "" else kept)}
        if field in _COLUMNS:
            before, after = {field: old, **before}, {field: now, **after}
        return Change("report", report, row.uid, before, after)


def written(value: Any) -> str:
    """A value as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if _is_structured(value):
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, str) else str(value)


def _is_structured(value: Any) -> bool:
    """Whether a value is no single one: a file brought a list or an object, which no line of words can stand for."""
    return isinstance(value, list | tuple | dict)


def _source_words(source: dict[str, Any]) -> str:
    """A further source: its address or file, who published it and when."""
    named = (source.get("url") or source.get("file_name"), source.get("source"), source.get("date"))
    return " · ".join(str(part) for part in named if part) or str(source.get("title") or "")


def _checked(field: str, value: str) -> Any:
    words = " ".join(value.split())
    if field in FIXED:
        raise ValidationError(N_("This is what the file says; it cannot be changed."))
    if field == YEAR:
        return _year(words)
    if field == DATE and words:
        return _date(words)
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


def _date(words: str) -> str:
    try:
        return datetime.date.fromisoformat(words).isoformat()
    except ValueError:
        raise ValidationError(
            N_("“{value}” is no date; nothing was changed. Write it like 2024-03-28."), value=words
        ) from None
