"""Edits of very many spans: the same step as at once, whole or not there, and nobody hears of it too early."""

from __future__ import annotations

import pytest

from annotator.domain import changes
from annotator.domain.errors import Cancelled, ConflictError
from annotator.domain.span import Span, new_uid
from annotator.domain.text_edit import TextEdit
from annotator.services import long_edits
from annotator.services.editing import Editor
from annotator.services.long_edits import LongSession, is_long, is_long_text
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from annotator.services.text_edits import TextEdits
from annotator.storage import verify

from .conftest import TEXT  # noqa: TID252 - tests are no package

MANY = 320


@pytest.fixture
def uids(session: Session, report: OpenReport) -> list[str]:
    """Spans all over the text, several on one range."""
    made = [Span(new_uid(), 1 + n % 30, 4 + n % 37, "MEASURE" if n % 2 else "INSTITUTION") for n in range(MANY)]
    spans = [span._replace(end=max(span.end, span.start + 1)) for span in made]
    session.apply(changes.add_spans(report.id, report.set, spans, TEXT))
    return [span.uid for span in spans]


def stored(session: Session, report: OpenReport) -> dict[str, Span]:
    return {span.uid: span for span in session.open_report(report.id).spans}


def test_it_is_one_step_that_undo_takes_back(session: Session, report: OpenReport, uids: list[str]) -> None:
    before, heard = stored(session, report), []
    session.subscribe(heard.append)
    with session.store.second() as store:
        outcome = Editor(LongSession(session, store)).set_certain(report, uids, False)
    assert heard == [], "the window announces it"
    assert outcome.announcement is not None
    assert len(outcome.announcement.changes) == MANY
    assert not any(span.certain for span in stored(session, report).values())
    step = session.next_undo()
    assert step is not None
    assert (step.uid, step.report) == (outcome.announcement.step.uid, report.id)
    assert is_long(session.store, step)
    session.undo()
    assert stored(session, report) == before
    assert list(verify(session.store)) == []


def test_what_it_announces_brings_the_open_report_where_the_file_is(
    session: Session, report: OpenReport, uids: list[str]
) -> None:
    with session.store.second() as store:
        long = LongSession(session, store)
        for outcome in (
            Editor(long).relabel(report, uids[:-1], "INDICATOR"),
            None,
        ):
            announcement = outcome.announcement if outcome else long.undo()
            assert announcement is not None
            session.announce(announcement.step, announcement.changes)
            assert {span.uid: span for span in report.spans} == stored(session, report)
        deleted = Editor(long).delete(report, uids).announcement
    assert deleted is not None
    session.announce(deleted.step, deleted.changes)
    assert list(report.spans) == []
    announcement = session.undo()
    assert announcement is not None
    assert {span.uid: span for span in report.spans} == stored(session, report)
    assert len(report.spans) == MANY


@pytest.mark.parametrize("after", [0, 1, 2])
def test_cancelled_it_changes_nothing(session: Session, report: OpenReport, uids: list[str], after: int) -> None:
    before, calls = stored(session, report), []

    def progress(done: int, total: int, words: str) -> None:
        calls.append(done)
        if len(calls) > after:
            raise Cancelled

    with session.store.second() as store, pytest.raises(Cancelled):
        Editor(LongSession(session, store, progress)).relabel(report, uids, "INDICATOR")
    assert stored(session, report) == before
    assert session.store.history.running() == []
    assert not session.store.live_steps
    assert list(verify(session.store)) == []


def test_what_somebody_else_changed_meanwhile_stays_and_nothing_of_it_is_kept(
    session: Session, report: OpenReport, uids: list[str], editor: Editor
) -> None:
    last = report.spans.get(uids[-1])
    assert last is not None

    def progress(done: int, total: int, words: str) -> None:
        if done == long_edits._CHUNK:
            editor.set_note(report, last.uid, "mine")
            editor.set_certain(report, [last.uid], False)

    with session.store.second() as store, pytest.raises(ConflictError):
        Editor(LongSession(session, store, progress)).set_certain(report, uids, False)
    now = stored(session, report)
    assert now[last.uid].note == "mine"
    assert [span.uid for span in now.values() if not span.certain] == [last.uid]


def test_a_short_step_and_an_import_are_not_long(session: Session, report: OpenReport, editor: Editor) -> None:
    editor.tag(report, 2, 5, "MEASURE")
    step = session.next_undo()
    assert step is not None
    assert not is_long(session.store, step)
    assert not is_long(session.store, step._replace(kind="import"))


def test_a_text_edit_comes_with_the_report_as_it_is_then(
    session: Session, report: OpenReport, uids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_long_text(session.store, report)
    other = session.open_report(report.id)
    edit = TextEdit([(0, 0, "前言")])
    with session.store.second() as store:
        long = LongSession(session, store)
        done = TextEdits(long).apply(report, edit, report.text_version)
        read = long.read_anew(done)
    assert done is not None
    assert read is not None
    assert read.text == "前言" + TEXT
    assert report.text == TEXT, "nobody has heard of it"
    monkeypatch.setattr(type(session.store.sets), "load", None)  # it has been read once, in the job
    session.announce(done.step, done.changes, read)
    for shown in (report, other):
        assert shown.text == read.text
        assert {span.uid for span in shown.spans} == set(uids)
        assert shown.text_version == 2
    monkeypatch.undo()
    assert stored(session, report) == {span.uid: span for span in report.spans}
    assert report.sections == other.sections, "read on the session's own connection"


def test_a_step_of_spans_alone_needs_no_report_read_anew(session: Session, report: OpenReport, uids: list[str]) -> None:
    with session.store.second() as store:
        long = LongSession(session, store)
        assert long.read_anew(Editor(long).set_certain(report, uids, False).announcement) is None
        assert long.read_anew(None) is None
