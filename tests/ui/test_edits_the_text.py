"""Somebody mends the text of a report in place: by keys, by an input method, from the clipboard; and keeps or drops it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain import moved_spans
from annotator.domain.changes import Wording
from annotator.domain.report import AnnotationSet, Report
from annotator.domain.span import Span, new_uid
from annotator.domain.text_edit import Moved, TextEdit, moved_words
from annotator.services import long_edits
from annotator.services.session import Session
from annotator.storage import verify
from annotator.ui.tasks import Task
from annotator.ui.text_edit.mode import TextEditMode
from tests.ui.conftest import Desk, Open

Key, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    """A window with one institution tagged."""
    desk = open_window(project)
    desk.select("镇司法所")
    desk.key(Key.Key_2)
    assert [words for _label, words in desk.words()] == ["镇司法所"]
    return desk


@pytest.fixture
def mode(desk: Desk) -> TextEditMode:
    """The text being edited."""
    desk.key(Key.Key_E, CTRL | SHIFT)
    mode = desk.window.text_editing.mode
    assert mode.active
    return mode


def caret_before(desk: Desk, words: str) -> None:
    desk.view.set_caret(desk.view.text().index(words))


def compose(desk: Desk, preedit: str = "", commit: str = "", replace: tuple[int, int] = (0, 0)) -> None:
    """What an input method sends."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit, *replace)
    QApplication.sendEvent(desk.view, event)


def ask(desk: Desk, query: Qt.InputMethodQuery) -> object:
    event = QInputMethodQueryEvent(query)
    QApplication.sendEvent(desk.view, event)
    return event.value(query)


def steps(desk: Desk) -> int:
    session = desk.window.controller.session
    return len(session.store.history.steps(desk.window.controller.report.id))


def test_letters_are_typed_not_done_and_the_span_moves_along_as_one_types(desk: Desk, mode: TextEditMode) -> None:
    before, there = desk.text, steps(desk)
    caret_before(desk, "云岭镇")
    QTest.keyClicks(desk.view, "12 fj")
    assert desk.view.text() == "12 fj" + before
    (span,) = desk.view.spans()
    assert desk.view.text()[span.start : span.end] == "镇司法所"
    assert desk.text == before and steps(desk) == there, "nothing is written before it is kept"
    desk.key(Key.Key_Return, CTRL)
    assert desk.text == "12 fj" + before and steps(desk) == there + 1
    assert [words for _label, words in desk.words()] == ["镇司法所"]
    assert not mode.active and desk.view.caret() == 5
    assert "5" in desk.said()
    desk.key(Key.Key_Z, CTRL)
    assert desk.text == before and [words for _label, words in desk.words()] == ["镇司法所"]
    assert verify(desk.window.controller.session.store) == []


def test_an_input_method_composes_in_the_text_and_only_what_it_commits_stays(desk: Desk, mode: TextEditMode) -> None:
    before = desk.text
    assert desk.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    caret_before(desk, "司法所")
    compose(desk, "ji")
    compose(desk, "ji ceng")
    assert "镇ji ceng司法所" in desk.view.text() and mode.draft.text == before
    desk.key(Key.Key_Return)  # the input method's own, where it lets one through
    assert "镇ji ceng司法所" in desk.view.text()
    compose(desk, "", "基层")
    assert "镇基层司法所" in desk.view.text() and mode.draft.preedit == ""
    desk.key(Key.Key_Return, CTRL)
    assert [words for _label, words in desk.words()] == ["镇基层司法所"]
    assert not desk.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_an_input_method_learns_where_the_caret_is_and_what_stands_around_it(desk: Desk, mode: TextEditMode) -> None:
    caret_before(desk, "司法所")
    line = ask(desk, Qt.InputMethodQuery.ImSurroundingText)
    at = ask(desk, Qt.InputMethodQuery.ImCursorPosition)
    assert str(line)[int(at) :].startswith("司法所") and "\n" not in str(line)
    assert ask(desk, Qt.InputMethodQuery.ImEnabled) is True
    rect = ask(desk, Qt.InputMethodQuery.ImCursorRectangle)
    assert rect.height() > 5 and desk.view.rect().contains(rect)
    desk.key(Key.Key_Home)
    assert ask(desk, Qt.InputMethodQuery.ImCursorRectangle) != rect


def test_an_input_method_may_take_back_what_stands_before_the_caret(desk: Desk, mode: TextEditMode) -> None:
    caret_before(desk, "司法所")
    QTest.keyClicks(desk.view, "ab")
    compose(desk, "", "甲", (-2, 2))
    assert "镇甲司法所" in desk.view.text()


def test_what_is_composed_counts_when_one_clicks_elsewhere(desk: Desk, mode: TextEditMode) -> None:
    caret_before(desk, "司法所")
    compose(desk, "乙")
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton)
    assert mode.draft.preedit == "" and "镇乙司法所" in mode.draft.text


def test_a_broken_line_is_joined_at_its_end_and_a_line_is_broken(desk: Desk, mode: TextEditMode) -> None:
    caret_before(desk, "\n一、")
    desk.key(Key.Key_Delete)
    assert "报告一、" in desk.view.text()
    desk.key(Key.Key_Return)
    assert mode.draft.text == mode.draft.base and not mode.draft.changed
    desk.key(Key.Key_Backspace)
    desk.key(Key.Key_Return, CTRL)
    assert "报告一、" in desk.text


def test_what_is_pasted_is_plain_and_normalised_and_what_is_cut_is_on_the_clipboard(
    desk: Desk, mode: TextEditMode
) -> None:
    caret_before(desk, "镇司法所")
    for _ in range(4):
        desk.key(Key.Key_Right, SHIFT)
    desk.key(Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "镇司法所" and "镇司法所" not in mode.draft.text
    QGuiApplication.clipboard().setText("县\r\n局")
    desk.key(Key.Key_V, CTRL)
    assert "县\n局共梳理" in mode.draft.text


def test_undo_in_the_draft_goes_back_by_what_was_typed_in_one_go(desk: Desk, mode: TextEditMode) -> None:
    before = desk.text
    caret_before(desk, "司法所")
    QTest.keyClicks(desk.view, "ab")
    desk.key(Key.Key_Left)
    QTest.keyClicks(desk.view, "c")
    assert "镇acb司法所" in mode.draft.text
    desk.key(Key.Key_Z, CTRL)
    assert "镇ab司法所" in mode.draft.text
    desk.key(Key.Key_Z, CTRL)
    assert mode.draft.text == before
    desk.key(Key.Key_Z, CTRL | SHIFT)
    assert "镇ab司法所" in mode.draft.text
    assert [words for _label, words in desk.words()] == ["镇司法所"], "the project's own undo was not touched"


def test_esc_leaves_at_once_without_changes_and_asks_once_with_some(desk: Desk, mode: TextEditMode) -> None:
    before, there = desk.text, steps(desk)
    desk.key(Key.Key_Escape)
    assert not mode.active and steps(desk) == there
    desk.key(Key.Key_E, CTRL | SHIFT)
    caret_before(desk, "司法所")
    QTest.keyClicks(desk.view, "x")
    desk.key(Key.Key_Escape)
    assert mode.active and "once more" in mode.bar.words.text()
    QTest.keyClicks(desk.view, "y")
    desk.key(Key.Key_Escape)
    assert mode.active and "镇xy司法所" in desk.view.text()
    desk.key(Key.Key_Escape)
    assert not mode.active and desk.text == before == desk.view.text() and steps(desk) == there
    assert "dropped" in desk.said()
    desk.key(Key.Key_J)
    assert desk.view.selection() != (0, 0), "the keys act again"


def test_the_bar_lists_what_is_touched_and_whose_work_moves(desk: Desk, qtbot: object) -> None:
    session, report = desk.window.controller.session, desk.window.controller.report
    step = session.store.history.begin_bulk("import", Wording("x"), session.person.uid)
    start, end = desk.find("镇政务服务中心")
    theirs = AnnotationSet("乙", status="done", spans=[Span(new_uid(), start, end, "INSTITUTION")])
    session.store.sets.add(report.id, theirs, step)
    session.announce_job(session.store.history.end_bulk(step))
    desk.key(Key.Key_E, CTRL | SHIFT)
    mode = desk.window.text_editing.mode
    caret_before(desk, "司法所")
    QTest.keyClicks(desk.view, "x")
    caret_before(desk, "政务服务中心")
    desk.key(Key.Key_Delete)
    desk.qtbot.waitUntil(lambda: mode.bar.touched.words_menu.actions() != [])
    lines = [action.text() for action in mode.bar.touched.words_menu.actions()]
    assert ["镇x司法所" in line for line in lines] == [True, False]
    assert "乙" in lines[1] and "镇务服务中心" in lines[1]
    assert "乙" in mode.bar.others.text() and "done" in mode.bar.others.text()
    mode.bar.touched.words_menu.actions()[1].trigger()
    start, end = desk.view.selection()
    assert desk.view.text()[start:end] == "镇务服务中心"


def test_meanwhile_other_actions_wait_and_the_panels_rest(desk: Desk, mode: TextEditMode) -> None:
    report = desk.window.controller.report.id
    caret_before(desk, "司法所")
    QTest.keyClicks(desk.view, "x")
    for action in ("report.next", "report.done_next", "find.open", "span.delete", "project.close"):
        desk.window.commands.do(action)
    assert mode.active and desk.window.controller.report.id == report and "being edited" in desk.said()
    assert not desk.window.entity_panel.isEnabled() and not desk.window.report_list.isEnabled()
    desk.key(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert len(desk.words()) == 1
    desk.window.commands.do("text.keep")
    assert desk.window.entity_panel.isEnabled() and "镇x司法所" in desk.text


def test_closing_the_window_keeps_what_was_typed(desk: Desk, mode: TextEditMode, project: Path) -> None:
    caret_before(desk, "司法所")
    QTest.keyClicks(desk.view, "x")
    store_path = desk.window.controller.session.path
    desk.window.close()
    from annotator.storage import Store

    with Store.open(store_path) as store:
        assert any("镇x司法所" in store.reports.text(n) for n in store.reports.ids()) and verify(store) == []


def test_a_text_that_another_report_has_is_refused_and_the_draft_stays(desk: Desk, mode: TextEditMode) -> None:
    session = desk.window.controller.session
    other = next(n for n in session.store.reports.ids() if n != desk.window.controller.report.id)
    desk.key(Key.Key_A, CTRL)
    QGuiApplication.clipboard().setText(session.store.reports.text(other))
    desk.key(Key.Key_V, CTRL)
    desk.key(Key.Key_Return, CTRL)
    assert mode.active and mode.draft.changed
    assert "has this text already" in desk.window.bar.words.text() + desk.said()


def test_a_done_report_keeps_its_caret_and_reading_place(desk: Desk, mode: TextEditMode) -> None:
    desk.view.set_zoom(300)
    caret_before(desk, "开展执法培训")
    top = desk.view.scroll_place()
    QTest.keyClicks(desk.view, "x")
    desk.key(Key.Key_Return, CTRL)
    assert desk.view.text()[desk.view.caret() :].startswith("开展执法培训")
    assert desk.view.scroll_place() == top


def test_in_a_long_report_a_letter_moves_what_shows_and_keeping_it_holds_nothing_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = desk.window.controller.session
    text = "\n".join(f"第{n}段　镇司法所共梳理服务事项{n}项，办结{n + 1}件，群众满意。" for n in range(3000))
    spans = [Span(new_uid(), at, at + 4, "INSTITUTION") for at in _places(text, "镇司法所")[:2000]]
    step = session.store.history.begin_bulk("import", Wording("x"), session.person.uid)
    number = session.store.reports.add(Report(new_uid(), text, sets=[AnnotationSet("", spans=spans)]), step)
    session.announce_job(session.store.history.end_bulk(step))
    desk.window.open_report(number)
    desk.view.set_caret(len(text) // 2)
    desk.key(Key.Key_E, CTRL | SHIFT)
    moved: list[int] = []

    def counted(edit: TextEdit, start: int, end: int, text: str) -> Moved | None:
        moved.append(start)
        return moved_words(edit, start, end, text)

    monkeypatch.setattr(moved_spans, "moved_words", counted)
    for letter in "abcdefgh":
        QTest.keyClicks(desk.view, letter)
        desk.view.repaint()
    assert 8 <= len(moved) <= 8 * 200, "of 2,000 spans only those that may show"
    mode, before = desk.window.text_editing.mode, desk.text
    desk.key(Key.Key_Return, CTRL)
    assert mode.keeping and desk.text == before, "a job does it"
    desk.wait_for_job()
    assert not mode.active and not mode.keeping
    assert "abcdefgh" in desk.text and len(desk.words()) == 2000
    assert "8" in desk.said()
    QApplication.processEvents()
    assert desk.view.caret() == desk.text.index("abcdefgh") + 8
    desk.key(Key.Key_Z, CTRL)
    desk.wait_for_job()
    assert desk.text == before
    assert verify(session.store) == []


@pytest.fixture
def slow(mode: TextEditMode, monkeypatch: pytest.MonkeyPatch) -> TextEditMode:
    """A report with so many spans that its text is kept by a job."""
    monkeypatch.setattr(long_edits, "LONG", 0)
    return mode


def test_while_a_text_is_kept_nothing_more_is_typed_and_that_is_said(desk: Desk, slow: TextEditMode) -> None:
    before = desk.text
    caret_before(desk, "云岭镇")
    QTest.keyClicks(desk.view, "12")
    desk.key(Key.Key_Return, CTRL)
    for press in (lambda: QTest.keyClicks(desk.view, "34"), lambda: desk.key(Key.Key_Delete),
                  lambda: desk.key(Key.Key_Z, CTRL), lambda: desk.key(Key.Key_Escape),
                  lambda: desk.key(Key.Key_Return, CTRL)):  # fmt: skip
        desk.window.status.say("")
        press()
        assert "being kept" in desk.said()
    assert desk.view.text() == "12" + before
    desk.wait_for_job()
    assert desk.text == "12" + before
    assert [words for _label, words in desk.words()] == ["镇司法所"]


def test_what_a_job_cannot_keep_stays_a_draft(desk: Desk, slow: TextEditMode) -> None:
    desk.view.set_selection(0, len(desk.view.text()))
    desk.key(Key.Key_Delete)
    desk.key(Key.Key_Return, CTRL)
    desk.wait_for_job()
    assert "needs some text" in desk.window.bar.words.text() + desk.said()
    assert slow.active and not slow.keeping and slow.draft.changed
    QTest.keyClicks(desk.view, "34")
    assert desk.view.text() == "34"


def test_who_goes_on_to_another_report_has_the_text_kept_behind(desk: Desk, slow: TextEditMode) -> None:
    before, number = desk.text, desk.window.controller.report.id
    caret_before(desk, "云岭镇")
    QTest.keyClicks(desk.view, "12")
    desk.window.controller.open_report(_other(desk))
    assert not slow.active
    desk.wait_for_job()
    desk.window.controller.open_report(number)
    assert desk.text == "12" + before


def test_who_closes_the_window_while_a_text_is_kept_finds_it_kept(desk: Desk, slow: TextEditMode) -> None:
    before, session = desk.text, desk.window.controller.session
    path, number = session.path, desk.window.controller.report.id
    caret_before(desk, "云岭镇")
    QTest.keyClicks(desk.view, "12")
    desk.window.close()
    again = Session.open(path, session.person)
    assert again.store.reports.text(number) == "12" + before
    assert verify(again.store) == []
    again.close()


def test_beside_another_job_a_text_is_kept_at_once(desk: Desk, slow: TextEditMode) -> None:
    before, going_on = desk.text, threading.Event()
    caret_before(desk, "云岭镇")
    QTest.keyClicks(desk.view, "12")
    desk.window.tasks.start(Task("another", lambda _report: going_on.wait(20)))
    desk.key(Key.Key_Return, CTRL)
    assert desk.text == "12" + before and not slow.active
    going_on.set()
    desk.wait_for_job()


def _other(desk: Desk) -> int:
    session = desk.window.controller.session
    step = session.store.history.begin_bulk("import", Wording("x"), session.person.uid)
    number = session.store.reports.add(Report(new_uid(), "别的报告。"), step)
    session.announce_job(session.store.history.end_bulk(step))
    return number


def _places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
