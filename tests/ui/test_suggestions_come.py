"""How suggestions come onto the screen: what is known at once, the rules before what was learned, the next reports ahead."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.packed_proposals import pack
from annotator.domain.suggestion import Proposal
from annotator.services.helper_answer import Answer
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.storage.suggestions import Learned
from tests.ui.conftest import Desk, Open
from tests.ui.test_suggestions_decided import current, left, offer

OFFICE = ("INSTITUTION", "镇司法所", "institutions", 0.92)
MONEY = ("INDICATOR", "约45亿元", "quantities", 0.97)


class Asked:
    """What was asked of the other process; answered when a test says so."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waiting: dict[Hashable, tuple[Any, Callable[[Answer], None]]] = {}
        self.asked: list[Hashable] = []
        background = desk.window.background
        monkeypatch.setattr(background, "ask", self._ask)
        monkeypatch.setattr(background, "cancel", lambda key: self.waiting.pop(key, None))

    def _ask(self, task: str, payload: Any, key: Hashable, then: Callable[[Answer], None], **_known: Any) -> None:
        if task == "suggest":
            self.asked.append(key)
            self.waiting[key] = (payload, then)

    def answer(self, key: Hashable, *proposals: Proposal) -> None:
        """The answer to what was asked under a key."""
        _payload, then = self.waiting.pop(key)
        then(Answer("suggest", key, 1, (tuple(pack(proposals)), []), None))


def proposal(desk: Desk, wanted: tuple[str, str, str, float]) -> Proposal:
    label, words, source, score = wanted
    return Proposal(*desk.find(words), label, source, score)


def teach(desk: Desk) -> None:
    """Models were made that are of use."""
    session = desk.window.controller.session
    assert session is not None
    notes = {"judged": {"INSTITUTION": {"used": True}}}
    session.store.suggestions.learn(Learned("learned", "2026-01-01T00:00:00Z", 1, notes, b"none"))


def test_what_was_kept_stands_until_the_strings_of_the_project_are_counted(
    open_window: Open, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_window(project)
    session, report = desk.window.controller.session, desk.window.controller.report
    assert session is not None and report is not None
    before = ProjectSuggestions(session)
    before.lexicon.tagged("镇司法所", "INSTITUTION")  # as it was known when the program ended
    before.keep(report, [proposal(desk, OFFICE), proposal(desk, MONEY)])
    asked = Asked(desk, monkeypatch)
    desk.window.suggesting.start()
    offers = desk.window.suggesting.parts.offers
    assert left(desk) == ["镇司法所", "约45亿元"] and asked.asked == []
    assert offers.project is not None
    offers.project.collected(before.lexicon)
    offers.taught()
    assert asked.asked == []  # it holds
    offers.project.lexicon.tagged("约45亿元", "INSTITUTION")
    offers.taught()
    assert asked.asked == [("suggest", report.id)]


def test_a_string_that_was_tagged_once_counts_once(open_window: Open, project: Path, qtbot) -> None:
    desk = open_window(project)
    start, end = desk.find("镇司法所")
    controller = desk.window.controller
    assert controller.editor is not None and controller.report is not None
    controller.editor.tag(controller.report, start, end, "INSTITUTION")
    desk.window.suggesting.start()
    parts = desk.window.suggesting.parts
    qtbot.wait(200)  # whoever counts at once has done so
    parts.teacher.collect()
    qtbot.waitUntil(lambda: parts.teacher._known, timeout=20_000)
    assert parts.offers.project is not None
    assert parts.offers.project.lexicon.entries() == [("镇司法所", "INSTITUTION", 1, 0)]


def test_what_the_rules_say_comes_before_what_was_learned(
    open_window: Open, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_window(project)
    teach(desk)
    asked = Asked(desk, monkeypatch)
    desk.window.suggesting.start()
    report, offers = desk.window.controller.report, desk.window.suggesting.parts.offers
    assert report is not None
    first, whole = ("suggest first", report.id), ("suggest", report.id)
    assert asked.asked == [first, whole]
    assert "learned" not in asked.waiting[first][0][-1] and "learned" in asked.waiting[whole][0][-1]
    asked.answer(first, proposal(desk, OFFICE))
    assert left(desk) == ["镇司法所"] and offers.waiting
    desk.window.suggesting.parts.deciding.step(1)
    asked.answer(whole, proposal(desk, MONEY))
    assert current(desk) == "镇司法所"  # nothing goes away under the caret
    assert left(desk) == ["镇司法所", "约45亿元"] and not offers.waiting
    offers.ask_anew()
    assert asked.asked[2:] == [whole]  # something is on the screen: nobody need be quick


def test_an_answer_for_a_report_that_was_left_is_nobodys(
    open_window: Open, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_window(project)
    teach(desk)
    asked = Asked(desk, monkeypatch)
    desk.window.suggesting.start()
    desk.do("report.next")
    report = desk.window.controller.report
    assert report is not None
    assert list(asked.waiting) == [("suggest first", report.id), ("suggest", report.id)]


def test_the_next_reports_are_asked_about_while_nothing_else_is(
    open_window: Open, project: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    desk = open_window(project)
    offer(desk, MONEY)
    offers, session = desk.window.suggesting.parts.offers, desk.window.controller.session
    assert session is not None and offers.project is not None
    offers.project.strings_known = True
    asked = Asked(desk, monkeypatch)
    ids = session.store.reports.ids()
    offers.look()
    for number in ids[1:]:
        qtbot.waitUntil(lambda: "suggest ahead" in asked.waiting, timeout=5000)
        assert asked.waiting["suggest ahead"][0][0] == session.store.reports.text(number)
        asked.answer("suggest ahead", Proposal(0, 2, "INSTITUTION", "institutions", 0.9))
    qtbot.wait(600)
    assert asked.asked == ["suggest ahead"] * 2  # then it ends: all have theirs
    desk.do("report.next")
    assert len(left(desk)) == 1 and asked.asked == ["suggest ahead"] * 2


def test_very_many_come_in_turns_those_on_the_screen_first(
    open_window: Open, project: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    from annotator.ui.suggesting import offers as module

    desk = open_window(project)
    asked = Asked(desk, monkeypatch)
    for name, value in (("_AT_ONCE", 1), ("_TURN_SECONDS", 0.0), ("_FIRST_PIECES", 1)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr("annotator.domain.packed_proposals.PIECE", 1)
    desk.window.suggesting.start()
    report, offers = desk.window.controller.report, desk.window.suggesting.parts.offers
    assert report is not None
    asked.answer(("suggest", report.id), proposal(desk, OFFICE), proposal(desk, MONEY))
    offers._turning.stop()  # a turn when the test says so
    assert offers.offering is None and offers.waiting
    offers._turn()
    assert left(desk) == ["镇司法所"] and offers.waiting
    offers._turning.start()
    qtbot.waitUntil(lambda: not offers._turning.isActive(), timeout=5000)
    assert left(desk) == ["镇司法所", "约45亿元"] and not offers.waiting
    offers.look()  # now from what was kept
    assert offers.offering is None and offers.waiting
    offers._turn()
    assert left(desk) == ["镇司法所"] and offers.waiting
    desk.do("report.next")
    assert offers.offering is None and not offers._turning.isActive()
