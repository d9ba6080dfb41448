"""Bookmarks: places that a person comes back to, set and taken away by one key, each a step."""

from __future__ import annotations

from annotator.domain import changes
from annotator.domain.bookmark import Bookmark
from annotator.domain.clauses import sentence_at
from annotator.domain.span import new_uid
from annotator.services.edits import Edits, Outcome
from annotator.services.open_report import OpenReport
from annotator.storage import BookmarkRow
from annotator.storage.people import now


class Bookmarks(Edits):
    """The bookmarks of a session's person."""

    def listed(self) -> list[BookmarkRow]:
        """All of them, in file and text order."""
        return self._session.store.bookmarks.of_person(self._session.person.uid)

    def of_report(self, report: OpenReport) -> list[Bookmark]:
        """Those in one report, in text order."""
        return self._session.store.bookmarks.of_report(report.id, self._session.person.uid)

    def toggle(self, report: OpenReport, start: int, end: int) -> Outcome:
        """Mark `[start, end)`, or the place where it is empty; in a sentence that is marked, take the mark away."""
        there = self._here(report, start)
        if there is not None:
            return self._apply(report, changes.remove_bookmark(report.id, there, report.text), None)
        mark = Bookmark(new_uid(), start, end, self._session.person.uid, now(), report.text_version)
        return self._apply(report, changes.set_bookmark(report.id, mark, report.text), None)

    def beyond(self, report_id: int, offset: int, direction: int) -> BookmarkRow | None:
        """The next (1) or previous (-1) bookmark from a place, in whichever report; round at the ends."""
        rows = self.listed()
        here = (report_id, offset)
        if direction > 0:
            further = [row for row in rows if (row.report, row.bookmark.start) > here]
            return next(iter(further or rows), None)
        before = [row for row in rows if (row.report, row.bookmark.start) < here]
        return next(iter(reversed(before or rows)), None)

    def _here(self, report: OpenReport, offset: int) -> Bookmark | None:
        marks = self.of_report(report)
        exact = next((mark for mark in marks if mark.start == offset), None)
        sentence = sentence_at(report.text, offset)
        if exact is not None or sentence is None:
            return exact
        return next((mark for mark in marks if sentence[0] <= mark.start < sentence[1]), None)
