"""A person decides about suggestions: by keys alone, by the mouse alone; undo, restart; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.domain.deciding import UNSEEN
from annotator.domain.packed_proposals import pack
from annotator.domain.suggestion import Proposal
from tests.ui.conftest import Desk, Open

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

MEASURE = ("MEASURE", "梳理服务事项587项", "measures", 0.8)
OFFICE = ("INSTITUTION", "镇司法所", "institutions", 0.92)
ITEMS = ("INDICATOR", "587项", "quantities", 0.97)
MONEY = ("INDICATOR", "约45亿元", "quantities", 0.97)

Suggested = Callable[..., Desk]


@pytest.fixture
def suggested(open_window: Open, project: Path) -> Suggested:
    """Opens the window on the first report with these suggestions, as if they had been kept."""

    def make(*wanted: tuple[str, str, str, float]) -> Desk:
        desk = open_window(project)
        offer(desk, *(wanted or (MEASURE, OFFICE, ITEMS, MONEY)))
        return desk

    return make


def offer(desk: Desk, *wanted: tuple[str, str, str, float]) -> None:
    proposals = [Proposal(*desk.find(words), label, source, score) for label, words, source, score in wanted]
    keep(desk, proposals)
    desk.window.suggesting.start()


def keep(desk: Desk, proposals: list[Proposal]) -> None:
    """Proposals for the open report that hold, so that nobody is asked."""
    from annotator.services.project_suggestions import ProjectSuggestions

    controller = desk.window.controller
    assert controller.session is not None and controller.report is not None
    ProjectSuggestions(controller.session).keep(controller.report, proposals)


def current(desk: Desk) -> str:
    """The words of the suggestion one stands on."""
    report, deciding = desk.window.controller.report, desk.window.suggesting.parts.deciding
    if not deciding.uid or report is None:
        return ""
    _label, start, end = deciding.uid.rsplit(":", 2)
    return report.text[int(start) : int(end)]


def left(desk: Desk) -> list[str]:
    """What is still offered."""
    offering = desk.window.suggesting.parts.offers.offering
    return [desk.text[o.proposal.start : o.proposal.end] for o in offering] if offering is not None else []


class TestHiddenLabels:
    def test_suggestions_of_hidden_labels_are_not_counted_among_the_rest(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.window.controller.set_hidden(frozenset({"INDICATOR"}))
        desk.view.set_caret(0)
        for _each in range(3):
            desk.key(KEY.Key_S)
        assert current(desk) == "梳理服务事项587项"
        assert desk.said() == "There is no further suggestion. 1 is left elsewhere in the report."
        desk.key(KEY.Key_S, SHIFT)
        desk.key(KEY.Key_X)
        desk.key(KEY.Key_X)
        assert desk.said() == "There is no further suggestion.", "what is hidden is not to be looked for"


class TestByKeys:
    def test_accept_reject_and_as_another_label_each_with_one_key(self, suggested: Suggested) -> None:
        desk = suggested()
        assert left(desk) == ["镇司法所", "梳理服务事项587项", "587项", "约45亿元"]
        desk.key(KEY.Key_S)
        assert current(desk) == "镇司法所"
        desk.key(KEY.Key_Space)
        assert current(desk) == "梳理服务事项587项"
        desk.key(KEY.Key_X)
        assert current(desk) == "587项"
        desk.key(KEY.Key_A)
        desk.key(KEY.Key_1)
        assert desk.words() == [("INSTITUTION", "镇司法所"), ("INDICATOR", "587项"), ("MEASURE", "约45亿元")]
        assert left(desk) == [] and current(desk) == ""
        made = desk.spans[1]
        assert (made.origin, made.score, UNSEEN in made.proposed) == ("quantities", 0.97, False)
        assert made.attributes["value"] == "587"

    def test_s_goes_on_and_back_without_deciding(self, suggested: Suggested) -> None:
        desk = suggested()
        for expected in ("镇司法所", "梳理服务事项587项", "587项"):
            desk.key(KEY.Key_S)
            assert current(desk) == expected
        desk.key(KEY.Key_S, SHIFT)
        assert current(desk) == "梳理服务事项587项"
        assert len(left(desk)) == 4 and desk.spans == []
        desk.key(KEY.Key_Escape)
        assert current(desk) == ""
        desk.key(KEY.Key_S)
        assert current(desk) == "梳理服务事项587项"

    def test_undo_brings_back_the_suggestion_the_caret_and_where_one_stood(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.key(KEY.Key_S)
        desk.key(KEY.Key_Space)
        desk.key(KEY.Key_X)
        assert current(desk) == "587项"
        desk.do("edit.undo")
        assert current(desk) == "梳理服务事项587项"
        assert desk.view.caret() == desk.find("梳理服务事项587项")[0]
        desk.do("edit.undo")
        assert current(desk) == "镇司法所" and desk.spans == []
        assert desk.view.caret() == desk.find("镇司法所")[0]
        desk.do("edit.redo")
        assert desk.words() == [("INSTITUTION", "镇司法所")]
        assert "镇司法所" not in left(desk)

    def test_an_edge_is_moved_and_then_accepted(self, suggested: Suggested) -> None:
        desk = suggested(MONEY)
        desk.key(KEY.Key_S)
        desk.key(KEY.Key_E)
        desk.key(KEY.Key_E)
        desk.key(KEY.Key_Right)
        desk.key(KEY.Key_Space)
        assert desk.words() == [("INDICATOR", "45亿元")]
        assert left(desk) == []
        desk.do("edit.undo")
        assert current(desk) == "约45亿元" and desk.spans == []

    def test_esc_puts_the_edges_back_first(self, suggested: Suggested) -> None:
        desk = suggested(MONEY)
        desk.key(KEY.Key_S)
        desk.key(KEY.Key_E)
        desk.key(KEY.Key_Left)
        desk.key(KEY.Key_Escape)
        assert current(desk) == "约45亿元"
        desk.key(KEY.Key_Space)
        assert desk.words() == [("INDICATOR", "约45亿元")]

    def test_enter_shows_why(self, suggested: Suggested) -> None:
        desk = suggested(MONEY)
        desk.key(KEY.Key_S)
        card = desk.window.suggesting.parts.card
        assert card.isVisible() and not card.why.isVisible()
        desk.key(KEY.Key_Return)
        assert card.why.isVisible() and "97 %" in card.why.text()

    def test_without_a_suggestion_under_it_a_key_means_what_it_always_did(self, suggested: Suggested) -> None:
        desk = suggested(MONEY)
        desk.key(KEY.Key_A)
        assert desk.window.keyboard.passes.kind == "clauses"
        desk.key(KEY.Key_S)
        assert desk.window.keyboard.passes.kind == "" and current(desk) == "约45亿元"
        desk.key(KEY.Key_J)
        assert current(desk) == "" and desk.view.selected_text()

    def test_a_key_that_is_held_down_decides_once(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.key(KEY.Key_S)
        desk.view.held = True
        desk.window.suggesting.parts.deciding.press("Space")
        assert desk.spans == []

    def test_keys_can_be_changed(self, suggested: Suggested) -> None:
        desk = suggested(MONEY)
        desk.window.actions_.keys.set_keys("suggestion.reject", ["Y"])
        desk.key(KEY.Key_S)
        desk.key(KEY.Key_Y)
        assert left(desk) == [] and desk.spans == []


class TestByMouse:
    def click(self, desk: Desk, words: str) -> None:
        desk.click(desk.find(words)[0] + 1)

    def test_clicked_accepted_rejected(self, suggested: Suggested) -> None:
        desk = suggested(OFFICE, MONEY)
        card = desk.window.suggesting.parts.card
        self.click(desk, "镇司法所")
        assert current(desk) == "镇司法所"
        QTest.mouseClick(card.button("accept"), Qt.MouseButton.LeftButton)
        assert desk.words() == [("INSTITUTION", "镇司法所")]
        assert current(desk) == "约45亿元"
        QTest.mouseClick(card.button("reject"), Qt.MouseButton.LeftButton)
        assert left(desk) == [] and len(desk.spans) == 1

    def test_an_edge_is_dragged(self, suggested: Suggested) -> None:
        desk = suggested(MONEY)
        self.click(desk, "约45亿元")
        edges, start = desk.view.edges, desk.find("45亿元")[0]
        span = edges.span()
        assert span is not None
        knob = edges.knob(span, "start")
        to = QPoint(desk.point(start).x() - 8, knob.y())
        port = desk.view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=knob)
        QTest.mouseMove(port, (knob + to) / 2)
        QTest.mouseMove(port, to)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=to)
        QTest.mouseClick(desk.window.suggesting.parts.card.button("accept"), Qt.MouseButton.LeftButton)
        assert desk.words() == [("INDICATOR", "45亿元")]


class TestRemembered:
    def test_restart_keeps_decisions_and_offers_the_rest(self, open_window: Open, project: Path) -> None:
        desk = open_window(project)
        offer(desk, MEASURE, OFFICE, MONEY)
        desk.key(KEY.Key_S)
        desk.key(KEY.Key_Space)
        desk.key(KEY.Key_X)
        desk.window.close()
        again = open_window(project)
        offer(again, MEASURE, OFFICE, MONEY)
        assert left(again) == ["约45亿元"]
        assert again.words() == [("INSTITUTION", "镇司法所")]

    def test_what_is_tagged_by_hand_is_offered_no_more_and_conflicts_are_shown(self, suggested: Suggested) -> None:
        desk = suggested(OFFICE, MONEY)
        desk.select("镇司法所")
        desk.key(KEY.Key_2)
        assert left(desk) == ["约45亿元"]
        desk.select("投入约45亿元")
        desk.key(KEY.Key_3)
        offering = desk.window.suggesting.parts.offers.offering
        assert offering is not None
        (only,) = list(offering)
        assert only.conflicts == (desk.spans[-1].uid,)
        desk.key(KEY.Key_Escape)
        desk.view.set_caret(0)
        desk.key(KEY.Key_S)
        assert "⚠" in desk.window.suggesting.parts.card.about.text()

    def test_a_done_report_is_offered_nothing_until_it_is_reopened(self, suggested: Suggested) -> None:
        desk = suggested(MONEY)
        desk.do("report.done")
        assert desk.window.suggesting.parts.offers.offering is None
        desk.do("report.in_progress")
        assert left(desk) == ["约45亿元"]


class TestBesideOtherWork:
    def painted(self, desk: Desk) -> list[str]:
        """What the report shows of suggestions, whatever is counted elsewhere."""
        found = {offer.uid: offer for n in range(len(desk.text)) for offer in desk.view.offers_at(n)}
        return [desk.text[offer.start : offer.end] for offer in found.values()]

    def test_while_the_text_is_edited_nothing_is_offered_and_then_it_is_again(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.key(KEY.Key_S)
        desk.do("text.edit")
        assert current(desk) == "" and not desk.window.suggesting.parts.card.isVisible()
        assert self.painted(desk) == []
        desk.key(KEY.Key_Escape)
        assert sorted(self.painted(desk)) == sorted(left(desk)) and len(left(desk)) == 4

    def test_an_answer_that_says_the_same_again_leaves_nothing_painted_under_a_span(self, suggested: Suggested) -> None:
        desk = suggested()
        offers = desk.window.suggesting.parts.offers
        assert offers.offering is not None
        offers.take(desk.window.controller.report, pack([offer.proposal for offer in offers.offering]))
        desk.key(KEY.Key_S)
        desk.key(KEY.Key_Space)
        assert "镇司法所" not in self.painted(desk) and sorted(self.painted(desk)) == sorted(left(desk))
