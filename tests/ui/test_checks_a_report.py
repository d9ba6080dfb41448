"""A person looks at what the checks found in a report, goes there, dismisses a finding and brings it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.ui.checking.page import CheckPage
from tests.ui.conftest import PERSON, Desk, Open

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier

#: A share that was cut off, a sum that is wrong, a share that holds.
TEXT = (
    "青溪县2021年法治政府建设年度报告\n一、主要举措\n"
    "　　受理纠纷499宗,调解成功498宗,调解成功率达99.7%。\n"
    "　　受理诉求200件,办结190件,办结率达99%。\n"
    "　　受理复议100件,审结50件,审结率达50%。\n"
)

Checked = Callable[[], Desk]


@pytest.fixture
def checked(open_window: Open, tmp_path: Path) -> Checked:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    path = tmp_path / "work.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, [file])
    session.close()

    def make() -> Desk:
        return answered(open_window(path))

    return make


def answered(desk: Desk) -> Desk:
    """Waits for the answer of the other process."""
    parts = desk.window.checks.parts
    desk.qtbot.waitUntil(lambda: parts.findings.known, timeout=20_000)
    return desk


def page(desk: Desk) -> CheckPage:
    desk.window.commands.do("view.checks")
    return desk.window.checks.page


def stated(desk: Desk) -> list[str]:
    return [found.stated for found in desk.window.checks.page.model.rows]


class TestList:
    def test_what_does_not_agree_is_listed_and_counted_what_agrees_is_folded_away(self, checked: Checked) -> None:
        desk = checked()
        listed = page(desk)
        assert stated(desk) == ["99.7%", "99%"]
        assert [found.verdict for found in listed.model.rows] == ["rounding", "disagrees"]
        assert desk.window.checks.tab.text() == "Checks 2"
        assert desk.window.checks.parts.sign.text() == "2 findings"
        listed.choice.setCurrentIndex(1)
        listed.show_rows()
        assert stated(desk) == ["50%"]

    def test_a_row_shows_all_its_places_and_its_working(self, checked: Checked) -> None:
        desk = checked()
        listed = page(desk)
        listed.view.setCurrentIndex(listed.model.index(1))
        current = desk.window.checks.parts.findings.current
        assert current is not None
        assert {desk.text[a:b] for a, b in current.places} == {"99%", "200件", "190件"}
        assert "95" in listed.working.text() and listed.foot.isVisible()
        QTest.keyClick(listed.view, KEY.Key_Return)
        assert desk.view.hasFocus() and desk.window.controller.caret == current.start

    def test_labels_are_named_by_their_titles(self, checked: Checked) -> None:
        desk = checked()
        for words, label in (("受理诉求", "MEASURE"), ("青溪县", "INSTITUTION"), ("青溪县", "MEASURE")):
            start, end = desk.find(words)
            desk.window.controller.select(())
            desk.window.controller.select_text(start, end)
            desk.window.controller.press_label(label, add=True)
        findings = desk.window.checks.parts.findings
        two = "lint.two_labels"
        desk.qtbot.waitUntil(lambda: any(one.kind == two for one in findings.found), timeout=20_000)
        listed = page(desk)
        listed.view.setCurrentIndex(
            listed.model.index(next(n for n, f in enumerate(listed.model.rows) if f.kind == two))
        )
        words = listed.working.text()
        assert "Institution" in words and "Measure" in words and "MEASURE" not in words

    def test_the_keys_go_from_finding_to_finding_and_round(self, checked: Checked) -> None:
        desk = checked()
        places = [found.start for found in desk.window.checks.parts.findings.open()]
        desk.view.set_caret(0)
        for place in (*places, places[0]):
            desk.key(KEY.Key_F8)
            assert desk.window.controller.caret == place
        desk.key(KEY.Key_F8, SHIFT)
        assert desk.window.controller.caret == places[-1]
        assert "Part and whole" in desk.said()

    def test_walking_away_takes_the_frames_off(self, checked: Checked) -> None:
        desk = checked()
        findings = desk.window.checks.parts.findings
        desk.view.set_caret(0)
        desk.key(KEY.Key_F8)
        assert findings.current is not None
        desk.key(KEY.Key_Left)
        assert findings.current is not None, "still at its places"
        desk.click(desk.find("受理复议")[0])
        assert findings.current is None


class TestMarks:
    def test_a_mark_stands_beside_the_row_says_the_working_and_takes_a_click(self, checked: Checked) -> None:
        desk = checked()
        desk.view.viewport().grab()
        marks = desk.window.checks.parts.marks
        assert [wanted.stated for _box, found in marks.shown for wanted in found] == ["99.7%", "99%"]
        middle = marks.shown[1][0].center().toPoint()
        assert "95" in marks.tip(middle)
        QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        current = desk.window.checks.parts.findings.current
        assert current is not None and current.stated == "99%"

    def test_they_can_be_switched_off(self, checked: Checked) -> None:
        desk = checked()
        desk.do("check.marks")
        desk.view.viewport().grab()
        assert desk.window.checks.parts.marks.shown == []
        assert desk.window.checks.tab.text() == "Checks 2"


class TestDismissing:
    def test_with_a_note_undone_and_brought_back(self, checked: Checked) -> None:
        desk = checked()
        listed = page(desk)
        listed.view.setCurrentIndex(listed.model.index(0))
        QTest.keyClick(listed.view, KEY.Key_Delete)
        QTest.keyClicks(listed.field, "as in the source")
        QTest.keyClick(listed.field, KEY.Key_Return)
        assert stated(desk) == ["99%"] and desk.window.checks.tab.text() == "Checks 1"
        desk.do("edit.undo")
        assert stated(desk) == ["99.7%", "99%"]
        desk.do("edit.redo")
        listed.choice.setCurrentIndex(2)
        listed.show_rows()
        assert stated(desk) == ["99.7%"]
        listed.view.setCurrentIndex(listed.model.index(0))
        assert "as in the source" in listed.note.text()
        QTest.mouseClick(listed.restore_button, Qt.MouseButton.LeftButton)
        assert stated(desk) == [] and desk.window.checks.tab.text() == "Checks 2"

    def test_it_stays_dismissed_after_a_restart(self, checked: Checked) -> None:
        desk = checked()
        listed = page(desk)
        listed.view.setCurrentIndex(listed.model.index(0))
        QTest.mouseClick(listed.dismiss_button, Qt.MouseButton.LeftButton)
        desk.window.close()
        again = checked()
        assert [found.stated for found in again.window.checks.parts.findings.open()] == ["99%"]


class TestLint:
    def test_a_span_that_looks_wrong_comes_after_the_edit_and_goes_with_it(self, checked: Checked) -> None:
        desk = checked()
        page(desk)
        desk.select("受理纠纷")
        desk.key(KEY.Key_3)
        findings = desk.window.checks.parts.findings
        desk.qtbot.waitUntil(lambda: any(found.is_lint for found in findings.open()), timeout=10_000)
        lint = next(found for found in findings.open() if found.is_lint)
        listed = desk.window.checks.page
        listed.view.setCurrentIndex(listed.model.index(listed.model.rows.index(lint)))
        assert desk.window.controller.caret == desk.find("受理纠纷")[0]
        desk.do("edit.undo")
        desk.qtbot.waitUntil(lambda: not any(found.is_lint for found in findings.open()), timeout=10_000)
