"""Relations between spans: proposed, made, refused, taken away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotator.domain.errors import ValidationError
from annotator.domain.span import Span
from annotator.messages import language, set_language
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.session import Session

from .conftest import add_report  # noqa: TID252 - tests are no package


@pytest.fixture
def linked(session: Session) -> OpenReport:
    return session.open_report(add_report(session, "司法所受理案件，办结率98%。"))


def tag(editor: Editor, report: OpenReport, words: str, label: str) -> Span:
    start = report.text.index(words)
    span = editor.tag(report, start, start + len(words), label).span
    assert span is not None
    return span


@pytest.fixture
def spans(linked: OpenReport, editor: Editor) -> tuple[Span, Span, Span]:
    return (
        tag(editor, linked, "司法所", "INSTITUTION"),
        tag(editor, linked, "受理案件", "MEASURE"),
        tag(editor, linked, "98%", "INDICATOR"),
    )


def test_the_nearest_measure_before_is_proposed_and_taken(session: Session, linked: OpenReport, editor: Editor, spans):
    body, measure, number = spans
    kind, child = editor.relation_candidates(linked, number.uid)[0]
    assert (kind.name, child) == ("RESULT", measure)
    outcome = editor.relate(linked, number.uid, child.uid, kind.name)
    assert outcome.announcement is not None
    (relation,) = linked.relations.values()
    assert (relation.head, relation.child, relation.label) == (number.uid, measure.uid, "RESULT")
    assert list(session.open_report(linked.id).relations.values()) == [relation]
    assert editor.relation_candidates(linked, number.uid) == []
    kind, child = editor.relation_candidates(linked, body.uid)[0]
    assert (kind.name, child) == ("AGENT", measure)


@pytest.fixture
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.mark.usefixtures("english")
def test_a_link_is_a_step_with_words(session: Session, linked: OpenReport, editor: Editor, spans):
    _body, measure, number = spans
    outcome = editor.relate(linked, number.uid, measure.uid, "RESULT")
    assert outcome.words == "Link “98%” to “受理案件” as Result"
    session.undo()
    assert linked.relations == {}
    session.redo()
    assert len(linked.relations) == 1


def test_the_same_link_twice_is_said(linked: OpenReport, editor: Editor, spans):
    _body, measure, number = spans
    editor.relate(linked, number.uid, measure.uid, "RESULT")
    again = editor.relate(linked, number.uid, measure.uid, "RESULT")
    assert again.announcement is None
    assert again.words
    assert len(linked.relations) == 1


@pytest.mark.parametrize(
    ("head", "child", "label"), [(0, 1, "RESULT"), (2, 0, "RESULT"), (2, 2, "RESULT"), (2, 1, "X")]
)
def test_what_the_schema_forbids_is_refused(linked: OpenReport, editor: Editor, spans, head, child, label):
    with pytest.raises(ValidationError):
        editor.relate(linked, spans[head].uid, spans[child].uid, label)
    assert linked.relations == {}


def test_what_lies_inside_needs_no_link(linked: OpenReport, editor: Editor, spans):
    _body, _measure, number = spans
    whole = tag(editor, linked, "办结率98%", "MEASURE")
    outcome = editor.relate(linked, number.uid, whole.uid, "RESULT")
    assert outcome.announcement is None
    assert "办结率98%" in outcome.words
    assert editor.relation_candidates(linked, number.uid)[0][1].uid != whole.uid


def test_links_go_and_come_back(session: Session, linked: OpenReport, editor: Editor, spans):
    body, measure, number = spans
    editor.relate(linked, number.uid, measure.uid, "RESULT")
    editor.relate(linked, body.uid, measure.uid, "AGENT")
    editor.unrelate(linked, list(linked.relations))
    assert linked.relations == {}
    assert editor.unrelate(linked, ["gone"]).announcement is None
    session.undo()
    assert len(linked.relations) == 2
    editor.delete(linked, [measure.uid])
    assert linked.relations == {}
    session.undo()
    assert len(linked.relations) == 2


def test_a_link_carries_a_note(session: Session, linked: OpenReport, editor: Editor, spans):
    _body, measure, number = spans
    editor.relate(linked, number.uid, measure.uid, "RESULT")
    (uid,) = linked.relations
    editor.set_relation_note(linked, uid, "见下文")
    assert session.open_report(linked.id).relations[uid].note == "见下文"
    assert editor.set_relation_note(linked, uid, "见下文").announcement is None


def test_a_done_set_is_not_linked(linked: OpenReport, editor: Editor, spans):
    _body, measure, number = spans
    editor.set_status(linked, "done")
    with pytest.raises(ValidationError):
        editor.relate(linked, number.uid, measure.uid, "RESULT")


def test_a_note_on_the_report_is_a_step(session: Session, linked: OpenReport, editor: Editor):
    editor.set_report_note(linked, "扫描件，疑有漏页")
    assert linked.note == session.open_report(linked.id).note == "扫描件，疑有漏页"
    assert editor.set_report_note(linked, linked.note).announcement is None
    editor.set_report_note(linked, "已核")
    session.undo()
    assert linked.note == "扫描件，疑有漏页"
    session.undo()
    assert linked.note == ""
    assert linked.status == "new"
