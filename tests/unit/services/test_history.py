"""The history says what stands; restoring ends where it says, whatever was done, undone and redone before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import ReadOnlyError
from annotator.messages import language, set_language
from annotator.services import history
from annotator.services.editing import Editor
from annotator.services.history import Mark
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from annotator.storage import Person, verify
from tests.unit.services.conftest import TEXT


def marks(session: Session, report: OpenReport | None = None) -> list[tuple[str, Mark]]:
    found = list(history.entries(session.store, report.id if report else None))
    return [(history.entry_words(e.step, session.schema).split(" ")[0], e.mark) for e in found]


def test_what_was_undone_is_marked_and_redo_makes_it_stand(
    session: Session, editor: Editor, report: OpenReport
) -> None:
    editor.tag(report, 0, 3, "INSTITUTION")
    session.undo()
    assert marks(session)[:2] == [("Undo:", Mark.STANDS), ("Tag", Mark.UNDONE)]
    session.redo()
    assert marks(session)[:3] == [("Redo:", Mark.STANDS), ("Undo:", Mark.STANDS), ("Tag", Mark.STANDS)]


def test_a_restore_marks_what_it_took_back_until_it_is_undone(
    session: Session, editor: Editor, report: OpenReport
) -> None:
    editor.tag(report, 0, 3, "INSTITUTION")
    point = session.next_undo()
    assert point is not None
    editor.set_report_note(report, "注")
    announcement = history.restore(session, report.id, point.uid)
    assert announcement is not None
    assert report.note == ""
    assert marks(session)[:3] == [("Restore", Mark.STANDS), ("Change", Mark.UNDONE), ("Tag", Mark.STANDS)]
    session.undo()
    assert report.note == "注"
    assert marks(session)[:4] == [
        ("Undo:", Mark.STANDS), ("Restore", Mark.UNDONE), ("Change", Mark.STANDS), ("Tag", Mark.STANDS),
    ]  # fmt: skip


def test_a_restored_restore_does_not_count(session: Session, editor: Editor, report: OpenReport) -> None:
    """A, B, restore to the import, then restore to B: A and B stand again, the first restore does not."""
    editor.tag(report, 0, 3, "INSTITUTION")
    editor.set_report_note(report, "注")
    point = session.next_undo()
    first = session.store.history.steps(report.id)[-1]
    assert point is not None
    history.restore(session, report.id, first.uid)
    assert len(report.spans) == 0
    history.restore(session, report.id, point.uid)
    assert (len(report.spans), report.note) == (1, "注")
    assert [mark for _words, mark in marks(session)] == [
        Mark.STANDS, Mark.UNDONE, Mark.STANDS, Mark.STANDS, Mark.STANDS,
    ]  # fmt: skip


def test_a_step_that_a_restore_brought_back_stands(session: Session, editor: Editor, report: OpenReport) -> None:
    editor.tag(report, 0, 3, "INSTITUTION")
    point = session.next_undo()
    assert point is not None
    session.undo()
    editor.set_report_note(report, "注")  # ends redo: the tag is closed
    history.restore(session, report.id, point.uid)
    assert len(report.spans) == 1
    assert marks(session)[:4] == [
        ("Restore", Mark.STANDS), ("Change", Mark.UNDONE), ("Undo:", Mark.UNDONE), ("Tag", Mark.STANDS),
    ]  # fmt: skip


def test_words_of_the_point_follow_the_language(session: Session, editor: Editor, report: OpenReport) -> None:
    editor.set_status(report, "flagged")
    point = session.next_undo()
    assert point is not None
    editor.set_status(report, "skipped")
    announcement = history.restore(session, report.id, point.uid)
    assert announcement is not None
    before = language()
    try:
        set_language("en")
        assert history.entry_words(announcement.step, session.schema) == (
            "Restore to “Set status to flagged”, 1 step back"
        )
    finally:
        set_language(before)


def test_reading_only_restores_nothing(session: Session, person: Person, tmp_path: Path) -> None:
    reader = Session.open(tmp_path / "p.annodb", person, write=False)
    try:
        with pytest.raises(ReadOnlyError):
            history.restore(reader, 1, reader.store.history.steps()[0].uid)
    finally:
        reader.close()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["tag", "tag", "tag", "delete", "relabel", "note", "status", "undo", "undo", "redo", "restore"]
        ),
        st.integers(0, 20),
    ),
    max_size=14,
)


def act(session: Session, editor: Editor, report: OpenReport, what: str, n: int) -> str | None:
    """One act; returns the uid of the step that was restored to."""
    spans = list(report.spans)
    picked = [spans[n % len(spans)].uid] if spans else []
    if report.status == "done" and what in ("tag", "delete", "relabel", "note"):
        return None
    if what == "tag":
        editor.tag(report, n, n + 4, ("MEASURE", "INSTITUTION", "INDICATOR")[n % 3])
    elif what == "delete" and picked:
        editor.delete(report, picked)
    elif what == "relabel" and picked:
        editor.relabel(report, picked, ("MEASURE", "INSTITUTION")[n % 2])
    elif what == "note":
        editor.set_report_note(report, f"注{n % 3}")
    elif what == "status":
        editor.set_status(report, ("in_progress", "done", "flagged", "skipped")[n % 4])
    elif what == "undo" and (step := session.next_undo()) and step.report is not None:
        session.undo()
    elif what == "redo":
        session.redo()
    elif what == "restore":
        steps = session.store.history.steps(report.id)
        point = steps[n % len(steps)].uid
        history.restore(session, report.id, point)
        return point
    return None


def state(report: OpenReport) -> object:
    """What the person's set is; a report without a set is not one with an empty one."""
    return report.set.status, report.note, sorted(report.spans, key=lambda s: s.uid), sorted(report.relations)


@given(acts=ACTS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_undone_redone_and_restored_ends_where_the_history_says(
    session: Session, acts: list[tuple[str, int]]
) -> None:
    """After each act the open report, the file and the history agree; a restore brings back exactly its moment."""
    editor, report = Editor(session), session.open_report(session.store.reports.ids()[0])
    after: dict[str, object] = {}
    for what, n in [("tag", 1), *acts]:
        newest = session.store.history.steps(report.id, limit=1)[0].uid
        after.setdefault(newest, state(report))
        point = act(session, editor, report, what, n)
        if point in after:
            assert state(report) == after[point]
        fresh = session.open_report(report.id)
        assert state(fresh) == state(report)
    standing = {e.step.uid for e in history.entries(session.store, report.id) if e.mark == Mark.STANDS}
    newest = session.next_undo()
    assert newest is None or newest.uid in standing
    assert verify(session.store) == []
    assert len(TEXT) == len(report.text)
