"""What a screen reader finds, asked as the platform asks: through QAccessible."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.ui.report_view import ReportView

TEXT = "一、总体情况\n𠮷镇人民政府\u00a0推进依法行政。"
HEADING = (0, 6)


@pytest.fixture
def reader(show):
    view = show(TEXT, [Span("a", 7, 13, "INSTITUTION"), Span("b", 7, 20, "MEASURE")], headings=[HEADING])
    interface = QAccessible.queryAccessibleInterface(view)
    return view, interface, interface.textInterface()


def test_it_is_a_read_only_text_with_a_name(reader):
    _view, interface, _text = reader
    assert interface.isValid()
    assert interface.role() == QAccessible.Role.EditableText
    assert interface.state().readOnly
    assert interface.state().focused
    assert interface.text(QAccessible.Text.Name)
    assert interface.valueInterface() is None
    assert interface.actionInterface() is None


def test_the_whole_text_is_there(reader):
    _view, _interface, text = reader
    assert text.characterCount() == len(TEXT) + 1  # one of them lies beyond U+FFFF
    assert text.text(0, text.characterCount()).replace("\u00a0", " ") == TEXT.replace("\u00a0", " ")


def test_caret_and_selection_are_followed(reader):
    view, _interface, text = reader
    view.set_caret(8)
    assert text.cursorPosition() == 9
    assert text.selectionCount() == 0
    view.set_selection(8, 13)
    assert text.cursorPosition() == 14
    assert text.selectionCount() == 1


def test_a_reader_can_move_the_caret_and_select(reader):
    view, _interface, text = reader
    text.setCursorPosition(9)
    assert view.selection() == (8, 8)
    text.setSelection(0, 7, 9)
    assert view.selection() == (7, 8)


def test_the_labels_at_the_caret_are_its_description(reader):
    view, interface, _text = reader
    view.set_caret(8)
    words = interface.text(QAccessible.Text.Description)
    schema = view.schema()
    titles = {schema.label(name).title.zh for name in ("MEASURE", "INSTITUTION")}
    english = {schema.label(name).title.en for name in ("MEASURE", "INSTITUTION")}
    assert set(words.split(" › ")) in (titles, english)
    view.set_caret(3)
    assert interface.text(QAccessible.Text.Description) == ""


def test_the_caret_is_where_the_reader_is_told(reader):
    view, _interface, text = reader
    view.set_caret(10)
    told = text.characterRect(text.cursorPosition())
    real = view.caret_rect()
    real.moveTopLeft(view.viewport().mapToGlobal(real.topLeft()))
    assert abs(told.x() - real.x()) <= 3
    assert abs(told.center().y() - real.center().y()) <= 10


def test_another_report_is_another_text(reader):
    view, _interface, text = reader
    view.set_report("别的报告", SpanIndex("别的报告"), view.schema())
    assert text.text(0, 4) == "别的报告"
    assert text.cursorPosition() == 0


def test_moves_are_announced(reader, monkeypatch):
    view, _interface, _text = reader
    told = []
    monkeypatch.setattr(
        "annotator.ui.report_view.accessible_text.QAccessible.updateAccessibility",
        lambda event: told.append(event.type()),
    )
    view.set_selection(2, 5)
    assert told == [QAccessible.Event.TextCaretMoved, QAccessible.Event.TextSelectionChanged]


def test_nothing_is_mirrored_before_a_reader_asks(show):
    view = show(TEXT)
    view.set_selection(0, 3)
    assert view._mirror is None


def test_the_view_can_go_while_a_reader_holds_on(show, schema):
    for _ in range(3):
        view = ReportView()
        view.set_report(TEXT, SpanIndex(TEXT), schema)
        interface = QAccessible.queryAccessibleInterface(view)
        interface.textInterface()
        view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QAccessible.queryAccessibleInterface(show("anew")).textInterface().characterCount() == 4
