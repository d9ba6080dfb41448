"""A person works in the list of suggestions, accepts many at once, and annotates blind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from annotator.domain.deciding import UNSEEN
from annotator.domain.suggestion import Proposal
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.session import Session
from annotator.ui.suggesting.page import SuggestionPage
from tests.ui.conftest import PERSON, Desk, Open
from tests.ui.test_suggestions_decided import ITEMS, MEASURE, MONEY, OFFICE, current, left, offer

KEY = Qt.Key
Suggested = Callable[..., Desk]


@pytest.fixture
def suggested(open_window: Open, project: Path) -> Suggested:
    def make(*wanted: tuple[str, str, str, float]) -> Desk:
        desk = open_window(project)
        offer(desk, *(wanted or (MEASURE, OFFICE, ITEMS, MONEY)))
        return desk

    return make


def page(desk: Desk) -> SuggestionPage:
    desk.window.commands.do("view.suggestions")
    return desk.window.suggesting.page


def rows(desk: Desk) -> list[str]:
    """What the list shows, lines of groups included."""
    model = desk.window.suggesting.page.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


class TestList:
    def test_a_row_each_with_source_and_score_and_its_place_is_found(self, suggested: Suggested) -> None:
        desk = suggested()
        listed = page(desk)
        assert rows(desk) == ["镇司法所", "梳理服务事项587项", "587项", "约45亿元"]
        assert desk.window.suggesting.tab.text() == "Suggestions 4"
        listed.view.setCurrentIndex(listed.model.index(3))
        assert current(desk) == "约45亿元"
        assert "97 %" in listed.why.text()
        desk.key(KEY.Key_Space)
        assert rows(desk) == ["镇司法所", "梳理服务事项587项", "587项"]

    def test_several_are_accepted_or_rejected_as_one_step(self, suggested: Suggested) -> None:
        desk = suggested()
        listed = page(desk)
        listed.view.selectAll()
        QTest.keyClick(listed.view, KEY.Key_X)
        assert left(desk) == [] and desk.spans == [] and rows(desk) == []
        desk.do("edit.undo")
        assert len(left(desk)) == 4
        listed.view.selectionModel().select(listed.model.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        listed.view.selectionModel().select(listed.model.index(3), QItemSelectionModel.SelectionFlag.Select)
        QTest.mouseClick(listed.accept, Qt.MouseButton.LeftButton)
        assert desk.words() == [("INSTITUTION", "镇司法所"), ("INDICATOR", "约45亿元")]
        assert all(UNSEEN in span.proposed for span in desk.spans)

    def test_one_is_accepted_with_its_key_and_the_next_one_is_there(self, suggested: Suggested) -> None:
        desk = suggested()
        listed = page(desk)
        listed.view.setCurrentIndex(listed.model.index(1))
        QTest.keyClick(listed.view, KEY.Key_Space)
        assert desk.words() == [("MEASURE", "梳理服务事项587项")]
        assert UNSEEN not in desk.spans[0].proposed
        assert current(desk) == "587项"

    def test_grouped_sorted_filtered(self, suggested: Suggested) -> None:
        desk = suggested()
        listed = page(desk)
        listed.bar.arrange("source", "surest")
        assert rows(desk)[0] == "Numbers" and set(rows(desk)[1:3]) == {"587项", "约45亿元"}
        listed.bar.arrange("none", "score")
        assert rows(desk)[0] == "梳理服务事项587项"
        listed.bar.narrow(frozenset({"unsure"}))
        assert rows(desk) == ["梳理服务事项587项"]
        listed.bar.narrow(frozenset({"label:INDICATOR", "label:INSTITUTION", "sure"}))
        assert sorted(rows(desk)) == sorted(["镇司法所", "587项", "约45亿元"])
        listed.bar.narrow(frozenset())
        listed.filter.setText("司法")
        assert rows(desk) == ["镇司法所"]
        listed.filter.setText("nothing of the kind")
        assert rows(desk) == [] and "filter" in listed._empty.text()


class TestMany:
    def test_above_a_score_in_the_report_as_one_step(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.key(KEY.Key_A, Qt.KeyboardModifier.ShiftModifier)
        bar = desk.window.suggesting.parts.many.bar
        bar.least.setValue(95)
        assert bar.count.text() == "2 suggestions"
        bar.source.setCurrentIndex(bar.source.findData("institutions"))
        assert bar.count.text() == "0 suggestions" and not bar.go.isEnabled()
        bar.least.setValue(90)
        assert bar.count.text().startswith("1 ")
        bar.source.setCurrentIndex(0)
        bar.accepted.emit()
        assert len(desk.spans) == 3 and not bar.isVisible()
        assert left(desk) == ["梳理服务事项587项"]
        desk.do("edit.undo")
        assert desk.spans == [] and len(left(desk)) == 4

    def test_in_the_project_by_a_job_as_one_step(self, suggested: Suggested) -> None:
        desk = suggested()
        window, controller = desk.window, desk.window.controller
        session = controller.session
        assert session is not None
        project = ProjectSuggestions(session)
        for number in session.store.reports.ids()[1:]:
            report = session.open_report(number)
            start = report.text.index("年")
            project.keep(report, [Proposal(start, start + 1, "MEASURE", "measures", 0.95)])
        window.commands.do("suggestion.many")
        many = window.suggesting.parts.many
        many.bar.scope.setCurrentIndex(1)
        many.bar.scoped.emit()
        desk.wait_for_job()
        assert many.bar.count.text() == "5 suggestions in 3 reports"
        many.bar.accepted.emit()
        desk.wait_for_job()
        assert len(desk.spans) == 3
        assert session.store.totals.stats(session.person.uid).reports == 3
        assert "5 suggestions" in desk.said()
        desk.do("edit.undo")
        assert desk.spans == []
        assert all(len(session.open_report(n).spans) == 0 for n in session.store.reports.ids())

    def test_what_came_with_many_is_marked_until_somebody_passes_over_it(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.window.commands.do("suggestion.many")
        desk.window.suggesting.parts.many.accept()
        assert all(UNSEEN in span.proposed for span in desk.spans)
        desk.window.tagging.seen.passing = 0.0
        desk.view.set_caret(0)
        desk.key(KEY.Key_L)
        desk.key(KEY.Key_L)
        desk.qtbot.waitUntil(lambda: UNSEEN not in desk.spans[0].proposed, timeout=2000)
        assert UNSEEN in desk.spans[-1].proposed
        kinds = [item.kind for item in desk.window.flow.done.items()]
        assert kinds.count("unseen") == len(desk.spans) - 1
        assert kinds.count("suggestion") == 1


class TestBlind:
    def test_a_report_annotated_blind_is_offered_nothing_and_its_set_says_so(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.do("blind.report")
        parts = desk.window.suggesting.parts
        assert parts.offers.offering is None and parts.switches.sign.isVisible()
        desk.key(KEY.Key_S)
        assert "blind" in desk.said()
        desk.select("镇司法所")
        desk.key(KEY.Key_2)
        session, report = desk.window.controller.session, desk.window.controller.report
        assert session is not None and report is not None
        own = session.store.sets.load(report.id, session.person.uid)
        assert own is not None and own.extra == {"blind": True}
        desk.do("edit.undo")
        assert desk.spans == []
        desk.do("blind.report")
        assert len(left(desk)) == 4 and not parts.switches.sign.isVisible()

    def test_for_me_everywhere_and_after_a_restart(self, open_window: Open, project: Path) -> None:
        desk = open_window(project)
        offer(desk, MONEY)
        desk.do("blind.person")
        desk.window.close()
        again = open_window(project)
        offer(again, MONEY)
        assert left(again) == []
        session = Session.open(project, PERSON, write=False)
        assert ("person", session.person.uid) in session.store.suggestions.blind()
        session.close()

    def test_a_report_of_no_part_says_how_it_gets_into_one(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.do("blind.part")
        assert "part" in desk.said() and len(left(desk)) == 4

    def test_what_was_learned_before_is_forgotten_and_strings_are_counted_anew(
        self, suggested: Suggested, qtbot
    ) -> None:
        desk = suggested(MONEY)
        desk.select("镇司法所")
        desk.key(KEY.Key_2)
        parts = desk.window.suggesting.parts
        parts.teacher.collect()
        qtbot.waitUntil(lambda: parts.teacher._known, timeout=20_000)
        assert parts.offers.project is not None
        assert "镇司法所" in str(parts.offers.project.lexicon.entries())
        desk.do("blind.report")
        qtbot.waitUntil(lambda: parts.offers.project.lexicon.entries() == [], timeout=20_000)

    def test_a_set_is_marked_though_suggestions_are_switched_off(self, open_window: Open, project: Path) -> None:
        desk = open_window(project)
        offer(desk, MONEY)
        desk.do("blind.person")
        desk.do("suggest.on")
        desk.window.close()
        again = open_window(project)
        again.window.suggesting.start()
        again.select("镇司法所")
        again.key(KEY.Key_2)
        session, report = again.window.controller.session, again.window.controller.report
        assert session is not None and report is not None
        own = session.store.sets.load(report.id, session.person.uid)
        assert own is not None and own.extra == {"blind": True}


class TestSwitches:
    def test_off_and_on_again(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.do("suggest.on")
        assert left(desk) == []
        desk.key(KEY.Key_S)
        assert "off" in desk.said()
        desk.do("suggest.on")
        assert len(left(desk)) == 4

    def test_a_source_is_not_asked_any_more(self, suggested: Suggested) -> None:
        desk = suggested()
        desk.do("sources.quantities")
        assert "quantities" not in desk.window.settings.get("suggest.sources")
        assert left(desk) == ["镇司法所", "梳理服务事项587项"]
        desk.do("sources.quantities")
        assert desk.window.settings.get("suggest.sources") == []

    def test_a_folder_without_a_model_is_refused(self, suggested: Suggested, tmp_path: Path) -> None:
        desk = suggested()
        desk.window.suggesting.parts.switches.use_folder(str(tmp_path))
        assert desk.window.settings.get("suggest.model") == "" and "no spaCy model" in desk.said()

    def test_how_the_sources_did(self, suggested: Suggested) -> None:
        from annotator.ui.suggesting.scores import ScoresDialog

        desk = suggested(OFFICE, MONEY)
        desk.key(KEY.Key_S)
        desk.key(KEY.Key_Space)
        desk.key(KEY.Key_X)
        desk.do("suggest.scores")
        dialog = desk.window.findChild(ScoresDialog)
        assert dialog is not None
        assert [cells[2:5] for cells in dialog.cells] == [("1", "0", "100.0%"), ("0", "1", "0.0%")]
        cut = [label.text() for label in dialog.findChildren(QLabel) if label.height() < label.fontMetrics().height()]
        assert dialog.isVisible() and not cut
        dialog.close()
