"""The report on the screen: its text and one person's annotation set, kept in step with the project.

It is filled once and then follows announcements, so that an edit costs what it changes and not
what the report holds.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from annotator.domain.changes import Change, SetRef, Wording
from annotator.domain.errors import ConflictError
from annotator.domain.question import Question
from annotator.domain.report import Furniture, Status
from annotator.domain.span import Relation, Span, new_uid
from annotator.domain.span_index import SpanIndex
from annotator.domain.suggestion import Suggestion
from annotator.messages import N_
from annotator.reading.outline import Section, outline, section_path
from annotator.services.numbers import Numbers
from annotator.storage import ReportDetail, ReportRow, Store

#: A text of so many characters has its sections at once, in a few milliseconds; a longer one when asked for.
OUTLINED_AT_ONCE = 50_000
#: Changes of more spans than these are taken in together.
_MANY = 200


class OpenReport:
    """A report with the spans and relations of one person."""

    def __init__(self, store: Store, report_id: int, person: str) -> None:
        self.id = report_id
        self._store = store
        self._person = person
        self.text: str = store.reports.text(report_id)
        self.reload()
        if self.gone:
            raise ConflictError(N_("The report is no longer in the project: its import was taken back."))

    def reload(self) -> None:
        """Read everything but the text again. `gone` tells that the report was taken back with its import."""
        row = next(iter(self._store.reports.rows([self.id], self._person)), None)
        self.gone = row is None
        if row is None:
            return
        self.row: ReportRow = row
        self.__dict__.pop("detail", None)
        self.__dict__.pop("sections", None)
        self.furniture: list[Furniture] = self._store.reports.furniture(self.id)
        own = self._store.sets.load(self.id, self._person)
        self.set = SetRef(own.uid, self._person, own.status) if own else SetRef(new_uid(), self._person, None)
        self.spans = SpanIndex(self.text, own.spans if own else ())
        self.relations: dict[str, Relation] = {r.uid: r for r in own.relations} if own else {}
        self.note: str = own.note if own else ""
        self.decisions: dict[str, Suggestion] = {
            s.uid: s for s in self._store.suggestions.decided(self.id, self._person)
        }
        self.questions: dict[str, Question] = {q.uid: q for q in self._store.questions.of_report(self.id)}

    def become(self, read: OpenReport) -> None:
        """Hold what `read` holds: the same report, read anew by somebody on another connection."""
        store = self._store
        self.__dict__.clear()
        self.__dict__.update(read.__dict__)
        self._store = store

    @property
    def status(self) -> str:
        """The status of the person's set; new where there is none."""
        return self.set.status or Status.NEW.value

    @property
    def text_version(self) -> int:
        """The version of the text that offsets count in."""
        return self.detail.text_version

    @functools.cached_property
    def detail(self) -> ReportDetail:
        """Metadata, encoding and text version; read on first need."""
        return self._store.reports.detail(self.id)

    @functools.cached_property
    def sections(self) -> list[Section]:
        """The sections found in the text, none in furniture; computed on first need."""
        return outline(self.text, [(f.start, f.end) for f in self.furniture])

    @property
    def outlined(self) -> bool:
        """Whether asking for the sections costs next to nothing."""
        return "sections" in self.__dict__ or len(self.text) <= OUTLINED_AT_ONCE

    @property
    def shown_sections(self) -> list[Section]:
        """The sections for what is only shown: none of a long text before they have been computed for somebody."""
        return self.sections if self.outlined else []

    @functools.cached_property
    def numbers(self) -> Numbers:
        """The numbers of the text; found on first need, or in idle moments."""
        return Numbers(self.text)

    def section_path(self, offset: int) -> list[Section]:
        """The sections that hold `offset`, the outermost first."""
        return section_path(self.sections, offset)

    def children(self, span: Span) -> list[Span]:
        """The other spans that lie inside `span`."""
        found = self.spans.touching(span.start, span.end)
        return [other for other in found if other.uid != span.uid and span.contains(other)]

    def parent(self, span: Span) -> Span | None:
        """The smallest span that holds `span` and is longer."""
        around = [s for s in self.spans.at(span.start) if s.contains(span) and s.range != span.range]
        return min(around, key=lambda s: s.end - s.start, default=None)

    def update(self, changes: Iterable[Change]) -> list[Change]:
        """Take in committed changes; returns those of this report's spans in this person's set."""
        ours = [change for change in changes if change.report == self.id]
        if any(is_other_text(change) for change in ours):
            self._update_text()
            return [change for change in ours if change.table == "span"]
        shown: list[Change] = []
        spans = [change for change in ours if change.table == "span"]
        many = len(spans) > _MANY
        for change in ours:
            if change.table == "report":
                self._update_report()
            elif change.table == "annotation_set":
                self._update_set(change)
            elif change.table == "relation":
                self._update_relation(change)
            elif change.table == "question":
                self._update_question(change)
            elif change.table == "suggestion":
                self._update_decision(change)
            elif change.table == "furniture":
                self._update_furniture(change)
            elif change.table == "span" and not many and self._update_span(change):
                shown.append(change)
        return self._update_spans(spans) if many else shown

    def _update_text(self) -> None:
        """The text is another: everything that stands in it is read again."""
        self.__dict__.pop("numbers", None)
        if self._store.reports.rows([self.id], self._person):
            self.text = self._store.reports.text(self.id)
        self.reload()

    def _update_report(self) -> None:
        """Title, place or year were corrected, or the report was taken away or brought back."""
        row = next(iter(self._store.reports.rows([self.id], self._person)), None)
        self.gone = row is None
        if row is not None:
            self.row = row
            self.__dict__.pop("detail", None)

    def _update_set(self, change: Change) -> None:
        if change.after is None:
            if change.uid == self.set.uid:
                self.set = self.set._replace(status=None)
                self.note = ""
        elif change.before is None:
            if change.after["person"] == self._person:
                self.set = SetRef(change.uid, self._person, change.after["status"])
                self.note = change.after.get("note", "")
        elif change.uid == self.set.uid:
            self.set = self.set._replace(status=change.after.get("status", self.set.status))
            self.note = change.after.get("note", self.note)

    def _update_relation(self, change: Change) -> None:
        if change.after is None:
            self.relations.pop(change.uid, None)
        elif change.before is not None:
            if change.uid in self.relations:
                self.relations[change.uid] = self.relations[change.uid]._replace(**change.after)
        elif change.after["set"] == self.set.uid:
            self.relations[change.uid] = Relation(uid=change.uid, **_without_set(change.after))

    def _update_question(self, change: Change) -> None:
        if change.after is None:
            self.questions.pop(change.uid, None)
        elif change.before is None:
            self.questions[change.uid] = Question(uid=change.uid, **change.after)
        elif change.uid in self.questions:
            self.questions[change.uid] = self.questions[change.uid]._replace(**change.after)

    def _update_decision(self, change: Change) -> None:
        """A suggestion was decided, or that was taken back; another person's decisions are no concern of this set."""
        if change.after is None:
            self.decisions.pop(change.uid, None)
        elif change.before is None and change.after["person"] == self._person:
            row = dict(change.after)
            span, reason = row.pop("span_uid", None), row.pop("reason", "")
            self.decisions[change.uid] = Suggestion(uid=change.uid, span=span, reason=Wording(reason), **row)
        elif change.uid in self.decisions:
            moved = {name: value for name, value in change.after.items() if name in Suggestion._fields}
            self.decisions[change.uid] = self.decisions[change.uid]._replace(**moved)

    def _update_furniture(self, change: Change) -> None:
        """The ranges stay in order, and the sections are found anew: numbers in furniture are none."""
        kept = {item.uid: item for item in self.furniture}
        if change.after is None:
            kept.pop(change.uid, None)
        elif change.before is None:
            kept[change.uid] = Furniture(uid=change.uid, **change.after)
        elif change.uid in kept:
            kept[change.uid] = kept[change.uid]._replace(**change.after)
        self.furniture = sorted(kept.values(), key=lambda item: item.start)
        self.__dict__.pop("sections", None)

    def _update_spans(self, changes: Iterable[Change]) -> list[Change]:
        """Very many at once; what makes their set comes before."""
        kept, shown = {span.uid: span for span in self.spans}, []
        for change in changes:
            old, after = kept.get(change.uid), change.after
            if after is None:
                is_ours = kept.pop(change.uid, None) is not None
            elif change.before is None:
                is_ours = after["set"] == self.set.uid
                if is_ours:
                    kept[change.uid] = Span(uid=change.uid, **_without_set(after))
            else:
                is_ours = old is not None
                if old is not None:
                    kept[change.uid] = old._replace(**after)
            if is_ours:
                shown.append(change)
        self.spans.renew(kept.values())
        return shown

    def _update_span(self, change: Change) -> bool:
        if change.after is None:
            return self.spans.remove(change.uid) is not None
        if change.before is None:
            if change.after["set"] != self.set.uid:
                return False
            self.spans.add(Span(uid=change.uid, **_without_set(change.after)))
            return True
        old = self.spans.get(change.uid)
        if old is None:
            return False
        self.spans.add(old._replace(**change.after))
        return True


def is_other_text(change: Change) -> bool:
    """Whether a change gives a report another version of its text."""
    return change.table == "report" and "text_version" in (change.after or {})


def _without_set(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "set"}
