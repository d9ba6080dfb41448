"""Somebody fills in what a span says without touching the mouse; what the program proposed is shown as such until seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.entity_panel.editor import SpanEditor
from annotator.ui.entity_panel.fields import AttributeField, ChoiceField, LineField
from tests.ui.conftest import Desk, Open


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    desk.select("约45亿元")
    desk.key(Qt.Key.Key_3)
    return desk


def editor(desk: Desk) -> SpanEditor:
    return desk.window.entity_panel.editor


def field(desk: Desk, name: str) -> AttributeField:
    return editor(desk).fields[name]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, held)


def choice(desk: Desk, name: str) -> ChoiceField:
    found = field(desk, name)
    assert isinstance(found, ChoiceField)
    return found


def test_enter_leads_through_all_fields_and_escape_back_to_the_caret(desk: Desk) -> None:
    caret = desk.view.caret()
    desk.key(Qt.Key.Key_Return)
    order = list(editor(desk).fields)
    for name in order:
        assert focused() is field(desk, name).focusProxy()
        press(Qt.Key.Key_Return)
    assert focused() is editor(desk).note
    press(Qt.Key.Key_Escape)
    assert desk.view.hasFocus()
    assert desk.view.caret() == caret


def test_enter_keeps_and_goes_on_and_a_value_out_of_its_limits_stays(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return)
    value = field(desk, "value")
    assert isinstance(value, LineField)
    value.line.setText("many")
    press(Qt.Key.Key_Return)
    assert focused() is value.line
    assert not value.problem.isHidden()
    value.line.setText("46亿")
    press(Qt.Key.Key_Return)
    assert focused() is field(desk, "value_max").focusProxy()
    assert desk.spans[0].attributes["value"] == "4600000000"


def test_tab_and_shift_tab_go_from_field_to_field(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab)
    assert focused() is field(desk, "value_max").focusProxy()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    assert focused() is choice(desk, "qualifier").box
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused() is field(desk, "unit").focusProxy()


def test_digits_and_first_letters_choose(desk: Desk) -> None:
    box = choice(desk, "qualifier").box
    box.setFocus()
    press(Qt.Key.Key_1)
    assert desk.spans[0].attributes["qualifier"] == "exact"
    press(Qt.Key.Key_B)
    assert desk.spans[0].attributes["qualifier"] == "below"
    press(Qt.Key.Key_A)
    assert desk.spans[0].attributes["qualifier"] == "approx"
    press(Qt.Key.Key_A)
    assert desk.spans[0].attributes["qualifier"] == "at_least"
    press(Qt.Key.Key_9)
    assert desk.spans[0].attributes["qualifier"] == "at_least"
    assert focused() is box


def test_a_choice_without_default_is_taken_away_with_nought(desk: Desk) -> None:
    choice(desk, "direction").box.setFocus()
    press(Qt.Key.Key_1)
    assert desk.spans[0].attributes["direction"] == "up"
    press(Qt.Key.Key_0)
    assert "direction" not in desk.spans[0].attributes
    press(Qt.Key.Key_Escape)
    assert desk.view.hasFocus()


def test_several_spans_at_once_from_the_keyboard(desk: Desk) -> None:
    desk.select("21场")
    desk.key(Qt.Key.Key_3)
    desk.window.controller.select([span.uid for span in desk.spans])
    desk.view.setFocus()
    desk.key(Qt.Key.Key_Return)
    value = field(desk, "value")
    assert isinstance(value, LineField)
    assert value.mixed
    assert value.line.placeholderText()
    press(Qt.Key.Key_Return)  # an empty field of different values changes nothing
    assert {span.attributes["value"] for span in desk.spans} == {"4500000000", "21"}
    choice(desk, "role").box.setFocus()
    press(Qt.Key.Key_2)
    assert [span.attributes["role"] for span in desk.spans] == ["target", "target"]
    desk.do("edit.undo")
    assert [span.attributes["role"] for span in desk.spans] == ["result", "result"]


def test_a_note_on_the_span_by_key(desk: Desk) -> None:
    desk.key(Qt.Key.Key_W)
    assert focused() is editor(desk).note
    QTest.keyClicks(focused(), "check")
    press(Qt.Key.Key_Return)
    assert desk.spans[0].note == "check"
    assert desk.view.hasFocus()


# ---- proposed until seen ---------------------------------------------------------------------------


def test_what_the_text_says_is_shown_as_proposed(desk: Desk) -> None:
    assert "value" in desk.spans[0].proposed
    value = field(desk, "value")
    assert not value.ring.isHidden()
    proxy = value.focusProxy()
    assert proxy is not None
    assert proxy.font().italic()
    assert "not looked at" in proxy.accessibleDescription()
    assert field(desk, "period").ring.isHidden()


def test_passing_by_is_not_seeing(desk: Desk) -> None:
    desk.window.controller.select(())
    assert "value" in desk.spans[0].proposed


def test_reading_is_seeing_once_the_span_is_left(desk: Desk) -> None:
    step = desk.window.controller.next_undo()
    desk.window.tagging.seen.reading = 0.0
    assert "value" in desk.spans[0].proposed
    desk.window.controller.select(())
    desk.qtbot.waitUntil(lambda: desk.spans[0].proposed == ())
    assert desk.window.controller.next_undo() == step
    desk.window.controller.select([desk.spans[0].uid])
    assert field(desk, "value").ring.isHidden()


def test_entering_the_editor_is_seeing(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    desk.window.controller.select(())
    desk.qtbot.waitUntil(lambda: desk.spans[0].proposed == ())


def test_seen_stays_seen_after_a_restart(desk: Desk, open_window: Open, project: Path) -> None:
    desk.key(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    desk.window.close()
    again = open_window(project)
    assert again.spans[0].proposed == ()


def test_a_value_set_by_hand_is_proposed_no_longer(desk: Desk) -> None:
    desk.window.controller.set_attribute([desk.spans[0].uid], "value", "46")
    assert "value" not in desk.spans[0].proposed
    assert "unit" in desk.spans[0].proposed
    assert field(desk, "value").ring.isHidden()
    assert not field(desk, "unit").ring.isHidden()
