"""What a report is offered stays in step with every edit, and costs what the edit touches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import reading_order
from annotator.domain.suggestion import Proposal
from annotator.services.deciding import Decider, offers
from annotator.services.editing import Editor
from annotator.services.offering import Offering, uid_of
from tests.unit.services.conftest import add_report

TEXT = "一、主要举措\n区司法局受理纠纷30件,办结28件。\n区财政局投入45亿元。\n"


def proposal(words, label="INDICATOR", score=0.9, source="quantities"):
    start = TEXT.index(words)
    return Proposal(start, start + len(words), label, source, score)


ALL = [
    proposal("区司法局", "INSTITUTION", 0.8, "institutions"),
    proposal("受理纠纷30件", "MEASURE", 0.7, "measures"),
    proposal("30件"),
    proposal("28件"),
    proposal("45亿元", score=0.99),
]


@pytest.fixture
def report(session):
    return session.open_report(add_report(session, TEXT))


def words(offering):
    return [TEXT[o.proposal.start : o.proposal.end] for o in offering]


def followed(session, report, offering, do):
    """Whether following one edit gives what looking at everything anew gives."""
    outcome = do()
    touched = offering.follow([c for c in outcome.announcement.changes if c.report == report.id])
    assert list(offering) == sorted(
        offers(report, ALL), key=lambda o: (o.proposal.start, -o.proposal.end, uid_of(o.proposal))
    )
    return touched


def test_in_reading_order_the_outer_before_the_inner(report):
    assert words(Offering(report, reversed(ALL))) == ["区司法局", "受理纠纷30件", "30件", "28件", "45亿元"]


def test_each_edit_touches_only_what_it_concerns(session, report):
    offering, decider, editor = Offering(report, ALL), Decider(session), Editor(session)
    assert followed(session, report, offering, lambda: decider.accept(report, ALL[2])) == [uid_of(ALL[2])]
    assert followed(session, report, offering, lambda: decider.reject(report, [ALL[4]])) == [uid_of(ALL[4])]
    tagged = followed(session, report, offering, lambda: editor.tag(report, 7, 30, "MEASURE"))
    assert tagged == [uid_of(ALL[1])]
    (conflicting,) = [offer for offer in offering if offer.conflicts]
    assert conflicting.proposal == ALL[1]
    uid = next(span.uid for span in report.spans if span.label == "MEASURE")
    assert followed(session, report, offering, lambda: editor.delete(report, [uid])) == [uid_of(ALL[1])]
    assert not any(offer.conflicts for offer in offering)


def test_undo_offers_again(session, report):
    offering = Offering(report, ALL)
    changes = Decider(session).accept(report, ALL[0]).announcement.changes
    offering.follow(changes)
    assert words(offering)[0] == "受理纠纷30件"
    offering.follow(session.undo().changes)
    assert words(offering)[0] == "区司法局"


def test_another_answer_keeps_the_one_somebody_stands_on(report):
    offering = Offering(report, ALL)
    changed = offering.replace(ALL[:2], keep=uid_of(ALL[3]))
    assert words(offering) == ["区司法局", "受理纠纷30件", "28件"]
    assert set(changed) == {uid_of(ALL[2]), uid_of(ALL[4])}
    assert offering.replace(ALL[:2], keep="") == [uid_of(ALL[3])]


def test_an_answer_that_says_the_same_leaves_the_index_that_is_shown(session, report):
    offering = Offering(report, ALL)
    shown = offering.index
    assert offering.replace(list(ALL)) == []
    followed(session, report, offering, lambda: Decider(session).accept(report, ALL[2]))
    assert offering.index is shown and uid_of(ALL[2]) not in {span.uid for span in shown}


def test_chosen_by_source_and_score_and_never_in_conflict(session, report):
    offering = Offering(report, ALL)
    assert offering.chosen(["quantities"], 0.95) == [ALL[4]]
    assert offering.chosen(least=0.8) == [ALL[0], *ALL[2:]]
    changes = Editor(session).tag(report, *(TEXT.index("亿元"), TEXT.index("亿元") + 2), "INDICATOR")
    offering.follow(changes.announcement.changes)
    assert ALL[4] not in offering.chosen()


@given(places=st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 6)), max_size=12), at=st.integers(0, 40))
def test_beyond_is_the_neighbour_in_reading_order(places, at):
    class Still:
        text, spans, decisions = TEXT, Offering.__init__.__globals__["SpanIndex"](TEXT), {}

    found = [Proposal(a, min(a + n, len(TEXT)), "MEASURE", "measures", 0.5) for a, n in places if a < len(TEXT)]
    offering = Offering(Still, found)
    keys = [reading_order(span) for span in offering.index]
    place = (at, -at - 3, "")
    after, before = [k for k in keys if k > place], [k for k in keys if k < place]
    assert offering.beyond(place, 1) == (after[0][2] if after else None)
    assert offering.beyond(place, -1) == (before[-1][2] if before else None)
    assert offering.beyond(place, 1, frozenset({"MEASURE"})) is None


def exhausted(turns):
    while True:
        try:
            next(turns)
        except StopIteration as end:
            return end.value


def test_filled_a_piece_a_turn_it_changes_at_the_end_and_takes_in_what_was_done_meanwhile(session, report):
    offering, decider = Offering(report, ALL[:1]), Decider(session)
    turns = offering.filling([ALL[:2], ALL[2:]], lambda: "")
    next(turns)
    assert words(offering) == ["区司法局"]
    followed_changes = decider.reject(report, [ALL[0]]).announcement.changes
    assert offering.follow(followed_changes) == [uid_of(ALL[0])]
    next(turns)
    assert words(offering) == []
    changed = exhausted(turns)
    assert words(offering) == ["受理纠纷30件", "30件", "28件", "45亿元"]
    assert {uid_of(p) for p in ALL[1:]} <= set(changed)
    assert list(offering) == list(Offering(report, ALL))


def test_filled_with_the_same_nothing_changed_and_the_index_stays(report):
    offering = Offering(report, ALL)
    index = offering.index
    assert exhausted(offering.filling([ALL[:3], ALL[3:]], lambda: "")) == []
    assert offering.index is index


def test_places_noted_beforehand_are_those_an_edit_would_ask_for(session, report):
    ready, plain, decider = Offering(report, ALL), Offering(report, ALL), Decider(session)
    assert list(ready.placing()) == []
    changes = decider.accept(report, ALL[2]).announcement.changes
    assert ready.follow(changes) == plain.follow(changes) == [uid_of(ALL[2])]
    assert list(ready) == list(plain)
