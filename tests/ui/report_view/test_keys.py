"""Single keys reach whoever handles them, by key code, with any input method; menus do not steal them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from annotator.domain.span import Span
from annotator.ui.report_view.keys import key_name

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier


def pressed(code, modifiers=NONE, text="", repeats=False):
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers, text, repeats)


@pytest.mark.parametrize(
    ("code", "modifiers", "name"),
    [
        (Qt.Key.Key_1, NONE, "1"),
        (Qt.Key.Key_1, SHIFT, "Shift+1"),
        (Qt.Key.Key_Exclam, SHIFT, "Shift+1"),
        (Qt.Key.Key_ParenLeft, SHIFT, "Shift+9"),
        (0xFF11, NONE, "1"),
        (0xFF01, SHIFT, "Shift+1"),
        (0xFFE5, SHIFT, "Shift+4"),
        (Qt.Key.Key_2, KEYPAD, "2"),
        (Qt.Key.Key_J, NONE, "J"),
        (Qt.Key.Key_J, SHIFT, "Shift+J"),
        (Qt.Key.Key_Delete, NONE, "Del"),
        (Qt.Key.Key_Backspace, NONE, "Backspace"),
        (Qt.Key.Key_Enter, KEYPAD, "Return"),
        (Qt.Key.Key_Left, CTRL, "Ctrl+Left"),
        (Qt.Key.Key_Escape, NONE, "Esc"),
        (Qt.Key.Key_Shift, SHIFT, ""),
        (Qt.Key.Key_Control, CTRL, ""),
        (0, NONE, ""),
    ],
)
def test_what_a_key_is_called(code, modifiers, name):
    assert key_name(pressed(int(code), modifiers)) == name


@pytest.fixture
def heard(show):
    """A view whose handler takes digits, J and Delete."""
    view = show("推进依法行政\n第二行")
    got = []

    def handler(name, repeats):
        got.append((name, repeats))
        return name in ("1", "Shift+1", "J", "Del")

    view.key_handler = handler
    return view, got


@pytest.mark.parametrize("code", [Qt.Key.Key_1, 0xFF11])
def test_digits_of_both_widths_reach_the_handler(heard, code):
    view, got = heard
    event = pressed(int(code), text="１")
    QApplication.sendEvent(view, event)
    assert got == [("1", False)]
    assert event.isAccepted()


def test_auto_repeat_is_said(heard):
    view, got = heard
    QApplication.sendEvent(view, pressed(int(Qt.Key.Key_1), text="1", repeats=True))
    assert got == [("1", True)]


def test_standard_moves_and_copy_never_reach_the_handler(heard):
    view, got = heard
    view.set_selection(0, 2)
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_PageDown):
        QTest.keyClick(view, key, SHIFT)
    assert got == []
    assert QGuiApplication.clipboard().text() == "推进"


def test_a_key_that_nobody_takes_goes_on_to_the_window(heard):
    view, got = heard
    event = pressed(int(Qt.Key.Key_F6))
    QApplication.sendEvent(view, event)
    assert got == [("F6", False)]
    assert not event.isAccepted()


def test_enter_opens_the_selected_span_where_the_handler_leaves_it(heard, qtbot):
    view, _got = heard
    view.spans().add(Span("a", 0, 2, "MEASURE"))
    view.spans_changed([(0, 2)])
    view.set_selected_span("a")
    with qtbot.waitSignal(view.spanActivated) as activated:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert activated.args == ["a"]


@pytest.mark.parametrize(("wanted", "taken"), [(None, True), ({"1"}, True), (set(), False)])
def test_a_menu_with_the_same_key_gets_it_only_where_the_view_does_not_want_it(show, qtbot, wanted, taken):
    window = QMainWindow()
    qtbot.addWidget(window)
    view, menu, got = show("推进依法行政"), [], []
    action = QAction("one", window, shortcut="1")
    action.triggered.connect(lambda: menu.append("1"))
    window.addAction(action)
    window.setCentralWidget(view)
    view.key_handler = lambda name, repeats: got.append(name) is None
    view.wants_key = None if wanted is None else wanted.__contains__
    window.show()
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_1)
    view.setParent(None)
    assert (got, menu) == ((["1"], []) if taken else ([], ["1"]))


def test_no_input_method_is_accepted_even_after_the_focus_went_and_came(heard, qtbot):
    view, _got = heard
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)  # what a style or platform may do
    view.clearFocus()
    view.setFocus()
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    before = view.text()
    commit = QInputMethodEvent()
    commit.setCommitString("政")
    QApplication.sendEvent(view, commit)
    assert view.text() == before


def test_the_menu_key_opens_the_menu_at_the_selected_span(heard, qtbot):
    view, _got = heard
    view.spans().add(Span("a", 7, 9, "MEASURE"))
    view.spans_changed([(7, 9)])
    view.set_selected_span("a")
    with qtbot.waitSignal(view.contextMenuRequestedAt) as asked:
        QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert asked.args[1] == 7
