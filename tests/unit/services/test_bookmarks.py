"""Bookmarks are set and taken away by the same key, and found again from anywhere."""

from __future__ import annotations

from annotator.services.bookmarks import Bookmarks
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from tests.unit.services.conftest import TEXT, add_report


def test_the_same_key_takes_the_mark_of_a_sentence_away(session: Session, report: OpenReport) -> None:
    marks = Bookmarks(session)
    at = TEXT.index("镇司法所")
    assert "镇司法所" in marks.toggle(report, at, at).words
    assert [m.start for m in marks.of_report(report)] == [at]
    marks.toggle(report, at + 8, at + 8)  # the same sentence
    assert marks.of_report(report) == []
    session.undo()
    assert [m.start for m in marks.of_report(report)] == [at]


def test_the_next_bookmark_is_round_the_corner_and_in_any_report(session: Session, report: OpenReport) -> None:
    marks = Bookmarks(session)
    other = session.open_report(add_report(session, f"第二份{TEXT}"))
    marks.toggle(report, 3, 3)
    marks.toggle(report, TEXT.index("新建"), TEXT.index("新建"))
    marks.toggle(other, 1, 2)
    rows = marks.listed()
    assert [(row.report, row.bookmark.start) for row in rows] == [
        (report.id, 3), (report.id, TEXT.index("新建")), (other.id, 1),
    ]  # fmt: skip
    assert marks.beyond(report.id, 3, 1) == rows[1]
    assert marks.beyond(report.id, 10_000, 1) == rows[2]
    assert marks.beyond(other.id, 1, 1) == rows[0]
    assert marks.beyond(report.id, 3, -1) == rows[2]
    assert marks.beyond(other.id, 0, -1) == rows[1]


def test_without_marks_there_is_nowhere_to_go(session: Session, report: OpenReport) -> None:
    assert Bookmarks(session).beyond(report.id, 0, 1) is None


def test_a_done_report_can_be_marked(session: Session, editor: Editor, report: OpenReport) -> None:
    editor.set_status(report, "done")
    assert Bookmarks(session).toggle(report, 3, 3).announcement is not None
