import pytest

from annotator.domain.deciding import UNSEEN
from annotator.domain.suggestion import Proposal
from annotator.domain.text_edit import TextEdit
from annotator.services.deciding import Decider, offers
from annotator.services.editing import Editor
from annotator.services.edits import SetIsDone
from annotator.services.text_edits import TextEdits
from tests.unit.services.conftest import add_report

TEXT = "一、主要举措\n区司法局受理纠纷30件,办结28件。\n"


def place(words):
    start = TEXT.index(words)
    return start, start + len(words)


NUMBER = Proposal(*place("30件"), "INDICATOR", "quantities", 0.97, attributes={"value": "30", "unit": "件"})
OFFICE = Proposal(*place("区司法局"), "INSTITUTION", "institutions", 0.9)
PROPOSALS = [OFFICE, NUMBER]


@pytest.fixture
def open_report(session):
    return session.open_report(add_report(session, TEXT))


@pytest.fixture
def reopened(session):
    return lambda report: session.open_report(report.id)


def test_accepting_makes_a_span_that_says_where_it_came_from_and_undo_offers_it_again(session, open_report):
    outcome = Decider(session).accept(open_report, NUMBER)
    (span,) = open_report.spans
    assert (span.range, span.label, span.origin, span.score) == (place("30件"), "INDICATOR", "quantities", 0.97)
    assert span.attributes["value"] == "30"
    assert outcome.span == span
    assert [o.proposal for o in offers(open_report, PROPOSALS)] == [OFFICE]
    open_report.update(session.undo().changes)
    assert [o.proposal for o in offers(open_report, PROPOSALS)] == PROPOSALS
    assert len(open_report.spans) == 0
    open_report.update(session.redo().changes)
    assert [o.proposal for o in offers(open_report, PROPOSALS)] == [OFFICE]


def test_rejected_stays_rejected_after_a_restart(session, open_report, reopened):
    Decider(session).reject(open_report, [NUMBER])
    assert [o.proposal for o in offers(open_report, PROPOSALS)] == [OFFICE]
    assert [o.proposal for o in offers(reopened(open_report), PROPOSALS)] == [OFFICE]
    (decision,) = reopened(open_report).decisions.values()
    assert (decision.state, decision.source) == ("rejected", "quantities")


def test_as_another_label_or_with_other_edges(session, open_report):
    Decider(session).accept(open_report, OFFICE, label="MEASURE", place=place("区司法局受理纠纷30件,"))
    (span,) = open_report.spans
    assert (span.label, span.range) == ("MEASURE", place("区司法局受理纠纷30件"))
    assert [o.proposal for o in offers(open_report, PROPOSALS)] == [NUMBER]


def test_all_at_once_is_one_step_and_nobody_has_looked(session, open_report):
    Decider(session).accept_all(open_report, PROPOSALS)
    assert all(UNSEEN in span.proposed for span in open_report.spans)
    assert offers(open_report, PROPOSALS) == []
    Editor(session).mark_seen(open_report, [span.uid for span in open_report.spans])
    assert all(span.proposed == () for span in open_report.spans)
    open_report.update(session.undo().changes)
    assert len(open_report.spans) == 0


def test_what_is_tagged_already_is_not_offered_and_what_overlaps_is_a_conflict(session, open_report):
    Editor(session).tag(open_report, *place("区司法局"), "INSTITUTION")
    start, end = place("30件")
    Editor(session).tag(open_report, start, end - 1, "INDICATOR")
    (offer,) = offers(open_report, PROPOSALS)
    assert offer.proposal == NUMBER
    assert len(offer.conflicts) == 1


def test_a_done_set_takes_none(session, open_report):
    decider = Decider(session)
    decider.accept(open_report, OFFICE)
    Editor(session).set_status(open_report, "done")
    for decide in (lambda: decider.accept(open_report, NUMBER), lambda: decider.reject(open_report, [NUMBER])):
        with pytest.raises(SetIsDone):
            decide()
    assert len(open_report.spans) == 1


def test_nothing_to_decide_is_said(session, open_report):
    assert Decider(session).accept_all(open_report, []).announcement is None
    assert Decider(session).reject(open_report, []).announcement is None


def test_what_was_rejected_stays_rejected_after_the_text_was_mended_and_after_undo(session, open_report):
    Decider(session).reject(open_report, [OFFICE])
    mended = TEXT.replace("主要举措", "今年的主要举措")
    at = TEXT.index("主要举措")
    announcement = TextEdits(session).apply(open_report, TextEdit([(at, at, "今年的")]))
    open_report.update(announcement.changes)
    assert open_report.text == mended
    there = OFFICE._replace(start=mended.index("区司法局"), end=mended.index("受理"))
    elsewhere = there._replace(start=0, end=2)
    assert [o.proposal for o in offers(open_report, [there, elsewhere])] == [elsewhere]
    fresh = session.open_report(open_report.id)
    assert [o.proposal for o in offers(fresh, [there._replace(source="learned"), elsewhere])] == [elsewhere]
    session.undo()
    assert offers(session.open_report(open_report.id), [OFFICE]) == []
    session.undo()
    assert [o.proposal for o in offers(session.open_report(open_report.id), [OFFICE])] == [OFFICE]
